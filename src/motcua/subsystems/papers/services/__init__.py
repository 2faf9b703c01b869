"""Keeping papers, and what their owner decides."""

from motcua.subsystems.papers.services.keeping import keep_papers
from motcua.subsystems.papers.services.owning import OwnersStore, set_wishes

__all__ = ["OwnersStore", "keep_papers", "set_wishes"]
