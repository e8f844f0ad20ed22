"""Files of the Base Adresse Nationale, made for a test: invented streets in the squares of
`tests.territory.made`."""

import gzip

from tests.territory.made import LAT, LON, bring, districts, register

HEADER = (
    "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;"
    "code_insee_ancienne_commune;nom_ancienne_commune;x;y;lon;lat;type_position;alias;nom_ld;"
    "libelle_acheminement;nom_afnor;source_position;source_nom_voie;certification_commune;"
    "cad_parcelles"
)
# Street key, name, how far north of the corner (degrees).
STREETS = (
    ("0010", "Rue Carnot", 0.001),
    ("0020", "Boulevard Général De Gaulle", 0.002),
    ("0030", "Place du 8 Mai 1945", 0.003),
    ("0040", "Avenue Jean Jaurès", 0.004),
    ("0050", "Rue Saint-Étienne", 0.005),
    ("0060", "Grande Rue", 0.006),
    ("0070", "Avenue d’Arras", 0.007),
)


def line(key="0010", number="12", rep="", name="Rue Carnot", **other):
    """One address of Lille (59350), unless told otherwise."""
    code = other.get("code_insee", "59350")
    parts = [code, key, str(number).zfill(5), rep]
    values = {
        "id": "_".join(part for part in parts if part),
        "numero": str(number),
        "rep": rep,
        "nom_voie": name,
        "code_postal": "59000",
        "code_insee": code,
        "nom_commune": "Lille",
        "lon": f"{LON + 0.001 + int(number or 0) * 0.00005:.6f}",
        "lat": f"{LAT + 0.001:.6f}",
        **other,
    }
    return ";".join(values.get(column, "") for column in HEADER.split(";"))


def town_lines(numbers=range(2, 22, 2)):
    """Seven streets of ten even numbers each, some fifty metres apart."""
    return [
        line(key, number, name=name, lat=f"{LAT + north:.6f}")
        for key, name, north in STREETS
        for number in numbers
    ]


def write(path, lines, *, header=HEADER, bom=False, packed=False):
    content = "\n".join([header, *lines, ""]).encode()
    content = b"\xef\xbb\xbf" + content if bom else content
    path.write_bytes(gzip.compress(content) if packed else content)
    return path


def lille(**details):
    """Lille with an outline of a tenth of a degree that holds all the streets."""
    town = register("lille", **details)
    bring(town, districts("Lille", side=0.1), kind="commune")
    return town
