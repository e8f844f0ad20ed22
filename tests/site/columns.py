"""What the table of rights is made of: the columns, the addresses, the rows as they are found."""

from django.urls import URLPattern, get_resolver

ROLES = {
    "F": "front_desk",
    "P": "phone",
    "A": "field_agent",
    "T": "technician",
    "C": "coordinator",
    "B": "crew_chief",
    "R": "referent",
    "D": "deputy",
    "V": "validator",
    "H": "district_hall",
    "G": "territory_director",
    "E": "elected",
    "X": "contractor",
    "L": "landlord",
    "N": "network",
    "M": "administrator",
}
ALL = "FPATCBRDVHGEXLNM"


def views():
    """Name and view of every address of the product."""

    def walk(resolver, namespace=""):
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLPattern):
                name = f"{namespace}:{pattern.name}" if namespace else pattern.name
                yield name, pattern.callback
            else:
                yield from walk(pattern, pattern.namespace or namespace)

    return list(walk(get_resolver()))


def row(answers):
    """The letters of the roles whose answer is good, dots for the others."""
    return "".join(letter if good else "." for letter, good in answers.items())


def both(one, other):
    """The roles that stand in two rows."""
    return "".join(a if a == b else "." for a, b in zip(one, other, strict=True))
