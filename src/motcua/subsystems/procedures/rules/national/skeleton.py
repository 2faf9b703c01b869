"""The parts of a draft package, each out of the parts of a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from motcua.subsystems.procedures.rules.national.shapes import (
    RecordData,
    Sheet,
    SheetGroup,
    Span,
    Way,
)
from motcua.subsystems.procedures.rules.package_schema import CHANNELS, LIMIT_UNITS

ALL_CASES: Final = "general"

Document = dict[str, Any]


def text(vi: str) -> dict[str, str]:
    return {"vi": vi, "en": ""}


def said(line: str, basis: str) -> Document:
    return {**text(line), "legal_basis": basis, "confirmed": False}


def basis_row(document: str, title: str) -> Document:
    return {
        "document": document,
        "article": "",
        "title": text(title),
        "valid_from": None,
        "confirmed": False,
    }


def bases_of(data: RecordData) -> list[Document]:
    """The decision that published the procedure first: what the catalogue states rests on it."""
    rows = [basis_row(f"Quyết định {data['decision']}", "")] if data["decision"] else []
    known = {row["document"] for row in rows}
    for law in data["laws"]:
        if law["number"] and law["number"] not in known:
            known.add(law["number"])
            rows.append(basis_row(law["number"], law["title"]))
    return rows


def cases_of(groups: Sequence[SheetGroup]) -> list[Document]:
    """One case per heading of the papers; only the last may stand without a condition."""
    named = [group["heading"] for group in groups if group["heading"]]
    if len(groups) < 2 or not named:
        return [{"id": ALL_CASES, "name": text("Mọi trường hợp"), "when": ""}]
    return [
        {"id": f"case_{index}", "name": text(group["heading"]), "when": ""}
        for index, group in enumerate(groups, start=1)
    ]


def components_of(
    groups: Sequence[SheetGroup], cases: Sequence[Document], basis: str
) -> list[Document]:
    """Each paper once, required in the cases that list it."""
    found: dict[tuple[str, str, int, int], list[str]] = {}
    for index, group in enumerate(groups):
        case = cases[index]["id"] if len(cases) > 1 else ALL_CASES
        for sheet in group["sheets"]:
            found.setdefault(_sheet_key(sheet), []).append(case)
    return [
        {
            "id": f"paper_{index}",
            "name": text(name),
            "required": True if len(cases) == 1 else _in_cases(where),
            "applies": "",
            "original": originals if originals >= 0 else None,
            "copies": copies if copies >= 0 else None,
            "e_form": False,
            "replaced_by_database": None,
            "accept": ["pdf", "image"],
            "note": text(f"Mẫu: {form}") if form else None,
            "legal_basis": basis,
            "confirmed": False,
        }
        for index, ((name, form, originals, copies), where) in enumerate(found.items(), start=1)
    ]


def _sheet_key(sheet: Sheet) -> tuple[str, str, int, int]:
    counts = [-1 if sheet[key] is None else sheet[key] for key in ("originals", "copies")]
    return sheet["name"], sheet["form"], counts[0] or 0, counts[1] or 0


def _in_cases(cases: Iterable[str]) -> str:
    return " || ".join(f"case == '{case}'" for case in dict.fromkeys(cases))


def limits_of(ways: Sequence[Way], basis: str) -> list[Document]:
    """One row when every channel agrees, else one for each channel that states its limit."""
    rows = {way["channel"]: way["limit"] for way in reversed(ways)}
    spans = [rows[name] for name in CHANNELS if name in rows]
    if spans and all(span == spans[0] and span for span in spans):
        return [_limit("*", spans[0], basis)]
    return [_limit(name, rows[name], basis) for name in CHANNELS if name in rows]


def _limit(channel: str, span: Span | None, basis: str) -> Document:
    usable = span and span["amount"].isdigit() and span["unit"] in LIMIT_UNITS
    row: Document = {
        "case": "*",
        "channel": channel,
        "amount": int(span["amount"]) if span and usable else None,
        "unit": span["unit"] if span and usable else None,
        "legal_basis": basis,
        "valid_from": None,
        "valid_to": None,
        "confirmed": False,
    }
    if span and span.get("after_1500"):
        row["after_1500"] = "next_working_day"
    return row


def fees_of(ways: Sequence[Way], basis: str) -> list[Document]:
    """Charges in đồng above zero; one for all channels where they agree."""
    found: dict[tuple[int, str, str], list[str]] = {}
    for way in ways:
        for charge in way["charges"]:
            if charge["currency"] == "VND" and charge["amount"]:
                key = (charge["amount"], charge["kind"], charge["note"])
                found.setdefault(key, []).append(way["channel"])
    channels = {way["channel"] for way in ways}
    return [
        {
            "id": f"fee_{index}",
            "kind": kind or None,
            "group": None,
            "name": text(note or "Phí, lệ phí"),
            "amount": amount,
            "when": "" if set(where) == channels else _in_channels(where),
            "legal_basis": basis,
            "valid_from": None,
            "valid_to": None,
            "confirmed": False,
        }
        for index, ((amount, kind, note), where) in enumerate(found.items(), start=1)
    ]


def all_read(ways: Sequence[Way]) -> bool:
    """Whether every charge of every way is an amount in đồng."""
    charges = [charge for way in ways for charge in way["charges"]]
    return all(one["currency"] == "VND" and one["amount"] is not None for one in charges)


def unread_fee(number: int, basis: str) -> Document:
    """A charge nobody read: without it the page would say 0 đ, which the source does not."""
    return {
        "id": f"fee_{number}",
        "kind": None,
        "group": None,
        "name": text("Phí, lệ phí"),
        "amount": None,
        "when": "",
        "legal_basis": basis,
        "valid_from": None,
        "valid_to": None,
        "confirmed": False,
    }


def _in_channels(channels: Iterable[str]) -> str:
    return " || ".join(f"channel == '{name}'" for name in dict.fromkeys(channels))


def result_of(data: RecordData) -> Document:
    first = data["results"][0] if data["results"] else {"name": "", "code": ""}
    return {
        "id": "result",
        "code": first["code"],
        "name": text(first["name"]),
        "template": "",
        "register": "",
        "notation": "",
        "lines": [],
    }
