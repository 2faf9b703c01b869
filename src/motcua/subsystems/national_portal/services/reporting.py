"""Writing down what the portal must be told, in the order in which it happened."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.agencies.public import identifier_of
from motcua.casework.ledger.public import record
from motcua.foundation.outbox.public import enqueue
from motcua.foundation.timesource import CITY_ZONE, now, today
from motcua.subsystems.applications.public import DossierReport, dossier_report
from motcua.subsystems.national_portal.files import file_address
from motcua.subsystems.national_portal.models import InboundDossier, SyncedDossier, SyncMessage
from motcua.subsystems.national_portal.rules import dossier_message, step_message

DELIVER = "national_portal.deliver"


def report_dossier(case_id: int, *, again: str = "") -> int:
    """Append messages for all that is new in a dossier, and ask for their delivery.

    Part of the caller's transaction. Steps are told once each; the dossier itself is told
    anew whenever a step was added, or when ``again`` names an occasion (a reconciliation).

    Returns:
        How many messages were written.
    """
    report = dossier_report(case_id)
    dossier = _synced(case_id, report)
    known = set(dossier.messages.values_list("kind", "mark"))  # type: ignore[attr-defined]
    rows = _messages(dossier, report, known, again)
    if rows:
        SyncMessage.objects.bulk_create(rows, ignore_conflicts=True)
        SyncedDossier.objects.filter(pk=case_id).update(
            state=SyncedDossier.State.WAITING, changed_at=now()
        )
        enqueue(DELIVER, {"case_id": case_id})
    return len(rows)


def _synced(case_id: int, report: DossierReport) -> SyncedDossier:
    known = SyncedDossier.objects.filter(pk=case_id).first()
    if known is not None:
        return known
    origin = InboundDossier.objects.filter(case_id=case_id).first()
    code = origin.portal_code if origin else report.code
    row = SyncedDossier(case_id=case_id, portal_code=code, changed_at=now())
    SyncedDossier.objects.bulk_create([row], ignore_conflicts=True)
    return SyncedDossier.objects.get(pk=case_id)


def _messages(
    dossier: SyncedDossier, report: DossierReport, known: set[tuple[str, str]], again: str
) -> list[SyncMessage]:
    unit = identifier_of(report.agency_id, "h29", today())
    code = dossier.portal_code
    last = report.steps[-1].seq if report.steps else 0
    whole = dossier_message(
        report, portal_code=code, unit=unit, address=file_address, zone=CITY_ZONE
    )
    wanted: list[tuple[str, str, Mapping[str, Any]]] = [("dossier", f"{last}{again}", whole)]
    wanted += [
        ("step", str(step.seq), step_message(step, portal_code=code, unit=unit, zone=CITY_ZONE))
        for step in report.steps
    ]
    return [
        SyncMessage(
            dossier=dossier,
            kind=kind,
            mark=mark,
            body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
            written_at=now(),
        )
        for kind, mark, body in wanted
        if (kind, mark) not in known
    ]


@transaction.atomic
def send_again(*, actor: Actor, case_ids: Sequence[int]) -> int:
    """Put refused messages of dossiers back in line after a person mended the cause.

    Raises:
        NotAllowed: the actor may not.
    """
    require(actor, "national_portal.mend")
    rows = SyncMessage.objects.filter(dossier_id__in=case_ids, refused_at__isnull=False)
    again = sorted(set(rows.values_list("dossier_id", flat=True)))
    rows.update(refused_at=None, answer="")
    SyncedDossier.objects.filter(pk__in=again).update(
        state=SyncedDossier.State.WAITING, problem="", changed_at=now()
    )
    for case_id in again:
        enqueue(DELIVER, {"case_id": case_id})
    if again:
        record(
            actor=actor,
            chain="national-portal",
            verb="national_portal.send_again",
            after={"dossiers": len(again)},
        )
    return len(again)
