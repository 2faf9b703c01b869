"""What an application costs: a function of procedure, case, channel, applicant and day.

Amounts the People's Council decides, and the zero charge for online filing, are
dated rules of the city (:class:`CityRules`), not part of a package.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.casework.expressions.public import compile_expression, holds, value_of
from motcua.foundation.errors import Bilingual
from motcua.foundation.money import format_dong
from motcua.subsystems.procedures.rules.cases import Answers, variables
from motcua.subsystems.procedures.rules.dated import Document, Package, rows_in_force, text

CLASSES_FIELD = "exemption_classes"


@dataclass(frozen=True, slots=True)
class CityRules:
    """The city's dated rules: zero charges and amounts it decides. Empty lists are allowed."""

    zero: tuple[Document, ...] = ()
    amounts: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One charge or fee of one application.

    ``amount`` is in đồng, ``None`` when no amount is known. ``confirmed`` is false when
    the amount may be used as a default but not told to a citizen as a fact.
    """

    id: str
    kind: str
    name: Bilingual
    amount: int | None
    explanation: Bilingual
    legal_basis: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class FeeResult:
    """The sum and its lines. ``amount`` is ``None`` when one line has no known amount."""

    amount: int | None
    lines: tuple[FeeLine, ...]

    @property
    def certain(self) -> bool:
        """Whether the sum may be told to the citizen as a fact."""
        return self.amount is not None and all(line.confirmed for line in self.lines)


def fee_for(
    package: Package,
    *,
    case: str,
    channel: str,
    applicant: Collection[str],
    on: dt.date,
    city: CityRules,
    answers: Answers | None = None,
) -> FeeResult:
    """What is to be paid, line by line, each with its reason and legal basis.

    Order of the rules: an exemption, then the city's zero charge for the channel
    (Nghị quyết 411/NQ-HĐND, charges only), then the city's amount, then the package's.

    Args:
        applicant: classes such as ``poor_household``; those ticked in the form's field
            ``exemption_classes`` are added.
        on: the day of filing.
        answers: the form's answers, for quantities such as extra copies.
    """
    given = answers or {}
    classes = frozenset(applicant) | frozenset(given.get(CLASSES_FIELD) or ())
    known = variables(given, case=case, channel=channel, applicant=classes, on=on)
    question = _Question(package["exemptions"], channel, on, city, known, asked=answers is not None)
    lines = tuple(
        _line(fee, question)
        for fee in rows_in_force(package["fees"], on)
        if not fee["when"] or holds(compile_expression(fee["when"]), known)
    )
    amounts = [line.amount for line in lines if line.amount is not None]
    return FeeResult(sum(amounts) if len(amounts) == len(lines) else None, lines)


@dataclass(frozen=True, slots=True)
class _Question:
    """What one calculation is about, for each of its lines alike."""

    exemptions: Sequence[Document]
    channel: str
    on: dt.date
    city: CityRules
    known: Mapping[str, Any]
    asked: bool


def _line(fee: Document, asked: _Question) -> FeeLine:
    for rule in rows_in_force(asked.exemptions, asked.on):
        if fee["id"] in rule["fees"] and holds(compile_expression(rule["when"]), asked.known):
            return _exempted(fee, rule)
    for rule in rows_in_force(asked.city.zero, asked.on):
        if _zeroes(rule, fee, asked.channel):
            return _free_by_channel(fee, rule)
    for rule in rows_in_force(asked.city.amounts, asked.on):
        if fee["setting"] and rule["key"] == fee["setting"]:
            return _priced(fee, rule, asked)
    return _priced(fee, fee, asked)


def _zeroes(rule: Document, fee: Document, channel: str) -> bool:
    return (
        fee["kind"] == rule["fee_kind"]
        and fee["group"] in rule["fee_groups"]
        and channel in rule["channels"]
    )


def _exempted(fee: Document, rule: Document) -> FeeLine:
    name, basis = text(rule["name"]), rule["legal_basis"]
    explanation = Bilingual(f"Miễn: {name.vi} ({basis}).", f"Exempt: {name.en} ({basis}).")
    if not rule["confirmed"]:
        explanation = Bilingual(
            f"Diện miễn “{name.vi}” được xác nhận tại quầy.",
            f"The exemption “{name.en}” is confirmed at the counter.",
        )
    return FeeLine(
        fee["id"], fee["kind"], text(fee["name"]), 0, explanation, basis, rule["confirmed"]
    )


def _free_by_channel(fee: Document, rule: Document) -> FeeLine:
    basis = rule["legal_basis"]
    explanation = Bilingual(
        f"0 đồng khi nộp trực tuyến ({basis}).", f"0 đồng when filed online ({basis})."
    )
    return FeeLine(
        fee["id"], fee["kind"], text(fee["name"]), 0, explanation, basis, rule["confirmed"]
    )


def _priced(fee: Document, source: Document, question: _Question) -> FeeLine:
    """The line with the amount of ``source``: the fee itself, or a rule of the city."""
    price: int | None = source["amount"]
    basis: str = source["legal_basis"]
    confirmed: bool = source["confirmed"]
    count = _quantity(fee, question.known)
    amount = None if price is None else price * count
    if not confirmed or amount is None or price is None:
        explanation = Bilingual(
            "Mức thu do Hội đồng nhân dân Thành phố quy định, được xác nhận tại quầy.",
            "The amount is set by the City People's Council and confirmed at the counter.",
        )
        confirmed = False
    elif fee["quantity"] and not question.asked:
        explanation = Bilingual(
            f"{format_dong(price)} cho mỗi bản, nếu có ({basis}).",
            f"{format_dong(price)} for each copy, if any ({basis}).",
        )
    elif fee["quantity"]:
        explanation = Bilingual(
            f"{count} × {format_dong(price)} ({basis}).",
            f"{count} × {format_dong(price)} ({basis}).",
        )
    else:
        explanation = Bilingual(
            f"{format_dong(price)} ({basis}).", f"{format_dong(price)} ({basis})."
        )
    return FeeLine(fee["id"], fee["kind"], text(fee["name"]), amount, explanation, basis, confirmed)


def _quantity(fee: Document, known: Mapping[str, Any]) -> int:
    if not fee["quantity"]:
        return 1
    count = value_of(compile_expression(fee["quantity"]), known)
    return max(0, int(count)) if isinstance(count, int | float) else 0
