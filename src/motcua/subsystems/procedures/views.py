"""The public page of a procedure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.casework.access.public import audience
from motcua.foundation.timesource import today
from motcua.subsystems.procedures.errors import NoVersionInForce
from motcua.subsystems.procedures.imported.telling import told_page
from motcua.subsystems.procedures.presenting import procedure_page
from motcua.subsystems.procedures.selectors import agency_named, city_rules, version_in_force


@require_safe
@audience("public")
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Can I do it here, what it costs, how long, which papers, who decides, what I get, the law."""
    on = today()
    try:
        version = version_in_force(code, on)
    except NoVersionInForce:
        return render(request, "procedures/told.html", {"told": told_page(code)})
    agency = agency_named(version.document)
    shown = procedure_page(version.document, on=on, city=city_rules(), agency=agency)
    context = {"page": shown, "version": version, "field": version.procedure.field}
    return render(request, "procedures/page.html", context)
