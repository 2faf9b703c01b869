"""Where a dossier goes: who receives it, who decides, who may see it, what its code begins with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from motcua.casework.agencies.public import (
    Agency,
    AgencyIdentifier,
    agency_by_code,
    carried_on_by,
)
from motcua.casework.expressions.public import compile_expression, value_of
from motcua.foundation.errors import Bilingual, NotFound
from motcua.foundation.remembering import remembered
from motcua.subsystems.procedures.public import ProcedureVersion


class NotFileable(NotFound):
    """The procedure is not in force or cannot be filed this way today."""

    code = "not-fileable"
    message = Bilingual(
        "Thủ tục này hiện không nhận hồ sơ theo cách này.",
        "This procedure does not take dossiers this way at present.",
    )
    advice = Bilingual(
        "Xem trang thủ tục để biết các cách nộp khác.", "See its page for other ways to file."
    )


@remembered("agencies.Agency")
def agency_of(agency_id: int) -> Agency:
    """The agency of this key. Remembered for seconds."""
    return Agency.objects.get(pk=agency_id)


def viewers_of(
    applicant: int, submitter: int, receiving: Agency, competent: Agency
) -> tuple[str, ...]:
    """Who sees a dossier from the beginning."""
    return (
        f"p:{applicant}",
        f"p:{submitter}",
        f"a:{receiving.pk}",
        f"a:{competent.pk}",
        "city",
    )


def code_prefix(receiving: Agency, on: dt.date) -> str:
    """The electronic identifier of the receiving unit, else its internal code."""
    for value, valid_from in _identifiers(receiving.pk):
        if valid_from <= on:
            return value
    return receiving.code.upper()


@remembered("agencies.AgencyIdentifier")
def _identifiers(agency_id: int) -> list[tuple[str, dt.date]]:
    """The electronic identifiers an agency has borne, newest first, each with its first day."""
    rows = AgencyIdentifier.objects.filter(agency_id=agency_id, scheme="h29")
    return list(rows.order_by("-valid_from").values_list("value", "valid_from"))


def competent_agency(
    version: ProcedureVersion, known: Mapping[str, Any], receiving: Agency, on: dt.date
) -> Agency:
    """Who decides on that day: the agency the package names, else a commune's committee.

    The committee is that of the commune the answers name, else of the centre's own.

    Raises:
        NotFileable: the city has no agency of the code the package names.
    """
    named = version.document.get("competent_agency") or ""
    if named:
        code = str(value_of(compile_expression(named), known) or "")
        try:
            return agency_of(carried_on_by(_by_code(code), on))
        except NotFound as error:
            raise NotFileable from error
    source = version.document.get("competent_commune") or ""
    commune = value_of(compile_expression(source), known) if source else None
    return committee_of(str(commune or receiving.commune_code), on)


def committee_of(commune: str, on: dt.date) -> Agency:
    """The People's Committee of a commune on a day; of one that was merged, who carries on.

    A merger re-uses codes, so one code can mean the former unit and, later, the new one.

    Raises:
        NotFound: no unit ever had this code.
    """
    generations = _committees(commune)
    for agency in generations:
        if agency.valid_from <= on and (agency.valid_to is None or on <= agency.valid_to):
            return agency
    if not generations:
        raise NotFound
    return agency_of(carried_on_by(generations[0], on))


@remembered("agencies.Agency")
def _committees(commune: str) -> list[Agency]:
    """The committees a commune code has stood for, the newest first."""
    found = Agency.objects.filter(commune_code=commune, kind=Agency.Kind.COMMITTEE)
    return list(found.order_by("-valid_from"))


@remembered("agencies.Agency")
def _by_code(code: str) -> Agency:
    return agency_by_code(code)
