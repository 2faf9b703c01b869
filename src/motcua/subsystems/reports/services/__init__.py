"""Every write of reports. One module per concern; all re-exported here."""

from motcua.subsystems.reports.services.acting import act_on_report, may_handle
from motcua.subsystems.reports.services.after import (
    answer_question,
    ask_reopening,
    may_rate,
    rate,
)
from motcua.subsystems.reports.services.boundaries import (
    Imported,
    import_boundaries,
    set_area_layer,
)
from motcua.subsystems.reports.services.drafts import keep_photos, kept_photos
from motcua.subsystems.reports.services.intake import Intake, check_intake, receive_report
from motcua.subsystems.reports.services.merging import merge, support, unmerge
from motcua.subsystems.reports.services.moderating import decide_photo, set_public
from motcua.subsystems.reports.services.ruling import activate_rules, check_rules, write_rules
from motcua.subsystems.reports.services.setup import CategoryFacts, set_category, set_limit

__all__ = [
    "CategoryFacts",
    "Imported",
    "Intake",
    "act_on_report",
    "activate_rules",
    "answer_question",
    "ask_reopening",
    "check_intake",
    "check_rules",
    "decide_photo",
    "import_boundaries",
    "keep_photos",
    "kept_photos",
    "may_handle",
    "may_rate",
    "merge",
    "rate",
    "receive_report",
    "set_area_layer",
    "set_category",
    "set_limit",
    "set_public",
    "support",
    "unmerge",
    "write_rules",
]
