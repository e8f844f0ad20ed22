"""Who may open what: every address and every step, by every role, on what is theirs and on what
is not. Written by hand, from the roles as towns describe them (docs/coverage.md, S0 to S4); an
address or a step that is not in a table fails.

A column is a role, a letter says that it may, a dot that it may not:

    F front desk          C coordinator      V validating manager     X contractor
    P phone               B crew chief       H district town hall     L landlord
    A field agent         R referent         G territory director     N network, metropolis
    T technician          D deputy           E elected official       M administrator
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from riverain.audit.models import Entry
from riverain.core import clock
from riverain.files.actions import store_picture
from riverain.organisation.roles import DEFAULT_ROLES
from riverain.organisation.rules import Scope
from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from riverain.web.desk.steps import STEPS
from riverain.web.ui.access import Access, Who
from tests import town
from tests.site.columns import ALL, ROLES, both, row, views

# Agents' pages. Whoever is signed in and is not named is refused (403); whoever is not signed in
# is led to the sign-in page.
PAGES = {
    "desk:worklist": "FPATCBRDVHGEXLNM",
    "desk:report": "FPATCBRDVHGEXLNM",
    "desk:photo": "FPATCBRDVHG.XLNM",
    "desk:areas": "FPATCBRDVHGEXLNM",
    "desk:map-data": "FPATCBRDVHGEXLNM",
    "desk:map-rows": "FPATCBRDVHGEXLNM",
    "desk:sessions": "FPATCBRDVHGEXLNM",
    "desk:choose": "FPATCBRD.HG....M",
    "desk:enter": "FPATCBRD.HG....M",
    "desk:enter-type": "FPATCBRD.HG....M",
    "desk:receipt": "FPATCBRD.HG....M",
    "portal:as-reporter": "FPATCBRDVHG....M",
}
LISTS = {"desk:worklist", "desk:choose", "desk:map-data", "desk:map-rows", "desk:sessions"}
# Of whoever is signed in, with or without a role.
OF_ONESELF = {"desk:sessions"}
# Where the refusal is that of something which is not there.
HIDDEN = {"desk:photo"}

# Steps on a report: their forms and their sending.
STEP_ROWS = {
    "prendre": "..ATCBRD....XLNM",
    "prevoir": "..ATCBRD....XLNM",
    "fait": "..ATCBRD....XLNM",
    "confier": "...TCBRDV.G....M",
    "attente": "...TCBRD..G....M",
    "surveiller": "...TCBRD..G....M",
    "transmettre": "...TC.RD..G....M",
    "bailleur": "...TC.RD..G....M",
    "cloturer": "....CBRDV......M",
    "cloturer-transfere": "....CBRDV......M",
    "proposer-rejet": "...TCBRD..G....M",
    "rejeter": "......RDV......M",
    "refuser-rejet": "......RDV......M",
    "retenir": "....CBRDV......M",
    "etudier": "....CBRDV......M",
    "ne-pas-retenir": "....CBRDV......M",
    "feliciter": "....CBRDV......M",
    "rouvrir": "FP..C.RDVHG....M",
    "ecrire": "FP.TC.RDVHG....M",
    "note": "FPATCBRDVHG.XLNM",
    "verifie": "...TC.RDV.G....M",
    "type": "...TC.RDV.G....M",
    "lieu": "...TC.RDV.G....M",
    "priorite": "....C.RDVHG....M",
    "effacer": "...............M",
}
# Who reads a report of their own town that is another service's, in another district, and that
# no outside body has. Everyone else does not learn that it exists.
WHOLE_TOWN = "FP.........E...M"

# Pages that anyone may open: a path of each and what it answers, to anyone and to whoever is
# signed in (the same, but for the sign-in pages).
PUBLIC = {
    "healthz": ("/healthz", 200, 200),
    "readyz": ("/readyz", 503, 503),  # no worker runs here
    "set_language": ("/langue", 302, 302),  # changes nothing when it is only read
    "plan": ("/plan/12/2083/1377.json", 200, 200),
    "addresses": ("/adresses?q=rue+des+postes", 200, 200),
    "here": ("/plan/ici?lon=3.05&lat=50.63", 200, 200),
    "theme": ("/theme/0d5c63.css", 200, 200),
    "portal:home": ("/", 200, 200),
    "portal:choose": ("/signaler", 200, 200),
    "portal:words": ("/signaler/mots.json?q=sac", 200, 200),
    "portal:choose-type": ("/signaler/proprete", 200, 200),
    "portal:report": ("/signaler/type/sac-plein", 200, 200),
    "portal:suggest": ("/suggerer", 302, 302),
    "portal:praise": ("/feliciter", 302, 302),
    "portal:waiting-photo": ("/photos-en-attente?jeton=x", 404, 404),
    "portal:follow": ("/suivi", 200, 200),
    "portal:personal-data": ("/donnees-personnelles", 200, 200),
    "portal:accessibility": ("/accessibilite", 200, 200),
    "portal:zones": ("/zones.geojson", 200, 200),
    "portal:challenge": ("/preuve", 200, 200),
    "account_login": ("/agents/connexion/", 200, 302),
    "account_logout": ("/agents/connexion/fin/", 405, 405),
    "account_request_login_code": ("/agents/connexion/code/", 200, 302),
    "account_confirm_login_code": ("/agents/connexion/code/saisie/", 302, 302),
    "account_reset_password": ("/agents/connexion/mot-de-passe/", 200, 200),
    "account_confirm_password_reset_code": ("/agents/connexion/mot-de-passe/code/", 302, 302),
    "account_complete_password_reset": ("/agents/connexion/mot-de-passe/nouveau/", 302, 302),
    "account_password_reset_completed": ("/agents/connexion/mot-de-passe/fait/", 200, 200),
    "account_inactive": ("/agents/connexion/compte-ferme/", 200, 200),
    "account_signup": ("/agents/connexion/comptes/", 200, 302),
}

# Pages of whoever holds a report's tracking code; being an agent opens none of them.
BY_CODE = {
    "portal:tracking": ("/suivi/{code}", 200),
    "portal:write": ("/suivi/{code}/message", 200),
    "portal:claim": ("/suivi/{code}/pas-regle", 200),
    "portal:thank": ("/suivi/{code}/merci", 405),
    "portal:mails": ("/suivi/{code}/mails", 200),
    "portal:stop-mails": ("/suivi/{code}/mails/fin", 200),
    "portal:photo": ("/suivi/{code}/photos/1/thumb", 200),
}

# A step's form: what to say for it to be taken, and the report that it starts from.
SAID = {
    "prevoir": {"planned_for": "{soon}"},
    "confier": {"service": "{accueil}"},
    "attente": {"reason": "works", "resume_on": "{soon}"},
    "surveiller": {"resume_on": "{soon}"},
    "transmettre": {"partner": "{mel}"},
    "bailleur": {"partner": "{bailleur}"},
    "cloturer": {"outcome": "done"},
    "cloturer-transfere": {"partner": "{mel}"},
    "proposer-rejet": {"outcome": "not_ours"},
    "rejeter": {"outcome": "not_ours"},
    "retenir": {"text": "Oui."},
    "etudier": {"text": "Voyons."},
    "ne-pas-retenir": {"text": "Non."},
    "ecrire": {"text": "Bonjour."},
    "note": {"text": "Vu."},
    "type": {"type": "poubelle-dehors"},
    "lieu": {"coordinates": "50.63, 3.045"},
    "priorite": {"priority": "1"},
    "effacer": {"confirmed": "on"},
}
STARTS = {
    "rejeter": ("sac-plein", Status.REJECTION_PROPOSED),
    "refuser-rejet": ("sac-plein", Status.REJECTION_PROPOSED),
    "rouvrir": ("sac-plein", Status.DONE),
    "retenir": ("idee-voirie", Status.TO_PROCESS),
    "etudier": ("idee-voirie", Status.TO_PROCESS),
    "ne-pas-retenir": ("idee-voirie", Status.TO_PROCESS),
    "feliciter": ("bravo-proprete", Status.TO_PROCESS),
}


@pytest.fixture
def browsers(city):
    """A signed-in browser for each role's letter."""
    found = {}
    for letter, role in ROLES.items():
        found[letter] = Client()
        found[letter].force_login(city.people[role])
    return found


