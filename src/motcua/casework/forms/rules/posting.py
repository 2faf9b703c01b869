"""From a posted screen to answers, and what the person asked for besides.

Names in HTML: ``field``, ``address.part``, ``rows.0.part``; dates may come as one
input or as ``_day``, ``_month``, ``_year``. ``_action`` says which button was pressed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from motcua.casework.forms.rules.definition import Answers, Field, FormDefinition
from motcua.casework.forms.rules.settling import is_empty
from motcua.casework.forms.rules.typing import clean_text, understand
from motcua.foundation.errors import NotFound

MAX_ROWS: Final = 200
MAX_CHOICES: Final = 200


class Posted(Protocol):
    """What Django's QueryDict offers of it."""

    def getlist(self, key: str, /) -> list[Any]: ...
    def __contains__(self, key: object, /) -> bool: ...
    def __iter__(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Action:
    """The button that was pressed: ``next``, ``back``, ``save``, ``refresh``, ``go``, or
    ``add``, ``remove``, ``remove_file`` with their ``field`` and ``item``."""

    verb: str = "next"
    field: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """A posted screen, read: all answers so far with this screen's laid over them."""

    answers: dict[str, Any]
    action: Action
    shown: frozenset[str]
    """The fields the person could see when the button was pressed."""
    revision: int


_VERBS: Final = frozenset({"next", "back", "save", "refresh", "go", "add", "remove", "remove_file"})


def read_screen(
    definition: FormDefinition, step_id: str, posted: Posted, answers: Answers
) -> Screen:
    """Read a posted screen of one step; answers of other steps stay as they are.

    Nothing typed is lost: what cannot be understood is kept as typed, hidden fields keep
    their answer. Unknown names are ignored; file fields keep only files already there.

    Raises:
        NotFound: the form has no such step.
    """
    step = definition.step(step_id)
    if step is None:
        raise NotFound
    merged = dict(answers)
    for name in step.fields:
        field = definition.fields[name]
        if field.calculated is None:
            _lay(merged, name, _read(field, name, posted, answers.get(name)))
    action = _action(_first(posted, "_action"))
    _rearrange(definition, merged, action)
    return Screen(
        merged,
        action,
        frozenset(_first(posted, "_shown").split()) & definition.fields.keys(),
        _revision(_first(posted, "_revision")),
    )


def _lay(answers: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        answers.pop(name, None)
    else:
        answers[name] = value


def _first(posted: Posted, name: str) -> str:
    values = posted.getlist(name)
    return str(values[-1]) if values else ""


def _revision(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else -1


def _action(text: str) -> Action:
    verb, _, rest = text.partition(":")
    field, _, item = rest.partition(":")
    return Action(verb, field, item) if verb in _VERBS else Action()


def _read(field: Field, name: str, posted: Posted, before: Any) -> Any:
    if field.widget == "repeat":
        return _read_rows(field, name, posted)
    if field.widget == "address":
        parts = _read_parts(field, name, posted)
        return None if is_empty(parts) else parts
    if field.widget == "file":
        there: list[str] = [str(uid) for uid in before or []]
        kept = {str(value) for value in posted.getlist(name)}
        return [uid for uid in there if uid in kept] or None
    if field.widget == "checkboxes":
        chosen = [clean_text(str(value)) for value in posted.getlist(name)[:MAX_CHOICES]]
        return [value for value in dict.fromkeys(chosen) if value] or None
    if field.widget == "checkbox":
        return name in posted
    return _read_simple(field, name, posted)


def _read_simple(field: Field, name: str, posted: Posted) -> Any:
    if field.widget == "date" and name not in posted:
        parts = [clean_text(_first(posted, f"{name}_{part}")) for part in ("day", "month", "year")]
        return understand(field, "/".join(parts)) if any(parts) else None
    return understand(field, _first(posted, name))


def _read_parts(field: Field, prefix: str, posted: Posted) -> dict[str, Any]:
    found = {part.id: _read(part, f"{prefix}.{part.id}", posted, None) for part in field.parts}
    # An unticked box inside a row is nothing, or no row would ever be empty.
    return {
        name: value for name, value in found.items() if value is not None and value is not False
    }


def _read_rows(field: Field, name: str, posted: Posted) -> list[dict[str, Any]] | None:
    pattern = re.compile(rf"{re.escape(name)}\.(\d{{1,4}})\.")
    numbers = {int(match[1]) for key in posted if (match := pattern.match(str(key)))}
    rows = [_read_parts(field, f"{name}.{number}", posted) for number in sorted(numbers)[:MAX_ROWS]]
    return rows or None


def _rearrange(definition: FormDefinition, answers: dict[str, Any], action: Action) -> None:
    """Add or remove a row or a file as asked; drop empty rows when the person goes on."""
    field = definition.fields.get(action.field)
    if field is not None and action.verb == "add" and field.widget == "repeat":
        answers[field.id] = [*_rows(answers, field), {}][:MAX_ROWS]
    elif field is not None and action.verb == "remove" and field.widget == "repeat":
        rows = _rows(answers, field)
        _lay(answers, field.id, [r for n, r in enumerate(rows) if str(n) != action.item] or None)
    elif field is not None and action.verb == "remove_file" and field.widget == "file":
        left = [uid for uid in answers.get(field.id) or [] if uid != action.item]
        _lay(answers, field.id, left or None)
    elif action.verb in {"next", "back", "go"}:
        for repeat in definition.fields.values():
            if repeat.widget == "repeat" and repeat.id in answers:
                kept = [row for row in _rows(answers, repeat) if not is_empty(row)]
                _lay(answers, repeat.id, kept or None)


def _rows(answers: Mapping[str, Any], field: Field) -> list[Any]:
    rows = answers.get(field.id)
    return list(rows) if isinstance(rows, list) else []  # pyright: ignore
