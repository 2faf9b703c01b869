"""Why something needs a person, and what kinds of things there are, in words."""

from __future__ import annotations

from typing import Final

from motcua.foundation.errors import Bilingual

KIND_NAMES: Final = {
    "code": Bilingual("Mã thủ tục", "Code"),
    "field": Bilingual("Lĩnh vực", "Field"),
    "level": Bilingual("Cấp thực hiện", "Level"),
    "agency": Bilingual("Cơ quan", "Agencies"),
    "subject": Bilingual("Đối tượng thực hiện", "Who may apply"),
    "channel": Bilingual("Cách thức nộp", "Ways to file"),
    "limit": Bilingual("Thời hạn", "Time limits"),
    "fee": Bilingual("Phí, lệ phí", "Fees"),
    "paper": Bilingual("Thành phần hồ sơ", "Papers"),
    "form": Bilingual("Mẫu đơn, tờ khai", "Forms"),
    "result": Bilingual("Kết quả", "Results"),
    "law": Bilingual("Căn cứ pháp lý", "Legal bases"),
    "step": Bilingual("Trình tự thực hiện", "Steps"),
    "other": Bilingual("Khác", "Other"),
}

REASONS: Final = {
    "not_stated": Bilingual("Nguồn không nói.", "The source is silent."),
    "no_unit": Bilingual("Có số, không có đơn vị thời gian.", "A number without a unit of time."),
    "run_together": Bilingual(
        "Các ô dính liền nhau, không biết chắc cắt ở đâu.",
        "Cells have run together; where to cut is not certain.",
    ),
    "in_words": Bilingual("Viết bằng lời, chưa đọc được.", "Written in words, not read."),
    "zero_limit": Bilingual("Thời hạn bằng 0.", "A limit of zero."),
    "fraction": Bilingual("Thời hạn lẻ, cần đổi ra giờ.", "A part of a unit; say it in hours."),
    "contradicted": Bilingual(
        "Lời mô tả nêu thời hạn khác.", "The description names other time limits."
    ),
    "twice": Bilingual(
        "Một hình thức nộp có hai dòng khác nhau: có nhiều trường hợp.",
        "One way to file has two different rows: there are several cases.",
    ),
    "free_but": Bilingual(
        "Ghi miễn phí nhưng lời kèm theo nói khác.", "Said to be free, but the words beside differ."
    ),
    "implausible": Bilingual(
        "Số tiền quá nhỏ, có thể thiếu số không.", "An amount too small; zeros may be missing."
    ),
    "conditions": Bilingual(
        "Mức thu đi kèm điều kiện viết bằng lời.", "The amount comes with conditions in words."
    ),
    "several": Bilingual(
        "Nhiều mức thu, không rõ mức nào cho trường hợp nào.",
        "Several amounts; which holds when is not said.",
    ),
    "in_description": Bilingual(
        "Cột phí để trống, lời mô tả có nói đến tiền.",
        "The fee column is empty, the description speaks of money.",
    ),
    "zero_count": Bilingual(
        "Không bản chính, không bản sao: có thể là lời dặn hoặc giấy chỉ xuất trình.",
        "No original and no copy: perhaps a remark, or a paper only to be shown.",
    ),
    "no_name": Bilingual("Không có tên.", "No name."),
    "no_code": Bilingual("Không có mã kết quả hợp lệ.", "No valid result code."),
    "after_table": Bilingual("Chữ thừa sau bảng.", "Words after the table."),
    "not_a_row": Bilingual("Không theo dạng bảng đã biết.", "Not a table of a known form."),
    "unknown_word": Bilingual("Từ chưa biết.", "A word not known."),
    "unknown_key": Bilingual("Trường chưa biết.", "A field not known."),
    "abolished": Bilingual(
        "Cấp huyện đã bỏ từ 01/07/2025.", "The district level ended on 1 July 2025."
    ),
    "province": Bilingual(
        "Do một tỉnh công bố; chưa biết tỉnh nào.", "Published by a province; which is not said."
    ),
    "unclear_list": Bilingual(
        "Không rõ dấu phẩy ngăn các cơ quan hay ở trong tên.",
        "It is not clear whether a comma parts agencies or stands in a name.",
    ),
}

BROKEN: Final = {
    "empty": Bilingual("Tệp rỗng.", "The file is empty."),
    "not_json": Bilingual("Không phải JSON.", "Not JSON."),
    "not_utf8": Bilingual("Không phải UTF-8.", "Not UTF-8."),
    "broken_gzip": Bilingual("Tệp nén bị hỏng.", "The compressed file is damaged."),
    "too_large": Bilingual("Tệp quá lớn.", "The file is too large."),
    "too_long": Bilingual("Dòng quá dài.", "The line is too long."),
    "list_breaks_off": Bilingual(
        "Danh sách hỏng từ chỗ này; phần sau chưa đọc.",
        "The list is broken from here on; the rest was not read.",
    ),
    "not_an_object": Bilingual("Không phải một bản ghi.", "Not a record."),
    "not_a_record": Bilingual("Không có mã và tên thủ tục.", "Neither a code nor a name."),
    "repeated": Bilingual(
        "Mã này đã có ở dòng trước của lần nhập; dòng này bị bỏ qua.",
        "This code came in an earlier line of this import; the line was left out.",
    ),
}
