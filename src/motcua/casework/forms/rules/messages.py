"""What stands at a field that is wrong: a sentence that says how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from motcua.casework.forms.rules.definition import Field
from motcua.foundation.errors import Bilingual

_CHOSEN: Final = frozenset({"select", "radio", "checkboxes"})
_BY_WIDGET_WRONG: Final[Mapping[str, Bilingual]] = {
    "date": Bilingual(
        "“{label}” phải là ngày có thật, ví dụ 27/3/1998.",
        "“{label}” must be a real date, for example 27/3/1998.",
    ),
    "identity": Bilingual(
        "“{label}” phải gồm đúng 12 chữ số, như trên thẻ căn cước.",
        "“{label}” must be exactly 12 digits, as on the identity card.",
    ),
    "phone": Bilingual(
        "“{label}” phải là số điện thoại, ví dụ 0901 234 567.",
        "“{label}” must be a telephone number, for example 0901 234 567.",
    ),
    "email": Bilingual(
        "“{label}” phải là địa chỉ thư điện tử, ví dụ ten@vidu.vn.",
        "“{label}” must be an e-mail address, for example name@example.com.",
    ),
    "money": Bilingual(
        "“{label}” phải là số tiền nguyên bằng đồng, ví dụ 1.500.000.",
        "“{label}” must be a whole amount in đồng, for example 1.500.000.",
    ),
}
_WHOLE: Final = Bilingual(
    "“{label}” phải là số nguyên, ví dụ 12.", "“{label}” must be a whole number, for example 12."
)
_NUMBER: Final = Bilingual(
    "“{label}” phải là số, ví dụ 12 hoặc 4,5.", "“{label}” must be a number, for example 12 or 4,5."
)
_FORM: Final = Bilingual(
    "“{label}” chưa đúng định dạng; xem gợi ý phía trên ô.",
    "“{label}” is not in the right form; see the hint above the box.",
)
_CHOOSE: Final = Bilingual("Chọn “{label}” trong danh sách.", "Choose “{label}” from the list.")
_ANOTHER: Final = Bilingual(
    "“{label}” chưa hợp lệ; hãy nhập lại.", "“{label}” is not valid; please enter it again."
)

# The texts get {label} and {limit}.
_BY_KIND: Final[Mapping[str, Bilingual]] = {
    "minLength": Bilingual(
        "“{label}” phải có ít nhất {limit} ký tự.",
        "“{label}” must have at least {limit} characters.",
    ),
    "maxLength": Bilingual(
        "“{label}” có tối đa {limit} ký tự; hãy viết ngắn lại.",
        "“{label}” may have {limit} characters at most; please shorten it.",
    ),
    "minimum": Bilingual(
        "“{label}” phải từ {limit} trở lên.", "“{label}” must be {limit} or more."
    ),
    "maximum": Bilingual(
        "“{label}” phải từ {limit} trở xuống.", "“{label}” must be {limit} or less."
    ),
    "exclusiveMinimum": Bilingual(
        "“{label}” phải lớn hơn {limit}.", "“{label}” must be more than {limit}."
    ),
    "exclusiveMaximum": Bilingual(
        "“{label}” phải nhỏ hơn {limit}.", "“{label}” must be less than {limit}."
    ),
    "multipleOf": Bilingual(
        "“{label}” phải là bội số của {limit}.", "“{label}” must be a multiple of {limit}."
    ),
    "minItems": Bilingual(
        "“{label}” cần ít nhất {limit} mục.", "“{label}” needs at least {limit} entries."
    ),
    "maxItems": Bilingual(
        "“{label}” có tối đa {limit} mục; hãy bỏ bớt.",
        "“{label}” may have {limit} entries at most; please remove some.",
    ),
    "uniqueItems": Bilingual(
        "“{label}” có mục bị lặp; hãy bỏ mục trùng.",
        "“{label}” has an entry twice; please remove one.",
    ),
    "contains": Bilingual(
        "“{label}” còn thiếu mục bắt buộc.", "“{label}” lacks an entry that is needed."
    ),
    "enum": _CHOOSE,
    "const": _ANOTHER,
    "pattern": _FORM,
    "format": _FORM,
    "anyOf": _ANOTHER,
    "oneOf": _ANOTHER,
    "not": _ANOTHER,
    "falseSchema": Bilingual("Bỏ trống “{label}”.", "Leave “{label}” empty."),
}
HANDLED: Final = frozenset(_BY_KIND) | {"required", "type"}
_MISTYPED: Final = frozenset({"type", "format", "pattern"})


def required_message(field: Field) -> Bilingual:
    """What to do about a field that was left empty."""
    if custom := field.messages.get("required"):
        return custom
    if field.widget in _CHOSEN:
        text = Bilingual("Chọn “{label}”.", "Choose “{label}”.")
    elif field.widget == "file":
        text = Bilingual("Tải lên “{label}”.", "Upload “{label}”.")
    elif field.widget == "checkbox":
        text = Bilingual("Đánh dấu vào ô “{label}”.", "Tick the box “{label}”.")
    elif field.widget == "repeat":
        text = Bilingual("Thêm ít nhất một mục “{label}”.", "Add at least one “{label}”.")
    else:
        text = Bilingual("Nhập “{label}”.", "Enter “{label}”.")
    return _with_label(text, field)


def message_for(field: Field, kind: str, limit: Any = None) -> Bilingual:
    """The sentence for one kind of JSON Schema error at one field.

    The form's own words (``messages``) come first, then what the widget means, then
    the general sentence of the kind.
    """
    if kind == "required" or (kind == "const" and field.widget == "checkbox"):
        return required_message(field)
    if custom := field.messages.get(kind):
        return custom
    if kind in _MISTYPED and field.widget in _BY_WIDGET_WRONG:
        return _with_label(_BY_WIDGET_WRONG[field.widget], field)
    if kind == "type":
        by_kind = {"integer": _WHOLE, "number": _NUMBER}
        return _with_label(by_kind.get(field.kind, _ANOTHER), field)
    return _with_label(_BY_KIND.get(kind, _ANOTHER), field, _number(limit))


def _with_label(text: Bilingual, field: Field, limit: str = "") -> Bilingual:
    return Bilingual(
        text.vi.format(label=field.label.vi, limit=limit),
        text.en.format(label=field.label.en, limit=limit),
    )


def _number(limit: Any) -> str:
    if isinstance(limit, float) and limit.is_integer():
        limit = int(limit)
    if isinstance(limit, int) and not isinstance(limit, bool):
        return f"{limit:,}".replace(",", ".")
    return str(limit).replace(".", ",") if isinstance(limit, float) else str(limit or "")
