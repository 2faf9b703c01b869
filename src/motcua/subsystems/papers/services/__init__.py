"""Keeping papers, what their owner decides, and digitising at the counter."""

from motcua.subsystems.papers.services.keeping import keep_papers
from motcua.subsystems.papers.services.owning import OwnersStore, delete_paper, set_wishes
from motcua.subsystems.papers.services.scanning import (
    add_sheets,
    arrange,
    begin_scan,
    describe,
    sign_paper,
)
from motcua.subsystems.papers.services.sharing import make_code, take_back

__all__ = [
    "OwnersStore",
    "add_sheets",
    "arrange",
    "begin_scan",
    "delete_paper",
    "describe",
    "keep_papers",
    "make_code",
    "set_wishes",
    "sign_paper",
    "take_back",
]
