"""Every read of words of slips: in force, drafts, versions, whom they wait for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from motcua.casework.access.public import Actor
from motcua.foundation.errors import NotFound
from motcua.foundation.remembering import remembered
from motcua.foundation.timesource import today
from motcua.subsystems.slip_templates.forms import FORMS, SlipForm
from motcua.subsystems.slip_templates.models import SlipDraft, SlipRevision, SlipVersion
from motcua.subsystems.slip_templates.reach import Scope, of_the_city, seen_by
from motcua.subsystems.slip_templates.rules import STANDARD, Content, content_of

LIVE = (SlipDraft.State.OPEN, SlipDraft.State.SUBMITTED)


def _owner(agency_id: int | None) -> Q:
    return Q(agency__isnull=True) if agency_id is None else Q(agency_id=agency_id)


@remembered("slip_templates.SlipVersion")
def version_in_force(slug: str, agency_id: int, on: dt.date) -> SlipVersion | None:
    """What an agency prints on a day: its own words, else the city's; None for the standard.

    An agency that went back to the standard prints the city's words. One statement.
    """
    rows = SlipVersion.objects.filter(
        Q(agency_id=agency_id) | Q(agency__isnull=True), form=slug, valid_from__lte=on
    ).order_by("-valid_from", "-number")
    newest: dict[int | None, SlipVersion] = {}
    for row in rows:
        newest.setdefault(row.agency_id, row)
    return next(
        (row for key in (agency_id, None) if (row := newest.get(key)) and not row.standard), None
    )


def content_in_force(slug: str, agency_id: int, on: dt.date) -> Content:
    """The words of :func:`version_in_force`."""
    version = version_in_force(slug, agency_id, on)
    return STANDARD if version is None else content_of(version.content)


def newest_content(slug: str, agency_id: int | None) -> Content:
    """The last published words of exactly this scope, to begin a draft with."""
    row = SlipVersion.objects.filter(_owner(agency_id), form=slug).order_by("-number").first()
    return STANDARD if row is None else content_of(row.content)


def next_number(slug: str, agency_id: int | None) -> int:
    """The number of the next version of a scope."""
    row = SlipVersion.objects.filter(_owner(agency_id), form=slug).order_by("-number").first()
    return 1 if row is None else row.number + 1


@dataclass(frozen=True, slots=True)
class FormRow:
    """One slip in the list: what is in force and what is in the making."""

    form: SlipForm
    version: SlipVersion | None
    draft: SlipDraft | None


def form_rows(scope: Scope) -> list[FormRow]:
    """All slips of a scope. Two statements."""
    mine = _owner(scope.agency_id)
    current: dict[str, SlipVersion] = {}
    for row in SlipVersion.objects.filter(mine, valid_from__lte=today()).order_by(
        "valid_from", "number"
    ):
        current[row.form] = row
    drafts = {row.form: row for row in SlipDraft.objects.filter(mine, state__in=LIVE)}
    return [FormRow(f, current.get(f.slug), drafts.get(f.slug)) for f in FORMS.values()]


def form_of(slug: str) -> SlipForm:
    """The slip of that address.

    Raises:
        NotFound: there is none.
    """
    if slug not in FORMS:
        raise NotFound
    return FORMS[slug]


def versions_of(scope: Scope, slug: str, limit: int = 50) -> list[SlipVersion]:
    """The history of a slip's words, newest first."""
    rows = SlipVersion.objects.filter(_owner(scope.agency_id), form=slug)
    return list(rows.select_related("published_by").order_by("-number")[:limit])


def live_draft(scope: Scope, slug: str) -> SlipDraft | None:
    """The draft in the making."""
    return SlipDraft.objects.filter(_owner(scope.agency_id), form=slug, state__in=LIVE).first()


def waiting_for(actor: Actor) -> list[SlipDraft]:
    """Submitted drafts that the actor sees, oldest first."""
    rows = SlipDraft.objects.filter(seen_by(actor), state=SlipDraft.State.SUBMITTED)
    return list(rows.select_related("agency").order_by("pk")[:50])


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft with its newest words and everybody who wrote on it."""

    row: SlipDraft
    form: SlipForm
    content: Content
    revisions: tuple[SlipRevision, ...]

    @property
    def writers(self) -> frozenset[int]:
        return frozenset(revision.account_id for revision in self.revisions)


def draft_for(actor: Actor, uid: UUID, *, lock: bool = False) -> OpenDraft:
    """A draft open to the actor. Two statements.

    Raises:
        NotFound: absent and forbidden alike.
    """
    rows = SlipDraft.objects.filter(seen_by(actor), uid=uid).select_related("agency__parent")
    row = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if row is None:
        raise NotFound
    revisions = tuple(row.revisions.select_related("account").order_by("-number"))
    return OpenDraft(row, FORMS[row.form], content_of(revisions[0].content), revisions)


def version_for(actor: Actor, uid: UUID) -> SlipVersion:
    """A published version; the city's are open to every editor.

    Raises:
        NotFound: absent and forbidden alike.
    """
    mine = Q() if of_the_city(actor) else seen_by(actor) | Q(agency__isnull=True)
    row = SlipVersion.objects.filter(mine, uid=uid).select_related("agency__parent").first()
    if row is None:
        raise NotFound
    return row


def differences(
    before: Content, after: Content, fields: Collection[str]
) -> Mapping[str, tuple[str, str]]:
    """The texts that a draft changes, by field: before and after."""
    pairs = {name: (before.texts.get(name, ""), after.texts.get(name, "")) for name in fields}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
