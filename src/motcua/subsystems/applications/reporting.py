"""A whole dossier as neutral facts, for systems outside that must be told of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.casework.attachments.public import Attachment, attachments_of
from motcua.casework.cases.public import Case, Correction, corrections_of, kind_of
from motcua.casework.issuing.public import IssuedDocument
from motcua.foundation.errors import NotFound
from motcua.subsystems.applications.dossiers import dossier_of
from motcua.subsystems.applications.models import Application, Slip
from motcua.subsystems.payments.public import Charge
from motcua.subsystems.procedures.public import all_components


@dataclass(frozen=True, slots=True)
class ReportedParty:
    """A person or organisation of the dossier; ``kind`` is ``person`` or ``organisation``."""

    name: str
    kind: str
    identity_kind: str
    identity_number: str
    phone: str
    email: str
    address: str
    proven: bool


@dataclass(frozen=True, slots=True)
class ReportedPaper:
    """A file given for a paper: where it came from tells whether it was digitised or reused."""

    component: str
    name: str
    file_uid: str
    file_name: str
    source: str
    reused: bool


@dataclass(frozen=True, slots=True)
class ReportedFee:
    """One line of the charge, in whole đồng."""

    code: str
    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class ReportedSupplement:
    """One request for a supplement and its answer."""

    seq: int
    asked_by: str
    asked_at: dt.datetime
    content: str
    answered_at: dt.datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class ReportedResult:
    """A sealed document that answers the dossier."""

    uid: str
    title: str
    number: str
    code: str
    sealed_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ReportedStep:
    """One step of the appended history."""

    seq: int
    at: dt.datetime
    by: str
    title: str
    agency: str
    content: str
    state: int


@dataclass(frozen=True, slots=True)
class DossierReport:
    """Everything another agency's system is told of a dossier, in the house's own words."""

    code: str
    uid: str
    procedure: str
    procedure_name: str
    field: str
    channel: str
    state: int
    submitter: ReportedParty
    owner: ReportedParty
    agency: str
    agency_id: int
    receiving: str
    receiving_id: int
    filed_at: dt.datetime
    received_at: dt.datetime | None
    due_at: dt.datetime | None
    decided_at: dt.datetime | None
    closed_at: dt.datetime | None
    delivery: str
    refusal: str
    paid: bool
    paid_online: bool
    papers: Sequence[ReportedPaper] = ()
    fees: Sequence[ReportedFee] = ()
    supplements: Sequence[ReportedSupplement] = ()
    results: Sequence[ReportedResult] = ()
    steps: Sequence[ReportedStep] = ()


def dossier_report(case_id: int) -> DossierReport:
    """The facts of one dossier as they stand now. A fixed number of statements.

    For the house's own messengers only: it asks nobody's permission, so never answer a
    person with it.

    Raises:
        NotFound: there is no such dossier.
    """
    case = (
        Case.objects.filter(pk=case_id, kind="application")
        .select_related("applicant", "submitter", "competent_agency", "receiving_agency", "charge")
        .first()
    )
    if case is None:
        raise NotFound
    dossier = dossier_of(case)
    application, charge = dossier.application, _charge(case)
    return DossierReport(
        code=case.code or "",
        uid=str(case.uid),
        procedure=case.subject_code,
        procedure_name=case.title,
        field=str(dossier.package.get("field", "")),
        channel=case.channel,
        state=kind_of(case.kind).by_id[case.state].number,
        submitter=_party(case.submitter),
        owner=_party(case.applicant),
        agency=case.competent_agency.name,
        agency_id=case.competent_agency_id,
        receiving=case.receiving_agency.name,
        receiving_id=case.receiving_agency_id,
        filed_at=case.opened_at,
        received_at=case.received_at,
        due_at=case.due_at,
        decided_at=case.decided_at,
        closed_at=case.closed_at,
        delivery=application.delivery,
        refusal=application.refusal_reason,
        paid=charge is not None and charge.state == Charge.State.PAID,
        paid_online=_paid_online(charge),
        papers=_papers(case, dossier.package),
        fees=_fees(application),
        supplements=[_supplement(asked) for asked in corrections_of(case)],
        results=_results(case),
        steps=_steps(case),
    )


def _charge(case: Case) -> Charge | None:
    try:
        return case.charge  # type: ignore[attr-defined, no-any-return]
    except Charge.DoesNotExist:
        return None


def _paid_online(charge: Charge | None) -> bool:
    """Paid through a channel other than the counter's cash box."""
    receipt = getattr(charge, "receipt", None) if charge is not None else None
    return receipt is not None and receipt.method not in {"none", "cash"}


def _party(party: Any) -> ReportedParty:
    if party is None:
        return ReportedParty("", "person", "", "", "", "", "", proven=False)
    return ReportedParty(
        name=party.full_name,
        kind=party.kind,
        identity_kind=party.identity_kind,
        identity_number=party.identity_number,
        phone=party.phone,
        email=party.email,
        address=party.address,
        proven=party.identity_proven,
    )


def _papers(case: Case, package: Mapping[str, Any]) -> list[ReportedPaper]:
    names = {paper.id: paper.name.vi for paper in all_components(package)}
    return [
        ReportedPaper(
            component=file.component_code,
            name=names.get(file.component_code, file.component_code),
            file_uid=str(file.uid),
            file_name=file.name,
            source=file.source,
            reused=file.reused_from_id is not None or file.source == Attachment.Source.STORE,
        )
        for file in attachments_of(case.pk)
        if file.kind not in {Attachment.Kind.RESULT, Attachment.Kind.SLIP}
    ]


def _fees(application: Application) -> list[ReportedFee]:
    return [
        ReportedFee(str(line.get("id", "")), _name(line), int(line.get("amount") or 0))
        for line in application.fee_lines
    ]


def _name(line: Mapping[str, Any]) -> str:
    name = line.get("name")
    return str(name.get("vi", "")) if isinstance(name, Mapping) else str(name or "")


def _supplement(asked: Correction) -> ReportedSupplement:
    items = "; ".join(f"{item.label}: {item.reason}" for item in asked.items.all())
    return ReportedSupplement(
        seq=asked.seq,
        asked_by=asked.asked_by.display_name if asked.asked_by else "",
        asked_at=asked.asked_at,
        content=f"{asked.message} {items}".strip(),
        answered_at=asked.answered_at,
        answer=asked.answer_note,
    )


def _results(case: Case) -> list[ReportedResult]:
    """Sealed answers; the one-stop forms are slips of the procedure, not its results."""
    slips = set(Slip.objects.filter(case=case).values_list("document_id", flat=True))
    rows = case.documents.filter(state=IssuedDocument.State.SEALED).order_by("pk")  # type: ignore[attr-defined]
    return [
        ReportedResult(
            uid=str(row.uid),
            title=row.title,
            number=row.full_number,
            code=row.code,
            sealed_at=row.sealed_at,
        )
        for row in rows
        if row.pk not in slips
    ]


def _steps(case: Case) -> list[ReportedStep]:
    states = kind_of(case.kind).by_id
    rows = case.changes.select_related("agency").order_by("seq")  # type: ignore[attr-defined]
    return [
        ReportedStep(
            seq=change.seq,
            at=change.at,
            by=change.actor_name,
            title=change.actor_title,
            agency=change.agency.name if change.agency else "",
            content=change.note if change.public else "",
            state=states[change.to_state].number,
        )
        for change in rows
    ]
