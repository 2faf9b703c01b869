"""The life of one dossier of the demo's past, from filing to the satisfaction it leaves."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from motcua.casework.access.public import Actor
from motcua.casework.cases.public import Case
from motcua.casework.issuing.public import without_files
from motcua.casework.workflow.public import Move, Token, Turned
from motcua.foundation.errors import DomainError
from motcua.foundation.statements import Prepared
from motcua.subsystems.applications.public import (
    Dossier,
    Filing,
    Step,
    dossier_of,
    perform,
    rate,
    submit,
)
from motcua.web.demo.agenda import History
from motcua.web.demo.answers import Answers
from motcua.web.demo.choices import Choice, choose
from motcua.web.demo.fates import Fate

_CASE = Prepared(
    lambda uid: Case.objects.filter(uid=uid).select_related(
        "applicant", "submitter", "receiving_agency", "competent_agency"
    ),
    UUID,
)
_FIRST_TOKEN = Prepared(lambda pk, state: Token.objects.filter(case_id=pk, state=state), int, str)


@dataclass(slots=True)
class Life:
    """The life of one dossier."""

    history: History
    procedure: str
    citizen: Actor
    answers: Answers
    centre: int
    files: bool = False
    fate: Fate | None = None
    dossier: Dossier | None = None
    returns: int = 0

    def keeping(self) -> AbstractContextManager[None]:
        """Files are made and kept only for the newest dossiers."""
        return nullcontext() if self.files else without_files()

    def file(self, at: dt.datetime) -> None:
        """The citizen files; the clerk's turn follows."""
        draft = f"demo-{self.history.seed}-{self.history.filed}"
        if self.procedure == "1.013225":
            self.history.drawing(self.citizen, draft)
        filing = Filing(
            procedure_code=self.procedure,
            answers=self.answers,
            receiving_agency_id=self.centre,
            draft_key=draft if self.procedure == "1.013225" else "",
        )
        made = submit(actor=self.citizen, filing=filing)
        case = _CASE.first(UUID(made["uid"]))
        assert case is not None
        self.dossier = dossier_of(case)
        self.history.filed += 1
        token = _FIRST_TOKEN.first(case.pk, "active")
        assert token is not None
        self._next(
            at, Turned(token.pk, token.step, "task", token.role, token.agency_id, None), "submitted"
        )

    def _next(self, at: dt.datetime, turn: Turned, verb: str) -> None:
        assert self.dossier is not None
        choice = self._choice(turn)
        if choice is None:
            return
        when = self._when(at, choice)
        self.history.plan(when, lambda moment: self._act(moment, turn, choice))

    def _choice(self, turn: Turned) -> Choice | None:
        assert self.dossier is not None
        if self.fate is not None:
            if turn.step in self.fate.rests:
                return None
            if turn.step in self.fate.takes and not self.returns:
                return self.fate.takes[turn.step]
        return choose(self.history.chance, self.dossier, turn, self.returns)

    def _when(self, at: dt.datetime, choice: Choice) -> dt.datetime:
        """Officials work in office hours and aim at the due date; citizens answer any time."""
        assert self.dossier is not None
        due = self.dossier.case.due_at
        wait = choice.wait(self.history.chance)
        if choice.toward_due and due is not None and due > at:
            wait = (due - at) * self.history.chance.uniform(0.05, 0.45)
            if self.history.chance.random() < 0.045:
                wait = (due - at) + dt.timedelta(hours=self.history.chance.randint(2, 40))
        later = at + wait
        return later if choice.by_applicant else self.history.office_time(later)

    def _act(self, at: dt.datetime, turn: Turned, choice: Choice) -> None:
        self._follow_merger()
        assert self.dossier is not None
        actor = self._actor(turn, choice)
        if actor is None:
            return
        step = Step(actor, self.dossier, choice.payload(self.dossier), at, choice.action)
        try:
            with transaction.atomic(), self.keeping():
                moved = perform(step, token_id=turn.token_id)
        except DomainError as error:
            self.history.refused.append(f"{self.procedure} {choice.action}: {error.code}")
            return
        self._after(at, moved)

    def _follow_merger(self) -> None:
        """Read the dossier again when its agency was merged since it was last touched."""
        assert self.dossier is not None
        if self.dossier.case.competent_agency_id in self.history.merged:
            case = _CASE.first(self.dossier.case.uid)
            assert case is not None
            self.dossier = dossier_of(case)

    def _after(self, at: dt.datetime, moved: Move) -> None:
        if moved.verb in {"return_for_rework", "request_supplement"}:
            self.returns += 1
        if moved.verb == "deliver" and self.history.chance.random() < 0.45:
            self.history.plan(at + dt.timedelta(hours=3), self._rate)
        holder = moved.holder
        if holder is not None:
            self._next(at, holder, moved.verb)

    def _rate(self, at: dt.datetime) -> None:
        assert self.dossier is not None
        late = self.dossier.case.due_at and self.dossier.case.decided_at
        score = self.history.chance.choices((3, 2, 1), (72, 24, 4))[0]
        if late and self.dossier.case.decided_at > self.dossier.case.due_at:
            score = self.history.chance.choices((3, 2, 1), (20, 40, 40))[0]
        rate(actor=self.citizen, uid=self.dossier.case.uid, score=score)

    def _actor(self, turn: Turned, choice: Choice) -> Actor | None:
        if choice.by_applicant:
            return self.citizen
        assert self.dossier is not None
        agency = turn.agency_id or self.dossier.case.competent_agency_id
        role = choice.role or turn.role
        if role != turn.role:
            case = self.dossier.case
            counter = role == "receiving_clerk"
            agency = case.receiving_agency_id if counter else case.competent_agency_id
        agency = self.history.merged.get(agency, agency)
        found = self.history.cast.officials.get((agency, role))
        return self.history.chance.choice(found) if found else None
