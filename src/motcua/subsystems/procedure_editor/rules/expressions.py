"""What an expression of a draft means, or what is wrong with it, in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from motcua.casework.expressions.public import check, compile_expression
from motcua.foundation.errors import Bilingual
from motcua.subsystems.procedure_editor.rules.documents import Document, as_map, value_at

LONGEST: Final = 2_000
_KINDS: Final = {
    "string": "string", "integer": "int", "number": "double", "boolean": "bool",
    "array": "list", "object": "map",
}  # fmt: skip
_OWN: Final[Mapping[str, Bilingual]] = {
    "case": Bilingual("trường hợp", "the case"),
    "channel": Bilingual("cách nộp", "the way of filing"),
    "applicant": Bilingual("diện của người nộp", "the applicant's classes"),
    "filed_on": Bilingual("ngày nộp", "the day of filing"),
    "today": Bilingual("hôm nay", "today"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reads``: what the expression depends on, as people call it. ``fault``: what is wrong."""

    fault: Bilingual | None = None
    line: int = 0
    column: int = 0
    reads: tuple[Bilingual, ...] = ()
    empty: bool = False


def names_of_draft(document: Document) -> dict[str, str]:
    """The names an expression may read, with their kinds, of a form that may be unfinished."""
    properties = as_map(value_at(document, ("form", "schema", "properties")))
    kinds = {name: _KINDS.get(str(as_map(s).get("type")), "dyn") for name, s in properties.items()}
    return kinds | dict.fromkeys(_OWN, "string") | {"applicant": "list"}


def judge(source: str, document: Document) -> Verdict:
    """Words on one expression."""
    text = source.strip()
    if not text:
        return Verdict(empty=True)
    if len(text) > LONGEST:
        return Verdict(Bilingual("Biểu thức quá dài.", "The expression is too long."), 1, 1)
    problems = check({"@": text}, names_of_draft(document))
    if problems:
        return Verdict(problems[0].message, problems[0].place.line, problems[0].place.column)
    return Verdict(reads=tuple(_name(n, document) for n in sorted(compile_expression(text).names)))


def _name(name: str, document: Document) -> Bilingual:
    if name in _OWN:
        return _OWN[name]
    label = as_map(value_at(document, ("form", "fields", name, "label")))
    return Bilingual(f"“{label.get('vi') or name}”", f"“{label.get('en') or name}”")
