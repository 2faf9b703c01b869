"""Changing a process by its table of steps, and drawing what can be drawn of it. Pure."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, Final

from motcua.casework.workflow.public import read_document, to_bpmn
from motcua.foundation.errors import Bilingual
from motcua.subsystems.procedure_editor.rules.documents import Document, as_map, as_rows
from motcua.subsystems.procedure_editor.rules.process_words import ROLE_NAMES

NOT_HOURS: Final = Bilingual("Nhập số giờ lớn hơn 0.", "Type hours above 0.")
NO_ROLE: Final = Bilingual("Chọn vai trò trong danh sách.", "Choose a role of the list.")
NO_NAME: Final = Bilingual("Điền tên bước.", "Name the step.")


def held_steps(process: object) -> list[Document]:
    """The steps somebody works on, in the order of the document."""
    steps = as_rows(as_map(process).get("steps"))
    return [step for step in steps if step.get("kind") not in {"join", "end"}]


def with_table(
    process: Document, typed: Mapping[str, str]
) -> tuple[Document, dict[str, Bilingual]]:
    """The process with names, roles, units and hours of its steps as typed in the table.

    Controls are named ``<step>.name``, ``.name_en``, ``.role``, ``.unit``, ``.hours``; a
    control that was not posted leaves its fact alone.
    """
    changed, errors = copy.deepcopy(process), dict[str, Bilingual]()
    for step in held_steps(changed):
        name = str(step.get("id") or "")
        given = {key: typed.get(f"{name}.{key}", "").strip() for key in _FACTS}
        if f"{name}.role" not in typed:
            continue
        if not given["name"]:
            errors[f"{name}.name"] = NO_NAME
        step["name"] = {"vi": given["name"], "en": given["name_en"] or given["name"]}
        if given["role"] not in ROLE_NAMES:
            errors[f"{name}.role"] = NO_ROLE
        step["role"], step["unit"] = given["role"], given["unit"]
        hours = _hours(given["hours"])
        if given["hours"] and hours is None:
            errors[f"{name}.hours"] = NOT_HOURS
        step.pop("hours", None)
        if hours is not None:
            step["hours"] = hours
    return changed, errors


_FACTS: Final = ("name", "name_en", "role", "unit", "hours")


def _hours(text: str) -> float | None:
    try:
        hours = float(text.replace(",", "."))
    except ValueError:
        return None
    if not 0 < hours < 100_000:
        return None
    return int(hours) if hours == int(hours) else hours


def whole_hours(process: Document) -> Document:
    """The process with 8 hours written 8, not 8.0: what a drawing means equals what it was."""
    for step in as_rows(process.get("steps")):
        hours: Any = step.get("hours")
        if isinstance(hours, float) and hours.is_integer():
            step["hours"] = int(hours)
    return process


def drawing(process: object) -> str | None:
    """The process as BPMN with places worked out, or None where it is too broken to draw."""
    typed = read_document(process)
    if isinstance(typed, list):
        return None
    try:
        return to_bpmn(typed)
    except (LookupError, ValueError, RecursionError, StopIteration, RuntimeError):
        # Layout follows the ways of a sound process; one in pieces may lead nowhere.
        return None


def hours_in_all(process: object) -> float:
    """The sum of all steps' hours, of the applicant's none; for a glance, not for the law."""
    total = 0.0
    for step in held_steps(process):
        hours: Any = step.get("hours")
        if isinstance(hours, int | float) and step.get("role") != "applicant":
            total += hours
    return total
