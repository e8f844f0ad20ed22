"""Erasing a reporter, end to end: a real worker, pictures, mails, messages, a mail that waits; then
every table and every file is read for what was theirs. And the log still proves itself."""

import email
import email.policy
import io
import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from riverain.audit import sealing
from riverain.audit.models import Entry
from riverain.audit.verification import verify
from riverain.catalogue.facts import Outcome
from riverain.core.identifiers import quadkey
from riverain.files.actions import store_picture
from riverain.files.models import StoredFile
from riverain.notifications.models import Notice, State
from riverain.reports import actions, corrections, erasure, intake, messages
from riverain.reports.acting import Reporter
from riverain.reports.actions import Given
from riverain.reports.lifecycle import ClaimReason, Status
from riverain.reports.models import Report
from riverain.reports.rules import Contact
from tests import town
from tests.harness import DATABASE, SERVER
from tests.town import photo, report
from tests.work import work_off

ROOT = Path(__file__).resolve().parents[2]

EMAIL = "zephyrine@quatrevaux.example"
PHONE = "+33698765432"
NAME = "Zéphyrine Quatrevaux"
CLIENT = "203.0.113.77"
# Beyond the three decimals that the row keeps.
FIRST, SECOND = (3.0451237, 50.6301239), (3.0467891, 50.6329876)
# What the reporter or anyone about them wrote; the stems of the search are among them.
WRITTEN = {
    "address": "77 impasse du Brontosaure",
    "description": "Un tricératops en plâtre barre le trottoir.",
    "answer": "Une baignoire pistache",
    "message": "Mon balcon donne sur le stégosaure.",
    "asked": "Est-ce bien près du kiosque mauve ?",
    "note": "Dame au chapeau vermillon, la rappeler.",
    "claim": "Rien n’a bougé, le ptérodactyle non plus.",
    "closing": "Chère madame du balcon, la ruelle est propre.",
}


@pytest.fixture
def home(tmp_path, settings):
    """Everything that is kept outside the database, in one folder."""
    settings.HOME = tmp_path
    settings.MAIL = type(settings.MAIL)(folder=tmp_path / "mail")
    settings.EMAIL_BACKEND = "riverain.notifications.folder.FolderBackend"
    settings.SEALS_ROOT = tmp_path / "seals"
    settings.FILES_ROOT = tmp_path / "files"
    settings.STORAGES = dict(settings.STORAGES)  # the storage in use is made anew
    return tmp_path


@pytest.fixture
def city(committed_db):
    return town.build()


@pytest.fixture
def theirs(city, home):
    """The secrets of a reporter whose report went through every step, by what they are."""
    made = reported(city)
    went_through(city, made)
    second = report(city, description="Le lampadaire fucus clignote.", phone=PHONE)
    work_off()
    pictures = StoredFile.objects.all()
    return {
        "e-mail": EMAIL,
        "telephone": PHONE.removeprefix("+33"),
        "name": "Quatrevaux",
        "first name": "Zéphyrine",
        "first point": "3.0451237",
        "second quadkey": str(quadkey(*SECOND)),
        "second point": "50.6329876",
        "code": made.tracking_code,
        "second code": second.tracking_code,
        "second description": "fucus",
        "stem": "triceratop",
        **WRITTEN,
        **{f"digest {n}": picture.sha256 for n, picture in enumerate(pictures)},
        **{f"key {n}": picture.key for n, picture in enumerate(pictures)},
        **{f"identifier {n}": str(picture.pk) for n, picture in enumerate(pictures)},
    }


def stored() -> tuple:
    return (store_picture(acting="reporter", content=io.BytesIO(photo()), name="balcon.jpg").pk,)


def reported(city) -> Report:
    intake.admit(
        collectivity_id=city.lille.pk,
        address=CLIENT,
        contact=Contact(email=EMAIL),
        proof="",
    )
    return report(
        city,
        type_code="depot",
        at=FIRST,
        name=NAME,
        email=EMAIL,
        phone=PHONE,
        address=WRITTEN["address"],
        description=WRITTEN["description"],
        answers={"nature": ["autre"], "quoi": [WRITTEN["answer"]]},
        pictures=stored(),
    )


def went_through(city, made) -> None:
    """All the steps that say something of the reporter; a mail is left waiting at the end."""
    reporter, coordinator = Reporter(report_id=made.pk), city.member("coordinator")
    say = {"report_id": made.pk}
    work_off()
    messages.write_to_reporter(acting=city.member("phone"), text=WRITTEN["asked"], **say)
    messages.write_to_service(acting=reporter, text=WRITTEN["message"], pictures=stored(), **say)
    messages.note(acting=city.member("phone"), text=WRITTEN["note"], **say)
    corrections.relocate(
        acting=coordinator, lon=SECOND[0], lat=SECOND[1], address=WRITTEN["address"], **say
    )
    actions.declare_done(acting=coordinator, text=WRITTEN["note"], pictures=stored(), **say)
    closing = Given(outcome=Outcome.DONE, text=WRITTEN["closing"], note=WRITTEN["note"])
    actions.move(acting=coordinator, to=Status.DONE, given=closing, **say)
    actions.claim(acting=reporter, reason=ClaimReason.NOT_DONE, text=WRITTEN["claim"], **say)
    work_off()
    actions.move(acting=coordinator, to=Status.IN_PROGRESS, **say)
    work_off()
    assert Notice.objects.filter(report=made, state=State.PENDING).count() == 1


def plain(text: str) -> str:
    """Lower case, without accents: how a search index writes words too."""
    kept = unicodedata.normalize("NFKD", text.replace("\u00a0", " ").replace("’", "'")).lower()
    return "".join(one for one in kept if not unicodedata.combining(one))


