"""Rows in memory, made without what ``Model.__init__`` does for every column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=models.Model)


def fresh(model: type[Row], **columns: Any) -> Row:
    """A row to insert. Columns are named as attributes (``agency_id``); absent ones get defaults.

    No signals of the model are sent, as :func:`insert` sends none.

    Raises:
        TypeError: the model has no such column.
    """
    names, plain, made = _defaults(model)
    if not columns.keys() <= names:
        raise TypeError(f"{model.__name__} has no {sorted(columns.keys() - names)}")
    row = model.__new__(model)
    kept: Any = row.__dict__
    kept["_state"] = ModelState()
    kept.update(plain)
    for name, default in made:
        if name not in columns:
            kept[name] = default()
    kept.update(columns)
    return row


def stored(model: type[Row], names: Sequence[str], values: Sequence[Any]) -> Row:
    """A row that was read; columns that are not named are read when they are asked for."""
    if not _plain(model):
        return model.from_db(DEFAULT_DB_ALIAS, names, values)
    row = model.__new__(model)
    state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    kept: Any = row.__dict__
    kept["_state"] = state
    kept.update(zip(names, values, strict=True))
    return row


@cache
def _plain(model: type[models.Model]) -> bool:
    """Whether nothing of the model wants to be asked when a row of it is made."""
    wants: Any = model.from_db
    return wants.__func__ is models.Model.from_db.__func__ and (  # type: ignore[attr-defined]
        model.__init__ is models.Model.__init__
        and not any(isinstance(field, models.FileField) for field in model._meta.fields)
    )


@cache
def _defaults(
    model: type[models.Model],
) -> tuple[frozenset[str], dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    """Names of all columns, defaults that are values, defaults that are made each time."""
    if not _plain(model):
        raise TypeError(f"{model.__name__} makes its rows itself")
    plain: dict[str, Any] = {}
    made: list[tuple[str, Callable[[], Any]]] = []
    for field in model._meta.concrete_fields:
        if callable(field.default):
            made.append((field.attname, field.get_default))
        else:
            plain[field.attname] = field.get_default()
    return frozenset(f.attname for f in model._meta.concrete_fields), plain, made
