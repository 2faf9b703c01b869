"""A dossier as its applicant reads it: plain words, whose turn, what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.casework.access.public import Actor
from motcua.casework.agencies.public import Agency
from motcua.casework.calendar.public import calendar_for
from motcua.casework.cases.public import Case, State, StateChange, kind_of
from motcua.casework.clock.public import Badge, row_badge
from motcua.casework.issuing.public import IssuedDocument
from motcua.casework.workflow.public import Possible
from motcua.foundation.errors import Bilingual, NotFound
from motcua.foundation.timesource import now
from motcua.subsystems.applications.models import Slip
from motcua.subsystems.applications.selectors import DossierPage, dossier_page, my_dossiers

TONES: Mapping[str, tuple[str, str]] = {
    "waiting": ("neutral", "hourglass"),
    "working": ("info", "loader"),
    "yours": ("turn", "hand"),
    "done": ("success", "circle-check"),
    "stopped": ("danger", "circle-x"),
}

VERBS: Mapping[str, Bilingual] = {
    "submit": Bilingual("Bạn đã nộp hồ sơ", "You filed the dossier"),
    "accept": Bilingual("Hồ sơ được tiếp nhận", "The dossier was received"),
    "refuse": Bilingual("Hồ sơ không được tiếp nhận", "The dossier was not received"),
    "forward": Bilingual(
        "Hồ sơ được chuyển đến cơ quan giải quyết", "The dossier went to the deciding agency"
    ),
    "request_supplement": Bilingual(
        "Cơ quan đề nghị bạn bổ sung", "The agency asked you for a supplement"
    ),
    "supplement": Bilingual("Bạn đã bổ sung hồ sơ", "You sent the supplement"),
    "ask_consultation": Bilingual(
        "Cơ quan hỏi ý kiến cơ quan liên quan", "The agency consulted another agency"
    ),
    "answer_consultation": Bilingual(
        "Cơ quan được hỏi đã trả lời", "The consulted agency answered"
    ),
    "request_financial_obligation": Bilingual(
        "Cơ quan đề nghị bạn nộp tiền", "The agency asked you to pay"
    ),
    "confirm_financial_obligation": Bilingual("Đã nộp tiền", "Payment made"),
    "extend": Bilingual(
        "Cơ quan xin lỗi và hẹn lại ngày trả", "The agency apologised and set a new date"
    ),
    "confirm_draft": Bilingual("Bạn đồng ý bản dự thảo", "You agreed to the draft"),
    "return_for_rework": Bilingual("Bạn đề nghị sửa bản dự thảo", "You asked to mend the draft"),
    "issue": Bilingual("Đã có kết quả", "The result is ready"),
    "deliver": Bilingual("Kết quả đã được trả", "The result was handed over"),
    "refuse_after_appraisal": Bilingual(
        "Cơ quan từ chối giải quyết", "The agency refused after appraisal"
    ),
    "stop": Bilingual("Hồ sơ dừng giải quyết", "The dossier was stopped"),
    "stop_no_supplement": Bilingual(
        "Hồ sơ dừng vì không được bổ sung", "Stopped: no supplement came"
    ),
    "withdraw": Bilingual("Bạn xin rút hồ sơ", "You asked to withdraw"),
    "approve_withdrawal": Bilingual("Hồ sơ đã được rút", "The dossier was withdrawn"),
}
SLIPS: Mapping[str, Bilingual] = {
    "01": Bilingual("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Receipt with the return date"),
    "02": Bilingual("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Request for a supplement"),
    "03": Bilingual("Phiếu từ chối tiếp nhận giải quyết hồ sơ", "Refusal slip"),
    "04": Bilingual("Phiếu xin lỗi và hẹn lại ngày trả", "Apology with a new return date"),
    "05": Bilingual("Thông báo dừng giải quyết hồ sơ", "Notice that the dossier stopped"),
}
PROBLEMS: Mapping[str, Bilingual] = {
    "missing": Bilingual("Còn thiếu", "Missing"),
    "wrong": Bilingual("Chưa đúng", "Not right"),
    "unclear": Bilingual("Không đọc rõ", "Cannot be read"),
    "expired": Bilingual("Hết giá trị", "No longer valid"),
}
# What offices write to each other is not addressed to the applicant.
BETWEEN_OFFICES = frozenset({"ask_consultation", "answer_consultation", "forward"})
ASKING = frozenset({"request_supplement", "request_financial_obligation"})
BAD_VERBS = frozenset({"refuse", "refuse_after_appraisal", "stop", "stop_no_supplement"})
MINOR = frozenset({"withdraw", "stop"})


def words(text: Bilingual) -> str:
    """In the reader's language."""
    return text.in_language(get_language() or "vi")


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One dossier in the citizen's list."""

    uid: str
    url: str
    code: str
    title: Bilingual
    state: State
    tone: str
    icon: str
    yours: bool
    badge: Badge
    holder: str
    since: dt.datetime
    who: str


