"""Devices of the hall: let in by a secret address that its centre makes and ends."""

from __future__ import annotations

import secrets

from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.ledger.public import record
from motcua.foundation.crypto import keyed_hash
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound
from motcua.foundation.timesource import now
from motcua.subsystems.reception.manifest import MANAGE
from motcua.subsystems.reception.models import DEVICE_PURPOSE, Counter, Device


@transaction.atomic
def make_device(
    *, actor: Actor, agency_id: int, kind: str, counter_id: int | None = None, name: str = ""
) -> Device:
    """Let a device in: its secret address opens exactly its own page.

    Args:
        kind: ``kiosk``, ``screen``, ``tablet`` (then with its counter) or ``calendar``.

    Raises:
        NotAllowed: the actor does not run this centre.
        InvalidInput: no such kind, or a tablet without a counter of this centre.
    """
    require(actor, MANAGE, agency_id=agency_id)
    if kind not in Device.Kind.values:
        wrong = Bilingual("Hãy chọn loại thiết bị.", "Choose the kind of device.")
        raise InvalidInput({"kind": wrong})
    of_counter = kind == Device.Kind.TABLET
    known = Counter.objects.filter(pk=counter_id, agency_id=agency_id).exists()
    if of_counter and not known:
        missing = Bilingual("Chọn quầy đặt máy.", "Choose the counter it stands at.")
        raise InvalidInput({"counter": missing})
    key = secrets.token_urlsafe(24)
    device = Device.objects.create(
        agency_id=agency_id,
        kind=kind,
        counter_id=counter_id if of_counter else None,
        name=name.strip()[:80],
        key=key,
        key_hash=keyed_hash(key, purpose=DEVICE_PURPOSE),
        made_at=now(),
    )
    _note(actor, device, "reception.make_device")
    return device


@transaction.atomic
def end_device(*, actor: Actor, device_id: int) -> Device:
    """Switch a device off: its address leads nowhere from now on.

    Raises:
        NotFound: no such device of a centre the actor runs.
    """
    device = Device.objects.filter(
        pk=device_id, agency_id__in=actor.agency_ids, ended_at=None
    ).first()
    if device is None:
        raise NotFound
    require(actor, MANAGE, agency_id=device.agency_id)
    device.ended_at = now()
    device.save(update_fields=["ended_at"])
    _note(actor, device, "reception.end_device")
    return device


def _note(actor: Actor, device: Device, verb: str) -> None:
    record(
        actor=actor,
        chain=f"hall:{device.agency_id}",
        verb=verb,
        after={"kind": device.kind, "device": device.pk, "counter": device.counter_id},
        agency_id=device.agency_id,
    )
