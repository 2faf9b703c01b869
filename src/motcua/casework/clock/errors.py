"""Refusals of the legal clock, each with its words, its mend and its law."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, InvalidInput, NotPossibleNow

EXTENSION_BASIS = "Nghị định 118/2025/NĐ-CP"


class ClockAlreadyStarted(NotPossibleNow):
    """A second start on a track that has a clock."""

    code = "clock-already-started"
    message = Bilingual(
        "Thời hạn giải quyết đã được tính từ trước.", "The clock has already been started."
    )
    advice = Bilingual(
        "Dùng thao tác tính lại thời hạn nếu pháp luật cho phép.",
        "Restart the clock if the law provides for it.",
    )


class ClockNotRunning(NotPossibleNow):
    """The act needs a running clock."""

    code = "clock-not-running"
    message = Bilingual(
        "Thời hạn giải quyết hiện không chạy (chưa bắt đầu, đang tạm dừng hoặc đã kết thúc).",
        "The clock is not running: not started, paused, or ended.",
    )


class ClockNotPaused(NotPossibleNow):
    """Resuming a clock that is not paused."""

    code = "clock-not-paused"
    message = Bilingual("Thời hạn giải quyết không bị tạm dừng.", "The clock is not paused.")


class ClockGoesForward(InvalidInput):
    """An act dated before the previous one."""

    code = "clock-goes-forward"
    message = Bilingual(
        "Thời điểm này sớm hơn thao tác trước đó trên thời hạn ({last}).",
        "This moment is earlier than the previous act on the clock ({last}).",
    )
    advice = Bilingual(
        "Chọn thời điểm sau đó, hoặc hiện tại.", "Choose a later moment, or the present one."
    )


class ExtensionUsed(NotPossibleNow):
    """The one apology with a new appointment has been given."""

    code = "clock-extension-used"
    message = Bilingual(
        "Hồ sơ đã được gia hạn một lần; chỉ được hẹn lại ngày trả kết quả một lần ({basis}).",
        "The return date was moved once already; only one new appointment is allowed ({basis}).",
    )
    advice = Bilingual(
        "Trả kết quả sớm nhất có thể và báo cáo người đứng đầu Bộ phận Một cửa.",
        "Return the result as soon as possible and report to the head of the centre.",
    )


class ExtensionTooLate(NotPossibleNow):
    """The apology comes less than the required time before the due date."""

    code = "clock-extension-too-late"
    message = Bilingual(
        "Phải xin lỗi và hẹn lại chậm nhất {days} ngày trước khi hết hạn ({due}); "
        "nay đã quá thời điểm đó ({basis}).",
        "The apology and new appointment must come at least {days} day(s) before the due date "
        "({due}); it is too late now ({basis}).",
    )
    advice = Bilingual(
        "Hoàn thành hồ sơ ngay; hồ sơ sẽ được ghi nhận là trễ hạn nếu quá hạn.",
        "Finish the case at once; it will count as late after the due date.",
    )


class ExtensionUnit(InvalidInput):
    """The extension is given in a unit the period cannot be mixed with."""

    code = "clock-extension-unit"
    message = Bilingual(
        "Đơn vị gia hạn không phù hợp với đơn vị của thời hạn.",
        "The extension's unit does not fit the unit of the period.",
    )
    advice = Bilingual(
        "Gia hạn bằng cùng đơn vị (ngày làm việc, ngày hoặc giờ) với thời hạn.",
        "Extend in the same unit (working days, days or hours) as the period.",
    )


class LegalBasisMissing(InvalidInput):
    """A change of a lawful period without its legal basis or reason."""

    code = "clock-legal-basis-missing"
    message = Bilingual(
        "Phải ghi căn cứ pháp lý và lý do.", "The legal basis and the reason are required."
    )
    advice = Bilingual(
        "Ghi văn bản, điều khoản và lý do rồi gửi lại.",
        "State the document, the article and the reason, then send again.",
    )
