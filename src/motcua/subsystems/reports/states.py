"""The kind ``report``: states, transitions and acts, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.casework.cases.public import CaseKind, State
from motcua.foundation.errors import Bilingual

KIND = "report"


def _state(
    id_: str, number: int, name: tuple[str, str], plain: tuple[str, str], tone: str,
    *, terminal: bool = False,
) -> State:  # fmt: skip
    return State(id_, number, Bilingual(*name), Bilingual(*plain), tone, terminal)


STATES = (
    _state("received", 1, ("Đã nhận", "Received"),
           ("Tổng đài đã nhận và đang xem chuyển cho đơn vị nào.",
            "The report line has it and looks for the unit that answers for it."), "waiting"),
    _state("forwarded", 2, ("Đã chuyển đơn vị", "Sent to the unit"),
           ("Đơn vị phụ trách đã nhận được.", "The responsible unit has received it."), "waiting"),
    _state("in_progress", 3, ("Đang xử lý", "In progress"),
           ("Đơn vị đang xử lý.", "The unit is working on it."), "working"),
    _state("waiting", 4, ("Tạm dừng", "Paused"),
           ("Việc đang tạm dừng; lý do ghi bên dưới.", "Work is paused; the reason is below."),
           "yours"),
    _state("replied", 5, ("Đã trả lời", "Replied"),
           ("Đơn vị đã trả lời; việc chưa được xác nhận là xong.",
            "The unit has replied; it has not been shown to be resolved yet."), "working"),
    _state("resolved", 6, ("Đã xử lý xong", "Resolved"),
           ("Việc đã xử lý xong. Bạn cho biết đã hài lòng chưa.",
            "It has been resolved. Tell us whether you are satisfied."), "done", terminal=True),
    _state("refused", 7, ("Từ chối", "Refused"),
           ("Không xử lý được; lý do ghi bên dưới.", "It cannot be handled; the reason is below."),
           "stopped", terminal=True),
    _state("merged", 8, ("Đã gộp", "Merged"),
           ("Cùng một việc với phản ánh khác; theo dõi tại phản ánh đó.",
            "The same matter as another report; follow that one."), "stopped", terminal=True),
    _state("handed_on", 9, ("Chuyển theo thủ tục khác", "Handed on"),
           ("Đây là đơn khiếu nại hoặc tố cáo nên đi theo thủ tục riêng.",
            "This is a complaint or denunciation, which has a procedure of its own."),
           "stopped", terminal=True),
    _state("reopened", 10, ("Mở lại", "Reopened"),
           ("Phản ánh được mở lại theo đề nghị của bạn.", "It was opened again as you asked."),
           "waiting"),
    _state("closed", 11, ("Đã đóng", "Closed"), ("Phản ánh đã kết thúc.", "The report is closed."),
           "done", terminal=True),
)  # fmt: skip

_ENDS = frozenset({"refused", "merged", "handed_on"})
_WORK = frozenset({"in_progress", "waiting", "replied", "resolved"}) | _ENDS
_AT_UNIT = _WORK | {"received", "forwarded"}

REPORT = CaseKind(
    code=KIND,
    name=Bilingual("Phản ánh", "Citizen report"),
    states=STATES,
    transitions={
        "received": _WORK | {"forwarded"},
        "forwarded": _AT_UNIT,
        "in_progress": _AT_UNIT,
        "waiting": _AT_UNIT,
        "replied": _AT_UNIT,
        "reopened": _AT_UNIT,
        "resolved": frozenset({"reopened", "closed"}),
        "refused": frozenset({"reopened", "closed"}),
        "merged": frozenset({"received", "forwarded", "in_progress", "waiting", "replied",
                             "reopened"}),
    },
    url_name="reports_console:case",
    citizen_url_name="reports:own",
)  # fmt: skip

OPEN_STATES = tuple(state.id for state in STATES if not state.terminal)
DONE_STATES = ("resolved", "closed")
OPEN311_CLOSED = frozenset(state.id for state in STATES if state.terminal)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that an official may do with a report.

    ``clock``: what it does to the limit (``suspend``, ``resume``, ``stop``, ``restart``);
    ``text``: which text is needed (``reason`` or ``reply``, "" none); ``tells``: whether
    the reporter is told.
    """

    id: str
    name: Bilingual
    to: str
    sources: frozenset[str]
    text: str = ""
    clock: str = ""
    needs_agency: bool = False
    takes_proof: bool = False
    public: bool = True
    tells: bool = True


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


_LIVE = _from("received", "forwarded", "in_progress", "waiting", "replied", "reopened")
_RUNNING = _LIVE - {"waiting"}

ACTIONS: Mapping[str, Action] = {
    action.id: action
    for action in (
        Action("take", Bilingual("Bắt đầu xử lý", "Start work"), "in_progress",
               _from("received", "forwarded", "reopened"), tells=False),
        Action("forward", Bilingual("Chuyển đơn vị", "Send to a unit"), "forwarded",
               _from("received"), needs_agency=True),
        Action("transfer", Bilingual("Không thuộc đơn vị: chuyển đi", "Not ours: send on"),
               "forwarded", _LIVE - {"received"}, text="reason", needs_agency=True),
        Action("ask", Bilingual("Hỏi thêm người phản ánh", "Ask the reporter"), "waiting",
               _RUNNING, text="reason", clock="suspend"),
        Action("pause", Bilingual("Tạm dừng", "Pause"), "waiting", _RUNNING, text="reason",
               clock="suspend"),
        Action("resume", Bilingual("Tiếp tục xử lý", "Go on"), "in_progress", _from("waiting"),
               clock="resume", tells=False),
        Action("reply", Bilingual("Trả lời", "Reply"), "replied", _LIVE, text="reply",
               takes_proof=True),
        Action("resolve", Bilingual("Đã xử lý xong", "Resolved"), "resolved", _LIVE,
               text="reply", clock="stop", takes_proof=True),
        Action("refuse", Bilingual("Từ chối", "Refuse"), "refused", _LIVE, text="reason",
               clock="stop"),
        Action("hand_on", Bilingual("Là khiếu nại, tố cáo: chuyển đúng thủ tục",
                                    "A complaint or denunciation: hand on"),
               "handed_on", _LIVE, text="reason", clock="stop"),
        Action("close", Bilingual("Đóng", "Close"), "closed", _from("resolved", "refused"),
               tells=False),
        Action("note", Bilingual("Ghi chú nội bộ", "Internal note"), "", _LIVE | _from(
            "resolved", "refused", "merged", "handed_on", "closed"), text="reason",
            public=False, tells=False),
    )
}  # fmt: skip

VERBS: Mapping[str, Bilingual] = {
    "reports.receive": Bilingual("Đã nhận phản ánh", "Report received"),
    "reports.merge": Bilingual("Gộp vào phản ánh khác", "Merged into another report"),
    "reports.unmerge": Bilingual("Tách ra khỏi phản ánh đã gộp", "Taken out of the merged report"),
    "reports.reopen": Bilingual("Người phản ánh đề nghị xem lại", "The reporter asked again"),
    "reports.answer": Bilingual("Người phản ánh trả lời", "The reporter answered"),
    "reports.rate": Bilingual("Người phản ánh đánh giá", "The reporter rated it"),
    **{f"reports.{action.id}": action.name for action in ACTIONS.values()},
}
"""What stands in a report's story, by the verb of the history row."""
