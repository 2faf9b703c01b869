"""Words onto paper: for the slips that are made, and for the picture of a draft."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping
from typing import Any

from motcua.casework.access.public import Actor
from motcua.casework.agencies.public import Agency
from motcua.casework.issuing.public import layout, preview
from motcua.foundation.timesource import local, today
from motcua.subsystems.applications.public import slip_content
from motcua.subsystems.slip_templates.forms import BY_TEMPLATE, SlipForm
from motcua.subsystems.slip_templates.rules import Content, on_paper, values_of
from motcua.subsystems.slip_templates.samples import sample_of
from motcua.subsystems.slip_templates.selectors import content_in_force

DOTS = 110
"""Dots per inch of a preview: letters of 9 points stay readable."""
_MOST_PAGES = 3


def words_on(
    template: str, agency: Agency, data: Mapping[str, Any], at: dt.datetime
) -> Mapping[str, Any]:
    """What issuing asks when a paper is made: its data with the words of that day."""
    form = BY_TEMPLATE.get(template)
    if form is None:
        return data
    content = content_in_force(form.slug, agency.pk, local(at).date())
    return data if content.standard else _put(form, content, data, agency)


def _put(
    form: SlipForm, content: Content, data: Mapping[str, Any], agency: Agency | None
) -> dict[str, Any]:
    facts = {
        "name": agency.name if agency else str(data.get("agency", "")),
        "phone": agency.phone if agency else str(data.get("phone", "")),
        "address": agency.address if agency else "12 Lê Lợi",
    }
    return on_paper(data, content, values_of(data, facts), layout(form.template).name.en)


def pictures(
    actor: Actor, form: SlipForm, content: Content, agency: Agency | None, code: str = ""
) -> list[str]:
    """The first pages of a slip as ``data:`` addresses, with sample data or a real dossier's.

    Raises:
        NotFound: no such dossier open to the actor, or it has no slip of this form.
    """
    data = sample_of(form.slug)
    if code.strip():
        data |= slip_content(actor, code, form.slug)
    if agency is not None:
        data |= {
            "agency": agency.name,
            "superior": agency.parent.name if agency.parent else "",
            "place": agency.place_name or agency.short_name or agency.name,
        }
    data["date"] = today().isoformat()
    pages = preview(form.template, _put(form, content, data, agency), ppi=DOTS)[:_MOST_PAGES]
    return ["data:image/png;base64," + base64.b64encode(page).decode() for page in pages]
