"""What an import found, in numbers and as a text to keep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Q

from motcua.subsystems.procedures.imported.models import (
    ImportedChange,
    ImportedDoubt,
    ImportedRecord,
    ImportFile,
    ImportRun,
)
from motcua.subsystems.procedures.rules.national import BROKEN, KIND_NAMES, NOT_STATED, REASONS

_CHUNK = 500


def counts_of(run: ImportRun, keys: Sequence[str]) -> dict[str, Any]:
    """The numbers of a run: records, how they were read, doubts by kind and reason."""
    changes = dict(
        ImportedChange.objects.filter(run=run).values_list("kind").annotate(n=Count("id"))
    )
    whole = understood = 0
    kinds: dict[str, dict[str, int]] = {}
    for some in _chunks(keys):
        records = ImportedRecord.objects.filter(key__in=some)
        found = records.aggregate(
            whole=Count("id", filter=Q(doubt_count=0)),
            understood=Count("id", filter=Q(unread_count=0)),
        )
        whole += found["whole"]
        understood += found["understood"]
        for kind, reason, n, holders in _doubts(some):
            row = kinds.setdefault(kind, {"records": 0})
            row[reason] = row.get(reason, 0) + n
            row["records"] += holders
    new, changed = changes.get("new", 0), changes.get("changed", 0)
    return {
        "lines": run.total,
        "records": len(keys),
        "whole": whole,
        "understood": understood,
        "new": new,
        "changed": changed,
        "unchanged": len(keys) - new - changed,
        "broken": len(run.broken),
        "kinds": kinds,
    }


def _doubts(keys: Sequence[str]) -> Iterable[tuple[str, str, int, int]]:
    """Kind, reason, number of doubts, and records that have unread ones (of that reason)."""
    return (
        ImportedDoubt.objects.filter(record__key__in=keys)
        .values_list("kind", "reason")
        .annotate(n=Count("id"), holders=Count("record", distinct=True))
        .order_by("kind", "reason")
    )


def _chunks(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))


def report_text(run: ImportRun) -> str:
    """The report of a finished run as text, Vietnamese with English beside."""
    counts = run.counts
    lines = [
        "Nhập danh mục thủ tục / catalogue import "
        f"{run.started_at:%d/%m/%Y %H:%M} · {run.started_by}",
        "Tệp / files: "
        + ", ".join(ImportFile.objects.filter(run=run).values_list("name", flat=True)),
        f"Bản ghi / records: {counts['records']} "
        f"({counts['new']} mới / new, {counts['changed']} đổi / changed, "
        f"{counts['unchanged']} giữ nguyên / unchanged)",
        f"Đọc trọn, nguồn đủ / wholly read and stated: {counts['whole']}",
        f"Đọc được mọi điều nguồn nói / everything stated was read: {counts['understood']}",
        f"Dòng hỏng / broken lines: {counts['broken']}",
        "Cần người đọc, theo loại / needs a person, by kind:",
    ]
    for kind, reasons in sorted(counts["kinds"].items()):
        name = KIND_NAMES[kind]
        unread = sum(n for reason, n in reasons.items() if reason not in {NOT_STATED, "records"})
        silent = reasons.get(NOT_STATED, 0)
        lines.append(
            f"  {name.vi} / {name.en}: {unread} chưa đọc / unread, "
            f"{silent} nguồn không nói / silent"
        )
        lines += [
            f"    {n} · {REASONS[reason].vi} / {REASONS[reason].en}"
            for reason, n in sorted(reasons.items())
            if reason not in {NOT_STATED, "records"}
        ]
    lines += [
        f"  ✗ {row['file']}:{row['line']}: {BROKEN[row['reason']].vi} / {BROKEN[row['reason']].en}"
        for row in run.broken
    ]
    return "\n".join(lines) + "\n"
