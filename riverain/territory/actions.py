"""Writing the territory: the only way in. Each action bumps the version that memory is keyed by
and records itself, in its own transaction.
"""

import re
from collections.abc import Collection, Sequence
from typing import Unpack, cast

from django.db import connection, transaction
from django.utils.translation import gettext as _

from riverain.audit.actions import record
from riverain.audit.chain import Stream
from riverain.core import clock, versions
from riverain.core.refusals import Conflict, Invalid
from riverain.territory import matching, memory, reading, rules
from riverain.territory.geojson import FeatureFile
from riverain.territory.kinds import AreaKind, CollectivityKind
from riverain.territory.matching import Known, Plan, Wanted
from riverain.territory.models import Area, Collectivity
from riverain.territory.outcome import FeaturesRefused, ImportReport
from riverain.territory.rules import Changes, Details

STREAM = "territory"
MAX_PRECEDENCE = 1000


def register_collectivity(
    *, acting: str, slug: str, name: str, prefix: str, **details: Unpack[Details]
) -> Collectivity:
    """Adds a collectivity, open unless `details` say otherwise.

    `slug` names it in addresses, `prefix` (two to five capitals) begins the numbers of its reports:
    neither changes later. A new default takes the place of the one before. Raises Invalid for a
    bad field, Conflict for a slug, prefix, INSEE code or host that another has.
    """
    values = {"name": name, "short_name": name, **details}
    collectivity = Collectivity(slug=_slug(slug), prefix=_prefix(prefix))
    with transaction.atomic():
        _lock_all()
        _apply(collectivity, rules.checked(cast("Changes", values)))
        collectivity.save(force_insert=True)
        _recorded(collectivity, acting, "territory.registered", list(values))
    return collectivity


def update_collectivity(
    *, acting: str, collectivity: Collectivity, **details: Unpack[Changes]
) -> Collectivity:
    """Changes what `details` say and nothing else. Refusals as for `register_collectivity`."""
    with transaction.atomic():
        _lock_all()
        current = Collectivity.objects.get(pk=collectivity.pk)
        before = memory.facts_of(current)
        _apply(current, rules.checked(details))
        if memory.facts_of(current) != before:
            current.save()
            _recorded(current, acting, "territory.updated", list(details))
    return current


def import_areas(
    *,
    acting: str,
    collectivity: Collectivity,
    kind: str,
    file: FeatureFile,
    key_field: str,
    name_field: str = "",
    crs: str = "",
    precedence: int | None = None,
    only: Collection[str] = (),
    skip_refused: bool = False,
    retire_missing: bool = False,
    dry_run: bool = False,
) -> ImportReport:
    """Makes the areas of a kind of a collectivity out of a file's features.

    A second import updates and never doubles (`matching`). Areas that the file leaves out stay,
    unless `retire_missing`. `precedence` counts where areas of a kind overlap, the lower first.
    `dry_run` says what would be done and does nothing.

    Raises Invalid for what concerns the whole file, FeaturesRefused (an Invalid that carries the
    report) when features are refused and `skip_refused` is off: nothing is then written.
    """
    _check_import(kind, precedence, alone=bool(only) and retire_missing)
    read = reading.read(
        file,
        key_field=key_field,
        name_field=name_field,
        crs=crs,
        precedence=precedence,
        only=only,
    )
    with transaction.atomic():
        # Two imports into one collectivity wait for each other: each must see the other's areas.
        # Submissions do not wait for them.
        locked = Collectivity.objects.select_for_update(no_key=True)
        collectivity = locked.get(pk=collectivity.pk)
        plan = matching.plan(_known(collectivity, kind), read.wanted)
        # A feature that is refused may be the one of an area that would seem missing.
        retired = plan.missing if retire_missing and not read.refused else ()
        report = ImportReport(
            collectivity=collectivity.slug,
            kind=kind,
            dry_run=dry_run,
            created=len(plan.created),
            updated=len(plan.updated),
            unchanged=len(plan.unchanged),
            retired=len(retired),
            refused=read.refused,
            repaired=read.repaired,
            warnings=_warnings(collectivity, kind, read, retire_missing=retire_missing),
        )
        if read.refused and not (skip_refused or dry_run):
            raise FeaturesRefused(report)
        if report.changes and not dry_run:
            _write(collectivity, kind, plan, retired)
            record(
                stream=Stream(STREAM, collectivity.id),
                kind="territory.imported",
                acting=acting,
                payload={
                    "kind": kind,
                    "file": file.digest,
                    "created": sorted(area.code for area in plan.created),
                    "updated": sorted(area.code for _old, area in plan.updated),
                    "retired": sorted(area.code for area in retired),
                    "refused": len(read.refused),
                },
            )
            versions.bump(memory.NAME)
    return report


def _check_import(kind: str, precedence: int | None, *, alone: bool) -> None:
    if kind not in AreaKind.values:
        raise Invalid(
            _("« %(kind)s » n’est pas une sorte de zone ; choisissez parmi : %(kinds)s.")
            % {"kind": kind, "kinds": ", ".join(AreaKind.values)},
            field="kind",
        )
    if precedence is not None and not 0 <= precedence <= MAX_PRECEDENCE:
        raise Invalid(
            _("La priorité est un nombre entre 0 et %(limit)d.") % {"limit": MAX_PRECEDENCE},
            field="precedence",
        )
    if alone:
        raise Invalid(
            _("--only et --retire-missing ne vont pas ensemble : tout le reste serait retiré."),
            field="only",
        )


