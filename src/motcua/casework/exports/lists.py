"""The registry of lists that may leave the house; every slice adds its own at start-up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from motcua.casework.access.public import Actor, allowed
from motcua.casework.exports.errors import UnknownList
from motcua.casework.exports.rules import Column
from motcua.foundation.errors import Bilingual

Asked = Mapping[str, str]
"""What the address of the list held: its filters, as the list's own page reads them."""

PAGE = 1_000
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class ListSource:
    """A list that can be exported.

    Attributes:
        code: stable name, such as ``payments.receipts``.
        name: what people call it.
        permission: who may have it; asked again when the file is made and when it is fetched.
        columns: all it has, in their order. ``columns=a,b`` among what is asked chooses some.
        rows: ``(actor, asked)`` to an iterator that reads page by page, filtered by what
            the actor may see. It runs in the background, outside any transaction.
        count: how many rows that will be, for the progress bar; None leaves it open.
        described: the filters in the reader's language, for the head of the file.
    """

    code: str
    name: Bilingual
    permission: str
    columns: Sequence[Column]
    rows: Callable[[Actor, Asked], Iterable[object]]
    count: Callable[[Actor, Asked], int] | None = None
    described: Callable[[Actor, Asked], str] | None = None

    def open_to(self, actor: Actor) -> bool:
        """Whether the actor may have this list at all."""
        return allowed(actor, self.permission)

    def chosen(self, asked: Asked) -> list[Column]:
        """The columns asked for, in the list's order; all when none is named."""
        wanted = {key for key in asked.get("columns", "").split(",") if key}
        found = [column for column in self.columns if column.key in wanted]
        return found or list(self.columns)


_lists: dict[str, ListSource] = {}


def register_list(source: ListSource) -> ListSource:
    """Add a list; the same code again replaces it (start-up may run twice in tests)."""
    _lists[source.code] = source
    return source


def list_of(code: str) -> ListSource:
    """The list of that code.

    Raises:
        UnknownList: nobody registered it.
    """
    try:
        return _lists[code]
    except KeyError:
        raise UnknownList from None


def all_lists() -> list[ListSource]:
    """Every registered list, by code."""
    return [_lists[code] for code in sorted(_lists)]


def keyset_rows(rows: QuerySet[M], *by: str, size: int = PAGE) -> Iterator[M]:
    """All rows of a query, a page at a time, however many: bounded memory, no open cursor.

    Args:
        by: ascending fields that together are unique and never NULL; the key when none.
    """
    names = by or ("pk",)
    ordered, last = rows.order_by(*names), None
    while True:
        page = list(ordered.filter(_after(names, last))[:size] if last else ordered[:size])
        yield from page
        if len(page) < size:
            return
        last = tuple(_value(page[-1], name) for name in names)


def _after(names: Sequence[str], last: Sequence[Any]) -> Q:
    condition = Q()
    for place in range(len(names)):
        equal = dict(zip(names[:place], last[:place], strict=True))
        condition |= Q(**equal, **{f"{names[place]}__gt": last[place]})
    return condition & Q(**{f"{names[0]}__gte": last[0]})


def _value(row: Model, name: str) -> Any:
    value: Any = row
    for part in name.split("__"):
        value = getattr(value, part)
    return value
