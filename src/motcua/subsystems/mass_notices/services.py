"""Every write: keep a draft, try it on oneself, ask to send, approve, stop, send a batch."""

# Django's field types come from a mypy plugin that pyright lacks.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from motcua.casework.access.public import SYSTEM, Actor, require
from motcua.casework.agencies.public import ROLES
from motcua.casework.clock.public import parameter
from motcua.casework.ledger.public import record
from motcua.casework.notices.public import Recipient, notify
from motcua.foundation.errors import Bilingual, InvalidInput, NotAllowed
from motcua.foundation.outbox.public import emitting_together, enqueue
from motcua.foundation.timesource import now
from motcua.subsystems.mass_notices import selectors
from motcua.subsystems.mass_notices.errors import NoticeElsewhere, OwnNotice
from motcua.subsystems.mass_notices.finding import found
from motcua.subsystems.mass_notices.models import MassNotice, MassRecipient
from motcua.subsystems.mass_notices.reach import (
    APPROVE,
    WRITE,
    WRITERS,
    agency_for,
    approves,
    held,
)
from motcua.subsystems.mass_notices.rules import (
    APPLICANTS,
    APPOINTMENTS,
    BATCH,
    MOST_PEOPLE,
    OFFERED,
    PAUSE_SECONDS,
    TEXTS,
    faults,
    needs_second,
)

SEND = "mass_notices.send"
State = MassNotice.State


def read(given: Mapping[str, str]) -> tuple[dict[str, object], dict[str, Bilingual]]:
    """What was typed as the columns of a notice, and what is wrong with it."""
    audience = given.get("audience", "")
    wrong: dict[str, Bilingual] = {}
    if audience not in OFFERED:
        wrong["audience"] = Bilingual("Chọn người nhận.", "Choose who gets it.")
        audience = APPLICANTS
    texts = {name: given.get(name, "").replace("\r\n", "\n").strip() for name in TEXTS}
    wrong |= faults(texts, OFFERED[audience])
    legal, basis = given.get("legal") == "yes", given.get("basis", "").strip()[:200]
    if legal and not basis:
        wrong["basis"] = Bilingual(
            "Thông báo theo luật cần nêu căn cứ.", "A legal notice names its legal basis."
        )
    chosen = _chosen(audience, given, wrong)
    return {
        "audience": audience, "chosen": chosen, "texts": texts, "legal": legal, "basis": basis,
    }, wrong  # fmt: skip


def _chosen(audience: str, given: Mapping[str, str], wrong: dict[str, Bilingual]) -> dict[str, str]:
    if audience == APPLICANTS:
        code = given.get("procedure", "").split(" ")[0].strip()[:40]
        return {"procedure": code} if code else {}
    if audience == APPOINTMENTS:
        try:
            parts = [int(given.get(f"day_{part}", "")) for part in ("year", "month", "day")]
            return {"day": dt.date(*parts).isoformat()}
        except ValueError:
            wrong["day"] = Bilingual("Nhập ngày hợp lệ.", "Enter a valid day.")
            return {}
    role = given.get("role", "")
    return {"role": role} if role in ROLES else {}


@transaction.atomic
def keep(
    *, actor: Actor, agency_code: str, given: Mapping[str, str], uid: UUID | None = None
) -> MassNotice:
    """Keep a draft, new or again.

    Raises:
        NotFound: no such agency of the actor, or no such notice. NoticeElsewhere: not a draft.
        InvalidInput: words or filter are wrong, by field.
    """
    require(actor, WRITE)
    columns, wrong = read(given)
    if uid is None:
        agency = agency_for(actor, agency_code)
        notice = MassNotice(agency=agency, author_id=actor.account_id, made_at=now())
    else:
        notice = _own(actor, uid, State.DRAFT)
    if wrong:
        raise InvalidInput(wrong)
    for name, value in columns.items():
        setattr(notice, name, value)
    notice.save()
    _note(actor, notice, "mass_notices.keep")
    return notice


@transaction.atomic
def try_on_oneself(*, actor: Actor, uid: UUID) -> None:
    """Send the notice to the actor alone, as its first recipient would get it.

    Raises:
        NotFound, NoticeElsewhere.
    """
    require(actor, WRITE)
    notice = _own(actor, uid, State.DRAFT)
    people = found(actor, notice.agency, notice.audience, notice.chosen)
    first = people[0] if people else MassRecipient(account_id=actor.account_id)
    notify(
        actor=actor,
        template=_template(notice),
        recipients=[Recipient(account_id=actor.account_id, language=first.language)],
        data=selectors.text_for(notice, first),
    )
    _note(actor, notice, "mass_notices.try")


