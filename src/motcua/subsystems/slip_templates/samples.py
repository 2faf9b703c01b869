"""Invented data for the picture of a slip. Marked as a draft: it is never a paper."""

from __future__ import annotations

from typing import Any

_PERSON = {
    "name": "Nguyễn Thị Thanh Thảo",
    "identity": "079190000001",
    "phone": "0900 000 001",
    "address": "12 Lê Lợi, phường Bến Thành",
    "email": "thao@vi-du.test",
}
_FRAME: dict[str, Any] = {
    "superior": "Uỷ ban nhân dân phường Bến Thành",
    "agency": "Trung tâm Phục vụ hành chính công phường Bến Thành",
    "number": "07",
    "notation": "TNHS",
    "place": "Bến Thành",
    "signer": {"lines": ["Cán bộ tiếp nhận"], "name": "Lê Văn Ký"},
    "code": "7KQM-2XRD-9HTA",
    "verify_at": "vi-du.test/verify",
    "draft": True,
}
_DOSSIER: dict[str, Any] = {
    **_FRAME,
    "dossier_code": "H29.12.34-260203-0007",
    "procedure": "Đăng ký khai sinh",
    "counter": "Trung tâm Phục vụ hành chính công phường Bến Thành",
    "owner": _PERSON,
    "received_at": "2026-02-03T09:15",
    "due_at": "2026-02-04T17:00",
    "contact": "Lê Văn Ký",
    "phone": "028 0000 0000",
    "lookup": "https://vi-du.test/tra-cuu/H29.12.34-260203-0007",
}
_STEP = {
    "unit": "Tiếp nhận", "giver": "Người dân", "receiver": "Lê Văn Ký",
    "at": "2026-02-03T09:15", "result": "Đúng hạn",
}  # fmt: skip
_ROW = {
    "order": 1, "dossier_code": "H29.12.34-260203-0007", "code": "H29.12.34-260203-0007",
    "procedure": "Đăng ký khai sinh", "owner": "Nguyễn Thị Thanh Thảo", "agency": "UBND phường",
    "received_on": "2026-02-03", "due_on": "2026-02-04", "method": "Trực tuyến",
}  # fmt: skip

_OWN: dict[str, dict[str, Any]] = {
    "01": {
        "submitter": _PERSON, "channel": "Trực tuyến", "sets": 1, "limit": "Trong ngày",
        "fee": "0 đ", "result_place": "Trực tuyến",
        "papers": [
            {"name": "Tờ khai đăng ký khai sinh", "electronic": 1},
            {"name": "Giấy chứng sinh", "original": 1},
        ],
    },
    "02": {
        "problems": [
            {"name": "Giấy chứng sinh", "reason": "Ảnh mờ, không đọc được số; đề nghị chụp lại."}
        ]
    },
    "03": {
        "reason": "Không thuộc thẩm quyền.", "basis": "Luật Hộ tịch 2014, Điều 13",
        "next_step": "Nộp tại Uỷ ban nhân dân phường nơi cư trú.",
    },
    "04": {"reason": "Chờ kết quả xác minh.", "new_due_at": "2026-02-06T17:00", "sequence": 1},
    "05": {"reason": "Người nộp rút hồ sơ.", "stopped_at": "2026-02-04T08:00"},
    "06": {"lead": "Phòng Tư pháp", "steps": [_STEP]},
    "07": {"year": 2026, "opened_on": "2026-01-02", "rows": [_ROW] * 3},
    "giao-nhan": {
        "heading": "Phiếu giao nhận hồ sơ", "giver": "Lê Văn Ký", "receiver": "Phòng Tư pháp",
        "at": "2026-02-03T16:30", "rows": [_ROW] * 3,
    },
    "bien-lai": {
        "receipt": "000007/2026", "payer": "Nguyễn Thị Thanh Thảo", "method": "VietQR",
        "at": "2026-02-03T09:20", "total": "8.000 đ",
        "lines": [{"name": "Lệ phí", "amount": "8.000 đ", "why": "Theo biểu mức thu"}],
    },
}  # fmt: skip


def sample_of(slug: str) -> dict[str, Any]:
    """Plausible data of a slip; invented people."""
    return {**_DOSSIER, **_OWN[slug]}
