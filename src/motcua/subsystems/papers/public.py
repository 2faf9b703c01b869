"""The door of this slice: what others may call."""

from motcua.subsystems.papers.models import Look, StoredPaper
from motcua.subsystems.papers.services import keep_papers, set_wishes

__all__ = ["Look", "StoredPaper", "keep_papers", "set_wishes"]
