"""Opening a case and changing it: one row of present state, one of history, one of ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.casework.access.public import Actor, grant
from motcua.casework.cases.kinds import kind_of
from motcua.casework.cases.models import FAR_FUTURE, Case, StateChange
from motcua.casework.cases.rules import VersionConflict
from motcua.casework.ledger.public import Head, head_of, record
from motcua.foundation.statements import fresh, insert, update
from motcua.foundation.timesource import now
from motcua.foundation.transactions import together

Turn = tuple[int | None, str]
"""Agency and role that hold a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDraft:
    """What a slice knows when it opens a case."""

    kind: str
    state: str
    title: str
    receiving_agency_id: int
    competent_agency_id: int
    title_en: str = ""
    subject_code: str = ""
    code: str | None = None
    channel: str = "online"
    applicant_id: int | None = None
    submitter_id: int | None = None
    holder_agency_id: int | None = None
    holder_role: str = ""
    parent_id: int | None = None
    viewers: tuple[str, ...] = ()
    due_at: dt.datetime | None = None


def chain_of(case: Case) -> str:
    """The name of a case's ledger chain."""
    return f"case:{case.pk}"


def mirror_head(head: Head) -> None:
    """Keep the end of a case's chain on its row when another part wrote to the chain."""
    end = {"ledger_seq": head.seq, "ledger_head": head.hash}
    update(Case, {"pk": int(head.chain.partition(":")[2])}, end)


def _end_of(case: Case) -> Head:
    """The end of the case's chain as its row says; read, when only the opening stands there."""
    if not case.ledger_seq:
        opening = case.opening
        return Head(chain_of(case), 1, opening) if opening else head_of(chain_of(case))
    return Head(chain_of(case), case.ledger_seq, case.ledger_head)


def known_end(case: Case) -> Head | None:
    """The end of the case's chain, if its row tells."""
    return _end_of(case) if case.ledger_seq or case.opening else None


def _title(actor: Actor, turn: Turn = (None, "")) -> tuple[str, int | None]:
    """The post from which somebody acts: the one whose turn it is, else the first."""
    fit = (post for post in actor.posts if (post.agency_id, post.role) == turn)
    post = next(fit, actor.posts[0] if actor.posts else None)
    return (post.title, post.agency_id) if post else ("", None)


def _history_row(
    case: Case,
    actor: Actor,
    verb: str,
    old: str,
    at: dt.datetime,
    turn: Turn = (None, ""),
    **more: Any,
) -> StateChange:
    title, agency_id = _title(actor, turn)
    return fresh(
        StateChange,
        case_id=case.pk,
        seq=case.version,
        verb=verb,
        from_state=old,
        to_state=case.state,
        at=at,
        account_id=actor.account_id,
        actor_name=actor.name,
        actor_title=title,
        agency_id=agency_id,
        **more,
    )


@together()
def open_case(
    *,
    actor: Actor,
    draft: CaseDraft,
    verb: str,
    after: Mapping[str, Any] | None = None,
    at: dt.datetime | None = None,
) -> Case:
    """Open a case with its first history row, ledger entry and viewers. Four statements.

    The caller (a slice's service) emits the slice's own event. ``after`` is
    what the ledger keeps of the content. The row itself first hears of its
    chain's end by the next act, which reads it once.
    """
    moment = at or now()
    kind_of(draft.kind)
    case = fresh(
        Case,
        kind=draft.kind,
        code=draft.code,
        subject_code=draft.subject_code,
        title=draft.title,
        title_en=draft.title_en,
        state=draft.state,
        state_since=moment,
        channel=draft.channel,
        applicant_id=draft.applicant_id,
        submitter_id=draft.submitter_id,
        receiving_agency_id=draft.receiving_agency_id,
        competent_agency_id=draft.competent_agency_id,
        holder_agency_id=draft.holder_agency_id,
        holder_role=draft.holder_role,
        parent_id=draft.parent_id,
        opened_at=moment,
        due_at=draft.due_at,
        sort_due=draft.due_at or FAR_FUTURE,
        clock_state="running" if draft.due_at else "none",
    )
    insert(case)
    head = record(
        actor=actor,
        chain=chain_of(case),
        verb=verb,
        after={"code": case.code, "state": case.state, **(after or {})},
        case_id=case.pk,
        at=moment,
        new_chain=True,
    )
    case.ledger_seq, case.ledger_head = head.seq, head.hash
    insert(_history_row(case, actor, verb, draft.state, moment))
    grant([case.pk], draft.viewers)
    return case


@together()
def change_case(
    *,
    actor: Actor,
    case: Case,
    verb: str,
    to_state: str | None = None,
    expected_version: int | None = None,
    note: str = "",
    public: bool = True,
    data: Mapping[str, Any] | None = None,
    ledger: Mapping[str, Any] | None = None,
    viewers: Iterable[str] = (),
    at: dt.datetime | None = None,
    **columns: Any,
) -> Case:
    """Change a case by one act: present state, history row, ledger entry. Three statements.

    Args:
        case: as read in this transaction or before; its ``version`` is the lock.
        to_state: the new state, checked against the kind; ``None`` keeps it.
        expected_version: what the person saw on the page, when it came from one.
        note, public, data: the history row; ``public=False`` hides it from the applicant.
        ledger: what the ledger keeps besides state and columns.
        viewers: viewer keys to whom the case opens by this act (one more statement).
        columns: other columns of Case to set; ``due_at`` keeps the inbox order right.

    Raises:
        TransitionRefused: the kind does not allow the state.
        VersionConflict: the case changed in the meantime; nothing is written.
    """
    moment = at or now()
    if expected_version is not None and expected_version != case.version:
        raise VersionConflict
    old_state, old_version = case.state, case.version
    turn = (case.holder_agency_id, case.holder_role)
    target = to_state or old_state
    kind = kind_of(case.kind)
    kind.check(old_state, target)
    changes: dict[str, Any] = dict(columns)
    if target != old_state:
        changes |= {"state": target, "state_since": moment}
        if kind.by_id[target].terminal:
            changes |= {"is_open": False, "closed_at": moment}
    if "due_at" in changes:
        changes["sort_due"] = changes["due_at"] or FAR_FUTURE
    head = record(
        actor=actor,
        chain=chain_of(case),
        verb=verb,
        before={"state": old_state},
        after={"state": target, **(ledger or {})},
        case_id=case.pk,
        at=moment,
        head=_end_of(case),
    )
    changes |= {"version": old_version + 1, "ledger_seq": head.seq, "ledger_head": head.hash}
    if update(Case, {"pk": case.pk, "version": old_version}, changes) != 1:
        raise VersionConflict
    for name, value in changes.items():
        setattr(case, name, value)
    row = _history_row(
        case, actor, verb, old_state, moment, turn, note=note, public=public, data=dict(data or {})
    )
    insert(row)
    if keys := tuple(viewers):
        grant([case.pk], keys)
    return case
