"""The door of this slice: what others may call."""

from motcua.subsystems.reports.services import (
    CategoryFacts,
    activate_rules,
    import_boundaries,
    set_area_layer,
    set_category,
    set_limit,
    write_rules,
)

__all__ = [
    "CategoryFacts",
    "activate_rules",
    "import_boundaries",
    "set_area_layer",
    "set_category",
    "set_limit",
    "write_rules",
]
