"""Into the store: what a dossier brought, and what it ended in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.casework.access.public import Actor
from motcua.casework.attachments.public import Attachment, Blob, attachments_of
from motcua.casework.cases.public import Case
from motcua.casework.issuing.public import IssuedDocument, access_document
from motcua.casework.ledger.public import Act, record_many
from motcua.foundation.errors import NotFound
from motcua.foundation.timesource import local, now, today
from motcua.subsystems.papers.kinds import by_code, one_code
from motcua.subsystems.papers.models import PaperScan, StoredPaper
from motcua.subsystems.papers.rules import lasts_until
from motcua.subsystems.procedures.public import all_components, version_in_force

CERTIFIED_COPY = "results/certified-e-copy"
"""The layout of a certified electronic copy: in the store it stands for its original."""
_NOT_GIVEN = (Attachment.Kind.RESULT, Attachment.Kind.SLIP)


def chain(owner_id: int) -> str:
    """The ledger's chain of one person's store."""
    return f"papers:{owner_id}"


@transaction.atomic
def keep_papers(*, actor: Actor, case_id: int, result: str = "") -> list[StoredPaper]:
    """Put the papers of a dossier into its applicant's store.

    ``result``: the uid of a sealed document to keep instead.

    What is there already stays as it is, so that it may run twice. Nothing is kept for a
    person whose identity is not proven. What came out of the store is not stored again.
    """
    case = Case.objects.select_related("applicant").get(pk=case_id)
    if case.applicant is None or not case.applicant.identity_proven:
        return []
    found = _result(actor, case, result) if result else _given(case)
    rows = {row.sha256: row for row in reversed(list(found))}
    held = StoredPaper.objects.filter(owner_id=case.applicant.pk, sha256__in=list(rows))
    for known in held:
        fresh = rows.pop(known.sha256)
        if known.deleted_at is not None and known.case_id != case.pk:
            _revive(actor, known, fresh)
    for row in rows.values():
        row.save(force_insert=True)
    if rows:
        record_many([_act(actor, row) for row in rows.values()])
    return list(rows.values())


def _revive(actor: Actor, known: StoredPaper, fresh: StoredPaper) -> None:
    """Its owner deleted it and gave it again in another dossier."""
    known.deleted_at, known.case, known.attachment = None, fresh.case, fresh.attachment
    known.save(update_fields=["deleted_at", "case", "attachment"])
    record_many([_act(actor, known)])


def _act(actor: Actor, row: StoredPaper) -> Act:
    facts = {"paper": row.uid, "sha256": row.sha256, "source": str(row.source)}
    return Act(actor, chain(row.owner_id), "papers.keep", after={**facts, "case": row.case_id})


def _given(case: Case) -> Iterable[StoredPaper]:
    names, on = _names(case), local(case.received_at or now()).date()
    files = [file for file in attachments_of(case.pk) if _kept(file)]
    scans = {
        scan.blob_id: scan
        for scan in PaperScan.objects.filter(blob_id__in=[file.blob_id for file in files])
    }
    for file in files:
        scanned, name = file.source == Attachment.Source.SCAN, names.get(file.component_code, "")
        facts = {"name": name or file.name, "kind_code": one_code(name or file.name, on)}
        if scan := scans.get(file.blob_id):
            facts = facts_of(scan)
        yield StoredPaper(
            owner=case.applicant, case=case, attachment=file, sha256=file.blob_id, kind=file.kind,
            source=StoredPaper.Source.SCANNED if scanned else StoredPaper.Source.GIVEN,
            digitised_by_id=file.digitised_by_id, kept_at=now(), **facts,
        )  # fmt: skip


def _kept(file: Attachment) -> bool:
    unsafe = file.blob.scan_state == Blob.Scan.INFECTED
    return not (file.kind in _NOT_GIVEN or file.source == Attachment.Source.STORE or unsafe)


def facts_of(scan: PaperScan) -> dict[str, Any]:
    """The data of a digitised paper as columns of the store."""
    return {
        "name": scan.name, "kind_code": scan.kind_code, "number": scan.number,
        "issued_on": scan.issued_on, "issuer": scan.issuer, "holder_name": scan.holder_name,
        "valid_until": scan.valid_until or _lasts(scan.kind_code, scan.issued_on),
        "language": scan.language, "compared": scan.compared, "signed_at": scan.signed_at,
    }  # fmt: skip


def _lasts(kind_code: str, issued_on: dt.date | None) -> dt.date | None:
    return lasts_until(by_code().get(kind_code), issued_on)


def _names(case: Case) -> dict[str, str]:
    try:
        version = version_in_force(case.subject_code, local(case.received_at or now()).date())
    except NotFound:
        return {}
    return {paper.id: paper.name.vi[:300] for paper in all_components(version.document)}


def _scan_of(case: Case) -> PaperScan | None:
    """The paper that was digitised for a certified copy."""
    made = [file.blob_id for file in attachments_of(case.pk)]
    return PaperScan.objects.filter(blob_id__in=made).order_by("-pk").first()


def _result(actor: Actor, case: Case, uid: str) -> Iterable[StoredPaper]:
    made = access_document(actor, UUID(uid))
    if made.case_id != case.pk or made.state != IssuedDocument.State.SEALED or not made.sha256:
        return
    if made.template == CERTIFIED_COPY and (scan := _scan_of(case)):
        yield StoredPaper(
            owner=case.applicant, case=case, document=made, sha256=made.sha256,
            kind=Attachment.Kind.CERTIFIED, source=StoredPaper.Source.RESULT, kept_at=now(),
            **{**facts_of(scan), "compared": True, "signed_at": made.signed_at},
        )  # fmt: skip
        return
    code = one_code(made.title, made.issued_on or today())
    yield StoredPaper(
        owner=case.applicant, case=case, document=made, sha256=made.sha256,
        name=made.title, kind=Attachment.Kind.ELECTRONIC, number=made.full_number,
        kind_code=code, issuer=made.agency.name[:200], holder_name=case.applicant.full_name,
        valid_until=_lasts(code, made.issued_on), compared=True, signed_at=made.signed_at,
        source=StoredPaper.Source.RESULT, issued_on=made.issued_on, kept_at=now(),
    )  # fmt: skip
