"""From what was typed on an editing page to values of the package, and back. Pure."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast

from motcua.foundation.errors import Bilingual
from motcua.subsystems.procedure_editor.rules.documents import (
    MISSING,
    Document,
    as_rows,
    value_at,
    with_value,
)
from motcua.subsystems.procedure_editor.rules.specs import Spec

Typed = dict[str, Any]
_ID: Final = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
_EMPTY: Final[Mapping[str, Any]] = {"drop": MISSING, "null": None, "blank": ""}

NEEDED: Final = Bilingual("Chưa điền mục này.", "This is not filled in.")
BOTH: Final = Bilingual("Điền cả tiếng Việt và tiếng Anh.", "Fill in Vietnamese and English.")
NOT_A_NUMBER: Final = Bilingual(
    "Nhập một số nguyên, không âm.", "Type a whole number, not below 0."
)
NOT_A_DATE: Final = Bilingual("Nhập ngày theo lịch.", "Type a date of the calendar.")
NOT_AN_ID: Final = Bilingual(
    "Chỉ dùng chữ thường a–z, số và gạch dưới, bắt đầu bằng chữ.",
    "Use lower-case letters, digits and underscores only, a letter first.",
)
NOT_OFFERED: Final = Bilingual("Chọn một mục trong danh sách.", "Choose one of the list.")


class Posted(Protocol):
    """What Django's QueryDict offers of it."""

    def getlist(self, key: str, /) -> Any: ...
    def get(self, key: str, default: Any = None, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Fault(Exception):
    """What was typed cannot be taken."""

    text: Bilingual


def read_typed(specs: Sequence[Spec], posted: Posted) -> Typed:
    """Every control as typed, by its name; nothing is lost, nothing judged."""
    typed: Typed = {}
    for spec in specs:
        for name in names_of(spec):
            typed[name] = posted.getlist(name) if spec.kind == "checks" else posted.get(name, "")
    return typed


def names_of(spec: Spec) -> tuple[str, ...]:
    """The controls of one question."""
    if spec.kind == "text":
        return f"{spec.name}.vi", f"{spec.name}.en"
    return (spec.name, f"{spec.name}.when") if spec.kind == "need" else (spec.name,)


def apply_typed(
    specs: Sequence[Spec],
    typed: Typed,
    target: Document,
    offered: Mapping[str, Sequence[str]],
) -> tuple[Document, dict[str, Bilingual]]:
    """The facts with what was typed put in, and what is wrong with it by control.

    Args:
        offered: for each key, the values its list offers.
    """
    errors: dict[str, Bilingual] = {}
    for spec in specs:
        try:
            value = _value(spec, typed, offered.get(spec.key))
        except Fault as fault:
            errors[names_of(spec)[0]] = fault.text
            continue
        target = with_value(target, spec.key.split("/"), value)
    return target, errors


def typed_of(specs: Sequence[Spec], target: Document) -> Typed:
    """What the controls show for facts as they stand."""
    typed: Typed = {}
    for spec in specs:
        value = value_at(target, spec.key.split("/"))
        typed.update(_shown(spec, None if value is MISSING else value))
    return typed


def _shown(spec: Spec, value: Any) -> Typed:
    if spec.kind == "text":
        pair = cast("Mapping[str, str]", value or {})
        return {f"{spec.name}.vi": pair.get("vi", ""), f"{spec.name}.en": pair.get("en", "")}
    if spec.kind == "need":
        way = "when" if isinstance(value, str) else "always" if value else "never"
        return {spec.name: way, f"{spec.name}.when": value if isinstance(value, str) else ""}
    return {spec.name: _control_text(spec.kind, value)}


def _control_text(kind: str, value: Any) -> Any:
    shown: Any = "" if value is None else str(value)
    if kind == "checks":
        shown = list(value or ())
    elif kind == "words":
        shown = "\n".join(value or ())
    elif kind == "bool":
        shown = "on" if value else ""
    elif kind == "options":
        shown = "\n".join(
            f"{row['value']} | {row['label']['vi']} | {row['label']['en']}"
            for row in as_rows(value)
        )
    elif kind == "data" and value is not None:
        shown = json.dumps(value, ensure_ascii=False, indent=2)
    return shown


def _value(spec: Spec, typed: Typed, offered: Sequence[str] | None) -> Any:
    given = typed.get(spec.name, "")
    if spec.kind == "bool":
        return given == "on"
    if spec.kind in {"text", "need"}:
        return _pair(spec, typed) if spec.kind == "text" else _need(spec, typed)
    if spec.kind == "checks":
        return _several(spec, cast("list[str]", given), offered)
    text = str(given).replace("\r\n", "\n").strip()
    if spec.kind == "words":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if not text:
        if spec.empty == "refused":
            raise Fault(NEEDED)
        return _EMPTY[spec.empty]
    return _one(spec, text, offered)


def _one(spec: Spec, text: str, offered: Sequence[str] | None) -> Any:
    if spec.kind in {"int", "money"}:
        digits = text.replace(".", "").replace(" ", "") if spec.kind == "money" else text
        if not digits.isascii() or not digits.isdecimal() or len(digits) > 12:
            raise Fault(NOT_A_NUMBER)
        return int(digits)
    if spec.kind == "date":
        try:
            return dt.date.fromisoformat(text).isoformat()
        except ValueError:
            raise Fault(NOT_A_DATE) from None
    if spec.kind == "id" and not _ID.match(text):
        raise Fault(NOT_AN_ID)
    if spec.kind == "select" and offered is not None and text not in offered:
        raise Fault(NOT_OFFERED)
    if spec.kind == "options":
        return read_options(text)
    return read_json(text) if spec.kind == "data" else text


def read_options(text: str) -> list[Document]:
    """Choices, a line each: value, Vietnamese, English (the Vietnamese where it is left out).

    Raises :class:`Fault` that names the line.
    """
    found: list[Document] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        value, vi, en = ([part.strip() for part in line.split("|")] + ["", ""])[:3]
        if not value or not vi or value in {option["value"] for option in found}:
            raise Fault(
                Bilingual(
                    f"Dòng {number}: cần “mã | tiếng Việt | tiếng Anh”, mã không trùng.",
                    f"Line {number}: write “value | Vietnamese | English”, no value twice.",
                )
            )
        found.append({"value": value, "label": {"vi": vi, "en": en or vi}})
    return found


def read_json(text: str) -> Any:
    """A JSON value. Raises :class:`Fault` that names line and column."""
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        column = getattr(error, "colno", 1)
        raise Fault(
            Bilingual(
                f"Không phải JSON: dòng {line}, cột {column}.",
                f"Not JSON: line {line}, column {column}.",
            )
        ) from None


def _pair(spec: Spec, typed: Typed) -> Any:
    vi, en = (str(typed.get(f"{spec.name}.{code}", "")).strip() for code in ("vi", "en"))
    if not vi and not en and spec.empty != "refused":
        return _EMPTY[spec.empty]
    if not vi or not en:
        raise Fault(BOTH)
    return {"vi": vi, "en": en}


def _need(spec: Spec, typed: Typed) -> bool | str:
    way, when = typed.get(spec.name), str(typed.get(f"{spec.name}.when", "")).strip()
    if way == "when" and not when:
        raise Fault(Bilingual("Viết điều kiện.", "Write the condition."))
    if way not in {"always", "never", "when"}:
        raise Fault(NOT_OFFERED)
    return when if way == "when" else way == "always"


def _several(spec: Spec, given: list[str], offered: Sequence[str] | None) -> list[str]:
    if not given and spec.empty == "refused":
        raise Fault(Bilingual("Chọn ít nhất một mục.", "Choose at least one."))
    if offered is not None and not set(given) <= set(offered):
        raise Fault(NOT_OFFERED)
    return list(dict.fromkeys(given))
