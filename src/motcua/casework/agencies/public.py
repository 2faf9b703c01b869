"""The door of this part: what others may call."""

from motcua.casework.agencies.errors import AlreadyMerged, MergeAheadOfTime, NoSubdelegation
from motcua.casework.agencies.models import (
    Agency,
    AgencyIdentifier,
    Delegation,
    Membership,
    Post,
    Succession,
)
from motcua.casework.agencies.rules import ROLES, SigningAuthority, signing_lines
from motcua.casework.agencies.selectors import (
    agencies_as_of,
    agency_by_code,
    agency_by_identifier,
    carried_on_by,
    holders_of,
    identifier_of,
    in_force_on,
    posts_of,
    signing_authority,
    successor_of,
)
from motcua.casework.agencies.services import (
    appoint,
    close_post,
    delegate,
    end_appointment,
    found_agency,
    merge_agencies,
    on_succession,
    open_post,
    revoke_delegation,
)

__all__ = [
    "ROLES",
    "Agency",
    "AgencyIdentifier",
    "AlreadyMerged",
    "Delegation",
    "Membership",
    "MergeAheadOfTime",
    "NoSubdelegation",
    "Post",
    "SigningAuthority",
    "Succession",
    "agencies_as_of",
    "agency_by_code",
    "agency_by_identifier",
    "appoint",
    "carried_on_by",
    "close_post",
    "delegate",
    "end_appointment",
    "found_agency",
    "holders_of",
    "identifier_of",
    "in_force_on",
    "merge_agencies",
    "on_succession",
    "open_post",
    "posts_of",
    "revoke_delegation",
    "signing_authority",
    "signing_lines",
    "successor_of",
]
