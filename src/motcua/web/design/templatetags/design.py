"""``{% load design %}``: every tag and filter of the design system in one library."""

from __future__ import annotations

from django import template

from motcua.web.design.tags import basics, display, fields, moments, navigation, status

register = template.Library()
for _family in (basics, fields, display, status, navigation, moments):
    register.tags.update(_family.register.tags)
    register.filters.update(_family.register.filters)
