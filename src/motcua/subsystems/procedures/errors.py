"""What can go wrong with the catalogue, in words for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from motcua.foundation.errors import Bilingual, Conflict, InvalidInput, NotFound

if TYPE_CHECKING:
    from motcua.subsystems.procedures.rules import Problem


class PublishedForGood(Conflict):
    """A published version never changes; a new version replaces it."""

    code = "published-for-good"
    message = Bilingual(
        "Phiên bản đã công bố không được sửa.", "A published version cannot be changed."
    )
    advice = Bilingual("Hãy tạo phiên bản mới.", "Make a new version.")


class BrokenPackage(InvalidInput):
    """The package cannot be imported; ``problems`` name every place."""

    code = "broken-package"
    message = Bilingual("Gói thủ tục có {count} lỗi.", "The procedure package has {count} faults.")
    advice = Bilingual(
        "Sửa từng chỗ được nêu rồi nhập lại.", "Mend each place named, then import again."
    )

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__({p.place: p.message for p in problems}, count=len(problems))


class NoVersionInForce(NotFound):
    """The procedure has no published version on the date asked for."""

    code = "no-version-in-force"
    message = Bilingual(
        "Thủ tục không có phiên bản nào đang có hiệu lực.",
        "No version of the procedure is in force.",
    )
    advice = Bilingual(
        "Tìm thủ tục thay thế hoặc hỏi Trung tâm Phục vụ hành chính công.",
        "Look for the procedure that replaced it, or ask a service centre.",
    )


class OverlappingVersions(Conflict):
    """Two versions of one procedure would be in force on the same day."""

    code = "overlapping-versions"
    message = Bilingual(
        "Ngày hiệu lực phải sau ngày hiệu lực của phiên bản đang dùng.",
        "The new version must start after the one in force.",
    )
    advice = Bilingual("Chọn ngày hiệu lực khác.", "Choose another date.")


class NoSuchRecord(NotFound):
    """Nothing of this kind was imported from the national catalogue."""

    code = "no-such-record"
    message = Bilingual(
        "Không có thủ tục này trong danh mục đã nhập.",
        "The imported catalogue holds no such procedure.",
    )
    advice = Bilingual(
        "Kiểm tra mã, hoặc nhập lại danh mục.", "Check the code, or import the catalogue again."
    )
