"""Sending a report, and what comes back when it cannot be taken."""

import re
import uuid

import pytest

from riverain.guard import blocking
from riverain.guard.models import BlockedSender
from riverain.reports import timeline
from riverain.reports.models import Channel, Report
from tests.portal.conftest import page
from tests.town import CAEN, CENTRE, HELLEMMES, LOMME, NOWHERE, WAZEMMES


def typed(answer):
    """What the form shows again, by field."""
    text = answer.content.decode()
    found = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', text))
    areas = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', text)
    return found | dict(areas)


@pytest.mark.row("S0-08", "S2-02", "S0-71")
def test_a_report_is_received_located_and_routed_at_once(city, sent):
    made = sent(at=WAZEMMES, email="camille@exemple.fr")
    assert made.number.startswith("LIL-")
    assert made.district.name == "Wazemmes"
    assert made.service.code == "proprete"
    assert made.channel == Channel.WEB
    assert timeline.description_of(made.pk) == "Le sac déborde devant l’école."
    assert timeline.email_of(made.pk) == "camille@exemple.fr"


def test_the_answer_leads_to_the_receipt_and_draws_no_page(city, send, client):
    answer = send()
    made = Report.objects.get()
    assert answer["Location"] == f"/suivi/{made.tracking_code}?recu=1"
    assert answer.content == b""
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies


@pytest.mark.row("S0-72")
def test_the_sector_inside_the_walls_leads_to_the_contractor(city, sent):
    assert sent(at=CENTRE).partner.code == "lilebo"
    assert sent(at=WAZEMMES).partner is None


def test_without_any_place_it_waits_to_be_located(city, sent, client):
    made = sent(at=None, address="")
    assert not made.is_located
    assert "À localiser par le service" in page(client.get(f"/suivi/{made.tracking_code}"))


@pytest.mark.row("S0-04")
def test_a_point_in_a_neighbour_that_uses_riverain_goes_there_by_itself(city, send, client):
    answer = send(at=HELLEMMES)
    made = Report.objects.get()
    assert made.collectivity_id == city.hellemmes.pk
    receipt = page(client.get(answer["Location"]))
    assert "Ce lieu est à Hellemmes : votre demande y a été transmise" in receipt


@pytest.mark.row("S0-04")
def test_a_point_elsewhere_leads_to_the_other_tool_with_everything_carried(city, send):
    answer = send(at=LOMME, description="Sac & verre", address="3 rue Neuve")
    assert answer.status_code == 422
    link = re.search(r'href="(https://lomme\.example[^"]+)"', answer.content.decode())[1]
    carried = "type=sac-plein&amp;lat=50.630000&amp;lon=2.980000&amp;texte=Sac%20%26%20verre"
    assert link.endswith(carried)
    assert typed(answer)["description"] == "Sac &amp; verre"
    assert "Rien n’a été envoyé ici" in page(answer)
    assert not Report.objects.exists()


@pytest.mark.row("S0-04")
def test_an_address_elsewhere_leads_to_the_other_tool_before_anything_is_checked(city, send):
    for step in ("verifier", "envoyer"):
        answer = send(at=None, etape=step, address="avenue de Dunkerque, Lomme")
        assert answer.status_code == 422
        assert 'href="https://lomme.example' in answer.content.decode()
        assert "Rien n’a été envoyé ici" in page(answer)
        assert typed(answer)["address"] == "avenue de Dunkerque, Lomme"
    assert not Report.objects.exists()


def test_a_point_nowhere_says_so_beside_the_place_and_keeps_the_text(city, send):
    answer = send(at=NOWHERE, description="Un trou")
    assert answer.status_code == 422
    assert "dans aucune des communes" in page(answer)
    assert typed(answer)["description"] == "Un trou"
    # Sent again with another address: the point would be refused with any.
    assert (typed(answer).get("lon"), typed(answer).get("lat")) == (None, None)
    assert not Report.objects.exists()


def test_a_dead_end_takes_nothing(city, send):
    answer = send("encombrants")
    assert answer.status_code == 422
    assert "La Métropole ramasse les encombrants" in page(answer)
    assert not Report.objects.exists()


