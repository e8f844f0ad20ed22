"""Reports of another tool: what a row becomes, what is refused and why, what a second run does."""

import io
import threading
from datetime import UTC, datetime

import pytest
from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateJob

from riverain.audit.models import Entry, PersonalValue
from riverain.core import clock
from riverain.core.refusals import Invalid
from riverain.reports import states
from riverain.reports.imports import loading
from riverain.reports.models import Report
from riverain.reports.timeline import story
from riverain.reports.wording import for_residents
from tests import town
from tests.reports.importing import (
    FIELDS,
    MAPPING,
    InterruptedRunError,
    load,
    point,
    reasons,
    row,
    text,
)

NOW = datetime(2026, 3, 16, 9, 30, tzinfo=UTC)
CLOSED = MAPPING.replace(
    "types:",
    """clos le: {colonne: clos, format: "%Y-%m-%d %H:%M"}
statut:
  colonne: statut
  valeurs: {Fait: clôture service fait, Refusé: demande rejetée, Transmis: clôture transféré}
  sinon: à traiter
types:""",
)
WITH_ENDING = ("id_dmr", "type", "soustype", "datedecl", "prefixe", "adresse", "geo_point_2d")
WITH_ENDING += ("statut", "clos")


@pytest.fixture(autouse=True)
def _monday():
    with clock.frozen(NOW):
        yield


def imported() -> list[str]:
    return list(Report.objects.order_by("external_id").values_list("external_id", flat=True))


def test_a_row_becomes_a_report_with_its_words_its_place_and_its_day(city):
    outcome = load(text(row("G1", type="Graffitis, tags", soustype="Sur un mur")))
    assert (outcome.read, outcome.created, outcome.located, outcome.refused) == (1, 1, 1, [])
    report = Report.objects.get()
    assert report.type.code == "nid-de-poule"
    assert (report.channel, report.status, report.source) == ("mobile", "to_process", "dansmarue")
    assert (report.collectivity.slug, report.district.name) == ("lille", "Wazemmes")
    assert (report.lon, report.lat) == town.WAZEMMES
    assert report.address == "1 rue Henner, 75009 PARIS"
    assert report.number == "LIL-2026-000001"
    assert report.service.code == "voirie"
    assert story(report.pk, contacts=True, notes=True).description == "Sur un mur"
    # midnight in Paris, and no deadline, since the hour is not known
    assert report.received_at == datetime(2026, 3, 9, 23, tzinfo=UTC)
    assert (report.received_has_time, report.due_at) == (False, None)


def test_an_hour_gives_a_deadline(city):
    plan = MAPPING.replace("%Y-%m-%d", "%Y-%m-%d %H:%M")
    load(text(row("G1", datedecl="2026-03-16 08:00")), plan=plan)
    report = Report.objects.get()
    assert report.received_has_time
    assert report.received_at == datetime(2026, 3, 16, 7, tzinfo=UTC)
    assert report.due_at == datetime(2026, 3, 17, 7, tzinfo=UTC)


def test_a_row_without_a_position_or_elsewhere_is_taken_in_and_not_located(city):
    rows = [
        row("none", geo_point_2d=""),
        row("paris", geo_point_2d=point(2.35, 48.85)),
        row("hellemmes", geo_point_2d=point(*town.HELLEMMES)),
    ]
    outcome = load(text(*rows))
    assert (outcome.created, outcome.located) == (3, 0)
    found = {one.external_id: (one.lon, one.district_id) for one in Report.objects.order_by("id")}
    assert found == {"none": (None, None), "paris": (2.35, None), "hellemmes": (3.11, None)}


def test_a_pattern_takes_every_sign_but_the_star_for_itself(city):
    load(text(row("G1", soustype="[] Patrouille propreté DT"), row("G2", soustype="Patrouille")))
    types = dict(Report.objects.order_by("id").values_list("external_id", "type__code"))
    assert types == {"G1": "depot", "G2": "sac-plein"}


def test_an_import_tells_nobody(city):
    load(text(row("G1"), row("G2")))
    assert ProcrastinateJob.objects.count() == 0
    assert Entry.objects.filter(kind="report.imported", acting="system:import").count() == 2


