"""A form after compilation: immutable values that every other rule works on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, Final

from motcua.casework.expressions.public import Expression
from motcua.foundation.errors import Bilingual, DomainError

Answers = Mapping[str, Any]
"""Answers by field id, as JSON values; what could not be understood stays the typed text."""

NOTHING: Final = Bilingual("", "")
TODAY: Final = "today"


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Bilingual
    hint: Bilingual = NOTHING


@dataclass(frozen=True, slots=True)
class Field:
    """One question. ``parts`` are the inputs of an address, or of one row of a repeat."""

    id: str
    kind: str
    widget: str
    label: Bilingual
    hint: Bilingual
    why: Bilingual
    schema: Mapping[str, Any]
    required: bool
    options: tuple[Option, ...] = ()
    options_from: str = ""
    conditions: tuple[Expression, ...] = ()
    required_when: Expression | None = None
    calculated: Expression | None = None
    prefill: str = ""
    section: Bilingual = NOTHING
    unit: Bilingual = NOTHING
    autocomplete: str = ""
    accept: str = ""
    messages: Mapping[str, Bilingual] = dataclass_field(default_factory=dict[str, Bilingual])
    parts: tuple[Field, ...] = ()

    @property
    def conditional(self) -> bool:
        return bool(self.conditions)


@dataclass(frozen=True, slots=True)
class Step:
    """One screen."""

    id: str
    title: Bilingual
    hint: Bilingual
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that must be true of the answers together; ``fields`` carry the message."""

    id: str
    when: Expression
    message: Bilingual
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """A published form, ready to show, check and keep. Safe to share between threads."""

    id: str
    version: str
    title: Bilingual
    checksum: str
    steps: tuple[Step, ...]
    fields: Mapping[str, Field]
    rules: tuple[Rule, ...]
    order: tuple[str, ...]
    """Field ids so that each follows those its visibility or value depends on."""
    variables: Mapping[str, str]
    validator: Any = dataclass_field(repr=False, compare=False)

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)

    def step_of(self, field_id: str) -> Step | None:
        return next((step for step in self.steps if field_id in step.fields), None)


@dataclass(frozen=True, slots=True)
class FormProblem:
    """What forbids publishing a form document: where (``fields/birth/visible``) and why."""

    path: str
    message: Bilingual


class BrokenForm(DomainError):
    """A form document that cannot be used; ``problems`` has every place."""

    code = "form-broken"
    status = 422
    message = Bilingual(
        "Biểu mẫu có {count} chỗ chưa đúng; chỗ đầu tiên: {first_vi}",
        "The form has {count} faults; the first: {first_en}",
    )
    advice = Bilingual(
        "Sửa tài liệu biểu mẫu tại các vị trí đã nêu rồi công bố lại.",
        "Mend the form document at the places named, then publish again.",
    )

    def __init__(self, problems: tuple[FormProblem, ...]) -> None:
        self.problems = problems
        first = problems[0]
        super().__init__(
            count=len(problems),
            first_vi=f"{first.path}: {first.message.vi}",
            first_en=f"{first.path}: {first.message.en}",
        )
