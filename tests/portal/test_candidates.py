"""An address that may mean several places, on pages without JavaScript."""

import pytest

from riverain.reports.models import Report
from riverain.territory.addresses import geocoder
from riverain.territory.addresses.importing import import_file
from riverain.web.ui import suggestions
from tests.portal.conftest import page
from tests.territory.addresses.ban import line, town_lines, write

NOWHERE = {"lon": "", "lat": ""}


@pytest.fixture
def streets(city, tmp_path):
    """Two streets of one name in Lille, in its two districts."""
    lines = [
        *town_lines(),
        line("0130", 60, name="Rue Faidherbe", lon="3.045", lat="50.63"),
        line("0140", 60, name="Rue Faidherbe", lon="3.09", lat="50.63"),
    ]
    import_file(acting="system:test", path=write(tmp_path / "ban.csv", lines))


@pytest.mark.row("P-01")
def test_the_page_that_checks_offers_what_the_address_may_mean(streets, send):
    answer = send(address="60 rue fédherbe", etape="verifier", **NOWHERE)
    shown = page(answer)
    assert "Vouliez-vous dire…" in shown
    assert "60 Rue Faidherbe 59000 Lille, Wazemmes" in shown
    assert "60 Rue Faidherbe 59000 Lille, Lille-Centre" in shown
    assert "gardez ce que j’ai écrit" in shown


def test_the_one_that_is_chosen_gives_the_report_its_point(streets, send):
    label = "60 Rue Faidherbe, 59000 Lille, Lille-Centre"
    send(address="60 rue faidherbe", lieu=f"3.090000;50.630000;{label}", **NOWHERE)
    report = Report.objects.get()
    assert (report.lon, report.lat, report.address) == (3.09, 50.63, label)
    assert report.district.name == "Lille-Centre"


@pytest.mark.parametrize("chosen", ["", "3.09;50.63", "x;y;z", "999.5;50.63;nulle part"])
def test_what_was_typed_is_kept_when_none_is_chosen(streets, send, chosen):
    send(address="60 rue faidherbe", lieu=chosen, **NOWHERE)
    for report in Report.objects.all():
        assert (report.lon, report.address) == (None, "60 rue faidherbe")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("12 av jaurès", NOWHERE),  # one place for sure: the report takes it
        ("en face de l’école", NOWHERE),
        ("", NOWHERE),
        ("60 rue faidherbe", {}),  # the point is known
    ],
)
def test_nothing_is_asked_where_nothing_is_in_doubt(streets, send, address, place):
    answer = send(address=address, etape="verifier", **place)
    assert "Vérifiez, puis envoyez" in page(answer)
    assert "Vouliez-vous dire" not in page(answer)


def test_past_the_limit_on_searches_the_page_asks_nothing_and_still_checks(
    streets, send, monkeypatch
):
    monkeypatch.setattr(suggestions, "_LIMIT", 1)
    asked = [page(send(address="60 rue fédherbe", etape="verifier", **NOWHERE)) for _ in range(2)]
    assert ["Vouliez-vous dire" in one for one in asked] == [True, False]
    assert "Vérifiez, puis envoyez" in asked[1]


def test_an_address_is_searched_once_for_the_page(streets, send, monkeypatch):
    asked = []
    monkeypatch.setattr(geocoder, "search", lambda text, **_more: asked.append(text) or [])
    send(address="quelque part au bout", etape="verifier", **NOWHERE)
    assert asked == ["quelque part au bout"]


def test_the_page_on_personal_data_names_the_geocoder_where_there_is_one(city, client, settings):
    settings.GEOCODER_URL = "https://data.geopf.example/geocodage"
    assert "chez data.geopf.example" in page(client.get("/donnees-personnelles"))
    settings.GEOCODER_URL = ""
    assert "nos serveurs la cherchent" not in page(client.get("/donnees-personnelles"))
