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


class ProofUsed(Conflict):
    """This paper or transaction was entered before, for another sum."""

    code = "payment-proof-used"
    message = Bilingual(
        "Chứng từ {number} đã được ghi cho khoản khác hoặc với số tiền khác.",
        "Paper {number} was entered for another sum or with another amount.",
    )
    advice = Bilingual(
        "Kiểm tra lại số chứng từ và số tiền trên giấy.",
        "Check the number and the amount on the paper.",
    )


class FeeStillOpen(NotPossibleNow):
    """The dossier waits for its fee, and the fee is not paid."""

    code = "fee-still-open"
    message = Bilingual(
        "Phí, lệ phí của hồ sơ này chưa được nộp.", "The fee of this dossier is not paid yet."
    )
    advice = Bilingual(
        "Thu tại quầy hoặc chờ tiền về; khi đã nộp, hồ sơ tự đi tiếp.",
        "Collect it at the counter or wait for the transfer; once paid, the dossier goes on.",
    )


class ObligationStillOpen(NotPossibleNow):
    """A sum of another law was asked for and is not proved paid in full."""

    code = "obligation-still-open"
    message = Bilingual(
        "Nghĩa vụ tài chính theo luật khác chưa được nộp đủ.",
        "What another law asks is not paid in full.",
    )
    advice = Bilingual(
        "Ghi chứng từ nộp đủ, hoặc rút khoản đã ghi nếu thông báo bị thu hồi.",
        "Enter the proofs of the whole sum, or withdraw it if the notice was taken back.",
    )


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
