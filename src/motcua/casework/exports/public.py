"""The door of this part: what others may call."""

from motcua.casework.exports.lists import (
    Asked,
    ListSource,
    all_lists,
    keyset_rows,
    list_of,
    register_list,
)
from motcua.casework.exports.models import Export
from motcua.casework.exports.rules import Column
from motcua.casework.exports.selectors import open_export, own_export, own_exports
from motcua.casework.exports.services import (
    EXPORT,
    ask_export,
    make_export,
    stop_export,
    tidy_exports,
)

__all__ = [
    "EXPORT",
    "Asked",
    "Column",
    "Export",
    "ListSource",
    "all_lists",
    "ask_export",
    "keyset_rows",
    "list_of",
    "make_export",
    "open_export",
    "own_export",
    "own_exports",
    "register_list",
    "stop_export",
    "tidy_exports",
]