@pytest.mark.parametrize("code", ["constat", "inconnu"])
def test_a_type_that_is_not_for_residents_takes_nothing(city, send, code):
    assert send(code).status_code == 404
    assert not Report.objects.exists()


def test_answers_are_kept_with_the_report(city, sent, client):
    made = sent(
        "depot",
        **{"q-nature": "autre", "q-quoi": "Un piano", "q-genes": ["velos"], "q-combien": "2,5"},
    )
    assert timeline.story(made.pk, contacts=False, notes=False).answers == {
        "nature": "autre",
        "quoi": "Un piano",
        "genes": ["velos"],
        "combien": 2.5,
    }
    text = page(client.get(f"/suivi/{made.tracking_code}"))
    assert "Qu’est-ce qui est déposé ? Autre chose" in text
    assert "Qui est gêné ? Les vélos" in text


def test_an_answer_to_what_was_not_asked_is_left_out(city, sent):
    made = sent("depot", **{"q-nature": "sacs", "q-quoi": "Un piano"})
    assert "quoi" not in timeline.story(made.pk, contacts=False, notes=False).answers


@pytest.mark.parametrize(
    ("type_code", "wrong", "sentence"),
    [
        ("sac-plein", {"description": "  "}, "Dites en quelques mots ce que vous voyez"),
        ("sac-plein", {"description": "é" * 4001}, "trop long : 4001 caractères, pour 4000"),
        ("sac-plein", {"address": "a" * 301}, "trop long : 301 caractères, pour 300"),
        ("sac-plein", {"name": "a" * 121}, "trop long"),
        ("sac-plein", {"email": "camille"}, "Cette adresse e-mail ne semble pas complète"),
        ("sac-plein", {"phone": "12"}, "Ce numéro de téléphone ne semble pas complet"),
        ("sac-plein", {"lat": None}, "La position reçue n’a pas pu être lue"),
        ("sac-plein", {"lon": "nan"}, "La position reçue n’a pas pu être lue"),
        ("sac-plein", {"lon": "1e999"}, "La position reçue n’a pas pu être lue"),
        ("sac-plein", {"lon": "trois"}, "La position reçue n’a pas pu être lue"),
        ("sac-plein", {"lat": "91"}, "La latitude doit être un nombre entre -90 et 90"),
        ("sac-plein", {"lon": "-181"}, "La longitude doit être un nombre entre -180 et 180"),
        ("sac-plein", {"submission": None}, "Ce formulaire n’était pas complet"),
        ("sac-plein", {"submission": "abc"}, "Ce formulaire n’était pas complet"),
        ("depot", {}, "Cette réponse est nécessaire"),
        ("depot", {"q-nature": "autre"}, "Cette réponse est nécessaire"),
        ("depot", {"q-nature": "zinc"}, "Choisissez parmi les réponses proposées"),
        ("depot", {"q-nature": ["sacs", "autre"]}, "Une seule réponse est attendue"),
        ("depot", {"q-nature": "sacs", "q-combien": "beaucoup"}, "Écrivez un nombre"),
        ("depot", {"q-nature": "sacs", "q-zinc": "1"}, "Cette question n’est pas posée"),
    ],
)
def test_what_is_wrong_is_said_once_beside_its_field_and_the_rest_stays(
    city, send, type_code, wrong, sentence
):
    kept = {"address": "3 rue Neuve", "name": "Camille", "description": "Un trou 🕳"}
    answer = send(type_code, **{**kept, **wrong})
    assert answer.status_code == 422
    assert sentence in page(answer)
    shown = typed(answer)
    for field in kept.keys() - wrong.keys():
        assert shown[field] == kept[field]
    assert not Report.objects.exists()


def test_several_faults_are_all_said_in_the_summary(city, send):
    answer = send(email="x", phone="1", description="")
    text = answer.content.decode()
    assert all(f'href="#id_{field}"' in text for field in ("email", "phone", "description"))


def test_half_a_position_does_not_come_back(city, send):
    assert typed(send(lat=None)).get("lon") in {None, ""}


