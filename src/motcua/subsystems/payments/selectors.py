"""Every read of charges, receipts, payments and the books."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncQuarter

from motcua.casework.access.public import Actor, allowed, require, visible_to
from motcua.casework.agencies.public import Agency, carried_on_by
from motcua.casework.cases.public import Case
from motcua.foundation.errors import NotAllowed, NotFound
from motcua.foundation.timesource import today
from motcua.subsystems.payments.models import (
    Arrival,
    BankAccount,
    CashDrawer,
    Charge,
    NoticeKey,
    Obligation,
    PaymentOrder,
    Posting,
    PostingLine,
    Receipt,
    Refund,
)
from motcua.subsystems.payments.permissions import COLLECT, RECONCILE, SETTINGS
from motcua.subsystems.payments.rules.books import ACCOUNTS

PAGE = 50


def charge_of(actor: Actor, case_id: int) -> Charge | None:
    """The charge of a case open to the actor, with its receipt. One statement."""
    rows = Charge.objects.filter(visible_to(actor, "case_id"), case_id=case_id)
    return rows.select_related("receipt").first()


def collecting_agency(case: Case) -> int:
    """Who collects for a case now: its receiving agency, or who carries that one on.

    A centre that was merged leaves its open fees to the successor, whose book and account
    they go into. No statement while it lives and the case was read with it.
    """
    return carried_on_by(case.receiving_agency, today())


def acting_agency(agency_id: int) -> int:
    """The agency itself, or who carries it on after a merger. One statement, else two."""
    return carried_on_by(Agency.objects.get(pk=agency_id), today())


def locked_charge_state(case_id: int) -> str:
    """``open``, ``paid`` or ``waived``, empty without a charge; nobody pays it meanwhile.

    Inside a transaction: a payment being taken is waited for.
    """
    rows = Charge.objects.select_for_update().filter(case_id=case_id)
    charge = rows.only("state").first()
    return str(charge.state) if charge else ""


def obligations_of(case_id: int) -> list[Obligation]:
    """What another law asks for a case the caller has opened, with the proofs. Two statements."""
    rows = Obligation.objects.filter(case_id=case_id).order_by("pk")
    return list(rows.prefetch_related("proofs"))


def receipts_of(charge: Charge) -> list[Receipt]:
    """Every receipt of a charge, the valid one last; replaced ones carry ``voided``."""
    first = Receipt.objects.filter(charge=charge).select_related("voided", "document").first()
    chain: list[Receipt] = []
    while first is not None:
        chain.append(first)
        after = Receipt.objects.filter(replaces=first).select_related("voided", "document")
        first = after.first() if getattr(first, "voided", None) else None
    return chain


def account_of(agency_id: int, on: dt.date) -> BankAccount | None:
    """The account an agency is paid to on a day."""
    ends = Q(valid_to=None) | Q(valid_to__gte=on)
    rows = BankAccount.objects.filter(ends, agency_id=agency_id, valid_from__lte=on)
    return rows.order_by("-valid_from").first()


def orders_of(charge: Charge) -> list[PaymentOrder]:
    """The orders of a charge, newest first."""
    return list(
        PaymentOrder.objects.filter(charge=charge).select_related("account").order_by("-pk")[:20]
    )


def notice_key(key_id: str) -> NoticeKey | None:
    """The key by which a bank signs its notices, while it is in use. One statement."""
    return NoticeKey.objects.filter(key_id=key_id, ended_at=None).first()


def order_by_uid(actor: Actor, uid: object) -> PaymentOrder:
    """An order of a case the actor sees. Raises NotFound."""
    rows = PaymentOrder.objects.select_related("account", "charge__case", "agency")
    order = rows.filter(visible_to(actor, "charge_id"), uid=uid).first()
    if order is None:
        raise NotFound
    return order


def desk_agency(actor: Actor, permission: str = RECONCILE) -> Agency:
    """The agency whose money the actor works with: that of the first fitting post.

    Raises:
        NotAllowed: none of the posts may.
    """
    for post in actor.posts:
        if allowed(actor, permission, agency_id=post.agency_id):
            return Agency.objects.get(pk=post.agency_id)
    raise NotAllowed


def arrivals_left(actor: Actor, *, after: int = 0) -> list[Arrival]:
    """Money that waits for a decision in the actor's agency, oldest first, a page at a time."""
    agency = desk_agency(actor)
    rows = Arrival.objects.filter(agency=agency, left__gt=0, pk__gt=after)
    return list(rows.select_related("charge__case", "order").order_by("pk")[: PAGE + 1])


def recent_arrivals(actor: Actor) -> list[Arrival]:
    """The last credits of the actor's agency, settled ones too."""
    rows = Arrival.objects.filter(agency=desk_agency(actor))
    return list(rows.select_related("charge__case").order_by("-pk")[:PAGE])


