"""What the page of the synchronisation shows; supervisors and administrators only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from motcua.casework.access.public import Actor, allowed, require
from motcua.foundation.errors import NotFound
from motcua.foundation.timesource import CITY_ZONE
from motcua.subsystems.national_portal.models import (
    InboundDossier,
    Reconciliation,
    SyncedDossier,
)
from motcua.subsystems.national_portal.ports import connected
from motcua.subsystems.national_portal.rules import FiledElsewhere, read_filed

PAGE = 50


@dataclass(frozen=True, slots=True)
class Overview:
    """How both directions stand. ``share`` is taken ÷ reported, in percent, or None."""

    connected: bool
    counts: dict[str, int]
    inbound: dict[str, int]
    share: int | None
    refused: Sequence[SyncedDossier]
    waiting: Sequence[InboundDossier]
    runs: Sequence[Reconciliation]
    may_mend: bool
    more_refused: int
    more_waiting: int


def overview(actor: Actor, *, refused_after: int = 0, inbound_after: int = 0) -> Overview:
    """The page. Five statements. Lists go by key, oldest first.

    Raises:
        NotAllowed: the actor may not.
    """
    require(actor, "national_portal.watch")
    counts = dict(
        SyncedDossier.objects.order_by().values_list("state").annotate(n=Count("case_id"))
    )
    total = sum(counts.values())
    inbound = dict(InboundDossier.objects.order_by().values_list("state").annotate(n=Count("id")))
    refused = list(
        SyncedDossier.objects.filter(state=SyncedDossier.State.REFUSED, case_id__gt=refused_after)
        .select_related("case")
        .order_by("case_id")[: PAGE + 1]
        if total
        else []
    )
    waiting = list(
        InboundDossier.objects.filter(
            state=InboundDossier.State.NEEDS_PERSON, pk__gt=inbound_after
        ).order_by("pk")[: PAGE + 1]
    )
    return Overview(
        connected=connected(),
        counts=counts,
        inbound=inbound,
        share=round(100 * counts.get("synced", 0) / total) if total else None,
        refused=refused[:PAGE],
        waiting=waiting[:PAGE],
        runs=list(Reconciliation.objects.order_by("-pk")[:10]),
        may_mend=allowed(actor, "national_portal.mend"),
        more_refused=refused[PAGE - 1].case_id if len(refused) > PAGE else 0,
        more_waiting=waiting[PAGE - 1].pk if len(waiting) > PAGE else 0,
    )


@dataclass(frozen=True, slots=True)
class InboundPage:
    """A dossier that came in: as it was read, and as it came."""

    row: InboundDossier
    filed: FiledElsewhere
    raw: str
    may_mend: bool


def inbound_page(actor: Actor, inbound_id: int) -> InboundPage:
    """One dossier that came from the portal, with its content.

    Raises:
        NotAllowed: the actor may not. NotFound: there is none.
    """
    require(actor, "national_portal.watch")
    row = InboundDossier.objects.select_related("case").filter(pk=inbound_id).first()
    if row is None:
        raise NotFound
    body: dict[str, Any] = json.loads(row.body)
    raw = json.dumps(body, ensure_ascii=False, indent=2)
    return InboundPage(
        row, read_filed(body, CITY_ZONE), raw, allowed(actor, "national_portal.mend")
    )


def reconciliation(actor: Actor, run_id: int) -> Reconciliation:
    """One comparison with its differences.

    Raises:
        NotAllowed: the actor may not. NotFound: there is none.
    """
    require(actor, "national_portal.watch")
    run = Reconciliation.objects.filter(pk=run_id).first()
    if run is None:
        raise NotFound
    return run
