"""Who gets a report and by when: rules as data, the first that matches; limits by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from motcua.casework.expressions.public import (
    ExpressionError,
    NoValue,
    check,
    compile_expression,
    evaluate,
)
from motcua.foundation.errors import Bilingual

URGENCIES = ("emergency", "urgent", "normal", "complex")
WARD = "@ward"
"""A rule's target: the authority of the area that the place lies in."""

KNOWN: Mapping[str, str] = {
    "category": "string",
    "area": "string",
    "urgency": "string",
    "channel": "string",
    "hour": "int",
    "weekday": "int",
    "answers": "map",
}
"""What a condition may read; ``weekday`` is 1 on Monday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A report as rules see it. ``path``: the codes from the root to the category."""

    category: str
    path: tuple[str, ...]
    area: str = ""
    ward: str = ""
    urgency: str = "normal"
    channel: str = "web"
    at: dt.datetime
    answers: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def variables(self) -> dict[str, Any]:
        """The same under the names of :data:`KNOWN`; ``at`` is local time."""
        return {
            "category": self.category,
            "area": self.area,
            "urgency": self.urgency,
            "channel": self.channel,
            "hour": self.at.hour,
            "weekday": self.at.isoweekday(),
            "answers": dict(self.answers),
        }


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule: everything that is empty matches everything."""

    name: str
    to: str
    category: str = ""
    areas: tuple[str, ...] = ()
    when: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a report goes: an agency's code ("" = the triage desk), by which rule."""

    to: str
    rule: str = ""
    trouble: tuple[str, ...] = ()
    """Rules that could not be judged; they are passed over and told of, never switched off."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a set of rules cannot be put in force. ``where``: a rule's or sample's name."""

    where: str
    text: Bilingual


def rules_of(stored: Iterable[Mapping[str, Any]]) -> list[RuleRow]:
    """Rules as kept in the table."""
    return [
        RuleRow(
            name=str(row.get("name", "")),
            to=str(row.get("to", "")),
            category=str(row.get("category", "")),
            areas=tuple(str(code) for code in row.get("areas", ())),
            when=str(row.get("when", "")).strip(),
        )
        for row in stored
    ]


def route(rules: Iterable[RuleRow], facts: Facts) -> Route:
    """The first rule that matches; without one, the triage desk.

    A rule to the ward does not match a report whose place lies in no ward.
    """
    trouble: list[str] = []
    for rule in rules:
        if rule.category and rule.category not in facts.path:
            continue
        if rule.areas and facts.area not in rule.areas:
            continue
        if rule.to == WARD and not facts.ward:
            continue
        if rule.when:
            try:
                fits = evaluate(compile_expression(rule.when), facts.variables())
            except (NoValue, ExpressionError):
                trouble.append(rule.name)
                continue
            if fits is not True:
                continue
        return Route(facts.ward if rule.to == WARD else rule.to, rule.name, tuple(trouble))
    return Route("", "", tuple(trouble))


def problems_of_rules(
    rules: Sequence[RuleRow],
    *,
    categories: Collection[str],
    areas: Collection[str],
    agencies: Collection[str],
) -> list[Problem]:
    """What is wrong with a set before any report meets it: unknown codes, broken conditions."""
    found: list[Problem] = []
    names = [rule.name for rule in rules]
    for rule in rules:
        where = rule.name or "?"
        if not rule.name or names.count(rule.name) > 1:
            found.append(Problem(where, Bilingual("Tên trống hoặc trùng.", "No name, or twice.")))
        if rule.category and rule.category not in categories:
            found.append(_unknown(where, "lĩnh vực", "category", rule.category))
        found += [_unknown(where, "khu vực", "area", a) for a in rule.areas if a not in areas]
        if rule.to != WARD and rule.to not in agencies:
            found.append(_unknown(where, "cơ quan", "agency", rule.to or "–"))
    # Numbered, so that a rule's name is never read as a variable.
    conditions = {f"#{n}": rule.when for n, rule in enumerate(rules) if rule.when}
    for problem in check(conditions, KNOWN):
        found.append(Problem(rules[int(problem.name[1:])].name, problem.message))
    return found


def _unknown(where: str, vi: str, en: str, code: str) -> Problem:
    return Problem(where, Bilingual(f"Không có {vi} “{code}”.", f"There is no {en} “{code}”."))


def try_samples(
    rules: Sequence[RuleRow], samples: Sequence[tuple[str, Facts, str]]
) -> list[Problem]:
    """Run a set over sample reports ``(name, facts, expected agency code)``.

    Every sample must go where it is expected and every rule must be met by one of them:
    a rule that nobody has tried is not put in force.
    """
    found: list[Problem] = []
    met: set[str] = set()
    for name, facts, expected in samples:
        got = route(rules, facts)
        met.add(got.rule)
        if got.trouble:
            rules_named = ", ".join(got.trouble)
            found.append(
                Problem(
                    name,
                    Bilingual(
                        f"Không xét được quy tắc: {rules_named}.",
                        f"These rules could not be judged: {rules_named}.",
                    ),
                )
            )
        if got.to != expected:
            to, wish = got.to or "–", expected or "–"
            found.append(
                Problem(name, Bilingual(f"Đến {to}, cần {wish}.", f"Goes to {to}, not {wish}."))
            )
    for rule in rules:
        if rule.name not in met:
            text = Bilingual("Chưa có phản ánh mẫu nào thử.", "No sample report tries it.")
            found.append(Problem(rule.name, text))
    return found


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A time limit in force: for a category and what lies below it ("" = all)."""

    category: str
    urgency: str
    amount: int
    unit: str
    basis: str
    confirmed: bool


def limit_for(rows: Iterable[LimitRow], path: Sequence[str], urgency: str) -> LimitRow | None:
    """The limit of the nearest category up the tree for this urgency."""
    mine = {row.category: row for row in rows if row.urgency == urgency}
    for code in (*reversed(path), ""):
        if code in mine:
            return mine[code]
    return None
