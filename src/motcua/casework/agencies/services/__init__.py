"""Every write to agencies. One module per concern; all re-exported here."""

from motcua.casework.agencies import permissions as permissions
from motcua.casework.agencies.services.delegating import delegate, revoke_delegation
from motcua.casework.agencies.services.founding import found_agency
from motcua.casework.agencies.services.merging import merge_agencies, on_succession
from motcua.casework.agencies.services.posts import (
    appoint,
    close_post,
    end_appointment,
    open_post,
)
from motcua.casework.agencies.services.standing_in import end_standing_in, let_stand_in

__all__ = [
    "appoint",
    "close_post",
    "delegate",
    "end_appointment",
    "end_standing_in",
    "found_agency",
    "let_stand_in",
    "merge_agencies",
    "on_succession",
    "open_post",
    "revoke_delegation",
]
