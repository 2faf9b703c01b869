"""One family of errors that tell a person what happened and what to do next.

Not for programming mistakes: those stay ordinary Python exceptions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in Vietnamese and English. ``str(...)`` is the Vietnamese one."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.vi

    def in_language(self, language: str) -> str:
        """The text for a language tag such as ``vi`` or ``en-gb``."""
        return self.en if language.lower().startswith("en") else self.vi

    def format(self, **data: object) -> Bilingual:
        return Bilingual(self.vi.format(**data), self.en.format(**data))


class DomainError(Exception):
    """An expected refusal: a code, an HTTP status, what happened, what to do.

    Subclasses set ``code``, ``status``, ``message`` and ``advice``; the two
    texts may hold ``{named}`` fields that are filled from ``data``.
    ``data`` is shown to API clients: never put personal data in it.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    message: ClassVar[Bilingual] = Bilingual("Yêu cầu không thực hiện được.", "The request failed.")
    advice: ClassVar[Bilingual] = Bilingual("Hãy thử lại.", "Please try again.")

    def __init__(self, **data: Any) -> None:
        self.data: dict[str, Any] = data
        super().__init__(f"{self.code}: {self.text().en}")

    def text(self) -> Bilingual:
        return self.message.format(**self.data)

    def what_to_do(self) -> Bilingual:
        return self.advice.format(**self.data)

    def problem(self, language: str = "vi") -> dict[str, Any]:
        """The error as an RFC 9457 problem document."""
        return {
            "type": f"urn:motcua:error:{self.code}",
            "title": self.text().in_language(language),
            "detail": self.what_to_do().in_language(language),
            "status": self.status,
            "code": self.code,
            **({"data": self.data} if self.data else {}),
        }


class NotFound(DomainError):
    """Absent or forbidden: the same answer for both, so nobody can probe."""

    code = "not-found"
    status = 404
    message = Bilingual("Không tìm thấy.", "Not found.")
    advice = Bilingual(
        "Kiểm tra lại đường dẫn hoặc mã; có thể bạn không có quyền xem.",
        "Check the link or the code; you may lack permission to see it.",
    )


class NotAllowed(DomainError):
    """The actor sees the object but may not do this to it."""

    code = "not-allowed"
    status = 403
    message = Bilingual(
        "Bạn không có quyền thực hiện việc này.", "You are not permitted to do this."
    )
    advice = Bilingual(
        "Đề nghị người có thẩm quyền thực hiện hoặc uỷ quyền.",
        "Ask somebody with the authority, or have it delegated to you.",
    )


class Conflict(DomainError):
    """Somebody else changed the object since it was read."""

    code = "conflict"
    status = 409
    message = Bilingual(
        "Nội dung đã được người khác thay đổi.", "Somebody else changed this in the meantime."
    )
    advice = Bilingual(
        "Tải lại để xem thay đổi rồi thực hiện lại; phần bạn đã nhập vẫn được giữ.",
        "Reload to see the change, then repeat; what you typed is kept.",
    )


class NotPossibleNow(DomainError):
    """The state of the object does not admit the act."""

    code = "not-possible-now"
    status = 409
    message = Bilingual(
        "Việc này không thực hiện được ở trạng thái hiện tại.",
        "This cannot be done in the present state.",
    )
    advice = Bilingual(
        "Xem tiến trình để biết bước tiếp theo.", "See the timeline for the next step."
    )


class Unavailable(DomainError):
    """The database is away or busy for too long; nothing of the request was stored."""

    code = "unavailable"
    status = 503
    message = Bilingual(
        "Hệ thống đang bận nên chưa lưu được gì của lần gửi này.",
        "The system is busy; nothing of this request was saved.",
    )
    advice = Bilingual(
        "Chờ một phút rồi gửi lại; gửi lại không tạo hồ sơ trùng.",
        "Wait a minute, then send it again; sending again makes no duplicate.",
    )


class InvalidInput(DomainError):
    """Something typed or sent is wrong; ``fields`` says where and how to mend it."""

    code = "invalid-input"
    status = 422
    message = Bilingual(
        "Có thông tin chưa đúng hoặc còn thiếu.", "Some information is missing or wrong."
    )
    advice = Bilingual(
        "Sửa các mục được đánh dấu rồi gửi lại.", "Mend the marked fields and send again."
    )

    def __init__(self, fields: Mapping[str, Bilingual] | None = None, **data: Any) -> None:
        self.fields: dict[str, Bilingual] = dict(fields or {})
        super().__init__(**data)

    def problem(self, language: str = "vi") -> dict[str, Any]:
        body = super().problem(language)
        body["fields"] = {k: v.in_language(language) for k, v in self.fields.items()}
        return body


def all_errors(base: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """Every error class that is loaded, for the reference page and its test."""
    yield base
    for child in base.__subclasses__():
        yield from all_errors(child)
