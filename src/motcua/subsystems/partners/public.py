"""The door of this slice: what others may call."""

from motcua.subsystems.partners.rules import SCOPES, genuine, signature
from motcua.subsystems.partners.services import give_key, give_post, open_partner

__all__ = ["SCOPES", "genuine", "give_key", "give_post", "open_partner", "signature"]
