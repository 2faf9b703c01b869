"""The door of this slice: what others may call."""

from motcua.subsystems.national_portal.services import collect_filed, deliver, reconcile

__all__ = ["collect_filed", "deliver", "reconcile"]
