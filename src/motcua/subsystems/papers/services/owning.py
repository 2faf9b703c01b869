"""The owner decides: hide, forbid reuse, delete. And each look is written down."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from motcua.casework.access.public import Actor
from motcua.casework.attachments.public import (
    Attachment,
    CounterStore,
    ScanOrder,
    Seen,
    StoredOffer,
    Visitor,
    give_made,
    give_seen,
)
from motcua.casework.cases.public import Case
from motcua.casework.ledger.public import record
from motcua.foundation.errors import NotFound
from motcua.foundation.timesource import now, today
from motcua.subsystems.papers.models import Look, StoredPaper
from motcua.subsystems.papers.rules import still_valid
from motcua.subsystems.papers.selectors import (
    consent_for,
    own_paper,
    owner_at_counter,
    papers_for,
    papers_of,
    usable,
)
from motcua.subsystems.papers.services.keeping import chain
from motcua.subsystems.papers.services.scanning import begin_scan
from motcua.subsystems.papers.services.sharing import agree_at_counter, paper_behind, revoke_codes


@transaction.atomic
def set_wishes(
    *, actor: Actor, uid: UUID, hidden: bool | None = None, reuse_forbidden: bool | None = None
) -> StoredPaper:
    """Hide or show a paper of one's own, forbid or allow its reuse; None leaves as it is.

    Raises:
        NotFound: absent and somebody else's alike.
    """
    row = own_paper(actor, uid)
    before = {"hidden": row.hidden, "reuse_forbidden": row.reuse_forbidden}
    row.hidden = row.hidden if hidden is None else hidden
    row.reuse_forbidden = row.reuse_forbidden if reuse_forbidden is None else reuse_forbidden
    after = {"hidden": row.hidden, "reuse_forbidden": row.reuse_forbidden}
    if after != before:
        row.save(update_fields=["hidden", "reuse_forbidden"])
        if row.hidden or row.reuse_forbidden:
            revoke_codes(row)
        record(
            actor=actor, chain=chain(row.owner_id), verb="papers.wish",
            before=before, after={**after, "paper": row.uid},
        )  # fmt: skip
    return row


@transaction.atomic
def delete_paper(*, actor: Actor, uid: UUID) -> None:
    """Take an upload of one's own out of the store; its dossier keeps the file it was filed with.

    Raises:
        NotFound: absent, somebody else's, or made by an authority (a result, an official's
            scan), which stay.
    """
    row = own_paper(actor, uid)
    if row.source != StoredPaper.Source.GIVEN:
        raise NotFound
    row.deleted_at = now()
    row.save(update_fields=["deleted_at"])
    revoke_codes(row)
    record(actor=actor, chain=chain(row.owner_id), verb="papers.delete", after={"paper": row.uid})


class OwnersStore:
    """The kernel's port for stored papers, answered by this slice."""

    def offers(self, actor: Actor, wanted: Mapping[str, str]) -> dict[str, list[StoredOffer]]:
        """The actor's own papers by wanted paper, expired ones marked. One statement."""
        return _offered(papers_for(actor, wanted))

    @transaction.atomic
    def take(self, *, actor: Actor, uid: UUID, component_code: str, draft_key: str) -> Attachment:
        """Give a stored paper of one's own to a draft.

        Raises:
            NotFound: absent, somebody else's, hidden, forbidden or run out.
        """
        return _give(actor, own_paper(actor, uid), component_code, draft_key)

    @transaction.atomic
    def take_by_code(
        self, *, actor: Actor, code: str, component_code: str, draft_key: str
    ) -> Attachment:
        """Give to a draft the paper whose owner made this code. Raises NotFound."""
        row = paper_behind(actor, code)
        taken = _give(actor, row, component_code, draft_key)
        _note_looks(actor, [row])
        return taken

    def at_counter(self, actor: Actor, visitor: Visitor, wanted: Mapping[str, str]) -> CounterStore:
        """What this clerk may see of the visitor's store. At most three statements."""
        owner_id = owner_at_counter(visitor)
        if owner_id is None:
            return CounterStore()
        if consent_for(actor, owner_id, visitor) is None:
            return CounterStore("ask")
        return CounterStore("open", _offered(papers_of(owner_id, wanted)))

    def agree(self, *, actor: Actor, visitor: Visitor) -> None:
        """Write down that the visitor agreed."""
        agree_at_counter(actor=actor, visitor=visitor)

    @transaction.atomic
    def take_at_counter(
        self, *, actor: Actor, visitor: Visitor, uid: UUID, component_code: str
    ) -> Attachment:
        """Give a paper of the visitor's to the clerk's draft; the owner sees that it was seen.

        Raises:
            NotFound: no consent, no such paper of theirs, or it may not be used.
        """
        owner_id = owner_at_counter(visitor)
        if owner_id is None or consent_for(actor, owner_id, visitor) is None:
            raise NotFound
        row = (
            StoredPaper.objects.select_related("attachment", "document")
            .filter(owner_id=owner_id, uid=uid, deleted_at=None)
            .first()
        )
        if row is None:
            raise NotFound
        taken = _give(actor, row, component_code, visitor.draft_key)
        _note_looks(actor, [row])
        return taken

    def digitise(self, *, actor: Actor, order: ScanOrder) -> str:
        """Begin, or go on with, digitising a paper at the counter; the address of its page.

        Raises:
            NotAllowed: the actor may not at that centre.
        """
        return reverse("papers_console:scan", args=[begin_scan(actor=actor, order=order).uid])

    def looked(self, actor: Actor, seen: Seen) -> None:
        """Somebody but the owner is shown a paper: written down, once a day for each of them."""
        papers = StoredPaper.objects.filter(sha256=seen.sha256)
        if seen.case_id is not None and not seen.from_store:
            owners = Case.objects.filter(pk=seen.case_id).values("applicant_id")
            papers = papers.filter(owner__in=owners)
        elif not seen.from_store:
            return
        if actor.party_id is not None:
            papers = papers.exclude(owner_id=actor.party_id)
        _note_looks(actor, papers)


def _note_looks(actor: Actor, papers: object) -> None:
    agency = next((post.agency_id for post in actor.posts), None)
    looker = f"u:{actor.account_id}" if actor.account_id else f"s:{actor.name}"
    rows = [
        Look(
            paper=row, account_id=actor.account_id, agency_id=agency, day=today(),
            looker=looker[:80], who=actor.name[:200],
        )
        for row in papers  # type: ignore[attr-defined]
    ]  # fmt: skip
    if rows:
        Look.objects.bulk_create(rows, ignore_conflicts=True)


def _offered(found: Mapping[str, list[StoredPaper]]) -> dict[str, list[StoredOffer]]:
    on = today()
    return {
        component: [
            StoredOffer(
                row.uid, row.name, row.number, row.issued_on, row.valid_until,
                not still_valid(row.valid_until, on),
            )
            for row in rows
        ]
        for component, rows in found.items()
    }  # fmt: skip


def _give(actor: Actor, row: StoredPaper, component_code: str, draft_key: str) -> Attachment:
    if not usable(row):
        raise NotFound
    if row.attachment is not None:
        taken = give_seen(
            actor=actor, old=row.attachment, component_code=component_code, draft_key=draft_key
        )
    else:
        taken = give_made(
            actor=actor, sha256=row.sha256, name=f"{row.name}.pdf", kind=row.kind,
            component_code=component_code, draft_key=draft_key,
        )  # fmt: skip
    record(
        actor=actor, chain=chain(row.owner_id), verb="papers.reuse",
        after={"paper": row.uid, "attachment": taken.uid},
    )  # fmt: skip
    return taken
