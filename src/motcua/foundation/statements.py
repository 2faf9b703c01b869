"""The statements of the hot paths, with their SQL made once instead of at every call.

The ORM spends several times longer on writing an ``INSERT`` or ``SELECT`` than
the database on running it. What is sent here is the same: :class:`Prepared`
keeps the SQL that the ORM itself wrote for a queryset, and :func:`insert` and
:func:`update` name columns. Model signals are not sent and ``save()`` is not
called; models that need either do not come here.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, router
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=models.Model)
Change = Callable[[Any], Any]

_MOST_PARAMETERS = 30_000
"""SQLite takes 32,766 in one statement, PostgreSQL 65,535."""

_AS_THEY_ARE = (
    models.AutoField,
    models.BigAutoField,
    models.BigIntegerField,
    models.BooleanField,
    models.CharField,
    models.ForeignKey,
    models.IntegerField,
    models.OneToOneField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.TextField,
)


def insert(*rows: models.Model, ignore_conflicts: bool = False) -> None:
    """Insert new rows of one model with one statement and give them their keys.

    Very many rows go in several statements.

    Args:
        ignore_conflicts: rows that are there already stay as they are; no keys are given.

    Raises:
        IntegrityError: as the database says.
    """
    if not rows:
        return
    model = type(rows[0])
    most = _MOST_PARAMETERS // len(model._meta.concrete_fields)
    for start in range(0, len(rows), most):
        _insert(model, rows[start : start + most], ignore_conflicts)


def _insert(
    model: type[models.Model], rows: Sequence[models.Model], ignore_conflicts: bool
) -> None:
    key = model._meta.pk
    given = not isinstance(key, models.AutoField | models.BigAutoField)
    head, values, changes = _insert_parts(model, connection.vendor, given)
    sql = head + ", ".join([values] * len(rows))
    if ignore_conflicts:
        sql += " ON CONFLICT DO NOTHING"
    elif not given:
        sql += f' RETURNING "{key.column}"'
    parameters: list[Any] = []
    for row in rows:
        for name, change in changes:
            value = getattr(row, name)
            parameters.append(value if change is None else change(value))
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        if not given and not ignore_conflicts:
            for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk = pk
    for row in rows:
        state = row._state
        state.adding, state.db = False, DEFAULT_DB_ALIAS


def update(model: type[models.Model], where: Mapping[str, Any], values: Mapping[str, Any]) -> int:
    """Set columns of the rows whose columns equal ``where``; how many there were.

    Columns are named as attributes (``officer_id``); values are plain, no expressions.
    """
    sql, changes = _update_parts(model, connection.vendor, tuple(values), tuple(where))
    parameters = [
        value if change is None else change(value)
        for value, change in zip((*values.values(), *where.values()), changes, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.rowcount


def store(row: models.Model) -> None:
    """Write all columns of a row that was read or inserted before: ``save()`` in one statement."""
    names = _column_names(type(row))
    update(type(row), {"pk": row.pk}, {name: getattr(row, name) for name in names})


@cache
def _column_names(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(f.attname for f in model._meta.concrete_fields if not f.primary_key)


@cache
def _insert_parts(
    model: type[models.Model], vendor: str, given: bool
) -> tuple[str, str, list[tuple[str, Change | None]]]:
    del vendor  # part of the key: values are changed for one engine
    fields = [f for f in model._meta.concrete_fields if given or not f.primary_key]
    names = ", ".join(f'"{f.column}"' for f in fields)
    marks = ", ".join(["%s"] * len(fields))
    head = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES '  # noqa: S608 - our own names
    return head, f"({marks})", [(f.attname, _change(f)) for f in fields]


@cache
def _update_parts(
    model: type[models.Model], vendor: str, values: tuple[str, ...], where: tuple[str, ...]
) -> tuple[str, list[Change | None]]:
    del vendor
    fields = {f.attname: f for f in model._meta.concrete_fields} | {"pk": model._meta.pk}
    sets = ", ".join(f'"{fields[name].column}" = %s' for name in values)
    tests = " AND ".join(f'"{fields[name].column}" = %s' for name in where)
    sql = f'UPDATE "{model._meta.db_table}" SET {sets} WHERE {tests}'  # noqa: S608 - columns of the model
    return sql, [_change(fields[name]) for name in (*values, *where)]


def _change(field: models.Field[Any, Any]) -> Change | None:
    """What a field does to a value on its way to the database; None: nothing."""
    if type(field) in _AS_THEY_ARE:
        return None
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        raise TypeError(f"{field} sets itself in save(), which is not called here")
    if connection.vendor == "sqlite":
        if type(field) is models.DateTimeField:
            return _moment_as_text
        if type(field) is models.JSONField:
            encoder = field.encoder
            return lambda value: None if value is None else json.dumps(value, cls=encoder)
    return lambda value: field.get_db_prep_save(value, connection)


def _moment_as_text(moment: dt.datetime | None) -> str | None:
    """As Django keeps moments in SQLite: UTC, without its offset."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return str(moment.astimezone(dt.UTC).replace(tzinfo=None))