def own_rows(actor: Actor, *, before_id: int = 0, size: int = 20) -> list[OwnRow]:
    """The citizen's dossiers, newest first. One statement."""
    at, calendar = now(), calendar_for(None)
    return [
        OwnRow(
            str(case.uid),
            reverse(kind_of(case.kind).citizen_url_name or "applications:mine", args=[case.uid]),
            case.code or "",
            Bilingual(case.title, case.title_en or case.title),
            (state := kind_of(case.kind).by_id[case.state]),
            *TONES[_tone(case, state)],
            _tone(case, state) == "yours",
            row_badge(case.clock_state, case.due_at, at, calendar),
            _name(case.holder_agency) if case.is_open else "",
            case.state_since,
            case.applicant.full_name
            if case.applicant and case.applicant_id != actor.party_id
            else "",
        )
        for case in my_dossiers(actor, before_id=before_id, size=size)
    ]


def _tone(case: Case, state: State) -> str:
    return "yours" if case.is_open and case.holder_role == "applicant" else state.tone


def _name(agency: Agency | None) -> str:
    return words(Bilingual(agency.name, agency.name_en or agency.name)) if agency else ""


def page_before(actor: Actor, uid: str, *, size: int = 20) -> int:
    """The key from which the list goes on after the dossier ``uid``; 0 for the beginning."""
    if not uid:
        return 0
    from motcua.casework.cases.public import access_case

    return access_case(actor, uid).pk


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The dossier's page for its applicant."""

    page: DossierPage
    tone: str
    icon: str
    yours: bool
    holder: str
    doing: list[str]
    entries: list[dict[str, Any]]
    main: list[Possible]
    minor: list[Possible]
    result: IssuedDocument | None
    draft_result: IssuedDocument | None
    may_rate: bool

    @property
    def case(self) -> Case:
        return self.page.case

    @property
    def may_answer(self) -> bool:
        """Whether the request for supplements can be answered now."""
        return any(row.verb == "supplement" for row in self.main)


def own_page(actor: Actor, uid: str) -> OwnPage:
    """The page of one's own dossier; officials have theirs in the console.

    Raises:
        NotFound: absent, or not the actor's.
    """
    if actor.kind != "citizen":
        raise NotFound
    page = dossier_page(actor, uid)
    case = page.case
    tone = _tone(case, page.state)
    name, icon = TONES[tone]
    document = page.dossier.application.result
    sealed = document is not None and document.state == IssuedDocument.State.SEALED
    confirming = any(row.verb == "confirm_draft" for row in page.actions)
    return OwnPage(
        page=page,
        tone=name,
        icon=icon,
        yours=tone == "yours",
        holder=_name(case.holder_agency) if case.is_open else "",
        doing=[words(row.name) for row in page.positions],
        entries=_story(page, yours=tone == "yours"),
        main=[row for row in page.actions if row.verb not in MINOR],
        minor=[row for row in page.actions if row.verb in MINOR],
        result=document if sealed else None,
        draft_result=document if confirming and not sealed else None,
        may_rate=_may_rate(actor, page),
    )


def _may_rate(actor: Actor, page: DossierPage) -> bool:
    mine = actor.party_id in {page.case.applicant_id, page.case.submitter_id}
    return mine and page.rating is None and page.case.state == "returned"


def _story(page: DossierPage, *, yours: bool) -> list[dict[str, Any]]:
    """The history; with one's own turn on top where no public row announced it."""
    entries = timeline_entries(page.history, page.case, yours=yours)
    last = page.history[0].verb.rpartition(".")[2] if page.history else ""
    if yours and last not in ASKING and page.positions:
        if entries:
            entries[0]["state"] = "done"
        turn = page.positions[0]
        title = _("Đến lượt bạn: %(step)s") % {"step": words(turn.name)}
        entries.insert(0, {"title": title, "at": turn.since, "state": "turn"})
    return entries


def timeline_entries(
    history: Sequence[StateChange], case: Case, *, yours: bool
) -> list[dict[str, Any]]:
    """What happened, newest first, in words that need no office."""
    entries: list[dict[str, Any]] = []
    for place, row in enumerate(history):
        verb = row.verb.rpartition(".")[2]
        newest = place == 0 and case.is_open
        entries.append(
            {
                "title": words(VERBS.get(verb, kind_of(case.kind).by_id[row.to_state].name)),
                "at": row.at,
                "who": _name(row.agency),
                "text": "" if verb in BETWEEN_OFFICES else row.note,
                "state": _mark(verb, newest=newest, yours=yours),
            }
        )
    return entries


def _mark(verb: str, *, newest: bool, yours: bool) -> str:
    if verb in BAD_VERBS:
        return "problem"
    if newest:
        return "turn" if yours else "current"
    return "done"


def result_links(document: IssuedDocument) -> tuple[str, str]:
    """Where the file and its public check are; the file's address is "" when none is kept."""
    file = reverse("issuing:file", args=[document.uid]) if document.sha256 else ""
    return file, reverse("issuing:document", args=[document.code])


def own_slips(page: DossierPage) -> list[tuple[str, Slip]]:
    """The slips that are for the applicant, with their names; the offices' own stay inside."""
    return [(words(SLIPS[slip.form]), slip) for slip in page.slips if slip.form in SLIPS]


def delivery_text(delivery: str) -> str:
    """How the result comes, in words."""
    texts = {
        "online": _("Bản điện tử tại trang này"),
        "counter": _("Nhận tại quầy của Trung tâm nơi bạn nộp"),
        "post": _("Gửi qua bưu chính"),
    }
    return texts.get(delivery, "")
