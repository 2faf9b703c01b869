"""Pure decisions about agencies: roles, signing prefixes, who carries on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.foundation.errors import Bilingual

ROLES: Mapping[str, Bilingual] = {
    "receiving_clerk": Bilingual("Cán bộ tiếp nhận", "Receiving clerk"),
    "centre_head": Bilingual("Người đứng đầu Bộ phận Một cửa", "Head of the service centre"),
    "case_officer": Bilingual("Chuyên viên thụ lý", "Case officer"),
    "division_head": Bilingual("Lãnh đạo phòng", "Head of division"),
    "leader": Bilingual("Lãnh đạo ký duyệt", "Signing leader"),
    "records_clerk": Bilingual("Văn thư", "Records clerk"),
    "consulted_officer": Bilingual("Cán bộ được lấy ý kiến", "Consulted officer"),
    "supervisor": Bilingual("Giám sát", "Supervisor"),
    "administrator": Bilingual("Quản trị hệ thống", "Administrator"),
}

NO_SUBDELEGATION = frozenset({"TUQ."})


@dataclass(frozen=True, slots=True)
class SigningAuthority:
    """What stands above a signature, such as "TM. UỶ BAN NHÂN DÂN", "KT. CHỦ TỊCH"."""

    lines: tuple[str, ...]
    form: str
    document: str = ""

    @property
    def text(self) -> str:
        return " / ".join(self.lines)


def signing_lines(
    *, collective: str, head_title: str, own_title: str, form: str
) -> tuple[str, ...]:
    """The lines above a signature by the form of authority (Nghị định 30/2020, Điều 13).

    Args:
        collective: name of the collective body, empty when the head decides alone.
        head_title: the title of the post whose power is used.
        own_title: the title of the person who signs.
        form: ``""`` (own power), ``TM.``, ``KT.``, ``TL.``, ``TUQ.`` or ``Q.``.
    """
    top = (f"TM. {collective.upper()}",) if collective else ()
    if form in {"", "TM."}:
        return (*top, own_title.upper())
    if form == "Q.":
        return (*top, f"Q. {head_title.upper()}")
    if form in {"TL.", "TUQ."}:
        return (f"{form} {head_title.upper()}", own_title.upper())
    return (*top, f"{form} {head_title.upper()}", own_title.upper())


def in_force(valid_from: dt.date, valid_to: dt.date | None, on: dt.date) -> bool:
    """Whether a dated row holds on a day (both ends included)."""
    return valid_from <= on and (valid_to is None or on <= valid_to)


def final_successor(
    start: int, successions: Mapping[int, Sequence[tuple[int, dt.date]]], on: dt.date
) -> int:
    """Follow whole successions in force on a date to the agency that carries on now.

    Args:
        start: the agency to begin from.
        successions: predecessor → (successor, effective date), whole ones only.
        on: the date of the question.
    """
    seen = {start}
    here = start
    while True:
        ahead = [s for s, effective in successions.get(here, ()) if effective <= on]
        if not ahead or ahead[0] in seen:
            return here
        here = ahead[0]
        seen.add(here)


def substitute_title(title: str, absent: str, most: int = 120) -> str:
    """The title of a post held for an absent person, as history and ledger show it.

    >>> substitute_title("Công chức hộ tịch", "Lê An")
    'Công chức hộ tịch (thay Lê An)'
    """
    mark = f" (thay {absent})"
    return f"{title[: max(most - len(mark), 0)]}{mark}"[:most]


NEVER_STOOD_IN = frozenset({"leader", "administrator", "supervisor"})
"""Roles whose power comes by delegation (Nghị định 30/2020/NĐ-CP, Điều 13), never by absence."""


def may_stand_in(role: str, authority: str) -> bool:
    """Whether a post passes to who stands in: not one that signs on its own power."""
    return role not in NEVER_STOOD_IN and not authority
