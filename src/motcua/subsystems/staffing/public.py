"""The door of this slice: what others may call."""

from motcua.subsystems.staffing.models import Absence
from motcua.subsystems.staffing.selectors import away_on, standing_in_today

__all__ = ["Absence", "away_on", "standing_in_today"]
