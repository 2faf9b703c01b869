"""The ten states of a dossier and their transitions, as data for the kernel.

Source: the status codes exchanged with the national public-service portal;
each code keeps its number.
"""

from __future__ import annotations

from motcua.casework.cases.public import CaseKind, State
from motcua.foundation.errors import Bilingual
from motcua.subsystems.procedures.public import TRANSITIONS


def _state(
    id_: str, number: int, vi: str, en: str, plain_vi: str, plain_en: str, tone: str, **more: bool
) -> State:
    return State(id_, number, Bilingual(vi, en), Bilingual(plain_vi, plain_en), tone, **more)


STATES = (
    _state(
        "new",
        1,
        "Mới đăng ký",
        "Newly filed",
        "Hồ sơ đã gửi, đang chờ cơ quan kiểm tra.",
        "The dossier was sent and waits to be checked.",
        "waiting",
    ),
    _state(
        "received",
        2,
        "Được tiếp nhận",
        "Received",
        "Hồ sơ hợp lệ và đã được tiếp nhận; thời hạn bắt đầu tính.",
        "The dossier is valid and received; the time limit has begun.",
        "working",
    ),
    _state(
        "refused",
        3,
        "Không được tiếp nhận",
        "Not received",
        "Cơ quan không tiếp nhận hồ sơ; phiếu từ chối nêu rõ lý do.",
        "The agency did not take the dossier; the slip gives the reason.",
        "stopped",
        terminal=True,
    ),
    _state(
        "processing",
        4,
        "Đang xử lý",
        "In process",
        "Cơ quan đang giải quyết hồ sơ.",
        "The agency is working on the dossier.",
        "working",
    ),
    _state(
        "supplement",
        5,
        "Yêu cầu bổ sung giấy tờ",
        "Supplement asked",
        "Đến lượt bạn: hãy bổ sung những mục được nêu.",
        "Your turn: please supply the items listed.",
        "yours",
    ),
    _state(
        "financial_obligation",
        6,
        "Yêu cầu thực hiện nghĩa vụ tài chính",
        "Payment asked",
        "Đến lượt bạn: hãy thực hiện nghĩa vụ tài chính.",
        "Your turn: please pay what is due.",
        "yours",
    ),
    _state(
        "withdrawn",
        7,
        "Công dân yêu cầu rút hồ sơ",
        "Withdrawn",
        "Hồ sơ đã được rút theo yêu cầu của bạn.",
        "The dossier was withdrawn at your request.",
        "stopped",
        terminal=True,
    ),
    _state(
        "stopped",
        8,
        "Dừng xử lý",
        "Stopped",
        "Cơ quan đã dừng giải quyết hồ sơ; thông báo nêu rõ lý do.",
        "The agency stopped the dossier; the notice gives the reason.",
        "stopped",
        terminal=True,
    ),
    _state(
        "finished",
        9,
        "Đã xử lý xong",
        "Finished",
        "Đã có kết quả, đang chờ trả.",
        "The result is ready to be handed over.",
        "done",
    ),
    _state(
        "returned",
        10,
        "Đã trả kết quả",
        "Result returned",
        "Kết quả đã được trả.",
        "The result was handed over.",
        "done",
        terminal=True,
    ),
)

APPLICATION = CaseKind(
    code="application",
    name=Bilingual("Hồ sơ thủ tục hành chính", "Administrative dossier"),
    states=STATES,
    transitions=TRANSITIONS,
    url_name="applications_console:case",
    citizen_url_name="applications:mine",
)

GROUP_STATES = (
    _state(
        "open",
        1,
        "Đang giải quyết",
        "Being handled",
        "Các việc đang được giải quyết; kết quả nào có trước trả trước.",
        "The dossiers are being handled; each result comes as soon as it is ready.",
        "working",
    ),
    _state(
        "yours",
        2,
        "Cần bạn làm một việc",
        "Needs something from you",
        "Đến lượt bạn ở việc được đánh dấu; các việc khác vẫn tiếp tục.",
        "It is your turn where marked; the other dossiers go on.",
        "yours",
    ),
    _state(
        "stuck",
        3,
        "Cán bộ đang xem lại",
        "An official is looking at it",
        "Một việc chưa mở được; cán bộ đang xem lại, bạn chưa phải làm gì.",
        "One dossier could not be opened; an official looks at it, you need do nothing yet.",
        "waiting",
    ),
    _state(
        "done",
        4,
        "Đã có đủ kết quả",
        "All results are there",
        "Mọi việc đã có kết quả.",
        "Every dossier has its result.",
        "done",
        terminal=True,
    ),
    _state(
        "partly",
        5,
        "Đã có một phần kết quả",
        "Some results are there",
        "Có việc không thành; những kết quả đã có vẫn giữ nguyên giá trị.",
        "Some dossiers failed; the results that exist keep their value.",
        "done",
        terminal=True,
    ),
    _state(
        "none",
        6,
        "Kết thúc, không có kết quả",
        "Ended without a result",
        "Không việc nào có kết quả; xem lý do ở từng việc.",
        "No dossier had a result; each gives its reason.",
        "stopped",
        terminal=True,
    ),
)
_RUNNING = frozenset(state.id for state in GROUP_STATES)

APPLICATION_GROUP = CaseKind(
    code="application_group",
    name=Bilingual("Hồ sơ liên thông", "Interlinked dossiers"),
    states=GROUP_STATES,
    transitions={name: _RUNNING - {name} for name in ("open", "yours", "stuck")},
    url_name="applications_console:group",
    citizen_url_name="applications:group",
)
