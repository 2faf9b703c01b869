"""A draft package out of an imported record: what was read, unconfirmed; the rest left to do.

The hand-over to the editor: :func:`draft_from_record` gives a document in the shape of
``package.json`` (see :mod:`rules.package_schema`) and a list of what a person must fill.
Nothing in it is confirmed, so that even if published as it is, nothing would be told to a
citizen as a fact; and it cannot be published as it is, because every ``None`` and empty
text fails :func:`validate_package`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from motcua.foundation.folding import words
from motcua.subsystems.procedures.rules.national.shapes import (
    Doubt,
    RecordData,
    Sheet,
    SheetGroup,
    Span,
    Way,
)
from motcua.subsystems.procedures.rules.package_schema import CHANNELS, LIMIT_UNITS

ALL_CASES: Final = "general"
ANSWER_BASIS: Final = "Nghị định 118/2025/NĐ-CP"

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Todo:
    """A place of the draft a person must fill or confirm.

    ``place`` is a path as :class:`rules.Problem` uses it (``limits[0].amount``); ``kind`` one
    of :data:`shapes.KINDS`; ``reason`` a key of :data:`reasons.REASONS`; ``raw`` the source's
    words.
    """

    place: str
    kind: str
    reason: str
    raw: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A skeleton of a package and what is left to do in it."""

    document: Document
    todo: tuple[Todo, ...]


def draft_from_record(
    data: RecordData,
    doubts: Sequence[Doubt],
    *,
    fields: Mapping[str, str],
    version: int = 1,
) -> Draft:
    """A draft package of what the catalogue says.

    Args:
        data, doubts: an imported record's reading (``ImportedRecord.data``, ``.doubts``).
        fields: folded name of a field of the city's list → its code; a field that is not
            there is left empty.
        version: the number the new version will have.
    """
    cases = _cases(data["papers"])
    bases = _bases(data)
    basis = bases[0]["document"] if bases else ""
    levels = [level for level in data["levels"] if level in ("commune", "city")]
    field = fields.get(" ".join(words(data["field"])), "")
    online = any(way["channel"] == "online" for way in data["ways"])
    document: Document = {
        "code": data["code"],
        "version": version,
        "name": _text(data["name"]),
        "field": field,
        "level": levels[0] if len(levels) == 1 else None,
        "decision": f"Quyết định {data['decision']}" if data["decision"] else "",
        "valid_from": None,
        "valid_to": None,
        "life_events": [],
        "keywords": [data["name"], *filter(None, [data["keywords"]])],
        "who": _text(", ".join(data["subjects"])),
        "online_level": None if online else "none",
        "partial_reason": None,
        "decides": None,
        "legal_bases": bases,
        "channels": [name for name in CHANNELS if any(w["channel"] == name for w in data["ways"])],
        "limits": _limits(data["ways"], basis),
        "first_answer": {"amount": 8, "unit": "working_hour", "legal_basis": ANSWER_BASIS},
        "supplement_policy": None,
        "supplement_days": None,
        "cases": cases,
        "components": _components(data["papers"], cases, basis),
        "fees": _fees(data["ways"], basis),
        "exemptions": [],
        "form": {},
        "process": {},
        "result": _result(data),
        "requirements": [_said(line, basis) for line in data["requirements"]],
        "how": [_said(line, basis) for line in data["steps"]],
        "rating": {},
        "extension": {"allowed": False, "legal_basis": basis},
    }
    if all(row["document"] != ANSWER_BASIS for row in bases):
        bases.append(_basis(ANSWER_BASIS, ""))
    return Draft(document, (*_from_doubts(doubts), *_empty(document)))

    pass


def _text(vi: str) -> dict[str, str]:
    return {"vi": vi, "en": ""}


def _said(line: str, basis: str) -> Document:
    return {**_text(line), "legal_basis": basis, "confirmed": False}


