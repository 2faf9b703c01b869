"""What a payer, a bank or a cashier can be told when money cannot go its way."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, Conflict, DomainError, NotPossibleNow


class AlreadyPaid(NotPossibleNow):
    """The charge is settled; taking money again would be wrong."""

    code = "already-paid"
    message = Bilingual(
        "Khoản này đã được thanh toán hoặc không phải nộp.",
        "This charge is settled or nothing is due.",
    )
    advice = Bilingual("Xem biên lai đã cấp.", "See the receipt already given.")


class NoAccount(NotPossibleNow):
    """The agency has not said which account its fees are paid to."""

    code = "no-receiving-account"
    message = Bilingual(
        "Cơ quan này chưa nhận thanh toán bằng chuyển khoản.",
        "This agency does not take transfers yet.",
    )
    advice = Bilingual(
        "Chọn cách khác, hoặc nộp tại quầy của trung tâm.",
        "Choose another way, or pay at the centre's counter.",
    )


class PlatformOff(NotPossibleNow):
    """No payment platform is connected here."""

    code = "no-payment-platform"
    message = Bilingual(
        "Nền tảng thanh toán chưa được kết nối ở đây.",
        "The payment platform is not connected here.",
    )
    advice = Bilingual(
        "Chuyển khoản bằng mã VietQR, hoặc nộp tại quầy.",
        "Transfer with the VietQR code, or pay at the counter.",
    )


class NoticeNotJson(DomainError):
    """A form or a file was sent where a bank's signed JSON belongs."""

    code = "payment-notice-not-json"
    status = 415
    message = Bilingual("Báo có phải là JSON.", "A notice of credit must be JSON.")
    advice = Bilingual(
        "Gửi với Content-Type: application/json, kèm chữ ký.",
        "Send it with Content-Type: application/json, and its signature.",
    )


class BadNotice(DomainError):
    """A notice whose signature, key, time or content is not right; nothing was booked."""

    code = "bad-payment-notice"
    status = 401
    message = Bilingual("Thông báo tiền về không hợp lệ ({why}).", "Not a valid notice ({why}).")
    advice = Bilingual(
        "Kiểm tra mã khoá, chữ ký và đồng hồ, rồi gửi lại cùng mã giao dịch.",
        "Check key id, signature and clock, then send again with the same transaction id.",
    )


class NotMuchLeft(Conflict):
    """More was asked for than is left of this money."""

    code = "not-enough-left"
    message = Bilingual(
        "Số tiền vượt quá phần còn lại ({left} đ).", "The amount exceeds what is left ({left} đ)."
    )
    advice = Bilingual(
        "Tải lại trang để thấy số còn lại, rồi nhập lại.",
        "Reload the page to see what is left, then enter again.",
    )


class SecondPersonNeeded(NotPossibleNow):
    """Who asked or counted may not approve."""

    code = "money-needs-second-person"
    message = Bilingual(
        "Người đề nghị hoặc kiểm đếm không được tự duyệt.",
        "Who asked or counted may not approve it.",
    )
    advice = Bilingual("Nhờ một người khác có quyền duyệt.", "Ask another person who may approve.")


class DrawerClosed(NotPossibleNow):
    """The clerk's cash of the day was counted already."""

    code = "drawer-closed"
    message = Bilingual(
        "Quỹ tiền mặt hôm nay của bạn đã kiểm đếm.", "Your cash of today was counted already."
    )
    advice = Bilingual(
        "Nhờ cán bộ khác thu, hoặc người dân chuyển khoản.",
        "Let a colleague collect, or let the person transfer.",
    )
