"""The refusals a person can meet when a document is issued or checked."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, DomainError, InvalidInput, NotPossibleNow


class FontsMissing(DomainError):
    """The print fonts were not installed with the front-end packages."""

    code = "issuing.fonts-missing"
    status = 500
    message = Bilingual(
        "Chưa cài phông chữ in văn bản.", "The fonts for printed documents are not installed."
    )
    advice = Bilingual(
        "Quản trị viên chạy `make assets` hoặc đặt MOTCUA_PRINT_FONTS_DIR.",
        "The administrator runs `make assets` or sets MOTCUA_PRINT_FONTS_DIR.",
    )


class UnknownTemplate(DomainError):
    """No template of that name."""

    code = "issuing.unknown-template"
    status = 404
    message = Bilingual("Không có mẫu văn bản {template}.", "There is no template {template}.")
    advice = Bilingual(
        "Chọn một mẫu trong danh mục mẫu văn bản.", "Choose one from the list of templates."
    )


class TemplateDataMissing(InvalidInput):
    """A template was given data without something it must print."""

    code = "issuing.template-data-missing"


class RenderingFailed(DomainError):
    """The layout engine refused the template or its data."""

    code = "issuing.rendering-failed"
    status = 500
    message = Bilingual("Không dựng được văn bản {template}.", "Could not lay out {template}.")
    advice = Bilingual(
        "Báo quản trị viên kèm tên mẫu; dữ liệu hồ sơ vẫn được giữ.",
        "Tell the administrator the template's name; the case data are kept.",
    )


class RegisterClosed(NotPossibleNow):
    """The register of that year was closed; no number may be taken from it."""

    code = "issuing.register-closed"
    message = Bilingual(
        "Sổ {register} năm {year} đã khóa.", "Register {register} of {year} is closed."
    )
    advice = Bilingual("Dùng sổ của năm hiện hành.", "Use the register of the current year.")


class KeyUnusable(NotPossibleNow):
    """The signing key is absent, expired, not the signer's, or its device does not answer."""

    code = "issuing.key-unusable"
    message = Bilingual(
        "Không dùng được khóa ký số: {reason}", "The signing key is unusable: {reason}"
    )
    advice = Bilingual(
        "Kiểm tra chứng thư số, thiết bị và mật khẩu khóa.",
        "Check the certificate, the device and its passphrase.",
    )


class TimestampUnavailable(DomainError):
    """The timestamp authority did not answer as RFC 3161 asks."""

    code = "issuing.timestamp-unavailable"
    status = 503
    message = Bilingual(
        "Máy chủ cấp dấu thời gian không trả lời.", "The timestamp authority does not answer."
    )
    advice = Bilingual("Ký lại sau ít phút.", "Sign again in a few minutes.")


class DocumentStateError(NotPossibleNow):
    """The document is not in the state that the act needs."""

    code = "issuing.document-state"
    message = Bilingual(
        "Văn bản đang ở trạng thái «{state}» nên chưa làm được việc này.",
        "The document is {state}, so this cannot be done.",
    )
    advice = Bilingual(
        "Trình tự là: dự thảo, ký số, đóng dấu phát hành.", "The order is: draft, sign, seal."
    )
