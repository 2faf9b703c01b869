"""What may be wrong with a process definition, in words that name the place."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.foundation.errors import Bilingual

TEXTS: dict[str, Bilingual] = {
    "shape": Bilingual("Nội dung sai cấu trúc: {detail}.", "The document is malformed: {detail}."),
    "identifier": Bilingual(
        "Mã “{value}” phải gồm chữ thường a–z, số và dấu gạch dưới, bắt đầu bằng chữ.",
        "The id “{value}” must be lower-case letters, digits and underscores, a letter first.",
    ),
    "duplicate": Bilingual("Mã “{value}” bị dùng hai lần.", "The id “{value}” is used twice."),
    "unknown_start": Bilingual(
        "Bước bắt đầu “{value}” không tồn tại hoặc không phải bước có người xử lý.",
        "The start “{value}” does not exist or is not a step somebody works on.",
    ),
    "unknown_target": Bilingual(
        "Bước đích “{value}” không tồn tại.", "The target step “{value}” does not exist."
    ),
    "no_target": Bilingual("Thiếu bước đích.", "A target step is missing."),
    "mixed_back": Bilingual(
        "“@back” phải đứng một mình.", "“@back” must stand alone among the targets."
    ),
    "back_from_nowhere": Bilingual(
        "“@back” không có bước trước: đây là bước đầu của quy trình hoặc của nhánh.",
        "“@back” has no earlier step: this is the first step of the process or of a branch.",
    ),
    "unknown_role": Bilingual("Vai trò “{value}” không tồn tại.", "The role “{value}” is unknown."),
    "missing": Bilingual("Thiếu “{value}”.", "“{value}” is missing."),
    "misplaced": Bilingual(
        "“{value}” không dùng được cho loại bước này.",
        "“{value}” does not belong to a step of this kind.",
    ),
    "no_exit": Bilingual(
        "Bước không có thao tác hay mốc hẹn nào để đi tiếp.",
        "The step has no action or timer by which it can be left.",
    ),
    "only_conditional": Bilingual(
        "Mọi thao tác đều có điều kiện; phải luôn có một thao tác thực hiện được.",
        "All actions are conditional; one must always be possible.",
    ),
    "two_primaries": Bilingual(
        "Chỉ được có một thao tác chính.", "Only one action may be the primary one."
    ),
    "unknown_signal": Bilingual(
        "Tín hiệu “{value}” không có trong hệ thống.", "The signal “{value}” is unknown."
    ),
    "signal_twice": Bilingual(
        "Tín hiệu “{value}” dẫn tới hai thao tác của cùng một bước.",
        "The signal “{value}” leads to two actions of one step.",
    ),
    "bad_condition": Bilingual(
        "Điều kiện không hợp lệ: {detail}.", "The condition is not valid: {detail}."
    ),
    "unknown_variable": Bilingual(
        "Điều kiện dùng tên chưa khai báo “{value}”.",
        "The condition uses the undeclared name “{value}”.",
    ),
    "bad_unit": Bilingual(
        "Đơn vị “{value}” không hợp lệ: {detail}.", "The unit “{value}” is not valid: {detail}."
    ),
    "unknown_state": Bilingual(
        "Trạng thái “{value}” không có trong loại hồ sơ này.",
        "The state “{value}” does not exist for this kind of case.",
    ),
    "bad_hours": Bilingual("Số giờ phải lớn hơn 0.", "Hours must be more than 0."),
    "over_limit": Bilingual(
        "Tổng thời gian các bước là {total} giờ làm việc, vượt thời hạn {limit} giờ ({path}).",
        "The steps take {total} working hours, more than the limit of {limit} ({path}).",
    ),
    "bad_timer": Bilingual(
        "Mốc hẹn phải sau ít nhất 1 đơn vị thời gian.",
        "A timer must come after at least 1 unit of time.",
    ),
    "reminder_moves": Bilingual(
        "Mốc nhắc việc (interrupts = false) không được có bước đích.",
        "A reminder (interrupts = false) cannot have a target.",
    ),
    "bad_silence": Bilingual(
        "Thao tác khi im lặng “{value}” không tồn tại ở bước này.",
        "The action taken on silence, “{value}”, does not exist in this step.",
    ),
    "unreachable": Bilingual("Không có đường nào dẫn tới bước này.", "No path leads to this step."),
    "join_without_split": Bilingual(
        "Bước hợp nhánh này đạt tới mà không qua bước tách nhánh.",
        "This join is reached without a split before it.",
    ),
    "join_of_two_splits": Bilingual(
        "Bước này hợp nhánh của nhiều chỗ tách ({detail}); mỗi chỗ tách cần bước riêng.",
        "This join receives branches of several splits ({detail}); each split needs its own.",
    ),
    "end_inside_branch": Bilingual(
        "Một nhánh song song kết thúc ở đây mà chưa hợp nhánh (đặt terminates nếu cố ý).",
        "A parallel branch ends here without a join (set terminates if that is meant).",
    ),
    "held_twice": Bilingual(
        "Hai nhánh song song có thể cùng đứng ở bước này.",
        "Two parallel branches can stand in this step at once.",
    ),
    "leaves_branch": Bilingual(
        "Một nhánh song song quay lại trước chỗ tách của chính nó.",
        "A parallel branch returns to before its own split.",
    ),
    "branches_never_meet": Bilingual(
        "Các nhánh không gặp nhau ở cùng một bước hợp nhánh; hồ sơ sẽ kẹt tại đây.",
        "The branches do not meet in one join; the case would be stuck here.",
    ),
    "never_ends": Bilingual(
        "Từ bước này không thể đi tới kết thúc.", "From this step the end cannot be reached."
    ),
    "no_human": Bilingual(
        "Vòng lặp chạy mà không cần người thao tác: {detail}.",
        "A loop runs without anybody acting: {detail}.",
    ),
    "too_large": Bilingual(
        "Quy trình có quá nhiều tình huống để kiểm tra (hơn {value}).",
        "The process has too many situations to check (more than {value}).",
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it is (``steps.examine.actions.ask.to[0]``), its code, what it means."""

    place: str
    code: str
    message: Bilingual

    def as_data(self) -> dict[str, str]:
        """For API answers and the import page."""
        return {
            "place": self.place,
            "code": self.code,
            "vi": self.message.vi,
            "en": self.message.en,
        }


def problem(place: str, code: str, **data: object) -> Problem:
    """A problem with its texts filled in; a ``Bilingual`` value goes into each in its language."""
    text = TEXTS[code]
    return Problem(place, code, Bilingual(_fill(text.vi, "vi", data), _fill(text.en, "en", data)))


def _fill(text: str, language: str, data: dict[str, object]) -> str:
    spoken = {
        name: value.in_language(language).rstrip(".") if isinstance(value, Bilingual) else value
        for name, value in data.items()
    }
    return text.format(**spoken)
