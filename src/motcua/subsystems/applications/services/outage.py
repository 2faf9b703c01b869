"""Dossiers received on paper while the system was away, entered afterwards from a CSV file.

Each is filed and accepted by the ordinary rules at its true moment: the code bears the day, the
clock runs from then, the number of the paper register is kept. A paper number is entered once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from motcua.casework.access.public import Actor, require
from motcua.casework.forms.public import validate
from motcua.casework.people.public import PartyDetails, find_or_make_party
from motcua.casework.workflow.public import actions_for
from motcua.foundation.errors import Bilingual, DomainError, InvalidInput, NotAllowed
from motcua.foundation.timesource import local, now
from motcua.subsystems.applications.dossiers import city_date, form_of, load_dossier
from motcua.subsystems.applications.models import PaperReceipt
from motcua.subsystems.applications.paper_file import PaperRow, RowError, read_rows
from motcua.subsystems.applications.services.books import refuse_if_year_closed
from motcua.subsystems.applications.services.filing import Filing, file_at
from motcua.subsystems.applications.services.steps import Step, perform
from motcua.subsystems.procedures.public import ProcedureVersion, all_components, version_in_force

MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: dossiers made, lines that were there before, faults by line."""

    made: Sequence[str]
    known: Sequence[str]
    errors: Sequence[RowError]


def check_outage_file(
    *, actor: Actor, agency_id: int, code: str, text: str
) -> tuple[list[PaperRow], list[RowError]]:
    """Read and check every line without writing anything.

    Raises:
        NotAllowed: the actor is no clerk of the centre. NoVersionInForce: no such procedure.
    """
    require(actor, "applications.import_outage", agency_id=agency_id)
    version = version_in_force(code, city_date(now()))
    rows, errors = read_rows(text, version.document["form"])
    for row in rows:
        errors += _faults(row, version)
    return rows, sorted(errors, key=lambda e: (e.line, e.column))


def _faults(row: PaperRow, version: ProcedureVersion) -> list[RowError]:
    found: list[RowError] = []
    at = row.received_at
    if at > now():
        found.append(RowError(row.line, "tiep_nhan_luc", Bilingual(
            "Thời điểm nhận ở tương lai.", "Received in the future.")))  # fmt: skip
    elif at < now() - dt.timedelta(days=MOST_DAYS):
        found.append(RowError(row.line, "tiep_nhan_luc", Bilingual(
            f"Đã quá {MOST_DAYS} ngày; kiểm tra lại ngày.",
            f"More than {MOST_DAYS} days ago; check the date.")))  # fmt: skip
    checked = validate(
        form_of(version), row.answers, today=city_date(at),
        context={"channel": "counter", "applicant": []},
    )  # fmt: skip
    found += [RowError(row.line, place, text) for place, text in checked.errors.items()]
    return found


def import_outage_file(*, actor: Actor, agency_id: int, code: str, text: str) -> Imported:
    """Enter every line of a checked file; with any fault, nothing is written.

    A line whose paper number was entered before is left as it is, so that a file may be sent
    again after a break. Each dossier is one transaction.

    Raises:
        NotAllowed. YearClosed: the register of a line's year is closed.
    """
    rows, errors = check_outage_file(actor=actor, agency_id=agency_id, code=code, text=text)
    made: list[str] = []
    known: list[str] = []
    if errors:
        return Imported(made, known, errors)
    for row in rows:
        try:
            code_given = _enter(actor, agency_id, code, row)
        except InvalidInput as problem:
            errors += [RowError(row.line, place, said) for place, said in problem.fields.items()]
        except DomainError as problem:
            errors.append(RowError(row.line, "so_so_giay", problem.text()))
        else:
            (made if code_given else known).append(code_given or row.number)
    return Imported(made, known, errors)


@transaction.atomic
def _enter(actor: Actor, agency_id: int, code: str, row: PaperRow) -> str:
    """File and accept one line at its true moment; "" when its paper number is known."""
    year = local(row.received_at).year
    refuse_if_year_closed(agency_id, year)
    if PaperReceipt.objects.filter(agency_id=agency_id, year=year, number=row.number).exists():
        return ""
    version = version_in_force(code, city_date(row.received_at))
    party = find_or_make_party(actor=actor, details=_details(row))
    done = file_at(
        actor=actor,
        filing=Filing(
            procedure_code=code,
            answers=row.answers,
            receiving_agency_id=agency_id,
            papers_shown=tuple(paper.id for paper in all_components(version.document)),
        ),
        applicant_id=party.pk,
        at=row.received_at,
    )
    case_id = _accept(actor, done["uid"], row)
    PaperReceipt.objects.create(
        agency_id=agency_id, year=year, number=row.number, case_id=case_id, imported_at=now()
    )
    return str(done["code"])


def _accept(actor: Actor, uid: str, row: PaperRow) -> int:
    dossier = load_dossier(actor, uid)
    offered = actions_for(actor, dossier.case, dossier.variables(city_date(row.received_at)))
    accept = next((possible for possible in offered if possible.verb == "accept"), None)
    if accept is None:
        raise NotAllowed
    payload: Mapping[str, Any] = {
        "amount": row.fee,
        "note": f"Nhập từ sổ giấy, số {row.number}",
    }
    step = Step(actor, dossier, payload, row.received_at, accept.action)
    step.ledger["paper_number"] = row.number
    perform(step, token_id=accept.token_id)
    return int(dossier.case.pk)


def _details(row: PaperRow) -> PartyDetails:
    return PartyDetails(
        full_name=row.name,
        identity_number=row.identity,
        birth_date=row.birth_date,
        phone=row.phone,
        address=row.address,
    )
