"""One posted screen, from what was typed to which screen comes next. Pure; no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from motcua.casework.forms.rules.definition import Answers, FormDefinition, Step
from motcua.casework.forms.rules.posting import Posted, Screen, read_screen
from motcua.casework.forms.rules.settling import Context, next_step, previous_step, settle
from motcua.casework.forms.rules.validating import Validated, validate
from motcua.foundation.errors import Bilingual

ONLY: Final = "only"
MORE_ASKED: Final = Bilingual(
    "Theo câu trả lời của bạn, có thêm mục cần điền ở trang này.",
    "Because of your answer, there is more to fill in on this page.",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to do after a posted screen: keep ``answers``, then show ``step``.

    ``step`` is "" when every screen is done (check your answers). ``verb`` is the button
    that was pressed; ``save`` means the person wants to go on later. Errors and the note
    belong on the screen that is shown again.
    """

    answers: dict[str, Any]
    verb: str
    step: str
    revision: int
    errors: dict[str, Bilingual]
    note: Bilingual | None = None


def take_screen(
    definition: FormDefinition,
    step_id: str,
    posted: Posted,
    answers: Answers,
    *,
    today: dt.date,
    context: Context | None = None,
) -> Outcome:
    """Read a posted screen and decide where the person goes.

    Going on needs the step to be right; going back, saving and changing rows never do.
    Where an answer makes more questions appear on the same screen, and the browser could
    not show them, they are shown now before anything is called missing.

    Raises:
        NotFound: the form has no such step.
    """
    screen = read_screen(definition, step_id, posted, answers)
    verb = screen.action.verb
    if verb == "next":
        return _go_on(definition, step_id, screen, today, context)
    step = step_id
    if verb in {"back", "go"}:
        settled = settle(definition, screen.answers, today=today, context=context)
        before = previous_step(definition, settled, step_id)
        wanted = definition.step(screen.action.field) if verb == "go" else before
        step = wanted.id if wanted else step_id
    return Outcome(screen.answers, verb, step, screen.revision, {})


def one_screen(definition: FormDefinition, names: Iterable[str]) -> FormDefinition:
    """The same form with only these questions, all on one screen called ``only``.

    For asking again for single answers: draw it, and read what was posted with
    :func:`take_screen`. Names the form does not have are left out.
    """
    known = tuple(name for name in dict.fromkeys(names) if name in definition.fields)
    return replace(definition, steps=(Step(ONLY, definition.title, Bilingual("", ""), known),))


def _go_on(
    definition: FormDefinition,
    step_id: str,
    screen: Screen,
    today: dt.date,
    context: Context | None,
) -> Outcome:
    checked = validate(definition, screen.answers, today=today, context=context, step=step_id)
    unseen = _unseen(definition, step_id, screen, checked)
    errors = {
        place: text for place, text in checked.errors.items() if place.split(".")[0] not in unseen
    }
    if errors or unseen:
        note = MORE_ASKED if unseen else None
        return Outcome(screen.answers, "next", step_id, screen.revision, errors, note)
    following = next_step(definition, checked.settled, step_id)
    return Outcome(screen.answers, "next", following.id if following else "", screen.revision, {})


def _unseen(
    definition: FormDefinition, step_id: str, screen: Screen, checked: Validated
) -> frozenset[str]:
    """Fields of this screen that appeared only with what was just posted."""
    step = definition.step(step_id)
    if step is None or not screen.shown:
        return frozenset()
    here = checked.settled.shown.intersection(step.fields)
    return frozenset(
        name
        for name in here - screen.shown
        if definition.fields[name].conditional and not definition.fields[name].calculated
    )
