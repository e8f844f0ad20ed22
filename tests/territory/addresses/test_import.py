"""Taking in a file of the Base Adresse Nationale."""

import gzip
import tracemalloc
from pathlib import Path

import pytest
from django.db import connection

from riverain.audit.models import Entry
from riverain.core.refusals import Invalid
from riverain.territory.addresses.importing import import_file
from riverain.territory.models import Commune, House, Street
from tests.territory.addresses.ban import HEADER, lille, line, town_lines, write
from tests.territory.made import LON, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    return tmp_path / "adresses.csv"


def take_in(path, **options):
    return import_file(acting="system:test", path=path, **options)


def counts(report):
    return report.created, report.updated, report.removed, report.held


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("bom", [False, True])
def test_a_file_becomes_communes_streets_and_houses(path, bom, packed):
    lille(insee_code="59350")
    report = take_in(write(path, town_lines(), bom=bom, packed=packed))
    assert counts(report) == (70, 0, 0, 70)
    assert (report.streets, report.refused, report.outside) == (7, 0, 0)
    assert report.communes == ("Lille (59350)",)
    house = House.objects.get(ban_id="59350_0020_00012")
    assert (house.number, house.suffix, house.postcode) == (12, "", "59000")
    assert (house.street.name, house.street.core) == (
        "Boulevard Général De Gaulle",
        "general gaulle",
    )


def test_the_point_of_a_street_is_a_house_in_its_middle(path):
    lille()
    take_in(write(path, [line(number=number) for number in (2, 4, 6, 8, 30)]))
    street = Street.objects.get()
    assert (street.lon, street.lat) == House.objects.values_list("lon", "lat").get(number=8)
    assert street.postcodes == ["59000"]


def test_a_second_import_changes_nothing(path):
    lille()
    take_in(write(path, town_lines()))
    before = sorted(House.objects.values_list())
    assert counts(take_in(path)) == (0, 0, 0, 70)
    assert sorted(House.objects.values_list()) == before


def test_what_changed_is_updated_and_what_vanished_is_deleted(path):
    lille()
    take_in(write(path, town_lines()))
    lines = [one for one in town_lines() if "_0060_" not in one]
    lines[0] = lines[0].replace("Rue Carnot", "Rue Lazare Carnot").replace("59000", "59800")
    lines.append(line("0080", 1, name="Rue Neuve"))
    assert counts(take_in(write(path, lines))) == (1, 1, 10, 61)
    assert not Street.objects.filter(name="Grande Rue").exists()
    carnot = Street.objects.get(ban_id="59350_0010")
    assert (carnot.name, carnot.core) == ("Rue Lazare Carnot", "lazare carnot")
    assert carnot.postcodes == ["59000", "59800"]


def test_a_file_of_one_commune_leaves_the_others_alone(path):
    lille()
    other = {"code_insee": "59009", "nom_commune": "Villeneuve-d’Ascq", "code_postal": "59650"}
    take_in(write(path, [*town_lines(), line(number=1, **other)]))
    take_in(write(path, town_lines()))
    assert House.objects.filter(street__commune__insee_code="59009").count() == 1


def test_a_partial_file_deletes_nothing(path):
    lille()
    take_in(write(path, town_lines()))
    report = take_in(write(path, [line("0080", 1, name="Rue Neuve")]), partial=True)
    assert counts(report) == (1, 0, 0, 71)


def test_a_cut_file_is_refused_and_takes_nothing_away(path):
    lille()
    take_in(write(path, town_lines()))
    with pytest.raises(Invalid, match="Lille perdrait 49 adresses sur 70") as refused:
        take_in(write(path, town_lines()[:21]))
    assert refused.value.code == "addresses_lost"
    assert House.objects.count() == 70
    assert counts(take_in(path, accept_loss=True)) == (0, 0, 49, 21)


def test_a_dry_run_says_and_writes_nothing(path):
    lille()
    assert counts(take_in(write(path, town_lines()), dry_run=True)) == (70, 0, 0, 70)
    assert not House.objects.exists()
    assert not Commune.objects.exists()