def test_a_second_run_adds_nothing(city):
    content = text(*(row(f"G{number}") for number in range(5)))
    load(content)
    entries, values = Entry.objects.count(), PersonalValue.objects.count()
    outcome = load(content)
    assert (outcome.read, outcome.created, outcome.known, outcome.refused) == (5, 0, 5, [])
    assert (Report.objects.count(), Entry.objects.count()) == (5, entries)
    assert PersonalValue.objects.count() == values


def test_the_same_identifiers_from_another_source_are_other_reports(city):
    load(text(row("G1")))
    outcome = load(text(row("G1")), plan=MAPPING.replace("dansmarue", "autre"))
    assert (outcome.created, Report.objects.count()) == (1, 2)


def test_an_interrupted_run_goes_on_where_it_stopped(city, monkeypatch):
    monkeypatch.setattr(loading, "BATCH", 2)
    content = text(*(row(f"G{number}") for number in range(5)))

    def interrupt(outcome):
        if outcome.created == 4:
            raise InterruptedRunError

    with pytest.raises(InterruptedRunError):
        load(content, progress=interrupt)
    assert imported() == ["G0", "G1", "G2", "G3"]
    outcome = load(content)
    assert (outcome.created, outcome.known) == (1, 4)
    assert imported() == ["G0", "G1", "G2", "G3", "G4"]


def test_progress_is_told_after_each_batch(city, monkeypatch):
    monkeypatch.setattr(loading, "BATCH", 2)
    told = []
    load(
        text(*(row(f"G{number}") for number in range(5))),
        progress=lambda outcome: told.append((outcome.read, outcome.created)),
    )
    assert told == [(2, 2), (4, 4), (5, 5)]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"datedecl": "12/03/2026"}, "pas une date"),
        ({"datedecl": ""}, "date de réception manque"),
        ({"datedecl": "2026-03-17"}, "dans le futur"),
        ({"datedecl": "0001-01-01"}, "avant 1970"),
        ({"geo_point_2d": "{'lon': quelque part}"}, "pas une position"),
        ({"geo_point_2d": point(190, 50)}, "longitude"),
        ({"geo_point_2d": point(3, 91)}, "latitude"),
        ({"geo_point_2d": point(50.63, 3.045)}, "a sa latitude (50.63) à la place"),
        ({"geo_point_2d": "{'lon': 3.0.1, 'lat': 50}"}, "deux nombres"),
        ({"type": "Autre"}, "Aucune règle"),
        ({"type": "Inconnu"}, "pas de type « type-sans-nom »"),
        ({"type": "Sans suite"}, "pas de type « encombrants »"),
        ({"type": "Bravo"}, "pas un type de signalement"),
        ({"prefixe": "Minitel"}, "« Minitel » (colonne prefixe)"),
        ({"soustype": "x" * 4_001}, "4001 caractères"),
        ({"adresse": "x" * 301}, "301 caractères"),
    ],
)
def test_a_row_that_cannot_be_taken_in_is_refused_alone(city, said, why):
    outcome = load(text(row("good"), row("bad", **said), row("after")))
    assert imported() == ["after", "good"]
    (refused,) = outcome.refused
    assert (refused.line, refused.external_id) == (3, "bad")
    assert why in refused.reason.replace("\u00a0", " ")


@pytest.mark.parametrize("external_id", ["", "x" * 101, "G\x001", "G\u202e1"])
def test_an_identifier_that_cannot_be_kept_is_refused(city, external_id):
    outcome = load(text(row(external_id), row("G2")))
    assert imported() == ["G2"]
    assert [one.line for one in outcome.refused] == [2]
    assert outcome.refused[0].reason.startswith("L’identifiant")


@pytest.mark.parametrize("ragged", ["G2,Propreté,Déjections", "G2" + ",x" * 7])
def test_a_ragged_row_is_refused(city, ragged):
    content = text(row("G1"), row("G3"))
    lines = content.splitlines()
    lines.insert(2, ragged)
    outcome = load("\r\n".join(lines))
    assert imported() == ["G1", "G3"]
    assert [(one.line, one.reason) for one in outcome.refused] == [
        (3, "La ligne 3 n’a pas le même nombre de cellules que l’en-tête.")
    ]


