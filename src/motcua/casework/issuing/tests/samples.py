"""Plausible data for every template; invented people."""

from __future__ import annotations

from typing import Any

from motcua.casework.issuing.qr import qr_svg

OWNER = {
    "name": "Nguyễn Thị Thanh Thảo",
    "identity": "079190000001",
    "phone": "0900 000 001",
    "address": "12 Lê Lợi, phường Bến Thành",
    "email": "thao@vi-du.test",
}
FRAME: dict[str, Any] = {
    "superior": "Ủy ban nhân dân Thành phố Hồ Chí Minh",
    "agency": "Ủy ban nhân dân phường Bến Thành",
    "number": "07",
    "notation": "TNHS",
    "place": "Bến Thành",
    "date": "2026-02-03",
    "signer": {
        "lines": ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"],
        "name": "Trần Quốc Vượng",
    },
    "recipients": ["Như trên;", "Sở Tư pháp;", "Lưu: VT, TP."],
    "code": "7KQM-2XRD-9HTA",
    "qr": qr_svg("http://127.0.0.1:8000/verify/7KQM-2XRD-9HTA"),
    "verify_at": "127.0.0.1:8000/verify",
    "demo": True,
}
SLIP = {
    **FRAME,
    "dossier_code": "H29.12.34-260203-0007",
    "procedure": "Đăng ký khai sinh",
    "counter": "Trung tâm Phục vụ hành chính công phường Bến Thành",
    "owner": OWNER,
    "received_at": "2026-02-03T09:15",
    "due_at": "2026-02-04T17:00",
    "contact": "Lê Văn Ký",
    "phone": "028 0000 0000",
    "lookup": "http://127.0.0.1:8000/tra-cuu",
}
_MOTHER = {
    "name": "Phạm Thị Ngọc Ưng",
    "born": "1995",
    "ethnicity": "Kinh",
    "nationality": "Việt Nam",
    "residence": "34 Nguyễn Huệ, phường Sài Gòn",
}

