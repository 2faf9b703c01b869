"""Numbers without gaps: one series per agency, register and year."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.db.models import Q

from motcua.casework.access.public import Actor, require
from motcua.casework.issuing.errors import RegisterClosed
from motcua.casework.issuing.models import IssuedDocument, IssuedNumber, Register, SigningKey
from motcua.casework.issuing.rules import register_year
from motcua.casework.ledger.public import record
from motcua.foundation import timesource
from motcua.foundation.errors import NotFound
from motcua.foundation.statements import insert, send

# One statement opens the register on its first use, else takes the row's lock and the next
# number. The lock is held to the end of the caller's transaction, so a rollback gives the
# number back before anybody else could see a later one: no gaps.
_NEXT = """
INSERT INTO issuing_register (agency_id, code, year, last_number, opened_on)
VALUES (%s, %s, %s, 1, %s)
ON CONFLICT (agency_id, code, year)
DO UPDATE SET last_number = issuing_register.last_number + 1
WHERE issuing_register.closed_on IS NULL
RETURNING id, last_number
"""


def allocate_number(*, agency_id: int, register: str, on: dt.date) -> IssuedNumber:
    """Take the next number of an agency's register in the year of ``on``.

    Must run inside the transaction that signs the document: if that fails, the
    number was never taken. Numbers are shared by paper and electronic
    documents and restart each year (Nghị định 30/2020/NĐ-CP, Điều 15).

    Args:
        agency_id: whose register.
        register: the register's code, for example ``VB-DI`` or ``TNHS``.
        on: the date of the document.

    Raises:
        RegisterClosed: the register of that year was closed.
        RuntimeError: called outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is allocated only inside the transaction that uses it")
    year = register_year(on)
    rows, _ = send(_NEXT, [agency_id, register, year, on])
    if not rows:
        raise RegisterClosed(register=register, year=year)
    register_id, given = rows[0]
    number = IssuedNumber(register_id=register_id, number=given, allocated_at=timesource.now())
    insert(number)
    return number


@transaction.atomic
def close_register(*, actor: Actor, register_id: int) -> Register:
    """Close a register at the end of its year: no further number comes from it.

    Raises:
        NotFound: no such open register.
    """
    register = Register.objects.select_for_update().filter(pk=register_id, closed_on=None).first()
    if register is None:
        raise NotFound
    require(actor, "issuing.registers", agency_id=register.agency_id)
    register.closed_on = timesource.today()
    register.save(update_fields=["closed_on"])
    record(
        actor=actor,
        chain=f"agency:{register.agency_id}",
        verb="issuing.close_register",
        after={"register": register.code, "year": register.year, "last": register.last_number},
        agency_id=register.agency_id,
    )
    return register


def close_on_succession(
    actor: Actor, predecessor_id: int, successor_id: int, effective_on: dt.date
) -> dict[str, int]:
    """A merged agency's registers end and its keys are retired; its papers under way go on.

    Drafts become the successor's. What was signed keeps issuer, number and date; the
    successor sets its seal.
    """
    closed = Register.objects.filter(agency_id=predecessor_id, closed_on=None).update(
        closed_on=effective_on
    )
    retired = SigningKey.objects.filter(agency_id=predecessor_id, retired_at=None).update(
        retired_at=timesource.now()
    )
    drafts = IssuedDocument.objects.filter(
        agency_id=predecessor_id, state=IssuedDocument.State.DRAFT
    ).update(agency_id=successor_id)
    unsealed = IssuedDocument.objects.filter(
        Q(agency_id=predecessor_id, sealing_agency=None) | Q(sealing_agency_id=predecessor_id),
        state=IssuedDocument.State.SIGNED,
    ).update(sealing_agency_id=successor_id)
    counts = {
        "registers_closed": closed,
        "keys_retired": retired,
        "drafts_moved": drafts,
        "to_be_sealed": unsealed,
    }
    record(
        actor=actor,
        chain=f"agency:{successor_id}",
        verb="issuing.inherit",
        after={"from": predecessor_id, "on": effective_on.isoformat(), **counts},
    )
    return counts
