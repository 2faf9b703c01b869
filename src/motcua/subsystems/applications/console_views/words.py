"""The verbs of the trade, as history and messages tell them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

VERBS: dict[str, str | Promise] = {
    "submit": gettext_lazy("Nộp hồ sơ"),
    "accept": gettext_lazy("Tiếp nhận hồ sơ"),
    "refuse": gettext_lazy("Từ chối tiếp nhận"),
    "forward": gettext_lazy("Chuyển xử lý"),
    "assign": gettext_lazy("Phân công thụ lý"),
    "ask_consultation": gettext_lazy("Lấy ý kiến"),
    "answer_consultation": gettext_lazy("Trả lời lấy ý kiến"),
    "propose": gettext_lazy("Lập dự thảo, đề xuất"),
    "approve": gettext_lazy("Trình ký"),
    "return_for_rework": gettext_lazy("Trả lại để làm lại"),
    "confirm_draft": gettext_lazy("Xác nhận bản dự thảo"),
    "extend": gettext_lazy("Xin lỗi và gia hạn"),
    "note": gettext_lazy("Ghi chú"),
    "request_supplement": gettext_lazy("Yêu cầu bổ sung"),
    "supplement": gettext_lazy("Nộp bổ sung"),
    "request_financial_obligation": gettext_lazy("Yêu cầu nghĩa vụ tài chính"),
    "confirm_financial_obligation": gettext_lazy("Xác nhận đã nộp"),
    "sign": gettext_lazy("Ký"),
    "issue": gettext_lazy("Đóng dấu, ban hành"),
    "refuse_after_appraisal": gettext_lazy("Từ chối giải quyết"),
    "stop": gettext_lazy("Dừng giải quyết"),
    "stop_no_supplement": gettext_lazy("Dừng vì không bổ sung"),
    "withdraw": gettext_lazy("Rút hồ sơ"),
    "approve_withdrawal": gettext_lazy("Đồng ý cho rút"),
    "deliver": gettext_lazy("Trả kết quả"),
}
MORE: dict[str, str | Promise] = {"cases.assign": gettext_lazy("Giao người xử lý")}


def verb_name(verb: str) -> str:
    """``applications.accept`` in words; the bare name for a verb nobody described."""
    bare = verb.rpartition(".")[2]
    return str(MORE.get(verb) or VERBS.get(bare) or bare)


def verb_done(verb: str) -> str:
    """A sentence for after the act."""
    return str(_("Đã thực hiện: %(verb)s.") % {"verb": verb_name(verb)})


CHOICES = (
    # The words of choices that models of other parts hold in Vietnamese only.
    gettext_noop("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    gettext_noop("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    gettext_noop("Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
    gettext_noop("Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"),
    gettext_noop("Thông báo dừng giải quyết hồ sơ"),
    gettext_noop("Phiếu kiểm soát quá trình giải quyết hồ sơ"),
    gettext_noop("Sổ theo dõi hồ sơ"),
    gettext_noop("Dự thảo"),
    gettext_noop("Đã ký"),
    gettext_noop("Đã phát hành"),
    gettext_noop("Đã hủy"),
    gettext_noop("Thống nhất"),
    gettext_noop("Thống nhất có điều kiện"),
    gettext_noop("Không thống nhất"),
    gettext_noop("Không có ý kiến"),
    gettext_noop("Còn thiếu"),
    gettext_noop("Chưa đúng"),
    gettext_noop("Không đọc rõ"),
    gettext_noop("Hết giá trị"),
    gettext_noop("Chưa nộp"),
    gettext_noop("Đã nộp"),
    gettext_noop("Không phải nộp"),
    gettext_noop("Không phải nộp (0 đ)"),
    gettext_noop("Tiền mặt tại quầy"),
    gettext_noop("Chuyển khoản"),
    gettext_noop("Giao hồ sơ cho cơ quan giải quyết"),
    gettext_noop("Nhận kết quả từ cơ quan giải quyết"),
)
