"""Entering a request for someone: who may, what is asked, what is read back to the caller."""

import re
import uuid
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from riverain.organisation import memberships
from riverain.reports import erasure
from riverain.reports.models import Channel, Report
from riverain.reports.timeline import story
from tests import town
from tests.desk.reading import words

CHOOSE = "/agents/saisir"
SCREEN = "/agents/saisir/lille"
FORM = f"{SCREEN}/sac-plein"
LON, LAT = town.WAZEMMES


def said(**more):
    return {
        "submission": str(uuid.uuid4()),
        "channel": "phone",
        "address": "12 rue des Postes",
        "latitude": LAT,
        "longitude": LON,
        "description": "Le sac déborde.",
        "language": "fr",
        **more,
    }


@pytest.mark.row("S0-60", "S0-62", "S4-02", "S4-04", "S3-02")
def test_request_is_entered_routed_and_read_back(city, sign_in):
    client = sign_in("front_desk")
    answer = client.post(
        FORM, said(channel="letter", name="Camille Martin", phone="06 12 34 56 78")
    )
    assert answer.status_code == 303
    report = Report.objects.get()
    assert answer["Location"] == f"/agents/saisir/recu/{report.number}"
    assert report.channel == Channel.LETTER
    assert report.service == city.services["proprete"]
    assert report.district == city.wazemmes
    assert report.looked_at
    steps = story(report.pk, contacts=True, notes=False)
    assert steps.steps[0].acting == city.member("front_desk").label
    assert steps.contact == {"name": "Camille Martin", "phone": "+33612345678"}
    receipt = words(client.get(answer["Location"]).content.decode())
    for shown in (
        report.tracking_code,
        report.number,
        "Le service Propreté publique s’en occupe, et s’engage à agir avant le",
        "03 20 00 00 01",
        "le code est le seul moyen de suivre la demande",
    ):
        assert shown in receipt, shown


def test_receipt_says_when_a_mail_goes_too(city, sign_in):
    client = sign_in("phone")
    answer = client.post(FORM, said(email="camille@exemple.fr"), follow=True)
    assert "Le code part aussi par mail" in words(answer.content.decode())


@pytest.mark.parametrize("channel", ["desk", "email", "social", "elected", "meeting", "field"])
def test_each_way_that_a_request_comes_is_kept(city, sign_in, channel):
    assert sign_in("front_desk").post(FORM, said(channel=channel)).status_code == 303
    assert Report.objects.get().channel == channel


@pytest.mark.parametrize("channel", ["web", "mobile", "connected", "fax", ""])
def test_way_that_no_agent_enters_is_refused(city, sign_in, channel):
    assert sign_in("front_desk").post(FORM, said(channel=channel)).status_code == 422
    assert not Report.objects.exists()


def test_same_form_sent_twice_is_one_report(city, sign_in):
    client, sent = sign_in("front_desk"), said()
    assert client.post(FORM, sent)["Location"] == client.post(FORM, sent)["Location"]
    assert Report.objects.count() == 1
    other = client.post(FORM, sent | {"description": "Autre chose."})
    assert other.status_code == 409
    assert "Autre chose." in other.content.decode()
    renewed = other.context["form"]["submission"].value()
    assert renewed != sent["submission"]
    again = client.post(FORM, sent | {"description": "Autre chose.", "submission": renewed})
    assert again.status_code == 303


def test_photos_and_answers_go_with_it(city, sign_in):
    photo = SimpleUploadedFile("a.jpg", town.photo(), "image/jpeg")
    answer = sign_in("front_desk").post(
        "/agents/saisir/lille/depot",
        said(photos=photo, **{"q-nature": "autre", "q-quoi": "Un matelas", "q-genes": "velos"}),
    )
    assert answer.status_code == 303
    report = Report.objects.get()
    assert report.pictures.get().moment == "before"
    assert story(report.pk, contacts=False, notes=False).answers == {
        "nature": "autre",
        "quoi": "Un matelas",
        "genes": ["velos"],
    }


@pytest.mark.row("P-31")
def test_types_for_agents_are_offered_and_taken(city, sign_in, page):
    text = page("front_desk", CHOOSE)
    assert '<option value="constat">' in text
    assert '<option value="ronde">' in text
    answer = sign_in("front_desk").post("/agents/saisir/lille/ronde", said())
    assert answer.status_code == 303


def test_place_may_be_written_as_coordinates_or_left_out(city, sign_in):
    client = sign_in("front_desk")
    sent = said(latitude="", longitude="", coordinates=f"{LAT}, {LON}")
    assert client.post(FORM, sent).status_code == 303
    assert Report.objects.get().district == city.wazemmes
    client.post(FORM, said(latitude="", longitude="", description="Sans lieu"))
    assert Report.objects.order_by("id").last().quadkey is None


