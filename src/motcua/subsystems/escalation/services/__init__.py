"""Every write of the ladder: sweep, tell, set, explain."""

from motcua.subsystems.escalation.services.keeping import explain, set_ladder
from motcua.subsystems.escalation.services.sweeping import sweep
from motcua.subsystems.escalation.services.telling import send_digests

__all__ = ["explain", "send_digests", "set_ladder", "sweep"]
