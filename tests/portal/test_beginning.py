"""What a report begins with, carried from page to page; and the page that checks it."""

import re

import pytest

from riverain.files.models import StoredFile
from riverain.reports import intake, timeline
from riverain.reports.models import Report
from riverain.territory.addresses.importing import import_file
from tests.portal.conftest import page, picture_of
from tests.portal.pictures import photo_from
from tests.portal.test_photos import kept, upload
from tests.territory.addresses.ban import town_lines, write
from tests.territory.made import LAT, LON
from tests.town import LOMME, NOWHERE, WAZEMMES


def begin(client, content=None):
    content = content or photo_from(WAZEMMES, taken="2026:11:22 14:05:00")
    return client.post("/signaler", {"photos": upload(content)})


@pytest.mark.row("P-01")
def test_a_photo_first_travels_to_the_form_with_its_place_and_is_cleaned(city, client):
    answer = begin(client)
    assert answer.status_code == 303
    choosing = client.get(answer["Location"])
    assert "Votre photo est gardée" in page(choosing)
    family = re.search(r'href="(/signaler/proprete\?[^"]+)"', choosing.content.decode())[1]
    types = client.get(family.replace("&amp;", "&")).content.decode()
    form = re.search(r'href="(/signaler/type/sac-plein\?[^"]+)"', types)[1].replace("&amp;", "&")
    drawn = client.get(form)
    (token,) = kept(drawn)
    assert 'name="lon" value="3.045000"' in drawn.content.decode()
    assert "Votre photo dit déjà où" in page(drawn)
    assert b"Exif" not in picture_of(client.get("/photos-en-attente", {"jeton": token}))


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("q=Un+sac%00+ouvert", "description", "Un sac ouvert"),
        ("lon=3.05&lat=50.63", "lon", "3.050000"),
        ("lon=nan&lat=50.63", "lon", ""),
        ("lon=3.05", "lon", ""),
        ("lon=999&lat=50", "lon", ""),
        ("jeton=x&pris=hier", "description", ""),
    ],
)
def test_what_an_address_carries_is_read_or_left_out(city, client, query, field, value):
    text = client.get(f"/signaler/type/sac-plein?{query}").content.decode()
    found = re.search(rf'name="{field}"(?: value="([^"]*)")?[^>]*>\s*([^<]*)', text)
    assert (found[1] or found[2] or "").strip() == value
    assert kept(client.get(f"/signaler/type/sac-plein?{query}")) == []


def test_without_a_photo_or_with_something_else_the_page_says_so(city, client):
    none = client.post("/signaler")
    wrong = begin(client, b"pas une photo")
    assert (none.status_code, wrong.status_code) == (422, 422)
    assert "Choisissez d’abord une photo" in page(none)
    assert "n’est pas une photo" in page(wrong)


def test_first_photos_are_limited(city, client, monkeypatch):
    monkeypatch.setattr(intake, "UPLOADS", 2)
    assert [begin(client).status_code for _ in range(3)] == [303, 303, 429]
    assert StoredFile.objects.count() == 2


