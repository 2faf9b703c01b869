"""What is refused in this slice, and what to do about it."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, Conflict


class ScanSigned(Conflict):
    """The paper was signed already; it cannot be changed."""

    code = "papers.scan-signed"
    message = Bilingual("Giấy tờ này đã được ký số.", "This paper is signed already.")
    advice = Bilingual(
        "Muốn sửa, hãy bỏ tệp đã ký khỏi hồ sơ rồi số hóa lại.",
        "To change it, take the signed file out of the dossier and digitise again.",
    )
