"""The electronic receipt and the hand-over sheet of a drawer as PDF."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from motcua.casework.access.public import SYSTEM
from motcua.casework.agencies.public import carried_on_by
from motcua.casework.issuing.public import (
    Draft,
    IssuedDocument,
    Layout,
    issue,
    register_layout,
    render,
)
from motcua.foundation.errors import Bilingual
from motcua.foundation.money import format_dong
from motcua.foundation.timesource import local, today
from motcua.subsystems.payments.models import CashDrawer, Charge, Receipt

TYPST = Path(__file__).parent / "typst"
RECEIPT = "payments/receipt"
DRAWER = "payments/drawer"


def register() -> None:
    """Called once at start-up."""
    register_layout(
        Layout(
            DRAWER,
            Bilingual("Biên bản kiểm đếm, bàn giao tiền mặt", "Cash count and hand-over"),
            TYPST / "drawer.typ",
            ("clerk", "day"),
        )
    )


def receipt_document(receipt: Receipt, charge: Charge) -> IssuedDocument:
    """The sealed electronic receipt, made when it is first asked for. Safe to repeat.

    Raises:
        KeyUnusable: the agency has no seal.
    """
    with transaction.atomic():
        row = Receipt.objects.select_for_update(of=("self",)).get(pk=receipt.pk)
        if row.document is not None:
            return row.document
        document = issue(
            actor=SYSTEM,
            draft=Draft(
                template=RECEIPT,
                agency_id=carried_on_by(row.agency, today()),
                data=_receipt_data(row, charge),
                register="bien-lai",
                title=f"Biên lai {row}",
                case_id=charge.case_id,
            ),
        )
        row.document = document
        row.save(update_fields=["document"])
        return document


def _receipt_data(receipt: Receipt, charge: Charge) -> dict[str, object]:
    lines = [
        {
            "name": line.get("name", {}).get("vi", ""),
            "amount": format_dong(line.get("amount") or 0),
            "why": (line.get("why") or {}).get("vi", ""),
        }
        for line in charge.lines
    ]
    replaced = f"{receipt.replaces}" if receipt.replaces_id else ""
    return {
        "receipt": f"{receipt.number:06d}/{receipt.year}",
        "payer": receipt.payer or "—",
        "dossier_code": charge.case.code or "",
        "procedure": charge.case.title,
        "lines": lines,
        "total": format_dong(receipt.amount),
        "method": Receipt.Method(receipt.method).label,
        "at": local(receipt.at).isoformat(timespec="minutes"),
        "replaces": replaced,
    }


def drawer_sheet(drawer: CashDrawer) -> bytes:
    """The sheet both hands sign when the day's cash is handed over."""
    rows = [
        {
            "value": format_dong(int(value)),
            "number": number,
            "sum": format_dong(int(value) * number),
        }
        for value, number in sorted(drawer.pieces.items(), key=lambda row: -int(row[0]))
    ]
    return render(
        DRAWER,
        {
            "agency": drawer.agency.name,
            "place": drawer.agency.place_name or drawer.agency.name,
            "clerk": drawer.clerk.display_name,
            "day": drawer.day.isoformat(),
            "opening": format_dong(drawer.opening),
            "expected": format_dong(drawer.expected or 0),
            "counted": format_dong(drawer.counted or 0),
            "difference": format_dong(drawer.difference),
            "explanation": drawer.explanation,
            "approver": drawer.approved_by.display_name if drawer.approved_by else "",
            "rows": rows,
        },
    )
