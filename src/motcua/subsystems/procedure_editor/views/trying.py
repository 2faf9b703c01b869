"""Seeing a draft as citizens will, and walking a dossier through it; nothing is kept."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.casework.access.public import audience
from motcua.casework.calendar.public import calendar_for
from motcua.casework.expressions.public import ExpressionError, compile_expression
from motcua.casework.forms.public import (
    BrokenForm,
    FormDefinition,
    compile_form,
    one_screen,
    render_fields,
    render_step,
    take_screen,
)
from motcua.casework.workflow.public import BrokenProcess, compile_definition
from motcua.foundation.crypto import decrypt, encrypt
from motcua.foundation.errors import Bilingual, NotFound
from motcua.foundation.timesource import CITY_ZONE, local_now, today
from motcua.subsystems.procedure_editor.rules.documents import Document, as_map, as_rows
from motcua.subsystems.procedure_editor.rules.specs import CHANNELS
from motcua.subsystems.procedure_editor.rules.trial import Chosen, Walk, walk
from motcua.subsystems.procedure_editor.selectors import as_published, draft, field_of
from motcua.subsystems.procedure_editor.showing import said
from motcua.subsystems.procedure_editor.views.opening import actor_of_request, opened, show
from motcua.subsystems.procedure_editor.views.preview_of_form import choices
from motcua.subsystems.procedures.public import (
    agency_named,
    case_for,
    city_rules,
    components_for,
    fee_for,
    procedure_page,
    variables,
)

_MOVE = re.compile(r"^([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)(?:@(\d{1,5}(?:\.\d)?))?$")


@require_safe
@audience("official")
def guide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The public page of the draft, as it will stand on the portal."""
    found, faults = opened(request, uid)
    document = as_published(found.document, today())
    if any(fault.section not in {"process"} for fault in faults):
        more = {"title": _("Xem trước trang công khai")}
        return show(request, "not_yet", found, faults, "guide", more)
    agency = agency_named(document)
    page = procedure_page(document, on=today(), city=city_rules(), agency=agency)
    field = field_of(document["field"])
    context = {"page": page, "version": None, "field": field, "draft": found.row}
    return render(request, "procedure_editor/guide.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("official")
def form(request: HttpRequest, uid: UUID, step: str = "") -> HttpResponse:
    """The e-form of the draft, step by step with answers carried along; nothing is stored."""
    found = draft(actor_of_request(request), uid)
    try:
        definition = compile_form(as_map(found.document.get("form")))
    except BrokenForm:
        more = {"title": _("Xem trước tờ khai")}
        return show(request, "not_yet", *opened(request, uid), "form_trial", more)
    answers = {} if "moi" in request.GET else _carried(request, uid, definition)
    errors: dict[str, Bilingual] = {}
    here = request.POST.get("step", "") or step or definition.steps[0].id
    if definition.step(here) is None:
        raise NotFound
    if request.method == "POST":
        outcome = take_screen(definition, here, posted(request), answers, today=today())
        answers, errors = outcome.answers, outcome.errors
        here = outcome.step
    drawn = ""
    if here:
        drawn = render_step(
            definition, here, answers, request=request, today=today(), errors=errors,
            options=_offered(), further=[_("Kiểm tra và nộp")],
        )  # fmt: skip
    request.session[_key(uid)] = encrypt(json.dumps(answers))
    context = {"draft": found.row, "step": here, "drawn": drawn, "title": said(definition.title)}
    return render(
        request, "procedure_editor/form_trial.html", context, status=422 if errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@audience("official")
def trial(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A dossier walked through the process under a simulated clock."""
    found, faults = opened(request, uid)
    given = request.POST if request.method == "POST" else request.GET
    try:
        definition = compile_form(as_map(found.document.get("form")))
        process = compile_definition(as_map(found.document.get("process")))
    except (BrokenForm, BrokenProcess):
        return show(request, "not_yet", found, faults, "trial", {"title": _("Chạy thử hồ sơ")})
    if any(fault.section not in {"process", "agencies"} for fault in faults):
        return show(request, "not_yet", found, faults, "trial", {"title": _("Chạy thử hồ sơ")})
    document = as_published(found.document, today())
    asked = _asked(document, definition)
    screen = one_screen(definition, asked)
    answers: dict[str, Any] = {}
    if request.method == "POST":
        answers = dict(take_screen(screen, "only", posted(request), {}, today=today()).answers)
    filed, channel = _moment(given), _channel(given, document)
    case = case_for(document, answers, filed.date())
    moves = _moves(given)
    walked = walk(
        document, process, moves,
        known=variables(answers, case=case, channel=channel, on=filed.date()),
        case=case, channel=channel, filed_at=filed, calendar=calendar_for(None),
    )  # fmt: skip
    more = _told(document, answers, case, channel, filed, walked) | {
        "questions": render_fields(screen, asked, answers, today=today(), options=_offered()),
        "moves": [_written(m) for m in moves[: len(walked.rows)]],
        "channel": channel,
        "filed": filed.strftime("%Y-%m-%dT%H:%M"),
        "channels": [(k, said(t)) for k, t in CHANNELS if k in document["channels"]],
    }
    return show(request, "trial_walk", found, faults, "trial", more)


def _told(
    document: Document,
    answers: dict[str, Any],
    case: str,
    channel: str,
    filed: dt.datetime,
    walked: Walk,
) -> dict[str, Any]:
    fee = fee_for(
        document, case=case, channel=channel, applicant=(), on=filed.date(), city=city_rules(),
        answers=answers,
    )  # fmt: skip
    papers = components_for(document, answers, channel=channel, case=case, on=filed.date())
    name = next((row["name"] for row in as_rows(document["cases"]) if row["id"] == case), {})
    return {
        "walk": walked,
        "fee": fee,
        "papers": papers,
        "case_name": said(Bilingual(name.get("vi", case), name.get("en", case))),
    }


def _asked(document: Document, form: FormDefinition) -> list[str]:
    """The questions whose answers change anything: those that expressions of the package read."""
    sources = [str(row.get("when") or "") for row in as_rows(document.get("cases"))]
    for key, names in (("components", ("required", "applies")), ("fees", ("when", "quantity"))):
        for row in as_rows(document.get(key)):
            sources += [row[name] for name in names if isinstance(row.get(name), str)]
    sources += [str(row.get("when") or "") for row in as_rows(document.get("exemptions"))]
    for step in as_rows(as_map(document.get("process")).get("steps")):
        sources += [str(action.get("when") or "") for action in as_rows(step.get("actions"))]
    read: set[str] = set()
    for source in filter(None, sources):
        try:
            read |= compile_expression(source).names
        except ExpressionError:
            continue
    return [name for name in form.fields if name in read]


def _moment(given: QueryDict) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(given.get("filed", ""))
    except ValueError:
        return local_now().replace(second=0, microsecond=0)
    near = dt.timedelta(days=370)
    moment = moment.replace(tzinfo=CITY_ZONE)
    return moment if abs(moment - local_now()) < near else local_now()


def _channel(given: QueryDict, document: Document) -> str:
    wanted = given.get("channel", "")
    return wanted if wanted in document["channels"] else document["channels"][0]


def _moves(given: QueryDict) -> list[Chosen]:
    """The moves made so far, and the button just pressed; ``back`` takes the last one away."""
    found = [m for text in given.getlist("moves") if (m := _read(text)) is not None]
    if given.get("do") == "back":
        return found[:-1]
    if given.get("do") == "again":
        return []
    hours = given.get("hours", "").strip().replace(",", ".")
    pressed = given.get("do", "") + (f"@{hours}" if hours else "")
    move = _read(pressed) or _read(given.get("do", ""))
    return [*found, move] if move else found


def _read(text: str) -> Chosen | None:
    found = _MOVE.match(text)
    return Chosen(found[1], found[2], float(found[3]) if found[3] else None) if found else None


def _written(move: Chosen) -> str:
    return f"{move.step}.{move.action}" + (f"@{move.hours:g}" if move.hours is not None else "")


def posted(request: HttpRequest) -> Any:
    """What was posted; the stubs promise a list or the default, which is a list too."""
    return request.POST


def _offered() -> Any:
    return {
        name: [(value, Bilingual(text, text)) for value, text in rows]
        for name, rows in choices().items()
    }


def _key(uid: UUID) -> str:
    return f"trial-{uid}"


def _carried(request: HttpRequest, uid: UUID, definition: FormDefinition) -> dict[str, Any]:
    """What was typed on earlier steps: in the session, encrypted, gone with it."""
    kept = str(request.session.get(_key(uid)) or "")
    try:
        answers: dict[str, Any] = json.loads(decrypt(kept)) if kept else {}
    except ValueError:
        # The key of the installation was changed since: begin anew.
        return {}
    return {name: value for name, value in answers.items() if name in definition.fields}
