"""What a program is told when its key does not open the door."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, DomainError


class ScopeMissing(DomainError):
    """The key is good, but not for this."""

    code = "scope-missing"
    status = 403
    message = Bilingual("Khoá này thiếu quyền {scope}.", "This key lacks the scope {scope}.")
    advice = Bilingual(
        "Đề nghị quản trị cấp khoá có quyền đó.", "Ask the administrator for a key that has it."
    )


class KeyNeeded(DomainError):
    """A command over the API came without an idempotency key."""

    code = "idempotency-key-needed"
    status = 400
    message = Bilingual("Thiếu tiêu đề Idempotency-Key.", "The header Idempotency-Key is missing.")
    advice = Bilingual(
        "Đặt một giá trị riêng cho mỗi lần nộp (tối đa 100 ký tự); gửi lại thì giữ nguyên giá trị.",
        "Choose a value for each command (at most 100 characters); keep it when sending again.",
    )
