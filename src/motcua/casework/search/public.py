"""The door of this part: what others may call."""

from motcua.casework.search.selectors import Hit, find
from motcua.casework.search.services import Entry, index, index_many, remove, set_viewers

__all__ = ["Entry", "Hit", "find", "index", "index_many", "remove", "set_viewers"]