def test_another_site_cannot_make_its_visitors_send_photos(city, client):
    answer = client.post(
        "/signaler", {"photos": upload()}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert not StoredFile.objects.exists()


def test_words_answer_types_with_their_family_and_promise(city, client):
    answer = client.get("/signaler/mots.json", {"q": "corbeille"})
    first = answer.json()["types"][0]
    assert first["name"] == "Sac plein, pas de sac"
    assert first["family"] == "Propreté et tags"
    assert first["promise"] == "sous 24\u00a0h"
    assert first["href"] == "/signaler/type/sac-plein?q=corbeille"
    assert client.get("/signaler/mots.json", {"q": "girafe"}).json() == {"types": []}


@pytest.mark.row("S0-81")
def test_without_javascript_it_is_shown_before_it_is_sent(city, send):
    checked = send("depot", etape="verifier", photos=[upload()], email="camille@exemple.fr",
                   **{"q-nature": "sacs"})  # fmt: skip
    text = page(checked)
    for said in ("Rien n’est encore envoyé", "12 rue des Postes", "Le sac déborde",
                 "Des sacs", "camille@exemple.fr"):  # fmt: skip
        assert said in text
    assert not Report.objects.exists()
    fields = {}
    for name, value in re.findall(
        r'type="hidden" name="([^"]+)" value="([^"]*)"', checked.content.decode()
    ):
        fields.setdefault(name, []).append(value.replace("&#x27;", "'"))
    for step, status in (("modifier", 200), ("envoyer", 303)):
        done = send("depot", **{**fields, "etape": step})
        assert done.status_code == status
    made = Report.objects.get()
    assert made.pictures.count() == 1
    assert timeline.email_of(made.pk) == "camille@exemple.fr"


@pytest.mark.parametrize("step", ["verifier", "modifier"])
def test_photos_that_are_not_sent_yet_are_limited_too(city, send, monkeypatch, step):
    monkeypatch.setattr(intake, "UPLOADS", 1)
    answers = [send(etape=step, photos=[upload()]) for _ in range(3)]
    assert StoredFile.objects.count() == 1
    assert "Choisissez de nouveau vos photos" in page(answers[-1])


def test_what_is_checked_is_refused_where_another_tool_receives_it(city, send):
    answer = send(at=LOMME, etape="verifier")
    assert answer.status_code == 422
    assert "Rien n’a été envoyé ici" in page(answer)


def test_a_script_is_answered_where_the_report_is_followed(city, send):
    answer = send(headers={"Accept": "application/json"})
    made = Report.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {"location": f"/suivi/{made.tracking_code}?recu=1"}


@pytest.mark.row("P-01")
def test_the_place_of_a_first_photo_is_shown_by_its_address(city, client, tmp_path):
    import_file(acting="system:test", path=write(tmp_path / "ban.csv", town_lines()))
    beside = (LON + 0.0016, LAT + 0.001)
    started = begin(client, photo_from(beside, taken="2026:11:22 14:05:00"))["Location"]
    drawn = client.get("/signaler/type/sac-plein" + started.removeprefix("/signaler"))
    assert 'value="12 Rue Carnot, 59000 Lille"' in drawn.content.decode()


@pytest.mark.row("P-01")
def test_the_page_without_javascript_alone_says_which_address_it_wrote(city, client):
    query = {"lon": WAZEMMES[0], "lat": WAZEMMES[1]}
    drawn = client.get("/signaler/type/sac-plein", query).content.decode()
    noscript = r'<noscript><input type="hidden" name="offered"[^>]*></noscript>'
    assert re.search(noscript, drawn)
    assert 'name="offered"' not in re.sub(noscript, "", drawn)
    assert 'name="offered"' not in client.get("/signaler/type/sac-plein").content.decode()


PHOTO, TYPED = "photo", "typed"


@pytest.mark.row("P-01")
@pytest.mark.parametrize(
    ("at", "offered", "address", "counts"),
    [
        (WAZEMMES, "1 rue Henner", "12 Rue Carnot, 59000 Lille", TYPED),
        (WAZEMMES, "1 rue Henner", "1 rue Henner", PHOTO),
        (WAZEMMES, "1 rue Henner", "1 rue Henner, devant le portail", PHOTO),
        (WAZEMMES, "1 rue Henner", "", PHOTO),
        (WAZEMMES, "", "près de la fontaine", PHOTO),
        # with JavaScript the map shows the point beside the address
        (WAZEMMES, None, "12 Rue Carnot, 59000 Lille", PHOTO),
        (LOMME, "", "12 rue Carnot", TYPED),
        (LOMME, "8 avenue de Dunkerque, 59160 Lomme", "12 rue Carnot", TYPED),
        (LOMME, "8 avenue de Dunkerque, 59160 Lomme", "en face de l’école", None),
    ],
)
@pytest.mark.parametrize("step", ["envoyer", "verifier"])
def test_an_address_typed_over_that_of_a_photo_counts(
    city, send, tmp_path, *, at, offered, address, counts, step
):
    import_file(acting="system:test", path=write(tmp_path / "ban.csv", town_lines()))
    said = {"at": at, "address": address} | ({} if offered is None else {"offered": offered})
    answer = send(**said, etape=step)
    if step == "verifier":
        carried = answer.content.decode()
        keeps = f'name="lon" value="{at[0]}"' in carried
        assert (answer.status_code, keeps) == (200, counts is PHOTO)
        return
    report = Report.objects.get()
    found = (report.lon, report.lat) if report.is_located else None
    house = (pytest.approx(LON + 0.0016), pytest.approx(LAT + 0.001))
    assert found == {PHOTO: at, TYPED: house, None: None}[counts]
    assert report.collectivity_id == city.lille.pk


@pytest.mark.parametrize("offered", ["", "8 avenue de Dunkerque, 59160 Lomme"])
def test_a_photo_taken_elsewhere_leads_there_while_nothing_else_is_typed(city, send, offered):
    answer = send(at=LOMME, address=offered, offered=offered)
    assert answer.status_code == 422
    assert "https://lomme.example" in answer.content.decode()


def test_a_place_where_nobody_receives_begins_no_report(city, client):
    started = begin(client, photo_from(NOWHERE, taken="2026:11:22 14:05:00"))["Location"]
    carried = started.removeprefix("/signaler")
    photographed = client.get("/signaler/type/sac-plein" + carried)
    led = client.get("/signaler/type/sac-plein", {"lon": NOWHERE[0], "lat": NOWHERE[1]})
    assert "Votre photo a été prise hors du territoire" in page(photographed)
    assert "Le lieu de ce lien est hors du territoire" in page(led)
    for drawn in (photographed, led):
        assert 'name="lon" id' in drawn.content.decode()
