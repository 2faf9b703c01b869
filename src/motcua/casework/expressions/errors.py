"""What can be wrong with an expression, and where."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.foundation.errors import Bilingual, DomainError


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a source something is wrong, both counted from 1."""

    line: int = 1
    column: int = 1


class ExpressionError(DomainError):
    """The source cannot be used; ``place`` says where, ``reason`` why."""

    code = "expression-invalid"
    status = 422
    message = Bilingual(
        "Biểu thức sai ở dòng {line}, cột {column}: {reason_vi}",
        "The expression is wrong at line {line}, column {column}: {reason_en}",
    )
    advice = Bilingual(
        "Sửa biểu thức tại vị trí đã nêu.", "Mend the expression at the place named."
    )

    def __init__(self, kind: str, reason: Bilingual, place: Place | None = None) -> None:
        self.kind = kind
        self.reason = reason
        self.place = place or Place()
        super().__init__(
            line=self.place.line,
            column=self.place.column,
            reason_vi=reason.vi,
            reason_en=reason.en,
        )


class NoValue(DomainError):
    """The expression has no value for these variables: one is absent, or of the wrong kind."""

    code = "expression-no-value"
    status = 422
    message = Bilingual(
        "Biểu thức không tính được: {reason}", "The expression has no value: {reason}"
    )
    advice = Bilingual(
        "Kiểm tra các câu trả lời mà biểu thức dùng đến.",
        "Check the answers that the expression uses.",
    )
