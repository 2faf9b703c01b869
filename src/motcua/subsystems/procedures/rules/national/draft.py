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
)
from motcua.subsystems.procedures.rules.national.skeleton import (
    Document,
    all_read,
    bases_of,
    basis_row,
    cases_of,
    components_of,
    fees_of,
    limits_of,
    result_of,
    said,
    text,
    unread_fee,
)
from motcua.subsystems.procedures.rules.package_schema import CHANNELS

ANSWER_BASIS: Final = "Nghị định 118/2025/NĐ-CP"


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
    document = {**_identity(data, fields, version), **_content(data)}
    if any(doubt.kind == "fee" for doubt in doubts) or not all_read(data["ways"]):
        basis = document["legal_bases"][0]["document"]
        document["fees"].append(unread_fee(len(document["fees"]) + 1, basis))
    return Draft(document, (*_from_doubts(doubts), *_empty(document)))


def _identity(data: RecordData, fields: Mapping[str, str], version: int) -> Document:
    """Who and what it is."""
    levels = [level for level in data["levels"] if level in ("commune", "city")]
    field = fields.get(" ".join(words(data["field"])), "")
    online = any(way["channel"] == "online" for way in data["ways"])
    return {
        "code": data["code"],
        "version": version,
        "name": text(data["name"]),
        "field": field,
        "level": levels[0] if len(levels) == 1 else None,
        "decision": f"Quyết định {data['decision']}" if data["decision"] else "",
        "valid_from": None,
        "valid_to": None,
        "life_events": [],
        "keywords": [data["name"], *filter(None, [data["keywords"]])],
        "who": text(", ".join(data["subjects"])),
        "online_level": None if online else "none",
        "partial_reason": None,
        "decides": None,
    }


def _content(data: RecordData) -> Document:
    """What the law asks and allows; all rests on the decision that published it."""
    cases = cases_of(data["papers"])
    bases = bases_of(data)
    basis = bases[0]["document"] if bases else ""
    if all(row["document"] != ANSWER_BASIS for row in bases):
        bases.append(basis_row(ANSWER_BASIS, ""))
    return {
        "legal_bases": bases,
        "channels": [name for name in CHANNELS if any(w["channel"] == name for w in data["ways"])],
        "limits": limits_of(data["ways"], basis),
        "first_answer": {"amount": 8, "unit": "working_hour", "legal_basis": ANSWER_BASIS},
        "supplement_policy": None,
        "supplement_days": None,
        "cases": cases,
        "components": components_of(data["papers"], cases, basis),
        "fees": fees_of(data["ways"], basis),
        "exemptions": [],
        "form": {},
        "process": {},
        "result": result_of(data),
        "requirements": [said(line, basis) for line in data["requirements"]],
        "how": [said(line, basis) for line in data["steps"]],
        "rating": {},
        "extension": {"allowed": False, "legal_basis": basis},
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
