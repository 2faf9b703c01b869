"""Categories and reports as Open311 GeoReport v2 names things."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from motcua.casework.forms.public import compile_form
from motcua.foundation.timesource import local
from motcua.subsystems.reports.rules import mask_personal
from motcua.subsystems.reports.selectors import CategoryInfo
from motcua.subsystems.reports.states import REPORT

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGED = "2026-11-28T00:00:00+07:00"
"""When the endpoint itself last changed its shape."""
DATATYPES = {"number": "number", "money": "number", "date": "datetime", "textarea": "text",
             "select": "singlevaluelist", "radio": "singlevaluelist",
             "checkboxes": "multivaluelist"}  # fmt: skip


def moment(at: dt.datetime | None) -> str | None:
    """W3C date and time with the city's offset."""
    return local(at).replace(microsecond=0).isoformat() if at else None


def discovery() -> dict[str, Any]:
    """What there is and where."""
    base = settings.PUBLIC_URL.rstrip("/")
    formats = ["text/xml", "application/json"]
    return {
        "changeset": CHANGED,
        "contact": f"{base}{reverse('reports:list')}",
        "key_service": f"{base}/api/",
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": f"{base}/open311/v2",
                "changeset": CHANGED,
                "type": "test" if settings.DEMO else "production",
                "formats": formats,
            }
        ],
    }


def service(category: CategoryInfo, english: bool) -> dict[str, Any]:
    """A category as a service."""
    return {
        "service_code": category.code,
        "service_name": category.in_language(english),
        "description": (category.hint_en if english else category.hint) or None,
        "metadata": bool(category.form),
        "type": "realtime",
        "keywords": ",".join(category.words) or None,
        "group": (category.group_en if english else category.group) or None,
    }


def definition(category: CategoryInfo, english: bool) -> dict[str, Any]:
    """The further questions of a category."""
    form = compile_form(category.form, f"{category.code}:{category.pk}")
    language = "en" if english else "vi"
    required = category.form["schema"].get("required", [])
    return {
        "service_code": category.code,
        "attributes": [
            {
                "variable": True,
                "code": name,
                "datatype": DATATYPES.get(field.widget, "string"),
                "required": name in required,
                "datatype_description": None,
                "order": order,
                "description": field.label.in_language(language),
                "values": _values(category.form["fields"][name], language),
            }
            for order, (name, field) in enumerate(form.fields.items(), start=1)
        ],
    }


def _values(field: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    options = field.get("options") or []
    return [{"key": str(o["value"]), "name": o["label"][language]} for o in options]


def request(report: Any, english: bool) -> dict[str, Any]:
    """A report as the public sees it; ids are texts."""
    case, state = report.case, REPORT.by_id[report.case.state]
    base = settings.PUBLIC_URL.rstrip("/")
    agency = case.holder_agency or case.receiving_agency
    photos = getattr(report, "let_out", [])
    said = mask_personal(report.status_note)[0]
    plain = state.plain.en if english else state.plain.vi
    return {
        "service_request_id": case.code,
        "status": "closed" if state.terminal else "open",
        "status_notes": said or plain,
        "service_name": report.category.name_en if english else report.category.name,
        "service_code": report.category.code,
        "description": report.public_text or None,
        "agency_responsible": agency.name_en if english else agency.name,
        "service_notice": None,
        "requested_datetime": moment(report.requested_at),
        "updated_datetime": moment(case.closed_at or case.state_since),
        "expected_datetime": moment(case.due_at or report.expected_at),
        "address": report.public_place or None,
        "address_id": None,
        "zipcode": None,
        "lat": report.public_latitude,
        "long": report.public_longitude,
        "media_url": f"{base}{reverse('reports:photo', args=[photos[0].uid])}" if photos else None,
    }
