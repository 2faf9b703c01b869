"""Dossiers filed on the portal: kept first, confirmed then, filed here or shown to a person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from motcua.casework.access.public import SYSTEM, Actor, actor_of, require
from motcua.casework.agencies.public import agency_by_identifier
from motcua.casework.attachments.public import draft_attachments, receive_upload
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import record
from motcua.casework.people.public import PartyDetails, system_account
from motcua.foundation.errors import Bilingual, DomainError, InvalidInput, NotFound, NotPossibleNow
from motcua.foundation.outbox.public import enqueue
from motcua.foundation.timesource import CITY_ZONE, now, today
from motcua.subsystems.applications.public import Filing, file_from_portal
from motcua.subsystems.national_portal.models import InboundDossier
from motcua.subsystems.national_portal.ports import Portal, portal
from motcua.subsystems.national_portal.rules import FiledElsewhere, read_filed
from motcua.subsystems.national_portal.services.reporting import report_dossier

TAKE = "national_portal.take"
MOST_AT_ONCE = 50
State = InboundDossier.State


def collect_filed(*, to: Portal | None = None) -> int:
    """Fetch what waits on the portal, keep it, and only then confirm it there.

    A dossier listed twice, or again after a crash between keeping and confirming, is one.

    Returns:
        How many came in that were not here before.
    """
    source = to or portal()
    came = 0
    codes: list[str] = []
    for body in source.filed(MOST_AT_ONCE).data:
        code = str(body.get("MaHoSo") or "")[:60]
        if code:
            came += _keep(code, body)
            codes.append(code)
    if codes:
        source.confirm(codes)
        InboundDossier.objects.filter(portal_code__in=codes, confirmed_at__isnull=True).update(
            confirmed_at=now()
        )
    return came


@transaction.atomic
def _keep(code: str, body: Mapping[str, Any]) -> int:
    if InboundDossier.objects.filter(portal_code=code).exists():
        return 0
    kept = InboundDossier(
        portal_code=code, body=json.dumps(dict(body), ensure_ascii=False), came_at=now()
    )
    InboundDossier.objects.bulk_create([kept], ignore_conflicts=True)
    row = InboundDossier.objects.get(portal_code=code)
    enqueue(TAKE, {"inbound_id": row.pk}, dedupe_key=f"national-portal-take:{row.pk}")
    return 1


def take(inbound_id: int, *, to: Portal | None = None) -> None:
    """File a dossier that came in, or say what a person must look at. Safe to repeat.

    Raises:
        OutboundUnavailable: a file could not be fetched now; to be tried again.
    """
    row = InboundDossier.objects.get(pk=inbound_id)
    if row.state != str(State.NEW):
        return
    body = json.loads(row.body)
    filed = read_filed(body, CITY_ZONE)
    agency = agency_by_identifier("h29", str(body.get("MaDonVi") or ""), today())
    problems = [*filed.problems, *([] if agency else ["MaDonVi"])]
    if problems or agency is None:
        _needs_person(row, problems)
        return
    actor = _portal_actor()
    try:
        _fetch_files(actor, row, filed, to)
        done = file_from_portal(
            actor=actor,
            filing=_filing(row, filed, agency.pk),
            applicant=_applicant(filed),
            key=f"national-portal:{row.portal_code}",
        )
    except InvalidInput as error:
        _needs_person(row, sorted(error.fields) or [error.code])
        return
    except DomainError as error:
        if error.status == 503:
            raise
        _needs_person(row, [error.code])
        return
    _filed(row, done["uid"])


def _portal_actor() -> Actor:
    account = system_account(
        actor=SYSTEM, username="national-portal", display_name="Cổng Dịch vụ công quốc gia"
    )
    return actor_of(account)


def _draft_key(row: InboundDossier) -> str:
    return f"national-portal-{row.pk}"


def _fetch_files(
    actor: Actor, row: InboundDossier, filed: FiledElsewhere, to: Portal | None
) -> None:
    have = {(file.component_code, file.name) for file in draft_attachments(actor, _draft_key(row))}
    for component, name, address in filed.files:
        if (component, name) not in have:
            content = (to or portal()).fetch(address)
            receive_upload(
                actor=actor,
                file=SimpleUploadedFile(name, content),
                component_code=component,
                draft_key=_draft_key(row),
            )


def _filing(row: InboundDossier, filed: FiledElsewhere, agency_id: int) -> Filing:
    return Filing(
        procedure_code=filed.procedure,
        answers=filed.answers,
        receiving_agency_id=agency_id,
        draft_key=_draft_key(row) if filed.files else "",
        delivery=filed.delivery,
        contact_email=filed.email,
        contact_phone=filed.phone,
    )


def _applicant(filed: FiledElsewhere) -> PartyDetails:
    return PartyDetails(
        full_name=filed.owner_name,
        kind=filed.owner_kind,
        identity_number=filed.identity_number,
        phone=filed.phone,
        email=filed.email,
        address=filed.address,
    )


def _needs_person(row: InboundDossier, problems: list[str]) -> None:
    InboundDossier.objects.filter(pk=row.pk, state=State.NEW).update(
        state=State.NEEDS_PERSON, problems=problems
    )


@transaction.atomic
def _filed(row: InboundDossier, uid: str) -> None:
    case = Case.objects.get(uid=uid)
    won = InboundDossier.objects.filter(pk=row.pk, state=State.NEW).update(
        state=State.FILED, case=case, settled_at=now(), problems=[]
    )
    if won:
        report_dossier(case.pk)


@transaction.atomic
def take_again(*, actor: Actor, inbound_id: int) -> None:
    """Try once more to file a dossier, after its cause was mended (a procedure was published…).

    Raises:
        NotAllowed: the actor may not. NotFound: no such dossier waits.
    """
    require(actor, "national_portal.mend")
    if not InboundDossier.objects.filter(pk=inbound_id, state=State.NEEDS_PERSON).update(
        state=State.NEW
    ):
        raise NotFound
    enqueue(TAKE, {"inbound_id": inbound_id})
    _tell_ledger(actor, "national_portal.take_again", inbound_id, "")


@transaction.atomic
def set_aside(*, actor: Actor, inbound_id: int, note: str) -> None:
    """Close a dossier that could not be read, saying what was done with it.

    Raises:
        NotAllowed: the actor may not. InvalidInput: no note. NotPossibleNow: already settled.
    """
    require(actor, "national_portal.mend")
    if not note.strip():
        raise InvalidInput(
            {"note": Bilingual("Hãy ghi đã xử lý thế nào.", "Say what was done with it.")}
        )
    changed = InboundDossier.objects.filter(pk=inbound_id, state=State.NEEDS_PERSON).update(
        state=State.SET_ASIDE, settled_at=now(), settled_note=note.strip()[:300]
    )
    if not changed:
        raise NotPossibleNow
    _tell_ledger(actor, "national_portal.set_aside", inbound_id, note)


def _tell_ledger(actor: Actor, verb: str, inbound_id: int, note: str) -> None:
    record(
        actor=actor,
        chain="national-portal",
        verb=verb,
        after={"inbound": inbound_id, "note": note.strip()[:300]},
    )
