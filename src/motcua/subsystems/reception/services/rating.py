"""How a service at the counter went, tapped on the tablet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.casework.access.public import ANONYMOUS
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, InvalidInput, NotFound
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import now
from motcua.subsystems.reception.errors import NotRatable
from motcua.subsystems.reception.models import Device, Ticket, TicketRating
from motcua.subsystems.reception.rules import LEVELS, REASONS

RATE_WITHIN = dt.timedelta(minutes=10)


@transaction.atomic
def rate_service(
    *, device: Device, uid: UUID | str, score: int, reasons: Sequence[str] = ()
) -> TicketRating:
    """Keep the rating of a service just ended at the tablet's counter.

    Args:
        score: 3, 2 or 1, as on the rating form of Thông tư 01/2018/TT-VPCP.
        reasons: known codes; others are dropped.

    Raises:
        NotFound: no such ticket at this counter. InvalidInput: no such level.
        NotRatable: rated before, or more than ten minutes ago.
    """
    if score not in LEVELS:
        wrong = Bilingual("Hãy chọn mức độ hài lòng.", "Choose how satisfied you are.")
        raise InvalidInput({"score": wrong})
    ticket = Ticket.objects.filter(
        uid=uid, counter_id=device.counter_id, state=Ticket.State.DONE
    ).first()
    if ticket is None or device.kind != Device.Kind.TABLET:
        raise NotFound
    at = now()
    if ticket.ended_at is None or at - ticket.ended_at > RATE_WITHIN:
        raise NotRatable
    kept = [code for code in REASONS if code in reasons]
    try:
        with transaction.atomic():
            rating = TicketRating(ticket=ticket, score=score, reasons=kept, at=at)
            rating.save(force_insert=True)
    except IntegrityError as error:
        raise NotRatable from error
    # The ledger says that a rating came, not which: clerks may read the chain of a ticket.
    record(
        actor=ANONYMOUS,
        chain=f"ticket:{ticket.pk}",
        verb="reception.rate",
        after={"ticket": ticket.label},
        agency_id=ticket.agency_id,
    )
    emit("reception.rated", str(ticket.uid), {"ticket_id": ticket.pk, "case_id": ticket.case_id})
    return rating
