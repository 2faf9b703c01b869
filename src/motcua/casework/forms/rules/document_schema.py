"""The shape of a form document, as JSON Schema; what a schema cannot say is in compiling."""

from __future__ import annotations

from typing import Any, Final

WIDGETS: Final = (
    "text", "textarea", "number", "date", "select", "radio", "checkbox", "checkboxes",
    "file", "address", "identity", "phone", "email", "money", "repeat",
)  # fmt: skip

FIELD_ID: Final = "^[a-z][a-z0-9_]{0,39}$"

_TEXT: Final = {"$ref": "#/$defs/text"}
_CEL: Final = {"type": "string", "minLength": 1}

_FIELD: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["label", "widget"],
    "additionalProperties": False,
    "properties": {
        "label": _TEXT,
        "hint": _TEXT,
        "why": _TEXT,
        "unit": _TEXT,
        "section": _TEXT,
        "widget": {"enum": list(WIDGETS)},
        "options": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["value", "label"],
                "properties": {"value": {"type": "string"}, "label": _TEXT, "hint": _TEXT},
                "additionalProperties": False,
            },
        },
        "options_from": {"type": "string"},
        "visible": _CEL,
        "required_when": _CEL,
        "calculated": _CEL,
        "prefill": {"type": "string", "pattern": "^[a-z_]+\\.[a-z0-9_.]+$"},
        "autocomplete": {"type": "string"},
        "accept": {"type": "string"},
        "messages": {"type": "object", "additionalProperties": _TEXT},
        "fields": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": FIELD_ID},
            "additionalProperties": {"$ref": "#/$defs/field"},
        },
    },
}

DOCUMENT_SCHEMA: Final[dict[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["id", "version", "title", "schema", "steps", "fields"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]{0,79}$"},
        "version": {"type": "string", "minLength": 1, "maxLength": 40},
        "title": _TEXT,
        "schema": {"type": "object", "required": ["properties"]},
        "variables": {
            "type": "object",
            "additionalProperties": {
                "enum": ["string", "int", "double", "bool", "list", "map", "dyn"]
            },
        },
        "steps": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/step"}},
        "fields": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": FIELD_ID},
            "additionalProperties": {"$ref": "#/$defs/field"},
        },
        "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
    },
    "$defs": {
        "text": {
            "type": "object",
            "required": ["vi", "en"],
            "properties": {"vi": {"type": "string"}, "en": {"type": "string"}},
            "additionalProperties": False,
        },
        "field": _FIELD,
        "step": {
            "type": "object",
            "required": ["id", "title", "fields"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string", "pattern": "^[a-z][a-z0-9_-]{0,39}$"},
                "title": _TEXT,
                "hint": _TEXT,
                "visible": _CEL,
                "fields": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "anyOf": [
                            {"type": "string"},
                            {
                                "type": "object",
                                "required": ["id"],
                                "additionalProperties": False,
                                "properties": {
                                    "id": {"type": "string"},
                                    "visible": _CEL,
                                    "required_when": _CEL,
                                },
                            },
                        ]
                    },
                },
            },
        },
        "rule": {
            "type": "object",
            "required": ["id", "when", "message", "fields"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string"},
                "when": _CEL,
                "message": _TEXT,
                "fields": {"type": "array", "minItems": 1, "items": {"type": "string"}},
            },
        },
    },
}
