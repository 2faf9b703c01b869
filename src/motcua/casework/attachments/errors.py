"""Why a file is refused, and what its sender can do about it."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, DomainError


class UploadRefused(DomainError):
    """Base of all refusals of an upload; shown at the file's field, nothing else is lost."""

    code = "upload-refused"
    status = 422
    message = Bilingual("Không nhận được tệp này.", "This file cannot be accepted.")
    advice = Bilingual("Chọn tệp khác rồi tải lên lại.", "Choose another file and upload it.")


class EmptyFile(UploadRefused):
    """Nothing in it."""

    code = "upload-empty"
    message = Bilingual("Tệp không có nội dung.", "The file is empty.")
    advice = Bilingual(
        "Mở tệp trên máy của bạn để kiểm tra, rồi chọn lại.",
        "Open the file on your device to check it, then choose it again.",
    )


class FileTooLarge(UploadRefused):
    """Over the size limit."""

    code = "upload-too-large"
    status = 413
    message = Bilingual(
        "Tệp lớn hơn mức cho phép ({limit_mb} MB).",
        "The file is larger than allowed ({limit_mb} MB).",
    )
    advice = Bilingual(
        "Chụp hoặc quét lại ở độ phân giải thấp hơn (200–300 dpi), hoặc tách thành nhiều tệp.",
        "Scan again at a lower resolution (200–300 dpi), or split it into several files.",
    )


class DraftFull(UploadRefused):
    """Too many or too large files in one draft."""

    code = "upload-draft-full"
    status = 413
    message = Bilingual(
        "Hồ sơ nháp đã có quá nhiều tệp (tối đa {files} tệp, {limit_mb} MB).",
        "The draft holds too many files (at most {files} files, {limit_mb} MB).",
    )
    advice = Bilingual(
        "Gỡ bớt tệp không cần thiết hoặc gộp các trang vào một tệp PDF.",
        "Remove files that are not needed, or join the pages into one PDF.",
    )


class WrongType(UploadRefused):
    """The content is of a type that is not on the list."""

    code = "upload-wrong-type"
    status = 415
    message = Bilingual(
        "Loại tệp này không được nhận (nội dung là {found}).",
        "This type of file is not accepted (its content is {found}).",
    )
    advice = Bilingual(
        "Dùng một trong các loại: {allowed}. Văn bản soạn thảo nên lưu thành PDF.",
        "Use one of: {allowed}. Save edited documents as PDF.",
    )


class ExtensionMismatch(UploadRefused):
    """The name says one type and the content is another."""

    code = "upload-extension-mismatch"
    status = 415
    message = Bilingual(
        "Tên tệp có đuôi {extension} nhưng nội dung là {found}.",
        "The file name ends in {extension} but the content is {found}.",
    )
    advice = Bilingual(
        "Mở tệp và lưu lại đúng loại, hoặc sửa đuôi tên tệp cho đúng.",
        "Open the file and save it as the right type, or mend the end of its name.",
    )


class EncryptedFile(UploadRefused):
    """Opens only with a password."""

    code = "upload-encrypted"
    message = Bilingual("Tệp bị khoá bằng mật khẩu.", "The file is locked with a password.")
    advice = Bilingual(
        "Gỡ mật khẩu hoặc in tệp ra PDF mới không khoá, rồi tải lên lại.",
        "Remove the password, or print it to a new PDF without one, and upload it again.",
    )


class ArchiveBomb(UploadRefused):
    """Unpacks to far more than it is."""

    code = "upload-archive-bomb"
    message = Bilingual(
        "Tệp nén bung ra quá lớn hoặc có quá nhiều mục.",
        "The archive unpacks to too much or holds too many items.",
    )
    advice = Bilingual(
        "Tải từng tài liệu lên riêng, không nén.", "Upload each document by itself, not packed."
    )


class HiddenContent(UploadRefused):
    """Two files in one (polyglot)."""

    code = "upload-hidden-content"
    message = Bilingual(
        "Trong tệp có lẫn một tệp khác loại.", "Another file of a different type hides inside."
    )
    advice = Bilingual(
        "Chụp, quét hoặc xuất lại tài liệu bằng phần mềm thông thường rồi tải lên lại.",
        "Photograph, scan or export the document anew with ordinary software and upload that.",
    )


