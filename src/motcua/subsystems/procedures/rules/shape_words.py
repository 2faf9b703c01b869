"""What is wrong with the shape of a package, in words an author understands."""

from __future__ import annotations

from typing import Any, Final

from motcua.foundation.errors import Bilingual

_TEXTS: Final[dict[str, Bilingual]] = {
    "required": Bilingual("thiếu “{property}”", "“{property}” is missing"),
    "minLength": Bilingual("chưa điền", "it is not filled in"),
    "minItems": Bilingual("cần ít nhất {limit} dòng", "at least {limit} row is needed"),
    "minimum": Bilingual("phải từ {limit} trở lên", "it must be {limit} or more"),
    "enum": Bilingual(
        "“{value}” không phải một giá trị được dùng", "“{value}” is not one of the values used"
    ),
    "pattern": Bilingual("“{value}” không đúng dạng", "“{value}” is not of the right form"),
    "additionalProperties": Bilingual(
        "có khoá lạ: {unexpected}", "there are unknown keys: {unexpected}"
    ),
}
_OTHER: Final = Bilingual("cấu trúc chưa đúng ({message})", "wrong shape ({message})")
_EMPTY: Final = Bilingual("chưa điền", "it is not filled in")
_CHOICE: Final = Bilingual("chưa chọn", "nothing is chosen")
_SHOWN: Final = 60


def shape_words(error: Any) -> Bilingual:
    """The words for a fault found by JSON Schema."""
    if error.instance is None or error.instance == "":
        return _CHOICE if error.kind.name == "enum" else _EMPTY
    text = _TEXTS.get(error.kind.name, _OTHER)
    details: dict[str, Any] = error.kind.as_dict()
    unexpected = ", ".join(map(str, details.get("unexpected", ())))
    value = "" if isinstance(error.instance, dict | list) else str(error.instance)[:_SHOWN]
    return text.format(
        property=details.get("property", ""),
        limit=details.get("limit", ""),
        unexpected=unexpected,
        value=value,
        message=error.message,
    )
