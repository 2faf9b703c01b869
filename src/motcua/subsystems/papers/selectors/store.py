"""The owner's papers, with where each was used and who looked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from motcua.casework.access.public import Actor, visible_to
from motcua.casework.attachments.public import Attachment
from motcua.casework.cases.public import Case
from motcua.foundation.errors import NotFound
from motcua.foundation.timesource import today
from motcua.subsystems.papers.models import Look, StoredPaper
from motcua.subsystems.papers.rules import same_kind, still_valid

MOST = 200
"""Papers shown and searched at once, newest first."""


def own_papers(actor: Actor) -> QuerySet[StoredPaper]:
    """The papers that belong to the actor, newest first; nothing for anybody unproven."""
    if actor.kind != "citizen" or actor.party_id is None:
        return StoredPaper.objects.none()
    return StoredPaper.objects.filter(
        owner_id=actor.party_id, owner__identity_proven=True
    ).order_by("-pk")


def own_paper(actor: Actor, uid: UUID) -> StoredPaper:
    """One of the actor's own papers.

    Raises:
        NotFound: absent and somebody else's alike.
    """
    row = own_papers(actor).select_related("attachment", "document").filter(uid=uid).first()
    if row is None:
        raise NotFound
    return row


@dataclass(slots=True)
class ShownPaper:
    """A paper on the owner's page."""

    paper: StoredPaper
    used: list[Case] = field(default_factory=list[Case])
    looks: list[Look] = field(default_factory=list[Look])


def shown_papers(actor: Actor, *, hidden: bool = False) -> list[ShownPaper]:
    """The owner's page. Three statements, however many papers."""
    rows = (
        own_papers(actor)
        .filter(hidden=hidden)
        .select_related("attachment", "document", "case", "digitised_by")
    )
    shown = {row.pk: ShownPaper(row) for row in rows[:MOST]}
    by_hash = {each.paper.sha256: each for each in shown.values()}
    uses = Attachment.objects.filter(
        visible_to(actor, "case_id"), blob_id__in=list(by_hash), case__isnull=False,
        withdrawn_at=None,
    ).select_related("case").order_by("pk")  # fmt: skip
    for use in uses:
        used = by_hash[use.blob_id].used
        if use.case and use.case not in used:
            used.append(use.case)
    for look in Look.objects.filter(paper_id__in=list(shown)).select_related(
        "account", "agency"
    ).order_by("-day", "-pk"):  # fmt: skip
        shown[look.paper_id].looks.append(look)
    return list(shown.values())


def papers_for(actor: Actor, wanted: Mapping[str, str]) -> dict[str, list[StoredPaper]]:
    """The actor's reusable papers for each wanted one (its id → its name). One statement."""
    on = today()
    free = own_papers(actor).filter(hidden=False, reuse_forbidden=False)
    found: dict[str, list[StoredPaper]] = defaultdict(list)
    for row in free[:MOST]:
        if not still_valid(row.valid_until, on):
            continue
        for component, name in wanted.items():
            if same_kind(row.name, name):
                found[component].append(row)
    return dict(found)
