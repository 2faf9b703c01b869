"""The report of a rehearsal, as text."""

from __future__ import annotations

from motcua.web.rehearsal.comparing import Line
from motcua.web.rehearsal.rehearsing import Outcome


def report(outcome: Outcome) -> str:
    """Before and after, side by side; what does not hold is marked ✗."""
    parts: list[str] = []
    for title, lines in outcome.lines.items():
        parts += ["", title, *(_line(line) for line in lines)]
    waiting = [text for side in outcome.before.sides for text in side.unsealed]
    if waiting:
        parts += [
            "",
            "Đã ký, chưa đóng dấu: cơ quan kế thừa đóng dấu, số và người ký giữ nguyên.",
            "Signed, not sealed: the successor seals, number and signer stay.",
            *(f"  · {text}" for text in waiting),
        ]
    if outcome.work:
        parts += ["", "Làm tiếp tại cơ quan kế thừa / work goes on in the successor"]
        parts += [_line(line) for line in outcome.work]
    cost = outcome.merged
    parts += [
        "",
        f"Sáp nhập / the merger: {cost.seconds:.1f} s, {cost.statements} lệnh / statements, "
        f"{cost.peak_mb} MB",
        "✓ Mọi đẳng thức đúng, không mất gì / every equality holds, nothing is lost."
        if outcome.holds
        else "✗ Có điều không khớp, xem các dòng ✗ / something does not match, see the lines ✗.",
    ]
    return "\n".join(parts)


def _line(line: Line) -> str:
    mark = "✓" if line.holds else "✗"
    return f"  {mark} {line.what}: {line.before} → {line.after}"
