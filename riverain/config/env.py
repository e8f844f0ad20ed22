"""Reads settings from the environment, and says in one sentence what is wrong with one.

Each secret may come from a file instead: `NAME_FILE` holds the path (Docker and systemd
credentials work so).
"""

import ipaddress
import os
import re
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

# Times that a connection sees a statement before it has it planned for good (psycopg's default).
_PREPARED_AFTER = 5

_SECRET_LENGTH = 32  # characters
# A name or an address as it stands in a Host header, without a port. A dot first: all names below.
_HOST = re.compile(r"\.?[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")

# Plan IGN of the Géoplateforme: WMTS in the grid that all web maps share.
_IGN = (
    "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
    "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&FORMAT=image/png"
    "&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
)


# The names that were asked for: `riverain doctor` finds those that nobody asks for, misspelt ones.
asked: set[str] = set()


class SettingError(Exception):
    """A setting is missing or wrong. The message names it and says what to write."""


def text(name: str, default: str | None = None) -> str:
    """The value of `name`, or of the file that `name`_FILE points to.

    Raises SettingError when neither stands and there is no default, when both stand, and when
    the file cannot be read or holds nothing.
    """
    asked.add(name)
    value, path = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value and path:
        raise SettingError(f"{name} and {name}_FILE are both set: keep one of them.")
    if path:
        try:
            held = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingError(f"{name}_FILE: cannot read {path} ({error.strerror}).") from error
        except UnicodeDecodeError as error:
            raise SettingError(f"{name}_FILE: {path} is no text in UTF-8.") from error
        if not held:
            raise SettingError(f"{name}_FILE: {path} is empty.")
        return held
    if value is None or value == "":
        if default is None:
            raise SettingError(f"{name} is not set, and has no default.")
        return default
    return value


def secret(name: str, default: str = "") -> str:
    """A key. The sentence for a short one does not show it: it may stand in a log."""
    value = text(name, default)
    if len(value) < _SECRET_LENGTH:
        raise SettingError(
            f"{name} is {'too short' if value else 'not set'}: write a random text of "
            f"{_SECRET_LENGTH} characters or more, as this prints: "
            'python3 -c "import secrets; print(secrets.token_hex(32))"'
        )
    return value


def flag(name: str, *, default: bool) -> bool:
    """`on` or `off` (also 1/0, true/false, yes/no)."""
    value = text(name, "on" if default else "off").lower()
    if value in {"on", "1", "true", "yes"}:
        return True
    if value in {"off", "0", "false", "no"}:
        return False
    raise SettingError(f"{name}={value!r}: write on or off.")


def integer(name: str, default: int, *, low: int, high: int) -> int:
    value = text(name, str(default))
    try:
        number = int(value)
    except ValueError as error:
        raise SettingError(f"{name}={value!r}: write a whole number, such as {default}.") from error
    if not low <= number <= high:
        raise SettingError(f"{name}={number}: it must be from {low} to {high}, such as {default}.")
    return number


