"""The process: drawn in the browser, as a table of steps, as a BPMN file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.casework.access.public import audience
from motcua.casework.workflow.public import BrokenDrawing, DrawingFault, from_bpmn
from motcua.foundation.errors import Bilingual, NotFound
from motcua.foundation.timesource import local_now
from motcua.subsystems.procedure_editor import services
from motcua.subsystems.procedure_editor.errors import DraftClosed, DraftMoved
from motcua.subsystems.procedure_editor.rules import process_words as words
from motcua.subsystems.procedure_editor.rules.documents import as_map
from motcua.subsystems.procedure_editor.rules.finding import Fault
from motcua.subsystems.procedure_editor.rules.process_edits import drawing, held_steps, with_table
from motcua.subsystems.procedure_editor.selectors import OpenDraft, draft, drawing_of, faults_of
from motcua.subsystems.procedure_editor.showing import said
from motcua.subsystems.procedure_editor.views.opening import (
    actor_of_request,
    opened,
    revision_in,
    show,
)

MAX_FILE = 1_000_000


@require_safe
@audience("official")
def process(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The drawing to work on, its faults at their places, and the same as a table."""
    found, faults = opened(request, uid)
    return _page(request, found, faults)


def _page(
    request: HttpRequest,
    found: OpenDraft,
    faults: tuple[Fault, ...],
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, Bilingual] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    document = found.document.get("process")
    drawable = bool(drawing_of(found)) or drawing(document) is not None
    steps = [_row(step, typed, errors or {}, faults) for step in held_steps(document)]
    more = {
        "steps": steps,
        "roles": [(key, said(text)) for key, text in words.ROLE_NAMES.items()],
        "units": [(key, said(text)) for key, text in words.UNIT_NAMES.items()],
        "faults": _faults(found, faults),
        "refusal": refusal,
        "drawable": drawable,
        "words": _words(found),
    }
    return show(request, "process", found, faults, "process", more, status)


def _row(
    step: Mapping[str, Any],
    typed: Mapping[str, str] | None,
    errors: Mapping[str, Bilingual],
    faults: tuple[Fault, ...],
) -> dict[str, Any]:
    name = str(step.get("id") or "")
    pair = as_map(step.get("name"))
    hours = step.get("hours")
    facts = {
        "name": pair.get("vi", ""), "name_en": pair.get("en", ""), "role": step.get("role", ""),
        "unit": step.get("unit", ""), "hours": "" if hours is None else f"{hours:g}",
    }  # fmt: skip
    if typed is not None:
        facts = {key: typed.get(f"{name}.{key}", value) for key, value in facts.items()}
    mine = [said(f.problem.message) for f in faults if f.step == name]
    wrong = [said(errors[f"{name}.{key}"]) for key in facts if f"{name}.{key}" in errors]
    return {"id": name, **facts, "faults": [*wrong, *mine]}


def _faults(found: OpenDraft, faults: tuple[Fault, ...]) -> list[dict[str, str]]:
    """What is wrong with the process, each with the element it is at."""
    listed = [
        {"element": fault.step, "text": said(fault.problem.message)}
        for fault in faults
        if fault.section == "process" and not fault.problem.place.endswith("/drawing")
    ]
    if found.row.drawing_faulty:
        listed += _drawing_faults(_read_again(found.row.drawing))
    return listed


def _read_again(xml: str) -> tuple[DrawingFault, ...]:
    try:
        from_bpmn(xml)
    except BrokenDrawing as error:
        return error.faults
    return ()


def _drawing_faults(faults: tuple[DrawingFault, ...]) -> list[dict[str, str]]:
    return [{"element": fault.element, "text": said(fault.message)} for fault in faults]


def _words(found: OpenDraft) -> dict[str, Any]:
    """What the drawing program calls things, in the reader's language."""
    named = {
        "roles": words.ROLE_NAMES, "units": words.UNIT_NAMES, "states": words.STATE_NAMES,
        "verbs": words.VERB_NAMES, "kinds": words.KIND_NAMES, "silences": words.SILENCE_NAMES,
        "asks": words.ASK_NAMES, "timers": words.TIMER_UNITS,
        "signals": words.SIGNAL_NAMES,
    }  # fmt: skip
    lists = {key: [(k, said(text)) for k, text in rows.items()] for key, rows in named.items()}
    uid = found.row.uid
    return {
        **lists,
        "load": reverse("procedure_editor:process_file", args=[uid]),
        "save": reverse("procedure_editor:process_save", args=[uid]),
        "editable": found.editable,
        "say": _sentences(),
    }