def superuser() -> psycopg.Connection:
    url = urlunsplit(urlsplit(SERVER)._replace(path=f"/{DATABASE}"))
    return psycopg.connect(url, autocommit=True)


def tables() -> dict[str, str]:
    """Every row of every table, as text, by table."""
    found = {}
    with superuser() as server:
        names = server.execute(
            "SELECT table_schema, table_name FROM information_schema.tables"
            " WHERE table_type = 'BASE TABLE'"
            " AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for schema, name in names:
            rows = server.execute(
                sql.SQL("SELECT one::text FROM {} AS one").format(sql.Identifier(schema, name))
            ).fetchall()
            found[f"{schema}.{name}"] = plain("\n".join(row for (row,) in rows))
    return found


def files(home: Path) -> dict[str, str]:
    """Every file and its name, as text; mails read as a mail reader reads them."""
    found = {}
    for path in sorted(one for one in home.rglob("*") if one.is_file()):
        content = path.read_bytes()
        text = content.decode(errors="replace")
        if path.suffix == ".eml":
            message = email.message_from_bytes(content, policy=email.policy.default)
            text += "".join(part.get_content() for part in message.iter_parts())
            text += "".join(f"{name}: {value}" for name, value in message.items())
        found[str(path.relative_to(home))] = plain(f"{path.name} {text}")
    return found


def where(secrets: dict[str, str], home: Path) -> dict[str, list[str]]:
    """The places in which each secret stands, as text or as the bytes of a column."""
    places = {**tables(), **files(home)}
    found = {}
    for name, secret in secrets.items():
        forms = {plain(secret), secret.encode().hex()}
        found[name] = [place for place, text in places.items() if any(one in text for one in forms)]
    return found


@pytest.mark.row("L-02")
def test_erased_reporter_stands_in_no_table_and_no_file(city, home, theirs, caplog):
    stays = report(city, email="camille@exemple.fr", description="Un banc cassé.")
    work_off()
    sealing.seal()
    before = where(theirs, home)
    assert [name for name, places in before.items() if not places] == []
    assert len(list((home / "files").rglob("*.jpg"))) == 6

    assert erasure.erase_reporter(acting=city.member("administrator"), email=EMAIL) == 1
    assert erasure.erase_reporter(acting=city.member("administrator"), phone="06 98 76 54 32") == 1
    work_off()
    sealing.seal()

    after = where(theirs, home)
    assert {name: places for name, places in after.items() if places} == {}
    assert list((home / "files").rglob("*.jpg")) == []
    logged = plain(caplog.text)
    assert [name for name, secret in theirs.items() if plain(secret) in logged] == []
    (mail,) = list((home / "mail").iterdir())
    assert stays.tracking_code in mail.read_text()
    assert verify().faults == []


@pytest.mark.row("L-02")
def test_erasure_keeps_what_the_figures_are_made_from(city, home, theirs):
    before = Report.objects.earliest("pk")
    erasure.erase_reporter(acting=city.member("administrator"), email=EMAIL)
    after = Report.objects.earliest("pk")
    for column in ("number", "type_id", "service_id", "district_id", "received_at", "status"):
        assert getattr(after, column) == getattr(before, column)
    assert (after.lon, after.lat) == (3.047, 50.633)
    told = Entry.objects.filter(stream_kind="report", stream_id=after.pk)
    assert told.count() >= 10
    assert told.latest("seq").kind == "erased"


def proved(home: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "riverain.site", "audit", "verify"],
        cwd=ROOT,
        env={**os.environ, "RIVERAIN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def tamper(statement: str) -> None:
    """What someone who has the machine can do: past the role and past the trigger."""
    with superuser() as server:
        server.execute("SET session_replication_role = replica")
        assert server.execute(statement).rowcount > 0


def test_command_proves_the_log_after_an_erasure(city, home, theirs):
    sealing.seal()
    erasure.erase_reporter(acting=city.member("administrator"), email=EMAIL)
    run = proved(home)
    assert (run.returncode, run.stdout.splitlines()[-1]) == (0, "The log is proved."), run.stderr
    sealing.seal()
    assert proved(home).returncode == 0


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            (
                "UPDATE audit_entry SET payload = payload || '{\"priority\": 1}'"
                " WHERE kind = 'report.submitted' AND stream_id = 1"
            ),
            "report:1: entry 1 was changed",
        ),
        (
            "UPDATE audit_entry SET at = at - interval '1 day' WHERE kind = 'erased'",
            "was changed",
        ),
        (
            "DELETE FROM audit_entry WHERE stream_kind = 'report' AND seq = 3",
            "report:1: entry 3 is missing",
        ),
        (
            "DELETE FROM audit_entry WHERE kind = 'erased'",
            "report:1: sealed up to entry",
        ),
        (
            "DELETE FROM audit_entry WHERE stream_kind = 'report' AND stream_id = 2",
            "report:2: sealed up to entry 1, but the stream is gone",
        ),
        (
            "DELETE FROM audit_personalvalue WHERE name = 'description' AND stream_id = 2",
            "report:2: description of entry 1 is gone, not erased",
        ),
    ],
)
def test_command_finds_what_was_changed_or_removed_by_hand(city, home, statement, fault):
    first = report(city, email=EMAIL)
    report(city, email="camille@exemple.fr")
    messages.note(acting=city.member("phone"), report_id=first.pk, text=WRITTEN["note"])
    actions.move(acting=city.member("coordinator"), report_id=first.pk, to=Status.IN_PROGRESS)
    erasure.erase_reporter(acting=city.member("administrator"), email=EMAIL)
    sealing.seal()
    assert proved(home).returncode == 0
    tamper(statement)
    run = proved(home)
    assert run.returncode == 1, run.stderr
    assert fault in run.stdout
    assert run.stdout.splitlines()[-1] == "The log is NOT proved."
