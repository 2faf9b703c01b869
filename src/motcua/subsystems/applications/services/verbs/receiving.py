"""At the counter: accept, refuse, forward (Nghị định 118/2025/NĐ-CP, Điều 17–18)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.casework.clock.public import Limit, Policy, due_of, entries_of, start, stop
from motcua.casework.people.public import Party
from motcua.foundation.errors import Bilingual, InvalidInput
from motcua.subsystems.applications.dossiers import city_date
from motcua.subsystems.applications.services.slips import order_slip, receipt_data, refusal_data
from motcua.subsystems.applications.services.steps import Step, verb
from motcua.subsystems.payments.public import assess
from motcua.subsystems.procedures.public import city_rules, fee_for, limit_for


@verb("accept")
def accept(step: Step) -> None:
    """Take the dossier as complete: the legal clock starts, the fee is fixed, form 01 ordered."""
    dossier, case = step.dossier, step.case
    on = city_date(step.at)
    lawful = limit_for(dossier.package, dossier.application.variant, case.channel, on)
    due = start(
        actor=step.actor,
        case_id=case.pk,
        at=step.at,
        limit=Limit.read((lawful.amount, lawful.unit)),
        agency_id=case.competent_agency_id,
        legal_basis=lawful.legal_basis,
        policy=supplement_policy(dossier.package),
        ends={"first_answer": "accepted"},
        remote_area=bool(dossier.package.get("remote_area_rule"))
        and case.competent_agency.remote_area,
    )
    step.mirror(due)
    step.columns["received_at"] = step.at
    _fix_fee(step)
    order_slip(step, "01", receipt_data(step, due))


def supplement_policy(package: object) -> Policy:
    """What a supplement does to the clock, as the package says."""
    assert isinstance(package, dict)
    days = package.get("supplement_days")
    unit = package.get("supplement_unit") or "working_day"
    return Policy(
        package.get("supplement_policy") or "pause",
        Limit.read((days, unit)) if days else None,
    )


def _answer_given(step: Step, outcome: str) -> None:
    """Stop the clock of the first answer, where one runs (8 working hours online)."""
    entries = entries_of(step.case.pk)
    if due_of(step.case.pk, "first_answer", entries=entries).state in {"running", "paused"}:
        stop(
            actor=step.actor,
            case_id=step.case.pk,
            at=step.at,
            outcome=outcome,
            track="first_answer",
            entries=entries,
        )


def _fix_fee(step: Step) -> None:
    """Assess once; a dossier accepted again after an early supplement keeps its charge."""
    dossier, case = step.dossier, step.case
    party = case.applicant
    on = city_date(step.at)
    fee = fee_for(
        dossier.package,
        case=dossier.application.variant,
        channel=case.channel,
        applicant=claimed_classes(party, dossier.answers),
        on=on,
        city=city_rules(),
        answers=dossier.answers,
    )
    lines = [
        {
            "id": line.id,
            "name": {"vi": line.name.vi, "en": line.name.en},
            "amount": line.amount,
            "why": {"vi": line.explanation.vi, "en": line.explanation.en},
            "legal_basis": line.legal_basis,
            "confirmed": line.confirmed,
        }
        for line in fee.lines
    ]
    amount = fee.amount if fee.amount is not None else _typed_amount(step)
    if fee.amount is None:
        lines += _typed_line(step, amount)
    step.application |= {"fee_amount": amount, "fee_lines": lines}
    assess(
        actor=step.actor,
        case=case,
        amount=amount,
        lines=lines,
        payer=party.full_name if party else "",
    )
    step.ledger |= {"fee": amount}


def _typed_line(step: Step, amount: int) -> list[dict[str, Any]]:
    """The amount a person decided, with the basis that person gave; payer and books read it."""
    basis = step.text("fee_basis")[:300]
    if not basis:
        return []
    name = {"vi": "Mức thu do cán bộ xác định", "en": "Amount determined by the official"}
    why = {"vi": f"Căn cứ: {basis}", "en": f"Basis: {basis}"}
    return [
        {
            "id": "typed", "name": name, "amount": amount, "why": why, "legal_basis": basis,
            "confirmed": True,
        }
    ]  # fmt: skip


def _typed_amount(step: Step) -> int:
    """What the clerk read from the city's list where no rule knows the amount; empty means 0."""
    digits = step.text("amount").replace(".", "").replace("đ", "").strip()
    if not digits:
        return 0
    if not digits.isdecimal() or len(digits) > 12:
        raise InvalidInput(
            {
                "amount": Bilingual(
                    "Nhập số tiền bằng chữ số, ví dụ 75.000.",
                    "Enter the amount in digits, for example 75.000.",
                )
            }
        )
    return int(digits)


def claimed_classes(party: Party | None, answers: Mapping[str, Any]) -> frozenset[str]:
    """Classes that lower a fee: known of the party, or claimed in the form and checked here."""
    known = party.classes if party else []
    return frozenset((*known, *(answers.get("exemption_classes") or [])))


@verb("refuse")
def refuse(step: Step) -> None:
    """Do not take the dossier: the reason and its legal basis go on form 03."""
    reason = step.text("reason")
    basis = step.text("basis")
    if not reason:
        raise InvalidInput(
            {
                "reason": Bilingual(
                    "Hãy nêu lý do từ chối; người dân sẽ đọc lý do này.",
                    "Give the reason for the refusal; the applicant will read it.",
                )
            }
        )
    _answer_given(step, "refused")
    step.application |= {"refusal_reason": reason, "refusal_basis": basis}
    step.columns |= {"outcome": "refused", "clock_state": "stopped"}
    step.data |= {"basis": basis}
    order_slip(step, "03", refusal_data(step, reason, basis))


@verb("forward")
def forward(step: Step) -> None:
    """Hand the dossier to the competent agency (the same day, or next morning after 15:00)."""
