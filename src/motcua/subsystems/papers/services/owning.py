"""The owner decides: hide, forbid reuse, use again. And each look is written down."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from motcua.casework.access.public import Actor
from motcua.casework.attachments.public import (
    Attachment,
    ScanOrder,
    StoredOffer,
    give_made,
    reuse,
)
from motcua.casework.ledger.public import record
from motcua.foundation.errors import NotFound
from motcua.foundation.timesource import today
from motcua.subsystems.papers.models import Look, StoredPaper
from motcua.subsystems.papers.rules import still_valid
from motcua.subsystems.papers.selectors import own_paper, papers_for
from motcua.subsystems.papers.services.keeping import chain
from motcua.subsystems.papers.services.scanning import begin_scan


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
        record(
            actor=actor, chain=chain(row.owner_id), verb="papers.wish",
            before=before, after={**after, "paper": row.uid},
        )  # fmt: skip
    return row


class OwnersStore:
    """The kernel's port for stored papers, answered by this slice."""

    def offers(self, actor: Actor, wanted: Mapping[str, str]) -> dict[str, list[StoredOffer]]:
        """What of the actor's own could be used again, by wanted paper. One statement."""
        return {
            component: [StoredOffer(row.uid, row.name, row.number, row.issued_on) for row in rows]
            for component, rows in papers_for(actor, wanted).items()
        }

    @transaction.atomic
    def take(self, *, actor: Actor, uid: UUID, component_code: str, draft_key: str) -> Attachment:
        """Give a stored paper to a draft.

        Raises:
            NotFound: absent, somebody else's, hidden, forbidden or run out.
        """
        row = own_paper(actor, uid)
        if row.hidden or row.reuse_forbidden or not still_valid(row.valid_until, today()):
            raise NotFound
        if row.attachment is not None:
            taken = reuse(
                actor=actor, uid=row.attachment.uid, component_code=component_code,
                draft_key=draft_key,
            )  # fmt: skip
        else:
            taken = give_made(
                actor=actor, sha256=row.sha256, name=f"{row.name}.pdf",
                component_code=component_code, draft_key=draft_key,
            )  # fmt: skip
        record(
            actor=actor, chain=chain(row.owner_id), verb="papers.reuse",
            after={"paper": row.uid, "attachment": taken.uid},
        )  # fmt: skip
        return taken

    def digitise(self, *, actor: Actor, order: ScanOrder) -> str:
        """Begin, or go on with, digitising a paper at the counter; the address of its page.

        Raises:
            NotAllowed: the actor may not at that centre.
        """
        return reverse("papers_console:scan", args=[begin_scan(actor=actor, order=order).uid])

    def looked(self, actor: Actor, attachment: Attachment) -> None:
        """An official opened a file: written down for its owner, once a day."""
        if actor.kind != "official" or actor.account_id is None:
            return
        agency = next((post.agency_id for post in actor.posts), None)
        papers = StoredPaper.objects.filter(sha256=attachment.blob_id)
        if attachment.case_id is not None:
            papers = papers.filter(owner_id=attachment.case.applicant_id)  # type: ignore[union-attr]
        Look.objects.bulk_create(
            [
                Look(paper=row, account_id=actor.account_id, agency_id=agency, day=today())
                for row in papers
            ],
            ignore_conflicts=True,
        )