def refunds_of(actor: Actor) -> list[Refund]:
    """Refunds of the actor's agency, newest first."""
    rows = Refund.objects.filter(agency=desk_agency(actor)).select_related(
        "asked_by", "decided_by", "receipt", "arrival__charge__case"
    )
    return list(rows.order_by("-pk")[: PAGE * 2])


def own_drawer(actor: Actor, day: dt.date) -> CashDrawer | None:
    """The actor's cash of a day."""
    agency = desk_agency(actor, COLLECT)
    return CashDrawer.objects.filter(agency=agency, clerk_id=actor.account_id, day=day).first()


def drawers_of(actor: Actor) -> list[CashDrawer]:
    """Drawers of the actor's agency, newest day first; those to be approved on top."""
    rows = CashDrawer.objects.filter(agency=desk_agency(actor)).select_related(
        "clerk", "approved_by"
    )
    waiting = list(rows.filter(state="counted").order_by("day"))
    others = rows.exclude(state="counted").order_by("-day", "pk")[:PAGE]
    return [*waiting, *others]


def drawer_by_uid(actor: Actor, uid: object) -> CashDrawer:
    """A drawer of the actor's agency. Raises NotFound."""
    rows = CashDrawer.objects.select_related("clerk", "approved_by", "agency")
    drawer = rows.filter(uid=uid, agency=desk_agency(actor)).first()
    if drawer is None:
        raise NotFound
    return drawer


def drawer_lines(drawer: CashDrawer) -> list[PostingLine]:
    """What went in and out of a drawer, in order."""
    rows = PostingLine.objects.filter(drawer=drawer).select_related("posting__case")
    return list(rows.order_by("pk")[:500])


@dataclass(frozen=True, slots=True)
class AccountSum:
    """One account of a day: what came (debit), went (credit), and the difference, in đồng."""

    account: str
    debit: int
    credit: int

    @property
    def names(self) -> tuple[str, str]:
        """Vietnamese and English."""
        return ACCOUNTS[self.account]


def day_sums(agency_id: int, day: dt.date) -> list[AccountSum]:
    """The sums of a day's book; debit and credit over all accounts are equal. One statement."""
    rows = (
        PostingLine.objects.filter(posting__agency_id=agency_id, posting__day=day)
        .values("account")
        .annotate(
            debit=Sum("amount", filter=Q(amount__gt=0), default=0),
            credit=Sum("amount", filter=Q(amount__lt=0), default=0),
        )
    )
    found = {r["account"]: r for r in rows}
    return [
        AccountSum(name, int(found[name]["debit"]), -int(found[name]["credit"]))
        for name in ACCOUNTS
        if name in found
    ]


def day_book(agency_id: int, day: dt.date) -> list[tuple[Posting, list[PostingLine]]]:
    """The events of a day with their lines. Two statements."""
    rows = Posting.objects.filter(agency_id=agency_id, day=day).select_related("case", "by")
    events = {row.pk: row for row in rows.order_by("pk")[:1000]}
    lines: dict[int, list[PostingLine]] = {pk: [] for pk in events}
    for line in PostingLine.objects.filter(posting_id__in=events).order_by("pk"):
        lines[line.posting_id].append(line)
    return [(event, lines[pk]) for pk, event in events.items()]


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """Receipts of one quarter by way of payment: how many, how much in đồng."""

    quarter: dt.date
    method: str
    number: int
    amount: int


def quarters(actor: Actor, year: int) -> Sequence[QuarterLine]:
    """What the actor's agency collected in a year by quarter (NĐ 61/2018/NĐ-CP, Điều 12(9))."""
    agency = desk_agency(actor)
    rows = (
        Receipt.objects.filter(agency=agency, year=year, voided=None)
        .annotate(quarter=TruncQuarter("at"))
        .values("quarter", "method")
        .annotate(number=Count("pk"), sum=Sum("amount"))
        .order_by("quarter", "method")
    )
    return [
        QuarterLine(r["quarter"].date(), r["method"], r["number"], int(r["sum"] or 0)) for r in rows
    ]


def accounts_of(actor: Actor) -> list[BankAccount]:
    """The receiving accounts of the actor's agency, newest first."""
    agency = desk_agency(actor, SETTINGS)
    return list(BankAccount.objects.filter(agency=agency).order_by("-valid_from"))


def notice_keys_of(actor: Actor) -> list[NoticeKey]:
    """The keys of banks that report to the actor's agency."""
    agency = desk_agency(actor, SETTINGS)
    return list(NoticeKey.objects.filter(agency=agency).order_by("-pk"))


def receipt_for(actor: Actor, receipt_id: int) -> Receipt:
    """A receipt of an agency whose money the actor works with. Raises NotFound."""
    receipt = Receipt.objects.select_related("charge__case").filter(pk=receipt_id).first()
    if receipt is None:
        raise NotFound
    require(actor, RECONCILE, agency_id=receipt.agency_id)
    return receipt
