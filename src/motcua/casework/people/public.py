"""The door of this part: what others may call."""

from motcua.casework.people.logging_in import (
    CodeNeeded,
    LoginPaused,
    LoginRefused,
    check_login,
    new_totp_secret,
    prove_again,
    switch_off_totp,
    switch_on_totp,
    totp_address,
)
from motcua.casework.people.models import Account, Party, Representation
from motcua.casework.people.rules import (
    Card,
    clean_identity,
    identity_kind,
    mask_identity,
    read_card,
)
from motcua.casework.people.selectors import (
    identity_known,
    may_act_for,
    party_by_identity,
    representations_of,
)
from motcua.casework.people.services import (
    AlreadyRegistered,
    PartyDetails,
    authorise_representative,
    build_party,
    change_own_details,
    choose_language,
    find_or_make_party,
    open_official_account,
    register_citizen,
    revoke_representative,
)
from motcua.casework.people.systems import client_account, system_account

__all__ = [
    "Account",
    "AlreadyRegistered",
    "Card",
    "CodeNeeded",
    "LoginPaused",
    "LoginRefused",
    "Party",
    "PartyDetails",
    "Representation",
    "authorise_representative",
    "build_party",
    "change_own_details",
    "check_login",
    "choose_language",
    "clean_identity",
    "client_account",
    "find_or_make_party",
    "identity_kind",
    "identity_known",
    "mask_identity",
    "may_act_for",
    "new_totp_secret",
    "open_official_account",
    "party_by_identity",
    "prove_again",
    "read_card",
    "register_citizen",
    "representations_of",
    "revoke_representative",
    "switch_off_totp",
    "switch_on_totp",
    "system_account",
    "totp_address",
]
