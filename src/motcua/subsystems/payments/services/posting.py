"""Writing into the books: one event, lines that add up to zero."""

from __future__ import annotations

from collections.abc import Iterable

from motcua.casework.access.public import Actor
from motcua.foundation.statements import insert
from motcua.foundation.timesource import local, now
from motcua.subsystems.payments.models import CashDrawer, Posting, PostingLine
from motcua.subsystems.payments.rules.books import balanced


def post(
    *,
    actor: Actor,
    agency_id: int,
    kind: str,
    key: str,
    lines: Iterable[tuple[str, int]],
    case_id: int | None = None,
    drawer: CashDrawer | None = None,
    note: str = "",
) -> Posting:
    """Append one event to the day book, inside the caller's transaction.

    Args:
        key: names the event; a second one with the same key is refused by the database.
        lines: account and amount in đồng, debit positive, credit negative.
        drawer: whose cash moves, for the lines on ``cash``.

    Raises:
        Unbalanced: the lines do not sum to zero.
    """
    kept = balanced(lines)
    at = now()
    posting = Posting(
        agency_id=agency_id,
        day=local(at).date(),
        kind=kind,
        key=key,
        case_id=case_id,
        by_id=actor.account_id,
        at=at,
        note=note[:300],
    )
    insert(posting)
    PostingLine.objects.bulk_create(
        [
            PostingLine(
                posting_id=posting.pk,
                account=account,
                amount=amount,
                drawer=drawer if account == "cash" else None,
            )
            for account, amount in kept
        ]
    )
    return posting
