"""Pictures of reports: served to who may read them, as pictures, and from no shared cache."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from riverain.catalogue.facts import Outcome
from riverain.files.actions import store_picture
from riverain.files.models import StoredFile
from riverain.reports import actions, erasure, intake
from riverain.reports.actions import Given
from riverain.reports.lifecycle import Status
from tests import town
from tests.desk.reading import words


@pytest.fixture
def shown(city):
    """A report with a picture, in the contractor's hands, and the picture's address."""
    file = store_picture(acting="reporter", content=town.photo(size=(900, 600)), name="a.jpg")
    report = town.report(city, at=town.CENTRE, pictures=(file.id,))
    picture = report.pictures.get()
    return report, f"/agents/signalements/{report.number}/photos/{picture.pk}"


def test_picture_is_served_as_one_privately(shown, sign_in):
    _report, address = shown
    client = sign_in("coordinator")
    for variant, width in (("thumb", 480), ("full", 900)):
        answer = client.get(f"{address}/{variant}")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-cache"
        content = b"".join(answer.streaming_content)
        assert Image.open(io.BytesIO(content)).width == width


def test_browser_is_told_how_wide_each_variant_is(shown, page):
    report, address = shown
    text = page("coordinator", f"/agents/signalements/{report.number}")
    assert f'srcset="{address}/thumb 480w, {address}/full 900w"' in text


def test_picture_is_a_before_only_once_there_is_an_after(shown, city, page):
    report, _address = shown
    there = f"/agents/signalements/{report.number}"
    assert "Avant" not in words(page("coordinator", there))
    admin = city.member("administrator")
    cleaned = store_picture(acting=admin.label, content=town.photo(colour="white"), name="b.jpg")
    actions.move(
        acting=admin,
        report_id=report.pk,
        to=Status.DONE,
        given=Given(outcome=Outcome.DONE, text="Fait.", pictures=(cleaned.id,)),
    )
    text = words(page("coordinator", there))
    assert "Avant" in text
    assert "Après" in text


def test_picture_is_asked_for_again_each_time_and_not_sent_twice(shown, sign_in):
    _report, address = shown
    client = sign_in("coordinator")
    first = client.get(f"{address}/thumb")
    assert b"".join(first.streaming_content)
    second = client.get(f"{address}/thumb", headers={"if-none-match": first["ETag"]})
    assert second.status_code == 304
    assert second["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("coordinator", 200),
        ("field_agent", 200),
        ("contractor", 200),
        ("elected", 404),
        ("technician", 404),
        ("landlord", 404),
        ("caen_admin", 404),
    ],
)
def test_picture_is_for_those_who_may_read_it(shown, sign_in, role, status):
    answer = sign_in(role).get(f"{shown[1]}/thumb")
    assert answer.status_code == status
    assert b"".join(answer)


def test_picture_of_another_report_is_not_opened_through_ones_own(city, shown, sign_in):
    """One address that opens every picture was a contractor's way into all reports elsewhere."""
    report, address = shown
    mine = town.report(city, at=town.CENTRE)
    other = address.replace(report.number, mine.number)
    assert sign_in("contractor").get(f"{other}/thumb").status_code == 404


@pytest.mark.parametrize(
    "end", ["999999/thumb", "99999999999999999999999/thumb", "{id}/original", "{id}/thumb2"]
)
def test_picture_or_size_that_is_not_there_is_not_found(shown, sign_in, end):
    report, _address = shown
    picture = report.pictures.get()
    path = f"/agents/signalements/{report.number}/photos/{end.format(id=picture.pk)}"
    assert sign_in("administrator").get(path).status_code == 404


def test_erased_picture_does_not_come_from_a_cache(city, shown, sign_in):
    report, address = shown
    client = sign_in("coordinator")
    kept = client.get(f"{address}/thumb")
    assert b"".join(kept.streaming_content)
    erasure.erase_report(acting=city.member("administrator"), report_id=report.pk)
    again = client.get(f"{address}/thumb", headers={"if-none-match": kept["ETag"]})
    assert again.status_code == 404


def test_anyone_else_is_led_to_the_sign_in_page(shown, client):
    answer = client.get(f"{shown[1]}/thumb")
    assert answer.status_code == 302
    assert client.post(f"{shown[1]}/thumb").status_code == 405


def photos(count):
    return [SimpleUploadedFile(f"{number}.jpg", town.photo()) for number in range(count)]


def test_an_agent_sends_no_more_photos_an_hour_than_the_limit(city, take, monkeypatch):
    """Three pass of four: the form says so, nothing is done, and a colleague is not in the way."""
    monkeypatch.setattr(intake, "AGENT_UPLOADS", 3)
    first, second = town.report(city, at=town.CENTRE), town.report(city, at=town.CENTRE)
    assert take("coordinator", first, "fait", photos=photos(2)).status_code == 303
    answer = take("coordinator", second, "fait", photos=photos(2))
    assert answer.status_code == 422
    assert "Trop de demandes en peu de temps" in answer.content.decode()
    assert StoredFile.objects.count() == 2
    assert second.pictures.count() == 0
    assert take("coordinator", second, "fait", photos=photos(1)).status_code == 303
    third = town.report(city, at=town.CENTRE)
    assert take("administrator", third, "fait", photos=photos(2)).status_code == 303
    assert StoredFile.objects.count() == 5


def test_photos_of_a_request_that_is_entered_count_too(city, sign_in, monkeypatch):
    monkeypatch.setattr(intake, "AGENT_UPLOADS", 3)
    for _ in range(2):  # it lacks words: it comes back with its photos, then without more
        answer = sign_in("front_desk").post(
            "/agents/saisir/lille/sac-plein", {"photos": photos(2), "channel": "phone"}
        )
        assert answer.status_code == 422
        assert StoredFile.objects.count() == 2
    assert "Trop de demandes en peu de temps" in answer.content.decode()
