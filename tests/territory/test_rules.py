"""What may be said of a collectivity, and the address of another tool."""

from urllib.parse import parse_qs, urlsplit

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riverain.core.refusals import Invalid
from riverain.territory import rules
from riverain.territory.kinds import HolidayZone
from tests.territory.facts import town

TEMPLATE = (
    "https://lomme.example/signaler?objet={type}&lat={lat}&lon={lon}&texte={text}&ou={address}"
)


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("name", "  Ville  de\u00a0Lille ", "Ville de Lille"),
        ("insee_code", "2a004", "2A004"),
        ("timezone", "Indian/Reunion", "Indian/Reunion"),
        ("holiday_zone", "reunion", "reunion"),
        ("hosts", ["Signaler.Lille.FR:443", "signaler.lille.fr"], ["signaler.lille.fr"]),
        ("hosts", ["évreux.example"], ["xn--vreux-9ra.example"]),
        ("elsewhere_url", TEMPLATE, TEMPLATE),
        ("website", "https://www.lille.fr/", "https://www.lille.fr/"),
        ("brand_colour", "#0B5C63", "#0b5c63"),
        ("default_deadline_days", 30, 30),
        ("duty_phone", "03 20 49 50 00", "03 20 49 50 00"),
        ("duty_phone", "", ""),
        ("contact_email", "mairie@lille.example", "mairie@lille.example"),
    ],
)
def test_good_detail_is_stored_clean(field, value, stored):
    assert rules.checked({field: value}) == {field: stored}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "x" * 121),
        ("name", "Lille\x00"),
        ("name", "Lille\u202egro"),
        ("kind", "region"),
        ("kind", ""),
        ("insee_code", "5935"),
        ("insee_code", "59C50"),
        ("timezone", "Europe/Lille"),
        ("timezone", "../../etc/passwd"),
        ("timezone", ""),
        ("holiday_zone", "Bretagne"),
        ("state", "gone"),
        ("hosts", ["lille fr"]),
        ("hosts", ["-lille.fr"]),
        ("hosts", ["lille.fr/chemin"]),
        ("hosts", [""]),
        ("elsewhere_url", "javascript:alert(1)"),
        ("elsewhere_url", "//lomme.example"),
        ("elsewhere_url", "https://{type}.example/"),
        ("elsewhere_url", "https://agent:secret@lomme.example/"),
        ("elsewhere_url", "https://lomme.example/?t={type.__class__}"),
        ("elsewhere_url", "https://lomme.example/?t={type!r}"),
        ("elsewhere_url", "https://lomme.example/?t={lat:9999999}"),
        ("elsewhere_url", "https://lomme.example/?t={0}"),
        ("elsewhere_url", "https://lomme.example/?t={}"),
        ("elsewhere_url", "https://lomme.example/?t={type"),
        ("elsewhere_url", "https://lomme.example/?email={email}"),
        ("elsewhere_url", "https://lomme .example/"),
        ("elsewhere_url", "https://[lomme/"),
        ("website", "ftp://lille.fr"),
        ("website", "https://lille.fr\\@mal.example/"),
        ("brand_colour", "red"),
        ("brand_colour", "#fff;}body{"),
        ("default_deadline_days", 0),
        ("default_deadline_days", 367),
        ("default_deadline_days", "15"),
        ("default_deadline_days", True),
        ("duty_phone", "appelez-nous"),
        ("contact_email", "mairie"),
    ],
)
def test_bad_detail_is_refused_with_its_field(field, value):
    with pytest.raises(Invalid) as caught:
        rules.checked({field: value})
    assert caught.value.field == field


def test_every_holiday_zone_is_one_the_calendar_knows():
    assert set(rules.HOLIDAY_SUBDIVISIONS) == set(HolidayZone.values)
    for zone, subdivision in rules.HOLIDAY_SUBDIVISIONS.items():
        calendar = holidays.country_holidays("FR", subdiv=subdivision, years=2026)
        assert ("2026-12-26" in calendar) == (zone == HolidayZone.ALSACE_MOSELLE), zone
        assert "2026-07-14" in calendar


def carried(**values):
    url = rules.elsewhere_url(town(elsewhere_url=TEMPLATE), **values)
    return url, parse_qs(urlsplit(url).query, keep_blank_values=True)


@pytest.mark.row("S0-04")
def test_type_place_and_text_are_carried_along():
    url, query = carried(
        type_code="depot-sauvage",
        lon=2.98,
        lat=50.64,
        text="Un canapé, rue Mère & Fils",
        address="1 rue",
    )
    assert urlsplit(url).hostname == "lomme.example"
    assert query == {
        "objet": ["depot-sauvage"],
        "lat": ["50.640000"],
        "lon": ["2.980000"],
        "texte": ["Un canapé, rue Mère & Fils"],
        "ou": ["1 rue"],
    }


def test_draft_without_a_point_leaves_it_blank():
    assert carried(type_code="tag")[1]["lat"] == [""]


@given(st.text(max_size=400), st.text(max_size=50))
def test_no_text_leaves_its_place_in_the_address(text, address):
    url, query = carried(text=text, address=address, lon=-0.0, lat=-21.0)
    assert len(url) < 4_000
    assert url.startswith("https://lomme.example/signaler?objet=")
    assert set(query) == {"objet", "lat", "lon", "texte", "ou"}
    assert query["texte"] == [text[:300].encode("utf-8", "replace").decode()]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Lille.example:8000", "lille.example"),
        ("lille.example.", "lille.example"),
        ("LILLE.EXAMPLE", "lille.example"),
        ("évil..example", ""),
        ("", ""),
    ],
)
def test_host_header_is_read_without_case_and_port(header, name):
    assert rules.host_of(header) == name
