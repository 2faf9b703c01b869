"""What kind of value a field holds, and the validator that checks all of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import jsonschema_rs

from motcua.casework.forms.rules.definition import Field

Json = Mapping[str, Any]

KINDS: Final = ("string", "integer", "number", "boolean", "array", "object")
_BY_WIDGET: Final = {
    "number": "number",
    "money": "integer",
    "checkbox": "boolean",
    "checkboxes": "array",
    "file": "array",
    "repeat": "array",
    "address": "object",
}
EXPRESSION_KINDS: Final = {
    "string": "string",
    "integer": "int",
    "number": "double",
    "boolean": "bool",
    "array": "list",
    "object": "map",
}

# What a widget means beyond its schema, unless the schema says it itself.
_IMPLIED: Final[Mapping[str, Json]] = {
    "date": {"format": "date"},
    "email": {"format": "email", "maxLength": 254},
    # A personal identification number has 12 digits: Luật Căn cước 26/2023/QH15, Điều 12.
    "identity": {"pattern": "^[0-9]{12}$"},
    "phone": {"pattern": r"^(0|\+?84)[0-9]{9,10}$"},
}


def resolve(schema: Json, root: Json) -> Json:
    """The schema with its local references (``#/$defs/…``) followed and merged.

    Raises:
        KeyError: the reference leads nowhere in the document.
    """
    seen: set[str] = set()
    while "$ref" in schema:
        pointer = str(schema["$ref"])
        if pointer in seen or not pointer.startswith("#/"):
            raise KeyError(pointer)
        seen.add(pointer)
        target: Any = root
        for key in pointer[2:].split("/"):
            target = target[key.replace("~1", "/").replace("~0", "~")]
        schema = {**target, **{k: v for k, v in schema.items() if k != "$ref"}}
    return schema


def kind_of(schema: Json, widget: str) -> str:
    """``string``, ``integer``, ``number``, ``boolean``, ``array`` or ``object``."""
    declared: Any = schema.get("type")
    if isinstance(declared, list):
        declared = next((kind for kind in declared if kind != "null"), None)  # pyright: ignore
    return declared if declared in KINDS else _BY_WIDGET.get(widget, "string")


def build_validator(root: Json, fields: Mapping[str, Field]) -> Any:
    """One validator for all answers; what is required is left to visibility.

    Patterns run on a linear-time engine, references stay inside the document.
    """
    properties = {name: _with_implied(root["properties"][name], f) for name, f in fields.items()}
    whole = {k: v for k, v in root.items() if k not in {"required", "properties"}}
    return jsonschema_rs.Draft202012Validator(
        {**whole, "type": "object", "properties": properties},
        validate_formats=True,
        retriever=_refuse,
        pattern_options=jsonschema_rs.RegexOptions(),
    )


def _with_implied(declared: Json, field: Field) -> Json:
    schema = dict(declared)
    if field.widget == "repeat":
        items = {"properties": {p.id: _with_implied({}, p) for p in field.parts}}
        return {"allOf": [schema, {"items": items}]}
    if field.parts:
        nested = {"properties": {p.id: _with_implied({}, p) for p in field.parts}}
        return {"allOf": [schema, nested]}
    implied = _IMPLIED.get(field.widget, {})
    added = {k: v for k, v in implied.items() if k not in field.schema}
    if field.options and not field.options_from and "enum" not in field.schema:
        added |= _among_options(field)
    return {"allOf": [schema, added]} if added else schema


def _among_options(field: Field) -> dict[str, Any]:
    values: list[Any] = [_as_kind(option.value, field.kind) for option in field.options]
    return {"items": {"enum": values}} if field.kind == "array" else {"enum": values}


def _as_kind(value: str, kind: str) -> Any:
    if kind == "boolean":
        return value == "true"
    return int(value) if kind == "integer" else value


def _refuse(uri: str) -> Any:
    raise ValueError(f"references stay inside the document: {uri}")
