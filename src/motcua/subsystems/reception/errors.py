"""Refusals of the hall that a person can meet."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, Conflict, NotPossibleNow


class NotAtCounter(NotPossibleNow):
    """The clerk has opened no counter."""

    code = "reception-no-counter"
    message = Bilingual("Bạn chưa mở quầy nào.", "You have opened no counter.")
    advice = Bilingual("Mở quầy rồi gọi số.", "Open a counter, then call.")


class CounterTaken(Conflict):
    """Somebody else sits there, or the clerk sits elsewhere."""

    code = "reception-counter-taken"
    message = Bilingual(
        "Quầy này đang có người trực, hoặc bạn đang trực quầy khác.",
        "This counter is taken, or you sit at another one.",
    )
    advice = Bilingual(
        "Đóng quầy kia trước, hoặc chọn quầy khác.", "Close that one first, or choose another."
    )


class StillCalling(NotPossibleNow):
    """A called person has neither come nor been marked as absent."""

    code = "reception-still-calling"
    message = Bilingual("Quầy đang gọi số {label}.", "This counter is calling ticket {label}.")
    advice = Bilingual(
        "Bấm Bắt đầu khi người dân đến, hoặc Vắng mặt rồi gọi số tiếp theo.",
        "Press Start when the person comes, or Absent; then call the next one.",
    )


class TicketMoved(Conflict):
    """The ticket is in another state by now."""

    code = "reception-ticket-moved"
    message = Bilingual("Số này đã được xử lý ở nơi khác.", "This ticket was dealt with elsewhere.")
    advice = Bilingual("Tải lại trang để xem hàng chờ.", "Reload the page to see the queue.")


class SlotFull(Conflict):
    """The last place in the slot went to somebody else."""

    code = "reception-slot-full"
    message = Bilingual("Khung giờ này vừa hết chỗ.", "This slot has just been filled.")
    advice = Bilingual("Chọn một khung giờ khác.", "Choose another slot.")


class SlotClosed(NotPossibleNow):
    """No appointments are given at that time."""

    code = "reception-slot-closed"
    message = Bilingual(
        "Khung giờ này không nhận đặt lịch.", "No appointments are given at this time."
    )
    advice = Bilingual("Chọn một khung giờ trong danh sách.", "Choose a slot from the list.")


class AppointmentOver(NotPossibleNow):
    """The appointment was cancelled, kept or missed already."""

    code = "reception-appointment-over"
    message = Bilingual(
        "Lịch hẹn này không còn thay đổi được.", "This appointment can no longer be changed."
    )
    advice = Bilingual("Đặt một lịch hẹn mới.", "Book a new appointment.")


class NotRatable(NotPossibleNow):
    """The service was rated already, or too long ago."""

    code = "reception-not-ratable"
    message = Bilingual(
        "Lượt phục vụ này đã được đánh giá hoặc đã quá thời gian.",
        "This service was rated already, or too long ago.",
    )
    advice = Bilingual("Cảm ơn bạn đã góp ý.", "Thank you for your opinion.")
