"""Whether a process suits a one-stop procedure: the ten states, the verbs, the legal hours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from motcua.foundation.errors import Bilingual
from motcua.subsystems.procedures.rules.dated import Document, Package

STATES: Final = (
    "new",
    "received",
    "refused",
    "processing",
    "supplement",
    "financial_obligation",
    "withdrawn",
    "stopped",
    "finished",
    "returned",
)
"""The ten business states of a dossier, in the order of their national codes 1 to 10."""

TRANSITIONS: Final[dict[str, frozenset[str]]] = {
    "new": frozenset({"received", "refused", "supplement", "withdrawn"}),
    "received": frozenset(
        {"processing", "supplement", "financial_obligation", "withdrawn", "stopped"}
    ),
    "processing": frozenset(
        {"supplement", "financial_obligation", "withdrawn", "stopped", "finished"}
    ),
    "supplement": frozenset({"new", "received", "processing", "stopped", "withdrawn", "refused"}),
    "financial_obligation": frozenset({"processing", "stopped", "withdrawn"}),
    "finished": frozenset({"returned"}),
    "refused": frozenset(),
    "withdrawn": frozenset(),
    "stopped": frozenset(),
    "returned": frozenset(),
}

VERBS: Final = frozenset(
    {
        "accept",
        "refuse",
        "request_supplement",
        "supplement",
        "forward",
        "assign",
        "request_financial_obligation",
        "confirm_financial_obligation",
        "ask_consultation",
        "answer_consultation",
        "propose",
        "return_for_rework",
        "confirm_draft",
        "approve",
        "sign",
        "issue",
        "deliver",
        "withdraw",
        "approve_withdrawal",
        "stop",
        "stop_no_supplement",
        "refuse_after_appraisal",
        "extend",
        "note",
    }
)

SIGNALS: Final = frozenset({"charge_paid", "obligation_paid"})
"""What takes an action with no person asking: the procedure's own fee is paid, or all that
another law asks (land tax, registration duty) is paid in full. Never one for the other."""

HOURS_PER_DAY: Final = 8
FOUND = Iterator[tuple[str, Bilingual]]


def process_problems(package: Package) -> FOUND:
    """Faults of the process with their places: first the engine's own, then this trade's."""
    from motcua.casework.workflow.public import Known, examine

    process: Any = package["process"]
    fields: Any = package["form"]["fields"]
    known = Known(
        states=frozenset(STATES),
        variables=frozenset({"channel", "case", "applicant", *fields}),
        signals=SIGNALS,
    )
    _, faults = examine(process, known=known, limit_hours=_hours(package))
    if faults:
        yield from ((fault.place, fault.message) for fault in faults)
        return
    yield from _verb_problems(process)
    yield from _state_problems(process)


def _hours(package: Package) -> float | None:
    """Working hours of the shortest limit, with the first answer and verification beside it.

    Time for a verification that the law lets run outside the limit (its silence is
    escalated, not consent) is added; calendar days are not compared.
    """
    spans = [
        row["amount"] * (1 if row["unit"] == "working_hour" else HOURS_PER_DAY)
        for row in package["limits"]
        if row["unit"] in {"working_hour", "working_day", "same_day"}
    ]
    if not spans:
        return None
    beside = sum(
        step["hours"] for step in package["process"]["steps"] if step.get("silence") == "escalate"
    )
    return min(spans) + package["first_answer"]["amount"] + beside


def _moves(step: Document) -> list[Document]:
    return [*step.get("actions", ()), *step.get("timers", ())]


def _verb_problems(process: Document) -> FOUND:
    for step in process["steps"]:
        for move in _moves(step):
            if move["verb"] not in VERBS:
                yield (
                    f"steps.{step['id']}.{move['id']}.verb",
                    Bilingual(f"Không có lệnh “{move['verb']}”.", f"No verb “{move['verb']}”."),
                )


def _state_problems(process: Document) -> FOUND:
    """Every move follows the table of the ten states, also the way back by ``@back``."""
    state = {step["id"]: step.get("state", "") for step in process["steps"]}
    entered: dict[str, set[str]] = {}
    for step in process["steps"]:
        for move in _moves(step):
            for target in move["to"]:
                entered.setdefault(target, set()).add(step["id"])
    for step in process["steps"]:
        here = state[step["id"]]
        for move in _moves(step):
            for target in move["to"]:
                ends = entered.get(step["id"], set()) if target == "@back" else {target}
                for end in ends - {step["id"]}:
                    if state[end] != here and state[end] not in TRANSITIONS[here]:
                        yield (
                            f"steps.{step['id']}.{move['id']}",
                            Bilingual(
                                f"Không được chuyển từ {here} sang {state[end]}.",
                                f"No transition from {here} to {state[end]}.",
                            ),
                        )
