"""Form documents for the tests: one with every widget, and one as large as a bench needs."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from motcua.casework.forms.public import FormDefinition, compile_form


def both(vi: str, en: str = "") -> dict[str, str]:
    return {"vi": vi, "en": en or vi}


def document() -> dict[str, Any]:
    """A birth registration, nearly: it uses every widget and every kind of condition."""
    return {
        "id": "birth-registration",
        "version": "1",
        "title": both("Đăng ký khai sinh", "Birth registration"),
        "variables": {"online": "bool"},
        "schema": {
            "type": "object",
            "required": [
                "child_name",
                "child_birth",
                "sex",
                "relation",
                "place",
                "contact_phone",
                "truth",
            ],
            "properties": {
                "child_name": {"type": "string", "minLength": 2, "maxLength": 100},
                "child_birth": {"type": "string"},
                "sex": {"type": "string"},
                "relation": {"type": "string", "enum": ["father", "mother", "other"]},
                "relation_other": {"type": "string", "maxLength": 50},
                "late_reason": {"type": "string", "maxLength": 500},
                "days_late": {"type": "integer"},
                "place": {"$ref": "#/$defs/address"},
                "weight": {"type": "number", "minimum": 0.3, "maximum": 9},
                "copies": {"type": "integer", "minimum": 0, "maximum": 10},
                "fee": {"type": "integer"},
                "identity": {"type": "string"},
                "contact_phone": {"type": "string"},
                "contact_email": {"type": "string"},
                "gift": {"type": "integer", "minimum": 1000},
                "siblings": {
                    "type": "array",
                    "maxItems": 5,
                    "items": {
                        "type": "object",
                        "required": ["name"],
                        "properties": {
                            "name": {"type": "string", "maxLength": 100},
                            "birth": {"type": "string"},
                            "at_school": {"type": "boolean"},
                        },
                    },
                },
                "services": {"type": "array", "items": {"type": "string"}},
                "papers": {"type": "array", "maxItems": 3, "items": {"type": "string"}},
                "married": {"type": "boolean"},
                "truth": {"type": "boolean", "const": True},
            },
            "$defs": {
                "address": {
                    "type": "object",
                    "required": ["ward", "street"],
                    "properties": {
                        "street": {"type": "string", "maxLength": 200},
                        "ward": {"type": "string"},
                    },
                }
            },
        },
        "steps": [
            {
                "id": "child",
                "title": both("Trẻ được khai sinh", "The child"),
                "hint": both("Ghi như giấy chứng sinh.", "As on the certificate of birth."),
                "fields": [
                    "child_name",
                    "child_birth",
                    "sex",
                    "weight",
                    "days_late",
                    {"id": "late_reason", "visible": "days_late > 60", "required_when": "true"},
                ],
            },
            {
                "id": "family",
                "title": both("Gia đình", "Family"),
                "fields": ["relation", "relation_other", "married", "siblings", "place"],
            },
            {
                "id": "contact",
                "title": both("Liên hệ và kết quả", "Contact and result"),
                "fields": [
                    "identity",
                    "contact_phone",
                    "contact_email",
                    "services",
                    "copies",
                    "fee",
                    "gift",
                    "papers",
                    "truth",
                ],
            },
        ],
        "fields": {
            "child_name": {
                "label": both("Họ, chữ đệm, tên", "Full name"),
                "hint": both("Chữ in hoa có dấu", "Capital letters"),
                "why": both("Ghi vào giấy khai sinh.", "It stands on the certificate."),
                "widget": "text",
            },
            "child_birth": {"label": both("Ngày sinh", "Date of birth"), "widget": "date"},
            "sex": {
                "label": both("Giới tính", "Sex"),
                "widget": "radio",
                "options": [
                    {"value": "nam", "label": both("Nam", "Male")},
                    {"value": "nu", "label": both("Nữ", "Female")},
                ],
            },
            "weight": {
                "label": both("Cân nặng", "Weight"),
                "widget": "number",
                "unit": both("kg"),
            },
            "days_late": {
                "label": both("Số ngày từ khi sinh", "Days since birth"),
                "widget": "number",
                "calculated": "days_between(child_birth, today)",
            },
            "late_reason": {
                "label": both("Lý do đăng ký muộn", "Why so late"),
                "widget": "textarea",
            },
            "relation": {
                "label": both("Quan hệ với trẻ", "Relation"),
                "widget": "select",
                "options": [
                    {"value": "father", "label": both("Cha", "Father")},
                    {"value": "mother", "label": both("Mẹ", "Mother")},
                    {"value": "other", "label": both("Khác", "Other")},
                ],
            },
            "relation_other": {
                "label": both("Quan hệ khác", "Other relation"),
                "widget": "text",
                "visible": "relation == 'other'",
                "required_when": "relation == 'other'",
            },
            "married": {
                "label": both("Cha mẹ đã kết hôn", "The parents are married"),
                "widget": "radio",
                "options": [
                    {"value": "true", "label": both("Có", "Yes")},
                    {"value": "false", "label": both("Chưa", "No")},
                ],
            },
            "siblings": {
                "label": both("Anh chị em", "Brother or sister"),
                "widget": "repeat",
                "visible": "married == true",
                "fields": {
                    "name": {"label": both("Họ tên", "Name"), "widget": "text"},
                    "birth": {"label": both("Ngày sinh", "Born"), "widget": "date"},
                    "at_school": {"label": both("Đang đi học", "At school"), "widget": "checkbox"},
                },
            },
            "place": {
                "label": both("Nơi cư trú", "Residence"),
                "widget": "address",
                "prefill": "party.residence",
                "fields": {
                    "street": {"label": both("Số nhà, đường", "Street"), "widget": "text"},
                    "ward": {
                        "label": both("Phường, xã, đặc khu", "Ward"),
                        "widget": "select",
                        "options_from": "wards",
                    },
                },
            },
            "identity": {
                "label": both("Số định danh", "Identity number"),
                "widget": "identity",
                "prefill": "party.identity",
            },
            "contact_phone": {
                "label": both("Điện thoại", "Telephone"),
                "widget": "phone",
                "prefill": "party.phone",
            },
            "contact_email": {
                "label": both("Thư điện tử", "E-mail"),
                "widget": "email",
                "required_when": "online",
            },
            "services": {
                "label": both("Làm cùng lúc", "At the same time"),
                "widget": "checkboxes",
                "options": [
                    {"value": "residence", "label": both("Đăng ký thường trú", "Residence")},
                    {"value": "insurance", "label": both("Thẻ bảo hiểm y tế", "Insurance card")},
                ],
            },
            "copies": {
                "label": both("Số bản sao", "Copies"),
                "widget": "number",
                "section": both("Kết quả", "Result"),
            },
            "fee": {
                "label": both("Lệ phí", "Fee"),
                "widget": "money",
                "calculated": "present(copies) ? copies * 8000 : 0",
                "section": both("Kết quả", "Result"),
            },
            "gift": {"label": both("Quỹ khuyến học", "Scholarship fund"), "widget": "money"},
            "papers": {"label": both("Giấy tờ", "Papers"), "widget": "file"},
            "truth": {
                "label": both("Tôi cam đoan khai đúng", "I declare this is true"),
                "widget": "checkbox",
                "messages": {
                    "required": both("Đánh dấu để cam đoan.", "Tick to declare."),
                },
            },
        },
        "rules": [
            {
                "id": "not-in-the-future",
                "when": "child_birth <= today",
                "message": both("Ngày sinh không thể ở tương lai.", "The birth lies ahead."),
                "fields": ["child_birth"],
            },
            {
                "id": "siblings-born-before",
                "when": "siblings.all(s, s.birth <= today)",
                "message": both("Ngày sinh ở tương lai.", "A birth lies ahead."),
                "fields": ["siblings"],
            },
        ],
    }


def definition() -> FormDefinition:
    return compile_form(document())


def large_document(fields: int = 100, rules: int = 50) -> dict[str, Any]:
    """``fields`` text, number, date and choice fields over five steps, ``rules`` rules."""
    widgets = ("text", "number", "date", "select", "radio")
    types = {"number": "integer"}
    names = [f"f{n}" for n in range(fields)]
    described: dict[str, Any] = {}
    properties: dict[str, Any] = {}
    for n, name in enumerate(names):
        widget = widgets[n % 5]
        properties[name] = {"type": types.get(widget, "string")}
        described[name] = {
            "label": both(f"Câu hỏi số {n}", f"Question {n}"),
            "hint": both("Gợi ý cho câu hỏi này", "A hint for this question"),
            "widget": widget,
        }
        if widget in {"select", "radio"}:
            described[name]["options"] = [
                {"value": v, "label": both(f"Lựa chọn {v}")} for v in ("a", "b", "c")
            ]
        if n % 10 == 5:
            described[name]["visible"] = f"f{n - 1} != 'c'"
    size = -(-fields // 5)
    return {
        "id": "large",
        "version": "1",
        "title": both("Biểu mẫu lớn", "A large form"),
        "schema": {"type": "object", "required": names[::3], "properties": properties},
        "steps": [
            {
                "id": f"s{n}",
                "title": both(f"Phần {n + 1}", f"Part {n + 1}"),
                "fields": names[n * size : (n + 1) * size],
            }
            for n in range(5)
        ],
        "fields": described,
        "rules": [
            {
                "id": f"r{n}",
                "when": f"f{(n * 5 + 1) % fields} >= 0 && f{(n * 5 + 2) % fields} <= today",
                "message": both("Số phải không âm và ngày không ở tương lai."),
                "fields": [f"f{(n * 5 + 1) % fields}"],
            }
            for n in range(rules)
        ],
    }


def large_answers(fields: int = 100) -> dict[str, Any]:
    values: tuple[Any, ...] = ("Nguyễn Văn A", 12, "2020-02-29", "a", "b")
    return {f"f{n}": values[n % 5] for n in range(fields)}


def post(data: dict[str, Any]) -> QueryDict:
    """A posted body; lists give several values of a name."""
    body = QueryDict(mutable=True)
    for name, value in data.items():
        body.setlist(name, [str(v) for v in (value if isinstance(value, list) else [value])])
    return body
