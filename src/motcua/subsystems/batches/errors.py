"""The refusals a person can meet when approving many papers at once."""

from __future__ import annotations

from collections.abc import Sequence

from motcua.foundation.errors import Bilingual, NotPossibleNow


class ChangedMeanwhile(NotPossibleNow):
    """Some papers are no longer those that were shown."""

    code = "batches.changed-meanwhile"
    message = Bilingual(
        "Có thay đổi trong lúc bạn xem: {codes}.", "There were changes while you looked: {codes}."
    )
    advice = Bilingual(
        "Chưa ký gì. Danh sách dưới đây là mới nhất; xem các hồ sơ ấy rồi phê duyệt lại.",
        "Nothing was signed. The list below is the newest; look at those and approve again.",
    )

    def __init__(self, codes: Sequence[str]) -> None:
        more = " …" if len(codes) > 10 else ""
        super().__init__(codes=", ".join(codes[:10]) + more)


class NothingChosen(NotPossibleNow):
    """No paper was ticked."""

    code = "batches.nothing-chosen"
    message = Bilingual("Chưa chọn hồ sơ nào.", "Nothing is chosen.")
    advice = Bilingual(
        "Đánh dấu ít nhất một hồ sơ rồi phê duyệt.", "Tick at least one dossier, then approve."
    )


class TooManyChosen(NotPossibleNow):
    """More papers than one batch takes."""

    code = "batches.too-many"
    message = Bilingual("Một đợt nhiều nhất {most} hồ sơ.", "A batch takes at most {most}.")
    advice = Bilingual(
        "Ký phần đầu, phần còn lại vào đợt sau.", "Sign the first part, the rest in another batch."
    )
