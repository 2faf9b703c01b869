"""Interlinked procedures: one filing, several dossiers, each with its own agency and clock.

The whole is a case of its own kind; its members are ordinary dossiers whose ``parent`` it is.
Its state is derived from theirs and never moved by hand (docs/adr/0017-interlinked-groups.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from motcua.casework.access.public import SYSTEM, Actor, require
from motcua.casework.cases.public import (
    Case,
    CaseDraft,
    access_case,
    change_case,
    next_code,
    open_case,
)
from motcua.casework.forms.public import latest_answers, validate
from motcua.foundation.errors import Bilingual, DomainError, InvalidInput
from motcua.foundation.outbox.public import emit
from motcua.foundation.timesource import now
from motcua.subsystems.applications.dossiers import city_date, form_of, version_by_id
from motcua.subsystems.applications.group_rules import (
    Member,
    blocked,
    group_state,
    member_answers,
    member_papers,
    ready,
)
from motcua.subsystems.applications.models import Application, GroupMember
from motcua.subsystems.applications.services.addressing import (
    NotFileable,
    agency_of,
    code_prefix,
    competent_agency,
    viewers_of,
)
from motcua.subsystems.applications.services.papers import form_context
from motcua.subsystems.procedures.public import ProcedureVersion, variables, version_in_force

if TYPE_CHECKING:
    from motcua.subsystems.applications.services.filing import Checked, Filing

GROUP_KIND = "application_group"
GRANTED = frozenset({"finished", "returned"})
WAITS_FOR_APPLICANT = frozenset({"supplement", "financial_obligation"})


def members_of(version: ProcedureVersion) -> Sequence[Mapping[str, Any]]:
    """The members that a group's package names; none for an ordinary procedure."""
    return (version.document.get("group") or {}).get("members", ())


def open_group(
    actor: Actor,
    filing: Filing,
    good: Checked,
    *,
    channel: str,
    applicant_id: int,
    submitter_id: int,
) -> Case:
    """Open the whole and the members that need nobody's result. Emits ``applications.group_filed``.

    Part of filing: the caller checked the group's own form and papers and holds the transaction.

    Raises:
        InvalidInput: a member's own form would refuse what was said, at its place.
        NotFileable: a member is not in force or does not take this channel.
    """
    from motcua.subsystems.applications.services.filing import keep_content

    receiving = agency_of(filing.receiving_agency_id)
    on = city_date(good.at)
    competent = competent_agency(good.version, good.known, receiving, on)
    case = open_case(
        actor=actor,
        draft=CaseDraft(
            kind=GROUP_KIND,
            state="open",
            title=good.version.name,
            title_en=good.version.name_en,
            subject_code=filing.procedure_code,
            code=next_code(prefix=code_prefix(receiving, on), day=on),
            channel=channel,
            applicant_id=applicant_id,
            submitter_id=submitter_id,
            receiving_agency_id=receiving.pk,
            competent_agency_id=competent.pk,
            viewers=viewers_of(applicant_id, submitter_id, receiving, competent),
        ),
        verb="applications.file_group",
        after={"procedure": filing.procedure_code, "version": good.version.version},
        at=good.at,
    )
    keep_content(actor, filing, case, good)
    rows = [
        GroupMember(
            group=case,
            member=member["id"],
            position=position,
            procedure_code=member["procedure"],
            after=list(member["after"]),
        )
        for position, member in enumerate(members_of(good.version))
    ]
    _check_members(filing, good, channel)
    GroupMember.objects.bulk_create(rows)
    emit("applications.group_filed", str(case.uid), {"case_id": case.pk})
    for name in ready([_standing(row) for row in rows]):
        _open(actor, case, next(row for row in rows if row.member == name))
    return case


def _check_members(filing: Filing, good: Checked, channel: str) -> None:
    """Every member's own form is asked now, so that no member can refuse it later."""
    on = city_date(good.at)
    faults: dict[str, Bilingual] = {}
    for member in members_of(good.version):
        version = version_in_force(member["procedure"], on)
        if channel not in version.document["channels"]:
            raise NotFileable
        form = form_of(version)
        answers = member_answers(member, form.order, {**good.known, "results": {}})
        checked = validate(form, answers, today=on, context=form_context(channel, good.party))
        faults |= checked.errors
    if faults:
        raise InvalidInput(faults)


def _standing(row: GroupMember) -> Member:
    """Where a member stands, from its row and its dossier."""
    after = tuple(row.after)
    case = row.dossier
    if case is None:
        return Member(row.member, after, row.stage)  # type: ignore[arg-type]
    if case.state in GRANTED:
        return Member(row.member, after, "granted")
    if not case.is_open:
        return Member(row.member, after, "failed")
    return Member(row.member, after, "open", yours=case.state in WAITS_FOR_APPLICANT)


def member_rows(group_id: int) -> list[GroupMember]:
    """The members of a group in their order, each with its dossier. One statement."""
    return list(
        GroupMember.objects.filter(group_id=group_id)
        .select_related("dossier__competent_agency", "dossier__application__result")
        .order_by("position")
    )


