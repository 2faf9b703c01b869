"""What can stand in the way of a notice to many."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, DomainError


class OwnNotice(DomainError):
    """Nobody approves what they wrote."""

    code = "mass-notice-own"
    status = 409
    message = Bilingual(
        "Bạn đã soạn thông báo này nên không thể tự duyệt.",
        "You wrote this notice, so you cannot approve it.",
    )
    advice = Bilingual("Nhờ người thứ hai duyệt.", "Ask a second person to approve it.")


class NoticeElsewhere(DomainError):
    """The notice is not in the state that the act needs."""

    code = "mass-notice-state"
    status = 409
    message = Bilingual(
        "Thông báo này đã được gửi, duyệt hoặc dừng.",
        "This notice was sent, approved or stopped.",
    )
    advice = Bilingual("Tải lại trang để xem tình trạng.", "Reload to see where it stands.")
