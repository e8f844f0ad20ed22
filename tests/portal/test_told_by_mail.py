"""« Être prévenu par e-mail », and « ne plus recevoir de mails »: by the code, without account."""

import pytest

from riverain.notifications.models import Notice, State
from riverain.reports import intake, timeline
from riverain.reports.models import Report
from tests.notifications.post import hear
from tests.portal.conftest import page
from tests.town import report

EMAIL = "camille@exemple.fr"


@pytest.fixture
def made(city):
    return report(city)


@pytest.fixture
def reached(city):
    return report(city, email=EMAIL)


@pytest.mark.row("S0-07", "S0-08")
def test_address_is_left_from_the_page_that_thanks(made, client):
    tracking = f"/suivi/{made.tracking_code}"
    assert "Être prévenu par e-mail" in page(client.get(f"{tracking}?recu=1"))
    done = client.post(f"{tracking}/mails", {"email": " camille@EXEMPLE.fr "})
    assert (done.status_code, done["Location"]) == (303, f"{tracking}?dit=mails")
    assert timeline.email_of(made.pk) == EMAIL
    text = page(client.get(done["Location"]))
    assert "un mail vous attend" in text
    assert "Être prévenu par e-mail" not in text
    assert "Ne plus recevoir de mails" in text
    assert EMAIL not in text
    hear(made)
    assert [notice.is_receipt for notice in Notice.objects.all()] == [True]


@pytest.mark.parametrize("email", ["", "camille", "a@b\r\nBcc: c@d.fr"])
def test_what_is_no_address_comes_back(made, client, email):
    again = client.post(f"/suivi/{made.tracking_code}/mails", {"email": email})
    assert again.status_code == 422
    assert "adresse e-mail" in page(again)
    assert not timeline.email_of(made.pk)


def test_address_that_is_there_is_not_replaced(reached, client):
    address = f"/suivi/{reached.tracking_code}/mails"
    assert "Vous recevez un mail à chaque étape" in page(client.get(address))
    assert client.post(address, {"email": "autre@exemple.fr"}).status_code == 422
    assert timeline.email_of(reached.pk) == EMAIL


def test_addresses_are_limited(made, client):
    for number in range(6):
        answer = client.post(f"/suivi/{made.tracking_code}/mails", {"email": f"a{number}@b.fr"})
        if number == 5:
            assert answer.status_code == 429
        else:
            client.post(f"/suivi/{made.tracking_code}/mails/fin")
    assert intake.MAILED > 5


@pytest.mark.row("L-02")
def test_mails_are_stopped_in_two_clicks(reached, client):
    hear(reached)
    address = f"/suivi/{reached.tracking_code}/mails/fin"
    asked = client.get(address)
    assert "Votre adresse sera effacée" in page(asked)
    assert timeline.email_of(reached.pk) == EMAIL, "programs open links before people do"
    done = client.post(address)
    assert done["Location"] == f"/suivi/{reached.tracking_code}?dit=sans-mails"
    assert timeline.email_of(reached.pk) == ""
    text = page(client.get(done["Location"]))
    assert "Votre adresse est effacée" in text
    hear(reached)
    assert set(Notice.objects.values_list("state", flat=True)) == {State.VOID}
    assert "Aucun mail n’est envoyé" in page(client.get(address))


def test_program_of_mail_stops_them_by_itself(reached, client):
    """RFC 8058: it posts one word, without session, origin or referrer."""
    address = f"/suivi/{reached.tracking_code}/mails/fin"
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 303
    assert timeline.email_of(reached.pk) == ""


@pytest.mark.parametrize("part", ["mails", "mails/fin"])
def test_other_site_neither_leaves_nor_takes_an_address(made, reached, client, part):
    for one in (made, reached):
        answer = client.post(
            f"/suivi/{one.tracking_code}/{part}",
            {"email": "autre@exemple.fr"},
            headers={"Sec-Fetch-Site": "cross-site"},
        )
        assert answer.status_code == 403
    assert timeline.email_of(made.pk) == ""
    assert timeline.email_of(reached.pk) == EMAIL


@pytest.mark.parametrize("part", ["mails", "mails/fin"])
def test_unknown_code_leads_nowhere(city, client, part):
    for method in (client.get, client.post):
        assert method(f"/suivi/AAAA-AAAA-AAAA/{part}").status_code == 404
    assert not Report.objects.exists()
