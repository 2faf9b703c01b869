"""What can go wrong while a procedure is edited, in words for people."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, Conflict, InvalidInput, NotAllowed, NotPossibleNow


class DraftMoved(Conflict):
    """Somebody else changed the same place since the page was drawn."""

    code = "draft-moved"
    message = Bilingual(
        "Người khác vừa sửa đúng chỗ này.", "Somebody else has just changed this very place."
    )
    advice = Bilingual(
        "Phần bạn gõ vẫn còn dưới đây. Xem lại rồi lưu lần nữa để ghi đè.",
        "What you typed is still below. Look again, then save once more to write over it.",
    )


class DraftClosed(NotPossibleNow):
    """The draft waits for its approval, is published or given up: nothing is edited in it."""

    code = "draft-closed"
    message = Bilingual(
        "Bản soạn này không còn mở để sửa.", "This draft is no longer open for editing."
    )
    advice = Bilingual(
        "Nếu đang chờ duyệt, người duyệt phải trả lại trước; nếu đã công bố, hãy mở bản soạn mới.",
        "If it waits for approval, it must be sent back first; if published, start a new draft.",
    )


class SecondPersonNeeded(NotAllowed):
    """Who edited last or handed in may not publish: two people see every procedure."""

    code = "second-person-needed"
    message = Bilingual(
        "Người sửa cuối hoặc người trình không được tự duyệt.",
        "Who edited last or handed it in may not approve it.",
    )
    advice = Bilingual(
        "Đề nghị một người khác có quyền quản lý thủ tục xem và duyệt.",
        "Ask another person who may manage procedures to look at it and approve.",
    )


class StartsInThePast(InvalidInput):
    """A procedure comes into force today or later: nobody was told of it before."""

    code = "starts-in-the-past"
    message = Bilingual(
        "Ngày hiệu lực phải từ hôm nay trở đi.", "The first day must be today or later."
    )
    advice = Bilingual("Chọn ngày khác.", "Choose another day.")


class BadArchive(InvalidInput):
    """The file is no package of ours, or not one that may be opened."""

    code = "bad-package-file"
    message = Bilingual(
        "Không đọc được tệp gói thủ tục: {reason_vi}", "The package file was refused: {reason_en}"
    )
    advice = Bilingual(
        "Dùng tệp .zip do chức năng Tải gói thủ tục tạo ra, không sửa bên trong.",
        "Use a .zip made by Download the package, with nothing changed inside.",
    )

    def __init__(self, reason: Bilingual) -> None:
        super().__init__(reason_vi=reason.vi, reason_en=reason.en)


class NothingToUndo(NotPossibleNow):
    """The draft stands as it was started."""

    code = "nothing-to-undo"
    message = Bilingual("Không còn gì để hoàn tác.", "There is nothing to undo.")
    advice = Bilingual("Cứ tiếp tục soạn.", "Go on editing.")


class ReasonNeeded(InvalidInput):
    """Sending back or giving up needs a reason that the author can act on."""

    code = "reason-needed"
    message = Bilingual("Hãy nêu lý do.", "Say why.")
    advice = Bilingual("Viết một câu rồi gửi lại.", "Write a sentence, then send again.")
