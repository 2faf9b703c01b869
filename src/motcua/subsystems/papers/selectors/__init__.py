"""Reads of the store and of what is digitised."""

from motcua.subsystems.papers.selectors.store import (
    MOST,
    ShownPaper,
    consent_for,
    own_consents,
    own_paper,
    own_papers,
    owner_at_counter,
    papers_for,
    papers_of,
    shown_papers,
    usable,
)

__all__ = [
    "MOST",
    "ShownPaper",
    "consent_for",
    "own_consents",
    "own_paper",
    "own_papers",
    "owner_at_counter",
    "papers_for",
    "papers_of",
    "shown_papers",
    "usable",
]