SAMPLES: dict[str, dict[str, Any]] = {
    "forms/01": {
        **SLIP,
        "submitter": OWNER,
        "channel": "Trực tuyến",
        "sets": 1,
        "limit": "Trong ngày",
        "fee": "0 đ",
        "result_place": "Trực tuyến",
        "papers": [
            {"name": "Tờ khai đăng ký khai sinh", "electronic": 1},
            {"name": "Giấy chứng sinh", "original": 1},
        ],
    },
    "forms/02": {
        **SLIP,
        "problems": [
            {"name": "Giấy chứng sinh", "reason": "Ảnh mờ, không đọc được số; đề nghị chụp lại."}
        ],
    },
    "forms/03": {
        **SLIP,
        "reason": "Không thuộc thẩm quyền.",
        "basis": "Luật Hộ tịch 2014, Điều 13",
        "next_step": "Nộp tại Ủy ban nhân dân phường nơi cư trú.",
    },
    "forms/04": {**SLIP, "reason": "Chờ kết quả xác minh.", "new_due_at": "2026-02-06T17:00"},
    "forms/05": {
        **SLIP,
        "reason": "Người nộp rút hồ sơ.",
        "stopped_at": "2026-02-04T08:00",
        "returned": ["Giấy chứng sinh (bản chính)"],
    },
    "forms/06": {
        **SLIP,
        "lead": "Phòng Tư pháp",
        "coordinating": ["Công an phường"],
        "steps": [
            {
                "unit": "Tiếp nhận",
                "giver": "Người dân",
                "receiver": "Lê Văn Ký",
                "at": "2026-02-03T09:15",
                "result": "Đúng hạn",
            }
        ],
    },
    "forms/07": {
        **SLIP,
        "year": 2026,
        "opened_on": "2026-01-02",
        "rows": [
            {
                "order": 1,
                "dossier_code": "H29.12.34-260203-0007",
                "procedure": "Đăng ký khai sinh",
                "owner": "Nguyễn Thị Thanh Thảo",
                "agency": "UBND phường",
                "received_on": "2026-02-03",
                "due_on": "2026-02-04",
                "method": "Trực tuyến",
            }
        ]
        * 40,
    },
    "results/birth-extract": {
        **FRAME,
        "notation": "TLKS",
        "registered_at": "UBND phường Bến Thành",
        "entry": "07/2026",
        "registered_on": "2026-02-03",
        "child": {
            "name": "Nguyễn Phạm Gia Hưng",
            "born": "2026-01-28",
            "born_words": "Ngày hai mươi tám tháng Một năm 2026",
            "sex": "Nam",
            "ethnicity": "Kinh",
            "nationality": "Việt Nam",
            "birthplace": "Bệnh viện Từ Dũ",
            "hometown": "Cần Thơ",
            "identity": "079226000001",
        },
        "mother": _MOTHER,
        "father": {**_MOTHER, "name": "Nguyễn Hữu Đức"},
    },
    "results/marital-status": {
        **FRAME,
        "requester": OWNER["name"],
        "status": "Chưa đăng ký kết hôn với ai",
        "purpose": "làm thủ tục đăng ký kết hôn",
        "valid_until": "2026-08-03",
        "person": {**_MOTHER, "born": "1995-05-17", "sex": "Nữ", "identity": "CCCD 079190000001"},
    },
    "results/household-business": {
        **FRAME,
        "business_code": "079190000001-001",
        "first_registered_on": "2026-02-03",
        "business_name": "Quán Bún Ngự Viên",
        "address": "12 Lê Lợi",
        "capital": "150.000.000 đồng",
        "activities": [{"name": "Nhà hàng, quán ăn", "code": "56101"}],
        "owner": {**OWNER, "born": "1990-03-08", "sex": "Nữ", "nationality": "Việt Nam"},
    },
    "results/building-permit": {
        **FRAME,
        "owner": OWNER["name"],
        "owner_address": OWNER["address"],
        "work": "Nhà ở riêng lẻ",
        "valid_for": "12 tháng",
        "land_right": "Giấy chứng nhận số CX 000001",
        "site": {
            "parcel": "Thửa 12, tờ 34",
            "address": "12 Lê Lợi",
            "footprint": "64,0 m²",
            "floor_area": "256,0 m²",
            "storeys": "4 tầng",
            "height": "15,6 m",
            "ground_level": "+0,15 m",
            "building_line": "trùng lộ giới",
        },
        "duties": ["Thông báo ngày khởi công trước 03 ngày làm việc."],
    },
    "results/social-pension": {
        **FRAME,
        "authority": "Chủ tịch Ủy ban nhân dân phường Bến Thành",
        "grounds": [
            "Căn cứ Luật Tổ chức chính quyền địa phương;",
            "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội",
        ],
        "person": {
            "name": "Võ Văn Mười",
            "born": "1950-01-02",
            "identity": "079050000001",
            "residence": "phường Bến Thành",
        },
        "amount": "500.000 đồng",
        "amount_words": "năm trăm nghìn đồng",
        "from_month": "tháng 02 năm 2026",
        "executors": "Phòng Văn hóa - Xã hội và Ông Võ Văn Mười",
    },
    "results/civil-extract": {
        **FRAME,
        "title": "Trích lục khai tử",
        "copy": "x",
        "registered_at": "UBND phường Bến Thành",
        "registered_on": "2026-02-03",
        "entry": "07/2026",
        "sections": [
            {"rows": [{"label": "Họ, chữ đệm, tên", "value": "Võ Văn Mười"}]},
            {
                "heading": "Nội dung",
                "rows": [
                    {"label": "Đã chết ngày", "value": "01/02/2026"},
                    {"label": "Lúc", "value": ""},
                ],
            },
        ],
    },
    "results/marriage-certificate": {
        **FRAME,
        "husband": {**_MOTHER, "name": "Nguyễn Hữu Đức", "born": "1992-09-03"},
        "wife": {**_MOTHER, "born": "1995-05-17", "identity": "079195000001"},
        "registered_at": "UBND phường Bến Thành",
        "registered_on": "2026-02-03",
    },
    "results/certificate": {
        **FRAME,
        "title": "Giấy phép",
        "subtitle": "Sử dụng tạm thời lòng đường, vỉa hè vào mục đích khác",
        "rows": [
            {"label": "Cấp cho", "value": OWNER["name"]},
            {"label": "Tổ chức", "value": ""},
            {"label": "Vị trí", "value": "Trước nhà 12 Lê Lợi, phường Bến Thành"},
        ],
        "notes": ["Người được cấp phép giữ trật tự, vệ sinh."],
    },
    "results/decision": {
        **FRAME,
        "authority": "Chủ tịch Ủy ban nhân dân phường Bến Thành",
        "subject": "Về việc trợ cấp xã hội hằng tháng",
        "grounds": ["Căn cứ Nghị định số 20/2021/NĐ-CP;", "Xét hồ sơ số H29.1."],
        "articles": ["Trợ cấp cho Ông Võ Văn Mười.", "Quyết định có hiệu lực từ ngày ký."],
    },
    "results/letter": {
        **FRAME,
        "notation": "UBND-TP",
        "subject": "phối hợp xác minh nơi cư trú",
        "addressees": ["Công an phường Bến Thành"],
        "paragraphs": ["Đề nghị quý cơ quan xác minh nơi cư trú của Ông Võ Văn Mười."],
    },
}
