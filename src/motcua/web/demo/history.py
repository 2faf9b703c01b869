"""Two years of dossiers, made by running the real services under a simulated clock.

Every dossier is an agenda of its own: whose turn it is decides what happens
next and when. A heap keeps all agendas in the order of time, so that numbers,
codes, deadlines and ledger are what they would have been.
"""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.casework.access.public import Actor, PostRef
from motcua.casework.agencies.public import Membership
from motcua.casework.calendar.public import WorkCalendar, calendar_for
from motcua.casework.cases.public import Case
from motcua.casework.issuing.public import without_files
from motcua.casework.people.public import Account
from motcua.casework.workflow.public import Move, Token, Turned
from motcua.foundation.errors import DomainError
from motcua.foundation.remembering import for_long
from motcua.foundation.statements import Prepared
from motcua.foundation.timesource import CITY_ZONE, at_time
from motcua.subsystems.applications.public import (
    Dossier,
    Filing,
    Step,
    dossier_of,
    perform,
    rate,
    submit,
)
from motcua.web.demo.answers import MAKERS, Answers, Asker
from motcua.web.demo.choices import Choice, choose
from motcua.web.demo.city_plan import FLAGSHIP
from motcua.web.demo.names import generator
from motcua.web.demo.sharing import EVERYTHING, Share

BATCH = 400
RECENT = dt.timedelta(days=7)
BEGIN = dt.datetime(2025, 7, 1, 7, 30, tzinfo=CITY_ZONE)


_CASE = Prepared(
    lambda uid: Case.objects.filter(uid=uid).select_related(
        "applicant", "submitter", "receiving_agency", "competent_agency"
    ),
    UUID,
)
_FIRST_TOKEN = Prepared(lambda pk, state: Token.objects.filter(case_id=pk, state=state), int, str)


@dataclass(slots=True)
class Cast:
    """Everybody who acts: officials by agency and role, citizens by commune."""

    officials: dict[tuple[int, str], list[Actor]]
    citizens: list[tuple[Actor, Asker]]
    centres: dict[str, int]


@dataclass(order=True, slots=True)
class Turn:
    """One thing that will happen at a moment."""

    at: dt.datetime
    order: int
    run: Callable[[dt.datetime], None] = field(compare=False)


@dataclass(slots=True)
class History:
    """The running of all agendas up to a moment."""

    cast: Cast
    until: dt.datetime
    chance: Random
    calendar: WorkCalendar
    drawing: Callable[[Actor, str], None]
    agenda: list[Turn] = field(default_factory=list[Turn])
    filed: int = 0
    acts: int = 0
    refused: list[str] = field(default_factory=list[str])
    counter: Any = field(default_factory=itertools.count)

    def plan(self, at: dt.datetime, run: Callable[[dt.datetime], None]) -> None:
        """Let something happen, unless it lies beyond the end of the history."""
        if at < self.until:
            heapq.heappush(self.agenda, Turn(at, next(self.counter), run))

    def office_time(self, at: dt.datetime) -> dt.datetime:
        """The moment itself in office hours, else a little after the next opening."""
        opens = self.calendar.next_slot_start(at.replace(microsecond=0))
        return opens if opens == at else opens + dt.timedelta(minutes=self.chance.randint(1, 50))

    def run(self, progress: Callable[[int, int], None], total: int) -> None:
        """Live through everything that is planned, many acts to a transaction."""
        while self.agenda:
            with transaction.atomic():
                for _ in range(BATCH):
                    if not self.agenda:
                        break
                    turn = heapq.heappop(self.agenda)
                    with at_time(turn.at):
                        turn.run(turn.at)
                    self.acts += 1
            progress(self.filed, total)


@dataclass(slots=True)
class Life:
    """The life of one dossier."""

    history: History
    procedure: str
    citizen: Actor
    answers: Answers
    centre: int
    files: bool = False
    dossier: Dossier | None = None
    returns: int = 0

    def keeping(self) -> AbstractContextManager[None]:
        """Files are made and kept only for the newest dossiers."""
        return nullcontext() if self.files else without_files()

    def file(self, at: dt.datetime) -> None:
        """The citizen files; the clerk's turn follows."""
        draft = f"demo-{self.history.filed}"
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
        choice = choose(self.history.chance, self.dossier, turn, self.returns)
        if choice is None:
            return
        when = self._when(at, choice)
        self.history.plan(when, lambda moment: self._act(moment, turn, choice))

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
            agency = self.dossier.case.competent_agency_id
        found = self.history.cast.officials.get((agency, role))
        return self.history.chance.choice(found) if found else None


