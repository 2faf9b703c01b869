"""What the public sees: photos one by one, and whether a report is shown at all."""

from __future__ import annotations

from uuid import UUID

from motcua.casework.access.public import Actor
from motcua.casework.attachments.public import make_derivatives
from motcua.casework.cases.public import change_case
from motcua.foundation.errors import Bilingual, InvalidInput, NotAllowed
from motcua.foundation.timesource import now
from motcua.foundation.transactions import together
from motcua.subsystems.reports.models import Photo, Report
from motcua.subsystems.reports.selectors import photo_for, report_for
from motcua.subsystems.reports.services.acting import may_handle


def decide_photo(*, actor: Actor, uid: UUID | str, show: bool) -> Photo:
    """Show a photo to the public, as a copy of its pixels alone, or keep it inside.

    Raises:
        NotFound: absent, or its report is not open to the actor.
        NotAllowed: it is not the actor's to decide.
    """
    photo = photo_for(actor, uid)
    if not may_handle(actor, photo.report.case):
        raise NotAllowed
    if show:
        make_derivatives(photo.attachment.blob_id)
    with together():
        photo.state = Photo.State.SHOWN if show else Photo.State.KEPT
        photo.decided_by_id, photo.decided_at = actor.account_id, now()
        photo.save(update_fields=["state", "decided_by", "decided_at"])
        change_case(
            actor=actor,
            case=photo.report.case,
            verb="reports.decide_photo",
            public=False,
            data={"photo": str(photo.uid), "shown": show},
            ledger={"photo": str(photo.uid), "shown": show},
        )
    return photo


@together()
def set_public(
    *, actor: Actor, uid: UUID | str, hidden: bool, text: str | None = None, reason: str
) -> Report:
    """Hide a report from the public or show it, and mend its public text.

    What the reporter wrote stays as it was and the reporter keeps seeing it.

    Raises:
        NotFound, NotAllowed. InvalidInput: no reason.
    """
    report = report_for(actor, uid)
    if not may_handle(actor, report.case):
        raise NotAllowed
    if len(reason.strip()) < 3:
        raise InvalidInput({"reason": Bilingual("Hãy ghi lý do.", "Give a reason.")})
    report.hidden = hidden
    if text is not None:
        report.public_text = text.strip()
    report.save(update_fields=["hidden", "public_text"])
    change_case(
        actor=actor,
        case=report.case,
        verb="reports.set_public",
        note=reason.strip(),
        public=False,
        data={"hidden": hidden},
        ledger={"hidden": hidden, "text_changed": text is not None},
    )
    return report