def own(city, letter, *, type_code="sac-plein", status=Status.TO_PROCESS, pictures=()):
    """A report of Lille within a role's reach."""
    (grant,) = city.member(ROLES[letter]).grants
    report = town.report(city, type_code=type_code, proved=False, pictures=pictures)
    changes = {"status": status}
    if grant.scope is Scope.SERVICE:
        changes["service_id"] = min(grant.service_ids)
    if grant.scope is Scope.PARTNER:
        changes["partner_id"] = grant.partner_id
    Report.objects.filter(pk=report.pk).update(**changes)
    return report


def others(city, *, type_code="sac-plein", status=Status.TO_PROCESS, pictures=()):
    """A report of Caen, and one of Lille that is nobody's above but of the whole town's."""
    made = town.report(
        city,
        type_code=type_code,
        at=town.CAEN,
        collectivity_id=city.caen.pk,
        proved=False,
        pictures=pictures[:1],
    )
    beyond = town.report(
        city, type_code=type_code, at=town.CENTRE, proved=False, pictures=pictures[1:]
    )
    Report.objects.filter(pk=beyond.pk).update(
        service_id=city.services["accueil"].pk, partner_id=None
    )
    Report.objects.filter(pk__in=[made.pk, beyond.pk]).update(status=status)
    return made, beyond


