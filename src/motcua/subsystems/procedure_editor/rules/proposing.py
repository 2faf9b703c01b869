"""What a package needs and an imported record never holds, proposed so that few decisions are left.

The catalogue says what a procedure is; it does not say what is asked on a form, who works on
it for how long, or how a result is numbered. For these there is a common answer, which
:func:`proposed` gives and its author changes. What only the law or a person can say (level,
who decides, kind of a charge, a limit that was not read) is left empty and stays a fault.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from motcua.foundation.folding import fold
from motcua.subsystems.procedure_editor.rules.documents import Document, as_map, as_rows
from motcua.subsystems.procedure_editor.rules.form_edits import add_field, add_step

_ACCENTS: Final = re.compile(r"[À-ỹ]")
_PAPER: Final = re.compile(r"^(giay|the|chung chi|phieu|ban sao)\b")
_ORGANISATION: Final = re.compile(r"doanh nghiep|to chuc|hop tac xa|co quan")
_PERSON: Final = re.compile(r"cong dan|ca nhan|nguoi ")
_COMMITTEE: Final = re.compile(r"^(chu tich )?(uy ban nhan dan|ubnd) (cap )?(xa|phuong)")
_CITY: Final = re.compile(r"^(chu tich )?(uy ban nhan dan|ubnd) (cap )?(tinh|thanh pho)")
_ALL_SHOWN: Final = 5
HOURS_PER_DAY: Final = 8
_LEAST: Final = 0.25


def proposed(document: Document, said: Mapping[str, Any]) -> Document:
    """The draft with the common answers put where it has none.

    Args:
        document: a draft filled up with the standing parts.
        said: what the record itself says of ``level``, ``decides`` and ``online_level``; None
            where it is silent, so that the standing parts' values do not pass for read ones.
            ``competent_agency`` is the code of the agency it names, if the city has it.
    """
    changed = copy.deepcopy(document)
    for key in ("level", "decides", "online_level"):
        changed[key] = said.get(key) or ""
    if said.get("competent_agency"):
        changed["competent_agency"] = f"'{said['competent_agency']}'"
    _bases(changed)
    _fees(changed)
    changed["form"] = _form(changed)
    _cases(changed)
    _hours(changed)
    _result(changed)
    return with_english(changed)


def who_decides(
    named: Iterable[str], level: str | None, departments: Mapping[str, str]
) -> tuple[str, str]:
    """Who decides as the record's own words say it: ``decides`` and the code of a department.

    Args:
        named: the agencies the record says carry the procedure out.
        departments: folded name of a department of the city → its code.

    Two empty texts where the words name nobody of the kind, or several.
    """
    found: set[tuple[str, str]] = set()
    for name in named:
        words = fold(name)
        if level == "commune":
            found.add(("committee", "") if _COMMITTEE.match(words) else ("", ""))
        elif level == "city":
            code = departments.get(words.removeprefix("giam doc "), "")
            city = ("city", "") if _CITY.match(words) else ("", "")
            found.add(("department", code) if code else city)
    return found.pop() if len(found) == 1 else ("", "")


def _bases(document: Document) -> None:
    """Each document has a title, at least its own number; every row rests on the first."""
    rows = as_rows(document.get("legal_bases"))
    for row in rows:
        if not as_map(row.get("title")).get("vi"):
            row["title"] = {"vi": row.get("document") or "", "en": ""}
    first = rows[0].get("document", "") if rows else ""
    for part in ("limits", "components", "fees", "exemptions", "requirements"):
        for row in as_rows(document.get(part)):
            row["legal_basis"] = row.get("legal_basis") or first
    extension = as_map(document.get("extension"))
    extension["legal_basis"] = extension.get("legal_basis") or first


def _fees(document: Document) -> None:
    """A charge is taken once, in a group of its own, by no rule of the city."""
    for row in as_rows(document.get("fees")):
        row["group"] = row.get("group") or "khac"
        for key in ("quantity", "setting"):
            row[key] = row.get(key) or ""


def _form(document: Document) -> Document:
    """The standing questions, and what is asked in every procedure: for whom, which case, what."""
    form = as_map(document.get("form"))
    who = fold(str(as_map(document.get("who")).get("vi") or ""))
    if _ORGANISATION.search(who):
        for label in (
            {"vi": "Tên tổ chức, doanh nghiệp", "en": "Name of the organisation"},
            {"vi": "Mã số doanh nghiệp hoặc mã số thuế", "en": "Enterprise or tax number"},
        ):
            form = add_field(form, 0, "text", label)
            if _PERSON.search(who):
                form["schema"]["required"].pop()  # a person may apply as well
    form = add_step(form, {"vi": "Nội dung đề nghị", "en": "What you ask for"})
    form["steps"].insert(-1, form["steps"].pop())
    return _asked(form, document)


def _asked(form: Document, document: Document) -> Document:
    """The step's one question becomes what is asked for; before it, which case it is."""
    step = form["steps"][-2]
    standing = step["fields"].pop()
    form["schema"]["properties"].pop(standing)
    form["schema"]["required"].remove(standing)
    form["fields"].pop(standing)
    place = len(form["steps"]) - 2
    cases = as_rows(document.get("cases"))
    if len(cases) > 1:
        widget = "radio" if len(cases) <= _ALL_SHOWN else "select"
        form = add_field(form, place, widget, {"vi": "Trường hợp của bạn", "en": "Your case"})
        form["fields"]["truong_hop_cua_ban"]["options"] = [
            {"value": str(row.get("id")), "label": _named(row, number)}
            for number, row in enumerate(cases, start=1)
        ]
    return add_field(form, place, "textarea", {"vi": "Nội dung đề nghị", "en": "What you ask for"})


