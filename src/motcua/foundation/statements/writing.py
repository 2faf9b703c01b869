"""Inserting and updating rows by their columns."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models

from motcua.foundation.statements.making import stored
from motcua.foundation.statements.sending import engine, send

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
    sql, changes = _insert_parts(model, engine(), given, len(rows), ignore_conflicts)
    parameters: list[Any] = []
    for row in rows:
        columns = row.__dict__
        for name, change in changes:
            value = columns[name] if name in columns else getattr(row, name)
            parameters.append(value if change is None else change(value))
    keys, _ = send(sql, parameters, rows=not given and not ignore_conflicts)
    for row, (pk,) in zip(rows, keys, strict=bool(keys)):
        row.pk = pk
    for row in rows:
        state = row._state
        state.adding, state.db = False, DEFAULT_DB_ALIAS


def insert_numbered(row: models.Model, number: str, within: Sequence[str]) -> None:
    """Insert a row as the next of its series, and give it its number and key. One statement.

    The series are the rows that agree in the columns ``within``. A unique constraint over
    these and ``number`` is needed: of two at the same moment, one fails.

    Raises:
        IntegrityError: as the database says.
    """
    sql, changes = _numbered_parts(type(row), engine(), number, tuple(within))
    names, how = zip(*changes, strict=True)
    [(row.pk, given)], _ = send(sql, _changed([getattr(row, name) for name in names], how))
    setattr(row, number, given)
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def _numbered_parts(
    model: type[models.Model], vendor: str, number: str, within: tuple[str, ...]
) -> tuple[str, list[tuple[str, Change | None]]]:
    del vendor
    table, key = model._meta.db_table, model._meta.pk
    by_name = {f.attname: f for f in model._meta.concrete_fields}
    tests = " AND ".join(f'"{by_name[name].column}" = %s' for name in within)
    column = by_name[number].column
    following = f'(SELECT COALESCE(MAX("{column}"), 0) + 1 FROM "{table}" WHERE {tests})'  # noqa: S608 - our own names
    names: list[str] = []
    marks: list[str] = []
    changes: list[tuple[str, Change | None]] = []
    for name, field in by_name.items():
        if field is key:
            continue
        names.append(f'"{field.column}"')
        marks.append(following if name == number else "%s")
        used = within if name == number else (name,)
        changes += [(each, _change(by_name[each])) for each in used]
    sql = (
        f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({", ".join(marks)})'  # noqa: S608
        f' RETURNING "{key.column}", "{column}"'
    )
    return sql, changes


def update(model: type[models.Model], where: Mapping[str, Any], values: Mapping[str, Any]) -> int:
    """Set columns of the rows whose columns equal ``where``; how many there were.

    Columns are named as attributes (``officer_id``); values are plain, no expressions.
    """
    sql, changes = _update_parts(model, engine(), tuple(values), tuple(where))
    given = _changed((*values.values(), *where.values()), changes)
    return send(sql, given, rows=False)[1]


def _changed(values: Sequence[Any], changes: Sequence[Change | None]) -> list[Any]:
    return [
        value if change is None else change(value)
        for value, change in zip(values, changes, strict=True)
    ]


def update_returning(
    model: type[Row], where: Mapping[str, Any], values: Mapping[str, Any]
) -> list[Row]:
    """As :func:`update`, and the rows as they stand afterwards, by their keys. One statement.

    In ``where``, None asks for columns that are empty.
    """
    filled = {name: value for name, value in where.items() if value is not None}
    empty = tuple(name for name, value in where.items() if value is None)
    sql, changes = _update_parts(
        model, engine(), tuple(values), tuple(filled), empty=empty, returning=True
    )
    given = (*values.values(), *filled.values())
    found, _ = send(sql, _changed(given, changes))
    names, converters = _read_parts(model, engine())
    rows = [stored(model, names, _clear(row, converters)) for row in found]
    return sorted(rows, key=lambda row: row.pk)


def _clear(row: Sequence[Any], converters: Sequence[tuple[Sequence[Any], Any]]) -> list[Any]:
    values = list(row)
    for place, (changes, column) in enumerate(converters):
        for change in changes:
            values[place] = change(values[place], column, connection)
    return values


@cache
def _read_parts(
    model: type[models.Model], vendor: str
) -> tuple[tuple[str, ...], list[tuple[list[Any], Any]]]:
    """Names of a model's columns, and what makes their values from the engine's."""
    del vendor
    columns: list[Any] = [f.get_col(model._meta.db_table) for f in model._meta.concrete_fields]
    return tuple(column.target.attname for column in columns), [
        ([*connection.ops.get_db_converters(c), *c.get_db_converters(connection)], c)
        for c in columns
    ]


def store(row: models.Model) -> None:
    """Write all columns of a row that was read or inserted before: ``save()`` in one statement."""
    names = _column_names(type(row))
    update(type(row), {"pk": row.pk}, {name: getattr(row, name) for name in names})


@cache
def _column_names(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(f.attname for f in model._meta.concrete_fields if not f.primary_key)


@lru_cache(maxsize=1024)
def _insert_parts(
    model: type[models.Model], vendor: str, given: bool, count: int, ignore_conflicts: bool
) -> tuple[str, list[tuple[str, Change | None]]]:
    del vendor  # part of the key: values are changed for one engine
    fields = [f for f in model._meta.concrete_fields if given or not f.primary_key]
    names = ", ".join(f'"{f.column}"' for f in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES '  # noqa: S608 - our own names
    sql += ", ".join([f"({marks})"] * count)
    if ignore_conflicts:
        sql += " ON CONFLICT DO NOTHING"
    elif not given:
        sql += f' RETURNING "{model._meta.pk.column}"'
    return sql, [(f.attname, _change(f)) for f in fields]


@cache
def _update_parts(
    model: type[models.Model],
    vendor: str,
    values: tuple[str, ...],
    where: tuple[str, ...],
    *,
    empty: tuple[str, ...] = (),
    returning: bool = False,
) -> tuple[str, list[Change | None]]:
    del vendor
    fields = {f.attname: f for f in model._meta.concrete_fields} | {"pk": model._meta.pk}
    sets = ", ".join(f'"{fields[name].column}" = %s' for name in values)
    tests = " AND ".join(
        [f'"{fields[name].column}" = %s' for name in where]
        + [f'"{fields[name].column}" IS NULL' for name in empty]
    )
    sql = f'UPDATE "{model._meta.db_table}" SET {sets} WHERE {tests}'  # noqa: S608 - columns of the model
    if returning:
        names = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        sql += f" RETURNING {names}"
    return sql, [_change(fields[name]) for name in (*values, *where)]


def _change(field: models.Field[Any, Any]) -> Change | None:
    """What a field does to a value on its way to the database; None: nothing."""
    if type(field) in _AS_THEY_ARE:
        return None
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        raise TypeError(f"{field} sets itself in save(), which is not called here")
    if engine() == "sqlite":
        if type(field) is models.DateTimeField:
            return _moment_as_text
        if type(field) is models.JSONField:
            encode = (field.encoder or json.JSONEncoder)().encode
            return lambda value: None if value is None else encode(value)
    return lambda value: field.get_db_prep_save(value, connection)


def _moment_as_text(moment: dt.datetime | None) -> str | None:
    """As Django keeps moments in SQLite: UTC, without its offset."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return str(moment.astimezone(dt.UTC).replace(tzinfo=None))
