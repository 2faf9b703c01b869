"""Answers for reading: the check-your-answers page, and what changed between two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from motcua.casework.forms.rules.definition import Answers, Field, FormDefinition
from motcua.casework.forms.rules.settling import Settled, is_empty
from motcua.casework.forms.rules.typing import show
from motcua.foundation.errors import Bilingual

OptionTexts = Mapping[str, Mapping[str, Bilingual]]
"""By option source, by value: the words of options that are not in the form itself."""

_YES: Final = Bilingual("Có", "Yes")
_NO: Final = Bilingual("Không", "No")


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One answer to read: where it stands, what was asked, what was answered."""

    step: str
    place: str
    label: Bilingual
    text: Bilingual


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One answer that differs between two versions; "" where there was none."""

    place: str
    label: Bilingual
    before: Bilingual
    after: Bilingual


def summary(
    definition: FormDefinition, settled: Settled, options: OptionTexts | None = None
) -> tuple[SummaryRow, ...]:
    """Every shown question with its answer, in the order of the screens."""
    return tuple(
        SummaryRow(step.id, name, definition.fields[name].label, text)
        for step in definition.steps
        for name in step.fields
        if name in settled.shown
        for text in (_text(definition.fields[name], settled.answers.get(name), options or {}),)
    )


def _text(field: Field, value: Any, options: OptionTexts) -> Bilingual:
    if is_empty(value):
        return Bilingual("", "")
    if isinstance(value, list):
        return _list_text(field, list(value), options)  # pyright: ignore
    if field.parts:
        return _parts(field, value, options)
    if isinstance(value, bool):
        return _option(field, "true" if value else "false", options) or (_YES if value else _NO)
    return _simple(field, value, options)


def _list_text(field: Field, values: list[Any], options: OptionTexts) -> Bilingual:
    if field.widget == "repeat":
        rows = [_parts(field, row, options) for row in values]
        return _joined([_numbered(n, row) for n, row in enumerate(rows, 1)], "\n")
    if field.widget == "file":
        return Bilingual(f"{len(values)} tệp", f"{len(values)} file(s)")
    return _joined([_simple(field, item, options) for item in values], ", ")


def _numbered(number: int, row: Bilingual) -> Bilingual:
    return Bilingual(f"{number}. {row.vi}", f"{number}. {row.en}")


def _simple(field: Field, value: Any, options: OptionTexts) -> Bilingual:
    found = _option(field, str(value), options)
    text = show(field, value)
    return found or Bilingual(text, text)


def _option(field: Field, value: str, options: OptionTexts) -> Bilingual | None:
    own = next((o.label for o in field.options if o.value == value), None)
    return own or options.get(field.options_from, {}).get(value)


def _parts(field: Field, value: Any, options: OptionTexts) -> Bilingual:
    if not isinstance(value, dict):
        return Bilingual(str(value), str(value))
    texts = [
        _text(part, value[part.id], options)
        for part in field.parts
        if not is_empty(value.get(part.id))  # pyright: ignore
    ]
    return _joined(texts, ", ")


def _joined(texts: list[Bilingual], between: str) -> Bilingual:
    return Bilingual(between.join(t.vi for t in texts), between.join(t.en for t in texts))


def changes(
    definition: FormDefinition,
    before: Answers,
    after: Answers,
    options: OptionTexts | None = None,
) -> tuple[AnswerChange, ...]:
    """What differs between two versions of the answers, down to the box in a row."""
    old = dict(_leaves(definition, before, options or {}))
    new = dict(_leaves(definition, after, options or {}))
    nothing = Bilingual("", "")
    return tuple(
        AnswerChange(
            place, _label(definition, place), old.get(place, nothing), new.get(place, nothing)
        )
        for place in dict.fromkeys((*old, *new))
        if old.get(place) != new.get(place)
    )


def _leaves(
    definition: FormDefinition, answers: Answers, options: OptionTexts
) -> Iterator[tuple[str, Bilingual]]:
    for name, field in definition.fields.items():
        value = answers.get(name)
        if is_empty(value):
            continue
        rows = value if field.widget == "repeat" and isinstance(value, list) else [value]
        for number, row in enumerate(rows):  # pyright: ignore
            prefix = f"{name}.{number}" if field.widget == "repeat" else name
            if not isinstance(row, dict):
                yield prefix, _text(field, row, options)
                continue
            for part in field.parts:
                if not is_empty(row.get(part.id)):  # pyright: ignore
                    yield f"{prefix}.{part.id}", _text(part, row[part.id], options)


def _label(definition: FormDefinition, place: str) -> Bilingual:
    name, *rest = place.split(".")
    field = definition.fields[name]
    part = next((p for p in field.parts if rest and p.id == rest[-1]), None)
    if part is None:
        return field.label
    row = f" {int(rest[0]) + 1}" if len(rest) > 1 else ""
    return Bilingual(
        f"{field.label.vi}{row} – {part.label.vi}", f"{field.label.en}{row} – {part.label.en}"
    )
