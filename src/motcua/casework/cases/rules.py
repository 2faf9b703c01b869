"""Pure decisions about cases: kinds as data, transitions, codes, cursors. Imports no Django."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.foundation.errors import Bilingual, Conflict, InvalidInput, NotPossibleNow

CLAIM_MINUTES = 30
LOOKING_SECONDS = 90
MOST_VIEWS = 15


@dataclass(frozen=True, slots=True)
class State:
    """One state of a kind: what officials call it and what it means to the person waiting.

    ``number`` is the code other systems know it by; ``tone`` picks icon and
    colour (``waiting``, ``working``, ``yours``, ``done``, ``stopped``).
    """

    id: str
    number: int
    name: Bilingual
    plain: Bilingual
    tone: str
    terminal: bool = False


@dataclass(frozen=True, slots=True)
class CaseKind:
    """What a slice's manifest says of its cases: states and allowed transitions, as data."""

    code: str
    name: Bilingual
    states: tuple[State, ...]
    transitions: Mapping[str, frozenset[str]]
    url_name: str
    citizen_url_name: str = ""
    by_id: Mapping[str, State] = field(init=False)

    def __post_init__(self) -> None:
        by_id = {state.id: state for state in self.states}
        unknown = {
            state
            for source, targets in self.transitions.items()
            for state in (source, *targets)
            if state not in by_id
        }
        if unknown:
            raise ValueError(f"kind {self.code}: transitions name unknown states {sorted(unknown)}")
        object.__setattr__(self, "by_id", by_id)

    def check(self, old: str, new: str) -> None:
        """Refuse a transition the manifest does not allow.

        Raises:
            TransitionRefused: with both states named.
        """
        if old != new and new not in self.transitions.get(old, frozenset()):
            raise TransitionRefused(old=self.by_id[old].name.vi, new=self.by_id[new].name.vi)


class TransitionRefused(NotPossibleNow):
    """The kind's manifest has no such transition."""

    code = "transition-refused"
    message = Bilingual(
        "Không thể chuyển từ “{old}” sang “{new}”.", "Cannot go from “{old}” to “{new}”."
    )


class VersionConflict(Conflict):
    """Another official changed the case after this page was opened."""

    code = "version-conflict"
    message = Bilingual(
        "Hồ sơ vừa được người khác cập nhật.", "Somebody else has just updated this case."
    )


class ClaimedByOther(Conflict):
    """Somebody else works on the case exclusively for now."""

    code = "claimed-by-other"
    message = Bilingual(
        "Hồ sơ đang do {name} xử lý đến {until}.", "{name} is working on this case until {until}."
    )
    advice = Bilingual(
        "Liên hệ người đang xử lý hoặc đợi hết thời gian giữ.",
        "Contact that person or wait until the claim expires.",
    )


class AlreadyAsked(NotPossibleNow):
    """The one lawful request for supplements was made; another needs a supervisor's reason."""

    code = "already-asked"
    message = Bilingual(
        "Hồ sơ này đã được yêu cầu bổ sung một lần.", "A supplement was already asked once."
    )
    advice = Bilingual(
        "Yêu cầu lần hai cần lý do và người phụ trách Bộ phận Một cửa đồng ý.",
        "A second request needs a reason and the consent of the head of the centre.",
    )


class KeyReused(Conflict):
    """An idempotency key came back with another content."""

    code = "key-reused"
    message = Bilingual(
        "Mã gửi lại này đã dùng cho một nội dung khác.",
        "This idempotency key was used for another content.",
    )
    advice = Bilingual("Tải lại trang rồi gửi lại.", "Reload the page and send again.")


def dossier_code(prefix: str, day: dt.date, number: int) -> str:
    """``H29.130.17-261123-0007``: unit, day, order in the day; wider past 9999, never reused.

    Source: Thông tư 01/2018/TT-VPCP, Điều 19 (structure kept by Thông tư 03/2025/TT-VPCP).
    """
    return f"{prefix}-{day:%y%m%d}-{number:04d}"


def encode_cursor(sort_due: dt.datetime, case_id: int) -> str:
    """An opaque keyset cursor: where a page of the inbox ended."""
    raw = json.dumps([sort_due.isoformat(), case_id]).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode_cursor(cursor: str) -> tuple[dt.datetime, int]:
    """Undo :func:`encode_cursor`.

    Raises:
        InvalidInput: the cursor was not made by us.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        moment, case_id = json.loads(base64.urlsafe_b64decode(padded))
        return dt.datetime.fromisoformat(moment), int(case_id)
    except (ValueError, TypeError) as error:
        raise InvalidInput(
            {"after": Bilingual("Liên kết trang không hợp lệ.", "Invalid page link.")}
        ) from error


def claim_holder(
    claimed_by: int | None, claimed_until: dt.datetime | None, at: dt.datetime
) -> int | None:
    """Who holds the case exclusively at a moment; an expired claim holds nothing."""
    return claimed_by if claimed_by and claimed_until and claimed_until > at else None


class TooManyViews(NotPossibleNow):
    """Nobody finds their way among more tabs."""

    code = "cases.too-many-views"
    message = Bilingual("Bạn đã lưu {most} chế độ xem.", "You have saved {most} views.")
    advice = Bilingual("Xoá một chế độ xem không còn dùng.", "Delete one that you no longer use.")