def test_a_form_without_identifier_comes_back_with_one_and_then_passes(city, send):
    fresh = typed(send(submission=None))["submission"]
    assert send(submission=fresh).status_code == 303


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a\0b", "ab"),
        ("Sac\u202eplein", "Sacplein"),
        ("👩\u200d🚒 là", "👩\u200d🚒 là"),
        ("e\u0301te\u0301", "été"),
        ("un\r\ndeux", "un\ndeux"),
    ],
)
def test_invisible_signs_go_and_the_rest_is_kept(city, sent, text, stored):
    assert timeline.description_of(sent(description=text).pk) == stored


def test_a_megabyte_of_text_is_refused_as_too_heavy(city, send):
    answer = send(description="a" * 1_100_000)
    assert answer.status_code == 413
    assert not Report.objects.exists()


def test_the_same_form_sent_twice_is_one_report(city, send):
    identifier = str(uuid.uuid4())
    first, second = (send(submission=identifier) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


def test_another_text_under_the_same_identifier_is_refused_then_taken_as_new(city, send):
    identifier = str(uuid.uuid4())
    send(submission=identifier)
    answer = send(submission=identifier, description="Autre chose")
    assert answer.status_code == 409
    fresh = typed(answer)
    assert fresh["submission"] != identifier
    assert fresh["description"] == "Autre chose"
    assert send(submission=fresh["submission"], description="Autre chose").status_code == 303


@pytest.mark.row("S2-21")
@pytest.mark.parametrize(
    ("headers", "channel"),
    [
        ({"user-agent": "Mozilla/5.0 (Android 14; Mobile; rv:130.0)"}, Channel.MOBILE),
        ({"sec-ch-ua-mobile": "?1"}, Channel.MOBILE),
        ({"sec-ch-ua-mobile": "?0", "user-agent": "Mobi"}, Channel.WEB),
    ],
)
def test_the_figures_know_telephones_from_computers(city, sent, headers, channel):
    assert sent(headers=headers).channel == channel


def test_without_proof_it_passes_and_is_looked_at_before_being_public(city, sent):
    assert sent().looked_at is False


def test_with_proof_it_needs_no_look(city, sent, client):
    from tests.portal.solving import solved

    assert sent(proof=solved(client.get("/preuve").json())).looked_at is True


def test_a_proof_is_good_for_one_report(city, sent, client):
    from tests.portal.solving import solved

    proof = solved(client.get("/preuve").json())
    assert [sent(proof=proof).looked_at for _ in range(2)] == [True, False]


def test_past_the_limit_what_was_typed_stays(city, send):
    for number in range(6):
        assert send(description=f"Sac {number}").status_code == 303
    answer = send(description="Un de trop", email="camille@exemple.fr")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert typed(answer)["description"] == "Un de trop"
    assert typed(answer)["email"] == "camille@exemple.fr"
    assert Report.objects.count() == 6


@pytest.mark.row("L-03")
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (BlockedSender.Kind.EMAIL, "Camille@exemple.fr"),
        (BlockedSender.Kind.PHONE, "+33612345678"),
        (BlockedSender.Kind.ADDRESS, "127.0.0.1"),
    ],
)
def test_a_blocked_sender_is_refused_where_the_report_goes(city, send, kind, value):
    from datetime import timedelta

    from riverain.core import clock

    blocking.block(
        acting="agent:1",
        collectivity_id=city.hellemmes.pk,
        kind=kind,
        value=value,
        reason=BlockedSender.Reason.INSULT,
        until=clock.now() + timedelta(days=30),
    )
    contact = {"email": "camille@exemple.fr", "phone": "06 12 34 56 78"}
    answer = send(at=HELLEMMES, **contact)
    assert answer.status_code == 403
    assert "Vos envois sont suspendus" in page(answer)
    assert typed(answer)["description"]
    assert send(at=CAEN, **contact).status_code == 303


@pytest.mark.parametrize("count", [0, 3])
def test_a_report_takes_the_same_queries_whatever_came_before(
    city, sent, send, django_assert_num_queries, count
):
    for _ in range(count + 1):
        sent(at=WAZEMMES)
    # The limits, the blocked senders, and six of the transaction, its two bounds among them.
    with django_assert_num_queries(8):
        send(at=WAZEMMES)