def test_only_what_lies_where_someone_receives_is_taken(path):
    lille()
    far = line(number=2, code_insee="59183", nom_commune="Dunkerque", lon="2.37", lat="51.03")
    report = take_in(write(path, [line(), far]))
    assert (report.created, report.outside) == (1, 1)
    assert not Commune.objects.filter(insee_code="59183").exists()


@pytest.mark.parametrize("column", ["code_insee", "code_insee_ancienne_commune"])
def test_a_collectivity_without_outline_takes_the_addresses_of_its_insee_code(path, column):
    register("hellemmes", insee_code="59298")
    ours = {column: "59298", "nom_ancienne_commune": "Hellemmes-Lille"}
    report = take_in(write(path, [line(number=1, **ours), line(number=2)]))
    assert (report.created, report.outside) == (1, 1)


def test_a_former_commune_is_kept_with_its_streets(path):
    lille()
    former = {
        "code_insee_ancienne_commune": "59298",
        "nom_ancienne_commune": "Hellemmes-Lille",
    }
    take_in(write(path, [line(**former), line("0020", 1, name="Rue Neuve")]))
    assert list(Street.objects.order_by("ban_id").values_list("former_commune", flat=True)) == [
        "Hellemmes-Lille",
        "",
    ]


def test_a_place_without_numbers_is_a_street_without_houses(path):
    lille()
    take_in(write(path, [line(number=99999, name="Ferme du Mont", lon=f"{LON + 0.02:.6f}")]))
    street = Street.objects.get()
    assert (street.name, street.houses.count(), street.lon) == ("Ferme du Mont", 0, LON + 0.02)
    take_in(write(path, [line(number=99999, name="Ferme du Mont", lon=f"{LON + 0.03:.6f}")]))
    street.refresh_from_db()
    assert street.lon == pytest.approx(LON + 0.03)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"id": "nimporte"}, "son identifiant « nimporte » n’est pas de la BAN"),
        ({"id": ""}, "son identifiant «  » n’est pas de la BAN"),
        ({"nom_voie": ""}, "le nom de sa voie manque"),
        ({"nom_voie": "Rue\u202e Carnot"}, "le nom de sa voie manque"),
        ({"nom_voie": "x" * 201}, "le nom de sa voie manque"),
        ({"nom_commune": ""}, "sa commune ou son code INSEE manque"),
        ({"code_insee": "5935", "id": "59350_0010_00014"}, "sa commune ou son code INSEE manque"),
        ({"code_postal": "F-59000"}, "son code postal « F-59000 » ne se lit pas"),
        ({"numero": "douze"}, "son numéro « douze » ne se lit pas"),
        ({"numero": "-1"}, "son numéro « -1 » ne se lit pas"),
        ({"rep": "z" * 21}, "son indice de répétition est trop long"),
        ({"lon": ""}, "sa position (lon, lat) manque"),
        ({"lat": "nan"}, "est hors de France"),
        ({"lon": "50.63", "lat": "3.05"}, "est hors de France"),
        ({"lon": "703000.5", "lat": "7059000.1"}, "est hors de France"),
    ],
)
def test_a_wrong_line_is_refused_alone_with_its_number_and_the_reason(path, wrong, reason):
    lille()
    report = take_in(write(path, [line(), line(number=14, **wrong), line(number=16)]))
    assert (report.created, report.refused) == (2, 1)
    assert report.refusals[0].position == 3
    assert reason in report.refusals[0].reason.replace("\u00a0", " ")


def test_an_identifier_that_comes_twice_counts_once(path):
    lille()
    report = take_in(write(path, [line(), line(code_postal="59800")]))
    assert (report.created, report.refused) == (1, 1)
    assert report.refusals[0].reason == "même identifiant que la ligne 2"
    assert House.objects.get().postcode == "59000"


