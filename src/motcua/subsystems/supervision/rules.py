"""The nine criteria by which the handling of procedures is evaluated: exact arithmetic, pure.

Source: Nghị định 61/2018/NĐ-CP Điều 28-32, Thông tư 01/2018/TT-VPCP Điều 12-15. Whether they
hold unchanged under Nghị định 118/2025/NĐ-CP is not confirmed; pages say so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from motcua.foundation.errors import Bilingual

DOSSIER_CRITERIA = (1, 2, 3, 4, 7)
UNIT_CRITERIA = (5, 6, 8, 9)
Grade = Literal["excellent", "good", "fair", "average", "weak", "full", "most", "less"]
Thresholds = Mapping[str, Decimal]

CRITERIA: Mapping[int, Bilingual] = {
    1: Bilingual("Tổng thời gian so với quy định", "Total time against the legal time"),
    2: Bilingual("Thời gian của từng cơ quan", "Time of each agency"),
    3: Bilingual("Số lần phải liên hệ để hoàn thiện hồ sơ", "Contacts to complete the dossier"),
    4: Bilingual("Số cơ quan phải liên hệ", "Agencies that had to be contacted"),
    5: Bilingual("Tổ chức giải quyết tại Bộ phận Một cửa", "Organisation at the counter"),
    6: Bilingual("Công khai thủ tục", "Publication of procedures"),
    7: Bilingual("Thái độ phục vụ", "Attitude"),
    8: Bilingual("Xử lý phản ánh, kiến nghị", "Handling of complaints"),
    9: Bilingual("Dịch vụ công trực tuyến", "Online service"),
}
GRADES: Mapping[str, Bilingual] = {
    "excellent": Bilingual("Xuất sắc", "Excellent"),
    "good": Bilingual("Tốt", "Good"),
    "fair": Bilingual("Khá", "Fair"),
    "average": Bilingual("Trung bình", "Average"),
    "weak": Bilingual("Yếu", "Weak"),
    "full": Bilingual("Hoàn thành 100% nhiệm vụ", "100% of the task done"),
    "most": Bilingual(
        "Hoàn thành từ 70% đến dưới 100% nhiệm vụ", "From 70% to under 100% of the task done"
    ),
    "less": Bilingual("Hoàn thành dưới 70% nhiệm vụ", "Under 70% of the task done"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """Points of one criterion for one dossier (or one agency in it), and why."""

    criterion: int
    points: int
    why: Bilingual
    agency_id: int | None = None


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What a decided dossier is judged by.

    ``turns`` gives for each agency the seconds by which its steps ended after (positive) or
    before (negative) their own limit; agencies without a limit on their steps are absent.
    """

    decided_on: dt.date
    due_on: dt.date | None
    late: bool
    extended: bool
    contacts: int
    online: bool
    complaint: bool = False
    turns: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """The score of one criterion over ``count`` dossiers (or one unit)."""

    criterion: int
    score: Decimal
    count: int
    total: int


def time_points(facts: DossierFacts) -> Point | None:
    """Criterion 1. Days are compared: done on the due day is equal. None without a due date.

    An apologised extension is a longer time than the law's, whatever came after.
    """
    if facts.due_on is None:
        return None
    if facts.late or facts.extended:
        why = Bilingual("Dài hơn thời gian quy định", "Longer than the legal time")
        if facts.extended:
            why = Bilingual("Đã xin lỗi và gia hạn", "Apologised and extended")
        return Point(1, 0, why)
    if facts.decided_on < facts.due_on:
        return Point(1, 2, Bilingual("Sớm hơn ngày hẹn", "Before the due day"))
    return Point(1, 1, Bilingual("Đúng ngày hẹn", "On the due day"))


def turn_points(facts: DossierFacts) -> list[Point]:
    """Criterion 2: one point row for each agency with limits on its steps."""
    found: list[Point] = []
    for agency_id, slack in facts.turns:
        if slack > 0:
            points, why = 0, Bilingual("Dài hơn thời gian của bước", "Longer than its steps allow")
        elif slack == 0:
            points, why = 1, Bilingual("Bằng thời gian của bước", "As long as its steps allow")
        else:
            points, why = 2, Bilingual("Ngắn hơn thời gian của bước", "Shorter than allowed")
        found.append(Point(2, points, why, agency_id))
    return found


def contact_points(facts: DossierFacts) -> Point:
    """Criterion 3: requests for supplements, online ones too."""
    n = facts.contacts
    why = Bilingual(f"Yêu cầu bổ sung {n} lần", f"Supplements asked {n} times")
    return Point(3, max(0, 2 - n), why)


