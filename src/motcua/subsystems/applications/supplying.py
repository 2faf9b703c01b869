"""Answering a request for supplements: each item with its own input and what was there before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.http import QueryDict

from motcua.casework.access.public import Actor
from motcua.casework.attachments.public import Attachment, draft_attachments
from motcua.casework.cases.public import Correction, CorrectionItem
from motcua.casework.forms.public import DrawnField, one_screen, render_fields, take_screen
from motcua.casework.workflow.public import Possible
from motcua.foundation.errors import Bilingual, NotPossibleNow
from motcua.foundation.timesource import today
from motcua.subsystems.applications.drafting import options
from motcua.subsystems.applications.services import act
from motcua.subsystems.applications.shown import OwnPage
from motcua.subsystems.procedures.public import Paper, all_components


@dataclass(slots=True)
class Request:
    """An open request with the way to answer it."""

    actor: Actor
    own: OwnPage
    correction: Correction
    move: Possible
    answers: dict[str, Any]

    @property
    def draft_key(self) -> str:
        """Names the uploads made for the answer."""
        return f"bs:{self.own.case.uid}:{self.correction.seq}"

    @property
    def items(self) -> list[CorrectionItem]:
        return list(self.correction.items.all())

    @property
    def field_names(self) -> list[str]:
        """The fields of the e-form that were asked for."""
        wanted = [i.target for i in self.items if i.target_kind == "field"]
        return [name for name in wanted if name in self.own.page.form.fields]

    def papers(self) -> tuple[Paper, ...]:
        """The papers that were asked for."""
        known = {p.id: p for p in all_components(self.own.page.dossier.package)}
        wanted = [i.target for i in self.items if i.target_kind != "field"]
        return tuple(known[target] for target in dict.fromkeys(wanted) if target in known)

    def new_files(self) -> dict[str, list[Attachment]]:
        """What was uploaded for the answer so far, by paper."""
        found: dict[str, list[Attachment]] = {}
        for row in draft_attachments(self.actor, self.draft_key):
            found.setdefault(row.component_code, []).append(row)
        return found


def open_request(actor: Actor, own: OwnPage) -> Request:
    """The request that waits for the applicant's answer.

    Raises:
        NotPossibleNow: nothing waits for this person.
    """
    correction = own.page.open_correction
    move = next((row for row in own.main if row.verb == "supplement"), None)
    if correction is None or move is None:
        raise NotPossibleNow
    return Request(actor, own, correction, move, dict(own.page.dossier.answers))


def read_answers(request: Request, posted: QueryDict) -> dict[str, Any]:
    """The asked fields as posted, over what was there."""
    form = one_screen(request.own.page.form, request.field_names)
    if not request.field_names:
        return request.answers
    return take_screen(form, "only", cast(Any, posted), request.answers, today=today()).answers


def drawn_fields(
    request: Request, answers: Mapping[str, Any], errors: Mapping[str, Bilingual]
) -> dict[str, DrawnField]:
    """The inputs of the asked fields, by name."""
    page = request.own.page
    drawn = render_fields(
        page.form, request.field_names, answers, today=today(), errors=errors, options=options(),
        context={"channel": page.case.channel},
    )  # fmt: skip
    return {row.id: row for row in drawn}


def answer_request(request: Request, answers: Mapping[str, Any], note: str, version: int) -> None:
    """Send the answer.

    Raises:
        InvalidInput: what must still be mended, by place.
        VersionConflict: the dossier changed meanwhile.
    """
    given = {name: answers[name] for name in request.field_names if name in answers}
    act(
        actor=request.actor,
        uid=str(request.own.case.uid),
        token_id=request.move.token_id,
        action=request.move.action,
        payload={"answers": given, "draft_key": request.draft_key, "note": note},
        expected_version=version or None,
    )
