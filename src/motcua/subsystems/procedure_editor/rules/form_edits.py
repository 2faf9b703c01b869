"""Changing an e-form: steps and fields are added, moved, described, taken away. Pure.

A form holds a field in three places (schema, words, steps); each edit keeps them together.
What an edit does not speak of stays as the author of the document wrote it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from motcua.foundation.errors import Bilingual
from motcua.foundation.folding import fold
from motcua.subsystems.procedure_editor.rules.documents import (
    Document,
    as_map,
    as_rows,
    moved,
)

WIDGETS: Final[tuple[tuple[str, Bilingual], ...]] = (
    ("text", Bilingual("Một dòng chữ", "A line of text")),
    ("textarea", Bilingual("Nhiều dòng chữ", "Several lines")),
    ("number", Bilingual("Số", "A number")),
    ("money", Bilingual("Số tiền (đồng)", "An amount (đồng)")),
    ("date", Bilingual("Ngày", "A date")),
    ("radio", Bilingual("Chọn một (hiện hết)", "One choice, all shown")),
    ("select", Bilingual("Chọn một (danh sách)", "One choice of a list")),
    ("checkboxes", Bilingual("Chọn nhiều", "Several choices")),
    ("checkbox", Bilingual("Một ô phải đánh dấu", "A box that must be ticked")),
    ("identity", Bilingual("Số định danh cá nhân", "Identification number")),
    ("phone", Bilingual("Số điện thoại", "Phone number")),
    ("email", Bilingual("Thư điện tử", "E-mail address")),
    ("address", Bilingual("Địa chỉ", "Address")),
    ("file", Bilingual("Tệp đính kèm", "Files")),
    ("repeat", Bilingual("Danh sách nhiều dòng", "A list of entries")),
)
CHOOSING: Final = frozenset({"radio", "select", "checkboxes"})
_SCHEMAS: Final[Mapping[str, Document]] = {
    "text": {"type": "string", "maxLength": 200},
    "textarea": {"type": "string", "maxLength": 2000},
    "number": {"type": "integer", "minimum": 0},
    "money": {"type": "integer", "minimum": 0},
    "checkbox": {"type": "boolean", "const": True},
    "checkboxes": {"type": "array", "uniqueItems": True, "items": {"type": "string"}},
    "file": {"type": "array", "items": {"type": "string"}, "maxItems": 5},
    "address": {
        "type": "object",
        "additionalProperties": False,
        "required": ["commune", "line"],
        "properties": {
            "commune": {"type": "string", "pattern": "^[0-9]{5}$"},
            "line": {"type": "string", "minLength": 1, "maxLength": 200},
        },
    },
    "repeat": {
        "type": "array",
        "maxItems": 20,
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["name"],
            "properties": {"name": {"type": "string", "minLength": 1, "maxLength": 200}},
        },
    },
}
_PARTS: Final[Mapping[str, Document]] = {
    "address": {
        "commune": {
            "label": {"vi": "Phường, xã, đặc khu", "en": "Ward, commune or zone"},
            "widget": "select",
            "options_from": "communes",
        },
        "line": {
            "label": {"vi": "Số nhà, đường, khu phố hoặc ấp", "en": "House number, street, hamlet"},
            "widget": "text",
        },
    },
    "repeat": {"name": {"label": {"vi": "Tên", "en": "Name"}, "widget": "text"}},
}
_FIRST_OPTIONS: Final = [
    {"value": "yes", "label": {"vi": "Có", "en": "Yes"}},
    {"value": "no", "label": {"vi": "Không", "en": "No"}},
]
_LIMITS: Final = {
    "min_length": "minLength", "max_length": "maxLength", "minimum": "minimum",
    "maximum": "maximum", "pattern": "pattern",
}  # fmt: skip
_WORDS: Final = (
    "label", "hint", "why", "unit", "section", "widget", "options", "options_from", "visible",
    "required_when", "calculated", "prefill", "autocomplete", "accept",
)  # fmt: skip


def new_id(label: str, taken: Collection[object], otherwise: str = "field") -> str:
    """An id made of a label, free among those taken: ``Họ và tên`` gives ``ho_va_ten``."""
    base = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:34].strip("_")
    if not base or not base[0].isalpha():
        base = otherwise
    name, number = base, 2
    while name in taken:
        name, number = f"{base}_{number}", number + 1
    return name


def entry_id(entry: object) -> str:
    """The id of an entry of a step, which is an id or an object with one."""
    return entry if isinstance(entry, str) else str(as_map(entry).get("id") or "")


def add_step(form: Document, title: Mapping[str, str]) -> Document:
    """A new step with one question in it: a step may not be empty."""
    changed = copy.deepcopy(form)
    steps = changed.setdefault("steps", [])
    step_id = new_id(title["vi"], [row.get("id") for row in as_rows(steps)], "step")
    steps.append({"id": step_id, "title": dict(title), "fields": []})
    return add_field(changed, len(steps) - 1, "text", {"vi": "Câu hỏi mới", "en": "New question"})


def add_field(
    form: Document, step: int, widget: str, label: Mapping[str, str], after: str = ""
) -> Document:
    """A new question at the end of a step, or behind another one; it must be answered."""
    changed = copy.deepcopy(form)
    schema = changed.setdefault("schema", {"type": "object"})
    properties = schema.setdefault("properties", {})
    name = new_id(label["vi"], properties)
    properties[name] = copy.deepcopy(dict(_SCHEMAS.get(widget, {"type": "string"})))
    schema.setdefault("required", []).append(name)
    words: Document = {"label": dict(label), "widget": widget}
    if widget in CHOOSING:
        words["options"] = copy.deepcopy(_FIRST_OPTIONS)
    if widget in _PARTS:
        words["fields"] = copy.deepcopy(dict(_PARTS[widget]))
    changed.setdefault("fields", {})[name] = words
    entries = changed["steps"][step]["fields"]
    names = [entry_id(entry) for entry in entries]
    entries.insert(names.index(after) + 1 if after in names else len(entries), name)
    return changed


def remove_field(form: Document, name: str) -> Document:
    """Take a question away everywhere; a step left empty goes too."""
    changed = copy.deepcopy(form)
    schema = as_map(changed.get("schema"))
    as_map(schema.get("properties")).pop(name, None)
    schema["required"] = [other for other in schema.get("required", ()) if other != name]
    as_map(changed.get("fields")).pop(name, None)
    for step in as_rows(changed.get("steps")):
        step["fields"] = [entry for entry in step["fields"] if entry_id(entry) != name]
    if len(as_rows(changed.get("steps"))) > 1:
        changed["steps"] = [step for step in changed["steps"] if step["fields"]]
    kept: list[Document] = []
    for rule in as_rows(changed.get("rules")):
        rule["fields"] = [other for other in rule.get("fields", ()) if other != name]
        kept += [rule] if rule["fields"] else []
    if "rules" in changed:
        changed["rules"] = kept
    return changed


def remove_step(form: Document, step: int) -> Document:
    """Take a step away with all its questions. The last step stays."""
    steps = as_rows(form.get("steps"))
    if len(steps) < 2 or not 0 <= step < len(steps):
        return form
    changed = form
    for entry in steps[step]["fields"]:
        changed = remove_field(changed, entry_id(entry))
    return changed


def move_step(form: Document, step: int, by: int) -> Document:
    """A step earlier or later."""
    return {**form, "steps": moved(copy.deepcopy(form["steps"]), step, by)}


def move_field(form: Document, name: str, by: int) -> Document:
    """A question up or down; beyond the edge of its step it goes into the next one."""
    changed = copy.deepcopy(form)
    steps = changed["steps"]
    for number, step in enumerate(steps):
        names = [entry_id(entry) for entry in step["fields"]]
        if name not in names:
            continue
        index = names.index(name)
        if 0 <= index + by < len(names):
            step["fields"] = moved(step["fields"], index, by)
        elif 0 <= number + by < len(steps) and len(names) > 1:
            entry = step["fields"].pop(index)
            target = steps[number + by]["fields"]
            target.insert(len(target) if by < 0 else 0, entry)
        break
    return changed


def facts_of_field(form: Document, name: str) -> Document:
    """A question as one flat set of facts, for its page."""
    words = as_map(as_map(form.get("fields")).get(name))
    schema = as_map(as_map(as_map(form.get("schema")).get("properties")).get(name))
    facts = {key: words[key] for key in _WORDS if key in words}
    facts |= {key: schema[said] for key, said in _LIMITS.items() if said in schema}
    facts["required"] = name in as_map(form.get("schema")).get("required", ())
    facts["message"] = as_map(words.get("messages")).get("pattern")
    facts["whole"] = schema.get("type") != "number"
    if "fields" in words:
        facts["parts"] = {"fields": words["fields"], "schema": schema}
    return facts


def with_field(form: Document, name: str, facts: Document) -> Document:
    """The form with a question's facts put back; see :func:`facts_of_field`."""
    changed = copy.deepcopy(form)
    words, schema = changed["fields"][name], changed["schema"]["properties"][name]
    widget = facts.get("widget", words["widget"])
    if widget != words["widget"]:
        schema = copy.deepcopy(dict(_SCHEMAS.get(widget, {"type": "string"})))
        words.pop("fields", None)
        if widget in _PARTS:
            words["fields"] = copy.deepcopy(dict(_PARTS[widget]))
        if widget in CHOOSING and not facts.get("options") and not facts.get("options_from"):
            facts = {**facts, "options": copy.deepcopy(_FIRST_OPTIONS)}
    elif "parts" in facts:
        parts = as_map(facts["parts"])
        words["fields"] = parts.get("fields", words.get("fields"))
        schema = as_map(parts.get("schema")) or schema
    for key in _WORDS:
        _set(words, key, facts.get(key))
    if widget not in CHOOSING:
        words.pop("options", None)
    _limit(schema, widget, facts)
    messages = as_map(words.get("messages"))
    _set(messages, "pattern", facts.get("message"))
    _set(words, "messages", messages or None)
    changed["schema"]["properties"][name] = schema
    required = [other for other in changed["schema"].get("required", ()) if other != name]
    changed["schema"]["required"] = [*required, name] if facts.get("required") else required
    return changed


def _limit(schema: Document, widget: str, facts: Document) -> None:
    """What a valid answer is, in the words of JSON Schema."""
    for key, said in _LIMITS.items():
        if key in facts or said in schema:
            _set(schema, said, facts.get(key))
    if widget == "number":
        schema["type"] = "integer" if facts.get("whole", True) else "number"
    values = [option["value"] for option in as_rows(facts.get("options"))]
    if "enum" in schema and values:
        schema["enum"] = values
    inside = as_map(schema.get("items"))
    if widget == "checkboxes" and "enum" in inside and values:
        inside["enum"] = values


def _set(target: Document, key: str, value: Any) -> None:
    """Keep a value; an empty one is left out, as the format wants it."""
    if value is None or value in ("", [], {}):
        target.pop(key, None)
    else:
        target[key] = value
