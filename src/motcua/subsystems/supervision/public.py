"""The door of this slice: what others may call."""

from motcua.subsystems.supervision.models import Period

__all__ = ["Period"]
