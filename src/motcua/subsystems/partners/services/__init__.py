"""Every write of this slice."""

from motcua.subsystems.partners.services.filing import act_for, file_for, supplement_for
from motcua.subsystems.partners.services.managing import (
    end_key,
    give_key,
    give_post,
    open_partner,
)
from motcua.subsystems.partners.services.telling import (
    add_webhook,
    deliver,
    end_webhook,
    note_event,
    try_again,
)

__all__ = [
    "act_for",
    "add_webhook",
    "deliver",
    "end_key",
    "end_webhook",
    "file_for",
    "give_key",
    "give_post",
    "note_event",
    "open_partner",
    "supplement_for",
    "try_again",
]
