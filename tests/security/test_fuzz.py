"""Hostile paths, parameters, headers and bodies thrown at every address of the product.

Whatever comes, the answer is a page or a refusal of ours: never a breakdown, never a word of our
insides, never a wait.
"""

import random
import time
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RoutePattern
from hypothesis import given, settings
from hypothesis import strategies as st

from riverain.core import clock
from riverain.files.actions import store_picture
from riverain.files.queries import upload_token
from riverain.reports.lifecycle import Status
from riverain.reports.models import Report
from riverain.web.desk.steps import STEPS
from tests import town
from tests.security.conftest import TOKEN, encoded
from tests.security.hostile import EVIL, FIELDS, HEADERS, evil

SECONDS_AN_ANSWER = 5.0
METHODS = ("POST",) * 10 + ("GET",) * 4 + ("HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "X")

# Where being signed in makes a difference.
AGENTS = [route for route in FIELDS if route.startswith(("agents/s", "agents/c"))] + ["agents/"]


def addresses():
    """Every route of the product: its text with the converters' places, and their names."""

    def walk(resolver, before=""):
        for part in resolver.url_patterns:
            assert isinstance(part.pattern, RoutePattern), part.pattern
            whole = before + str(part.pattern)
            if isinstance(part, URLPattern):
                yield whole, tuple(part.pattern.converters)
            else:
                yield from walk(part, whole)

    # Not ready without a worker: 503 by its very purpose.
    return [one for one in walk(get_resolver()) if one[0] != "readyz"]


@contextmanager
def undone():
    """What one example writes is gone for the next. The mark tells the guard and the files that
    this is a test's transaction, not their caller's."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


@pytest.fixture
def standing(city):
    """What stands in the database, by the name of the place that it fills: true parts of
    addresses and true values of fields."""
    picture = store_picture(acting="reporter", content=town.photo(), name="a.jpg")
    waiting = store_picture(acting="reporter", content=town.photo(), name="b.jpg")
    report = town.report(
        city,
        at=town.CENTRE,
        email="camille@exemple.fr",
        pictures=(picture.id,),
        type_code="depot",
        answers={"nature": ["sacs"]},
    )
    ended = town.report(city)
    Report.objects.filter(pk=ended.pk).update(status=Status.DONE, closed_at=clock.now())
    soon = (clock.now() + timedelta(days=7)).date().isoformat()
    return {
        "code": [report.tracking_code, ended.tracking_code],
        "signaler/type/<slug:code> code": ["depot", "sac-plein", "seringues", "encombrants"],
        "agents/saisir/<slug:town>/<slug:code> code": ["depot", "constat", "nid-de-poule"],
        "agents/signalements/<slug:number>/<slug:code> code": [step.code for step in STEPS],
        "number": [report.number, ended.number],
        "family": ["proprete"],
        "town": ["lille", "caen"],
        "slug": ["lille", "caen"],
        "rank": ["1"],
        "variant": ["full", "thumb"],
        "picture_id": [str(report.pictures.get().pk)],
        "submission": [str(uuid4())],
        "description": ["Un sac."],
        "text": ["Bonjour."],
        "note": ["Vu."],
        "lon": ["3.045"],
        "lat": ["50.63"],
        "longitude": ["3.045"],
        "latitude": ["50.63"],
        "q-nature": ["sacs", "autre"],
        "seq": [str(report.seq)],
        "claim": ["badly"],
        "outcome": ["done", "not_ours"],
        "reason": ["works"],
        "resume_on": [soon],
        "planned_for": [soon],
        "channel": ["phone"],
        "language": ["fr", "en"],
        "service": [str(city.services["accueil"].pk)],
        "partner": [str(city.partners["mel"].pk), str(city.partners["bailleur"].pk)],
        "type": ["poubelle-dehors"],
        "priority": ["1"],
        "scope": ["report", "person"],
        "confirmed": ["on"],
        "kept": [upload_token(waiting)],
        "jeton": [upload_token(waiting)],
        "email": ["camille@exemple.fr"],
        "login": ["coordinator@lille.example"],
        "password": ["un mot de passe"],
        "vue": ["a-traiter", "termines"],
        "ville": [str(city.lille.pk)],
        "q": ["sac OR poubelle"],
        "vu": ["1"],
        "page": ["2"],
        "pris": ["2026-11-22T14:05"],
        "etape": ["verifier", "modifier", "envoyer"],
        "affichage": ["carte"],
        "depth": ["12", "14", "17"],
        "x": ["2082"],
        "y": ["1377"],
        "colour": ["0d5c63"],
        "ouest": ["2.9"],
        "sud": ["50.5"],
        "est": ["3.2"],
        "nord": ["50.8"],
        "zoom": ["13"],
    }  # fmt: skip


def part_of(dice, route, name, standing):
    """Mostly what stands: most of the code lies behind that."""
    known = standing.get(f"{route} {name}") or standing.get(name)
    return dice.choice(known) if known and dice.random() < 0.9 else evil(dice)


def pairs_of(dice, route, standing):
    """The fields of an address as its page sends them; at times one or two of them hostile, one
    that nobody expects, one that comes twice or not at all."""
    pairs = [
        (name, dice.choice(standing.get(name, [""]))) for name in FIELDS.get(route, "").split()
    ]
    for _ in range(dice.choice((0, 1, 1, 2))):
        name = dice.choice([*(name for name, _value in pairs), evil(dice)])
        if dice.random() < 0.8:
            pairs = [pair for pair in pairs if pair[0] != name]
        if dice.random() < 0.9:
            pairs.append((name, evil(dice)))
    return pairs


def path_of(dice, route, places, standing):
    path = route
    for name in places:
        start, end = path.index("<"), path.index(">") + 1
        path = path[:start] + encoded(part_of(dice, route, name, standing)) + path[end:]
    return dice.choice(("/",) * 16 + ("/c/lille/", "/c/nope/", "//")) + path


def header_of(dice):
    """Bytes as WSGI hands them on."""
    return evil(dice).encode("utf-8", "surrogatepass").decode("latin-1")


def body_of(dice, route, standing):
    """(body, content type): a form of either kind, a broken one, or no form."""
    pairs = [("csrfmiddlewaretoken", TOKEN), *pairs_of(dice, route, standing)]
    kind = dice.choice(("urlencoded",) * 4 + ("multipart",) * 4 + ("broken", "bytes"))
    if kind == "urlencoded":
        body = urlencode(pairs, errors="surrogatepass").encode()
        return body, "application/x-www-form-urlencoded"
    if kind == "bytes":
        return dice.randbytes(200), header_of(dice)
    marks = (b"",) * 20 + (b'; filename="a.jpg"', b"; filename*=hex''41")
    parts = b"".join(
        b'--edge\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
        % (
            name.replace('"', "").replace("\r", "").encode("utf-8", "surrogatepass"),
            dice.choice(marks),
            value.encode("utf-8", "surrogatepass"),
        )
        for name, value in pairs
    )
    photo = b'--edge\r\nContent-Disposition: form-data; name="photos"; filename="../a.jpg"\r\n\r\n'
    whole = parts + photo + dice.choice((town.photo(), b"", b"GIF89a")) + b"\r\n"
    if kind == "broken":
        whole = whole[: dice.randrange(len(whole))]
    return whole + b"--edge--\r\n", "multipart/form-data; boundary=edge"


def examples(route, role):
    """How many requests an address gets: most where a form is read, few where the visitor makes
    no difference."""
    if route not in FIELDS:
        return 5
    if not role:
        return 28
    return 120 if "<slug:number>/<slug:code>" in route else 32 if route in AGENTS else 4


@pytest.mark.slow
@pytest.mark.parametrize("role", ["", "administrator", "contractor"])
def test_nothing_that_is_sent_breaks_an_address(site, site_of, standing, role, settings):
    settings.LIMITS = settings.PROOF_OF_WORK = False
    asker = site_of(role) if role else site
    for route, places in addresses():
        _throw(asker, route, places, standing, examples(route, role))


def _throw(asker, route, places, standing, count):
    """`count` requests to one address. Each is made of one number, which a failure prints."""

    @settings(max_examples=count, deadline=None, derandomize=True, database=None)
    @given(st.integers(0, 2**64 - 1))
    def throw(number):
        dice = random.Random(f"{route} {number}")
        method = dice.choice(METHODS)
        path = path_of(dice, route, places, standing)
        query, body, kind = "", b"", ""
        if method in {"GET", "HEAD"}:
            query = urlencode(pairs_of(dice, route, standing), errors="surrogatepass")
        else:
            body, kind = body_of(dice, route, standing)
        headers = []
        if dice.random() < 0.2:
            headers.append((dice.choice(HEADERS), header_of(dice)))
        with undone():
            began = time.perf_counter()
            answer = asker.ask(
                path, method=method, query=query, headers=headers, body=body, content_type=kind
            )
            took = time.perf_counter() - began
        assert answer.status < 500
        assert answer.leaks() == []
        assert took < SECONDS_AN_ANSWER
        assert not any("\n" in value for value in answer.headers.values())
        assert not answer.headers.get("Set-Cookie", "").startswith("x=")

    throw()


def _part(name, value, more=b""):
    return b'--edge\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % (
        name,
        more,
        value,
    )


TOO_MUCH = {
    "a field": (b"text=" + b"a" * 10_000_000, "application/x-www-form-urlencoded"),
    "fields": (b"&".join(b"a%d=1" % n for n in range(400)), "application/x-www-form-urlencoded"),
    "a part": (
        _part(b"text", b"a" * 10_000_000) + b"--edge--\r\n",
        "multipart/form-data; boundary=edge",
    ),
    "parts": (
        b"".join(_part(b"a%d" % n, b"1") for n in range(400)) + b"--edge--\r\n",
        "multipart/form-data; boundary=edge",
    ),
    "files": (
        b"".join(_part(b"photos", b"a", b'; filename="a.jpg"') for _ in range(12))
        + b"--edge--\r\n",
        "multipart/form-data; boundary=edge",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("role", ["", "administrator"])
def test_what_is_too_much_is_refused_in_words_by_whoever_reads_it(site, site_of, standing, role):
    asker, read = site_of(role) if role else site, 0
    for route, places in addresses():
        path = route
        for name in places:
            known = standing.get(f"{route} {name}") or standing[name]
            path = path[: path.index("<")] + known[0] + path[path.index(">") + 1 :]
        for what, (body, kind) in TOO_MUCH.items():
            began = time.perf_counter()
            answer = asker.ask(f"/{path}", method="POST", body=body, content_type=kind)
            assert time.perf_counter() - began < SECONDS_AN_ANSWER
            # 405: only answers GET, and asks for no token. 303: reads nothing of the form.
            fine = {303} if route.endswith("mails/fin") else {405, 413}
            assert answer.status in fine, (path, what)
            assert answer.leaks() == []
            read += answer.status == 413
            assert answer.status != 413 or "L’envoi est trop lourd" in answer.text
    assert read > len(addresses())


# Where words are typed freely: everything else as the page sends it, these lead to the database.
WORDS = {
    "adresses": "q",
    "signaler/mots.json": "q",
    "signaler/type/<slug:code>": "description address name q-quoi",
    "suivi/<str:code>/message": "text",
    "suivi/<str:code>/pas-regle": "text",
    "agents/": "q",
    "agents/saisir": "q",
    "agents/saisir/<slug:town>/<slug:code>": "description address name q-quoi",
    "agents/signalements/<slug:number>/<slug:code>": "text note address",
}
# By their addresses (GET).
ASKED = {"adresses", "signaler/mots.json", "agents/", "agents/saisir"}
WRITING_STEPS = ("note", "ecrire", "cloturer", "lieu")


@pytest.mark.slow
@pytest.mark.parametrize("route", WORDS)
def test_every_hostile_text_is_taken_as_text_or_refused(site, site_of, standing, route, settings):
    settings.LIMITS = settings.PROOF_OF_WORK = False
    asker = site_of("administrator") if route.startswith("agents/") else site
    codes = WRITING_STEPS if "signalements" in route else ("depot",)
    taken = 0
    for code in codes:
        path = f"/{route}".replace("<slug:town>", "lille").replace("<slug:code>", code)
        path = path.replace("<slug:number>", standing["number"][0])
        path = path.replace("<str:code>", standing["code"]["pas-regle" in route])
        names = WORDS[route].split()
        fields = {name: standing.get(name, [""])[0] for name in FIELDS[route].split()}
        fields |= {"q-nature": "autre", "q": "sac", "proof": "", "kept": "", "type": ""}
        fields |= {"etape": "", "lieu": ""}
        for text in EVIL:
            with undone():
                said = fields | dict.fromkeys(names, text)
                if route in ASKED:
                    query = urlencode(said, errors="surrogatepass")
                    answer = asker.ask(path, query=query)
                else:
                    answer = asker.post(path, [pair for pair in said.items() if pair[1]])
            assert answer.status < 500, (path, text)
            assert answer.leaks() == []
            taken += answer.status in {200, 303}
    assert taken > len(EVIL) / 3
