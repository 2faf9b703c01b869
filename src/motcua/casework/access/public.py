"""The door of this part: what others may call."""

from motcua.casework.access.actors import actor_of
from motcua.casework.access.audience import api_audience, audience
from motcua.casework.access.keys import accept_keys, actor_of_key
from motcua.casework.access.rules import (
    ANONYMOUS,
    CITY_VIEWER,
    PUBLIC_VIEWER,
    SYSTEM,
    Actor,
    Permission,
    PostRef,
)
from motcua.casework.access.selectors import visible_by, visible_to
from motcua.casework.access.services import (
    allowed,
    declare_permission,
    declared_permissions,
    grant,
    move_viewer,
    require,
    revoke,
)

__all__ = [
    "ANONYMOUS",
    "CITY_VIEWER",
    "PUBLIC_VIEWER",
    "SYSTEM",
    "Actor",
    "Permission",
    "PostRef",
    "accept_keys",
    "actor_of",
    "actor_of_key",
    "allowed",
    "api_audience",
    "audience",
    "declare_permission",
    "declared_permissions",
    "grant",
    "move_viewer",
    "require",
    "revoke",
    "visible_by",
    "visible_to",
]
