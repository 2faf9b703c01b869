"""Making a process document a published version."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Max

from motcua.casework.access.public import Actor, require
from motcua.casework.ledger.public import record
from motcua.casework.workflow.bpmn import to_bpmn
from motcua.casework.workflow.models import ProcessDefinition
from motcua.casework.workflow.permissions import PUBLISH
from motcua.casework.workflow.rules import (
    BrokenProcess,
    Definition,
    Known,
    ProcessDocument,
    examine,
    read_document,
    write_document,
)
from motcua.casework.workflow.tables import remember
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import local, now


@transaction.atomic
def publish(
    *,
    actor: Actor,
    document: Mapping[str, Any] | ProcessDocument,
    valid_from: dt.date | None = None,
    basis: str = "",
    limit_hours: float | None = None,
    known: Known | None = None,
    at: dt.datetime | None = None,
) -> ProcessDefinition:
    """The next version of a process; the newest one itself when nothing has changed.

    Args:
        valid_from: city date from which new cases use it; today when absent.
        basis: the decision approving the process.
        limit_hours: the legal limit in working hours, to check the steps against.
        known: roles, states and variable names to check against.

    Raises:
        BrokenProcess: the document has faults; each names its place.
        NotAllowed: the actor may not publish.
    """
    require(actor, PUBLISH.code)
    moment = at or now()
    typed, definition = _checked(document, known, limit_hours)
    data = write_document(typed)
    checksum = hashlib.sha256(msgspec.json.encode(data, order="sorted")).hexdigest()
    newest = ProcessDefinition.objects.filter(key=typed.key).order_by("-version").first()
    start_day = valid_from or local(moment).date()
    if newest is not None and newest.checksum == checksum and newest.valid_from <= start_day:
        return newest
    row = ProcessDefinition(
        key=typed.key,
        version=_next_version(typed.key),
        document=data,
        compiled=definition.as_data(),
        bpmn=to_bpmn(typed),
        checksum=checksum,
        basis=basis or typed.legal_basis,
        valid_from=start_day,
        published_at=moment,
        published_by_id=actor.account_id,
    )
    row.save(force_insert=True)
    remember(checksum, definition)
    _tell(actor, row)
    return row


def _checked(
    document: Mapping[str, Any] | ProcessDocument, known: Known | None, limit_hours: float | None
) -> tuple[ProcessDocument, Definition]:
    typed = document if isinstance(document, ProcessDocument) else read_document(dict(document))
    if isinstance(typed, list):
        raise BrokenProcess(typed)
    definition, problems = examine(typed, known=known, limit_hours=limit_hours)
    if definition is None or problems:
        raise BrokenProcess(problems)
    return typed, definition


def _tell(actor: Actor, row: ProcessDefinition) -> None:
    record(
        actor=actor,
        chain=f"process:{row.key}",
        verb="workflow.publish",
        after={
            "version": row.version,
            "checksum": row.checksum,
            "from": row.valid_from.isoformat(),
        },
        at=row.published_at,
        new_chain=row.version == 1,
    )
    emit("workflow.published", row.key, {"definition": row.pk, "version": row.version})


def _next_version(key: str) -> int:
    highest = ProcessDefinition.objects.filter(key=key).aggregate(highest=Max("version"))
    return int(highest["highest"] or 0) + 1
