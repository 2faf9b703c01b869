"""What people of the demo city do when it is their turn, and how long they take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from motcua.casework.access.public import Actor
from motcua.casework.workflow.public import Turned
from motcua.foundation.timesource import today
from motcua.subsystems.applications.public import Dossier, one_stop_law

Payload = Callable[[Dossier], Mapping[str, Any]]


def _nothing(_: Dossier) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Choice:
    """One action: who takes it, after how many hours (from, to), with what."""

    action: str
    hours: tuple[float, float] = (0.2, 3.0)
    role: str = ""
    by_applicant: bool = False
    toward_due: bool = False
    payload: Payload = _nothing

    def wait(self, chance: Random) -> dt.timedelta:
        """A time in the range of hours, whole seconds."""
        return dt.timedelta(seconds=int(chance.uniform(*self.hours) * 3600))


def _say(**payload: Any) -> Payload:
    return lambda _: payload


def _missing_paper(dossier: Dossier) -> Mapping[str, Any]:
    return {
        "note": "Vui lòng kiểm tra lại thông tin liên hệ.",
        "items": [
            {
                "kind": "field",
                "target": "requester_phone",
                "label": "Số điện thoại",
                "problem": "wrong",
                "reason": "Số điện thoại không liên lạc được.",
                "before": dossier.answers.get("requester_phone"),
            }
        ],
    }


def _mended(dossier: Dossier) -> Mapping[str, Any]:
    serial = dossier.case.pk % 1_000_000
    return {"answers": {"requester_phone": f"0100{serial:06d}"}, "note": "Đã cập nhật."}


def _officer(dossier: Dossier) -> Mapping[str, Any]:
    return {"officer": _officer_of.get(dossier.case.competent_agency_id)}


_officer_of: dict[int, int] = {}


def know_officers(officials: Mapping[tuple[int, str], Sequence[Actor]]) -> None:
    """Tell who handles dossiers in each agency: the first of its case officers."""
    _officer_of.clear()
    for (agency, role), people in officials.items():
        if role == "case_officer":
            _officer_of[agency] = people[0].account_id or 0


def _by_law(article: str, reason: str) -> Payload:
    """A reason with the one-stop decree of its day as the basis."""
    return lambda _: {"reason": reason, "basis": f"{one_stop_law(today())}, {article}"}


ACCEPT = Choice("accept", (0.3, 5.0))
ASK_FIRST = Choice("request_supplement", (0.3, 5.0), payload=_missing_paper)
REFUSE = Choice(
    "refuse",
    (0.5, 6.0),
    payload=_by_law("Điều 17", "Nội dung đề nghị không thuộc thủ tục này."),
)
WITHDRAW = Choice(
    "withdraw", (0.5, 8.0), by_applicant=True, payload=_say(reason="Tôi nộp nhầm thủ tục.")
)
ASK_LATER = Choice("request_supplement", toward_due=True, payload=_missing_paper)
REFUSAL = Choice(
    "propose_refusal", toward_due=True, payload=_say(reason="Không đủ điều kiện theo quy định.")
)
CONSULT = Choice(
    "ask_consultation", (1, 6), payload=_say(note="Đề nghị cho ý kiến về quy hoạch tại vị trí này.")
)
ASK_FEE = Choice(
    "request_fee", (1, 6), payload=_say(note="Đề nghị nộp tiền sử dụng đất bổ sung theo thông báo.")
)
PROPOSE_SLOWLY = Choice("propose_online", (30, 40), payload=_say(note="Hồ sơ đủ điều kiện."))
EXTEND = Choice(
    "extend",
    (0.5, 4),
    role="division_head",
    payload=_say(reason="Cần thêm thời gian xác minh thực địa.", days=3),
)

FIXED: Mapping[str, Choice] = {
    "hand_over": Choice("forward", (0.1, 1.5)),
    "assign": Choice("assign", (0.2, 3.0), payload=_officer),
    "confirm_draft": Choice("confirm_draft", (0.3, 18.0), by_applicant=True),
    "review": Choice("approve", toward_due=True),
    "sign": Choice("sign", toward_due=True),
    "issue": Choice("issue", (0.1, 2.0)),
    "hand_back": Choice("deliver", (0.5, 30.0), payload=_say(receiver="Người nộp hồ sơ")),
    "refusal": Choice(
        "refuse_after_appraisal",
        (0.3, 5.0),
        payload=_by_law("Điều 19", "Hồ sơ không đủ điều kiện theo quy định."),
    ),
    "withdrawal": Choice("approve_withdrawal", (0.3, 6.0)),
    "supplement_first": Choice("supplement", (3, 70), by_applicant=True, payload=_mended),
    "supplement_later": Choice("supplement", (3, 70), by_applicant=True, payload=_mended),
    "pay": Choice(
        "confirm_fee", (5, 60), role="receiving_clerk", payload=_say(note="Đã nộp tiền.")
    ),
    "consultation": Choice(
        "agree", (3, 14), payload=_say(opinion="agree", note="Phù hợp quy hoạch.")
    ),
}


def choose(chance: Random, dossier: Dossier, turn: Turned, returns: int) -> Choice | None:
    """What happens next in this step; ``None`` lets the dossier rest there."""
    roll = chance.random()
    if turn.step == "receive":
        if returns == 0 and roll < 0.09:
            return ASK_FIRST
        if roll > 0.97:
            return REFUSE
        return WITHDRAW if 0.955 < roll <= 0.97 else ACCEPT
    if turn.step == "examine":
        return _examine(roll, dossier, returns)
    return FIXED.get(turn.step)


def _examine(roll: float, dossier: Dossier, returns: int) -> Choice:
    if returns == 0 and roll < 0.05:
        return ASK_LATER
    if returns == 0 and roll > 0.98:
        return REFUSAL
    if dossier.version.procedure.code == "1.013225" and returns == 0 and roll < 0.5:
        return CONSULT if roll < 0.38 else ASK_FEE
    if 0.96 < roll <= 0.975 and _may_extend(dossier):
        return EXTEND
    return _propose(dossier)


def _may_extend(dossier: Dossier) -> bool:
    """Only once, and only where at least two days are left for the apology."""
    due, since = dossier.case.due_at, dossier.case.state_since
    in_days = all(row["unit"] == "working_day" for row in dossier.package["limits"])
    long_enough = in_days and due is not None and due - since > dt.timedelta(days=2)
    return long_enough and not dossier.application.extended


def _propose(dossier: Dossier) -> Choice:
    online = dossier.version.procedure.code in {"1.001193", "1.004873"}
    name = "propose_online" if online and dossier.case.channel == "online" else "propose"
    return Choice(name, toward_due=True, payload=_say(note="Hồ sơ đủ điều kiện."))
