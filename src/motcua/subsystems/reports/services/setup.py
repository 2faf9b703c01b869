"""Categories and time limits: dated rows, never edited while something names them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Q

from motcua.casework.access.public import Actor, require
from motcua.casework.clock.public import Limit
from motcua.casework.forms.public import BrokenForm, check_form
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput
from motcua.foundation.transactions import together
from motcua.subsystems.reports.manifest import SET_UP
from motcua.subsystems.reports.models import Category, ReportLimit
from motcua.subsystems.reports.rules import PRIVACY, URGENCIES

CHAIN = "reports"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFacts:
    """What a category says; ``parent`` is the code of the one above, "" at the top."""

    name: str
    name_en: str
    parent: str = ""
    hint: str = ""
    hint_en: str = ""
    words: tuple[str, ...] = ()
    form: Mapping[str, Any] = field(default_factory=dict[str, Any])
    urgency: str = "normal"
    needs_proof: bool = True
    needs_place: bool = True
    privacy: str = "exact"
    same_within_metres: int = 100
    same_within_days: int = 30
    order: int = 0


@together()
def set_category(
    *,
    actor: Actor,
    code: str,
    facts: CategoryFacts,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
) -> Category:
    """Open a category from a day on; the row with the same code ends the day before.

    Raises:
        NotAllowed: the actor does not set up reports.
        InvalidInput: no name, an unknown parent, a circle, a word no rule knows, a broken form,
            or a row with this code that begins on the same day or later.
    """
    require(actor, SET_UP)
    before = Category.objects.filter(code=code).order_by("-valid_from").first()
    parent = _parent(facts.parent, valid_from)
    path = [*(parent.path if parent else ()), code]
    _check_category(facts, code, path, parent, before, valid_from)
    if before is not None and (before.valid_to is None or before.valid_to >= valid_from):
        before.valid_to = valid_from - dt.timedelta(days=1)
        before.save(update_fields=["valid_to"])
    values = {name: value for name, value in asdict(facts).items() if name != "parent"}
    values["words"] = list(facts.words)
    row = Category(
        code=code, parent=parent, path=path, valid_from=valid_from, valid_to=valid_to, **values
    )
    row.save(force_insert=True)
    record(
        actor=actor,
        chain=CHAIN,
        verb="reports.set_category",
        after={"code": code, "path": path, "from": valid_from.isoformat(), **values},
    )
    return row


def _parent(code: str, on: dt.date) -> Category | None:
    if not code:
        return None
    alive = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))
    found = Category.objects.filter(alive, code=code).first()
    if found is None:
        raise InvalidInput({"parent": Bilingual("Không có lĩnh vực cha này.", "No such parent.")})
    return found


def _check_category(
    facts: CategoryFacts,
    code: str,
    path: list[str],
    parent: Category | None,
    before: Category | None,
    valid_from: dt.date,
) -> None:
    wrong: dict[str, Bilingual] = {}
    if not facts.name.strip() or not facts.name_en.strip():
        wrong["name"] = Bilingual("Hãy đặt tên bằng hai ngôn ngữ.", "Name it in both languages.")
    if facts.urgency not in URGENCIES:
        wrong["urgency"] = Bilingual("Không có mức này.", "There is no such level.")
    if facts.privacy not in PRIVACY:
        wrong["privacy"] = Bilingual("Không có mức công khai này.", "There is no such level.")
    if len(path) != len(set(path)):
        wrong["parent"] = Bilingual("Cây lĩnh vực bị vòng.", "The tree would run in a circle.")
    if before is not None and before.valid_from >= valid_from:
        wrong["valid_from"] = Bilingual(
            "Đã có dòng bắt đầu từ ngày này hoặc sau đó.", "A row begins on this day or later."
        )
    if facts.form and (problems := _problems_of_form(facts.form)):
        wrong["form"] = problems
    if wrong:
        raise InvalidInput(wrong)


def _problems_of_form(document: Mapping[str, Any]) -> Bilingual | None:
    try:
        found = check_form(dict(document))
    except BrokenForm as error:
        return Bilingual(str(error), str(error))
    said = "; ".join(str(problem) for problem in found)
    return Bilingual(said, said) if said else None


@together()
def set_limit(
    *,
    actor: Actor,
    urgency: str,
    limit: Limit,
    basis: str,
    valid_from: dt.date,
    category_code: str = "",
    confirmed: bool = False,
) -> ReportLimit:
    """Set a time limit from a day on; the one before it ends the day before.

    Args:
        limit: e.g. ``Limit(4, "working_hour")``.
        basis: the act, or which default setting this is.
        confirmed: somebody has read the limit in that act.

    Raises:
        NotAllowed: the actor does not set up reports.
        InvalidInput: an unknown urgency, no basis, or a row that begins on the day or later.
    """
    require(actor, SET_UP)
    rows = ReportLimit.objects.filter(category_code=category_code, urgency=urgency)
    before = rows.order_by("-valid_from").first()
    wrong: dict[str, Bilingual] = {}
    if urgency not in URGENCIES:
        wrong["urgency"] = Bilingual("Không có mức này.", "There is no such level.")
    if not basis.strip():
        wrong["basis"] = Bilingual("Hãy nêu căn cứ.", "Name the basis.")
    if before is not None and before.valid_from >= valid_from:
        wrong["valid_from"] = Bilingual(
            "Đã có dòng bắt đầu từ ngày này hoặc sau đó.", "A row begins on this day or later."
        )
    if wrong:
        raise InvalidInput(wrong)
    if before is not None and (before.valid_to is None or before.valid_to >= valid_from):
        before.valid_to = valid_from - dt.timedelta(days=1)
        before.save(update_fields=["valid_to"])
    values = {"amount": limit.amount, "unit": limit.unit, "basis": basis, "confirmed": confirmed}
    row = ReportLimit(category_code=category_code, urgency=urgency, valid_from=valid_from, **values)
    row.save(force_insert=True)
    place = {"category": category_code, "urgency": urgency, "from": valid_from.isoformat()}
    record(actor=actor, chain=CHAIN, verb="reports.set_limit", after={**place, **values})
    return row
