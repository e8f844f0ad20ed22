"""The list of reports: what stands in it, in which order, for whom, at which cost."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from riverain.catalogue.facts import Outcome
from riverain.core import clock
from riverain.files.actions import store_picture
from riverain.organisation import memberships
from riverain.reports import actions, queries
from riverain.reports.actions import Given
from riverain.reports.lifecycle import Reason, Status
from riverain.web.desk.words import GROUPS, VIEWS
from riverain.web.ui.parts import icon
from tests import town
from tests.desk.reading import numbers, rows, words

LIST = "/agents/"


def counted(text):
    """View -> count, as the rail shows them."""
    found = re.findall(
        r'href="/agents/\?vue=([a-z-]+)"[^>]*><span>[^<]*</span> <span class="num[^"]*">(\d+)', text
    )
    return {view: int(count) for view, count in found}


@pytest.mark.row("S0-77")
def test_first_view_is_what_is_to_be_processed_most_pressing_first(city, page):
    calm = town.report(city, type_code="depot", answers={"nature": ["sacs"]})
    soon = town.report(city)
    danger = town.report(city, type_code="seringues")
    text = page("coordinator", LIST)
    assert 'id="list-title">À traiter</h1>' in text
    assert numbers(text) == [danger.number, soon.number, calm.number]


def test_row_says_what_where_how_long_and_how_it_came(city, page):
    town.report(city)
    (row,) = rows(page("coordinator", LIST))
    for said in (
        "Sac plein, pas de sac",
        "12 rue des Postes, Wazemmes",
        "site web",
        "encore 23 h",
        "reçu il y a moins d’une minute",
    ):
        assert said in words(row), said
    # "À traiter" goes without saying.
    assert "chip brand" not in row


def test_row_of_a_late_report_says_so_in_words(city, page):
    with clock.frozen(clock.now() - timedelta(hours=26)):
        town.report(city)
    (row,) = rows(page("coordinator", f"{LIST}?vue=en-retard"))
    assert row.startswith(" late")
    assert "en retard de 2 h" in words(row)


def test_row_without_a_place_says_to_be_located(city, page):
    town.report(city, at=None)
    assert "<b>À localiser</b>" in page("coordinator", LIST)


def test_row_shows_where_a_report_stands_and_its_first_picture(city, page):
    picture = store_picture(acting="reporter", content=town.photo(), name="a.jpg")
    made = town.report(city, pictures=(picture.id,))
    actions.move(
        acting=city.member("coordinator"),
        report_id=made.pk,
        to=Status.WAITING,
        given=Given(reason=Reason.WEATHER, resume_on=(clock.now() + timedelta(days=3)).date()),
    )
    (row,) = rows(page("coordinator", f"{LIST}?vue=en-attente"))
    assert "En attente : une météo favorable" in words(row)
    shown = made.pictures.get()
    assert f'src="/agents/signalements/{made.number}/photos/{shown.pk}/thumb"' in row
    assert "chip late" not in row
    # Without a deadline, how long ago it came stands beside the title.
    title, about = row.split('<div class="item-line">', 2)[1:]
    assert "reçu il y a" in title
    assert "reçu il y a" not in about


def test_row_of_what_was_refused_is_not_green(city, page):
    made = town.report(city)
    actions.move(
        acting=city.member("administrator"),
        report_id=made.pk,
        to=Status.REJECTED,
        given=Given(outcome=Outcome.NOT_PLANNED, text="Pas prévu."),
    )
    (row,) = rows(page("coordinator", f"{LIST}?vue=termines"))
    assert '<span class="chip plain">' in row
    assert "chip done" not in row


def test_every_view_of_the_domain_has_a_name_and_a_place_in_the_rail():
    assert set(VIEWS) == set(queries.VIEWS)
    assert sorted(code for _title, codes in GROUPS for code in codes) == sorted(queries.VIEWS)


@pytest.mark.row("S0-46")
@pytest.mark.parametrize("code", queries.VIEWS)
def test_each_view_lists_as_many_as_the_rail_counts(city, page, code):
    # At noon, tomorrow since rights begin now: what is due in two hours is due that day.
    with clock.frozen(clock.now().replace(hour=11) + timedelta(days=1)):
        _one_of_each(city)
        address = VIEWS[code][0]
        text = page("administrator", f"{LIST}?vue={address}")
    counts = counted(text)
    if code == "closed":
        assert address not in counts
        assert len(numbers(text)) == 1
    else:
        assert len(numbers(text)) == counts[address] > 0
    assert f'href="/agents/?vue={address}" aria-current="page"' in text


def _one_of_each(city):
    """One report at least in each view of the administrator."""
    admin = city.member("administrator")
    with clock.frozen(clock.now() - timedelta(days=2)):
        town.report(city)
    town.report(city, type_code="seringues")
    mine, waits, back, away, done, dropped, claimed, written, worked, unproved, lost = (
        town.report(city, description=f"n°{number}") for number in range(11)
    )

    def move(report, to, **given):
        return actions.move(acting=admin, report_id=report.pk, to=to, given=Given(**given))

    move(mine, Status.IN_PROGRESS)
    later = (clock.now() + timedelta(days=3)).date()
    move(waits, Status.WAITING, reason=Reason.WORKS, resume_on=later)
    type(back).objects.filter(pk=back.pk).update(
        status=Status.WAITING, resume_on=clock.now().date()
    )
    move(away, Status.TRANSFERRED, partner_id=city.partners["mel"].pk)
    move(done, Status.DONE, outcome=Outcome.DONE, text="Fait.")
    move(dropped, Status.REJECTION_PROPOSED, outcome=Outcome.NOT_OURS)
    actions.declare_done(acting=admin, report_id=worked.pk)
    for report, column in (
        (claimed, {"status": Status.CLAIMED}),
        (written, {"unanswered": True}),
        (unproved, {"looked_at": False}),
        (lost, {"undelivered": True}),
    ):
        type(report).objects.filter(pk=report.pk).update(**column)
    town.report(city, at=None)


@pytest.mark.row("P-25")
def test_what_was_put_off_comes_back_on_its_day_where_the_town_is(city, page):
    with clock.frozen(datetime(2027, 3, 9, 9, tzinfo=UTC)):
        made = town.report(city)
        actions.move(
            acting=city.member("coordinator"),
            report_id=made.pk,
            to=Status.WAITING,
            given=Given(reason=Reason.WATCHED, resume_on=date(2027, 3, 12)),
        )
    # A quarter to midnight, then a quarter past, in Lille.
    for minute, expected in ((45, []), (75, [made.number])):
        with clock.frozen(datetime(2027, 3, 11, 22, tzinfo=UTC) + timedelta(minutes=minute)):
            text = page("coordinator", f"{LIST}?vue=a-reprendre")
        assert numbers(text) == expected
        assert counted(text)["a-reprendre"] == len(expected)


@pytest.mark.row("S0-74", "P-13")
def test_filters_narrow_the_list_and_can_be_taken_off(city, page):
    first = town.report(city)
    second = town.report(city, type_code="nid-de-poule", at=town.CENTRE, channel="mobile")
    family = second.type.family_id
    for query, expected in (
        (f"famille={family}", second),
        (f"type={first.type_id}", first),
        (f"service={first.service_id}", first),
        (f"quartier={first.district_id}", first),
        ("canal=mobile", second),
        ("q=deborde", first),
        (f"q={second.number}", second),
    ):
        other = "" if "q=" not in query else "&vue=a-traiter"
        if query == "q=deborde":
            type(second).objects.filter(pk=second.pk).update(search=None)
        text = page("administrator", f"{LIST}?{query}{other}")
        assert numbers(text) == [expected.number], query
        assert re.search(r'class="chip off" href="\?vue=(a-traiter|en-cours)"', text), query


def test_members_of_several_towns_choose_among_them(city, page):
    here = town.report(city)
    there = town.report(city, at=town.HELLEMMES)
    assert sorted(numbers(page("coordinator", LIST))) == sorted([here.number, there.number])
    text = page("coordinator", f"{LIST}?ville={city.hellemmes.pk}")
    assert numbers(text) == [there.number]
    # The administrator works for Lille alone: nothing to choose.
    assert 'name="ville"' not in page("administrator", LIST)


@pytest.mark.parametrize(
    "query",
    [
        "vue=inconnue",
        "vue=a-traiter%00",
        "famille=abc",
        "type=99999999999999999999",
        "quartier=-1",
        "canal=fax",
        "service=1%27%20OR%201=1",
        "q=%00",
        "q=" + "a" * 201,
    ],
)
def test_value_that_is_not_offered_is_left_aside_and_said(city, page, query):
    made = town.report(city)
    text = page("administrator", f"{LIST}?{query}")
    assert numbers(text) == [made.number]
    assert "il est laissé de côté" in text
    assert "aria-invalid" not in text


@pytest.mark.parametrize(
    ("query", "shown"), [("page=abc", 1), ("page=-1", 1), ("page=" + "9" * 30, 1), ("page=2", 1)]
)
def test_page_that_is_not_there_gives_the_nearest(city, page, query, shown):
    town.report(city)
    assert len(numbers(page("administrator", f"{LIST}?{query}"))) == shown


def test_search_of_odd_words_is_no_error(city, page):
    town.report(city)
    for odd in ("%27", "%22", "a%3A*%26%7C!", "%3Cscript%3E", "-"):
        assert 'id="list-title">À traiter</h1>' in page("administrator", f"{LIST}?q={odd}")


def test_words_that_this_view_has_not_are_found_in_the_others(city, page):
    made = town.report(city)
    text = page("administrator", f"{LIST}?vue=en-attente&canal=phone&q={made.number}")
    assert numbers(text) == []
    assert "1 dans « En cours »" in words(text)
    assert "« Terminés »" not in words(text)
    (there,) = re.findall(r'href="(\?vue=en-cours&amp;q=[^"]+)">1 dans', text)
    assert numbers(page("administrator", LIST + there.replace("&amp;", "&"))) == [made.number]


@pytest.mark.parametrize(("type_code", "name"), [("sac-plein", "bag"), ("nid-de-poule", "road")])
def test_a_report_without_a_photo_shows_its_type_s_icon_or_its_family_s(
    city, page, type_code, name
):
    town.report(city, type_code=type_code)
    assert icon(name) in page("administrator", LIST)


@pytest.mark.parametrize(("nature", "name"), [("suggestion", "bulb"), ("praise", "heart")])
def test_what_asks_for_no_work_has_an_icon_of_its_own(city, page, nature, name):
    made = town.report(city)
    assert icon(name) not in page("administrator", LIST)
    type(made).objects.filter(pk=made.pk).update(nature=nature)
    assert icon(name) in page("administrator", LIST)


def test_pages_of_fifty(city, page):
    for number in range(queries.PAGE + 1):
        town.report(city, description=f"n°{number}")
    first = page("administrator", LIST)
    second = page("administrator", f"{LIST}?page=2")
    assert len(numbers(first)) == queries.PAGE
    assert len(numbers(second)) == 1
    assert not set(numbers(first)) & set(numbers(second))
    assert "51 signalements" in words(first)


def test_empty_view_says_what_it_means(city, page):
    assert "Aucune réclamation." in page("administrator", f"{LIST}?vue=reclamations")
    assert "Bravo à l’équipe." in page("administrator", f"{LIST}?vue=en-retard")
    assert "Rien ne correspond à ces filtres." in page("administrator", f"{LIST}?canal=phone")
    assert "Voir tout ce qui est en cours" in page("administrator", f"{LIST}?vue=en-retard")


def test_words_that_are_found_nowhere_are_said_again_once_escaped(city, page):
    text = page("administrator", f"{LIST}?q=%3Cb%3Egirafe")
    assert "Aucun signalement pour «\u00a0&lt;b&gt;girafe\u00a0» dans cette vue." in text
    assert "Effacer la recherche" in text


@pytest.mark.parametrize("role", ["coordinator", "contractor", "elected"])
def test_queries_do_not_grow_with_the_rows(
    city, sign_in, role, django_assert_num_queries, settings
):
    """Session, person, memberships, the rail’s counts, the list’s count, its rows, their
    pictures."""
    client = sign_in(role)
    client.get(LIST)
    for until in (1, 3, queries.PAGE):
        while (count := _received(city)) < until:
            picture = store_picture(acting="reporter", content=town.photo(), name="a.jpg")
            town.report(city, at=town.CENTRE, description=f"{count}", pictures=(picture.id,))
        with django_assert_num_queries(7):
            text = client.get(LIST).content.decode()
        assert len(numbers(text)) == until


def _received(city):
    return queries.visible(city.member("administrator")).count()


def test_worklist_shows_only_what_the_member_may_see(city, page):
    cleaning = town.report(city)
    road = town.report(city, type_code="nid-de-poule")
    handed = town.report(city, at=town.CENTRE)
    caen = town.report(city, at=town.CAEN, collectivity_id=city.caen.pk)
    seen = {
        "coordinator": {cleaning, handed},
        "technician": {road},
        "contractor": {handed},
        "landlord": set(),
        "district_hall": {cleaning, road},
        "elected": {cleaning, road, handed},
        "caen_admin": {caen},
    }
    for role, expected in seen.items():
        assert set(numbers(page(role, LIST))) == {one.number for one in expected}, role


def test_elected_official_finds_by_number_but_not_by_the_words_of_residents(city, page):
    """A search would else answer what the page does not show."""
    made = town.report(city, description="Le voisin du 3e brûle ses poubelles.")
    assert numbers(page("coordinator", f"{LIST}?q=voisin")) == [made.number]
    assert numbers(page("elected", f"{LIST}?q=voisin")) == []
    assert numbers(page("elected", f"{LIST}?q={made.number}")) == [made.number]


def test_elected_official_reads_the_district_not_the_address(city, page):
    picture = store_picture(acting="reporter", content=town.photo(), name="a.jpg")
    town.report(city, pictures=(picture.id,))
    text = page("elected", LIST)
    assert "Wazemmes" in text
    assert "rue des Postes" not in text
    assert "/photos/" not in text


def test_outside_bodies_are_not_shown_the_views_of_the_town(city, page):
    text = page("contractor", LIST)
    assert "Travaux faits" in text
    for view in ("Messages sans réponse", "Mails non remis", "Rejets à valider", "À localiser"):
        assert view not in text, view
    assert "Saisir une demande" not in text


def test_member_whose_rights_have_ended_reads_nothing(city, sign_in):
    town.report(city)
    client = sign_in("coordinator")
    membership = city.people["coordinator"].memberships.get()
    memberships.end_membership(acting=town.CLI, membership=membership)
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method_is_refused(city, sign_in, method):
    assert getattr(sign_in("administrator"), method)(LIST).status_code == 405


def test_anyone_else_is_led_to_the_sign_in_page(client, db):
    answer = client.get(LIST)
    assert answer.status_code == 302
    assert answer["Location"] == "/agents/connexion/?next=/agents/"


def test_page_is_kept_by_no_cache_and_reads_in_english(city, sign_in):
    answer = sign_in("administrator", headers={"accept-language": "en"}).get(LIST)
    assert answer["Cache-Control"] == "private, no-store"
    assert '<html lang="en">' in answer.content.decode()
