"""The receipts of a centre and year as a file."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.casework.access.public import Actor, require
from motcua.casework.exports.public import Asked, Column, ListSource, keyset_rows, register_list
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import today
from motcua.subsystems.payments.models import Receipt
from motcua.subsystems.payments.permissions import COLLECT


def _number(text: str, digits: int) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= digits else None


def receipts(actor: Actor, asked: Asked) -> QuerySet[Receipt]:
    """The receipts of the book that was asked for, by number.

    Raises:
        NotAllowed: the actor does not take money for that agency.
    """
    agency_id = _number(asked.get("agency", ""), 9) or 0
    require(actor, COLLECT, agency_id=agency_id)
    book = {"agency_id": agency_id, "year": _number(asked.get("year", ""), 4) or today().year}
    return Receipt.objects.filter(**book).select_related("charge__case", "taken_by")


def register() -> None:
    """Called once at start-up."""
    register_list(
        ListSource(
            "payments.receipts",
            Bilingual("Bảng kê biên lai", "List of receipts"),
            COLLECT,
            COLUMNS,
            lambda actor, asked: keyset_rows(receipts(actor, asked), "number"),
            lambda actor, asked: receipts(actor, asked).count(),
            lambda actor, asked: asked.get("year", ""),
        )
    )


COLUMNS = (
    Column("number", Bilingual("Số", "No"), str, width=10),
    Column("at", Bilingual("Lúc", "At"), lambda r: r.at, "moment", 11),
    Column("payer", Bilingual("Người nộp", "Payer"), lambda r: r.payer, width=20),
    Column("case", Bilingual("Hồ sơ", "Case"), lambda r: r.charge.case.code, width=16),
    Column("amount", Bilingual("Số tiền (đ)", "Amount (đ)"), lambda r: r.amount, "money", 9),
    Column("method", Bilingual("Cách nộp", "Paid by"),
           lambda r: _(r.get_method_display()), width=14),
    Column("taken_by", Bilingual("Người thu", "Taken by"),
           lambda r: r.taken_by.display_name if r.taken_by else "", width=14),
)  # fmt: skip
