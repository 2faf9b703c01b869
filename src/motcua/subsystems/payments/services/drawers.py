"""The cash drawer of a clerk and day: float, corrections, count, approval, hand-over."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from motcua.casework.access.public import Actor, require
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound, NotPossibleNow
from motcua.foundation.timesource import now, today
from motcua.foundation.transactions import together
from motcua.subsystems.payments.errors import DrawerClosed, SecondPersonNeeded
from motcua.subsystems.payments.models import CashDrawer, PostingLine
from motcua.subsystems.payments.permissions import APPROVE, COLLECT
from motcua.subsystems.payments.rules.books import counted
from motcua.subsystems.payments.services.posting import post

State = CashDrawer.State


def _note(actor: Actor, drawer: CashDrawer, verb: str, **facts: object) -> None:
    record(
        actor=actor,
        chain=f"payments:{drawer.agency_id}",
        verb=verb,
        after={"drawer": str(drawer.uid), **facts},
    )


def cash_in(drawer: CashDrawer) -> int:
    """What must lie in the drawer by the books, in đồng."""
    total = PostingLine.objects.filter(drawer=drawer).aggregate(sum=Sum("amount"))["sum"]
    return int(total or 0)


@together()
def open_drawer(*, actor: Actor, agency_id: int, opening: int = 0) -> CashDrawer:
    """Begin the day's cash with a float from the safe; an open drawer stays as it is.

    Args:
        opening: the float in đồng, not negative.

    Raises:
        NotAllowed: the actor takes no money for that agency.
        DrawerClosed: the day's cash was counted already.
        InvalidInput: a negative float.
    """
    require(actor, COLLECT, agency_id=agency_id)
    if opening < 0:
        raise InvalidInput({"opening": Bilingual("Số tiền không âm.", "Not less than zero.")})
    values = {"opening": opening, "opened_at": now()}
    drawer, new = CashDrawer.objects.get_or_create(
        agency_id=agency_id, clerk_id=actor.account_id, day=today(), defaults=values
    )
    if drawer.state != State.OPEN:
        raise DrawerClosed
    if new:
        if opening:
            post(
                actor=actor, agency_id=agency_id, kind="float", key=f"float:{drawer.pk}",
                lines=[("cash", opening), ("safe", -opening)], drawer=drawer,
            )  # fmt: skip
        _note(actor, drawer, "payments.open_drawer", opening=opening)
    return drawer


def drawer_for_taking(actor: Actor, agency_id: int) -> CashDrawer | None:
    """The drawer cash goes into now; begun without a float when the clerk forgot."""
    if actor.account_id is None:
        return None
    drawer = open_drawer(actor=actor, agency_id=agency_id)
    # Counting must not overtake a payment being taken.
    return CashDrawer.objects.select_for_update().get(pk=drawer.pk)


def _locked(uid: UUID | str, state: str) -> CashDrawer:
    drawer = CashDrawer.objects.select_for_update().filter(uid=uid).first()
    if drawer is None:
        raise NotFound
    if drawer.state != state:
        raise NotPossibleNow
    return drawer


@transaction.atomic
def correct_drawer(*, actor: Actor, uid: UUID | str, amount: int, reason: str, key: str) -> None:
    """Set the books right by a counter-entry; nothing written before is changed.

    Args:
        amount: đồng more (positive) or less (negative) in the drawer than the books say.
        key: the same form sent twice is one correction.
    """
    drawer = _locked(uid, State.OPEN)
    require(actor, COLLECT, agency_id=drawer.agency_id)
    if drawer.clerk_id != actor.account_id:
        raise NotFound
    if not amount or not reason.strip():
        raise InvalidInput(
            {"reason": Bilingual("Ghi số tiền và lý do.", "Give the amount and the reason.")}
        )
    post(
        actor=actor, agency_id=drawer.agency_id, kind="correction",
        key=f"correction:{drawer.pk}:{key}"[:80], note=reason.strip(),
        lines=[("cash", amount), ("difference", -amount)], drawer=drawer,
    )  # fmt: skip
    _note(actor, drawer, "payments.correct_drawer", amount=amount, reason=reason.strip())


@transaction.atomic
def count_drawer(
    *, actor: Actor, uid: UUID | str, pieces: Mapping[int, int], explanation: str = ""
) -> CashDrawer:
    """Close the day's taking with the notes counted; a difference must be explained.

    Raises:
        InvalidInput: a wrong count, or an unexplained difference.
        NotPossibleNow: it was counted already.
    """
    drawer = _locked(uid, State.OPEN)
    require(actor, COLLECT, agency_id=drawer.agency_id)
    if drawer.clerk_id != actor.account_id:
        raise NotFound
    try:
        amount = counted(pieces)
    except ValueError as error:
        fault = Bilingual("Số tờ là số không âm.", "Numbers of notes are not negative.")
        raise InvalidInput({"pieces": fault}) from error
    expected = cash_in(drawer)
    if amount != expected and not explanation.strip():
        gap = f"{amount - expected:+,}".replace(",", ".")
        raise InvalidInput(
            {
                "explanation": Bilingual(
                    f"Chênh lệch {gap} đ so với sổ. Đếm lại hoặc giải trình.",
                    f"It differs by {gap} đ from the books. Count again, or explain.",
                )
            }
        )
    drawer.state, drawer.counted_at = State.COUNTED, now()
    drawer.expected, drawer.counted = expected, amount
    drawer.pieces = {str(value): number for value, number in pieces.items() if number}
    drawer.explanation = explanation.strip()[:500]
    drawer.save()
    _note(actor, drawer, "payments.count_drawer", expected=expected, counted=amount)
    return drawer


@transaction.atomic
def approve_drawer(*, actor: Actor, uid: UUID | str, accepted: bool, note: str = "") -> CashDrawer:
    """A second person takes the counted money over, or sends the drawer back to be counted.

    Raises:
        SecondPersonNeeded: the clerk's own drawer.
    """
    drawer = _locked(uid, State.COUNTED)
    require(actor, APPROVE, agency_id=drawer.agency_id)
    if drawer.clerk_id == actor.account_id:
        raise SecondPersonNeeded
    if not accepted:
        drawer.state = State.OPEN
        drawer.save(update_fields=["state"])
        _note(actor, drawer, "payments.return_drawer", note=note.strip()[:300])
        return drawer
    gap, money = drawer.difference, drawer.counted or 0
    post(
        actor=actor, agency_id=drawer.agency_id, kind="closing", key=f"closing:{drawer.pk}",
        lines=[("cash", gap), ("difference", -gap), ("safe", money), ("cash", -money)],
        drawer=drawer, note=drawer.explanation,
    )  # fmt: skip
    drawer.state, drawer.approved_at = State.APPROVED, now()
    drawer.approved_by_id = actor.account_id
    drawer.save(update_fields=["state", "approved_at", "approved_by"])
    _note(actor, drawer, "payments.approve_drawer", counted=money, difference=gap)
    return drawer
