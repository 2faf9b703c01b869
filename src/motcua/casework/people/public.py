"""The door of this part: what others may call."""

from motcua.casework.people.models import Account, Party, Representation
from motcua.casework.people.rules import clean_identity, identity_kind, mask_identity
from motcua.casework.people.selectors import may_act_for, party_by_identity, representations_of
from motcua.casework.people.services import (
    AlreadyRegistered,
    PartyDetails,
    authorise_representative,
    build_party,
    find_or_make_party,
    open_official_account,
    register_citizen,
    revoke_representative,
)

__all__ = [
    "Account",
    "AlreadyRegistered",
    "Party",
    "PartyDetails",
    "Representation",
    "authorise_representative",
    "build_party",
    "clean_identity",
    "find_or_make_party",
    "identity_kind",
    "mask_identity",
    "may_act_for",
    "open_official_account",
    "party_by_identity",
    "register_citizen",
    "representations_of",
    "revoke_representative",
]
