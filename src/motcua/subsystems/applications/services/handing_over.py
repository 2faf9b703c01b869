"""Daily hand-over sheets between a centre and the agencies that decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from motcua.casework.access.public import SYSTEM, Actor, require
from motcua.casework.agencies.public import Agency
from motcua.casework.cases.public import Case
from motcua.casework.issuing.public import Draft, issue
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, Conflict, NotFound
from motcua.foundation.timesource import local, now
from motcua.subsystems.applications.models import HandOver, HandOverLine
from motcua.subsystems.applications.selectors import handed_over_next

TEMPLATE = "forms/hand-over"


class HandedOverMeanwhile(Conflict):
    """Another clerk put one of the dossiers on a sheet."""

    code = "handed-over-meanwhile"
    message = Bilingual(
        "Có hồ sơ vừa được ghi vào phiếu khác.", "A dossier was just put on another sheet."
    )
    advice = Bilingual("Tải lại rồi lập phiếu cho phần còn lại.", "Reload; make it for the rest.")


@transaction.atomic
def make_hand_over(*, actor: Actor, agency_id: int, other_id: int, direction: str) -> HandOver:
    """Put everything that waits between a centre and an agency on one numbered sheet.

    Raises:
        NotAllowed: the actor does not work at the centre. NotFound: nothing waits.
        HandedOverMeanwhile: another clerk was first.
    """
    require(actor, "applications.hand_over", agency_id=agency_id)
    cases = handed_over_next(agency_id, direction, other_id)
    if not cases:
        raise NotFound
    sheet = HandOver.objects.create(
        agency_id=agency_id, other_id=other_id, direction=direction, made_at=now()
    )
    try:
        with transaction.atomic():
            HandOverLine.objects.bulk_create(
                HandOverLine(sheet=sheet, direction=direction, case=case) for case in cases
            )
    except IntegrityError as error:
        raise HandedOverMeanwhile from error
    sheet.document = issue(actor=SYSTEM, draft=_draft(sheet, cases))
    sheet.save(update_fields=["document"])
    record(
        actor=actor,
        chain=f"hand-overs:{agency_id}",
        verb="applications.hand_over",
        after={"to": other_id, "direction": direction, "cases": [c.pk for c in cases]},
        agency_id=agency_id,
    )
    return sheet


def _draft(sheet: HandOver, cases: Sequence[Case]) -> Draft:
    centre, other = Agency.objects.get(pk=sheet.agency_id), Agency.objects.get(pk=sheet.other_id)
    out = sheet.direction == HandOver.Direction.OUT
    return Draft(
        template=TEMPLATE,
        agency_id=sheet.agency_id,
        data={
            "heading": "Phiếu giao nhận hồ sơ" if out else "Phiếu giao nhận kết quả",
            "giver": centre.name if out else other.name,
            "receiver": other.name if out else centre.name,
            "at": local(sheet.made_at).isoformat(timespec="minutes"),
            "rows": [_row(case) for case in cases],
        },
        register="phieu-gn",
        title=sheet.get_direction_display(),
    )


def _row(case: Case) -> dict[str, str]:
    def day(moment: dt.datetime | None) -> str:
        return local(moment).date().isoformat() if moment else ""

    return {
        "code": case.code or "",
        "procedure": case.title,
        "owner": case.applicant.full_name if case.applicant else "",
        "received_on": day(case.received_at or case.opened_at),
        "due_on": day(case.due_at),
    }
