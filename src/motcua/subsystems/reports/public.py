"""The door of this slice: what others may call."""

from motcua.subsystems.reports.selectors import proof_photos
from motcua.subsystems.reports.services import (
    CategoryFacts,
    Intake,
    act_on_report,
    activate_rules,
    ask_reopening,
    decide_photo,
    import_boundaries,
    keep_photos,
    rate,
    receive_report,
    set_area_layer,
    set_category,
    set_limit,
    write_rules,
)

__all__ = [
    "CategoryFacts",
    "Intake",
    "act_on_report",
    "activate_rules",
    "ask_reopening",
    "decide_photo",
    "import_boundaries",
    "keep_photos",
    "proof_photos",
    "rate",
    "receive_report",
    "set_area_layer",
    "set_category",
    "set_limit",
    "write_rules",
]
