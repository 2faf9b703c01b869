"""What can stand in the way of a slip's words."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, DomainError


class OwnWords(DomainError):
    """Nobody publishes what they wrote themselves."""

    code = "slip-words-own"
    status = 409
    message = Bilingual(
        "Bạn đã soạn bản này nên không thể tự công bố.",
        "You wrote this text, so you cannot publish it.",
    )
    advice = Bilingual(
        "Nhờ người thứ hai có quyền công bố xem và công bố.",
        "Ask a second person who may publish to look at it.",
    )


class DraftElsewhere(DomainError):
    """The draft is not in the state that the act needs."""

    code = "slip-draft-state"
    status = 409
    message = Bilingual(
        "Bản soạn này đã được trình, công bố hoặc bỏ.",
        "This draft was submitted, published or dropped.",
    )
    advice = Bilingual(
        "Mở lại trang mẫu phiếu để xem tình trạng hiện tại.",
        "Open the slip's page again to see where it stands.",
    )
