"""What the devices of the hall ask: who they are, a ticket, the service to rate."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from motcua.foundation.crypto import keyed_hash
from motcua.foundation.errors import NotFound
from motcua.foundation.timesource import now, today
from motcua.subsystems.reception.models import DEVICE_PURPOSE, Device, Ticket

State = Ticket.State


def device_by_key(key: str, *kinds: str) -> Device:
    """The device behind a secret address.

    Raises:
        NotFound: none, switched off, or of another kind.
    """
    device = (
        Device.objects.filter(key_hash=keyed_hash(key, purpose=DEVICE_PURPOSE), ended_at=None)
        .select_related("agency", "counter")
        .first()
    )
    if device is None or (kinds and device.kind not in kinds):
        raise NotFound
    return device


def ticket_by_uid(uid: UUID | str, agency_id: int) -> Ticket:
    """A ticket of a centre. Raises NotFound."""
    ticket = Ticket.objects.filter(uid=uid, agency_id=agency_id).first()
    if ticket is None:
        raise NotFound
    return ticket


def to_rate(device: Device, within: dt.timedelta) -> Ticket | None:
    """The service just ended at a tablet's counter and not yet rated; None while another runs."""
    last = (
        Ticket.objects.filter(counter_id=device.counter_id, ended_at__isnull=False, day=today())
        .filter(state=State.DONE, ended_at__gte=now() - within)
        .select_related("rating", "case")
        .order_by("-ended_at")
        .first()
    )
    return last if last is not None and not hasattr(last, "rating") else None
