"""Every read of reports. One module per concern; all re-exported here."""

from motcua.subsystems.reports.selectors.setup import (
    ActiveRules,
    CategoryInfo,
    active_rules,
    agency_ids,
    area_at,
    area_by_code,
    categories_on,
    category_of,
    layer_is_coarse,
    limits_on,
    ward_options,
)

__all__ = [
    "ActiveRules",
    "CategoryInfo",
    "active_rules",
    "agency_ids",
    "area_at",
    "area_by_code",
    "categories_on",
    "category_of",
    "layer_is_coarse",
    "limits_on",
    "ward_options",
]
