"""A small city of procedures and dossiers to search in."""

from __future__ import annotations

from motcua.casework.search.public import Entry

PROCEDURES = {
    "khai-sinh": "Thủ tục đăng ký khai sinh",
    "khai-sinh-lai": "Thủ tục đăng ký lại khai sinh",
    "khai-sinh-nuoc-ngoai": "Thủ tục đăng ký khai sinh có yếu tố nước ngoài",
    "khai-tu": "Thủ tục đăng ký khai tử",
    "ket-hon": "Thủ tục đăng ký kết hôn",
    "ket-hon-lai": "Thủ tục đăng ký lại kết hôn",
    "hon-nhan": "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân",
    "giam-ho": "Thủ tục đăng ký giám hộ",
    "con-nuoi": "Đăng ký việc nuôi con nuôi trong nước",
    "cai-chinh": "Thay đổi, cải chính, bổ sung thông tin hộ tịch",
    "trich-luc": "Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh",
    "chung-thuc": "Chứng thực bản sao từ bản chính giấy tờ, văn bản",
    "chu-ky": "Chứng thực chữ ký trong các giấy tờ, văn bản",
    "ho-kinh-doanh": "Đăng ký thành lập hộ kinh doanh",
    "ho-kinh-doanh-doi": "Đăng ký thay đổi nội dung đăng ký hộ kinh doanh",
    "ho-kinh-doanh-ngung": "Tạm ngừng kinh doanh hộ kinh doanh",
    "nha-o": "Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ",
    "sua-nha": "Cấp giấy phép sửa chữa, cải tạo nhà ở riêng lẻ",
    "tro-cap": "Hỗ trợ trợ cấp hưu trí xã hội hằng tháng",
    "khuyet-tat": "Xác định, xác định lại mức độ khuyết tật và cấp Giấy xác nhận khuyết tật",
    "bao-tro": "Trợ cấp xã hội hằng tháng cho đối tượng bảo trợ xã hội",
    "mai-tang": "Hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội",
    "dat-dai": "Đăng ký biến động quyền sử dụng đất",
    "tach-thua": "Tách thửa hoặc hợp thửa đất",
    "hoc-ba": "Chuyển trường đối với học sinh trung học cơ sở",
    "karaoke": "Cấp giấy phép đủ điều kiện kinh doanh dịch vụ karaoke",
    "ruou": "Cấp giấy phép bán lẻ rượu",
    "y-te": "Cấp giấy phép hoạt động cơ sở khám bệnh, chữa bệnh y tế tư nhân",
    "ky-tuc": "Hỗ trợ học sinh ở ký túc xá",
    "hoa-giai": "Công nhận hòa giải viên ở cơ sở",
    "thuy-loi": "Cấp giấy phép hoạt động trong phạm vi bảo vệ công trình thủy lợi",
    "cho": "Bố trí điểm kinh doanh tại chợ",
}
BODIES = {
    "khai-sinh": "Làm giấy khai sinh cho con mới sinh; giấy chứng sinh; cha mẹ có kết hôn",
    "ho-kinh-doanh": "Mở cửa hàng, quán ăn, tiệm tạp hóa; giấy phép kinh doanh hộ gia đình",
    "nha-o": "Xây nhà mới; bản vẽ thiết kế; giấy chứng nhận quyền sử dụng đất (sổ đỏ)",
    "tro-cap": "Người cao tuổi từ 75 tuổi không có lương hưu",
}
DOSSIERS = [
    ("1", "H29.193-261120-0001", "Nguyễn Văn Ân", ("a:1", "p:1", "city")),
    ("2", "H29.193-261120-0002", "Nguyễn Văn An", ("a:1", "p:2", "city")),
    ("3", "H29.193-261121-0001", "Trần Thị Quý", ("a:1", "a:2", "p:3", "city")),
    ("4", "H29.193-261121-0002", "Trần Thị Quí", ("a:2", "p:4", "city")),
    ("5", "H29.26734-261121-0003", "Đặng Thuỳ Dương", ("a:2", "p:5", "city")),
    ("6", "H29.26734-261122-0009", "Lê Hoàng Mỹ", ("a:3", "p:6", "city")),
]


def entries() -> list[Entry]:
    return [
        *(
            Entry("procedure", key, title, BODIES.get(key, ""), ("public",), {"key": key})
            for key, title in PROCEDURES.items()
        ),
        *(
            Entry("dossier", key, f"{code} {name}", "Đăng ký khai sinh", viewers)
            for key, code, name, viewers in DOSSIERS
        ),
    ]
