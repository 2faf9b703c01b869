"""The public pages for checking a document. No file that is sent here is kept."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from motcua.casework.access.public import audience
from motcua.casework.issuing import files
from motcua.casework.issuing.limits import CHECKS
from motcua.casework.issuing.presenting import shown
from motcua.casework.issuing.rules import tidy_code
from motcua.casework.issuing.selectors import (
    PublicFacts,
    access_document,
    bytes_to_show,
    code_of_file,
    public_facts,
)
from motcua.casework.issuing.services import check_file
from motcua.casework.issuing.verification.report import Report
from motcua.foundation.errors import NotFound
from motcua.foundation.limiting.public import (
    TooOften,
    address_of,
    count,
    with_patience,
)


@audience("public")
@require_http_methods(["GET", "POST"])
def verify_page(request: HttpRequest) -> HttpResponse:
    """Ask for a file or a code; with a file, answer on the same page."""
    if request.method == "POST":
        if typed := request.POST.get("code", "").strip():
            return _by_code(request, typed)
        return _by_file(request)
    return _page(request, {})


@audience("public")
@require_safe
def document_page(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR opens: the public facts, and the check of the file we hold."""
    facts = public_facts(code)
    report: Report | None = None
    if facts.sha256:
        try:
            report = check_file(files.fetch(facts.sha256), stranger=False)
        except NotFound:
            report = None
    context = {"facts": facts, "check": _shown(report), "facts_list": _lines(facts)}
    return render(request, "issuing/document.html", context)


@audience("citizen")
@require_safe
@xframe_options_sameorigin
def document_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The signed file to whoever may see the document; a draft as a marked preview."""
    actor = cast(Any, request).actor
    document = access_document(actor, uid)
    pdf = bytes_to_show(actor, document)
    name = (document.full_number or document.code).replace("/", "-")
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf") or "inline"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _lines(facts: PublicFacts) -> list[tuple[str, str]]:
    issued = f"{facts.issued_on:%d/%m/%Y}" if facts.issued_on else ""
    return [
        (_("Số, ký hiệu"), facts.number),
        (_("Cơ quan ban hành"), facts.agency),
        (_("Ngày ban hành"), issued),
        (_("Mã kiểm tra"), facts.code),
    ]


def _by_code(request: HttpRequest, typed: str) -> HttpResponse:
    code = tidy_code(typed)
    try:
        facts = public_facts(code) if code else None
    except NotFound:
        facts = None
    if facts is None:
        message = _("Không có văn bản nào mang mã này. Kiểm tra lại từng ký tự in trên văn bản.")
        return _page(request, {"errors": {"code": message}, "typed": typed}, status=422)
    return redirect("issuing:document", code=facts.code)


def _by_file(request: HttpRequest) -> HttpResponse:
    try:
        count(CHECKS, address_of(request.META))
    except TooOften as error:
        language = get_language() or "vi"
        message = f"{error.text().in_language(language)} {error.what_to_do().in_language(language)}"
        answer = _page(request, {"errors": {"file": message}}, status=error.status)
        return with_patience(answer, error)
    upload = request.FILES.get("file")
    if upload is None or not upload.size:
        message = _("Chọn một tệp PDF, hoặc nhập mã kiểm tra in trên văn bản.")
        return _page(request, {"errors": {"file": message}}, status=422)
    if upload.size > settings.MOTCUA_UPLOAD_MAX_BYTES:
        limit = settings.MOTCUA_UPLOAD_MAX_BYTES // (1024 * 1024)
        message = _("Tệp lớn hơn %(limit)s MB.") % {"limit": limit}
        return _page(request, {"errors": {"file": message}}, status=422)
    report = check_file(upload.read())
    context = {"check": _shown(report), "file_name": upload.name, "ours": _ours(report)}
    return _page(request, context)


def _ours(report: Report) -> PublicFacts | None:
    """The document of ours whose very file this is."""
    code = code_of_file(report.sha256)
    try:
        return public_facts(code) if code else None
    except NotFound:
        return None


def _shown(report: Report | None) -> object:
    return shown(report, get_language() or "vi") if report else None


def _page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    return render(request, "issuing/verify.html", context, status=status)
