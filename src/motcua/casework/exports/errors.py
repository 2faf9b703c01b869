"""Why an export is refused."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, DomainError, InvalidInput, NotFound, NotPossibleNow


class UnknownList(NotFound):
    """No part registered such a list."""

    code = "exports.unknown-list"


class TooManyRows(InvalidInput):
    """A PDF of so many rows would help nobody."""

    code = "exports.too-many-rows"
    message = Bilingual(
        "Danh sách có hơn {most} dòng, quá dài để in ra PDF.",
        "The list has more than {most} rows, too long for a PDF.",
    )
    advice = Bilingual(
        "Xuất ra Excel hoặc CSV (không giới hạn số dòng), hoặc lọc bớt rồi xuất lại.",
        "Export to Excel or CSV (no limit), or filter it and export again.",
    )


class TooManyExports(NotPossibleNow):
    """One person has enough files being made."""

    code = "exports.too-many"
    message = Bilingual(
        "Bạn đang có {most} tệp chờ xuất.", "You have {most} files being made already."
    )
    advice = Bilingual(
        "Chờ một tệp xong hoặc dừng một tệp, rồi xuất lại.",
        "Wait until one is ready or stop one, then export again.",
    )


class FileGone(NotPossibleNow):
    """The file was kept as long as it is kept."""

    code = "exports.gone"
    status = 410
    message = Bilingual("Tệp này đã hết hạn giữ và được xoá.", "This file has expired.")
    advice = Bilingual(
        "Mở lại danh sách và xuất tệp mới.", "Open the list again and make a new file."
    )


class NotReady(NotPossibleNow):
    """The file is not made yet, or was stopped."""

    code = "exports.not-ready"
    message = Bilingual("Tệp chưa xong.", "The file is not ready.")
    advice = Bilingual(
        "Mở trang Tệp đã xuất để xem tiến độ.", "See its progress on the page of exported files."
    )


class NeverFinished(DomainError):
    """The worker gave up; what stands on the export's page."""

    code = "exports.never-finished"
    status = 500
    message = Bilingual("Hệ thống không làm xong tệp này.", "The system did not finish this file.")
    advice = Bilingual(
        "Hãy xuất lại; nếu vẫn không được, báo người quản trị xem Việc chạy nền.",
        "Export it again; if that fails too, ask the administrator to look at Background jobs.",
    )
