"""The process document as typed values: what an author writes, nothing worked out yet."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from motcua.casework.workflow.rules.problems import Problem, problem

Kind = Literal["task", "wait", "consultation", "join", "end"]
Silence = Literal["consent", "escalate"]
TimerUnit = Literal["hour", "working_hour", "working_day", "calendar_day"]
Ask = Literal["reason", "note", "items", "file", "due"]
NonEmpty = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
MAX_STEPS = 200


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    vi: NonEmpty
    en: NonEmpty


class After(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A span of time counted from entering the step."""

    amount: int
    unit: TimerUnit


class TimerDocument(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True
):
    id: str
    after: After
    verb: NonEmpty
    to: tuple[str, ...] = ()
    name: Text | None = None
    interrupts: bool = True


class ActionDocument(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True
):
    id: str
    name: Text
    verb: NonEmpty
    to: tuple[str, ...]
    when: str = ""
    primary: bool = False
    asks: tuple[Ask, ...] = ()
    role: str = ""
    unit: str = ""
    signals: tuple[str, ...] = ()
    extra: dict[str, Any] = {}


class StepDocument(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True
):
    id: str
    name: Text
    kind: Kind
    role: str = ""
    unit: str = ""
    hours: float | None = None
    state: str = ""
    actions: tuple[ActionDocument, ...] = ()
    timers: tuple[TimerDocument, ...] = ()
    silence: Silence | None = None
    silence_action: str = ""
    terminates: bool = False
    to: tuple[str, ...] = ()
    legal_basis: str = ""
    note: str = ""
    extra: dict[str, Any] = {}


class ProcessDocument(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True
):
    key: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
    name: Text
    start: str
    steps: tuple[StepDocument, ...]
    legal_basis: str = ""
    variables: tuple[str, ...] = ()
    extra: dict[str, Any] = {}


def read_document(raw: object) -> ProcessDocument | list[Problem]:
    """The typed document, or every fault of shape found, each at its place.

    ``raw`` is decoded JSON. Each step is read on its own, so that one broken
    step does not hide the faults of the others.
    """
    if not isinstance(raw, dict):
        return [problem("$", "shape", detail="expected an object")]
    data: dict[str, Any] = dict(raw)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    steps = data.get("steps")
    if not isinstance(steps, list | tuple):
        return [problem("steps", "shape", detail="expected a list of steps")]
    if len(steps) > MAX_STEPS:  # pyright: ignore[reportUnknownArgumentType]
        return [problem("steps", "shape", detail=f"more than {MAX_STEPS} steps")]
    found: list[Problem] = []
    read: list[StepDocument] = []
    for index, step in enumerate(steps):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        try:
            read.append(msgspec.convert(step, StepDocument))
        except msgspec.ValidationError as error:
            found.append(_shape(f"steps[{index}]", error))
    try:
        document = msgspec.convert({**data, "steps": []}, ProcessDocument)
    except msgspec.ValidationError as error:
        return [_shape("", error), *found]
    return found or msgspec.structs.replace(document, steps=tuple(read))


def write_document(document: ProcessDocument) -> dict[str, Any]:
    """The document as plain JSON data in its canonical form: defaults left out."""
    return msgspec.to_builtins(document)


def _shape(prefix: str, error: msgspec.ValidationError) -> Problem:
    """msgspec says ``Expected … - at `$.actions[0].to```: the tail is the place."""
    detail, _, tail = str(error).partition(" - at `$")
    place = f"{prefix}{tail.rstrip('`')}".lstrip(".") or "$"
    return problem(place, "shape", detail=detail.replace("`", "”").replace("{", "(").rstrip("."))
