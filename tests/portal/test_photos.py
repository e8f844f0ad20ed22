"""Photos with a report: taken, refused, kept while the form is corrected."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from riverain.files.models import State, StoredFile
from riverain.reports import intake
from riverain.reports.models import Picture, Report
from tests.portal.conftest import page, picture_of
from tests.town import photo


def upload(content=None, name="photo.jpg", media_type="image/jpeg"):
    return SimpleUploadedFile(name, photo() if content is None else content, media_type)


def kept(answer):
    """The tokens of the photos that the form still holds."""
    return re.findall(r'name="kept" value="([^"]+)"', answer.content.decode())


@pytest.mark.row("S1-08", "S3-05")
def test_up_to_four_photos_come_with_a_report(city, sent):
    made = sent(photos=[upload() for _ in range(4)])
    pictures = Picture.objects.filter(report=made)
    assert [(one.seq, one.position, one.moment) for one in pictures] == [
        (1, position, "before") for position in range(4)
    ]
    assert set(StoredFile.objects.values_list("state", flat=True)) == {State.KEPT}


def test_a_photo_alone_is_enough(city, sent):
    assert sent(description="", photos=[upload()]).pictures.count() == 1


def test_a_fifth_photo_is_refused_and_four_are_kept(city, send):
    answer = send(photos=[upload() for _ in range(5)])
    assert answer.status_code == 422
    assert "Quatre photos au plus" in page(answer)
    assert len(kept(answer)) == 4
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "est vide"),
        (b"<script>alert(1)</script>", "n’est pas une photo"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "n’est pas une photo"),
        (photo()[:200], "abîmée"),
    ],
)
def test_what_is_no_photo_is_refused_by_name_and_nothing_is_written(city, send, content, sentence):
    answer = send(photos=[upload(content, name="vacances.jpg")], description="Un trou")
    assert answer.status_code == 422
    assert "« vacances.jpg »" in page(answer)
    assert sentence in page(answer)
    assert "Un trou" in answer.content.decode()
    assert not Report.objects.exists()


def test_good_photos_stay_when_another_is_refused(city, send, client):
    answer = send(photos=[upload(), upload(b"pas une photo", name="note.txt")])
    assert len(kept(answer)) == 1
    done = send(kept=kept(answer))
    assert done.status_code == 303
    assert Report.objects.get().pictures.count() == 1


def test_photos_stay_while_another_field_is_corrected(city, send, client):
    answer = send(email="camille@", photos=[upload(), upload()])
    tokens = kept(answer)
    assert len(tokens) == 2
    shown = re.search(r'<img src="(/photos-en-attente\?jeton=[^"]+)"', answer.content.decode())[1]
    picture = client.get(shown.replace("&amp;", "&"))
    assert picture["Content-Type"] == "image/jpeg"
    assert "no-store" in picture["Cache-Control"]
    Image.open(io.BytesIO(picture_of(picture))).verify()
    assert send(kept=tokens).status_code == 303
    assert Report.objects.get().pictures.count() == 2


def test_a_photo_that_is_unticked_is_left_out(city, send):
    tokens = kept(send(email="camille@", photos=[upload(), upload()]))
    send(kept=tokens[1:])
    assert Report.objects.get().pictures.count() == 1


def test_kept_photos_and_new_ones_together_are_four_at_most(city, send):
    tokens = kept(send(email="camille@", photos=[upload() for _ in range(3)]))
    assert send(kept=tokens, photos=[upload(), upload()]).status_code == 422
    assert send(kept=tokens, photos=[upload()]).status_code == 303


def test_the_same_form_sent_again_with_its_kept_photos_is_one_report(city, send, said):
    tokens = kept(send(email="camille@", photos=[upload()]))
    submission = said()["submission"]
    answers = [send(kept=tokens, submission=submission) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Report.objects.get().pictures.count() == 1


def test_a_token_serves_one_report_only(city, send):
    tokens = kept(send(email="camille@", photos=[upload()]))
    assert send(kept=tokens).status_code == 303
    answer = send(kept=tokens)
    assert answer.status_code == 409
    assert "n’est plus disponible" in page(answer)


@pytest.mark.parametrize("token", ["", "abc", "eyJhIjoxfQ:1:x", "é"])
def test_a_forged_token_brings_nothing(city, send, client, token):
    assert client.get("/photos-en-attente", {"jeton": token}).status_code == 404
    answer = send(kept=[token])
    assert answer.status_code == 422
    assert "n’est plus disponible" in page(answer)


def test_a_photo_that_became_a_report_s_is_not_shown_by_its_token(city, send, client):
    token = kept(send(email="camille@", photos=[upload()]))[0]
    assert picture_of(client.get("/photos-en-attente", {"jeton": token}))
    send(kept=[token])
    assert client.get("/photos-en-attente", {"jeton": token}).status_code == 404


def test_faulty_forms_cannot_make_us_store_photos_for_ever(city, send, monkeypatch):
    monkeypatch.setattr(intake, "UPLOADS", 2)
    answers = [send(email="camille@", photos=[upload()]) for _ in range(3)]
    assert [len(kept(answer)) for answer in answers] == [1, 1, 0]
    assert "Choisissez de nouveau vos photos" in page(answers[2])
    assert StoredFile.objects.count() == 2


def test_a_refused_sender_cannot_make_us_store_photos_for_ever(city, send, monkeypatch):
    monkeypatch.setattr(intake, "UPLOADS", 1)
    for number in range(6):
        send(description=f"Sac {number}")
    answers = [send(photos=[upload()]) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [429, 429]
    assert StoredFile.objects.count() == 1


def test_a_picture_that_hides_a_page_comes_out_as_a_picture_only(city, sent, client):
    """A polyglot: a true JPEG with a page in its comment and after its end."""
    comment = b"<script>alert(document.domain)</script>"
    jpeg = photo()
    poly = jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]
    made = sent(photos=[upload(poly + comment, name="x.html", media_type="text/html")])
    answer = client.get(f"/suivi/{made.tracking_code}/photos/1/full")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"script" not in picture_of(answer)
