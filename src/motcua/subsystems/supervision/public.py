"""The door of this slice: what others may call."""

from motcua.subsystems.supervision.models import Period
from motcua.subsystems.supervision.services import count_past_quality, rebuild

__all__ = ["Period", "count_past_quality", "rebuild"]