def _named(case: Document, number: int) -> Document:
    vi = str(as_map(case.get("name")).get("vi") or "") or f"Trường hợp {number}"
    return {"vi": vi, "en": str(as_map(case.get("name")).get("en") or "") or vi}


def _cases(document: Document) -> None:
    """Each case is the one the applicant chose; the last needs no condition."""
    cases = as_rows(document.get("cases"))
    for number, row in enumerate(cases, start=1):
        row["name"] = _named(row, number)
        if number < len(cases) and not row.get("when"):
            row["when"] = f"truong_hop_cua_ban == '{row.get('id')}'"


def _hours(document: Document) -> None:
    """The steps after receipt share the shortest limit as the standing process shares a day."""
    shortest = shortest_limit(document)
    if shortest is None or shortest <= 0:
        return
    parts = {"hand_over": 1 / 8, "examine": 1 / 2, "sign": 1 / 4, "issue": 1 / 8, "refusal": 1 / 8}
    for step in as_rows(as_map(document.get("process")).get("steps")):
        share = parts.get(str(step.get("id")))
        if share is not None:
            hours = max(_LEAST, int(shortest * share / _LEAST) * _LEAST)
            step["hours"] = int(hours) if hours == int(hours) else hours


def shortest_limit(document: Document) -> float | None:
    """The shortest limit in working hours; None when none is stated in working time."""
    days = {"working_day": HOURS_PER_DAY, "same_day": HOURS_PER_DAY, "working_hour": 1}
    known = [
        row["amount"] * days[row["unit"]]
        for row in as_rows(document.get("limits"))
        if row.get("unit") in days and isinstance(row.get("amount"), int)
    ]
    return min(known) if known else None


def _result(document: Document) -> None:
    """A book of its own; a certificate where the result's name says so, else a letter."""
    result = as_map(document.get("result"))
    name = str(as_map(result.get("name")).get("vi") or "")
    code = str(document.get("code") or "")
    result["register"] = result.get("register") or f"tt-{code.replace('.', '-')}"
    if not _PAPER.match(fold(name)):
        result["data"] = {**as_map(result.get("data")), "subject": name}
        return
    result["template"] = "results/certificate"
    result["data"] = {
        "title": name,
        "subtitle": "",
        "rows": [
            {"label": "Cấp cho", "value": "= text.requester_name"},
            {"label": "Số định danh cá nhân", "value": "= text.requester_identity"},
            {"label": "Nội dung", "value": "= text.noi_dung_de_nghi"},
        ],
        "notes": ["= officer_note"],
    }


def with_english(document: Document) -> Document:
    """Texts without English repeat the Vietnamese: a reader sees the source, never nothing."""
    return _repeated(document)


def _repeated(value: Any) -> Any:
    if isinstance(value, list):
        rows: list[Any] = value
        return [_repeated(row) for row in rows]
    if not isinstance(value, dict):
        return value
    changed: Document = {key: _repeated(part) for key, part in as_map(value).items()}
    if isinstance(changed.get("vi"), str) and not changed.get("en"):
        changed["en"] = changed["vi"]
    return changed


def untranslated(value: Any, place: str = "") -> Iterator[str]:
    """The places whose English still repeats the Vietnamese."""
    if isinstance(value, list):
        rows: list[Any] = value
        for index, row in enumerate(rows):
            yield from untranslated(row, f"{place}/{index}" if place else str(index))
    elif isinstance(value, dict):
        pair = as_map(value)
        said = pair.get("vi")
        if isinstance(said, str) and said == pair.get("en") and _ACCENTS.search(said):
            yield place
        for key, part in pair.items():
            yield from untranslated(part, f"{place}/{key}" if place else key)
