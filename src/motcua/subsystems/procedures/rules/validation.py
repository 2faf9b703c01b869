"""Whether a package may be published: its shape, its names, its citations, its process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

import jsonschema_rs

from motcua.casework.expressions.public import check
from motcua.foundation.errors import Bilingual
from motcua.subsystems.procedures.rules.cases import variables
from motcua.subsystems.procedures.rules.dated import Document, Package
from motcua.subsystems.procedures.rules.package_schema import PACKAGE_SCHEMA
from motcua.subsystems.procedures.rules.process_check import process_problems
from motcua.subsystems.procedures.rules.shape_words import shape_words

_SHAPE: Final = jsonschema_rs.Draft202012Validator(PACKAGE_SCHEMA)
_KINDS: Final = {
    "string": "string",
    "integer": "int",
    "number": "double",
    "boolean": "bool",
    "array": "list",
    "object": "map",
}

RESULT_NAMES: Final = (
    "results",
    "text",
    "values",
    "agency_name",
    "authority_name",
    "dossier_code",
    "valid_until",
    "from_month",
    "officer_note",
)
"""What the map ``result.data`` may read besides the answers: ``text`` holds them in words.

``results`` is what the answers of a group's members may read."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a package, and where: ``fees/0/when``."""

    place: str
    message: Bilingual


def validate_package(package: Package) -> tuple[Problem, ...]:
    """Everything that forbids publishing the package; empty when all is well.

    The form is compiled by ``forms``, the process by ``workflow``; expressions are
    checked against the form's fields and the names in
    :func:`~motcua.subsystems.procedures.rules.cases.variables`.
    """
    shape = tuple(
        _problem("/".join(map(str, error.instance_path)) or "package", words.vi, words.en)
        for error in _SHAPE.iter_errors(package)
        for words in (shape_words(error),)
    )
    if shape:
        return shape
    return (
        *_form_problems(package),
        *_ids(package),
        *_citations(package),
        *_names(package),
        *_expressions(package),
        *_limits(package),
        *_group_or_process(package),
    )


def _group_or_process(package: Package) -> Iterator[Problem]:
    """A group is handled by its members' processes and has none itself; others have one."""
    members = package.get("group", {}).get("members", ())
    if bool(members) == ("process" in package):
        yield _problem("process", "cần có quy trình, hoặc nhóm các việc", "a process or a group")
        return
    if not members:
        yield from (
            Problem(f"process/{place}", message) for place, message in process_problems(package)
        )
    before: set[str] = set()
    for index, member in enumerate(members):
        place = f"group/members/{index}"
        if member["id"] in before:
            yield _problem(f"{place}/id", "trùng mã", "the id is used twice")
        for name in member["after"]:
            if name not in before:
                yield _problem(
                    f"{place}/after", f"“{name}” phải đứng trước", f"“{name}” must stand before"
                )
        before.add(member["id"])


def _problem(place: str, vi: str, en: str) -> Problem:
    return Problem(place, Bilingual(f"{vi}.", f"{en}."))


def _form_problems(package: Package) -> Iterator[Problem]:
    from motcua.casework.forms.public import check_form

    for problem in check_form(package["form"]):
        yield Problem(f"form/{problem.path}", problem.message)


def _ids(package: Package) -> Iterator[Problem]:
    for part in ("cases", "components", "fees", "exemptions"):
        seen: set[str] = set()
        for index, row in enumerate(package[part]):
            if row["id"] in seen:
                yield _problem(f"{part}/{index}/id", "trùng mã", "the id is used twice")
            seen.add(row["id"])


def _citing(package: Package) -> Iterator[tuple[str, Document]]:
    for part in ("limits", "second_phase", "components", "fees", "exemptions", "requirements"):
        for index, row in enumerate(package.get(part, ())):
            yield f"{part}/{index}", row
    yield "first_answer", package["first_answer"]
    yield "extension", package["extension"]


def _citations(package: Package) -> Iterator[Problem]:
    """Each fact names a document that stands among the package's legal bases."""
    documents: list[str] = [row["document"] for row in package["legal_bases"]]
    for place, row in _citing(package):
        cited = row.get("legal_basis") or ""
        if not any(cited == name or cited.startswith(f"{name}, ") for name in documents):
            yield _problem(
                f"{place}/legal_basis",
                f"“{cited}” không có trong legal_bases",
                f"“{cited}” is not among legal_bases",
            )


