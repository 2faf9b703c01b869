"""Several dossiers filed as one: which opens when, and what the whole has come to. Pure.

Each member is a dossier of its own, with its own agency, clock and result. A member that
fails takes along only those that need its result; whatever was granted stays granted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from motcua.casework.expressions.public import compile_expression, value_of

Stage = Literal["waiting", "open", "granted", "failed", "blocked", "stuck"]
"""``waiting`` for a result it needs; ``open``; ``granted``; ``failed`` without a result;
``blocked`` because what it needs failed; ``stuck``: it could not be opened, a person looks."""

SETTLED: Final = frozenset({"granted", "failed", "blocked"})
GroupState = Literal["open", "yours", "stuck", "done", "partly", "none"]


@dataclass(frozen=True, slots=True)
class Member:
    """One dossier of a group: its id in the package, whose results it needs, where it stands."""

    id: str
    after: tuple[str, ...]
    stage: Stage
    yours: bool = False


def ready(members: Sequence[Member]) -> tuple[str, ...]:
    """The waiting members whose every prerequisite is granted: they open now, side by side."""
    stage = {member.id: member.stage for member in members}
    return tuple(
        member.id
        for member in members
        if member.stage == "waiting" and all(stage[name] == "granted" for name in member.after)
    )


def blocked(members: Sequence[Member]) -> tuple[str, ...]:
    """The waiting members that can never open, since something they need has failed.

    Prerequisites stand before those who need them, so one walk finds them all.
    """
    stage: dict[str, str] = {member.id: member.stage for member in members}
    found: list[str] = []
    for member in members:
        lost = any(stage[name] in {"failed", "blocked"} for name in member.after)
        if member.stage == "waiting" and lost:
            stage[member.id] = "blocked"
            found.append(member.id)
    return tuple(found)


def group_state(members: Sequence[Member]) -> GroupState:
    """What the whole has come to; derived, never set by hand.

    ``yours`` while any member waits for the applicant. Settled only when every member is:
    ``done`` with all results, ``partly`` with some, ``none`` with no result.
    """
    stages = [member.stage for member in members]
    if all(stage in SETTLED for stage in stages):
        granted = stages.count("granted")
        return "none" if not granted else "done" if granted == len(stages) else "partly"
    if any(member.yours for member in members):
        return "yours"
    return "stuck" if "stuck" in stages else "open"


def member_answers(
    member: Mapping[str, Any], fields: Sequence[str], known: Mapping[str, Any]
) -> dict[str, Any]:
    """The answers to a member's own form, from those to the group's form.

    A field of the same id is taken over; ``member["answers"]`` says the others: a text that
    begins with ``=`` is an expression over the group's answers and ``results`` (by member:
    ``number``, ``issued_on``), anything else stands as it is. What has no value is left out.
    """
    answers = {name: known[name] for name in fields if known.get(name) is not None}
    for name, source in member.get("answers", {}).items():
        value = source
        if isinstance(source, str) and source.startswith("="):
            value = value_of(compile_expression(source[1:].strip()), known)
        answers[name] = value
    return {name: value for name, value in answers.items() if value not in (None, "")}


def member_papers(
    member: Mapping[str, Any], wanted: Sequence[str], given: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Paper of the member → what was given for it with the group (``state``, ``files``)."""
    other: Mapping[str, str] = member.get("papers", {})
    return {
        name: dict(given[source]) for name in wanted if (source := other.get(name, name)) in given
    }
