"""The one screen as the server draws it: whole, with its list or alone, and the pane by itself."""

import re
from datetime import timedelta

import pytest

from riverain.core import clock
from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from tests import town
from tests.desk.reading import numbers, words

PANE = {"hx-request": "true", "hx-target": "pane"}


def address(report, query=""):
    return f"/agents/signalements/{report.number}{query}"


def test_address_with_a_view_has_the_list_beside_the_report(city, page):
    made, other = town.report(city), town.report(city, description="Autre.")
    text = page("administrator", address(made, "?vue=a-traiter&canal=web"))
    assert set(numbers(text)) == {made.number, other.number}
    open_row = f'href="{address(made)}?vue=a-traiter&amp;canal=web" aria-current="true"'
    assert open_row in text
    assert f'{address(other)}?vue=a-traiter&amp;canal=web">' in text
    assert f"{address(made)}/cloturer?vue=a-traiter&amp;canal=web" in text


def test_address_of_the_report_alone_has_no_list(city, page):
    made = town.report(city)
    text = page("administrator", address(made))
    assert numbers(text) == []
    assert f'href="/agents/?vue=a-traiter#s-{made.number}"' in text


def test_pane_is_its_content_alone(city, sign_in):
    made = town.report(city)
    client = sign_in("administrator")
    for query in ("?vue=a-traiter", "/note?vue=a-traiter"):
        answer = client.get(address(made, query), headers=PANE)
        text = answer.content.decode()
        assert text.startswith("<title>")
        assert "<html" not in text
        assert "rail" not in text
        assert numbers(text) == []
        assert answer["Vary"].startswith("HX-Target")
    nothing = client.get("/agents/?vue=a-traiter", headers=PANE).content.decode()
    assert "Choisissez un signalement" in words(nothing)


def test_step_from_the_pane_brings_the_row_and_the_counts_along(city, sign_in):
    made = town.report(city)
    answer = sign_in("administrator").post(
        address(made, "/prendre?vue=a-traiter"), {"seq": made.seq}, headers=PANE
    )
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Pris en charge." in words(text)
    fresh = text.split("<template data-fresh>")[1]
    assert f'id="s-{made.number}"' in fresh
    assert "n’est plus dans cette vue" in fresh
    assert 'id="views"' in fresh
    # Reading it again brings nothing of it.
    again = sign_in("administrator").get(address(made, "?vue=a-traiter"), headers=PANE)
    assert "data-fresh" not in again.content.decode()


def test_step_that_takes_a_report_out_of_sight_leads_to_the_list(city, sign_in):
    made = town.report(city)
    client = sign_in("coordinator")
    sent = {"seq": made.seq, "service": city.services["voirie"].pk}
    answer = client.post(address(made, "/confier?vue=a-moi"), sent, headers=PANE)
    assert answer["HX-Redirect"] == "/agents/?vue=a-moi"
    other = town.report(city, description="Autre.")
    answer = client.post(address(other, "/confier?vue=a-moi"), sent | {"seq": other.seq})
    assert (answer.status_code, answer["Location"]) == (303, "/agents/?vue=a-moi")


def test_step_keeps_the_list_in_the_address(city, sign_in):
    made = town.report(city)
    answer = sign_in("administrator").post(
        address(made, "/prendre?vue=a-traiter&page=2"), {"seq": made.seq}
    )
    assert answer["Location"] == address(made, "?vue=a-traiter&page=2")


def test_pane_asked_for_by_nobody_leads_the_whole_page_to_the_sign_in(city, client):
    made = town.report(city)
    answer = client.get(address(made, "?vue=a-moi"), headers=PANE)
    assert answer["HX-Redirect"] == (f"/agents/connexion/?next={address(made)}%3Fvue%3Da-moi")
    assert made.number not in answer.content.decode()
    whole = client.get(address(made, "?vue=a-moi"))
    # A browser goes back to what it kept under an address, whatever it had asked for there.
    assert {one["Cache-Control"] for one in (answer, whole)} == {"private, no-store"}


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("coordinator", "À traiter"),
        ("front_desk", "À traiter"),
        ("district_hall", "À traiter"),
        ("contractor", "À traiter"),
        ("landlord", "Reçus de la Ville"),
        ("network", "Reçus de la Ville"),
        ("validator", "Rejets à valider"),
        ("elected", "En cours"),
    ],
)
@pytest.mark.row("S0-77")
def test_first_page_of_each_role_is_what_they_come_for(city, page, role, first):
    assert f'id="list-title">{first}</h1>' in page(role, "/agents/")


