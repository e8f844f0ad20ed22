"""Towns from towns, bodies from bodies, readers from writers: through lists, searches, forms and
pictures. Every page by every role stands in tests/site/test_matrix.py."""

import re

import pytest
from django.test import Client

from riverain.accounts.permissions import Permission
from riverain.core.refusals import Forbidden, Invalid, NotFound
from riverain.files.actions import store_picture
from riverain.organisation.members import Member, member_for
from riverain.organisation.models import Partner
from riverain.organisation.rules import TOWN_WIDE
from riverain.reports import actions, corrections, door, messages, queries
from riverain.reports.acting import Reporter
from riverain.reports.actions import Given
from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from riverain.reports.sight import history, sight_of
from tests import town


@pytest.fixture
def many(city):
    """Reports of each town, service, district and body."""
    made = [town.report(city, at=at) for at in (town.WAZEMMES, town.CENTRE, town.HELLEMMES)]
    made.append(town.report(city, at=None))
    made.append(town.report(city, at=town.CAEN, collectivity_id=city.caen.pk))
    made.append(town.report(city, type_code="nid-de-poule"))
    for name in ("bailleur", "mel"):
        one = town.report(city)
        Report.objects.filter(pk=one.pk).update(partner_id=city.partners[name].pk)
        made.append(one)
    return list(Report.objects.filter(pk__in=[one.pk for one in made]).order_by("pk"))


def everyone(city):
    members = [city.member(role) for role in city.people]
    return [*members, member_for(city.caen_admin), Member(user_id=0, grants=())]


def test_a_list_holds_exactly_what_may_be_opened_one_by_one(city, many):
    """Two ways to ask the same right, in SQL and in memory: a difference would be a leak."""
    for member in everyone(city):
        for permission in set(Permission) - TOWN_WIDE:
            listed = set(queries.visible(member, permission).values_list("pk", flat=True))
            opened = {one.pk for one in many if door.may(member, permission, one)}
            assert listed == opened, (member.grants, permission)


@pytest.mark.parametrize(
    "what",
    ["ville", "famille", "type", "service", "partenaire", "quartier"],
)
def test_no_filter_asks_after_another_town(city, many, what):
    """An identifier of theirs in the address is left aside, as one that does not exist."""
    caen = Report.objects.get(collectivity=city.caen)
    theirs = {
        "ville": city.caen.pk,
        "famille": caen.type.family_id,
        "type": caen.type_id,
        "service": caen.service_id,
        "partenaire": Partner.objects.get(name="Caen Net").pk,
        "quartier": city.wazemmes.pk,
    }
    browser = Client()
    browser.force_login(city.people["front_desk"] if what != "quartier" else city.caen_admin)
    for value in (theirs[what], 10**12):
        text = browser.get(f"/agents/?vue=en-cours&{what}={value}").content.decode()
        assert ("n’existe pas, ou plus" in text) == (what != "ville")  # one town: no such filter
        assert ("CAE-" in text) == (what == "quartier")
        assert ("LIL-" in text) == (what != "quartier")


def test_nothing_of_another_town_is_handed_on_to(city, many):
    admin, mine = city.member("administrator"), many[0].pk
    caen = Report.objects.get(collectivity=city.caen)
    foreign = Partner.objects.get(name="Caen Net").pk
    for refused in (
        lambda: actions.hand_over(acting=admin, report_id=mine, service_id=caen.service_id),
        lambda: actions.hand_over(
            acting=admin,
            report_id=mine,
            service_id=city.services["voirie"].pk,
            partner_id=foreign,
        ),
        lambda: actions.move(
            acting=admin, report_id=mine, to=Status.TRANSFERRED, given=Given(partner_id=foreign)
        ),
        lambda: corrections.relocate(
            acting=admin, report_id=mine, lon=town.CAEN[0], lat=town.CAEN[1]
        ),
    ):
        with pytest.raises(Invalid):
            refused()
    assert Report.objects.get(pk=mine).seq == many[0].seq


