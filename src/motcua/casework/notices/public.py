"""The door of this part: what others may call."""

from motcua.casework.notices.catalogue import add_templates, templates
from motcua.casework.notices.models import Notice
from motcua.casework.notices.selectors import (
    deliveries_of_case,
    failed_deliveries,
    notices_of,
    outcomes_of,
    unread_count,
)
from motcua.casework.notices.services import (
    Recipient,
    Told,
    mark_all_read,
    mark_read,
    notify,
    notify_many,
)

__all__ = [
    "Notice",
    "Recipient",
    "Told",
    "add_templates",
    "deliveries_of_case",
    "failed_deliveries",
    "mark_all_read",
    "mark_read",
    "notices_of",
    "notify",
    "notify_many",
    "outcomes_of",
    "templates",
    "unread_count",
]
