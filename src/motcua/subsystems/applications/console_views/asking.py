"""What an action of the process asks for, as fields of its form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.casework.access.public import Actor, allowed
from motcua.casework.cases.public import CorrectionItem
from motcua.casework.workflow.public import Consultation, Possible
from motcua.foundation.errors import Bilingual
from motcua.foundation.ids import new_uid
from motcua.subsystems.applications.console_views.drafting import draft_fields
from motcua.subsystems.applications.console_views.feeing import fee_asks
from motcua.subsystems.applications.console_views.findings import finding_rows
from motcua.subsystems.applications.console_views.sent import Ask, Sent
from motcua.subsystems.applications.models import Application
from motcua.subsystems.applications.selectors import DossierPage, officers_of

DESTRUCTIVE = frozenset(
    {"refuse", "refuse_after_appraisal", "stop", "approve_withdrawal", "withdraw"}
)
READ_BY_APPLICANT = DESTRUCTIVE | {"extend"}
ICONS = {
    "accept": "clipboard-check",
    "request_supplement": "list-checks",
    "refuse": "circle-x",
    "forward": "send",
    "assign": "user-check",
    "propose": "file-pen-line",
    "approve": "arrow-up",
    "sign": "signature",
    "issue": "stamp",
    "deliver": "hand",
    "return_for_rework": "corner-up-left",
    "extend": "calendar-days",
    "stop": "circle-pause",
    "ask_consultation": "users",
    "answer_consultation": "message-circle",
    "supplement": "paperclip",
}


@dataclass(slots=True)
class ActionForm:
    """One action with its form, ready to draw."""

    possible: Possible
    asks: list[Ask]
    key: str
    name: str
    icon: str
    danger: bool
    primary: bool
    open: bool

    @property
    def slug(self) -> str:
        """A prefix for the ids of its fields."""
        return f"a{self.possible.token_id}-{self.possible.action}"

    @property
    def has_files(self) -> bool:
        """Whether its form must be able to carry files."""
        return any(ask.kind in {"file", "papers"} for ask in self.asks)


def action_forms(
    actor: Actor,
    page: DossierPage,
    sent: Sent | None = None,
    errors: Mapping[str, Bilingual] | None = None,
) -> list[ActionForm]:
    """The forms of everything the actor may do now, the main one first."""
    forms = [_form(actor, page, possible, sent, errors or {}) for possible in page.actions]
    mains = [form for form in forms if form.primary]
    for form in mains:
        form.open = True
    return forms


def _form(
    actor: Actor,
    page: DossierPage,
    possible: Possible,
    sent: Sent | None,
    errors: Mapping[str, Bilingual],
) -> ActionForm:
    mine = sent if sent is not None and sent.is_for(possible) else None
    asks = list(_asks(actor, page, possible))
    form = ActionForm(
        possible,
        asks,
        mine.key if mine else new_uid().hex,
        possible.name.in_language(get_language() or "vi"),
        ICONS.get(possible.verb, "arrow-right"),
        possible.verb in DESTRUCTIVE,
        possible.primary,
        mine is not None,
    )
    for ask in asks:
        ask.id = f"{form.slug}-{ask.name}"
        if mine:
            _refill(ask, mine, errors)
    return form


def _refill(ask: Ask, sent: Sent, errors: Mapping[str, Bilingual]) -> None:
    language = get_language() or "vi"
    if ask.name in errors:
        ask.error = errors[ask.name].in_language(language)
    if ask.kind == "items":
        for row in ask.rows:
            row.refill(sent, errors, language)
    elif ask.kind in {"draft", "answers"}:
        for part in ask.rows:
            part.value = sent.values.get(part.name, part.value)
            if hasattr(part, "was"):
                part.was = sent.values.get(f"was:{part.name}", part.was)
    else:
        ask.value = sent.values.get(ask.name, ask.value)


def _asks(actor: Actor, page: DossierPage, possible: Possible) -> Iterable[Ask]:
    if special := _SPECIAL.get(possible.verb):
        yield from special(actor, page, possible)
    for name in possible.asks:
        if ask := _plain(name, page, possible):
            yield ask


def _plain(name: str, page: DossierPage, possible: Possible) -> Ask | None:
    verb = possible.verb
    if name == "reason":
        return _reason(verb)
    if name == "note":
        return _note(verb)
    if name == "due" and verb == "extend":
        label = _("Số ngày làm việc cần thêm")
        return Ask("days", "days", label, hint=_("Chỉ được gia hạn một lần, từ 1 đến 30 ngày."))
    if name == "file":
        return Ask("file", "file", _("Tệp kèm theo"), optional=True)
    if name == "items" and verb == "request_supplement":
        label = _("Những mục cần bổ sung")
        return Ask("items", "items", label, rows=list(finding_rows(page)))
    return None


def _reason(verb: str) -> Ask:
    if verb == "request_supplement":
        hint = _("Người nộp đọc lời này trên phiếu yêu cầu bổ sung.")
        return Ask("textarea", "reason", _("Lời nhắn chung"), hint=hint, optional=True)
    hint = ""
    if verb in READ_BY_APPLICANT:
        hint = _("Người nộp hồ sơ sẽ đọc lý do này.")
    elif verb == "return_for_rework":
        hint = _("Người nhận lại hồ sơ sẽ đọc lý do này.")
    return Ask("textarea", "reason", _("Lý do"), hint=hint)


def _note(verb: str) -> Ask:
    if verb == "ask_consultation":
        return Ask("textarea", "note", _("Nội dung cần lấy ý kiến"))
    if verb == "request_financial_obligation":
        hint = _("Khoản nào, bao nhiêu, nộp ở đâu; người nộp sẽ đọc.")
        return Ask("textarea", "note", _("Khoản phải nộp"), hint=hint)
    if verb == "answer_consultation":
        return Ask("textarea", "note", _("Nội dung trả lời"), optional=True)
    return Ask("textarea", "note", _("Ghi chú"), optional=True)


# -- what a verb asks besides what the process names ---------------------------------------


def _assign(actor: Actor, page: DossierPage, possible: Possible) -> Iterable[Ask]:
    officers = [(str(pk), name) for pk, name in officers_of(page.dossier)]
    present = page.dossier.application.officer_id
    yield Ask("select", "officer", _("Cán bộ thụ lý"), str(present or ""), options=officers)


def _basis(actor: Actor, page: DossierPage, possible: Possible) -> Iterable[Ask]:
    hint = _("Điều, khoản và văn bản; in trên phiếu từ chối.")
    yield Ask("text", "basis", _("Căn cứ pháp lý"), hint=hint)


def _opinion(actor: Actor, page: DossierPage, possible: Possible) -> Iterable[Ask]:
    if possible.action == "object":
        yield Ask("hidden", "opinion", value=Consultation.Opinion.DISAGREE.value)
        return
    options = [(str(value), _(str(label))) for value, label in Consultation.Opinion.choices]
    value = Consultation.Opinion.AGREE.value if possible.action == "agree" else ""
    yield Ask("radio", "opinion", _("Ý kiến"), value, options=options)


def _receiver(actor: Actor, page: DossierPage, possible: Possible) -> Iterable[Ask]:
    how = page.dossier.application.delivery
    if how == Application.Delivery.COUNTER:
        hint = _("Người đến nhận; kiểm tra giấy tờ tuỳ thân hoặc giấy uỷ quyền.")
        yield Ask("text", "receiver", _("Người nhận kết quả"), hint=hint)
    if how == Application.Delivery.POST:
        yield Ask("text", "parcel", _("Mã bưu gửi"), optional=True)


def _draft(actor: Actor, page: DossierPage, possible: Possible) -> Iterable[Ask]:
    if possible.action == "propose_refusal":
        return
    rows = draft_fields(actor, page.dossier)
    if rows:
        yield Ask("draft", "result", _("Sửa chữ trong dự thảo kết quả"), rows=rows)


def _repeat(actor: Actor, page: DossierPage, possible: Possible) -> Iterable[Ask]:
    if not page.corrections:
        return
    agency_id = actor.posts[0].agency_id if actor.posts else None
    if allowed(actor, "applications.ask_again", agency_id=agency_id):
        hint = _("Hồ sơ đã được yêu cầu bổ sung một lần; bạn chịu trách nhiệm về lần này.")
        yield Ask("textarea", "repeat_reason", _("Lý do yêu cầu lần hai"), hint=hint)
    else:
        words = _("Hồ sơ đã được yêu cầu bổ sung một lần. Lần hai cần người phụ trách đồng ý.")
        yield Ask("warning", "repeat_reason", words)


def _supplement(actor: Actor, page: DossierPage, possible: Possible) -> Iterable[Ask]:
    request = page.open_correction
    items: list[CorrectionItem] = list(request.items.all()) if request else []  # pyright: ignore
    papers = [item for item in items if item.target_kind == "paper"]
    fields = [answer for item in items if (answer := _answer(page, item))]
    if fields:
        yield Ask("answers", "answers", _("Thông tin người nộp sửa"), rows=fields)
    if papers:
        yield Ask("papers", "papers", _("Giấy tờ người nộp bổ sung"), rows=papers)
    hint = _("Ghi lại điều người nộp giải thích về mục không bổ sung được.")
    yield Ask("textarea", "note", _("Giải thích"), hint=hint, optional=True)


def _answer(page: DossierPage, item: CorrectionItem) -> Ask | None:
    question = page.form.fields.get(item.target)
    if item.target_kind != "field" or question is None or question.parts:
        return None
    if question.kind != "string":
        return None
    language = get_language() or "vi"
    options = [(o.value, o.label.in_language(language)) for o in question.options]
    value = str(page.dossier.answers.get(item.target, ""))
    kind = "select" if options else "date" if question.widget == "date" else "text"
    return Ask(
        kind,
        f"answer:{item.target}",
        question.label.in_language(language),
        value,
        hint=item.reason,
        options=options,
        id=f"answer-{item.target}",
    )


def _obligation(actor: Actor, page: DossierPage, possible: Possible) -> Iterable[Ask]:
    """The sum of another law, where the step asked into waits for one; it may come later."""
    if "obligation_paid" not in possible.awaits:
        return
    hint = _(
        "Để trống nếu chỉ thu phí, lệ phí của thủ tục, hoặc chưa có thông báo của cơ quan thuế."
    )
    label = _("Số tiền theo luật khác (thuế, lệ phí trước bạ…)")
    yield Ask("text", "obligation_amount", label, hint=hint, optional=True)
    yield Ask("text", "obligation_name", _("Tên khoản"), optional=True)
    yield Ask("text", "obligation_basis", _("Căn cứ của khoản"), optional=True)
    yield Ask("text", "obligation_notice", _("Số thông báo"), optional=True)


_SPECIAL: Mapping[str, Callable[[Actor, DossierPage, Possible], Iterable[Ask]]] = {
    "accept": fee_asks,
    "assign": _assign,
    "refuse": _basis,
    "refuse_after_appraisal": _basis,
    "answer_consultation": _opinion,
    "deliver": _receiver,
    "propose": _draft,
    "request_supplement": _repeat,
    "request_financial_obligation": _obligation,
    "supplement": _supplement,
}