def listing(name: str, default: str = "") -> list[str]:
    """Comma-separated values, blanks dropped."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def hosts(name: str, default: str) -> list[str]:
    """Comma-separated names that a request may be for. Not "*": whoever writes the name of a
    request would choose what our answers say of us (OWASP ASVS 13.2.6)."""
    found = listing(name, default)
    if not found:
        raise SettingError(f"{name} names no host: write signalement.ville.example.")
    for host in found:
        if not _HOST.fullmatch(host):
            raise SettingError(
                f"{name}: {host!r} is no name of a host: write signalement.ville.example, without "
                "https://, port or path."
            )
    return found


def site(name: str, default: str) -> str:
    """The address that visitors type: a scheme, a host, a port if need be."""
    url = text(name, default).rstrip("/")
    parts = _split(name, url)
    bare = f"{parts.scheme}://{parts.netloc}" == url and "@" not in parts.netloc
    if parts.scheme not in {"http", "https"} or not parts.hostname or not bare:
        raise SettingError(
            f"{name}={url!r}: write https://signalement.ville.example, without a path."
        )
    return url


def sender(name: str, default: str) -> str:
    """One e-mail address, alone or as `Ville de Lille <signalement@ville.example>`."""
    value = text(name, default)
    _shown, plain = parseaddr(value)
    try:
        known = Address(addr_spec=plain)
    except (MessageError, ValueError, IndexError):
        known = Address()
    # parseaddr leaves out what it cannot read: what it found ends what was written.
    whole = value in {plain, f"<{plain}>"} or value.endswith(f" <{plain}>")
    if not known.domain or not whole or not value.isprintable():
        raise SettingError(
            f"{name}={value!r}: write one address, signalement@ville.example or "
            "Ville <signalement@ville.example>."
        )
    return value


@dataclass(frozen=True)
class Tiles:
    """The pictures under maps; `url` is empty where the town itself is drawn instead."""

    url: str = ""
    attribution: str = ""
    origins: tuple[str, ...] = ()


def tiles(name: str, attribution: str) -> Tiles:
    """`ign` (the default: the plan of the French mapping agency, open and without a key), `off`,
    or an address such as https://tiles.example/{z}/{x}/{y}.png, whose licence asks for
    `attribution`. A "{s}" for subdomains becomes the "*" that a content policy understands.
    """
    value = text(name, "ign")
    credit = text(attribution, "© IGN Géoplateforme" if value == "ign" else "")
    if value == "off":
        return Tiles()
    url = _IGN if value == "ign" else value
    parts = _split(name, url)
    # The origin goes into the content policy, where a blank or ";" would begin something else.
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[\w.:{}-]+", parts.netloc):
        raise SettingError(
            f"{name}={value!r}: write ign, off, or an address such as "
            "https://tiles.example/{z}/{x}/{y}.png."
        )
    missing = [mark for mark in ("{z}", "{x}", "{y}") if mark not in url]
    if missing:
        raise SettingError(
            f"{name}={value!r}: {', '.join(missing)} must stand in the address, as in "
            "https://tiles.example/{z}/{x}/{y}.png."
        )
    return Tiles(
        url=url,
        attribution=credit,
        origins=(f"{parts.scheme}://{parts.netloc}".replace("{s}", "*"),),
    )


def service(name: str, default: str) -> str:
    """The address of a service of others, without its last slash; empty for `off`."""
    url = text(name, default).rstrip("/")
    if url == "off":
        return ""
    parts = _split(name, url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
        raise SettingError(
            f"{name}={url!r}: write off, or an address such as https://data.geopf.fr/geocodage."
        )
    return url


def networks(name: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Comma-separated addresses or CIDR networks."""
    try:
        found = [ipaddress.ip_network(part, strict=False) for part in listing(name)]
    except ValueError as error:
        raise SettingError(
            f"{name}: {error}. Write addresses or networks such as 10.0.0.0/8."
        ) from error
    for network in found:
        if network.prefixlen == 0:  # then every visitor would choose their own address
            raise SettingError(f"{name}: {network} is everyone: name the proxies, 10.0.0.0/8.")
    return found


def database(name: str, default: str = "") -> dict[str, object]:
    """A Django database from `postgresql://user:password@host:port/name`.

    A socket is written `postgresql://user@/name?host=/path/to/folder`. Only PostgreSQL is
    accepted: the product relies on its locks, constraints and French full text.

    Values are bound by the server, and a statement that comes back is planned once a connection:
    half of the server's work on a report, a third of ours. A pooler that gives each transaction
    another connection, and does not follow prepared statements, needs `prepare=off`.
    """
    url = text(name, default)
    parts = _split(name, url, shown=False)
    if not url:
        raise SettingError(f"{name} is not set: write postgresql://user:password@host:5432/name.")
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise SettingError(
            f"{name}: write postgresql://user:password@host:5432/name (only PostgreSQL works)."
        )
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    prepare = query.pop("prepare", "on")
    if prepare not in {"on", "off"}:
        raise SettingError(f"{name}: prepare={prepare}: write prepare=on or prepare=off.")
    host = query.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": None,
        # A connection is tried before a request uses it: after an absence of the database none
        # of the kept ones fails a visitor.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **query,
            "server_side_binding": True,
            "prepare_threshold": _PREPARED_AFTER if prepare == "on" else None,
        },
    }


@dataclass(frozen=True)
class Mail:
    """Where mail goes: a folder of .eml files, or an SMTP server."""

    folder: Path | None
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail(name: str, folder: Path) -> Mail:
    """`folder:` (the default), `folder:/a/path`, `smtp://user:password@host:25`,
    `smtp+starttls://…` or `smtps://…`."""
    value = text(name, "folder:")
    if value.startswith("folder:"):
        given = value.removeprefix("folder:")
        return Mail(folder=Path(given).resolve() if given else folder)
    parts = _split(name, value, shown=False)
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise SettingError(
            f"{name}: write folder:, or smtp://user:password@host:25 with smtp+starttls:// or "
            "smtps:// where the server speaks TLS."
        )
    return Mail(
        folder=None,
        host=parts.hostname,
        port=parts.port or ports[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+starttls",
        tls=parts.scheme == "smtps",
    )


def _split(name: str, url: str, *, shown: bool = True) -> SplitResult:
    """The parts of an address whose host and port can be read. Not `shown`: it holds a password."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        what = f"{name}={url!r}" if shown else name
        raise SettingError(
            f"{what}: the host or the port of this address cannot be read: write them as "
            "host.example:5432, the port from 1 to 65535."
        ) from error
    return parts
