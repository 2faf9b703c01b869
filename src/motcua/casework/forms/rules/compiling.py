"""From a form document to a :class:`FormDefinition`, or to the list of what is wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any, Final, cast

import jsonschema_rs

from motcua.casework.expressions.public import (
    Expression,
    compile_expression,
    evaluation_order,
)
from motcua.casework.forms.rules.checking import semantic_problems
from motcua.casework.forms.rules.definition import (
    NOTHING,
    BrokenForm,
    Field,
    FormDefinition,
    FormProblem,
    Option,
    Rule,
    Step,
)
from motcua.casework.forms.rules.document_schema import DOCUMENT_SCHEMA
from motcua.casework.forms.rules.kinds import build_validator, kind_of, resolve
from motcua.foundation.errors import Bilingual

Json = Mapping[str, Any]

_SHAPE: Final = jsonschema_rs.Draft202012Validator(DOCUMENT_SCHEMA)
_KEPT: Final = 256
_compiled: OrderedDict[str, FormDefinition] = OrderedDict()
_lock: Final = Lock()


def checksum_of(document: Json) -> str:
    """SHA-256 of the document's canonical JSON: equal documents, equal checksums."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def check_form(document: Json) -> tuple[FormProblem, ...]:
    """Everything that forbids publishing the document, with places; empty when all is well."""
    shape = tuple(
        FormProblem(
            "/".join(map(str, error.instance_path)) or "(document)",
            Bilingual(f"cấu trúc chưa đúng ({error.message}).", f"wrong shape ({error.message})."),
        )
        for error in _SHAPE.iter_errors(document)
    )
    return shape or semantic_problems(document)


def compile_form(document: Json, checksum: str = "") -> FormDefinition:
    """The definition of a form document; the 256 last used are kept ready by checksum.

    Args:
        checksum: of the document, when the caller has it stored beside an immutable
            published version; otherwise it is computed.

    Raises:
        BrokenForm: with every problem and its place.
    """
    key = checksum or checksum_of(document)
    with _lock:
        if found := _compiled.get(key):
            _compiled.move_to_end(key)
            return found
    if problems := check_form(document):
        raise BrokenForm(problems)
    made = _build(document, key)
    with _lock:
        _compiled[key] = made
        while len(_compiled) > _KEPT:
            _compiled.popitem(last=False)
    return made


def _build(document: Json, checksum: str) -> FormDefinition:
    placed = _placements(document)
    schema = cast("Json", document["schema"])
    required = frozenset(schema.get("required", ()))
    fields = {
        name: _field(
            name,
            raw,
            schema["properties"][name],
            schema,
            required=name in required,
            place=placed.get(name, {}),
        )
        for name, raw in document["fields"].items()
    }
    graph = {
        name: frozenset().union(*(e.names for e in _determining(field))) & fields.keys()
        for name, field in fields.items()
    }
    return FormDefinition(
        id=document["id"],
        version=document["version"],
        title=_text(document["title"]),
        checksum=checksum,
        steps=tuple(_step(raw) for raw in document["steps"]),
        fields=fields,
        rules=tuple(
            Rule(
                raw["id"],
                compile_expression(raw["when"]),
                _text(raw["message"]),
                tuple(raw["fields"]),
            )
            for raw in document.get("rules", ())
        ),
        order=evaluation_order(graph),
        variables=document.get("variables", {}),
        validator=build_validator(schema, fields),
    )


def _determining(field: Field) -> tuple[Expression, ...]:
    return (*field.conditions, *((field.calculated,) if field.calculated else ()))


def _placements(document: Json) -> dict[str, dict[str, list[str]]]:
    """What steps say about their fields: conditions of the step and of the entry."""
    found: dict[str, dict[str, list[str]]] = {}
    for step in document["steps"]:
        for entry in step["fields"]:
            name = entry if isinstance(entry, str) else entry["id"]
            said: Json = {} if isinstance(entry, str) else entry
            found[name] = {
                "visible": [s for s in (step.get("visible"), said.get("visible")) if s],
                "required_when": [said["required_when"]] if "required_when" in said else [],
            }
    return found


def _field(
    name: str,
    raw: Json,
    declared: Json,
    root: Json,
    *,
    required: bool,
    place: Mapping[str, list[str]],
) -> Field:
    schema = resolve(declared, root)
    visible = [*place.get("visible", ()), *((raw["visible"],) if "visible" in raw else ())]
    needed = [
        *place.get("required_when", ()),
        *((raw["required_when"],) if "required_when" in raw else ()),
    ]
    either = " || ".join(f"({source})" for source in needed)
    return Field(
        id=name,
        kind=kind_of(schema, raw["widget"]),
        widget=raw["widget"],
        label=_text(raw["label"]),
        hint=_text(raw.get("hint")),
        why=_text(raw.get("why")),
        schema=schema,
        required=required,
        options=tuple(
            Option(o["value"], _text(o["label"]), _text(o.get("hint")))
            for o in raw.get("options", ())
        ),
        options_from=raw.get("options_from", ""),
        conditions=tuple(compile_expression(source) for source in visible),
        required_when=compile_expression(either) if either else None,
        calculated=compile_expression(raw["calculated"]) if "calculated" in raw else None,
        prefill=raw.get("prefill", ""),
        section=_text(raw.get("section")),
        unit=_text(raw.get("unit")),
        autocomplete=raw.get("autocomplete", ""),
        accept=raw.get("accept", ""),
        messages={kind: _text(text) for kind, text in raw.get("messages", {}).items()},
        parts=_parts(raw, schema, root),
    )


def _parts(raw: Json, schema: Json, root: Json) -> tuple[Field, ...]:
    rows = raw["widget"] == "repeat"
    owner = resolve(schema.get("items", {}), root) if rows else schema
    required = frozenset(owner.get("required", ()))
    return tuple(
        _field(name, part, owner["properties"][name], root, required=name in required, place={})
        for name, part in raw.get("fields", {}).items()
    )


def _step(raw: Json) -> Step:
    names = tuple(entry if isinstance(entry, str) else entry["id"] for entry in raw["fields"])
    return Step(raw["id"], _text(raw["title"]), _text(raw.get("hint")), names)


def _text(raw: Json | None) -> Bilingual:
    return Bilingual(raw["vi"], raw["en"]) if raw else NOTHING