def _basis(document: str, title: str) -> Document:
    return {
        "document": document,
        "article": "",
        "title": _text(title),
        "valid_from": None,
        "confirmed": False,
    }


def _bases(data: RecordData) -> list[Document]:
    """The decision that published the procedure first: what the catalogue states rests on it."""
    rows = [_basis(f"Quyết định {data['decision']}", "")] if data["decision"] else []
    known = {row["document"] for row in rows}
    for law in data["laws"]:
        if law["number"] and law["number"] not in known:
            known.add(law["number"])
            rows.append(_basis(law["number"], law["title"]))
    return rows


def _cases(groups: Sequence[SheetGroup]) -> list[Document]:
    """One case per heading of the papers; only the last may stand without a condition."""
    named = [group["heading"] for group in groups if group["heading"]]
    if len(groups) < 2 or not named:
        return [{"id": ALL_CASES, "name": _text("Mọi trường hợp"), "when": ""}]
    return [
        {"id": f"case_{index}", "name": _text(group["heading"]), "when": ""}
        for index, group in enumerate(groups, start=1)
    ]


def _components(
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
            "name": _text(name),
            "required": True if len(cases) == 1 else _in_cases(where),
            "applies": "",
            "original": originals if originals >= 0 else None,
            "copies": copies if copies >= 0 else None,
            "e_form": False,
            "replaced_by_database": None,
            "accept": ["pdf", "image"],
            "note": _text(f"Mẫu: {form}") if form else None,
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


def _limits(ways: Sequence[Way], basis: str) -> list[Document]:
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


def _fees(ways: Sequence[Way], basis: str) -> list[Document]:
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
            "name": _text(note or "Phí, lệ phí"),
            "amount": amount,
            "when": "" if set(where) == channels else _in_channels(where),
            "legal_basis": basis,
            "valid_from": None,
            "valid_to": None,
            "confirmed": False,
        }
        for index, ((amount, kind, note), where) in enumerate(found.items(), start=1)
    ]


def _in_channels(channels: Iterable[str]) -> str:
    return " || ".join(f"channel == '{name}'" for name in dict.fromkeys(channels))


def _result(data: RecordData) -> Document:
    first = data["results"][0] if data["results"] else {"name": "", "code": ""}
    return {
        "id": "result",
        "code": first["code"],
        "name": _text(first["name"]),
        "template": "",
        "register": "",
        "notation": "",
        "lines": [],
    }


# Where the places of a record come to lie in a package.
_PLACES: Final = {
    "code": "code",
    "field": "field",
    "level": "level",
    "agency": "decides",
    "subject": "who",
    "channel": "channels",
    "limit": "limits",
    "fee": "fees",
    "paper": "components",
    "form": "components",
    "result": "result",
    "law": "legal_bases",
    "step": "how",
    "other": "",
}


def _from_doubts(doubts: Iterable[Doubt]) -> list[Todo]:
    return [Todo(_PLACES[d.kind], d.kind, d.reason, d.raw) for d in doubts]


def _empty(value: Any, place: str = "") -> list[Todo]:
    """Every place a person must fill: what is None or an empty text that may not be empty."""
    if isinstance(value, dict):
        rows: dict[str, Any] = value
        return [
            todo
            for key, child in rows.items()
            if key not in _MAY_BE_EMPTY
            for todo in _empty(child, f"{place}.{key}" if place else key)
        ]
    if isinstance(value, list):
        items: list[Any] = value
        return [
            todo for index, child in enumerate(items) for todo in _empty(child, f"{place}[{index}]")
        ]
    return [Todo(place, "other", "not_stated", "")] if value is None or value == "" else []


_MAY_BE_EMPTY: Final = frozenset(
    [
        "valid_to",
        "life_events",
        "partial_reason",
        "supplement_days",
        "applies",
        "replaced_by_database",
        "note",
        "when",
        "article",
        "url",
        "exemptions",
        "form",
        "process",
        "rating",
        "lines",
        "code",
    ]
)
