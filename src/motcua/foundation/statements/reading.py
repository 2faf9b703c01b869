"""Reading rows with SQL that the ORM wrote once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, router
from django.db.models.query import get_related_populators

from motcua.foundation.statements.making import stored
from motcua.foundation.statements.sending import send

Row = TypeVar("Row", bound=models.Model)


class Prepared(Generic[Row]):
    """A query of model rows whose SQL is written by the ORM once.

    ``build`` gets one mark for each parameter, of the parameter's type, and
    must use it in exact comparisons only.
    """

    def __init__(
        self, build: Callable[..., models.QuerySet[Row]], *kinds: type, marks: Sequence[Any] = ()
    ) -> None:
        self._build = build
        self._marks = tuple(marks) or tuple(_mark(kind, n) for n, kind in enumerate(kinds))
        self._read: _Read | None = None

    def all(self, *values: Any) -> list[Row]:
        """The rows. One statement."""
        read = self._read
        if read is None:
            read = self._read = _Read(self._build(*self._marks), self._marks)
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
    """One query as its SQL, and how its rows become models."""

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
        self.extra = list(compiler.annotation_col_map.items())
        chosen: Any = [column[0] for column in compiler.select]
        self.converters = [
            (place, changes, expression)
            for place, (changes, expression) in compiler.get_converters(chosen).items()
        ]

    def rows(self, values: tuple[Any, ...]) -> list[Any]:
        """Run it and make the models, as the ORM's own iteration does."""
        given = [_adapted(value) for value in values]
        parameters = [item if place is None else given[place] for place, item in self.parameters]
        found, _ = send(self.sql, parameters)
        if not found:
            return []
        database = connections[DEFAULT_DB_ALIAS]
        return [self._model(list(row), database) for row in found]

    def _model(self, row: list[Any], database: Any) -> models.Model:
        for place, changes, expression in self.converters:
            value = row[place]
            for change in changes:
                value = change(value, expression, database)
            row[place] = value
        made = stored(self.model, self.names, row[: self.until])
        for populator in self.related:
            populator.populate(row, made)
        for name, place in self.extra:
            setattr(made, name, row[place])
        return made
