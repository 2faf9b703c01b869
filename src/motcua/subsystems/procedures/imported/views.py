"""The console's pages of the national catalogue: import, progress, report, what to mend."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.casework.access.public import Actor, audience
from motcua.foundation.errors import Bilingual, InvalidInput
from motcua.subsystems.procedures.imported import selectors
from motcua.subsystems.procedures.imported.screens import (
    doubt_screen,
    record_screen,
    run_screen,
    whole_number,
)
from motcua.subsystems.procedures.imported.services import start_import

MOST_BYTES = 64 * 1024 * 1024


def _actor(request: HttpRequest) -> Actor:
    return cast(Any, request).actor


@require_http_methods(["GET", "POST"])
@audience("official")
def imports(request: HttpRequest) -> HttpResponse:
    """The latest imports and the form that begins one."""
    actor = _actor(request)
    errors: dict[str, Bilingual] = {}
    if request.method == "POST":
        try:
            run = start_import(actor=actor, files=_files(request))
        except InvalidInput as problem:
            errors = problem.fields
        else:
            return redirect("procedures_console:import_run", uid=run.uid)
    context = {"runs": selectors.import_runs(actor), "errors": errors}
    return render(
        request, "procedures/console/imports.html", context, status=422 if errors else 200
    )


def _files(request: HttpRequest) -> list[tuple[str, bytes]]:
    """What was uploaded, read whole; more than a whole country's catalogue is refused."""
    given = cast(list[UploadedFile], request.FILES.getlist("files"))
    if sum(file.size or 0 for file in given) > MOST_BYTES:
        said = Bilingual("Các tệp cộng lại quá 64 MB.", "The files are more than 64 MB together.")
        raise InvalidInput({"files": said})
    return [(file.name or "", file.read()) for file in given]


@require_safe
@audience("official")
def import_run(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One import: how far it is, then its report. ``part`` gives the part that moves."""
    screen = run_screen(_actor(request), uid, request.GET)
    part = "procedures/console/import_state.html"
    page = "procedures/console/import_run.html"
    return render(request, part if "part" in request.GET else page, {"screen": screen})


@require_safe
@audience("official")
def import_report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The report as a text file."""
    run = selectors.import_run(_actor(request), uid)
    answer = HttpResponse(run.report, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="nhap-danh-muc-{run.pk}.txt"'
    return answer


@require_safe
@audience("official")
def doubts(request: HttpRequest) -> HttpResponse:
    """What needs a person in all records, by kind and reason."""
    screen = doubt_screen(_actor(request), request.GET)
    return render(request, "procedures/console/doubts.html", {"screen": screen})


@require_safe
@audience("official")
def records(request: HttpRequest) -> HttpResponse:
    """Imported records by code or name."""
    given = request.GET
    typed = given.get("q", "").strip()
    page = selectors.imported_records(
        _actor(request),
        words_typed=typed,
        only_unread="con-viec" in given,
        after=whole_number(given.get("after", "")),
    )
    context = {"page": page, "typed": typed, "only_unread": "con-viec" in given}
    return render(request, "procedures/console/records.html", context)


@require_safe
@audience("official")
def imported(request: HttpRequest, key: str) -> HttpResponse:
    """One record: read beside raw, what needs a person, what changed, what is published."""
    screen = record_screen(_actor(request), key)
    return render(request, "procedures/console/record.html", {"screen": screen})