@transaction.atomic
def ask_to_send(*, actor: Actor, uid: UUID) -> MassNotice:
    """Fix the recipients; few are sent to at once, more wait for a second person.

    Raises:
        NotFound, NoticeElsewhere. InvalidInput: nobody, or too many, are found.
    """
    require(actor, WRITE)
    notice = _own(actor, uid, State.DRAFT)
    people = found(actor, notice.agency, notice.audience, notice.chosen)
    if not people or len(people) > MOST_PEOPLE:
        raise InvalidInput({"audience": _nobody(len(people))})
    for person in people:
        person.notice = notice
    MassRecipient.objects.bulk_create(people, batch_size=500)
    notice.people = len(people)
    alone = int(parameter("mass_notice_alone", now()).number)
    _move(actor, notice, State.WAITING if needs_second(len(people), alone) else State.SENDING)
    return notice


def _nobody(number: int) -> Bilingual:
    if number:
        return Bilingual(
            f"Quá {MOST_PEOPLE} người; hãy thu hẹp.", f"Over {MOST_PEOPLE} people; narrow it."
        )
    return Bilingual("Không tìm thấy ai để gửi.", "Nobody is found to send it to.")


@transaction.atomic
def approve(*, actor: Actor, uid: UUID) -> MassNotice:
    """Let it go, as a second person.

    Raises:
        NotFound, NotAllowed, NoticeElsewhere; OwnNotice: the actor wrote it.
    """
    require(actor, APPROVE)
    notice = _in_state(actor, uid, State.WAITING)
    if not approves(actor, notice.agency):
        raise NotAllowed
    if notice.author_id == actor.account_id:
        raise OwnNotice
    notice.approver_id = actor.account_id
    _move(actor, notice, State.SENDING)
    return notice


@transaction.atomic
def stop(*, actor: Actor, uid: UUID) -> MassNotice:
    """Stop waiting or sending; who was told stays told.

    Raises:
        NotFound, NotAllowed; NoticeElsewhere: it is over already.
    """
    if not held(actor, WRITERS):
        raise NotAllowed
    notice = selectors.notice_for(actor, uid, lock=True)
    if notice.state not in {State.WAITING.value, State.SENDING.value}:
        raise NoticeElsewhere
    _move(actor, notice, State.STOPPED)
    return notice


@transaction.atomic
def send_batch(notice_id: int) -> None:
    """Tell the next people and ask for the following batch. Safe to repeat."""
    notice = (
        MassNotice.objects.select_for_update(of=("self",))
        .select_related("agency")
        .get(pk=notice_id)
    )
    if notice.state != State.SENDING.value:
        return
    people = selectors.waiting(notice, BATCH)
    with emitting_together():
        for person in people:
            notify(
                actor=SYSTEM,
                template=_template(notice),
                recipients=[_recipient(person)],
                data=selectors.text_for(notice, person),
                case_id=person.case_id,
                dedupe_key=selectors.dedupe_key(notice),
            )
    MassRecipient.objects.filter(pk__in=[person.pk for person in people]).update(told_at=now())
    if len(people) < BATCH:
        _move(SYSTEM, notice, State.DONE)
    else:
        _ask_for_batch(notice, dt.timedelta(seconds=PAUSE_SECONDS))


def _recipient(person: MassRecipient) -> Recipient:
    if person.party_id:
        return Recipient(party_id=person.party_id, language=person.language)
    return Recipient(account_id=person.account_id, language=person.language)


def _template(notice: MassNotice) -> str:
    return "mass.legal" if notice.legal else "mass.information"


def _own(actor: Actor, uid: UUID, state: MassNotice.State) -> MassNotice:
    notice = _in_state(actor, uid, state)
    if notice.agency_id not in held(actor, WRITERS):
        raise NotAllowed
    return notice


def _in_state(actor: Actor, uid: UUID, state: MassNotice.State) -> MassNotice:
    notice = selectors.notice_for(actor, uid, lock=True)
    if notice.state != state.value:
        raise NoticeElsewhere
    return notice


def _move(actor: Actor, notice: MassNotice, state: MassNotice.State) -> None:
    notice.state = state.value
    if state in {State.DONE, State.STOPPED}:
        notice.ended_at = now()
    notice.save()
    _note(actor, notice, f"mass_notices.{state.value}")
    if state == State.SENDING:
        _ask_for_batch(notice, dt.timedelta())


def _ask_for_batch(notice: MassNotice, after: dt.timedelta) -> None:
    enqueue(SEND, {"notice_id": notice.pk}, now() + after)


def _note(actor: Actor, notice: MassNotice, verb: str) -> None:
    record(
        actor=actor,
        chain=f"agency:{notice.agency_id}",
        verb=verb,
        after={
            "notice": str(notice.uid), "audience": notice.audience, "people": notice.people,
            "legal": notice.legal,
        },
        agency_id=notice.agency_id,
    )  # fmt: skip
