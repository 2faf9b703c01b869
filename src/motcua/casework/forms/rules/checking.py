"""What a schema of documents cannot see: names, places, kinds, expressions, circles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import jsonschema_rs

from motcua.casework.expressions.public import (
    ExpressionError,
    check,
    compile_expression,
    find_cycle,
)
from motcua.casework.forms.rules.definition import TODAY, FormProblem
from motcua.casework.forms.rules.kinds import EXPRESSION_KINDS, kind_of, resolve
from motcua.foundation.errors import Bilingual

Json = Mapping[str, Any]

_KINDS_OF: Final[Mapping[str, frozenset[str]]] = {
    "number": frozenset({"integer", "number"}),
    "money": frozenset({"integer"}),
    "checkbox": frozenset({"boolean"}),
    "checkboxes": frozenset({"array"}),
    "file": frozenset({"array"}),
    "repeat": frozenset({"array"}),
    "address": frozenset({"object"}),
    "radio": frozenset({"string", "integer", "boolean"}),
    "select": frozenset({"string", "integer"}),
}
_TEXT_ONLY: Final = frozenset({"string"})
_CHOOSING: Final = frozenset({"select", "radio", "checkboxes"})
# Reserved by CEL, or the names of its types.
_RESERVED: Final = frozenset(
    {"true", "false", "null", "in", "as", "break", "const", "continue", "else", "for"}
    | {"function", "if", "import", "let", "loop", "package", "namespace", "return", "var"}
    | {"void", "while", "int", "uint", "double", "bool", "string", "bytes", "list", "map"}
    | {"type", "null_type"}
)


def semantic_problems(document: Json) -> tuple[FormProblem, ...]:
    """Problems of a document whose shape is right."""
    try:
        jsonschema_rs.meta.validate(document["schema"])
    except jsonschema_rs.ValidationError as error:
        path = "/".join(["schema", *map(str, error.instance_path)])
        return (_problem(path, "không phải JSON Schema hợp lệ", "is no valid JSON Schema"),)
    found = [*_fields(document), *_places(document), *_rule_fields(document)]
    return tuple(found) or (*_expressions(document), *_circles(document))


def _problem(path: str, vi: str, en: str) -> FormProblem:
    return FormProblem(path, Bilingual(f"{vi}.", f"{en}."))


def _fields(document: Json) -> Iterator[FormProblem]:
    root: Json = document["schema"]
    properties: Json = root["properties"]
    for name in properties.keys() - document["fields"].keys():
        yield _problem(f"schema/properties/{name}", "chưa mô tả ở fields", "is not in fields")
    for name in [n for n in root.get("required", ()) if n not in properties]:
        yield _problem(f"schema/required/{name}", "không có trường này", "there is no such field")
    for name in document.get("variables", {}).keys() & document["fields"].keys():
        yield _problem(f"variables/{name}", "trùng tên với một trường", "is the name of a field")
    for name, raw in document["fields"].items():
        path = f"fields/{name}"
        if name not in properties:
            yield _problem(path, "chưa có trong schema/properties", "is not in schema/properties")
        else:
            yield from _field(path, name, raw, properties[name], root, nested=False)


def _field(
    path: str, name: str, raw: Json, declared: Json, root: Json, *, nested: bool
) -> Iterator[FormProblem]:
    if name in _RESERVED or name == TODAY:
        yield _problem(path, "tên này dành riêng, hãy chọn tên khác", "the name is reserved")
    try:
        schema = resolve(declared, root)
    except (KeyError, TypeError):
        yield _problem(path, "$ref không dẫn tới đâu", "its $ref leads nowhere")
        return
    kind = kind_of(schema, raw["widget"])
    allowed = _KINDS_OF.get(raw["widget"], _TEXT_ONLY)
    if kind not in allowed:
        yield _problem(
            path,
            f"kiểu {kind} không hợp với dạng nhập {raw['widget']}",
            f"the kind {kind} does not suit the widget {raw['widget']}",
        )
    if raw["widget"] in _CHOOSING and not raw.get("options") and not raw.get("options_from"):
        yield _problem(path, "thiếu options hoặc options_from", "lacks options or options_from")
    yield from _parts(path, raw, schema, root, nested=nested)


def _parts(
    path: str, raw: Json, schema: Json, root: Json, *, nested: bool
) -> Iterator[FormProblem]:
    parted = raw["widget"] in {"repeat", "address"}
    if parted != bool(raw.get("fields")) or (parted and nested):
        yield _problem(
            f"{path}/fields",
            "chỉ dạng repeat và address ở tầng ngoài có trường con, và phải có",
            "repeat and address at the top, and only they, have fields inside",
        )
        return
    if nested:
        for key in raw.keys() & {"visible", "required_when", "calculated", "prefill"}:
            yield _problem(f"{path}/{key}", "không dùng trong trường con", "not inside a field")
    if not parted:
        return
    owner = resolve(schema.get("items", {}), root) if raw["widget"] == "repeat" else schema
    for name, part in raw["fields"].items():
        declared = owner.get("properties", {}).get(name)
        if declared is None:
            yield _problem(f"{path}/fields/{name}", "chưa có trong schema", "is not in the schema")
        else:
            yield from _field(f"{path}/fields/{name}", name, part, declared, root, nested=True)


def _entries(document: Json) -> Iterator[tuple[str, str, Json]]:
    for number, step in enumerate(document["steps"]):
        for position, entry in enumerate(step["fields"]):
            said: Json = {"id": entry} if isinstance(entry, str) else entry
            yield f"steps/{number}/fields/{position}", said["id"], said


def _places(document: Json) -> Iterator[FormProblem]:
    seen: set[str] = set()
    for path, name, _ in _entries(document):
        if name not in document["fields"]:
            yield _problem(path, f"không có trường “{name}”", f"there is no field “{name}”")
        if name in seen:
            yield _problem(path, f"trường “{name}” đứng hai nơi", f"“{name}” stands twice")
        seen.add(name)
    for name, raw in document["fields"].items():
        if name not in seen and "calculated" not in raw:
            yield _problem(f"fields/{name}", "không thuộc bước nào", "stands in no step")
    ids = [step["id"] for step in document["steps"]]
    for number, step_id in enumerate(ids):
        if step_id in ids[:number]:
            yield _problem(f"steps/{number}", "trùng mã bước", "the step id is used twice")


def _rule_fields(document: Json) -> Iterator[FormProblem]:
    for number, rule in enumerate(document.get("rules", ())):
        for name in rule["fields"]:
            if name not in document["fields"]:
                yield _problem(
                    f"rules/{number}/fields", f"không có trường “{name}”", f"no field “{name}”"
                )


def _sources(document: Json) -> Iterator[tuple[str, str]]:
    for name, raw in document["fields"].items():
        for key in ("visible", "required_when", "calculated"):
            if key in raw:
                yield f"fields/{name}/{key}", raw[key]
    for path, _, said in _entries(document):
        for key in ("visible", "required_when"):
            if key in said:
                yield f"{path}/{key}", said[key]
    for number, step in enumerate(document["steps"]):
        if "visible" in step:
            yield f"steps/{number}/visible", step["visible"]
    for number, rule in enumerate(document.get("rules", ())):
        yield f"rules/{number}/when", rule["when"]


def _expressions(document: Json) -> Iterator[FormProblem]:
    root: Json = document["schema"]
    known = {
        name: EXPRESSION_KINDS[kind_of(resolve(root["properties"][name], root), raw["widget"])]
        for name, raw in document["fields"].items()
    }
    known |= {TODAY: "string", **document.get("variables", {})}
    for problem in check(dict(_sources(document)), known):
        yield FormProblem(
            f"{problem.name} ({problem.place.line}:{problem.place.column})", problem.message
        )


def _circles(document: Json) -> Iterator[FormProblem]:
    reads: dict[str, set[str]] = {name: set() for name in document["fields"]}

    def add(name: str, source: str | None) -> None:
        if source:
            try:
                reads[name] |= compile_expression(source).names & reads.keys()
            except ExpressionError:
                return  # told by _expressions

    for name, raw in document["fields"].items():
        add(name, raw.get("visible"))
        add(name, raw.get("calculated"))
    for path, name, said in _entries(document):
        add(name, said.get("visible"))
        add(name, document["steps"][int(path.split("/")[1])].get("visible"))
    if circle := find_cycle(reads):
        way = " → ".join((*circle, circle[0]))
        yield _problem(
            f"fields/{circle[0]}",
            f"các trường phụ thuộc vòng tròn vào nhau: {way}",
            f"the fields depend on each other in a circle: {way}",
        )
