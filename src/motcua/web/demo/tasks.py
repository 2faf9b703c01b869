"""What the demo's worker does after the start: certificates for everybody else."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from motcua.casework.agencies.public import Agency
from motcua.casework.issuing.public import SigningKey
from motcua.foundation.outbox.public import enqueue_many, handles

QUEUE = "demo.keys"


@handles(QUEUE)
def make_keys(payload: dict[str, Any]) -> None:
    """Demo certificates for one agency and its signers; done once."""
    from motcua.web.demo.keys import keys_for

    agency_id = int(payload["agency_id"])
    if settings.DEMO and not SigningKey.objects.filter(agency_id=agency_id).exists():
        keys_for([Agency.objects.get(pk=agency_id)])


def order_keys(agency_ids: list[int]) -> None:
    """Let the worker make certificates for these agencies, one job each."""
    enqueue_many(
        QUEUE, [({"agency_id": agency}, None, f"demo-keys-{agency}") for agency in agency_ids]
    )
