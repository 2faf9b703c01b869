"""A batch with what became of each paper, as a file."""

from __future__ import annotations

from motcua.casework.access.public import Actor
from motcua.casework.exports.public import Asked, Column, ListSource, register_list
from motcua.foundation.errors import Bilingual
from motcua.subsystems.batches.models import Batch, BatchItem, BatchOutcome
from motcua.subsystems.batches.rules import PURPOSES
from motcua.subsystems.batches.selectors import every_item, own_batch


def _of(actor: Actor, asked: Asked) -> Batch:
    return own_batch(actor, asked.get("dot", ""))


def _outcome(item: BatchItem) -> BatchOutcome | None:
    return getattr(item, "outcome", None)


def _words(item: BatchItem) -> Bilingual:
    outcome = _outcome(item)
    if outcome is None:
        return Bilingual("Chưa làm", "Not done yet")
    return KINDS[outcome.kind]


def _reason(item: BatchItem) -> Bilingual:
    outcome = _outcome(item)
    reason = outcome.reason if outcome else {}
    return Bilingual(reason.get("vi", ""), reason.get("en", ""))


KINDS = {
    "done": Bilingual("Đã xong", "Done"),
    "dropped": Bilingual("Không ký", "Left out"),
    "failed": Bilingual("Không thành", "Failed"),
}
COLUMNS = (
    Column("place", Bilingual("STT", "No"), lambda i: i.position, width=5),
    Column("code", Bilingual("Mã hồ sơ", "Code"), lambda i: i.case.code, width=18),
    Column("procedure", Bilingual("Thủ tục hành chính", "Procedure"),
           lambda i: Bilingual(i.case.title, i.case.title_en or i.case.title), width=28),
    Column("state", Bilingual("Kết quả", "Outcome"), _words, width=12),
    Column("number", Bilingual("Số văn bản", "Number"),
           lambda i: (o.number if (o := _outcome(i)) else ""), width=14),
    Column("at", Bilingual("Lúc", "At"),
           lambda i: (o.at if (o := _outcome(i)) else None), "moment", 10),
    Column("reason", Bilingual("Lý do", "Reason"), _reason, width=28),
    Column("digest", Bilingual("Mã băm bản đã duyệt", "Digest as approved"),
           lambda i: i.digest, width=24),
)  # fmt: skip


def register() -> None:
    """Called once at start-up."""
    for purpose in PURPOSES.values():
        register_list(
            ListSource(
                f"batches.{purpose.code}",
                Bilingual("Danh sách đợt ký", "List of a batch")
                if purpose.code == "sign"
                else Bilingual("Danh sách đợt đóng dấu", "List of a sealing batch"),
                purpose.permission,
                COLUMNS,
                lambda actor, asked: every_item(_of(actor, asked)),
                lambda actor, asked: _of(actor, asked).total,
            )
        )
