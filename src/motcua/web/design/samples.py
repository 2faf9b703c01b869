"""What the living page shows: plain data for every component and state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from motcua.foundation import timesource


def samples() -> dict[str, Any]:
    """The data of the samples, in the reader's language."""
    now = timesource.now()
    return {
        "has_aside": True,
        **_signals(),
        "clocks": _clocks(),
        "clock_lines": _clock_lines(),
        "due": now + timedelta(days=4),
        "timeline": _timeline(now),
        "step_titles": [
            _("Người được khai sinh"),
            _("Cha mẹ"),
            _("Giấy tờ"),
            _("Xem lại"),
            _("Nộp"),
        ],
        **_choices(),
        "errors": [
            ("id_phone-bad", _("Nhập số điện thoại có 10 chữ số.")),
            ("id_born-bad", _("Ngày sinh không được sau hôm nay.")),
        ],
        "facts": [
            (_("Thời hạn"), _("Trong ngày")),
            (_("Lệ phí"), "0\u00a0đ"),
            (_("Nơi giải quyết"), _("UBND phường")),
        ],
        "answers": [
            (_("Họ và tên"), "Nguyễn Thị Hoa", "#"),
            (_("Ngày sinh"), "03/11/2026", "#"),
            (_("Nơi cư trú"), "12 Nguyễn Trãi, Phường Chợ Quán", "#"),
        ],
        "rows": _rows(),
        "uploaded": [
            {"name": "giay-chung-sinh.pdf", "size_text": "312 kB", "url": "#", "remove_url": "#"}
        ],
        "tab_items": [
            ("all", _("Tất cả"), "#", 48),
            ("mine", _("Của tôi"), "#", 12),
            ("late", _("Quá hạn"), "#", 3),
        ],
        "alphabet": "Ằ Ẳ Ẵ Ắ Ặ Ầ Ẩ Ẫ Ấ Ậ Ề Ể Ễ Ế Ệ Ồ Ổ Ỗ Ố Ộ Ờ Ở Ỡ Ớ Ợ Ừ Ử Ữ Ứ Ự Ỳ Ỷ Ỹ Ý Ỵ Đ đ ₫",
    }


def _signals() -> dict[str, Any]:
    """Buttons, tags and notices in each of their kinds."""
    return {
        "button_kinds": [
            ("primary", _("Nộp hồ sơ")),
            ("turn", _("Bổ sung ngay")),
            ("secondary", _("Lưu nháp")),
            ("quiet", _("Để sau")),
            ("danger", _("Rút hồ sơ")),
        ],
        "tones": [
            ("neutral", _("Bản nháp"), "file-text"),
            ("info", _("Đang xử lý"), "loader"),
            ("success", _("Đã có kết quả"), "circle-check"),
            ("warning", _("Chờ nộp phí"), "banknote"),
            ("danger", _("Từ chối"), "circle-x"),
            ("paused", _("Tạm dừng"), "circle-pause"),
            ("turn", _("Chờ bạn bổ sung"), "hand"),
        ],
        "notices": [
            ("info", _("Trung tâm nghỉ ngày 2 tháng 9; hồ sơ trực tuyến vẫn được nhận.")),
            ("success", _("Hồ sơ đã được tiếp nhận.")),
            ("warning", _("Bản nháp sẽ bị xoá sau 3 ngày nữa.")),
            (
                "danger",
                _("Tệp này có mật khẩu nên cán bộ không mở được. Hãy bỏ mật khẩu rồi tải lại."),
            ),
            ("turn", _("Cần bạn bổ sung giấy chứng sinh trước 17:00 ngày 25/11/2026.")),
        ],
    }


def _choices() -> dict[str, Any]:
    """What radio buttons, check boxes and selects offer."""
    return {
        "radio_options": [
            ("online", _("Nhận bản điện tử"), _("Có giá trị như bản giấy.")),
            ("counter", _("Nhận tại quầy"), ""),
            ("post", _("Nhận qua bưu chính"), _("Bạn trả cước khi nhận.")),
        ],
        "check_options": [("zalo", "Zalo"), ("sms", "SMS"), ("mail", "Email")],
        "ward_options": [
            ("1", "Phường Sài Gòn"),
            ("2", "Phường Bến Thành"),
            ("3", "Phường Chợ Lớn"),
        ],
    }


def _clocks() -> list[tuple[str, str]]:
    return [
        ("on_time", _("còn 4 ngày làm việc")),
        ("near", _("còn 5 giờ làm việc")),
        ("late", _("chậm 2 ngày làm việc")),
        ("paused", _("chờ bổ sung")),
        ("done", _("trước hạn 1 ngày")),
        ("none", ""),
    ]


def _clock_lines() -> list[dict[str, str]]:
    return [
        {
            "from": "16/11/2026 15:20",
            "to": "17/11/2026 07:30",
            "counted": _("không tính"),
            "why": _("Nộp sau 15 giờ nên tính từ ngày làm việc sau"),
        },
        {
            "from": "17/11/2026 07:30",
            "to": "19/11/2026 09:00",
            "counted": _("2 ngày làm việc"),
            "why": _("Đang xử lý"),
        },
        {
            "from": "19/11/2026 09:00",
            "to": "20/11/2026 14:00",
            "counted": _("không tính"),
            "why": _("Chờ người nộp bổ sung giấy tờ"),
        },
    ]


def _timeline(now: Any) -> list[dict[str, Any]]:
    return [
        {
            "title": _("Trả kết quả"),
            "state": "future",
            "text": _("Bạn nhận bản điện tử và bản giấy."),
        },
        {
            "title": _("Cần bạn bổ sung 1 giấy tờ"),
            "state": "turn",
            "at": now - timedelta(hours=2),
            "who": _("Trần Văn Bình, công chức tư pháp – hộ tịch"),
            "text": _("Ảnh giấy chứng sinh bị mờ ở phần ngày giờ sinh."),
            "links": [(_("Bổ sung ngay"), "#")],
        },
        {
            "title": _("Đang thẩm tra"),
            "state": "current",
            "at": now - timedelta(days=1),
            "who": _("Bộ phận tư pháp"),
        },
        {
            "title": _("Đã tiếp nhận"),
            "state": "done",
            "at": now - timedelta(days=3),
            "who": _("Lê Thị Mai, bộ phận tiếp nhận"),
        },
    ]


def _rows() -> list[dict[str, Any]]:
    names = ("Nguyễn Thị Hoa", "Trần Quốc Đạt", "Hộ kinh doanh Cơm tấm Ba Ghiền", "Phạm Ngọc Ánh")
    titles = (
        _("Đăng ký khai sinh"),
        _("Xác nhận tình trạng hôn nhân"),
        _("Đăng ký hộ kinh doanh"),
        _("Cấp giấy phép xây dựng nhà ở riêng lẻ"),
    )
    clocks = (
        ("late", _("chậm 2 ngày làm việc")),
        ("near", _("còn 5 giờ làm việc")),
        ("on_time", _("còn 4 ngày làm việc")),
        ("paused", _("chờ bổ sung")),
    )
    return [
        {
            "code": f"H29.26.{number:03}-261119-{number:04}",
            "who": who,
            "title": title,
            "clock": clock,
            "left": left,
            "fee": fee,
        }
        for number, (who, title, (clock, left), fee) in enumerate(
            zip(names, titles, clocks, (0, 8000, 100000, 75000), strict=True), 1
        )
    ]
