"""The console's own lists as files: the inbox, the ledger, the agencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.casework.access.public import Actor
from motcua.casework.agencies.public import Agency
from motcua.casework.cases.public import inbox
from motcua.casework.exports.public import (
    EXPORT,
    Asked,
    Column,
    ListSource,
    keyset_rows,
    register_list,
)
from motcua.casework.ledger.public import Entry, entries_between
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import CITY_ZONE, today
from motcua.web.console.columns import INBOX_COLUMNS
from motcua.web.console.inbox import Query
from motcua.web.console.menu import SEE_SYSTEM
from motcua.web.console.rows import ShownRow, shown_rows
from motcua.web.console.system import narrowed_agencies

PAGE = 1_000
FIRST, LAST = dt.date(2000, 1, 1), dt.date(9998, 1, 1)


def inbox_rows(actor: Actor, asked: Asked) -> Iterator[ShownRow]:
    """The whole selection, earliest due first, page by page."""
    filters, after = Query.read(asked).filters(actor), ""
    while True:
        page = inbox(actor, filters, after=after, size=PAGE)
        yield from shown_rows(page.rows)
        after = page.after
        if not after:
            return


def inbox_words(actor: Actor, asked: Asked) -> str:
    """The filters of an inbox in the reader's language."""
    return Query.read(asked).words()


def _day(text: str, otherwise: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return otherwise


def _period(asked: Asked) -> tuple[dt.date, dt.date]:
    return _day(asked.get("from", ""), FIRST), _day(asked.get("to", ""), LAST)


def _entries(asked: Asked) -> QuerySet[Entry]:
    first, last = (dt.datetime.combine(day, dt.time(), CITY_ZONE) for day in _period(asked))
    return entries_between(first, last + dt.timedelta(days=1))


def ledger_words(actor: Actor, asked: Asked) -> str:
    """The period in words."""
    first, last = _period(asked)
    return str(_("Từ %(first)s đến %(last)s")) % {
        "first": f"{first:%d/%m/%Y}" if first != FIRST else "…",
        "last": f"{last:%d/%m/%Y}" if last != LAST else "…",
    }


def _agencies(asked: Asked) -> QuerySet[Agency]:
    return narrowed_agencies(_day(asked.get("on", ""), today()), asked.get("q", "").strip())


def register() -> None:
    """Called once at start-up."""
    register_list(
        ListSource(
            "console.inbox",
            Bilingual("Hộp việc", "Inbox"),
            EXPORT,
            INBOX_COLUMNS,
            inbox_rows,
            described=inbox_words,
        )
    )
    register_list(
        ListSource(
            "console.ledger",
            Bilingual("Sổ cái", "Ledger"),
            SEE_SYSTEM,
            LEDGER_COLUMNS,
            lambda actor, asked: keyset_rows(_entries(asked)),
            lambda actor, asked: _entries(asked).count(),
            ledger_words,
        )
    )
    register_list(
        ListSource(
            "console.agencies",
            Bilingual("Cơ quan", "Agencies"),
            SEE_SYSTEM,
            AGENCY_COLUMNS,
            lambda actor, asked: keyset_rows(_agencies(asked), "code", "pk"),
            lambda actor, asked: _agencies(asked).count(),
        )
    )


# What an entry keeps of the content stays sealed: the file says who did what and when.
LEDGER_COLUMNS = (
    Column("at", Bilingual("Lúc", "At"), lambda e: e.at, "moment", 11),
    Column("actor", Bilingual("Người làm", "Who"), lambda e: e.actor_name, width=14),
    Column("authority", Bilingual("Thẩm quyền", "Authority"), lambda e: e.authority),
    Column("verb", Bilingual("Việc", "Act"), lambda e: e.verb, width=16),
    Column("chain", Bilingual("Chuỗi", "Chain"), lambda e: e.chain),
    Column("seq", Bilingual("Dòng", "Line"), lambda e: e.seq, "number", 5),
    Column("hash", Bilingual("Mã băm", "Hash"), lambda e: e.hash, width=34),
)
AGENCY_COLUMNS = (
    Column("name", Bilingual("Tên", "Name"), lambda a: a.name, width=30),
    Column("code", Bilingual("Mã", "Code"), lambda a: a.code),
    Column("kind", Bilingual("Loại", "Kind"), lambda a: _(a.get_kind_display()), width=14),
    Column("parent", Bilingual("Trực thuộc", "Under"),
           lambda a: a.parent.name if a.parent else "", width=30),
    Column("from", Bilingual("Từ ngày", "From"), lambda a: a.valid_from, "day", 8),
    Column("to", Bilingual("Đến ngày", "To"), lambda a: a.valid_to, "day", 8),
)  # fmt: skip