def test_who_has_no_role_anywhere_reads_nothing(city, many):
    """A check that is skipped where no role is set opened everything elsewhere."""
    nobody = Member(user_id=city.people["elected"].pk, grants=())
    assert not queries.visible(nobody).exists()
    assert not queries.in_view(nobody, queries.Filters(view="open", text="sac")).exists()
    with pytest.raises(NotFound):
        door.authorise(nobody, Permission.READ_REPORTS, many[0])


def test_a_reporter_without_a_code_does_nothing(city, many):
    for right in (None, *Permission):
        with pytest.raises((NotFound, Forbidden)):
            door.authorise(Reporter(), right, many[0])


@pytest.fixture
def told(city):
    """A report in the contractor's hands, whose reporter left what must not be found."""
    with_it = store_picture(acting="reporter", content=town.photo(), name="a.jpg")
    later = store_picture(acting="reporter", content=town.photo(colour="red"), name="b.jpg")
    made = town.report(
        city,
        at=town.CENTRE,
        name="Zoé Secrète",
        email="zoe.secrete@exemple.fr",
        phone="0698765432",
        pictures=(with_it.pk,),
    )
    messages.write_to_service(
        acting=Reporter(made.pk), report_id=made.pk, text="Digicode 4711", pictures=(later.pk,)
    )
    messages.note(acting=city.member("phone"), report_id=made.pk, text="Rappeler au 5522")
    return made


@pytest.mark.parametrize("role", ["administrator", "contractor", "elected"])
@pytest.mark.parametrize(
    "words",
    ["Zoé", "secrete", "zoe.secrete@exemple.fr", "0698765432", "33698765432", "4711", "5522"],
)
def test_no_search_guesses_contacts_messages_or_notes(city, told, role, words):
    """A filter that answers what the page does not show gives it away letter by letter."""
    found = queries.in_view(city.member(role), queries.Filters(view="open", text=words))
    assert not found.exists()


@pytest.mark.parametrize("role", ["elected", "contractor", "crew_chief", "field_agent"])
def test_contacts_are_not_even_read_for_who_may_not_see_them(city, told, role):
    """What is in no variable is on no page, whatever a template forgets."""
    member = city.member(role)
    sight = sight_of(member, told)
    found = history(member, told, sight)
    assert not sight.contacts
    assert found.contact == {}
    assert not [name for step in found.steps for name in step.words if "contact" in name]
    admin = city.member("administrator")
    assert history(admin, told, sight_of(admin, told)).contact["phone"] == "+33698765432"


def pictures_on(page):
    return set(re.findall(r"/photos/(\d+)/thumb", page))


@pytest.mark.parametrize(
    ("role", "sees"),
    [("coordinator", {"report", "message"}), ("contractor", {"report"}), ("elected", set())],
)
def test_the_picture_of_a_message_is_as_private_as_the_message(city, told, role, sees):
    names = {
        str(one.pk): "message" if one.is_of_message else "report" for one in told.pictures.all()
    }
    browser = Client()
    browser.force_login(city.people[role])
    address = f"/agents/signalements/{told.number}"
    for page in (address, f"{address}/note") if role != "elected" else (address,):
        shown = {names[one] for one in pictures_on(browser.get(page).content.decode())}
        assert shown == sees
    for picture, name in names.items():
        answer = browser.get(f"{address}/photos/{picture}/full")
        assert answer.status_code == (200 if name in sees else 404)
        assert b"".join(answer)


def test_the_list_shows_an_outside_body_no_picture_that_it_may_not_open(city):
    later = store_picture(acting="reporter", content=town.photo(), name="b.jpg")
    made = town.report(city, at=town.CENTRE)
    messages.write_to_service(
        acting=Reporter(made.pk), report_id=made.pk, text="Voici.", pictures=(later.pk,)
    )
    browser = Client()
    browser.force_login(city.people["contractor"])
    text = browser.get("/agents/").content.decode()
    assert made.number in text
    assert pictures_on(text) == set()