def test_the_tables_hold_every_role_every_address_and_every_step():
    assert set(ROLES.values()) == {role.code for role in DEFAULT_ROLES}
    names = [name for name, _view in views()]
    assert len(names) == len(set(names))
    assert set(names) == {*PAGES, *PUBLIC, *BY_CODE, "desk:step"}
    assert set(STEP_ROWS) == {step.code for step in STEPS}
    for letters in (*PAGES.values(), *STEP_ROWS.values(), WHOLE_TOWN):
        assert len(letters) == len(ALL)
        assert all(a in (b, ".") for a, b in zip(letters, ALL, strict=True))


def test_every_view_declares_who_may_open_it():
    for name, view in views():
        access = getattr(view, "access", None)
        assert isinstance(access, Access), name
        expected = (
            Who.ANYONE if name in PUBLIC else Who.CODE_HOLDER if name in BY_CODE else Who.AGENT
        )
        assert access.who is expected, name
        assert (access.who is Who.ANYONE) == bool(access.reason), name
        asks = access.who is Who.AGENT and name not in OF_ONESELF
        assert asks == (access.permission is not None), name


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_answers_the_same_to_everyone(browsers, name):
    path, to_anyone, to_agents = PUBLIC[name]
    assert Client().get(path).status_code == to_anyone
    found = {letter: client.get(path).status_code for letter, client in browsers.items()}
    assert found == dict.fromkeys(ALL, to_agents)


@pytest.mark.parametrize("name", BY_CODE)
def test_page_of_the_code_opens_by_the_code_alone(city, browsers, name):
    path, status = BY_CODE[name]
    picture = store_picture(acting="reporter", content=town.photo(), name="a.jpg")
    report = town.report(city, pictures=(picture.id,))
    if name == "portal:claim":
        Report.objects.filter(pk=report.pk).update(status=Status.DONE, closed_at=clock.now())
    for client in (Client(), browsers["M"], browsers["E"]):
        answer = client.get(path.format(code=report.tracking_code))
        assert answer.status_code == status
        assert b"".join(answer) or status == 405
        for code in ("K7QX-92MP-4TFC", report.number, str(report.pk)):
            missing = client.get(path.format(code=code)).status_code
            assert missing == (405 if status == 405 else 404)


def test_one_code_opens_no_other_report(city):
    mine, other = town.report(city), town.report(city, description="Le secret de l’autre")
    text = Client().get(f"/suivi/{mine.tracking_code}").content.decode()
    assert "Le secret de l’autre" not in text
    assert other.tracking_code not in text
    assert other.number not in text


@pytest.mark.parametrize("name", PAGES)
def test_agents_page_by_role_on_ones_own(city, browsers, name):
    found = {}
    for letter, client in browsers.items():
        answer = client.get(_path(city, name, letter, client))
        found[letter] = answer.status_code == 200
        if not found[letter]:
            assert answer.status_code == (404 if name in HIDDEN else 403), letter
        assert b"".join(answer)
    assert row(found) == PAGES[name]
    anonymous = Client().get(_path(city, name, "M", browsers["M"]))
    assert anonymous.status_code == 302
    assert anonymous["Location"].startswith("/agents/connexion/?next=")


def _path(city, name, letter, client):
    """An address of the page on something that is this role's."""
    match name:
        case "desk:worklist" | "desk:choose" | "desk:sessions":
            return reverse(name)
        case "desk:enter":
            return reverse(name, args=["lille"])
        case "desk:enter-type":
            return reverse(name, args=["lille", "sac-plein"])
        case "desk:map-data" | "desk:map-rows":
            return f"{reverse(name)}?ouest=3&sud=50.6&est=3.1&nord=50.7&zoom=12"
        case "desk:areas":
            return reverse(name, args=["lille"])
        case "desk:report" | "portal:as-reporter":
            return reverse(name, args=[own(city, letter).number])
        case "desk:receipt":
            entered = (
                town.report(city, acting=city.member(ROLES[letter]))
                if letter in "".join(PAGES["desk:choose"].split("."))
                else own(city, letter)
            )
            return reverse(name, args=[entered.number])
    picture = store_picture(acting="reporter", content=town.photo(), name="a.jpg")
    report = own(city, letter, pictures=(picture.id,))
    return reverse("desk:photo", args=[report.number, report.pictures.get().pk, "thumb"])


