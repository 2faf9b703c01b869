"""Which facts of a package are edited on which page, and how each is asked. Data, no logic.

The keys are those of the package format; hints say what the law means by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from motcua.foundation.errors import Bilingual

Kind = Literal[
    "line", "id", "long", "text", "int", "money", "bool", "date", "select", "checks",
    "words", "cel", "need", "cite", "data", "options",
]  # fmt: skip
Empty = Literal["refused", "drop", "null", "blank"]
Choice = tuple[str, Bilingual]


def _t(vi: str, en: str) -> Bilingual:
    return Bilingual(vi, en)


@dataclass(frozen=True, slots=True)
class Spec:
    """One question. ``empty``: what an empty answer becomes, or that it is refused.

    ``choices`` are fixed; ``source`` names a list that depends on the draft (``cases``,
    ``fees``, ``form_fields``, ``fields``, ``life_events``, ``layouts``, ``channels``).
    """

    key: str
    kind: Kind
    label: Bilingual
    hint: Bilingual | None = None
    empty: Empty = "refused"
    choices: tuple[Choice, ...] = ()
    source: str = ""

    @property
    def name(self) -> str:
        """The name of the control in HTML."""
        return self.key.replace("/", ".")


@dataclass(frozen=True, slots=True)
class Section:
    """One page: either one set of facts, or rows of them (``rows`` names the list)."""

    key: str
    title: Bilingual
    lead: Bilingual
    specs: tuple[Spec, ...]
    rows: str = ""
    shown: tuple[str, ...] = ()
    """For rows: the keys that stand in the table; the first names the row."""


CHANNELS: Final[tuple[Choice, ...]] = (
    ("online", _t("Trực tuyến", "Online")),
    ("counter", _t("Tại quầy", "At the counter")),
    ("post", _t("Bưu chính", "By post")),
)
ANY: Final[Choice] = ("*", _t("Mọi trường hợp", "Any"))
UNITS: Final[tuple[Choice, ...]] = (
    ("same_day", _t("trong ngày", "the same day")),
    ("hour", _t("giờ (cả ngày đêm)", "hours (round the clock)")),
    ("working_hour", _t("giờ làm việc", "working hours")),
    ("working_day", _t("ngày làm việc", "working days")),
    ("calendar_day", _t("ngày", "calendar days")),
)
_CONFIRMED: Final = Spec(
    "confirmed", "bool", _t("Đã đối chiếu với văn bản", "Read in the text of the law"),
    _t("Bỏ trống: dùng làm mặc định, không nói với người dân như điều chắc chắn.",
       "Unticked: used as a default and never told to citizens as a fact."),
)  # fmt: skip
_CITE: Final = Spec(
    "legal_basis", "cite", _t("Căn cứ", "Legal basis"),
    _t("Một văn bản trong trang Căn cứ pháp lý, có thể thêm “, Điều …”.",
       "A document of the page Legal bases, alone or followed by “, Điều …”."),
)  # fmt: skip
_FROM: Final = Spec("valid_from", "date", _t("Hiệu lực từ ngày", "In force from"))
_TO: Final = Spec("valid_to", "date", _t("Đến hết ngày", "Last day"), empty="null")
_WHEN: Final = Spec(
    "when", "cel", _t("Điều kiện", "Condition"),
    _t("Biểu thức trên câu trả lời của tờ khai. Để trống: luôn luôn.",
       "An expression over the form's answers. Empty: always."), "blank",
)  # fmt: skip
_ID: Final = Spec(
    "id", "id", _t("Mã", "Id"),
    _t("Chữ thường a–z, số, gạch dưới; không đổi về sau.",
       "Lower-case letters, digits, underscores; stays the same for ever."),
)  # fmt: skip
_NAME: Final = Spec("name", "text", _t("Tên", "Name"))

GENERAL: Final = Section(
    "general",
    _t("Thông tin chung", "General facts"),
    _t("Tên, ai được làm, tìm bằng từ gì.", "Its name, who may apply, what people search by."),
    (
        Spec("code", "line", _t("Mã thủ tục quốc gia", "National code"),
             _t("Dạng 1.001193.", "Such as 1.001193.")),
        _NAME,
        Spec("who", "text", _t("Ai được thực hiện", "Who may apply")),
        Spec("field", "select", _t("Lĩnh vực", "Field"), source="fields"),
        Spec("decision", "line", _t("Quyết định công bố", "Decision that publishes it"),
             empty="blank"),
        Spec("keywords", "words", _t("Từ khoá", "Search words"),
             _t("Mỗi dòng một cụm từ, như người dân nói.", "One phrase a line, as people say it."),
             "blank"),
        Spec("life_events", "checks", _t("Sự kiện cuộc đời", "Life events"), empty="blank",
             source="life_events"),
        Spec("online_level", "select", _t("Mức trực tuyến", "Online level"), choices=(
            ("full", _t("Toàn trình", "Full")),
            ("partial", _t("Một phần", "Partial")),
            ("none", _t("Không", "None")),
        )),
        Spec("partial_reason", "text", _t("Vì sao chỉ một phần", "Why only in part"),
             empty="null"),
        Spec("channels", "checks", _t("Cách nộp", "Ways to file"), choices=CHANNELS),
    ),
)  # fmt: skip

BASES: Final = Section(
    "legal_bases",
    _t("Căn cứ pháp lý", "Legal bases"),
    _t("Mọi thời hạn, mức thu, giấy tờ phải dẫn một văn bản ở đây.",
       "Every limit, fee and paper must cite one of these documents."),
    (
        Spec("document", "line", _t("Số, ký hiệu văn bản", "Number of the document"),
             _t("Như “Nghị định 123/2015/NĐ-CP”.", "Such as “Nghị định 123/2015/NĐ-CP”.")),
        Spec("article", "line", _t("Điều, khoản", "Article"), empty="blank"),
        Spec("title", "text", _t("Tên văn bản", "Title")),
        Spec("url", "line", _t("Địa chỉ văn bản", "Address of the text"), empty="drop"),
        Spec("valid_from", "date", _t("Hiệu lực từ ngày", "In force from"), empty="drop"),
        _CONFIRMED,
    ),
    "legal_bases",
    ("document", "title", "confirmed"),
)  # fmt: skip

CASES: Final = Section(
    "cases",
    _t("Trường hợp", "Cases"),
    _t("Trường hợp đầu tiên thoả điều kiện được áp dụng; dòng cuối không có điều kiện.",
       "The first whose condition holds is taken; the last has none."),
    (_ID, _NAME, _WHEN, Spec("legal_basis", "cite", _t("Căn cứ", "Legal basis"), empty="drop")),
    "cases",
    ("name", "when"),
)  # fmt: skip

PAPERS: Final = Section(
    "components",
    _t("Thành phần hồ sơ", "Papers"),
    _t("Giấy tờ phải nộp, số bản, trường hợp nào mới cần.",
       "What must be handed in, how many, and when."),
    (
        _ID,
        _NAME,
        Spec("required", "need", _t("Bắt buộc", "Required"), choices=(
            ("always", _t("Luôn phải nộp", "Always")),
            ("never", _t("Không bắt buộc", "Optional")),
            ("when", _t("Chỉ khi thoả điều kiện dưới đây; không thoả thì không hỏi",
                        "Only when the condition below holds; else it is not asked")),
        )),
        Spec("applies", "cel", _t("Chỉ hiện khi", "Shown only when"), empty="drop"),
        Spec("original", "int", _t("Số bản chính", "Originals")),
        Spec("copies", "int", _t("Số bản sao", "Copies")),
        Spec("e_form", "bool", _t("Chính tờ khai điện tử là giấy này",
                                  "The e-form itself is this paper")),
        Spec("accept", "checks", _t("Tệp nhận", "Files taken"), choices=(
            ("pdf", _t("PDF", "PDF")),
            ("image", _t("Ảnh chụp", "Photos")),
        )),
        Spec("replaced_by_database", "text",
             _t("Không phải nộp khi đã có dữ liệu", "Not asked where data replaces it"),
             empty="null"),
        Spec("note", "text", _t("Ghi chú cho người dân", "Note for citizens"), empty="null"),
        _CITE,
        _CONFIRMED,
    ),
    "components",
    ("name", "required", "original", "copies"),
)  # fmt: skip

LIMITS: Final = Section(
    "limits",
    _t("Thời hạn giải quyết", "Time limits"),
    _t("Theo trường hợp và cách nộp; dòng cụ thể nhất được áp dụng.",
       "By case and way of filing; the most particular row wins."),
    (
        Spec("case", "select", _t("Trường hợp", "Case"), choices=(ANY,), source="cases"),
        Spec("channel", "select", _t("Cách nộp", "Way of filing"), choices=(ANY, *CHANNELS)),
        Spec("amount", "int", _t("Số lượng", "Amount")),
        Spec("unit", "select", _t("Đơn vị", "Unit"), choices=UNITS),
        Spec("after_1500", "select", _t("Nhận sau 15 giờ", "Received after 15:00"), empty="drop",
             choices=(("next_working_day", _t("trả ngày làm việc tiếp theo",
                                              "due the next working day")),)),
        _CITE,
        _FROM,
        _TO,
        _CONFIRMED,
    ),
    "limits",
    ("case", "channel", "amount", "unit"),
)  # fmt: skip

CLOCK: Final = Section(
    "clock",
    _t("Trả lời lần đầu, bổ sung, gia hạn", "First answer, supplement, extension"),
    _t("Đồng hồ làm gì khi yêu cầu bổ sung, có được gia hạn không.",
       "What the clock does on a supplement, and whether it may be extended."),
    (
        Spec("first_answer/amount", "int", _t("Trả lời lần đầu trong", "First answer within")),
        Spec("first_answer/unit", "select", _t("Đơn vị", "Unit"), choices=UNITS),
        Spec("first_answer/legal_basis", "cite", _t("Căn cứ trả lời lần đầu",
                                                    "Basis of the first answer")),
        Spec("supplement_policy", "select", _t("Khi yêu cầu bổ sung", "On a supplement"), choices=(
            ("restart", _t("tính lại từ đầu", "the time starts again")),
            ("pause", _t("tạm dừng", "the clock pauses")),
            ("fixed", _t("tạm dừng, có hạn bổ sung", "pauses, with a time to answer")),
        )),
        Spec("supplement_days", "int", _t("Hạn để bổ sung", "Time to answer"), empty="null"),
        Spec("supplement_unit", "select", _t("Đơn vị của hạn bổ sung", "Unit of that time"),
             empty="drop", choices=(UNITS[3], UNITS[4])),
        Spec("supplement_basis", "cite", _t("Căn cứ bổ sung", "Basis of the supplement"),
             empty="drop"),
        Spec("extension/allowed", "bool", _t("Được gia hạn một lần", "May be extended once")),
        Spec("extension/legal_basis", "cite", _t("Căn cứ gia hạn", "Basis of the extension")),
        Spec("extension/form", "line", _t("Mẫu phiếu gia hạn", "Slip of the extension"),
             empty="blank"),
    ),
)  # fmt: skip

FEES: Final = Section(
    "fees",
    _t("Phí, lệ phí", "Fees"),
    _t("Miễn → 0 đồng theo kênh → mức của thành phố → mức tại đây, nhân số lượng.",
       "Exemption → 0 đồng by channel → the city's amount → this amount, times the quantity."),
    (
        _ID,
        Spec("kind", "select", _t("Loại", "Kind"), choices=(
            ("le_phi", _t("Lệ phí", "Charge (lệ phí)")),
            ("phi", _t("Phí", "Fee (phí)")),
        )),
        _NAME,
        Spec("group", "id", _t("Nhóm", "Group"),
             _t("Quy định 0 đồng của thành phố áp dụng theo nhóm.",
                "The city's zero rules name groups.")),
        Spec("amount", "money", _t("Mức thu", "Amount"),
             _t("Để trống khi chưa biết.", "Empty while unknown."), "null"),
        Spec("quantity", "cel", _t("Nhân với", "Times"),
             _t("Như: present(copies) ? copies : 1", "Such as: present(copies) ? copies : 1"),
             "blank"),
        Spec("setting", "line", _t("Khoá quy định của thành phố", "Key of the city's rule"),
             _t("Như fee.household_business; để trống nếu không có.",
                "Such as fee.household_business; empty when there is none."), "blank"),
        _WHEN,
        _CITE,
        _FROM,
        _TO,
        _CONFIRMED,
    ),
    "fees",
    ("name", "amount", "when"),
)  # fmt: skip

EXEMPTIONS: Final = Section(
    "exemptions",
    _t("Miễn, giảm", "Exemptions"),
    _t("Ai không phải trả khoản nào.", "Who does not pay which fee."),
    (
        _ID,
        _NAME,
        Spec("fees", "checks", _t("Khoản được miễn", "Fees exempted"), source="fees"),
        Spec("when", "cel", _t("Điều kiện", "Condition"),
             _t("Như: 'poor_household' in applicant", "Such as: 'poor_household' in applicant")),
        _CITE,
        _FROM,
        _TO,
        _CONFIRMED,
    ),
    "exemptions",
    ("name", "fees", "when"),
)  # fmt: skip

AGENCIES: Final = Section(
    "agencies",
    _t("Cơ quan giải quyết", "Agencies"),
    _t("Ai quyết định, và mọi cơ quan đó có đủ vai trò chưa.",
       "Who decides, and whether each of them has every role."),
    (
        Spec("level", "select", _t("Cấp thực hiện", "Level"), choices=(
            ("commune", _t("Cấp xã", "Commune")),
            ("city", _t("Cấp thành phố", "City")),
        )),
        Spec("decides", "select", _t("Cơ quan quyết định", "Deciding agency"), choices=(
            ("committee", _t("Uỷ ban nhân dân cấp xã", "Commune committee")),
            ("department", _t("Sở, ngành", "Department")),
            ("city", _t("Uỷ ban nhân dân thành phố", "City committee")),
        )),
        Spec("competent_commune", "cel", _t("Xã có thẩm quyền", "Competent commune"),
             _t("Biểu thức cho mã xã, như: requester_address.commune. Để trống: xã nơi nhận.",
                "An expression giving the commune's code, such as requester_address.commune."
                " Empty: where it was received."), "drop"),
        Spec("competent_agency", "cel", _t("Hoặc một cơ quan cụ thể", "Or one agency"),
             _t("Mã cơ quan trong nháy đơn, như 'so-tu-phap' (mã ở trang Cơ quan), hoặc biểu thức"
                " cho mã. Sở, ngành quyết định thì phải có.",
                "The agency's code in quotes, such as 'so-tu-phap' (codes: page Agencies), or an"
                " expression giving it. Needed when a department decides."), "drop"),
    ),
)  # fmt: skip

RESULT: Final = Section(
    "result",
    _t("Kết quả", "Result"),
    _t("Người dân nhận được gì, in theo mẫu nào.", "What the citizen receives, and its layout."),
    (
        Spec("result/id", "id", _t("Mã", "Id")),
        Spec("result/code", "line", _t("Mã kết quả quốc gia", "National code of the result"),
             empty="drop"),
        Spec("result/name", "text", _t("Tên kết quả", "Name of the result")),
        Spec("result/template", "select", _t("Mẫu in", "Layout"), source="layouts"),
        Spec("result/register", "line", _t("Sổ cấp số", "Register of numbers")),
        Spec("result/notation", "line", _t("Ký hiệu sau số", "Notation after the number")),
        Spec("result/lines", "checks", _t("Trường in trong kết quả", "Fields printed in it"),
             empty="blank", source="form_fields"),
        Spec("result/data", "data", _t("Dữ liệu cho mẫu in", "Data for the layout"),
             _t("JSON; chữ bắt đầu bằng “=” là biểu thức.",
                "JSON; a text that begins with “=” is an expression."), "drop"),
        Spec("result/values", "data", _t("Bảng mức theo ngày", "Dated amounts"),
             _t("JSON, đọc trong biểu thức là values.<id>.", "JSON, read as values.<id>."),
             "drop"),
    ),
)  # fmt: skip

_SAYING: Final = (
    Spec("vi", "long", _t("Câu tiếng Việt", "Sentence in Vietnamese")),
    Spec("en", "long", _t("Câu tiếng Anh", "Sentence in English")),
)
REQUIREMENTS: Final = Section(
    "requirements",
    _t("Yêu cầu, điều kiện", "Requirements"),
    _t("Điều người dân cần biết trước khi làm.", "What people need to know beforehand."),
    (*_SAYING, _CITE, _CONFIRMED),
    "requirements",
    ("vi", "legal_basis"),
)
HOW: Final = Section(
    "how",
    _t("Cách làm", "How to do it"),
    _t("Các câu hướng dẫn trên trang công khai, theo thứ tự.", "Sentences of the public page."),
    _SAYING,
    "how",
    ("vi",),
)

FIELD: Final = Section(
    "field",
    _t("Câu hỏi", "Question"),
    _t("Hỏi gì, bằng cách nào, khi nào.", "What is asked, how, and when."),
    (
        Spec("label", "text", _t("Câu hỏi", "Question")),
        Spec("widget", "select", _t("Cách trả lời", "How it is answered"), source="widgets"),
        Spec("required", "bool", _t("Phải trả lời", "Must be answered")),
        Spec("hint", "text", _t("Gợi ý phía trên ô", "Help above the box"), empty="null"),
        Spec("why", "text", _t("Vì sao hỏi", "Why it is asked"), empty="null"),
        Spec("options", "options", _t("Các lựa chọn", "Choices"),
             _t("Mỗi dòng: mã | tiếng Việt | tiếng Anh",
                "A line each: value | Vietnamese | English"),
             "null"),
        Spec("options_from", "select", _t("Hoặc lấy danh sách", "Or take a list"), empty="null",
             choices=(("communes", _t("Phường, xã, đặc khu", "Wards, communes, zones")),)),
        Spec("visible", "cel", _t("Chỉ hỏi khi", "Asked only when"),
             _t("Để trống: luôn hỏi.", "Empty: always asked."), "null"),
        Spec("required_when", "cel", _t("Bắt buộc thêm khi", "Also required when"), empty="null"),
        Spec("calculated", "cel", _t("Tự tính", "Worked out"),
             _t("Biểu thức cho giá trị; câu này khi đó chỉ hiện, không hỏi.",
                "An expression giving the value; it is then shown, not asked."), "null"),
        Spec("prefill", "select", _t("Điền sẵn từ", "Prefilled from"), empty="null", choices=(
            ("party.full_name", _t("Họ tên người nộp", "The applicant's name")),
            ("party.identity_number", _t("Số định danh", "Identification number")),
            ("party.birth_date", _t("Ngày sinh", "Date of birth")),
            ("party.phone", _t("Số điện thoại", "Phone number")),
            ("party.email", _t("Thư điện tử", "E-mail address")),
            ("party.address", _t("Nơi cư trú", "Residence")),
        )),
        Spec("unit", "text", _t("Đơn vị sau ô số", "Unit behind a number"), empty="null"),
        Spec("section", "text", _t("Tiêu đề nhóm phía trên", "Heading above"), empty="null"),
        Spec("min_length", "int", _t("Ít nhất bao nhiêu ký tự", "At least so many characters"),
             empty="null"),
        Spec("max_length", "int", _t("Nhiều nhất bao nhiêu ký tự", "At most so many characters"),
             empty="null"),
        Spec("minimum", "int", _t("Số nhỏ nhất", "Smallest number"), empty="null"),
        Spec("maximum", "int", _t("Số lớn nhất", "Largest number"), empty="null"),
        Spec("whole", "bool", _t("Chỉ số nguyên", "Whole numbers only")),
        Spec("pattern", "line", _t("Mẫu chữ (biểu thức chính quy)", "Pattern (regular expression)"),
             empty="null"),
        Spec("message", "text", _t("Lời nhắc khi không đúng mẫu", "Words when it does not fit"),
             empty="null"),
        Spec("accept", "line", _t("Loại tệp nhận", "File types"),
             _t("Như .pdf,image/*", "Such as .pdf,image/*"), "null"),
        Spec("autocomplete", "line", _t("Gợi ý của trình duyệt", "Browser's autocomplete"),
             _t("Như name, tel, bday.", "Such as name, tel, bday."), "null"),
        Spec("parts", "data", _t("Các ô bên trong", "Parts inside"),
             _t("JSON: fields và schema của địa chỉ hoặc danh sách.",
                "JSON: fields and schema of an address or a list."), "drop"),
    ),
)  # fmt: skip
STEP: Final = Section(
    "step",
    _t("Bước của tờ khai", "Step of the form"),
    _t("Một màn hình của tờ khai.", "One screen of the form."),
    (
        Spec("title", "text", _t("Tiêu đề", "Title")),
        Spec("hint", "text", _t("Lời dẫn", "Lead"), empty="drop"),
        Spec("visible", "cel", _t("Chỉ hiện khi", "Shown only when"), empty="drop"),
    ),
)
_OF_WIDGET: Final = {
    "options": {"radio", "select", "checkboxes"},
    "options_from": {"radio", "select"},
    "unit": {"number", "money"},
    "min_length": {"text", "textarea"},
    "max_length": {"text", "textarea"},
    "pattern": {"text", "textarea"},
    "message": {"text", "textarea"},
    "minimum": {"number", "money"},
    "maximum": {"number", "money"},
    "whole": {"number"},
    "accept": {"file"},
    "parts": {"address", "repeat"},
}


def specs_for_widget(widget: str) -> tuple[Spec, ...]:
    """The facts that make sense for one way of answering."""
    return tuple(s for s in FIELD.specs if widget in _OF_WIDGET.get(s.key, {widget}))


SECTIONS: Final[tuple[Section, ...]] = (
    GENERAL, BASES, CASES, PAPERS, FEES, EXEMPTIONS, LIMITS, CLOCK, AGENCIES, RESULT,
    REQUIREMENTS, HOW,
)  # fmt: skip
BY_KEY: Final = {section.key: section for section in SECTIONS}


def section_of_place(place: str) -> str:
    """The page on which a fault is mended: ``fees/0/when`` belongs to ``fees``."""
    head = place.partition("/")[0].partition(" ")[0]
    if head in {"form", "process"} or head in BY_KEY:
        return head
    for section in SECTIONS:
        if not section.rows and any(s.key.partition("/")[0] == head for s in section.specs):
            return section.key
    return "general"
