"""Handing messages over: in order, each once, whatever dies in between."""

from __future__ import annotations

import datetime as dt
import json

from django.db import transaction
from django.db.models import Q

from motcua.foundation.errors import DomainError
from motcua.foundation.outbox.public import enqueue
from motcua.foundation.timesource import now
from motcua.subsystems.national_portal.errors import PortalBusy
from motcua.subsystems.national_portal.models import SyncedDossier, SyncMessage
from motcua.subsystems.national_portal.ports import Portal, Reply, portal
from motcua.subsystems.national_portal.rules import Verdict, verdict

LEASE = dt.timedelta(seconds=90)
MOST_AT_ONCE = 50
SERVICES = {"dossier": "DongBoHoSoMC", "step": "CapNhatTienDoHoSoMC"}
Kind = SyncMessage.Kind


def deliver(case_id: int, *, to: Portal | None = None) -> int:
    """Hand over a dossier's waiting messages, oldest first.

    Outside any transaction: nothing is locked while the other side thinks. One process at
    a time works on a dossier, by a lease. Each message is tried under its own transaction
    number; after a try whose end is unknown the other side is asked first whether it took
    it. A refused message stops the dossier until a person has looked.

    Returns:
        How many were taken.

    Raises:
        PortalBusy, OutboundUnavailable: to be tried again later; what was taken stays taken.
    """
    if not _lease(case_id):
        raise PortalBusy(answer="lease")
    taken = 0
    try:
        for message in _waiting(case_id):
            if not _hand_over(message, to or portal()):
                break
            taken += 1
    except DomainError:
        _release(case_id, go_on=False)  # the job that failed is tried again by itself
        raise
    _release(case_id, go_on=True)
    return taken


def _lease(case_id: int) -> bool:
    at = now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
    rows = SyncedDossier.objects.filter(free, pk=case_id)
    return bool(rows.update(leased_until=at + LEASE))


def _waiting(case_id: int) -> list[SyncMessage]:
    rows = SyncMessage.objects.filter(dossier_id=case_id, taken_at__isnull=True)
    return list(rows.select_related("dossier").order_by("pk")[:MOST_AT_ONCE])


def _hand_over(message: SyncMessage, to: Portal) -> bool:
    if message.refused_at is not None:
        return False
    unsure = message.tries > 0
    SyncMessage.objects.filter(pk=message.pk).update(tries=message.tries + 1)
    transaction_number = str(message.uid)
    if unsure and to.known(transaction_number):
        return _taken(message, Reply("DA_NHAN"))
    reply = to.send(SERVICES[message.kind], transaction_number, [json.loads(message.body)])
    means = verdict(reply.code)
    if means is Verdict.TAKEN:
        return _taken(message, reply)
    if means is Verdict.REFUSED:
        return _refused(message, reply)
    raise PortalBusy(answer=reply.code[:40])


def _taken(message: SyncMessage, reply: Reply) -> bool:
    """What the other side has is not kept twice: the content goes, the record stays."""
    SyncMessage.objects.filter(pk=message.pk).update(
        taken_at=now(), answer=reply.code[:300], body=""
    )
    if message.kind == str(Kind.DOSSIER):
        state = str(json.loads(message.body)["TrangThaiHoSo"])
        SyncedDossier.objects.filter(pk=message.dossier_id).update(last_state=state)
    return True


def _refused(message: SyncMessage, reply: Reply) -> bool:
    answer = f"{reply.code}: {reply.text}"[:300]
    with transaction.atomic():
        SyncMessage.objects.filter(pk=message.pk).update(refused_at=now(), answer=answer)
        SyncedDossier.objects.filter(pk=message.dossier_id).update(
            state=SyncedDossier.State.REFUSED, problem=answer, changed_at=now()
        )
    return False


@transaction.atomic
def _release(case_id: int, *, go_on: bool) -> None:
    """Give the dossier back; to go on, what was written meanwhile gets a job of its own."""
    rows = SyncMessage.objects.filter(dossier_id=case_id, taken_at__isnull=True)
    left, stuck = rows.exists(), rows.filter(refused_at__isnull=False).exists()
    done = SyncedDossier.objects.filter(pk=case_id)
    if left:
        done.update(leased_until=None)
        if go_on and not stuck and rows.filter(tries=0).exists():
            enqueue("national_portal.deliver", {"case_id": case_id})
        return
    done.update(leased_until=None, state=SyncedDossier.State.SYNCED, problem="", changed_at=now())