def test_a_quotation_mark_gone_wrong_costs_its_own_row_only(city):
    content = text(row("G1"), row("G2", soustype='"Bad" row'), row("G3"))
    broken = content.replace('"""Bad"" row"', '"Bad" row')
    assert broken != content
    outcome = load(broken)
    assert (outcome.read, imported()) == (3, ["G1", "G3"])
    assert [one.line for one in outcome.refused] == [3]
    assert "pas du CSV" in outcome.refused[0].reason


def test_a_quotation_mark_left_open_says_from_where_to_where(city):
    plain = {"adresse": "", "geo_point_2d": ""}
    content = text(row("G1"), row("G2", **plain), row("G3", **plain)).replace("G2,", 'G2,"')
    outcome = load(content)
    assert imported() == ["G1"]
    assert [one.line for one in outcome.refused] == [3]
    assert "De la ligne 3 à la ligne 4" in outcome.refused[0].reason


def test_invisible_signs_leave_the_texts(city):
    load(text(row("G1", soustype="Un\x00 sac\u202e plein", adresse="1 rue\x00 Henner")))
    report = Report.objects.get()
    assert report.address == "1 rue Henner"
    assert story(report.pk, contacts=False, notes=False).description == "Un sac plein"


@pytest.mark.parametrize("batch", [2, 500])
def test_an_identifier_given_twice_counts_once_and_is_told(city, monkeypatch, batch):
    monkeypatch.setattr(loading, "BATCH", batch)
    rows = [row("G1"), row("G2"), row("G3"), row("G1", type="Graffitis"), row("G4")]
    outcome = load(text(*rows))
    assert (outcome.created, outcome.known) == (4, 0)
    assert [(one.line, one.external_id) for one in outcome.refused] == [(5, "G1")]
    assert reasons(outcome) == {"G1": "Cet identifiant est déjà plus haut dans le fichier."}
    assert Report.objects.get(external_id="G1").type.code == "sac-plein"


def test_ended_reports_keep_their_ending_and_nothing_is_made_up(city):
    rows = [
        row("done", statut="Fait", clos="2026-03-12 14:00"),
        row("undated", statut="Refusé", clos=""),
        row("sent", statut="Transmis", clos=""),
        row("open", statut="Autre", clos="2026-03-12 14:00"),
    ]
    outcome = load(text(*rows, fields=WITH_ENDING), plan=CLOSED)
    assert outcome.refused == []
    found = {
        one.external_id: (one.status, one.closed_at, for_residents(states.state_of(one)))
        for one in Report.objects.order_by("id")
    }
    assert found == {
        "done": ("done", datetime(2026, 3, 12, 13, tzinfo=UTC), "Terminé"),
        "undated": ("rejected", None, "Nous ne pouvons pas intervenir"),
        "sent": (
            "closed_transferred",
            None,
            "Transmis à un autre organisme, qui vous répondra",
        ),
        "open": ("to_process", None, "Reçu"),
    }
    assert [one.external_id for one in Report.objects.order_by("id") if one.is_open] == ["open"]


def test_an_ending_before_the_receipt_is_refused(city):
    rows = [row("G1", statut="Fait", clos="2026-03-09 14:00")]
    outcome = load(text(*rows, fields=WITH_ENDING), plan=CLOSED)
    assert reasons(outcome) == {"G1": "La date de clôture est avant celle de réception."}


def test_an_ending_some_hours_before_the_receipt_is_refused_where_both_hours_are_known(city):
    plan = CLOSED.replace('datedecl, format: "%Y-%m-%d"', 'datedecl, format: "%Y-%m-%d %H:%M"')
    rows = [
        row("before", datedecl="2026-03-10 15:00", statut="Fait", clos="2026-03-10 14:59"),
        row("after", datedecl="2026-03-10 15:00", statut="Fait", clos="2026-03-10 15:00"),
    ]
    outcome = load(text(*rows, fields=WITH_ENDING), plan=plan)
    assert reasons(outcome) == {"before": "La date de clôture est avant celle de réception."}
    assert imported() == ["after"]


