"""The report as it stands now, and its pictures. Its history and its words are in the log."""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from riverain.catalogue.facts import Nature, Outcome, Priority
from riverain.catalogue.models import Type
from riverain.files.models import StoredFile
from riverain.organisation.models import Partner, Service
from riverain.reports.lifecycle import CLOSED, OPEN, Reason, Status
from riverain.territory.models import Area, Collectivity

# Another tool's name, and its key of a report.
SOURCE_LENGTH = 40
EXTERNAL_ID_LENGTH = 100

_IS_OPEN = Q(status__in=sorted(OPEN))


def _known(field: str, values: Iterable[Enum], *others: str) -> models.CheckConstraint:
    """Only these words: indexes and counts are by them, and a row of another would be in none."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*others, *(one.value for one in values)]}),
        name=f"reports_report_{field}_known",
    )


class Channel(models.TextChoices):
    """How it came in (S0, S2-21, S3-02)."""

    WEB = "web"
    MOBILE = "mobile"
    PHONE = "phone"
    DESK = "desk"
    LETTER = "letter"
    EMAIL = "email"
    SOCIAL = "social"
    ELECTED = "elected"
    MEETING = "meeting"
    FIELD = "field"
    CONNECTED = "connected"


@SearchVectorField.register_lookup
class Words(models.Lookup):
    """`search__words`: the vector holds these words as people type them, in French."""

    lookup_name = "words"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        vector, before = self.process_lhs(compiler, connection)
        words, given = self.process_rhs(compiler, connection)
        return f"{vector} @@ websearch_to_tsquery('riverain_fr', {words})", (*before, *given)


class Report(models.Model):
    """One case. `seq` and `head` are the end of its stream in the log: whoever holds the row's
    lock may add the next entry without reading the log, and a form that carries an older `seq`
    shows that someone acted in between."""

    id = models.BigAutoField(primary_key=True)
    collectivity = models.ForeignKey(Collectivity, models.PROTECT, db_index=False)
    number = models.CharField(max_length=24)
    tracking_code = models.CharField(max_length=14, unique=True)
    submission_id = models.UUIDField()
    # SHA-256 of what was submitted: a repeat of the same identifier with another body is refused.
    body_digest = models.BinaryField(max_length=32)
    seq = models.IntegerField()
    head = models.BinaryField(max_length=32)

    nature = models.CharField(max_length=12, choices=[(n, n) for n in Nature])
    type = models.ForeignKey(Type, models.PROTECT)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    status = models.CharField(max_length=20, choices=[(s, s) for s in Status])
    outcome = models.CharField(max_length=16, blank=True, choices=[(o, o) for o in Outcome])
    reason = models.CharField(max_length=16, blank=True, choices=[(r, r) for r in Reason])
    resume_on = models.DateField(null=True)
    planned_for = models.DateField(null=True)
    priority = models.SmallIntegerField(default=Priority.NORMAL)
    claims = models.SmallIntegerField(default=0)

    service = models.ForeignKey(Service, models.PROTECT)
    partner = models.ForeignKey(Partner, models.PROTECT, null=True)
    agent_id = models.BigIntegerField(null=True)

    district = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    sector = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_index=False)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    quadkey = models.BigIntegerField(null=True)
    address = models.CharField(max_length=300, blank=True)

    received_at = models.DateTimeField()
    # A date without a time never counts in a delay (imports).
    received_has_time = models.BooleanField(default=True)
    due_at = models.DateTimeField(null=True)
    work_done_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # False until someone has looked at a report sent without proof: nothing of it is public.
    looked_at = models.BooleanField(default=True)
    # The reporter wrote or claimed, and no agent has acted since.
    unanswered = models.BooleanField(default=False)
    # A mail to the reporter could not be delivered: an agent calls, or writes.
    undelivered = models.BooleanField(default=False)
    anonymised_at = models.DateTimeField(null=True)

    source = models.CharField(max_length=SOURCE_LENGTH, blank=True)
    external_id = models.CharField(max_length=EXTERNAL_ID_LENGTH, blank=True)
    search = SearchVectorField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collectivity", "submission_id"], name="reports_report_submission"
            ),
            models.UniqueConstraint(
                fields=["collectivity", "number"], name="reports_report_number"
            ),
            models.UniqueConstraint(
                fields=["collectivity", "source", "external_id"],
                condition=~Q(source=""),
                name="reports_report_external",
            ),
            models.CheckConstraint(
                condition=(Q(source="") & Q(external_id="")) | (~Q(source="") & ~Q(external_id="")),
                name="reports_report_external_whole",
            ),
            _known("nature", Nature),
            _known("channel", Channel),
            _known("status", Status),
            _known("outcome", Outcome, ""),
            _known("reason", Reason, ""),
            _known("priority", Priority),
            # The sides are asked for by name: what is unknown passes a CHECK.
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True, quadkey__isnull=True)
                | Q(
                    lon__isnull=False,
                    lon__gte=-180,
                    lon__lte=180,
                    lat__isnull=False,
                    lat__gte=-90,
                    lat__lte=90,
                    quadkey__isnull=False,
                ),
                name="reports_report_whole_point",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", resume_on__isnull=False) | ~Q(status="waiting"),
                name="reports_report_waits_until",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~_IS_OPEN,
                name="reports_report_open_or_closed",
            ),
        ]
        indexes = [
            # A worklist in its order, and the counts of every view: all that they ask of what is
            # open, so that no row is read for it (`queries`).
            models.Index(
                fields=["collectivity", "priority", "due_at", "id"],
                include=[
                    "status",
                    "type",
                    "service",
                    "partner",
                    "district",
                    "sector",
                    "channel",
                    "agent_id",
                    "quadkey",
                    "unanswered",
                    "undelivered",
                    "looked_at",
                    "work_done_at",
                    "resume_on",
                ],
                condition=_IS_OPEN,
                name="reports_report_open",
            ),
            # Those that someone waits for, ended or not: an unanswered message, a mail that failed.
            models.Index(
                fields=["collectivity", "priority", "due_at", "id"],
                include=[
                    "status",
                    "type",
                    "service",
                    "partner",
                    "district",
                    "sector",
                    "channel",
                    "unanswered",
                    "undelivered",
                ],
                condition=Q(unanswered=True) | Q(undelivered=True),
                name="reports_report_awaited",
            ),
            models.Index(
                fields=["collectivity", "-closed_at", "-id"],
                include=["type", "service", "partner", "district", "sector", "channel"],
                condition=Q(status__in=sorted(CLOSED)),
                name="reports_report_ended",
            ),
            models.Index(fields=["collectivity", "-received_at"], name="reports_report_received"),
            models.Index(fields=["collectivity", "quadkey"], name="reports_report_place"),
            # A box of the map of what is open, counted from the index alone (`mapping`).
            models.Index(
                fields=["collectivity", "quadkey"],
                include=[
                    "id",
                    "lon",
                    "lat",
                    "status",
                    "due_at",
                    "priority",
                    "type",
                    "service",
                    "partner",
                    "district",
                    "sector",
                ],
                condition=_IS_OPEN,
                name="reports_report_map",
            ),
            GinIndex(fields=["search"], name="reports_report_search"),
        ]

    @property
    def is_open(self) -> bool:
        return Status(self.status) in OPEN

    @property
    def is_located(self) -> bool:
        return self.quadkey is not None


class Picture(models.Model):
    """A picture of a report, said by the entry `seq` of its stream."""

    class Moment(models.TextChoices):
        BEFORE = "before"
        AFTER = "after"

    report = models.ForeignKey(Report, models.CASCADE, related_name="pictures")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    moment = models.CharField(max_length=8, choices=Moment.choices)
    from_reporter = models.BooleanField()
    seq = models.IntegerField()
    position = models.SmallIntegerField()

    class Meta:
        ordering = ["seq", "position"]

    @property
    def is_of_message(self) -> bool:
        """Whether the reporter sent it with a message, after the report."""
        return self.from_reporter and self.seq > 1
