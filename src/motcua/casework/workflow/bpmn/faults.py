"""Why a drawing cannot be read, by the id of the element."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.foundation.errors import Bilingual, InvalidInput

_TEXTS: dict[str, Bilingual] = {
    "too_large": Bilingual(
        "Tệp quá lớn (giới hạn {limit}).", "The file is too large (the limit is {limit})."
    ),
    "not_xml": Bilingual(
        "Tệp không phải XML hợp lệ hoặc chứa khai báo không an toàn ({detail}).",
        "The file is not well-formed XML or holds unsafe declarations ({detail}).",
    ),
    "not_bpmn": Bilingual(
        "Tệp không phải BPMN 2.0 (thiếu phần tử definitions).",
        "The file is not BPMN 2.0 (no definitions element).",
    ),
    "one_process": Bilingual(
        "Tệp phải chứa đúng một quy trình.", "The file must hold exactly one process."
    ),
    "unsupported": Bilingual(
        "Phần tử “{tag}” chưa được hỗ trợ; hãy vẽ lại bằng nhiệm vụ, cổng rẽ, mốc hẹn.",
        "The element “{tag}” is not supported; redraw it with tasks, gateways and timers.",
    ),
    "start": Bilingual(
        "Phải có đúng một sự kiện bắt đầu dẫn tới một nhiệm vụ.",
        "There must be exactly one start event, leading to one task.",
    ),
    "many_flows": Bilingual(
        "Phần tử chỉ được có một luồng ra; dùng cổng để rẽ nhánh.",
        "The element may have only one outgoing flow; use a gateway to branch.",
    ),
    "no_flow": Bilingual("Phần tử thiếu luồng ra.", "The element has no outgoing flow."),
    "dangling": Bilingual(
        "Luồng nối với phần tử không tồn tại.", "The flow leads from or to a missing element."
    ),
    "gateway_place": Bilingual(
        "Cổng loại trừ phải đứng ngay sau một nhiệm vụ, hoặc gộp nhiều luồng vào một.",
        "An exclusive gateway must follow a task directly, or merge several flows into one.",
    ),
    "gateway_both": Bilingual(
        "Cổng song song phải hoặc tách nhánh, hoặc hợp nhánh, không làm cả hai.",
        "A parallel gateway must either split or join, not both.",
    ),
    "split_place": Bilingual(
        "Sau cổng tách nhánh phải là nhiệm vụ hoặc cổng hợp nhánh.",
        "A splitting gateway must lead to tasks or to a join.",
    ),
    "duplicate": Bilingual("Mã phần tử bị dùng hai lần.", "The element id is used twice."),
    "duration": Bilingual(
        "Mốc hẹn phải ghi thời gian dạng P<số>D hoặc PT<số>H.",
        "A timer must give its time as P<number>D or PT<number>H.",
    ),
    "attached": Bilingual(
        "Mốc hẹn phải gắn vào một nhiệm vụ.", "A timer must be attached to a task."
    ),
    "hours": Bilingual("Số giờ không hợp lệ.", "The hours are not a number."),
    "extra": Bilingual("Dữ liệu mở rộng không hợp lệ.", "The extra data are not valid JSON."),
}


@dataclass(frozen=True, slots=True)
class DrawingFault:
    """One fault: the element's id (empty: the file), its code and what it means."""

    element: str
    code: str
    message: Bilingual


def fault(element: str, code: str, **data: object) -> DrawingFault:
    """A fault with its texts filled in."""
    return DrawingFault(element, code, _TEXTS[code].format(**data))


class BrokenDrawing(InvalidInput):
    """The BPMN file cannot be read as a process; ``faults`` name every element."""

    code = "broken-bpmn"
    message = Bilingual("Bản vẽ BPMN có {count} lỗi.", "The BPMN drawing has {count} faults.")
    advice = Bilingual(
        "Sửa các phần tử được nêu rồi nhập lại.", "Mend the elements named, then import again."
    )

    def __init__(self, faults: list[DrawingFault]) -> None:
        self.faults: tuple[DrawingFault, ...] = tuple(faults)
        fields = {item.element or "bpmn": item.message for item in faults}
        super().__init__(fields, count=len(faults))