@pytest.mark.row("S0-62")
def test_whoever_answers_residents_enters_first(city, page):
    for role in ("front_desk", "phone", "district_hall"):
        assert "Ce que dit la personne" in page(role, "/agents/"), role
    for role in ("coordinator", "elected", "contractor"):
        assert "Ce que dit la personne" not in page(role, "/agents/"), role


def test_views_are_those_for_which_one_holds_a_right(city, page):
    text = words(page("elected", "/agents/"))
    for view in ("À moi", "Messages sans réponse", "Rejets à valider", "À localiser"):
        assert view not in text, view
    assert "En retard" in text
    assert "Rejets à valider" in words(page("validator", "/agents/"))


@pytest.mark.row("S0-74", "P-13")
def test_lists_are_narrowed_by_status_sector_and_lateness(city, page):
    west, east = town.report(city), town.report(city, at=town.CENTRE)
    Report.objects.filter(pk=west.pk).update(status=Status.IN_PROGRESS)
    for query, expected in (
        ("statut=in_progress", west),
        (f"secteur={west.sector_id}", west),
        (f"secteur={east.sector_id}", east),
    ):
        assert numbers(page("administrator", f"/agents/?vue=en-cours&{query}")) == [
            expected.number
        ], query
    assert numbers(page("administrator", "/agents/?vue=en-cours&retard=on")) == []
    Report.objects.filter(pk=east.pk).update(due_at=east.received_at)
    text = page("administrator", "/agents/?vue=en-cours&retard=on")
    assert numbers(text) == [east.number]
    assert "En retard seulement" in words(text)
    # What has ended is looked for among the ended.
    assert "laissé de côté" in page("administrator", "/agents/?vue=termines&statut=in_progress")


def test_filters_are_unfolded_on_demand_and_keep_what_is_set(city, page):
    town.report(city)
    folded = page("administrator", "/agents/?vue=en-cours&canal=web")
    assert 'name="quartier"' not in folded
    unfolded = page("administrator", "/agents/?vue=en-cours&canal=web&q=sac&filtrer=1")
    assert 'name="quartier"' in unfolded
    assert '<input type="hidden" name="q" value="sac">' in unfolded
    assert '<option value="web" selected>' in unfolded


def test_reports_close_by_and_of_the_same_person_are_linked_with_the_list(city, page):
    made = town.report(city, email="camille@exemple.fr")
    other = town.report(city, email="camille@exemple.fr", description="Autre.")
    text = page("front_desk", address(made, "?vue=a-traiter"))
    assert "Tout près" in text
    assert text.count(f'href="{address(other)}?vue=a-traiter"') == 3  # row, near, person
    assert "camille@exemple.fr" in text
    contractor = page("elected", address(made))
    assert "Tout près" not in contractor
    assert "avant celui-ci" not in contractor


@pytest.mark.parametrize("role", ["coordinator", "contractor", "elected"])
def test_pane_costs_no_list_and_no_counts(city, sign_in, role, django_assert_max_num_queries):
    made = town.report(city, at=town.CENTRE)
    client = sign_in(role)
    client.get(address(made), headers=PANE)
    with django_assert_max_num_queries(8):
        client.get(address(made, "?vue=a-traiter"), headers=PANE)


def test_first_page_says_what_waits_today_before_a_report_is_open(city, sign_in):
    made = town.report(city)
    Report.objects.filter(pk=made.pk).update(due_at=clock.now() - timedelta(days=2))
    for headers in ({}, PANE):
        text = sign_in("coordinator").get("/agents/", headers=headers).content.decode()
        figures = re.findall(r'class="figure( late)?" href="([^"]+)"><b class="num">(\d+)', text)
        assert figures == [
            (" late", "/agents/?vue=en-retard", "1"),
            ("", "/agents/?vue=aujourd-hui", "0"),
            ("", "/agents/?vue=messages", "0"),
        ]


def test_first_figure_is_what_one_comes_for(city, page):
    for role, first in (("validator", "rejets"), ("landlord", "transferes")):
        assert (
            re.search(r'class="figure" href="/agents/\?vue=([^"]+)"', page(role, "/agents/"))[1]
            == first
        )
    # A contractor is handed work: what is passed on leads to nothing of theirs.
    assert 'class="figure" href="/agents/?vue=transferes"' not in page("contractor", "/agents/")


def test_who_may_only_put_right_has_that_at_hand(city, page):
    made = town.report(city)
    bar = page("district_hall", address(made)).split('class="bar"')[1]
    assert f'{address(made)}/priorite"' in bar
    assert "<summary" not in bar
