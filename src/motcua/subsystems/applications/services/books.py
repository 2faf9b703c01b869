"""The yearly register of a centre (form 07): numbered from 01, closed and sealed for good."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from motcua.casework.access.public import SYSTEM, Actor, require
from motcua.casework.cases.public import Case
from motcua.casework.issuing.public import Draft, IssuedDocument, issue
from motcua.casework.ledger.public import record
from motcua.foundation.errors import Bilingual, NotPossibleNow
from motcua.foundation.timesource import CITY_ZONE, local, now, today
from motcua.subsystems.applications.models import RegisterLine, YearRegister

CHANNELS = {"online": "Trực tuyến", "counter": "Trực tiếp", "post": "Bưu chính"}


class YearClosed(NotPossibleNow):
    """The register of that year was closed; nothing is added to it."""

    code = "year-register-closed"
    message = Bilingual(
        "Sổ theo dõi năm {year} đã khóa, không ghi thêm được.",
        "The register of {year} is closed; nothing can be added.",
    )
    advice = Bilingual(
        "Xem bản đã khóa; hồ sơ mới ghi vào sổ năm nay.",
        "See the closed copy; new dossiers go to this year's register.",
    )


class YearNotOver(NotPossibleNow):
    """A register is closed after its year."""

    code = "year-register-not-over"
    message = Bilingual("Năm {year} chưa hết.", "The year {year} is not over.")
    advice = Bilingual(
        "Khóa sổ từ ngày 01/01 năm sau; hiện chỉ in được bản đang mở.",
        "Close it from 1 January on; for now only the open register can be printed.",
    )


def year_bounds(year: int) -> tuple[dt.datetime, dt.datetime]:
    """The first moment of a year in the city, and of the next."""
    return tuple(dt.datetime(y, 1, 1, tzinfo=CITY_ZONE) for y in (year, year + 1))  # type: ignore[return-value]


def refuse_if_year_closed(agency_id: int, year: int) -> None:
    """Raises YearClosed when nothing may be received in that year any more."""
    closed = YearRegister.objects.filter(agency_id=agency_id, year=year, closed_at__isnull=False)
    if closed.exists():
        raise YearClosed(year=year)


def _locked(agency_id: int, year: int) -> YearRegister:
    first = dt.date(year, 1, 1)
    YearRegister.objects.get_or_create(
        agency_id=agency_id, year=year, defaults={"opened_on": first}
    )
    return YearRegister.objects.select_for_update().get(agency_id=agency_id, year=year)


def write_lines(register: YearRegister) -> int:
    """Number the dossiers of the year that have no line yet, in order of reception.

    A line keeps its number for good; what is entered later (after an outage) follows the last
    one, with its true date, as in a paper book. The caller holds the register's lock.
    """
    begin, end = year_bounds(register.year)
    waiting = (
        Case.objects.filter(
            kind="application",
            receiving_agency_id=register.agency_id,
            opened_at__gte=begin,
            opened_at__lt=end,
        )
        .exclude(pk__in=RegisterLine.objects.filter(register=register).values("case_id"))
        .order_by("opened_at", "pk")
        .values_list("pk", flat=True)
    )
    lines = [
        RegisterLine(register=register, number=register.last + place, case_id=case)
        for place, case in enumerate(waiting, 1)
    ]
    RegisterLine.objects.bulk_create(lines, batch_size=2000)
    if lines:
        register.last += len(lines)
        register.save(update_fields=["last"])
    return len(lines)


def register_rows(register: YearRegister) -> list[dict[str, Any]]:
    """The rows of form 07 in the order of their numbers. One statement."""
    lines = RegisterLine.objects.filter(register=register).order_by("number")

    def day(moment: dt.datetime | None) -> str:
        return local(moment).date().isoformat() if moment else ""

    return [
        {
            "order": line.number,
            "dossier_code": line.case.code or "",
            "procedure": line.case.title,
            "owner": line.case.applicant.full_name if line.case.applicant else "",
            "agency": line.case.competent_agency.name,
            "received_on": day(line.case.received_at or line.case.opened_at),
            "due_on": day(line.case.due_at),
            "returned_on": day(line.case.closed_at),
            "method": CHANNELS.get(line.case.channel, line.case.channel),
        }
        for line in lines.select_related("case__applicant", "case__competent_agency")
    ]


@transaction.atomic
def print_register(*, actor: Actor, agency_id: int, year: int) -> IssuedDocument:
    """Make form 07 of a centre and year, numbered and sealed; a closed year as it was closed.

    The centre issues it, not the clerk who asks; who asked stands in the ledger.
    """
    require(actor, "applications.print_slip", agency_id=agency_id)
    register = _locked(agency_id, year)
    if register.document is not None:
        return register.document
    write_lines(register)
    _note(actor, register, "applications.print_register")
    return _issued(register)


@transaction.atomic
def close_year(*, actor: Actor, agency_id: int, year: int) -> IssuedDocument:
    """Close a year's register: the last lines are written, the whole is sealed, nothing follows.

    Raises:
        NotAllowed: the actor does not head the centre. YearNotOver, YearClosed.
    """
    require(actor, "applications.close_register", agency_id=agency_id)
    if year >= today().year:
        raise YearNotOver(year=year)
    register = _locked(agency_id, year)
    if register.closed_at is not None:
        raise YearClosed(year=year)
    write_lines(register)
    register.closed_at = now()
    register.document = _issued(register)
    register.save(update_fields=["closed_at", "document"])
    _note(actor, register, "applications.close_register")
    return register.document


def _issued(register: YearRegister) -> IssuedDocument:
    data = {
        "year": register.year,
        "opened_on": register.opened_on.isoformat(),
        "rows": register_rows(register),
    }
    if register.closed_at is not None:
        data["closed_on"] = local(register.closed_at).date().isoformat()
    return issue(
        actor=SYSTEM,
        draft=Draft(
            template="forms/07", agency_id=register.agency_id, data=data, register="phieu-07"
        ),
    )


def _note(actor: Actor, register: YearRegister, verb: str) -> None:
    record(
        actor=actor,
        chain=f"registers:{register.agency_id}",
        verb=verb,
        after={"year": register.year, "rows": register.last},
    )
