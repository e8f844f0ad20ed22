"""What must be true once the killing is over. Imported when Django is set up."""

import email
import email.policy
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import DatabaseError, connection

from riverain.notifications.models import Notice, State
from riverain.reports.models import Report
from riverain.site import doctor
from tests.faults.residents import Sending

READERS = 4


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
    except (OSError, urllib.error.URLError):
        return False
    return True


def settled() -> bool:
    """Whether every event is heard, every mail sent, and no job is stalled or late."""
    try:
        waiting = Notice.objects.filter(state=State.PENDING).exists() or _jobs()["waiting"]
        return not waiting and all(finding.well for finding in doctor.background_work())
    except DatabaseError:
        connection.close()
        return False


def wrong(
    port: int, work: list[Sending], codes: dict[int, str], *, say: Callable[[str], None]
) -> list[str]:
    """Prints what is counted, and returns a sentence for each count that is not as it must be."""
    checks = [*_reports(work, codes), *_pages(port, work, codes), *_mails(work, codes), *_left()]
    for name, found, expected in checks:
        say(f"{name:<48}{found:>6} of {expected}")
    return [
        f"{name}: {found}, not {expected}" for name, found, expected in checks if found != expected
    ]


Check = tuple[str, int, int]


def _reports(work: list[Sending], codes: dict[int, str]) -> Iterator[Check]:
    rows = list(Report.objects.order_by("id").values_list("submission_id", "tracking_code"))
    kept = dict(rows)
    yield "acknowledged", len(codes), len(work)
    yield "reports", len(rows), len(work)
    yield "submissions among them", len(kept.keys() & {one.submission for one in work}), len(work)
    same = sum(kept.get(one.submission) == codes.get(one.rank, "") for one in work)
    yield "with the code that was acknowledged", same, len(work)


def _pages(port: int, work: list[Sending], codes: dict[int, str]) -> Iterator[Check]:
    def opens(one: Sending) -> bool:
        asked = urllib.request.Request(
            f"http://127.0.0.1:{port}/suivi/{codes.get(one.rank, 'none')}",
            headers={"X-Forwarded-For": one.address},
        )
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:
                return one.fields["description"] in answer.read().decode()
        except (OSError, urllib.error.URLError):
            return False

    with ThreadPoolExecutor(READERS) as pool:
        yield "codes that open their report's page", sum(pool.map(opens, work)), len(work)


def _mails(work: list[Sending], codes: dict[int, str]) -> Iterator[Check]:
    messages = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in settings.MAIL.folder.glob("*.eml")
    ]
    sent = Counter(str(message["To"]) for message in messages)
    right = {one.email: codes.get(one.rank, "none") for one in work}
    yield "mails", len(messages), len(work)
    yield "residents with exactly one", sum(sent[one.email] == 1 for one in work), len(work)
    whole = sum(_is_whole(message, right.get(str(message["To"]), "none")) for message in messages)
    yield "whole mails, each with its own code", whole, len(work)
    yield "notices sent", Notice.objects.filter(state=State.SENT).count(), len(work)


def _is_whole(message, code: str) -> bool:
    parts = [message.get_body((kind,)) for kind in ("plain", "html")]
    if None in parts:
        return False
    plain, html = (part.get_content() for part in parts)
    return code in plain and code in html and html.rstrip().endswith("</html>")


def _left() -> Iterator[Check]:
    jobs = _jobs()
    yield "jobs that wait or run", jobs["waiting"], 0
    yield "jobs that failed", jobs["failed"], 0


def _jobs() -> dict[str, int]:
    """The jobs of reports and mails; the periodic ones come and go by the minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status IN ('todo', 'doing')),"
            " count(*) FILTER (WHERE status = 'failed')"
            " FROM procrastinate_jobs WHERE queue_name IN ('events', 'mail')"
            " AND task_name NOT LIKE '%%send_due'"
        )
        waiting, failed = cursor.fetchone()
    return {"waiting": waiting, "failed": failed}
