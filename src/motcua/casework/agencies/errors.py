"""What agencies refuse, in words."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, Conflict


class AlreadyMerged(Conflict):
    """The agency has ended or its successor does not live."""

    code = "already-merged"
    message = Bilingual(
        "Cơ quan đã kết thúc hoặc cơ quan kế thừa chưa hoạt động vào ngày này.",
        "The agency has ended, or its successor is not active on this date.",
    )
    advice = Bilingual(
        "Kiểm tra ngày hiệu lực và cơ quan kế thừa.", "Check the date and the successor."
    )


class MergeAheadOfTime(Conflict):
    """Open cases move at once: a merge is carried out on its day, not before."""

    code = "merge-ahead-of-time"
    message = Bilingual(
        "Việc sáp nhập có hiệu lực từ {day}, chưa thể thực hiện hôm nay.",
        "The merger takes effect on {day} and cannot be carried out today.",
    )
    advice = Bilingual(
        "Thực hiện vào ngày có hiệu lực.", "Carry it out on the day it takes effect."
    )


class NoSubdelegation(Conflict):
    """A power held by written authority (TUQ.) may not be passed on."""

    code = "no-subdelegation"
    message = Bilingual(
        "Người được thừa uỷ quyền không được uỷ quyền lại.",
        "Somebody who signs by authority may not delegate it further.",
    )
    advice = Bilingual(
        "Đề nghị người uỷ quyền ban đầu ra văn bản mới (Nghị định 30/2020/NĐ-CP, Điều 13).",
        "Ask the person who gave the authority for a new document (Decree 30/2020, Art. 13).",
    )
