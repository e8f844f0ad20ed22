"""Statements compiled once for each shape of their conditions, and kept.

Django makes the SQL of a queryset anew each time it is evaluated: on a worklist that took Python
longer than PostgreSQL takes to answer. Rules stay written once, as `Q` objects (`queries`). Here a
condition is told apart into its shape (which columns are compared, and how), by which a statement
is kept, and its values, which are bound each time. A statement is compiled from shapes alone: no
value of one request can stand in the statement of another.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, Model, Q, QuerySet, Value
from django.db.models.constants import LOOKUP_SEP

# Views, filters and kinds of rights make some hundreds of shapes. The least used go first.
_KEPT: Final = 1_000
_IN: Final = f"{LOOKUP_SEP}in"
_BOUND: Final = frozenset({int, float, str, date, datetime})

Make: TypeAlias = Callable[..., QuerySet[Any, Any]]


class _Joined(NamedTuple):
    """Conditions and how they are joined."""

    connector: str
    is_negated: bool
    parts: tuple[Any, ...]


class _Fixed(NamedTuple):
    """A comparison with what belongs to the shape: words of ours, yes or no, nothing."""

    lookup: str
    value: Any


class _Bound(NamedTuple):
    """A comparison with the value at this position, or with several, bound as one array: the
    shape is then the same however many they are."""

    lookup: str
    position: int
    is_several: bool


class _UnknownError(Exception):
    """A value of which this module cannot tell whether it may be bound."""


def rows(make: Make, *conditions: Q, fixed: tuple[Hashable, ...] = ()) -> list[tuple[Any, ...]]:
    """What `make(*conditions, *fixed)` finds: a queryset of `values_list`, each condition about
    columns of its own model. What is compared with an expression is compiled each time.
    """
    values: list[Any] = []
    try:
        shapes = tuple(_shape(one, values) for one in conditions)
    except _UnknownError:
        return list(make(*conditions, *fixed))
    statement = _statement(make, shapes, fixed)
    if statement is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement.text, [mark.value(values) for mark in statement.marks])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _shape(condition: Q, values: list[Any]) -> _Joined:
    """The shape of a condition; what is to be bound is added to `values`."""
    parts = tuple(
        _shape(one, values) if isinstance(one, Q) else _compared(one, values)
        for one in condition.children
    )
    return _Joined(condition.connector, condition.negated, parts)


def _compared(child: Any, values: list[Any]) -> _Fixed | _Bound:
    if not isinstance(child, tuple):
        raise _UnknownError
    lookup, value = child
    if value is None or isinstance(value, bool | StrEnum):
        return _Fixed(lookup, value)
    if isinstance(value, list) and lookup.endswith(_IN):
        if all(isinstance(one, StrEnum) for one in value):
            return _Fixed(lookup, tuple(value))
        if all(type(one) in _BOUND for one in value):
            # One is compared as such: an index then gives its rows in their order.
            is_several = len(value) > 1
            values.append(value if is_several else value[0])
            return _Bound(lookup.removesuffix(_IN), len(values) - 1, is_several)
    if type(value) in _BOUND:
        values.append(value)
        return _Bound(lookup, len(values) - 1, is_several=False)
    raise _UnknownError


@dataclass(frozen=True, slots=True)
class _Mark:
    """What is bound at a mark of a statement: a value of this request, as its column takes it, or
    one that is the same for all."""

    position: int
    is_several: bool
    field: "Field[Any, Any]"

    def value(self, values: list[Any]) -> Any:
        given = values[self.position]
        if self.is_several:
            return [self.field.get_db_prep_value(one, connection) for one in given]
        return self.field.get_db_prep_value(given, connection)


@dataclass(frozen=True, slots=True)
class _Always:
    always: Any

    def value(self, _values: list[Any]) -> Any:
        return self.always


@dataclass(frozen=True, slots=True)
class _Statement:
    text: str
    marks: tuple[_Mark | _Always, ...]


@lru_cache(maxsize=_KEPT)
def _statement(
    make: Make, shapes: tuple[_Joined, ...], fixed: tuple[Hashable, ...]
) -> _Statement | None:
    """None for what can find nothing."""
    found = make(*map(_condition, shapes), *fixed)
    try:
        text, params = found.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    return _Statement(text, tuple(_mark(one, found.model) for one in params))


def _mark(param: Any, model: type[Model]) -> _Mark | _Always:
    if not isinstance(param, _Slot):
        return _Always(param)
    name = param.bound.lookup.split(LOOKUP_SEP)[0]
    meta = model._meta  # noqa: SLF001 - Django's own, documented
    field: Any = meta.pk if name == "pk" else meta.get_field(name)
    return _Mark(param.bound.position, param.bound.is_several, field)


def _condition(shape: _Joined) -> Q:
    """The condition of a shape, with slots in place of its values."""
    return Q(*map(_child, shape.parts), _connector=shape.connector, _negated=shape.is_negated)


def _child(part: _Joined | _Fixed | _Bound) -> Any:
    if isinstance(part, _Joined):
        return _condition(part)
    if isinstance(part, _Bound):
        return part.lookup, _Slot(part)
    if isinstance(part.value, StrEnum):
        return part.lookup, _Word(part.value)
    if isinstance(part.value, tuple):
        return part.lookup, [_Word(one) for one in part.value]
    return part.lookup, part.value


class _Slot(Value):
    """Where a value is bound."""

    def __init__(self, bound: _Bound) -> None:
        super().__init__(None)
        self.bound = bound

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:  # noqa: ARG002 - Django's signature
        return ("ANY(%s)" if self.bound.is_several else "%s"), (self,)


class _Word(Value):
    """A word of ours, written out: a plan that serves all values then knows that it finds these
    statuses in an index that holds no others."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:  # noqa: ARG002 - as above
        if not str(self.value).isidentifier():
            raise ValueError(f"not a word of ours: {self.value!r}")
        return f"'{self.value}'", ()
