"""Filing a dossier: online by the citizen, or at the counter by a clerk for somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.casework.access.public import Actor, require
from motcua.casework.agencies.public import Agency
from motcua.casework.attachments.public import claim_drafts, reuse
from motcua.casework.cases.public import Case, CaseDraft, next_code, open_case, run_once
from motcua.casework.clock.public import first_answer_due, start_first_answer
from motcua.casework.forms.public import discard_draft, submit_answers, validate
from motcua.casework.ledger.public import Private
from motcua.casework.people.public import Party, PartyDetails, find_or_make_party, may_act_for
from motcua.casework.workflow.public import start as start_process
from motcua.foundation.errors import InvalidInput, NotAllowed, NotFound
from motcua.foundation.outbox.public import emit
from motcua.foundation.statements import Prepared, insert
from motcua.foundation.timesource import now
from motcua.subsystems.applications.dossiers import city_date, form_of, process_of, version_by_id
from motcua.subsystems.applications.models import Application
from motcua.subsystems.applications.services.addressing import (
    NotFileable,
    agency_of,
    code_prefix,
    competent_agency,
    viewers_of,
)
from motcua.subsystems.applications.services.grouping import members_of, open_group
from motcua.subsystems.applications.services.papers import check_papers, form_context
from motcua.subsystems.procedures.public import (
    ProcedureVersion,
    case_for,
    variables,
    version_in_force,
)

_PARTY = Prepared(lambda pk: Party.objects.filter(pk=pk), int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """Who filed for the applicant besides the clerk; both stand on the dossier.

    ``kind``: ``representative`` (authorised, becomes the submitter), ``post`` (postal agent),
    ``volunteer`` (community digital team and the like). A helper of the last two kinds does
    not get to see the dossier.
    """

    kind: str
    name: str
    identity: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What is filed: the procedure, the answers, where and how.

    ``draft_key`` names the uploads made while filling in; ``applicant_id`` is
    the party the dossier is about when that is not the person filing. A member of a
    group has ``parent_id``, and in ``shared`` the files given with the group, by paper.
    """

    procedure_code: str
    answers: Mapping[str, Any]
    receiving_agency_id: int
    draft_key: str = ""
    applicant_id: int | None = None
    delivery: str = ""
    delivery_address: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    language: str = "vi"
    papers_shown: tuple[str, ...] = field(default=())
    paper_counts: Mapping[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    helper: Helper | None = None
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    parent_id: int | None = None


def submit(*, actor: Actor, filing: Filing, key: str = "") -> dict[str, Any]:
    """File a dossier online. Emits ``applications.submitted``.

    Returns:
        ``{"uid", "code"}``; the same for the same ``key``, however often it is sent.

    Raises:
        NotFileable: no version in force today, or not online.
        InvalidInput: answers or papers are missing or wrong, each at its place.
        NotAllowed: filing for a person without representing them.
    """
    require(actor, "applications.submit")
    if actor.party_id is None:
        raise NotAllowed
    applicant = filing.applicant_id or actor.party_id
    if not may_act_for(actor.party_id, applicant, city_date(now())):
        raise NotAllowed
    return file_once(actor, filing, "online", applicant, actor.party_id, key)


def receive_at_counter(
    *,
    actor: Actor,
    filing: Filing,
    applicant: PartyDetails,
    channel: str = "counter",
    key: str = "",
) -> dict[str, Any]:
    """File for a person at the counter or from the post; both identities are recorded.

    Raises:
        NotAllowed: the actor is no clerk of the receiving centre.
        InvalidInput, NotFileable: as for :func:`submit`.
    """
    require(actor, "applications.receive_at_counter", agency_id=filing.receiving_agency_id)
    party = find_or_make_party(actor=actor, details=applicant)
    submitter, helper = party.pk, filing.helper
    if helper is not None and helper.kind == "representative" and helper.identity:
        agent = PartyDetails(full_name=helper.name, identity_number=helper.identity)
        submitter = find_or_make_party(actor=actor, details=agent).pk
    return file_once(actor, filing, channel, party.pk, submitter, key)


def file_at(*, actor: Actor, filing: Filing, applicant_id: int, at: dt.datetime) -> dict[str, Any]:
    """File what was received on paper at an earlier moment; inside the caller's transaction.

    The caller has asked for its permission. The version, the code's day and the clock are those
    of that moment. Raises as :func:`receive_at_counter`; a group of dossiers is not fileable so.
    """
    good = _check(actor, filing, "counter", applicant_id, at)
    if members_of(good.version):
        raise NotFileable
    case = open_dossier(
        actor, filing, good, channel="counter", applicant_id=applicant_id, submitter_id=applicant_id
    )
    return {"uid": str(case.uid), "code": case.code}


def file_once(
    actor: Actor, filing: Filing, channel: str, applicant: int, submitter: int, key: str
) -> dict[str, Any]:
    def run() -> dict[str, Any]:
        good = _check(actor, filing, channel, applicant)
        opens = open_group if members_of(good.version) else open_dossier
        case = opens(
            actor, filing, good, channel=channel, applicant_id=applicant, submitter_id=submitter
        )
        return {"uid": str(case.uid), "code": case.code}

    content = {"procedure": filing.procedure_code, "answers": dict(filing.answers)}
    return run_once(
        actor=actor,
        key=key,
        command="applications.submit",
        content=content,
        act=run,
        only_rows=True,
    )


@dataclass(slots=True)
class Checked:
    """A filing that passed every check, ready to be written."""

    at: dt.datetime
    version: ProcedureVersion
    party: Party
    variant: str
    known: dict[str, Any]
    answers: dict[str, Any]
    papers: dict[str, Any]


def file_member(
    actor: Actor, filing: Filing, *, channel: str, applicant_id: int, submitter_id: int
) -> Case:
    """Open a dossier of a group, checked like any other. Part of the caller's transaction.

    Raises:
        NotFileable, InvalidInput: as for :func:`submit`.
    """
    good = _check(actor, filing, channel, applicant_id)
    return open_dossier(
        actor, filing, good, channel=channel, applicant_id=applicant_id, submitter_id=submitter_id
    )


def open_dossier(
    actor: Actor,
    filing: Filing,
    good: Checked,
    *,
    channel: str,
    applicant_id: int,
    submitter_id: int,
) -> Case:
    """The case, its content and its process, with the clock of the first answer running."""
    receiving = agency_of(filing.receiving_agency_id)
    on = city_date(good.at)
    competent = competent_agency(good.version, good.known, receiving, on)
    case = open_case(
        actor=actor,
        draft=CaseDraft(
            kind="application",
            state="new",
            title=good.version.name,
            title_en=good.version.name_en,
            subject_code=filing.procedure_code,
            code=next_code(prefix=code_prefix(receiving, on), day=on),
            channel=channel,
            applicant_id=applicant_id,
            submitter_id=submitter_id,
            receiving_agency_id=receiving.pk,
            competent_agency_id=competent.pk,
            holder_agency_id=receiving.pk,
            holder_role="receiving_clerk",
            viewers=viewers_of(applicant_id, submitter_id, receiving, competent),
            due_at=first_answer_due(receiving.pk, good.at, online=channel == "online"),
            parent_id=filing.parent_id,
        ),
        verb="applications.submit",
        after={
            "procedure": filing.procedure_code,
            "version": good.version.version,
            "channel": channel,
            **_helped(filing.helper),
        },
        at=good.at,
    )
    keep_content(actor, filing, case, good)
    _set_going(actor, case, good, receiving, competent)
    return case


def _check(
    actor: Actor, filing: Filing, channel: str, applicant_id: int, at: dt.datetime | None = None
) -> Checked:
    at = at or now()
    on = city_date(at)
    version = version_in_force(filing.procedure_code, on)
    if channel not in version.document["channels"]:
        raise NotFileable
    party = _PARTY.first(applicant_id)
    if party is None:
        raise NotFound
    variant = case_for(version.document, filing.answers, on)
    known = variables(
        filing.answers, case=variant, channel=channel, applicant=frozenset(party.classes), on=on
    )
    checked = validate(
        form_of(version), filing.answers, today=on, context=form_context(channel, party)
    )
    papers, missing = check_papers(actor, version, filing, channel, variant, on)
    if not checked.ok or missing:
        raise InvalidInput({**checked.errors, **missing})
    return Checked(at, version, party, variant, known, dict(checked.answers), papers)


def _helped(helper: Helper | None) -> dict[str, object]:
    """What the ledger says of a helper."""
    if helper is None:
        return {}
    who = Private({"name": helper.name, "identity": helper.identity})
    return {"helper": helper.kind, "helper_organisation": helper.organisation, "helper_is": who}


def keep_content(actor: Actor, filing: Filing, case: Case, good: Checked) -> None:
    """The slice's own row, the answers and the papers."""
    form = form_of(good.version)
    row = Application(
        case=case,
        procedure_version_id=good.version.pk,
        procedure_code=filing.procedure_code,
        variant=good.variant,
        delivery=filing.delivery or str(good.answers.get("result_channel") or "online"),
        delivery_address=filing.delivery_address,
        contact_email=filing.contact_email or good.party.email,
        contact_phone=filing.contact_phone or good.party.phone,
        language=filing.language,
        papers=good.papers,
        assisted_by_id=actor.account_id if actor.kind == "official" else None,
    )
    if helper := filing.helper:
        row.helper_kind, row.helper_name = helper.kind, helper.name[:200]
        row.helper_identity = helper.identity
        row.helper_organisation = helper.organisation[:200]
    insert(row)
    submit_answers(
        actor=actor,
        case_id=case.pk,
        definition=form,
        answers=good.answers,
        context=form_context(case.channel, good.party),
        first=True,
    )
    for component, files in filing.shared.items():
        for uid in files:
            reuse(actor=actor, uid=uid, component_code=component, case_id=case.pk)
    if filing.draft_key and any(paper["files"] for paper in good.papers.values()):
        claim_drafts(actor=actor, draft_key=filing.draft_key, case_id=case.pk)
    if filing.draft_key:
        discard_draft(actor=actor, form_key=form.id, context_key=filing.draft_key)


def _set_going(
    actor: Actor, case: Case, good: Checked, receiving: Agency, competent: Agency
) -> None:
    """The process begins, the clock of the first answer runs, the house is told."""
    start_process(
        actor=actor,
        case_id=case.pk,
        definition=process_of(version_by_id(good.version.pk)),
        at=good.at,
        units={"receiving": receiving.pk, "competent": competent.pk},
        variables=good.known,
    )
    start_first_answer(
        actor=actor,
        case_id=case.pk,
        at=good.at,
        agency_id=receiving.pk,
        online=case.channel == "online",
        entries=[],
    )
    emit(
        "applications.submitted",
        str(case.uid),
        {"case_id": case.pk, "state": "new", "verb": "submitted"},
    )
