"""The wizard for citizens: what was typed goes along from screen to screen, in the page itself.

So it works without JavaScript and without a session, and two windows do not meet. Only photos
are kept here meanwhile, under a key that the page alone knows.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from motcua.casework.access.public import Actor
from motcua.casework.attachments.public import Attachment, UploadRefused
from motcua.casework.forms.public import (
    DrawnField,
    FormDefinition,
    Outcome,
    compile_form,
    one_screen,
    render_fields,
    take_screen,
)
from motcua.foundation.errors import Bilingual, DomainError, InvalidInput
from motcua.foundation.timesource import today
from motcua.subsystems.reports.rules import best_categories
from motcua.subsystems.reports.selectors import (
    CategoryInfo,
    Near,
    categories_on,
    same_nearby,
    ward_options,
)
from motcua.subsystems.reports.services import (
    Intake,
    check_intake,
    keep_photos,
    kept_photos,
    receive_report,
)

STEPS = ("what", "where", "kind", "send")
CARRIED = ("description", "longitude", "latitude", "area", "address", "category", "asked",
           "draft", "key", "answers")  # fmt: skip
CONTACT = ("name", "phone", "email", "hide_name")
_STEP_OF = {"description": "what", "photos": "what", "place": "where", "area": "where",
            "address": "where", "category": "kind", "urgency": "kind"}  # fmt: skip


@dataclass(slots=True)
class Filling:
    """One screen of the wizard with everything typed so far."""

    actor: Actor
    step: str
    typed: dict[str, str]
    answers: dict[str, Any] = field(default_factory=dict[str, Any])
    errors: dict[str, Bilingual] = field(default_factory=dict[str, Bilingual])
    problem: DomainError | None = None
    sent: dict[str, Any] | None = None

    @property
    def number(self) -> int:
        """Which screen it is, from 1."""
        return STEPS.index(self.step) + 1

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What goes along hidden: all but what this screen itself asks."""
        own = {"what": {"description"}, "where": {"longitude", "latitude", "area", "address"},
               "kind": {"category", "asked"}}.get(self.step, set())  # fmt: skip
        return [(name, self.typed.get(name, "")) for name in CARRIED if name not in own]

    @property
    def photos(self) -> list[Attachment]:
        """The photos kept so far. One statement."""
        return kept_photos(self.actor, self.typed["draft"])

    @property
    def category(self) -> CategoryInfo | None:
        """The category chosen, if it is in use."""
        return categories_on(today()).get(self.typed.get("category", ""))

    @property
    def point(self) -> tuple[float, float] | None:
        """The phone's position, if it was given."""
        x, y = number_of(self.typed.get("longitude")), number_of(self.typed.get("latitude"))
        return (x, y) if x is not None and y is not None else None


def number_of(text: str | None) -> float | None:
    """A coordinate as typed, with point or comma; None for anything else."""
    try:
        return float((text or "").strip().replace(",", "."))
    except ValueError:
        return None


def begin(actor: Actor, asked: Mapping[str, str]) -> Filling:
    """The first screen."""
    typed = {"draft": secrets.token_urlsafe(24), "key": secrets.token_urlsafe(24)}
    typed["category"] = asked.get("linh-vuc", "")[:40]
    return Filling(actor, "what", typed)


def take(actor: Actor, posted: Any, files: Any) -> Filling:
    """A posted screen: read it, do what it asks, decide which screen is next."""
    typed = {name: str(posted.get(name, "")) for name in (*CARRIED, *CONTACT)}
    for name in ("draft", "key"):
        typed[name] = typed[name][:64] or secrets.token_urlsafe(24)
    # The radio buttons of suggestions, or the list of all: the list wins when it was changed.
    typed["category"] = str(posted.get("category_other", "")) or typed["category"]
    step = posted.get("step", "")
    filling = Filling(actor, step if step in STEPS else "what", typed)
    filling.answers = _answers_of(typed["answers"])
    if posted.get("_action") == "back":
        filling.step = STEPS[max(0, STEPS.index(filling.step) - 1)]
        return filling
    if filling.step == "what":
        _take_photos(filling, files.getlist("photos"))
    if filling.step == "kind":
        _take_answers(filling, posted)
    if filling.errors:
        return filling
    if filling.step == "send":
        return _send(filling)
    _go_on(filling)
    return filling


