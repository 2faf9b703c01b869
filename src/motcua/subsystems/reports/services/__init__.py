"""Every write of reports. One module per concern; all re-exported here."""

from motcua.subsystems.reports.services.boundaries import (
    Imported,
    import_boundaries,
    set_area_layer,
)
from motcua.subsystems.reports.services.ruling import activate_rules, check_rules, write_rules
from motcua.subsystems.reports.services.setup import CategoryFacts, set_category, set_limit

__all__ = [
    "CategoryFacts",
    "Imported",
    "activate_rules",
    "check_rules",
    "import_boundaries",
    "set_area_layer",
    "set_category",
    "set_limit",
    "write_rules",
]
