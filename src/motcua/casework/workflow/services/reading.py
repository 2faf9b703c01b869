"""The one read of a move: the token with its case's agencies and its definition's checksum."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from motcua.casework.workflow.models import Token
from motcua.casework.workflow.rules import Branch
from motcua.casework.workflow.rules import Token as Place
from motcua.casework.workflow.services.placing import CaseUnits
from motcua.foundation.errors import NotFound

_COLUMNS = (
    "pk",
    "state",
    "step",
    "role",
    "agency_id",
    "definition_id",
    "definition__checksum",
    "path",
    "trail",
    "fork_id",
    "case__receiving_agency_id",
    "case__competent_agency_id",
    "case__receiving_agency__valid_to",
    "case__competent_agency__valid_to",
    "case__applicant_id",
    "case__submitter_id",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A token as it stands, with what a move needs to know of its case."""

    token_id: int
    state: str
    step: str
    role: str
    agency_id: int | None
    definition_id: int
    checksum: str
    place: Place
    fork_id: int | None
    home: CaseUnits


def standing_token(case_id: int, token_id: int) -> Standing:
    """One statement. Raises ``NotFound`` when the case has no such token."""
    row = Token.objects.filter(pk=token_id, case_id=case_id).values_list(*_COLUMNS).first()
    if row is None:
        raise NotFound
    pk, state, step, role, agency, definition, checksum, path, trail, fork, *home = row
    *units, applicant, submitter = home
    branches = msgspec.convert(path, tuple[Branch, ...]) if path else ()
    parties = frozenset(party for party in (applicant, submitter) if party is not None)
    return Standing(
        pk,
        state,
        step,
        role,
        agency,
        definition,
        checksum,
        Place(step, branches, tuple(trail)),
        fork,
        CaseUnits(case_id, *units, parties=parties),
    )
