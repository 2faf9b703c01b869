"""What can stand in the way of an evaluation."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, DomainError


class PeriodClosed(DomainError):
    """The period is closed or being closed."""

    code = "evaluation-period-closed"
    status = 409
    message = Bilingual("Kỳ đánh giá này đã chốt.", "This period of evaluation is closed.")
    advice = Bilingual(
        "Kết quả đã chốt không sửa được; hãy ghi vào kỳ sau.",
        "Frozen results are not changed; enter it in the next period.",
    )


class PeriodNotOver(DomainError):
    """A period is closed only after its last day."""

    code = "evaluation-period-not-over"
    status = 409
    message = Bilingual("Kỳ đánh giá chưa kết thúc.", "The period of evaluation is not over.")
    advice = Bilingual("Chốt sau ngày cuối của kỳ.", "Close it after its last day.")