BAD = {
    "nothing said": ({"description": ""}, "Dites en quelques mots ce que vous voyez", "12 rue"),
    "e-mail": ({"email": "camille@"}, "ne semble pas complète", "camille@"),
    "telephone": ({"phone": "12"}, "ne semble pas complet", "12 rue"),
    "coordinates": ({"coordinates": "ici"}, "la latitude puis la longitude", "ici"),
    "half a place": ({"latitude": ""}, "position est incomplète", "12 rue"),
    "nowhere": ({"longitude": 2.35, "latitude": 48.85}, "n’est dans aucune des communes", "2.35"),
    "elsewhere": (
        {"longitude": town.LOMME[0], "latitude": town.LOMME[1]},
        "Ce lieu a un autre outil de signalement. Lomme et moi",
        "12 rue",
    ),
    "a street elsewhere": (
        {"latitude": "", "longitude": "", "address": "Avenue de Dunkerque, 59160 Lomme"},
        "Ce lieu a un autre outil de signalement. Lomme et moi",
        "Avenue de Dunkerque",
    ),
    "too long": ({"description": "é" * 4_001}, "4000", "é" * 99),
    "unknown question": ({"q-inventee": "x"}, "Cette question n’est pas posée", "12 rue"),
    "no identifier": ({"submission": "x"}, "envoyez-le", "12 rue"),
    "language": ({"language": "xx"}, "Langue des mails", "12 rue"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_said_and_what_was_typed_stays(city, sign_in, name):
    wrong, sentence, kept = BAD[name]
    answer = sign_in("front_desk").post(FORM, said(**wrong))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in words(text)
    assert kept in text
    assert not Report.objects.exists()


def test_missing_answer_is_said_beside_its_question(city, sign_in):
    answer = sign_in("front_desk").post("/agents/saisir/lille/depot", said())
    assert answer.status_code == 422
    assert answer.context["form"].errors["q-nature"] == ["Cette réponse est nécessaire."]


def test_place_in_a_town_where_one_may_not_enter_is_refused_with_what_was_typed(city, sign_in):
    lon, lat = town.CAEN
    answer = sign_in("front_desk").post(FORM, said(longitude=lon, latitude=lat))
    assert answer.status_code == 403
    assert "Vous ne pouvez pas saisir de demande pour Ville de Caen" in words(
        answer.content.decode()
    )
    assert "12 rue des Postes" in answer.content.decode()


def test_dead_end_says_who_does_it_and_takes_nothing(city, sign_in, page):
    address = "/agents/saisir/lille/encombrants"
    assert "La Métropole ramasse les encombrants." in words(page("front_desk", address))
    assert sign_in("front_desk").post(address, said()).status_code == 422
    assert not Report.objects.exists()


@pytest.mark.row("S0-22")
def test_danger_says_whom_to_call_first(city, page):
    text = words(page("phone", "/agents/saisir/lille/seringues"))
    assert "Faites appeler le 17, le 18 ou le 112." in text
    assert "Astreinte de la Ville : 03 20 00 00 17" in text
    assert "Ne touchez à rien, éloignez les enfants." in text


def test_who_serves_several_towns_chooses_and_others_have_nothing_to_choose(city, page):
    text = page("phone", CHOOSE)
    assert 'href="/agents/saisir?ville=hellemmes"' in text
    assert 'action="/agents/saisir/lille"' in text
    assert 'action="/agents/saisir/hellemmes"' in page("phone", f"{CHOOSE}?ville=hellemmes")
    assert 'action="/agents/saisir/lille"' in page("phone", f"{CHOOSE}?ville=caen")
    assert "?ville=hellemmes" not in page("front_desk", CHOOSE)


def proposed(answer):
    """The codes of the types that the screen proposes."""
    return re.findall(r'name="choisir" value="([^"]+)"', answer.content.decode())


@pytest.mark.row("P-10")
def test_types_are_proposed_by_the_callers_words_and_what_was_typed_stays(city, sign_in):
    typed = said(description="Un matelas devant chez moi", phone="06 12", proposer="1")
    answer = sign_in("front_desk").post(SCREEN, typed)
    assert answer.status_code == 200
    assert proposed(answer) == ["depot"]
    text = answer.content.decode()
    assert "Un matelas devant chez moi" in text
    assert 'value="06 12"' in text
    assert "ne semble pas" not in text
    nothing = sign_in("front_desk").post(SCREEN, said(description="\0xyzzy", proposer="1"))
    assert proposed(nothing) == []
    assert not Report.objects.exists()


def test_words_typed_on_the_way_here_begin_the_request(city, page):
    text = page("front_desk", f"{CHOOSE}?q=un+matelas%00")
    assert ">\nun matelas" in text
    assert 'name="choisir" value="depot"' in text


def test_choosing_a_type_asks_its_questions_and_says_what_is_promised(city, sign_in):
    typed = said(description="Un matelas", choisir="depot", **{"q-quoi": "Deux places"})
    answer = sign_in("front_desk").post(SCREEN, typed)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert '<option value="depot" selected>' in text
    assert 'name="q-nature"' in text
    assert 'value="Deux places"' in text
    assert "Lille s’engage à agir sous" in words(text)
    assert "Cette réponse est nécessaire" not in text


def test_the_part_about_the_type_is_drawn_alone_while_one_types(city, sign_in):
    typed = said(description="Un matelas", type="sac-plein", proposer="1")
    part = sign_in("front_desk").post(SCREEN, typed, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert proposed(part) == ["depot"]
    assert "<h1" not in part.content.decode()


def test_photos_that_came_before_a_type_was_chosen_are_kept(city, sign_in):
    client = sign_in("front_desk")
    photo = SimpleUploadedFile("a.jpg", town.photo(), "image/jpeg")
    answer = client.post(SCREEN, said(photos=photo, choisir="sac-plein"))
    token = re.search(r'name="kept" value="([^"]+)"', answer.content.decode())[1]
    assert client.post(SCREEN, said(type="sac-plein", kept=unescape(token))).status_code == 303
    assert Report.objects.get().pictures.count() == 1


def test_nothing_is_taken_without_a_type(city, sign_in):
    answer = sign_in("front_desk").post(SCREEN, said())
    assert answer.status_code == 422
    assert answer.context["form"].errors["type"] == ["Choisissez le type de la demande."]
    unknown = sign_in("front_desk").post(SCREEN, said(type="inventé"))
    assert unknown.status_code == 422
    assert not Report.objects.exists()


def test_next_request_likely_comes_the_same_way(city, sign_in):
    client = sign_in("front_desk")
    receipt = client.post(FORM, said(channel="letter"), follow=True).content.decode()
    again = unescape(re.search(r'href="(/agents/saisir\?[^"]+)"', receipt)[1])
    assert '<option value="letter" selected>' in client.get(again).content.decode()


@pytest.mark.parametrize("role", ["elected", "contractor", "landlord", "network", "validator"])
def test_who_may_not_enter_reports_opens_none_of_it(city, sign_in, role):
    client = sign_in(role)
    made = town.report(city)
    for address in (CHOOSE, FORM, f"{CHOOSE}/recu/{made.number}"):
        assert client.get(address).status_code == 403
    assert client.post(FORM, said()).status_code == 403
    assert Report.objects.count() == 1


def test_town_or_type_that_is_not_theirs_is_not_there(city, sign_in):
    client = sign_in("front_desk")
    for address in (
        "/agents/saisir/caen/sac-plein",
        "/agents/saisir/lomme/sac-plein",
        "/agents/saisir/lille/inconnu",
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, said()).status_code == 404
    assert not Report.objects.exists()


def test_receipt_is_for_who_entered_it(city, sign_in):
    location = sign_in("front_desk").post(FORM, said())["Location"]
    for role in ("phone", "administrator", "coordinator", "caen_admin"):
        assert sign_in(role).get(location).status_code == 404
    # A request that went to a service whose reports they do not read is still theirs to read back.
    entered = sign_in("field_agent").post("/agents/saisir/lille/nid-de-poule", said())
    assert sign_in("field_agent").get(entered["Location"]).status_code == 200
    number = Report.objects.order_by("id").last().number
    assert sign_in("field_agent").get(f"/agents/signalements/{number}").status_code == 404


def test_receipt_ends_with_the_right_to_enter_and_with_an_erasure(city, sign_in):
    client = sign_in("front_desk")
    first = client.post(FORM, said())["Location"]
    report = Report.objects.get()
    erasure.erase_report(acting=city.member("administrator"), report_id=report.pk)
    assert client.get(first).status_code == 404
    second = client.post(FORM, said())["Location"]
    memberships.end_membership(
        acting=town.CLI, membership=city.people["front_desk"].memberships.get()
    )
    memberships.grant(
        acting=town.CLI, user=city.people["front_desk"], role="front_desk", collectivity=city.caen
    )
    assert client.get(second).status_code == 404


@pytest.mark.parametrize("address", [CHOOSE, FORM, f"{CHOOSE}/recu/LIL-2026-000001"])
def test_anyone_else_is_led_to_the_sign_in_page(city, client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/agents/connexion/?next=")
    assert not Report.objects.exists()


def test_wrong_methods_are_refused(city, sign_in):
    client = sign_in("front_desk")
    assert client.post(CHOOSE).status_code == 405
    assert client.put(FORM).status_code == 405
    assert client.delete(FORM).status_code == 405


def test_form_sent_from_another_site_is_refused(city, sign_in):
    answer = sign_in("front_desk", enforce_csrf_checks=True).post(FORM, said())
    assert answer.status_code == 403
    assert not Report.objects.exists()