class Prepared(Generic[Row]):
    """A query of model rows whose SQL is written by the ORM once per engine.

    ``build`` gets one mark for each parameter, of the parameter's type, and
    must use it in exact comparisons only.
    """

    def __init__(
        self, build: Callable[..., models.QuerySet[Row]], *kinds: type, marks: Sequence[Any] = ()
    ) -> None:
        self._build = build
        self._marks = tuple(marks) or tuple(_mark(kind, n) for n, kind in enumerate(kinds))
        self._read: dict[str, _Read] = {}

    def all(self, *values: Any) -> list[Row]:
        """The rows. One statement."""
        read = self._read.get(connection.vendor)
        if read is None:
            read = self._read[connection.vendor] = _Read(self._build(*self._marks), self._marks)
        return read.rows(values)

    def first(self, *values: Any) -> Row | None:
        """The first row, or None. One statement; say ``[:1]`` in ``build`` where many may match."""
        return next(iter(self.all(*values)), None)


def _mark(kind: type, number: int) -> Any:
    """A value that no query says by itself."""
    if kind is UUID:
        return UUID(int=2**127 + number)
    if kind is dt.date:
        return dt.date(1, 1, 1) + dt.timedelta(days=number)
    if kind is str:
        return f"\u0001mark-{number}"
    return -(2**40) - number


def _adapted(value: Any) -> Any:
    """A parameter as the engine's driver wants it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return connection.ops.adapt_datefield_value(value)
    return value


class _Read:
    """One query, compiled for one engine, and how its rows become models."""

    def __init__(self, query: models.QuerySet[Any], marks: tuple[Any, ...]) -> None:
        compiler = query.query.get_compiler(connection=connection)
        self.sql, found = compiler.as_sql()
        places = {_adapted(mark): place for place, mark in enumerate(marks)}
        self.parameters = [(places.get(item), item) for item in found]
        if {place for place, _ in self.parameters} < set(places.values()):
            raise ValueError("a mark of a prepared query does not stand in its SQL")
        info = compiler.klass_info
        assert info is not None
        columns: Any = compiler.select[0 : info["select_fields"][-1] + 1]
        self.model: type[models.Model] = info["model"]
        self.until = info["select_fields"][-1] + 1
        self.names = [column[0].target.attname for column in columns]
        populators: Any = get_related_populators
        self.related: Any = populators(info, compiler.select, router.db_for_read(self.model))
        chosen: Any = [column[0] for column in compiler.select]
        self.converters = [
            (place, changes, expression)
            for place, (changes, expression) in compiler.get_converters(chosen).items()
        ]

    def rows(self, values: tuple[Any, ...]) -> list[Any]:
        """Run it and make the models, as the ORM's own iteration does."""
        given = [_adapted(value) for value in values]
        parameters = [item if place is None else given[place] for place, item in self.parameters]
        database = connections[DEFAULT_DB_ALIAS]
        with database.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            found = cursor.fetchall()
        return [self._model(list(row), database) for row in found]

    def _model(self, row: list[Any], database: Any) -> models.Model:
        for place, changes, expression in self.converters:
            value = row[place]
            for change in changes:
                value = change(value, expression, database)
            row[place] = value
        made = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[: self.until])
        for populator in self.related:
            populator.populate(row, made)
        return made