def gather_cast() -> Cast:
    """Read everybody once; an actor of history holds the posts he holds today."""
    officials: dict[tuple[int, str], list[Actor]] = {}
    by_account: dict[int, list[PostRef]] = {}
    rows = Membership.objects.filter(valid_to__isnull=True).select_related(
        "post__agency", "account"
    )
    accounts: dict[int, Account] = {}
    for row in rows:
        post = row.post
        reference = PostRef(post.pk, post.agency_id, post.role, post.title, post.authority)
        by_account.setdefault(row.account_id, []).append(reference)
        accounts[row.account_id] = row.account
    for account_id, posts in by_account.items():
        account = accounts[account_id]
        actor = Actor(account_id, None, "official", account.display_name, tuple(posts))
        for reference in posts:
            officials.setdefault((reference.agency_id, reference.role), []).append(actor)
    from motcua.casework.agencies.public import Agency

    centres = dict(
        Agency.objects.filter(kind="centre", level="commune", valid_to__isnull=True).values_list(
            "commune_code", "pk"
        )
    )
    return Cast(officials, _citizens(), centres)


def _citizens() -> list[tuple[Actor, Asker]]:
    found: list[tuple[Actor, Asker]] = []
    for account in Account.objects.filter(kind="citizen").select_related("party"):
        party = account.party
        if party is None or not party.commune_code:
            continue
        actor = Actor(account.pk, party.pk, "citizen", account.display_name)
        asker = Asker(
            party.pk,
            account.pk,
            party.full_name,
            party.identity_number,
            party.birth_date,
            party.gender or "female",
            party.phone or "0901234567",
            party.email or "nguoidan@example.vn",
            party.commune_code,
            party.address.split(",")[0] or "1 Lê Lợi",
        )
        found.append((actor, asker))
    return found


def _moments(
    chance: Random, begin: dt.datetime, until: dt.datetime, count: int, recent: int
) -> list[dt.datetime]:
    """When dossiers are filed: more and more over the years, the recent ones in the last days."""
    days = min(RECENT, until - begin)
    span = (until - days - begin).total_seconds()
    far = (
        begin + dt.timedelta(seconds=int(chance.random() ** 0.8 * span))
        for _ in range(count - recent)
    )
    near = (
        until - dt.timedelta(seconds=int(chance.random() * days.total_seconds()))
        for _ in range(recent)
    )
    return [*sorted(far), *sorted(near)]


def live(
    *,
    dossiers: int,
    until: dt.datetime,
    begin: dt.datetime = BEGIN,
    drawing: Callable[[Actor, str], None],
    progress: Callable[[int, int], None],
    with_files: int = 0,
    seed: str = "lich-su",
    share: Share = EVERYTHING,
) -> History:
    """File ``dossiers`` between two moments and let each live its life up to ``until``.

    Of all that is drawn, only what falls to the wards of ``share`` is lived.

    The newest ``with_files`` belong to the flagship ward, whose people have
    certificates from the start: their papers are really made, signed and sealed.
    """
    chance = generator(seed)
    cast = gather_cast()
    history = History(cast, until, chance, calendar_for(None), drawing)
    codes: Sequence[str] = list(MAKERS)
    weights = [weight for _, weight in MAKERS.values()]
    moments = _moments(chance, begin, until, dossiers, with_files)
    near = [pair for pair in cast.citizens if pair[1].commune == FLAGSHIP] or cast.citizens
    for place, at in enumerate(moments):
        recent = place >= dossiers - with_files
        citizen, asker = chance.choice(near if recent else cast.citizens)
        code = chance.choices(codes, weights)[0]
        if asker.commune not in cast.centres or not share.holds(asker.commune):
            continue
        # A generator of its own: each process must draw the same city and dates.
        own = generator(f"{seed}-{place}")
        answers = MAKERS[code][0](asker, own, at.astimezone(CITY_ZONE).date())
        life = Life(history, code, citizen, answers, cast.centres[asker.commune], files=recent)
        history.plan(at, life.file)
    with for_long():
        history.run(progress, dossiers)
    return history
