"""The door of this slice: what others may call."""

from motcua.subsystems.escalation.models import Passed

__all__ = ["Passed"]
