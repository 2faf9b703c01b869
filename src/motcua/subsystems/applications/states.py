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