def test_an_hour_that_the_clocks_skip_or_show_twice_is_an_instant(city):
    plan = MAPPING.replace("%Y-%m-%d", "%Y-%m-%d %H:%M")
    rows = [row("skipped", datedecl="2025-03-30 02:30"), row("twice", datedecl="2025-10-26 02:30")]
    load(text(*rows), plan=plan)
    found = dict(Report.objects.order_by("id").values_list("external_id", "received_at"))
    assert found == {
        "skipped": datetime(2025, 3, 30, 1, 30, tzinfo=UTC),
        "twice": datetime(2025, 10, 26, 0, 30, tzinfo=UTC),
    }


def test_a_file_of_another_tool_names_the_columns_that_it_lacks(city):
    content = text(row("G1")).replace("datedecl", "date").replace("id_dmr", "id")
    with pytest.raises(Invalid, match=r"Colonnes absentes du fichier.*datedecl, id_dmr"):
        load(content)
    with pytest.raises(Invalid, match="Le fichier est vide"):
        load("")
    assert Report.objects.count() == 0


@pytest.mark.parametrize(("sign", "said"), [(";", "« ; »"), ("\t", "la tabulation")])
def test_another_separator_is_recognised_and_read_once_the_mapping_says_it(city, sign, said):
    content = text(row("G1", adresse="rue Henner", geo_point_2d="")).replace(",", sign)
    with pytest.raises(Invalid, match="Son séparateur semble être") as refusal:
        load(content)
    assert said in str(refusal.value)
    load(content, plan=MAPPING + f'séparateur: "{sign}"\n')
    assert imported() == ["G1"]


def test_a_column_that_the_mapping_names_stands_once_in_the_file(city):
    fields = (*FIELDS, "intervenant", "intervenant")
    load(text(row("G1"), fields=fields))
    with pytest.raises(Invalid, match="plusieurs colonnes « adresse »"):
        load(text(row("G2"), fields=(*FIELDS, "adresse")))
    assert imported() == ["G1"]


def test_a_line_without_an_end_is_refused_before_it_fills_the_memory(city):
    class Endless(io.StringIO):
        """Commas for ever: a row of as many cells as there is memory."""

        taken = 0

        def readline(self, size=-1):
            assert 0 < size < 1_000_000
            self.taken += 1
            return "," * size if self.taken > 2 else super().readline(size)

    content = text(row("G1"))
    with pytest.raises(Invalid, match="La ligne 3 a plus de 200000 caractères"):
        load(Endless(content, newline=""))
    load(content)
    assert imported() == ["G1"]


def test_a_header_that_is_no_csv_is_refused(city):
    with pytest.raises(Invalid, match="en-tête lisible"):
        load('"id_dmr"x,type\n')


def test_a_collectivity_without_an_outline_takes_reports_in(city):
    from riverain.territory.actions import register_collectivity

    register_collectivity(acting="system:test", slug="paris", name="Paris", prefix="PAR")
    outcome = load(text(row("G1")), town="paris")
    assert reasons(outcome) == {"G1": "Le catalogue n’a pas de type «\u00a0sac-plein\u00a0»."}


def test_two_imports_at_once_wait_for_each_other(committed_db, monkeypatch):
    town.build()
    content = text(*(row(f"G{number}") for number in range(20)))
    identifiers = loading._identifiers
    outcomes, failures = [], []

    def slowly(collectivity, rows):
        found = identifiers(collectivity, rows)
        threading.Event().wait(0.3)
        return found

    def run():
        try:
            outcomes.append(load(content))
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            failures.append(error)
        finally:
            connections.close_all()

    monkeypatch.setattr(loading, "_identifiers", slowly)
    threads = [threading.Thread(target=run) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted((one.created, one.known) for one in outcomes) == [(0, 20), (20, 0)]