def _sentences() -> dict[str, str]:
    return {
        "nothing": _("Chọn một bước, một mũi tên hoặc một mốc hẹn trên hình để sửa."),
        "step": _("Bước"), "flow": _("Thao tác (mũi tên)"), "timer": _("Mốc hẹn"),
        "end": _("Kết thúc"), "gateway": _("Cổng rẽ"), "name": _("Tên (tiếng Việt)"),
        "english": _("Tên (tiếng Anh)"), "kind": _("Loại bước"), "role": _("Vai trò"),
        "unit": _("Đơn vị"), "otherUnit": _("Đơn vị khác (agency:<mã> hoặc biểu thức)"),
        "hours": _("Giờ làm việc"), "state": _("Trạng thái khi vào bước"),
        "silence": _("Nếu im lặng"), "silenceAction": _("Thao tác khi im lặng (mã)"),
        "verb": _("Hệ thống làm gì"), "code": _("Mã thao tác"), "when": _("Điều kiện"),
        "primary": _("Là nút chính"), "asks": _("Phải điền"), "amount": _("Sau"),
        "signals": _("Hệ thống tự thực hiện khi"),
        "interrupts": _("Rời bước khi đến mốc"), "back": _("Quay lại bước trước đó"),
        "note": _("Ghi chú"), "saved": _("Đã lưu."), "failed": _("Chưa lưu được; thử lại."),
        "task": _("Thêm bước"), "exclusive": _("Thêm cổng rẽ"),
        "parallel": _("Thêm cổng song song"),
        "endEvent": _("Thêm kết thúc"), "timerEvent": _("Thêm mốc hẹn vào bước đang chọn"),
        "undo": _("Hoàn tác"), "redo": _("Làm lại"), "fit": _("Vừa khung"),
        "zoomIn": _("Phóng to"), "zoomOut": _("Thu nhỏ"), "hand": _("Di chuyển hình"),
        "lasso": _("Chọn vùng"), "connect": _("Nối"), "noTask": _("Chọn một bước trước."),
    }  # fmt: skip


@require_safe
@audience("official")
def process_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The process as BPMN 2.0: as drawn last, else with places worked out."""
    found = draft(actor_of_request(request), uid)
    xml = drawing_of(found) or drawing(found.document.get("process"))
    if xml is None:
        raise NotFound
    answer = HttpResponse(xml, content_type="application/xml; charset=utf-8")
    name = (found.row.code or "quy-trinh").replace('"', "")
    if "tai" in request.GET:
        answer["Content-Disposition"] = f'attachment; filename="{name}.bpmn"'
    return answer


@require_POST
@audience("official")
def save(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Take a drawing: from the drawing program (answers JSON) or as an uploaded file."""
    uploaded = request.FILES.get("file")
    quiet = uploaded is None
    raw = uploaded.read(MAX_FILE + 1) if uploaded else request.POST.get("xml", "").encode()
    try:
        row, broken = services.save_drawing(
            actor=actor_of_request(request),
            uid=uid,
            revision=revision_in(request),
            xml=raw.decode("utf-8", "replace"),
        )
    except (DraftMoved, DraftClosed, BrokenDrawing) as error:
        text = f"{said(error.text())} {said(error.what_to_do())}"
        if quiet:
            return JsonResponse({"text": text}, status=409)
        found, faults = opened(request, uid)
        return _page(request, found, faults, refusal=text, status=422)
    if not quiet:
        messages.success(request, _("Đã nhận bản vẽ."))
        return redirect("procedure_editor:process", uid=uid)
    found = draft(actor_of_request(request), uid)
    listed = _drawing_faults(broken) or _faults(found, faults_of(row, found.document))
    text = _("Đã lưu lúc %(time)s") % {"time": f"{local_now():%H:%M}"}
    return JsonResponse({"revision": row.revision, "faults": listed, "text": text})


@require_POST
@audience("official")
def table(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Names, roles, units and hours of the steps, without the drawing program."""
    found, faults = opened(request, uid)
    typed = {key: request.POST.get(key, "") for key in request.POST}
    changed, errors = with_table(as_map(found.document.get("process")), typed)
    if errors:
        return _page(request, found, faults, typed, errors, status=422)
    try:
        services.change_draft(
            actor=actor_of_request(request),
            uid=uid,
            revision=revision_in(request),
            place="process",
            value=changed,
        )
    except DraftMoved as error:
        text = f"{said(error.text())} {said(error.what_to_do())}"
        return _page(request, found, faults, typed, {}, text, 409)
    messages.success(request, _("Đã lưu."))
    return redirect("procedure_editor:process", uid=uid)