def agency_points(facts: DossierFacts) -> Point:
    """Criterion 4: online nobody is visited; otherwise the counter alone."""
    if facts.online:
        return Point(4, 2, Bilingual("Nộp trực tuyến", "Filed online"))
    return Point(4, 1, Bilingual("Chỉ liên hệ Bộ phận Một cửa", "Only the counter was contacted"))


def attitude_points(facts: DossierFacts) -> Point | None:
    """Criterion 7. A late dossier without complaint has no row in the table: no point."""
    if facts.complaint:
        return Point(7, 0, Bilingual("Có phản ánh đúng về thái độ", "A substantiated complaint"))
    time = time_points(facts)
    if time is None:
        return None
    if time.points == 0:
        return Point(7, 0, Bilingual("Không phản ánh, nhưng trễ", "No complaint, but late"))
    why = Bilingual("Không có phản ánh; đúng hoặc sớm hạn", "No complaint; on time or early")
    return Point(7, time.points, why)


def dossier_points(facts: DossierFacts) -> list[Point]:
    """All points of one dossier, in the order of the criteria."""
    time, attitude = time_points(facts), attitude_points(facts)
    rows = [time, *turn_points(facts), contact_points(facts), agency_points(facts), attitude]
    return [row for row in rows if row is not None]


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return part * 100 / whole if whole else Decimal(0)


def counter_points(facts: Mapping[str, str], limits: Thresholds, *, commune: bool) -> int:
    """Criterion 5: ``share`` in percent processed wholly at the counter; ``all_received``."""
    least = limits["counter_share_commune" if commune else "counter_share"]
    if Decimal(facts["share"]) >= least:
        return 2
    return 1 if facts.get("all_received") == "yes" else 0


def publication_points(facts: Mapping[str, str]) -> int:
    """Criterion 6: ``posted`` and ``electronic``, each correct and in time."""
    return (facts.get("posted") == "yes") + (facts.get("electronic") == "yes")


def complaint_points(facts: Mapping[str, str], limits: Thresholds) -> int:
    """Criterion 8: ``received``, ``in_time`` and ``dragging`` complaints."""
    received, in_time = Decimal(facts["received"]), Decimal(facts["in_time"])
    if not received:
        return 2
    if Decimal(facts["dragging"]):
        return 0
    if in_time >= received:
        return 2
    return 1 if _share(in_time, received) >= limits["complaints_share"] else 0


def online_points(
    procedures: Decimal, *, dossiers: int, online: int, late: int, limits: Thresholds
) -> int:
    """Criterion 9: ``procedures`` in percent; decided dossiers, of them online, of those late."""
    share = _share(Decimal(online), Decimal(dossiers))
    if not procedures or late or share < limits["online_dossiers_least"]:
        return 0
    full = procedures >= limits["online_procedures"] and share >= limits["online_dossiers"]
    return 2 if full else 1


def index_of(criterion: int, points: Iterable[int]) -> Index | None:
    """Σ points ÷ number, to one decimal, half up. None without data: the index is left out."""
    found = list(points)
    if not found:
        return None
    raw = Decimal(sum(found)) / Decimal(len(found))
    score = raw.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Index(criterion, score, len(found), sum(found))


def indices_of(points: Iterable[Point], agency_id: int | None = None) -> list[Index]:
    """The indices of many dossiers; of criterion 2 only the rows of ``agency_id`` when given."""
    by: dict[int, list[int]] = {}
    for point in points:
        if agency_id is None or point.agency_id in (None, agency_id):
            by.setdefault(point.criterion, []).append(point.points)
    return [found for n in sorted(by) if (found := index_of(n, by[n])) is not None]


def total_of(indices: Sequence[Index]) -> Decimal:
    """The sum of the rounded indices that have data."""
    return sum((index.score for index in indices), Decimal("0.0"))


def unit_grade(total: Decimal, limits: Thresholds) -> Grade:
    """Excellent to weak (Thông tư 01/2018, Điều 15)."""
    names: tuple[Grade, ...] = ("excellent", "good", "fair", "average")
    for name in names:
        if total >= limits[f"unit_{name}"]:
            return name
    return "weak"


def staff_grade(total: Decimal, limits: Thresholds) -> Grade:
    """The share of the task that counts as done."""
    if total >= limits["staff_full"]:
        return "full"
    return "most" if total >= limits["staff_most"] else "less"