def standings(rows: Sequence[GroupMember]) -> list[Member]:
    """Where each member stands now."""
    return [_standing(row) for row in rows]


def follow(group_id: int) -> None:
    """Bring a group into line with its members: open what may open now, derive its state.

    Safe to repeat. Runs as SYSTEM after every act on a member.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=group_id, kind=GROUP_KIND)
        rows = member_rows(group_id)
        for name in ready(standings(rows)):
            _open(SYSTEM, case, next(row for row in rows if row.member == name))
        for name in blocked(standings(rows)):
            row = next(row for row in rows if row.member == name)
            row.stage = GroupMember.Stage.BLOCKED
            row.save(update_fields=["stage"])
        _derive(SYSTEM, case, rows)


def _derive(actor: Actor, case: Case, rows: Sequence[GroupMember]) -> None:
    """Write the derived state and the latest due date of what is still running."""
    target = group_state(standings(rows))
    running = [row.dossier for row in rows if row.dossier is not None and row.dossier.is_open]
    dues = [one.due_at for one in running if one.due_at is not None]
    due = max(dues) if dues else None
    if target == case.state and due == case.due_at:
        return
    change_case(
        actor=actor,
        case=case,
        verb="applications.follow_group",
        to_state=target,
        public=target != case.state,
        due_at=due,
        outcome=target if target in {"done", "partly", "none"} else "",
    )


def _open(actor: Actor, case: Case, row: GroupMember) -> None:
    """Open one member; what cannot be opened is kept for a person, and stops nobody else."""
    try:
        with transaction.atomic():
            row.dossier = _file_member(actor, case, row)
    except DomainError as error:
        row.stage = GroupMember.Stage.STUCK
        row.problem = error.message.vi
        row.save(update_fields=["stage", "problem"])
        return
    row.stage, row.problem, row.opened_at = GroupMember.Stage.WAITING, "", now()
    row.save(update_fields=["dossier", "stage", "problem", "opened_at"])


def _file_member(actor: Actor, case: Case, row: GroupMember) -> Case:
    from motcua.subsystems.applications.services.filing import Filing, file_member

    whole = Application.objects.get(pk=case.pk)
    version = version_by_id(whole.procedure_version_id)
    member = next(one for one in members_of(version) if one["id"] == row.member)
    own = version_in_force(member["procedure"], city_date(now()))
    form = form_of(own)
    answers = member_answers(member, form.order, _known(case, whole, version))
    components = [part["id"] for part in own.document["components"]]
    papers = member_papers(member, components, whole.papers)
    filing = Filing(
        procedure_code=member["procedure"],
        answers=answers,
        receiving_agency_id=case.receiving_agency_id or 0,
        delivery=str(answers.get("result_channel") or ""),
        delivery_address=whole.delivery_address,
        contact_email=whole.contact_email,
        contact_phone=whole.contact_phone,
        language=whole.language,
        papers_shown=tuple(name for name, paper in papers.items() if paper["state"] == "shown"),
        shared={name: tuple(paper.get("files", ())) for name, paper in papers.items()},
        parent_id=case.pk,
    )
    opened = file_member(
        actor,
        filing,
        channel=case.channel,
        applicant_id=case.applicant_id or 0,
        submitter_id=case.submitter_id or 0,
    )
    _open_whole_to(actor, case, opened)
    return opened


def _open_whole_to(actor: Actor, case: Case, opened: Case) -> None:
    """Who decides a member may see the whole."""
    change_case(
        actor=actor,
        case=case,
        verb="applications.open_member",
        public=True,
        data={"member": str(opened.uid), "title": opened.title},
        ledger={"member": opened.code},
        viewers=(f"a:{opened.competent_agency_id}",),
    )


def _known(case: Case, whole: Application, version: ProcedureVersion) -> dict[str, Any]:
    """What the mapping of a member may read: the group's answers, and results so far."""
    found = latest_answers(case.pk, form_of(version).id)
    answers = dict(found.answers) if found else {}
    known = variables(answers, case=whole.variant, channel=case.channel, on=city_date(now()))
    return {**known, "results": _results(case.pk)}


def _results(group_id: int) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in member_rows(group_id):
        if row.dossier is None or row.dossier.state not in GRANTED:
            continue
        decided: dt.datetime | None = row.dossier.decided_at
        found[row.member] = {
            "number": row.dossier.application.result_number,  # type: ignore[attr-defined]
            "issued_on": city_date(decided).isoformat() if decided else "",
        }
    return found


@transaction.atomic
def open_again(*, actor: Actor, uid: object, member: str) -> None:
    """Try once more to open a member that could not be opened. For clerks of the centre.

    Raises:
        NotFound: the group is not open to the actor.
        NotAllowed: the actor is no clerk of the receiving centre.
    """
    case = access_case(actor, str(uid), kind=GROUP_KIND)
    require(actor, "applications.receive_at_counter", agency_id=case.receiving_agency_id)
    case = Case.objects.select_for_update().get(pk=case.pk)
    rows = member_rows(case.pk)
    for row in rows:
        if row.member == member and row.dossier is None and row.stage == GroupMember.Stage.STUCK:
            _open(actor, case, row)
    _derive(actor, case, rows)
