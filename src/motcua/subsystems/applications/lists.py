"""The register of dossiers (form 07) as a file."""

from __future__ import annotations

from collections.abc import Iterator

from motcua.casework.access.public import Actor, require
from motcua.casework.cases.public import Case
from motcua.casework.exports.public import Asked, Column, ListSource, keyset_rows, register_list
from motcua.foundation.errors import Bilingual
from motcua.foundation.timesource import today
from motcua.subsystems.applications.services.printing import register_cases
from motcua.subsystems.applications.states import APPLICATION

REGISTER = "applications.register"
PRINT = "applications.print_slip"


def chosen(asked: Asked) -> tuple[int, int]:
    """The centre and the year that were asked for; this year when none was."""
    agency, year = asked.get("agency", ""), asked.get("year", "")
    known = year.isdecimal() and len(year) == 4 and 2000 <= int(year) <= today().year
    return int(agency) if agency.isdecimal() and len(agency) < 10 else 0, int(
        year
    ) if known else today().year


def register_lines(actor: Actor, asked: Asked) -> Iterator[Case]:
    """The dossiers of the register, in its order.

    Raises:
        NotAllowed: the actor does not keep the register of that centre.
    """
    agency_id, year = chosen(asked)
    require(actor, PRINT, agency_id=agency_id)
    return keyset_rows(register_cases(agency_id, year), "opened_at", "pk")


def register() -> None:
    """Called once at start-up."""
    register_list(
        ListSource(
            REGISTER,
            Bilingual("Sổ theo dõi hồ sơ (mẫu 07)", "Register of dossiers (form 07)"),
            PRINT,
            COLUMNS,
            register_lines,
            lambda actor, asked: register_cases(*chosen(asked)).count(),
            lambda actor, asked: str(chosen(asked)[1]),
        )
    )


COLUMNS = (
    Column("code", Bilingual("Mã hồ sơ", "Code"), lambda c: c.code, width=16),
    Column("procedure", Bilingual("Thủ tục hành chính", "Procedure"),
           lambda c: Bilingual(c.title, c.title_en or c.title), width=26),
    Column("owner", Bilingual("Họ tên", "Applicant"),
           lambda c: c.applicant.full_name if c.applicant else "", width=16),
    Column("agency", Bilingual("Cơ quan giải quyết", "Agency"),
           lambda c: c.competent_agency.name, width=20),
    Column("received", Bilingual("Ngày nhận", "Received"),
           lambda c: c.received_at or c.opened_at, "day", 8),
    Column("due", Bilingual("Hẹn trả", "Due"), lambda c: c.due_at, "day", 8),
    Column("returned", Bilingual("Ngày trả", "Returned"), lambda c: c.closed_at, "day", 8),
    Column("state", Bilingual("Trạng thái", "State"),
           lambda c: APPLICATION.by_id[c.state].name, width=14),
)  # fmt: skip
