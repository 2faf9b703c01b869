"""The owner's papers, with where each was used and who looked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from motcua.casework.access.public import Actor, visible_to
from motcua.casework.attachments.public import Attachment, Visitor
from motcua.casework.cases.public import Case
from motcua.casework.people.public import party_by_identity
from motcua.foundation.errors import NotFound
from motcua.foundation.timesource import today
from motcua.subsystems.papers.kinds import by_code, codes_for
from motcua.subsystems.papers.models import Consent, Look, StoredPaper
from motcua.subsystems.papers.rules import answers, still_valid

MOST = 200
"""Papers shown and searched at once, newest first."""


def own_papers(actor: Actor) -> QuerySet[StoredPaper]:
    """The papers that belong to the actor, newest first; nothing for anybody unproven."""
    if actor.kind != "citizen" or actor.party_id is None:
        return StoredPaper.objects.none()
    return StoredPaper.objects.filter(
        owner_id=actor.party_id, owner__identity_proven=True, deleted_at=None
    ).order_by("-pk")


def own_paper(actor: Actor, uid: UUID) -> StoredPaper:
    """One of the actor's own papers.

    Raises:
        NotFound: absent and somebody else's alike.
    """
    row = own_papers(actor).select_related("attachment__blob", "document").filter(uid=uid).first()
    if row is None:
        raise NotFound
    return row


@dataclass(slots=True)
class ShownPaper:
    """A paper on the owner's page."""

    paper: StoredPaper
    used: list[Case] = field(default_factory=list[Case])
    looks: list[Look] = field(default_factory=list[Look])
    expired: bool = False

    @property
    def shareable(self) -> bool:
        """Whether a code for another system may be made."""
        return usable(self.paper)


def shown_papers(actor: Actor, *, hidden: bool = False) -> list[ShownPaper]:
    """The owner's page. Three statements, however many papers."""
    rows = (
        own_papers(actor)
        .filter(hidden=hidden)
        .select_related("attachment", "document", "case", "digitised_by")
    )
    on = today()
    shown = {
        row.pk: ShownPaper(row, expired=not still_valid(row.valid_until, on)) for row in rows[:MOST]
    }
    by_hash = {each.paper.sha256: each for each in shown.values()}
    uses = Attachment.objects.filter(
        visible_to(actor, "case_id"), blob_id__in=list(by_hash), case__isnull=False,
        withdrawn_at=None,
    ).select_related("case").order_by("pk")  # fmt: skip
    for use in uses:
        used = by_hash[use.blob_id].used
        if use.case and use.case not in used:
            used.append(use.case)
    looks = Look.objects.filter(paper_id__in=list(shown)).select_related("agency")
    for look in looks.order_by("-day", "-pk"):
        shown[look.paper_id].looks.append(look)
    return list(shown.values())


def papers_for(actor: Actor, wanted: Mapping[str, str]) -> dict[str, list[StoredPaper]]:
    """The actor's papers for each wanted one (its id → its name), expired ones too."""
    return _matching(own_papers(actor), wanted)


def papers_of(owner_id: int, wanted: Mapping[str, str]) -> dict[str, list[StoredPaper]]:
    """The same of an owner who agreed at the counter. One statement."""
    rows = StoredPaper.objects.filter(owner_id=owner_id, deleted_at=None).order_by("-pk")
    return _matching(rows, wanted)


def _matching(
    rows: QuerySet[StoredPaper], wanted: Mapping[str, str]
) -> dict[str, list[StoredPaper]]:
    on = today()
    kinds = {component: codes_for(name, on) for component, name in wanted.items()}
    found: dict[str, list[StoredPaper]] = defaultdict(list)
    for row in rows.filter(hidden=False, reuse_forbidden=False)[:MOST]:
        kind = by_code().get(row.kind_code)
        if kind is not None and not kind.reusable:
            continue
        for component, name in wanted.items():
            if answers(row.kind_code, row.name, name, kinds[component]):
                found[component].append(row)
    return dict(found)


def usable(row: StoredPaper) -> bool:
    """Whether a paper may be used again today, as far as its owner and its date go."""
    gone = row.deleted_at is not None or row.hidden or row.reuse_forbidden
    return not gone and still_valid(row.valid_until, today())


def own_consents(actor: Actor) -> QuerySet[Consent]:
    """What the actor agreed to at counters, newest first."""
    if actor.kind != "citizen" or actor.party_id is None:
        return Consent.objects.none()
    rows = Consent.objects.filter(owner_id=actor.party_id).select_related("clerk", "agency")
    return rows.order_by("-pk")


def owner_at_counter(visitor: Visitor) -> int | None:
    """The proven person who stands at the counter, if anything is kept for them."""
    party = party_by_identity(visitor.identity_number)
    if party is None:
        return None
    kept = StoredPaper.objects.filter(owner_id=party.pk, hidden=False, deleted_at=None)
    return party.pk if kept.exists() else None


def consent_for(actor: Actor, owner_id: int, visitor: Visitor) -> Consent | None:
    """The consent on which this clerk may look now: today's, for this dossier, not taken back."""
    return Consent.objects.filter(
        owner_id=owner_id, clerk_id=actor.account_id, draft_key=visitor.draft_key,
        agency_id__in=actor.agency_ids, ends_on__gte=today(), withdrawn_at=None,
    ).first()  # fmt: skip
