"""Reading a bank's notice: who signed it, and what it says."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec

from motcua.foundation.timesource import now
from motcua.subsystems.payments.errors import BadNotice
from motcua.subsystems.payments.models import NoticeKey
from motcua.subsystems.payments.rules.notices import trusted
from motcua.subsystems.payments.services import Notice

DEMO_KEY = "demo-bank"
"""The key id of the bank that plays along in a demo."""
MOST_BYTES = 16 * 1024


class BankNotice(msgspec.Struct, forbid_unknown_fields=True):
    """One credit on an account: ``amount`` in đồng, ``content`` as the payer wrote it."""

    transaction_id: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    account: Annotated[str, msgspec.Meta(max_length=19)]
    amount: Annotated[int, msgspec.Meta(gt=0, le=10**13)]
    occurred_at: Annotated[dt.datetime, msgspec.Meta(tz=True)]
    content: Annotated[str, msgspec.Meta(max_length=500)] = ""


def read_notice(*, key_id: str, timestamp: str, signature: str, body: bytes) -> Notice:
    """The credit told by a signed notice.

    A key made for an agency speaks of that agency's orders and accounts alone, since whoever
    made it has seen its secret; one made for the city's centre speaks of all.

    Raises:
        BadNotice: unknown key, wrong signature, outside the window, or no such content.
    """
    key = NoticeKey.objects.select_related("agency").filter(key_id=key_id, ended_at=None).first()
    if key is None:
        raise BadNotice(why="key")
    fault = trusted(
        secret=key.secret,
        timestamp=timestamp,
        body=body,
        given=signature,
        at=now().timestamp(),
    )
    if fault:
        raise BadNotice(why=fault)
    if len(body) > MOST_BYTES or b"\\u0000" in body:
        raise BadNotice(why="content")
    try:
        told = msgspec.json.decode(body, type=BankNotice)
    except (msgspec.DecodeError, ValueError) as error:
        raise BadNotice(why="content") from error
    return Notice(
        source=f"bank:{key.key_id}"[:40],
        transaction_id=told.transaction_id,
        amount=told.amount,
        content=told.content,
        occurred_at=told.occurred_at,
        agency_id=key.agency_id,
        account_number=told.account,
        only=None if key.agency.level == "city" else key.agency_id,
    )