def _answers_of(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _take_photos(filling: Filling, files: list[Any]) -> None:
    try:
        keep_photos(actor=filling.actor, draft_key=filling.typed["draft"], files=files)
    except UploadRefused as error:
        what, todo = error.text(), error.what_to_do()
        filling.errors["photos"] = Bilingual(f"{what.vi} {todo.vi}", f"{what.en} {todo.en}")
    except InvalidInput as error:
        filling.errors.update(error.fields)


def _form(category: CategoryInfo) -> FormDefinition:
    form = compile_form(category.form, f"{category.code}:{category.pk}")
    return one_screen(form, form.fields)


def _take_answers(filling: Filling, posted: Any) -> None:
    """The further questions of the category, once they have been shown."""
    category = filling.category
    if category is None or not category.form or filling.typed["asked"] != category.code:
        return
    outcome: Outcome = take_screen(_form(category), "only", posted, filling.answers, today=today())
    filling.answers = outcome.answers
    filling.typed["answers"] = json.dumps(outcome.answers, ensure_ascii=False)
    filling.errors.update(outcome.errors)


def _go_on(filling: Filling) -> None:
    wrong = check_intake(intake_of(filling))
    index = STEPS.index(filling.step)
    here = {name: text for name, text in wrong.items()
            if STEPS.index(_STEP_OF.get(name, "kind")) <= index}  # fmt: skip
    category = filling.category
    if filling.step == "kind" and category is not None and category.form and (
        filling.typed["asked"] != category.code
    ):  # fmt: skip
        filling.typed["asked"] = category.code
        return
    if filling.step != "kind":
        here.pop("category", None)
    filling.errors = here
    if here:
        filling.step = min((_STEP_OF.get(name, "kind") for name in here), key=STEPS.index)
        return
    filling.step = STEPS[index + 1]


def intake_of(filling: Filling) -> Intake:
    """What was typed, as the service reads it."""
    typed, point = filling.typed, filling.point
    return Intake(
        category=typed.get("category", ""),
        description=typed.get("description", ""),
        longitude=point[0] if point else None,
        latitude=point[1] if point else None,
        area_code=typed.get("area", ""),
        address=typed.get("address", ""),
        answers=filling.answers,
        name=typed.get("name", ""),
        phone=typed.get("phone", ""),
        email=typed.get("email", ""),
        hide_name=typed.get("hide_name") == "on",
        draft_key=typed["draft"],
        language=get_language() or "vi",
    )


def _send(filling: Filling) -> Filling:
    try:
        filling.sent = receive_report(
            actor=filling.actor, intake=intake_of(filling), key=filling.typed["key"]
        )
    except InvalidInput as error:
        filling.errors = dict(error.fields)
        steps = [_STEP_OF.get(name, "send") for name in error.fields]
        filling.step = min(steps, key=STEPS.index) if steps else "send"
    except DomainError as error:
        filling.problem = error
        if error.code == "reports-category-retired":
            filling.step, filling.typed["category"] = "kind", ""
    return filling


def drawn_questions(filling: Filling) -> list[DrawnField]:
    """The further questions of the chosen category as HTML."""
    category = filling.category
    if category is None or not category.form or filling.typed.get("asked") != category.code:
        return []
    form = _form(category)
    return render_fields(
        form, list(form.fields), filling.answers, today=today(), errors=filling.errors
    )


def suggested(filling: Filling) -> list[CategoryInfo]:
    """The categories whose words occur in the text, the best first."""
    known = {code: c for code, c in categories_on(today()).items() if c.leaf}
    words = [(code, (c.name, *c.words)) for code, c in known.items()]
    return [known[code] for code in best_categories(filling.typed.get("description", ""), words)]


def grouped_categories(english: bool) -> list[tuple[str, str]]:
    """Every category that can be chosen, under the name of its group."""
    return [
        (c.code, f"{c.group_en if english else c.group} › {c.in_language(english)}".lstrip(" ›"))
        for c in categories_on(today()).values()
        if c.leaf
    ]


def wards(english: bool) -> list[tuple[str, str]]:
    """The wards to choose from."""
    return [(code, en if english else vi) for code, vi, en in ward_options(today())]


def alike(filling: Filling) -> list[Near]:
    """Open reports of the same kind near the place. At most one statement."""
    category, point = filling.category, filling.point
    if category is None or point is None:
        return []
    return same_nearby(
        [category.code],
        *point,
        metres=category.same_within_metres,
        days=category.same_within_days,
    )
