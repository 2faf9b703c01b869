"""Root URLs: each slice hangs in here once."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from motcua.web.language import choose_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("i18n/setlang/", choose_language, name="set_language"),
    path("", include("motcua.web.portal.urls")),
    path("", include("motcua.web.design.urls")),
    path("", include("motcua.subsystems.procedures.urls")),
    path("", include("motcua.subsystems.applications.urls")),
    path("", include("motcua.subsystems.reception.urls")),
    path("", include("motcua.subsystems.papers.urls")),
    path("", include("motcua.subsystems.national_portal.urls")),
    path("", include("motcua.subsystems.partners.urls")),
    path("", include("motcua.subsystems.supervision.urls")),
    path("", include("motcua.subsystems.staffing.urls")),
    path("", include("motcua.subsystems.payments.urls")),
    path("", include("motcua.subsystems.reports.urls")),
    path("", include("motcua.casework.attachments.urls")),
    path("", include("motcua.casework.issuing.urls")),
    path("", include("motcua.casework.notices.urls")),
    path("api/", include("motcua.web.api.urls")),
    path("console/", include("motcua.web.console.urls")),
    path("console/", include("motcua.casework.exports.urls")),
    path("console/", include("motcua.subsystems.applications.console_urls")),
    path("console/", include("motcua.subsystems.batches.urls")),
    path("console/", include("motcua.subsystems.escalation.urls")),
    path("console/", include("motcua.subsystems.procedures.console_urls")),
    path("console/", include("motcua.subsystems.reception.console_urls")),
    path("console/", include("motcua.subsystems.papers.console_urls")),
    path("console/", include("motcua.subsystems.procedure_editor.urls")),
    path("console/", include("motcua.subsystems.payments.console_urls")),
    path("console/", include("motcua.subsystems.slip_templates.urls")),
    path("console/", include("motcua.subsystems.reports.console_urls")),
    path("console/", include("motcua.subsystems.mass_notices.urls")),
]
handler400 = "motcua.web.errors.bad_request"
handler403 = "motcua.web.errors.permission_denied"
handler404 = "motcua.web.errors.not_found"
handler500 = "motcua.web.errors.server_error"