def test_a_refused_line_keeps_the_address_that_it_names(path):
    lille()
    take_in(write(path, [line(), line(number=14), line(number=16)]))
    report = take_in(write(path, [line(), line(number=14), line(number=16, lat="")]))
    assert counts(report) == (0, 0, 0, 3)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Ce n’est pas un fichier de la Base Adresse Nationale"),
        (b"id;numero;nom_voie\n", "il y manque « code_insee », « nom_commune », « lon », « lat »"),
        (b"\xff\xfe\x00binary", "n’est pas en UTF-8"),
        ("é;".encode("latin-1") * 40, "n’est pas en UTF-8"),
        (HEADER.encode() + b"\n", "n’a aucune adresse"),
        (gzip.compress(HEADER.encode() + b"\n" + b"x" * 9_000)[:60], "coupée ou abîmée"),
        (b"\x1f\x8bnot an archive", "coupée ou abîmée"),
        (HEADER.replace(";", ",").encode() + b"\n", "Ce n’est pas un fichier"),
    ],
    ids=["empty", "columns", "binary", "latin", "no address", "cut", "no archive", "commas"],
)
def test_a_file_that_is_no_file_of_addresses_is_refused_in_one_sentence(path, content, sentence):
    lille()
    path.write_bytes(content)
    with pytest.raises(Invalid, match=sentence):
        take_in(path)
    assert not Commune.objects.exists()


def test_a_file_that_is_not_there_is_refused(path):
    with pytest.raises(Invalid, match="No such file"):
        take_in(path)
    with pytest.raises(Invalid, match="directory"):
        take_in(Path(path.parent))


@pytest.mark.parametrize("before", [b"", HEADER.encode() + b"\n"], ids=["header", "line"])
def test_an_archive_that_unfolds_into_one_endless_line_is_refused_in_little_memory(path, before):
    lille()
    path.write_bytes(gzip.compress(before + bytes(64_000_000)))
    tracemalloc.start()
    try:
        with pytest.raises(Invalid, match="n’est pas du texte"):
            take_in(path)
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_an_archive_cut_in_its_middle_leaves_nothing(path):
    lille()
    write(path, town_lines(range(2, 2_000, 2)), packed=True)
    path.write_bytes(path.read_bytes()[:-2_000])
    with pytest.raises(Invalid, match="coupée ou abîmée"):
        take_in(path)
    assert not House.objects.exists()


def test_a_file_most_of_which_is_refused_is_refused_whole(path):
    lille()
    with pytest.raises(Invalid, match="2 lignes sur 3 sont refusées, rien n’a été écrit"):
        take_in(write(path, [line(), line(number=14, lon=""), line(number=16, lon="")]))
    assert not House.objects.exists()


def test_a_file_of_other_towns_is_refused_with_their_names(path):
    lille()
    far = line(code_insee="59183", nom_commune="Dunkerque", lon="2.37", lat="51.03")
    with pytest.raises(Invalid, match=r"le fichier parle de Dunkerque"):
        take_in(write(path, [far]))


def test_an_import_that_changes_something_is_in_the_log_once(path):
    lille()
    take_in(write(path, town_lines()))
    take_in(path)
    entry = Entry.objects.get(kind="addresses.imported")
    assert (entry.stream_kind, entry.stream_id) == ("commune", Commune.objects.get().pk)
    assert entry.payload["created"] == 70
    assert entry.acting == "system:test"


def test_progress_is_told(path):
    lille()
    told = []
    take_in(write(path, town_lines()), progress=told.append)
    assert told[-1] == 70


def test_a_shorter_line_and_a_longer_one_do_not_stop_the_others(path):
    lille()
    report = take_in(write(path, [line(), "59350_0010_00014;;14", line(number=16) + ";;;"]))
    assert (report.created, report.refused) == (2, 1)


def test_the_search_index_is_the_one_that_the_planner_may_use(path):
    """The operator of the search, on the column of the index: else each keystroke reads it all."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id FROM territory_street WHERE core %> 'carnot'")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "territory_street_core" in plan
