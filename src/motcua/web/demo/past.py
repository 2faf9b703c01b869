"""After living through the past: what the house need no longer tell anybody.

Notices and slips of dossiers whose files nobody keeps are not made again today;
the search index learns of all dossiers at once instead of event by event.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from motcua.casework.cases.public import Case
from motcua.casework.issuing.public import IssuedDocument
from motcua.casework.search.public import Entry, index_many
from motcua.foundation.outbox.models import Event
from motcua.foundation.timesource import now
from motcua.subsystems.supervision.public import count_past_quality, rebuild

BATCH = 500
BOARD = dt.timedelta(days=31)
"""How far back the supervisor's board looks."""


def settle_past() -> None:
    """Mark the past's events as told, except those of dossiers with real files; index all."""
    with_files = IssuedDocument.objects.exclude(sha256="").values("case__uid")
    recent = {str(row["case__uid"]) for row in with_files}
    young = Case.objects.filter(is_open=True, competent_agency__code="ubnd-26740")
    recent |= {str(uid) for uid in young.values_list("uid", flat=True)}
    heard = sorted(recent)[:900]
    waiting = Event.objects.filter(dispatched_at__isnull=True, topic__startswith="applications.")
    waiting.exclude(key__in=heard).update(dispatched_at=now())
    for topic in ("issuing.", "workflow.consultation"):
        Event.objects.filter(dispatched_at__isnull=True, topic__startswith=topic).update(
            dispatched_at=now()
        )
    index_many(_entries())
    rebuild()
    count_past_quality(now() - BOARD, {UUID(uid) for uid in heard})


def _entries() -> Iterator[Entry]:
    cases = Case.objects.filter(kind="application").select_related("applicant")
    for case in cases.prefetch_related("visibility").iterator(chunk_size=BATCH):
        who = case.applicant.full_name if case.applicant else ""
        yield Entry(
            "application",
            str(case.uid),
            f"{case.code} {who}",
            case.title,
            [row.viewer for row in case.visibility.all()],  # type: ignore[attr-defined]
            {"code": case.code, "title": case.title, "state": case.state, "who": who},
        )
