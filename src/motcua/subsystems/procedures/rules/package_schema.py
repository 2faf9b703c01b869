"""The shape of a procedure package, as JSON Schema; what a schema cannot say is in validation."""

from __future__ import annotations

from typing import Any, Final

CHANNELS: Final = ("online", "counter", "post")
LIMIT_UNITS: Final = ("same_day", "hour", "working_hour", "working_day", "calendar_day")
POLICIES: Final = ("restart", "pause", "fixed")

Schema = dict[str, Any]

_STRING: Final[Schema] = {"type": "string"}
_FILLED: Final[Schema] = {"type": "string", "minLength": 1}
_TEXT: Final[Schema] = {"$ref": "#/$defs/text"}
_TEXTS: Final[Schema] = {"type": "array", "items": {"$ref": "#/$defs/saying"}}
_DATE: Final[Schema] = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_END: Final[Schema] = {"anyOf": [_DATE, {"type": "null"}]}
_ID: Final[Schema] = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$"}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_BOOL: Final[Schema] = {"type": "boolean"}
_CHANNEL: Final[Schema] = {"enum": list(CHANNELS)}
_MAYBE_TEXT: Final[Schema] = {"anyOf": [_TEXT, {"type": "null"}]}


def _object(required: str, properties: Schema) -> Schema:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


_DATED: Final[Schema] = {
    "legal_basis": _FILLED,
    "valid_from": _DATE,
    "valid_to": _END,
    "confirmed": _BOOL,
}

_LEGAL_BASIS: Final = _object(
    "document article title confirmed",
    {
        "document": _FILLED,
        "article": _STRING,
        "title": _TEXT,
        "url": _STRING,
        "valid_from": _END,
        "confirmed": _BOOL,
    },
)
_SPAN: Final[Schema] = {
    "amount": {"type": "integer", "minimum": 1},
    "unit": {"enum": list(LIMIT_UNITS)},
}
_LIMIT: Final = _object(
    "case channel amount unit legal_basis valid_from confirmed",
    {
        **_SPAN,
        **_DATED,
        "case": _FILLED,
        "channel": {"enum": ["*", *CHANNELS]},
        "after_1500": {"enum": ["next_working_day"]},
    },
)
_CASE: Final = _object(
    "id name when", {"id": _ID, "name": _TEXT, "when": _STRING, "legal_basis": _STRING}
)
_COMPONENT: Final = _object(
    "id name required original copies e_form accept legal_basis confirmed",
    {
        "id": _ID,
        "name": _TEXT,
        "required": {"anyOf": [_BOOL, _FILLED]},
        "applies": _STRING,
        "original": _COUNT,
        "copies": _COUNT,
        "e_form": _BOOL,
        "file_needed": _BOOL,
        "replaced_by_database": _MAYBE_TEXT,
        "accept": {"type": "array", "items": {"enum": ["pdf", "image"]}, "minItems": 1},
        "note": _MAYBE_TEXT,
        "legal_basis": _FILLED,
        "confirmed": _BOOL,
    },
)
_FEE: Final = _object(
    "id kind group name amount quantity setting when legal_basis valid_from confirmed",
    {
        **_DATED,
        "id": _ID,
        "kind": {"enum": ["le_phi", "phi"]},
        "group": _ID,
        "name": _TEXT,
        "amount": {"anyOf": [_COUNT, {"type": "null"}]},
        "quantity": _STRING,
        "setting": _STRING,
        "when": _STRING,
    },
)
_EXEMPTION: Final = _object(
    "id name fees when legal_basis valid_from confirmed",
    {**_DATED, "id": _ID, "name": _TEXT, "fees": {"type": "array", "items": _ID}, "when": _FILLED},
)
_PHASE: Final = _object(
    "amount unit name legal_basis valid_from confirmed", {**_SPAN, **_DATED, "name": _TEXT}
)
_MEMBER: Final = _object(
    "id procedure name after",
    {
        "id": _ID,
        "procedure": {"type": "string", "pattern": r"^\d\.\d{6}$"},
        "name": _TEXT,
        "after": {"type": "array", "items": _ID},
        "answers": {"type": "object"},
        "papers": {"type": "object", "additionalProperties": _ID},
    },
)
_RESULT: Final = _object(
    "id name template register notation lines",
    {
        "id": _ID,
        "code": _STRING,
        "name": _TEXT,
        "template": _FILLED,
        "title": _FILLED,
        "scans": {"type": "object", "additionalProperties": _ID},
        "register": _FILLED,
        "notation": _FILLED,
        "lines": {"type": "array", "items": _ID},
        "data": {"type": "object"},
        "values": {"type": "array", "items": {"type": "object"}},
    },
)


def _list(of: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": of, "minItems": least}


PACKAGE_SCHEMA: Final[Schema] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_object(
        "code version name field level decision valid_from life_events keywords who online_level "
        "decides legal_bases channels limits first_answer supplement_policy cases components fees "
        "exemptions form result requirements how rating extension",
        {
            "code": {"type": "string", "pattern": r"^\d\.\d{6}$"},
            "version": {"type": "integer", "minimum": 1},
            "name": _TEXT,
            "field": _FILLED,
            "level": {"enum": ["commune", "city"]},
            "decision": _STRING,
            "valid_from": _DATE,
            "valid_to": _END,
            "life_events": _list(_FILLED),
            "keywords": _list(_FILLED),
            "who": _TEXT,
            "online_level": {"enum": ["full", "partial", "none"]},
            "partial_reason": _MAYBE_TEXT,
            "competent_commune": _STRING,
            "competent_agency": _FILLED,
            "remote_area_rule": _BOOL,
            "second_phase": _list(_PHASE, 1),
            "group": _object("members", {"members": _list(_MEMBER, 2)}),
            "decides": {"enum": ["committee", "department", "city"]},
            "legal_bases": _list(_LEGAL_BASIS, 1),
            "channels": _list(_CHANNEL, 1),
            "channel_notes": {"type": "object", "additionalProperties": _TEXT},
            "limits": _list(_LIMIT, 1),
            "first_answer": _object("amount unit legal_basis", {**_SPAN, "legal_basis": _FILLED}),
            "supplement_policy": {"enum": list(POLICIES)},
            "supplement_days": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]},
            "supplement_unit": {"enum": ["working_day", "calendar_day"]},
            "supplement_basis": _STRING,
            "extension": _object(
                "allowed legal_basis form",
                {"allowed": _BOOL, "legal_basis": _FILLED, "form": _STRING},
            ),
            "cases": _list(_CASE, 1),
            "components": _list(_COMPONENT),
            "fees": _list(_FEE),
            "exemptions": _list(_EXEMPTION),
            "form": {"type": "object"},
            "process": {"type": "object"},
            "result": _RESULT,
            "requirements": _TEXTS,
            "how": _TEXTS,
            "rating": {"type": "object"},
        },
    ),
    "$defs": {
        "text": _object("vi en", {"vi": _FILLED, "en": _FILLED}),
        # A sentence shown to citizens; one that is not confirmed is kept from them.
        "saying": _object(
            "vi en", {"vi": _FILLED, "en": _FILLED, "legal_basis": _STRING, "confirmed": _BOOL}
        ),
    },
}
