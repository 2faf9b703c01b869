"""What follows from acts on reports: the reporter and those who support it are told."""

from __future__ import annotations

from typing import Any

from motcua.casework.access.public import SYSTEM
from motcua.casework.notices.public import Recipient, notify
from motcua.foundation.errors import Bilingual
from motcua.foundation.outbox.public import EventMessage, subscribes
from motcua.foundation.timesource import local
from motcua.subsystems.reports.following import follow_address
from motcua.subsystems.reports.models import Report
from motcua.subsystems.reports.selectors import public_address, report_with_case, supporters_of
from motcua.subsystems.reports.services.acting import ANSWERS
from motcua.subsystems.reports.states import ACTIONS, REPORT

WITHOUT_DATE = Bilingual("Chưa có hạn xử lý.", "No date has been set yet.")


@subscribes("reports.received", "reports.tell_received")
def tell_received(event: EventMessage) -> None:
    """Tell the reporter the code, the unit and the expected date."""
    report = report_with_case(int(event.payload["case_id"]))
    expected = WITHOUT_DATE
    if report.expected_at:
        at = f"{local(report.expected_at):%H:%M %d/%m/%Y}"
        expected = Bilingual(f"Dự kiến xử lý trước {at}.", f"Expected to be handled by {at}.")
    _tell(report, "report.received", {"expected": expected}, f"received:{report.pk}")


@subscribes("reports.acted", "reports.tell_acted")
def tell_acted(event: EventMessage) -> None:
    """Tell the reporter, those merged into it and the supporters what was done."""
    action = ACTIONS[event.payload["action"]]
    if not action.tells:
        return
    report = report_with_case(int(event.payload["case_id"]))
    answered = action.id in ANSWERS and report.status_note
    text = report.status_note if answered else REPORT.by_id[report.case.state].plain
    data = {"what": action.name, "text": text}
    _tell(report, "report.acted", data, f"acted:{report.pk}:{event.payload['version']}")
    if action.id in {"reply", "resolve", "refuse"} and not report.hidden:
        _tell_supporters(report, data, f"acted:{report.pk}:{event.payload['version']}:s")


def _data(report: Report, more: dict[str, Any]) -> dict[str, Any]:
    case = report.case
    agency = case.holder_agency or case.receiving_agency
    return {
        "code": case.code or "",
        "title": Bilingual(case.title, case.title_en or case.title),
        "agency": Bilingual(agency.name, agency.name_en),
        **more,
    }


def _tell(report: Report, template: str, more: dict[str, Any], key: str) -> None:
    party = report.case.applicant_id
    if party is None:
        return
    notify(
        actor=SYSTEM,
        template=template,
        recipients=[Recipient(party_id=party, language=report.language)],
        data=_data(report, more),
        case_id=report.pk,
        link=follow_address(report.case.uid),
        dedupe_key=key,
    )


def _tell_supporters(report: Report, more: dict[str, Any], key: str) -> None:
    """They read the public page: what only the reporter may see is not theirs."""
    people = [Recipient(party_id=party) for party in supporters_of(report)]
    if people:
        notify(
            actor=SYSTEM,
            template="report.acted",
            recipients=people,
            data=_data(report, more),
            link=public_address(report),
            dedupe_key=key,
        )
