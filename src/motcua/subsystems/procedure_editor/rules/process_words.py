"""What the parts of a process are called when one draws it. Data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from motcua.casework.agencies.public import ROLES
from motcua.foundation.errors import Bilingual

_b = Bilingual
ROLE_NAMES: Final[Mapping[str, Bilingual]] = {
    **ROLES,
    "applicant": _b("Người nộp hồ sơ", "Applicant"),
}
KIND_NAMES: Final[Mapping[str, Bilingual]] = {
    "task": _b("Công chức xử lý", "An official acts"),
    "wait": _b("Chờ người nộp", "The applicant acts"),
    "consultation": _b("Lấy ý kiến", "Consultation"),
}
UNIT_NAMES: Final[Mapping[str, Bilingual]] = {
    "receiving": _b("Trung tâm tiếp nhận", "The receiving centre"),
    "competent": _b("Cơ quan giải quyết", "The competent agency"),
    "applicant": _b("Người nộp", "The applicant"),
}
STATE_NAMES: Final[Mapping[str, Bilingual]] = {
    "new": _b("Mới đăng ký", "Newly filed"),
    "received": _b("Được tiếp nhận", "Received"),
    "refused": _b("Không được tiếp nhận", "Not received"),
    "processing": _b("Đang xử lý", "In process"),
    "supplement": _b("Yêu cầu bổ sung", "Supplement asked for"),
    "financial_obligation": _b("Yêu cầu thực hiện nghĩa vụ tài chính", "Payment asked for"),
    "withdrawn": _b("Công dân rút hồ sơ", "Withdrawn"),
    "stopped": _b("Dừng xử lý", "Stopped"),
    "finished": _b("Đã xử lý xong", "Finished"),
    "returned": _b("Đã trả kết quả", "Returned"),
}
VERB_NAMES: Final[Mapping[str, Bilingual]] = {
    "accept": _b("Tiếp nhận hồ sơ", "Accept"),
    "refuse": _b("Từ chối tiếp nhận", "Refuse"),
    "request_supplement": _b("Yêu cầu bổ sung", "Ask for what is missing"),
    "supplement": _b("Nộp bổ sung", "Send the supplement"),
    "stop_no_supplement": _b("Dừng vì không bổ sung", "Stop: nothing was sent"),
    "forward": _b("Chuyển bước sau", "Hand over"),
    "assign": _b("Phân công", "Assign"),
    "request_financial_obligation": _b("Yêu cầu nộp tiền", "Ask for the payment"),
    "confirm_financial_obligation": _b("Xác nhận đã nộp tiền", "Confirm the payment"),
    "ask_consultation": _b("Gửi lấy ý kiến", "Ask another agency"),
    "answer_consultation": _b("Trả lời ý kiến", "Answer"),
    "propose": _b("Lập dự thảo, trình", "Draft and submit"),
    "return_for_rework": _b("Trả lại để làm lại", "Send back"),
    "confirm_draft": _b("Người nộp xác nhận dự thảo", "The applicant confirms the draft"),
    "approve": _b("Duyệt", "Approve"),
    "sign": _b("Ký, cấp số", "Sign and number"),
    "issue": _b("Đóng dấu, ban hành", "Seal and issue"),
    "deliver": _b("Trả kết quả", "Deliver"),
    "withdraw": _b("Rút hồ sơ", "Withdraw"),
    "approve_withdrawal": _b("Đồng ý cho rút", "Approve the withdrawal"),
    "stop": _b("Dừng giải quyết", "Stop"),
    "refuse_after_appraisal": _b("Từ chối sau thẩm định", "Refuse after appraisal"),
    "extend": _b("Gia hạn", "Extend"),
    "note": _b("Ghi chú", "Note"),
}
SILENCE_NAMES: Final[Mapping[str, Bilingual]] = {
    "consent": _b("Im lặng là đồng ý", "Silence is consent"),
    "escalate": _b("Báo cấp trên, tiếp tục chờ", "Tell the superior, keep waiting"),
}
ASK_NAMES: Final[Mapping[str, Bilingual]] = {
    "reason": _b("Lý do", "Reason"),
    "note": _b("Ghi chú", "Note"),
    "items": _b("Danh mục giấy tờ", "List of papers"),
    "file": _b("Tệp", "File"),
    "due": _b("Hạn", "Due date"),
}
SIGNAL_NAMES: Final[Mapping[str, Bilingual]] = {
    "charge_paid": _b("Phí, lệ phí của thủ tục đã nộp", "The procedure's own fee is paid"),
    "obligation_paid": _b(
        "Nghĩa vụ theo luật khác đã nộp đủ", "What another law asks is paid in full"
    ),
}
TIMER_UNITS: Final[Mapping[str, Bilingual]] = {
    "hour": _b("giờ", "hours"),
    "working_hour": _b("giờ làm việc", "working hours"),
    "working_day": _b("ngày làm việc", "working days"),
    "calendar_day": _b("ngày", "days"),
}
SLIPS: Final[Mapping[str, Bilingual]] = {
    # Mẫu 01–05, Thông tư 03/2025/TT-VPCP, Phụ lục I.
    "accept": _b("Mẫu 01: Giấy tiếp nhận và hẹn trả kết quả", "Form 01: receipt and appointment"),
    "request_supplement": _b("Mẫu 02: Phiếu yêu cầu bổ sung", "Form 02: request to complete"),
    "refuse": _b("Mẫu 03: Phiếu từ chối tiếp nhận", "Form 03: refusal"),
    "extend": _b("Mẫu 04: Xin lỗi và gia hạn", "Form 04: apology and new date"),
    "stop": _b("Mẫu 05: Thông báo dừng giải quyết", "Form 05: notice that handling stops"),
    "stop_no_supplement": _b("Mẫu 05: Thông báo dừng giải quyết",
                             "Form 05: notice that handling stops"),
}  # fmt: skip