class MacroDocument(UploadRefused):
    """An office document with a program inside."""

    code = "upload-macro"
    message = Bilingual("Tài liệu có chứa macro.", "The document contains macros.")
    advice = Bilingual(
        "Lưu lại thành PDF, hoặc thành .docx/.xlsx không có macro.",
        "Save it as PDF, or as .docx/.xlsx without macros.",
    )


class ActivePdf(UploadRefused):
    """A PDF that runs scripts, starts programs or changes itself."""

    code = "upload-active-pdf"
    message = Bilingual(
        "Tệp PDF có mã lệnh hoặc nội dung tự chạy.", "The PDF holds scripts or content that runs."
    )
    advice = Bilingual(
        "In tệp ra PDF mới (chọn “Lưu thành PDF” khi in) rồi tải lên lại.",
        "Print it to a new PDF (“Save as PDF” when printing) and upload that.",
    )


class DangerousInside(UploadRefused):
    """An archive with programs or further archives inside."""

    code = "upload-dangerous-inside"
    message = Bilingual(
        "Tệp nén chứa chương trình hoặc tệp nén khác.",
        "The archive holds programs or further archives.",
    )
    advice = Bilingual(
        "Chỉ nén tài liệu và ảnh, hoặc tải từng tài liệu lên riêng.",
        "Pack only documents and pictures, or upload each document by itself.",
    )


class DamagedFile(UploadRefused):
    """Broken or cut short."""

    code = "upload-damaged"
    message = Bilingual(
        "Tệp bị hỏng hoặc tải lên chưa trọn vẹn.", "The file is damaged or arrived incomplete."
    )
    advice = Bilingual(
        "Mở thử tệp trên máy của bạn; nếu mở được, hãy tải lên lại.",
        "Try to open it on your device; if that works, upload it again.",
    )


class PictureTooLarge(UploadRefused):
    """More pixels than can be shown safely."""

    code = "upload-picture-too-large"
    message = Bilingual(
        "Ảnh có quá nhiều điểm ảnh (tối đa {megapixels} triệu).",
        "The picture has too many pixels (at most {megapixels} million).",
    )
    advice = Bilingual(
        "Chụp lại ở chế độ thường hoặc thu nhỏ ảnh.",
        "Take it again in normal mode or make it smaller.",
    )


class InfectedFile(UploadRefused):
    """The virus scanner found something."""

    code = "upload-infected"
    message = Bilingual("Tệp bị nhiễm mã độc ({signature}).", "The file is infected ({signature}).")
    advice = Bilingual(
        "Quét mã độc trên máy của bạn rồi tạo lại tệp; không gửi tệp này cho ai.",
        "Scan your device, then make the file anew; do not send this one to anybody.",
    )


class StoreUnavailable(UploadRefused):
    """The disk is full or may not be written; nothing of the file was kept."""

    code = "upload-store-unavailable"
    status = 503
    message = Bilingual(
        "Kho tệp hiện không ghi được nên tệp chưa được lưu.",
        "The file store cannot be written just now, so the file was not saved.",
    )
    advice = Bilingual(
        "Những gì đã điền vẫn còn; hãy tải tệp lên lại sau ít phút.",
        "What you filled in is kept; upload the file again in a few minutes.",
    )


class NotScannedYet(DomainError):
    """Waiting for the virus scanner; only its sender may open it until then."""

    code = "file-not-scanned-yet"
    status = 409
    message = Bilingual("Tệp đang chờ quét mã độc.", "The file is waiting for its virus scan.")
    advice = Bilingual("Thử lại sau ít phút.", "Try again in a few minutes.")


class FileMissing(DomainError):
    """The record is there but its bytes are not: a fault of storage, never of the reader."""

    code = "file-missing"
    status = 503
    message = Bilingual(
        "Kho tệp đang không đọc được tệp này.", "The file store cannot read this file just now."
    )
    advice = Bilingual(
        "Thử lại sau; nếu vẫn lỗi, báo quản trị hệ thống.",
        "Try again later; if it goes on, tell the administrator.",
    )
