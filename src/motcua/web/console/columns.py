"""The columns an inbox may show and its files may hold: one list for both."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.casework.exports.public import Column
from motcua.foundation.errors import Bilingual

CHANNELS = {
    "online": gettext_noop("Trực tuyến"),
    "counter": gettext_noop("Tại quầy"),
    "direct": gettext_noop("Tại quầy"),
    "post": gettext_noop("Bưu chính"),
}


def channel_words(code: str) -> str:
    """How the case came in, in the reader's language."""
    return str(_(CHANNELS[code])) if code in CHANNELS else code


# Each reads a ``ShownRow``.
INBOX_COLUMNS = (
    Column("due", Bilingual("Hạn", "Due"), lambda s: s.row.due_at, "moment", 11),
    Column("left", Bilingual("Còn lại", "Left"), lambda s: s.badge_text, width=12),
    Column("code", Bilingual("Mã hồ sơ", "Code"), lambda s: s.row.code, width=16),
    Column("procedure", Bilingual("Thủ tục", "Procedure"), lambda s: s.title, width=24),
    Column("applicant", Bilingual("Người nộp", "Applicant"), lambda s: s.row.applicant, width=14),
    Column("state", Bilingual("Trạng thái", "State"), lambda s: s.state, width=12),
    Column("holder", Bilingual("Đang ở", "With"), lambda s: s.where, width=14),
    Column("assignee", Bilingual("Người thụ lý", "Officer"), lambda s: s.row.assignee, width=12),
    Column("agency", Bilingual("Cơ quan", "Agency"), lambda s: s.row.holder, width=16),
    Column("why", Bilingual("Vì sao trễ", "Why late"), lambda s: s.why, width=20),
    Column("since", Bilingual("Ở trạng thái từ", "In state since"),
           lambda s: s.row.state_since, "moment", 11),
    Column("received", Bilingual("Tiếp nhận", "Accepted"),
           lambda s: s.row.received_at, "moment", 11),
    Column("opened", Bilingual("Ngày nộp", "Filed"), lambda s: s.row.opened_at, "moment", 11),
    Column("channel", Bilingual("Kênh", "Channel"),
           lambda s: channel_words(s.row.channel), width=8),
)  # fmt: skip
STANDARD = ("due", "code", "procedure", "applicant", "state", "holder")
BY_KEY = {column.key: column for column in INBOX_COLUMNS}
