"""Tables of citizens' reports."""

from motcua.subsystems.reports.models.categories import Category, ReportLimit
from motcua.subsystems.reports.models.places import Area, AreaLayer
from motcua.subsystems.reports.models.reports import Photo, Rating, Report, Support
from motcua.subsystems.reports.models.routing import RuleSet

__all__ = [
    "Area",
    "AreaLayer",
    "Category",
    "Photo",
    "Rating",
    "Report",
    "ReportLimit",
    "RuleSet",
    "Support",
]
