"""The door of this slice: how many people one notice may reach."""

from motcua.subsystems.mass_notices.rules import MOST_PEOPLE

__all__ = ["MOST_PEOPLE"]
