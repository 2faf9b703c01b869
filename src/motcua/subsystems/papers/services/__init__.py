"""Keeping papers, what their owner decides, and digitising at the counter."""

from motcua.subsystems.papers.services.keeping import keep_papers
from motcua.subsystems.papers.services.owning import OwnersStore, set_wishes
from motcua.subsystems.papers.services.scanning import (
    add_sheets,
    arrange,
    begin_scan,
    describe,
    sign_paper,
)

__all__ = [
    "OwnersStore",
    "add_sheets",
    "arrange",
    "begin_scan",
    "describe",
    "keep_papers",
    "set_wishes",
    "sign_paper",
]