def _names(package: Package) -> Iterator[Problem]:
    """References from one part to another lead somewhere."""
    fields: Any = package["form"]["fields"]
    fees = {row["id"] for row in package["fees"]}
    cases = {"*", *(row["id"] for row in package["cases"])}
    wrong = [
        *_missing("limits", "case", ([row["case"]] for row in package["limits"]), cases),
        *_missing("exemptions", "fees", (row["fees"] for row in package["exemptions"]), fees),
        *(("result/lines", name) for name in package["result"]["lines"] if name not in fields),
    ]
    if package["cases"][-1]["when"]:
        wrong.append(("cases", "last"))
    if package["supplement_policy"] == "fixed" and not package.get("supplement_days"):
        wrong.append(("supplement_days", "null"))
    if package["online_level"] == "partial" and not package.get("partial_reason"):
        wrong.append(("partial_reason", "null"))
    for place, value in wrong:
        yield _problem(place, f"giá trị không hợp lệ: {value}", f"does not fit: {value}")


def _missing(
    part: str, key: str, rows: Iterable[Iterable[str]], known: set[str]
) -> list[tuple[str, str]]:
    return [
        (f"{part}/{index}/{key}", name)
        for index, names in enumerate(rows)
        for name in names
        if name not in known
    ]


def _sources(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    keys = {
        "cases": ("when",),
        "components": ("required", "applies"),
        "fees": ("when", "quantity"),
        "exemptions": ("when",),
    }
    for part, names in keys.items():
        for index, row in enumerate(package[part]):
            for name in names:
                if isinstance(row.get(name), str) and row[name]:
                    found[f"{part}/{index}/{name}"] = row[name]
    for name in ("competent_commune", "competent_agency"):
        if package.get(name):
            found[name] = package[name]
    for index, member in enumerate(package.get("group", {}).get("members", ())):
        found |= dict(_computed(member.get("answers", {}), f"group/members/{index}/answers"))
    return found | dict(_computed(package["result"].get("data", {}), "result/data"))


def _computed(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """The expressions inside the map that fills the result: texts beginning with ``=``."""
    if isinstance(value, str):
        if value.startswith("="):
            yield place, value[1:].strip()
    elif isinstance(value, Mapping):
        inside = cast("Mapping[str, Any]", value)
        for key, part in inside.items():
            yield from _computed(part, f"{place}/{key}")
    elif isinstance(value, list):
        for index, part in enumerate(cast("list[Any]", value)):
            yield from _computed(part, f"{place}/{index}")


def known_names(package: Package) -> dict[str, str]:
    """The names expressions of a package may read, each with its kind."""
    properties: Any = package["form"]["schema"]["properties"]
    fields = {name: _KINDS.get(schema.get("type"), "dyn") for name, schema in properties.items()}
    reserved = dict.fromkeys(variables({}), "string") | {"applicant": "list"}
    return fields | reserved


def _expressions(package: Package) -> Iterator[Problem]:
    known = known_names(package) | dict.fromkeys(RESULT_NAMES, "dyn")
    for problem in check(_sources(package), known):
        place = f"{problem.name} ({problem.place.line}:{problem.place.column})"
        yield Problem(place, problem.message)


def _limits(package: Package) -> Iterator[Problem]:
    """On each day on which a limit begins or ends, every case has a limit on every channel."""
    start = package["valid_from"]
    days = {start, *(row["valid_from"] for row in package["limits"] if row["valid_from"] > start)}
    for day in sorted(days):
        rows = [r for r in package["limits"] if _holds_on(r, day)]
        for case in package["cases"]:
            for channel in package["channels"]:
                if not any(
                    row["case"] in {"*", case["id"]} and row["channel"] in {"*", channel}
                    for row in rows
                ):
                    yield _problem(
                        "limits",
                        f"không có thời hạn cho {case['id']}/{channel} từ {day}",
                        f"no limit for {case['id']}/{channel} from {day}",
                    )


def _holds_on(row: Document, day: str) -> bool:
    return row["valid_from"] <= day <= (row.get("valid_to") or "9999-12-31")
