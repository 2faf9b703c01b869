"""Reads of the store and of what is digitised."""

from motcua.subsystems.papers.selectors.store import (
    MOST,
    ShownPaper,
    own_paper,
    own_papers,
    papers_for,
    shown_papers,
)

__all__ = ["MOST", "ShownPaper", "own_paper", "own_papers", "papers_for", "shown_papers"]