# The other addresses name nothing of anyone: what they list is tested with them.
@pytest.mark.parametrize("name", sorted(PAGES.keys() - LISTS))
def test_agents_page_by_role_on_what_is_not_theirs(city, browsers, name):
    """Another town's is not there; nor is, for most, another service's."""
    pictures = tuple(
        store_picture(acting="reporter", content=town.photo(), name="a.jpg").id for _ in "ab"
    )
    elsewhere, beyond = others(city, pictures=pictures)
    addresses = {
        "desk:enter": (["caen"], None),
        "desk:enter-type": (["caen", "sac-plein"], None),
        "desk:areas": (["caen"], None),
        "desk:report": ([elsewhere.number], [beyond.number]),
        "portal:as-reporter": ([elsewhere.number], [beyond.number]),
        "desk:receipt": ([elsewhere.number], [beyond.number]),
        "desk:photo": (
            [elsewhere.number, elsewhere.pictures.get().pk, "thumb"],
            [beyond.number, beyond.pictures.get().pk, "thumb"],
        ),
    }
    far, near = addresses[name]
    refused = {"desk:enter", "desk:enter-type", "desk:receipt"}
    for letter, client in browsers.items():
        status = client.get(reverse(name, args=far)).status_code
        assert status == (403 if name in refused and letter not in PAGES[name] else 404), letter
    if near and name != "desk:receipt":
        found = {}
        for letter, client in browsers.items():
            answer = client.get(reverse(name, args=near))
            found[letter] = answer.status_code == 200
            assert b"".join(answer)
        assert row(found) == both(WHOLE_TOWN, PAGES[name])


@pytest.mark.parametrize("code", STEP_ROWS)
def test_step_by_role_on_ones_own(city, browsers, code):
    type_code, status = STARTS.get(code, ("sac-plein", Status.TO_PROCESS))
    shown, taken = {}, {}
    for letter, client in browsers.items():
        report = own(city, letter, type_code=type_code, status=status)
        path = reverse("desk:step", args=[report.number, code])
        shown[letter] = _good(client.get(path).status_code, 200, 403)
        taken[letter] = _good(client.post(path, _said(city, report, code)).status_code, 303, 403)
        assert (_entries(report) > 1) is taken[letter], letter
    assert Client().get(path).status_code == 302
    assert Client().post(path, _said(city, report, code)).status_code == 403
    assert row(shown) == STEP_ROWS[code]
    assert row(taken) == STEP_ROWS[code]


@pytest.mark.parametrize("code", STEP_ROWS)
def test_step_by_role_on_what_is_not_theirs(city, browsers, code):
    type_code, status = STARTS.get(code, ("sac-plein", Status.TO_PROCESS))
    elsewhere, beyond = others(city, type_code=type_code, status=status)
    path = reverse("desk:step", args=[elsewhere.number, code])
    for letter, client in browsers.items():
        assert client.get(path).status_code == 404, letter
        assert client.post(path, _said(city, elsewhere, code)).status_code == 404, letter
    assert _entries(elsewhere) == 1
    taken = {}
    for letter, client in browsers.items():
        path = reverse("desk:step", args=[beyond.number, code])
        sees = 403 if letter in WHOLE_TOWN else 404
        sent = client.post(path, _said(city, beyond, code, service="proprete")).status_code
        taken[letter] = _good(sent, 303, sees)
        assert (_entries(beyond) > 1) is taken[letter], letter
        if taken[letter]:
            _elsewhere, beyond = others(city, type_code=type_code, status=status)
    assert row(taken) == both(WHOLE_TOWN, STEP_ROWS[code])


def _good(status, good, bad):
    assert status in {good, bad}
    return status == good


def _said(city, report, code, *, service="accueil"):
    words = {
        "{soon}": (clock.now() + timedelta(days=3)).date().isoformat(),
        "{accueil}": city.services[service].pk,
        "{mel}": city.partners["mel"].pk,
        "{bailleur}": city.partners["bailleur"].pk,
    }
    said = {name: words.get(value, value) for name, value in SAID.get(code, {}).items()}
    return {"seq": report.seq, **said}


def _entries(report):
    return Entry.objects.filter(stream_kind="report", stream_id=report.pk).count()