def _known(collectivity: Collectivity, kind: str) -> list[Known]:
    return [
        Known(
            id=area.id,
            code=area.code,
            former_codes=tuple(area.former_codes),
            name=area.name,
            precedence=area.precedence,
            wkb=bytes(area.geometry),
            retired=area.retired_at is not None,
        )
        for area in Area.objects.filter(collectivity=collectivity, kind=kind).order_by("id")
    ]


def _warnings(
    collectivity: Collectivity, kind: str, read: reading.Reading, *, retire_missing: bool
) -> tuple[str, ...]:
    warnings = []
    if (
        kind == AreaKind.COMMUNE
        and collectivity.kind == CollectivityKind.COMMUNE
        and len(read.wanted) > 1
    ):
        warnings.append(
            _(
                "%(count)d contours de commune sont donnés à %(name)s : elle recevra tout ce qui"
                " s’y trouve. --only ne garde que les clés indiquées."
            )
            % {"count": len(read.wanted), "name": collectivity.name}
        )
    if retire_missing and read.refused:
        warnings.append(
            _(
                "Aucune zone n’est retirée, puisque des entités sont refusées :"
                " corrigez-les d’abord."
            )
        )
    if read.abroad:
        warnings.append(
            _("Hors de France, vérifiez le système de coordonnées : %(names)s.")
            % {"names": ", ".join(read.abroad[:10])}
        )
    return tuple(warnings)


def _write(collectivity: Collectivity, kind: str, plan: Plan, missing: Sequence[Known]) -> None:
    now = clock.now()
    rows = Area.objects.in_bulk([known.id for known, _wanted in plan.updated])
    for known, wanted in plan.updated:
        _change(rows[known.id], known, wanted)
        rows[known.id].updated_at = now
    Area.objects.bulk_update(
        rows.values(),
        ["code", "former_codes", "name", "precedence", "geometry", "retired_at", "updated_at"],
        batch_size=200,
    )
    Area.objects.bulk_create(
        (
            Area(
                collectivity=collectivity,
                kind=kind,
                code=wanted.code,
                name=wanted.name,
                geometry=wanted.wkb,
                created_at=now,
                updated_at=now,
                **({} if wanted.precedence is None else {"precedence": wanted.precedence}),
            )
            for wanted in plan.created
        ),
        batch_size=200,
    )
    Area.objects.filter(id__in=[known.id for known in missing]).update(
        retired_at=now, updated_at=now
    )


def _change(row: Area, known: Known, wanted: Wanted) -> None:
    if wanted.code != known.code:
        former = [*known.former_codes, known.code]
        row.former_codes = [code for code in dict.fromkeys(former) if code != wanted.code]
    row.code = wanted.code
    row.name = wanted.name
    row.geometry = wanted.wkb
    row.retired_at = None
    if wanted.precedence is not None:
        row.precedence = wanted.precedence


def _lock_all() -> None:
    """One registration at a time: hosts and the default are unique across rows, which no index
    can hold for an array.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('territory.collectivities'))")


def _slug(text: str) -> str:
    if not re.fullmatch(r"(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*", text):
        raise Invalid(
            _("L’identifiant n’a que des lettres sans accent, des chiffres et des tirets."),
            field="slug",
        )
    return text


def _prefix(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{2,5}", text):
        raise Invalid(_("Le préfixe a de deux à cinq lettres capitales."), field="prefix")
    return text


def _apply(collectivity: Collectivity, details: Changes) -> None:
    """Sets the checked details on the row, once nothing else has them."""
    for name, value in details.items():
        setattr(collectivity, name, value)
    rules.check_whole(
        state=collectivity.state,
        is_default=collectivity.is_default,
        elsewhere_name=collectivity.elsewhere_name,
        elsewhere_url=collectivity.elsewhere_url,
    )
    others = Collectivity.objects.exclude(pk=collectivity.pk).order_by("id")
    for other in others:
        _check_apart(collectivity, other)
    if collectivity.is_default:
        others.filter(is_default=True).update(is_default=False)


def _check_apart(collectivity: Collectivity, other: Collectivity) -> None:
    for field in ("slug", "prefix", "insee_code"):
        value = getattr(collectivity, field)
        if value and value == getattr(other, field):
            raise Conflict(
                _("« %(value)s » est déjà pris par %(name)s.")
                % {"value": value, "name": other.name},
                field=field,
            )
    shared = sorted(set(collectivity.hosts) & set(other.hosts))
    if shared:
        raise Conflict(
            _("« %(value)s » est déjà pris par %(name)s.")
            % {"value": shared[0], "name": other.name},
            field="hosts",
        )


def _recorded(collectivity: Collectivity, acting: str, kind: str, fields: list[str]) -> None:
    """Which fields were said, not what: some name a person (a contact)."""
    record(
        stream=Stream(STREAM, collectivity.id),
        kind=kind,
        acting=acting,
        payload={
            "slug": collectivity.slug,
            "state": collectivity.state,
            "default": collectivity.is_default,
            "fields": sorted(fields),
        },
    )
    versions.bump(memory.NAME)
