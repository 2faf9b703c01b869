"""Refusals of the report line that a person can meet."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, Conflict, InvalidInput, NotPossibleNow


class BoundariesBroken(InvalidInput):
    """A file of boundaries cannot be taken; nothing of it was."""

    code = "reports-boundaries-broken"
    message = Bilingual("Tệp ranh giới chưa dùng được.", "The boundary file cannot be used.")
    advice = Bilingual(
        "Sửa những chỗ được nêu rồi nhập lại; chưa có gì được ghi.",
        "Mend what is named and import it again; nothing was written.",
    )


class RulesNotReady(InvalidInput):
    """A set of routing rules has faults or a sample goes elsewhere."""

    code = "reports-rules-not-ready"
    message = Bilingual(
        "Bộ quy tắc chưa thể đưa vào dùng.", "This set of rules cannot be put in force."
    )
    advice = Bilingual(
        "Sửa những chỗ được nêu; bộ đang dùng vẫn giữ nguyên.",
        "Mend what is named; the set in force stays as it is.",
    )


class RulesAlreadyUsed(NotPossibleNow):
    """Only a draft can be changed or put in force."""

    code = "reports-rules-used"
    message = Bilingual("Bộ quy tắc này đã được dùng.", "This set of rules has been in force.")
    advice = Bilingual("Lập một bộ mới từ bộ này.", "Make a new set from it.")


class CategoryRetired(Conflict):
    """The category ended while somebody was filling in its form."""

    code = "reports-category-retired"
    message = Bilingual(
        "Lĩnh vực bạn chọn không còn dùng nữa.", "The category you chose is no longer in use."
    )
    advice = Bilingual(
        "Chọn lĩnh vực khác; nội dung và ảnh của bạn vẫn còn.",
        "Choose another one; your text and photos are still there.",
    )


class NobodyAnswers(NotPossibleNow):
    """No set of rules is in force, so there is no triage desk either."""

    code = "reports-nobody-answers"
    message = Bilingual(
        "Tổng đài chưa mở tiếp nhận phản ánh.", "The report line has not been opened yet."
    )
    advice = Bilingual(
        "Hãy liên hệ Uỷ ban nhân dân phường, xã nơi xảy ra việc.",
        "Contact the committee of the ward where it happened.",
    )


class RatingClosed(NotPossibleNow):
    """Not answered yet, rated already, or too long ago."""

    code = "reports-rating-closed"
    message = Bilingual(
        "Phản ánh này không còn nhận đánh giá hoặc đề nghị xem lại.",
        "This report can no longer be rated or opened again.",
    )
    advice = Bilingual(
        "Nếu việc chưa ổn, hãy gửi một phản ánh mới.",
        "If it is still not right, send a new report.",
    )
