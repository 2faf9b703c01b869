"""What must hold between the counts before and after a merger."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.web.rehearsal.census import Census, Side


@dataclass(frozen=True, slots=True)
class Line:
    """One equality: what, how it was and is, and whether it holds."""

    what: str
    before: str
    after: str
    holds: bool


def compare(before: Census, after: Census) -> list[Line]:
    """What is of the whole: nothing of it may change but the ledger's length."""
    lines = [
        Line(what, value, after.kept[what], value == after.kept[what])
        for what, value in before.kept.items()
    ]
    whole = not before.ledger and not after.ledger and after.entries > before.entries
    return [*lines, Line("sổ cái / ledger", _ledger(before), _ledger(after), whole)]


def compare_sides(before: Side, after: Side) -> list[Line]:
    """What is of one agency and its successor: all of it moves, nothing is lost on the way."""
    lines: list[Line] = []
    for what, (old, new) in before.moving.items():
        now = after.moving[what]
        lines.append(Line(what, _pair(old, new), _pair(*now), now == (0, old + new)))
    return [*lines, _viewers(before, after), _people(before, after), *_registers(before, after)]


def _pair(old: int, new: int) -> str:
    return f"{old:,} + {new:,}"


def _viewers(before: Side, after: Side) -> Line:
    old, new, both = before.seen
    return Line(
        "quyền xem hồ sơ / cases open to each",
        f"{old:,} + {new:,} (chung / both {both:,})",
        f"{after.seen[0]:,} + {after.seen[1]:,}",
        after.seen == (old, old + new - both, old),
    )


def _people(before: Side, after: Side) -> Line:
    old, new = before.holders
    return Line(
        "người giữ vị trí / holders of posts",
        _pair(len(old), len(new)),
        _pair(len(after.holders[0]), len(after.holders[1])),
        not after.holders[0] and after.holders[1] == old | new,
    )


def _registers(before: Side, after: Side) -> list[Line]:
    return [
        Line(
            f"sổ văn bản / register {name}",
            f"{last:,}",
            f"{after.registers[name][0]:,} (đóng / closed)",
            after.registers[name] == (last, True),
        )
        for name, (last, _) in sorted(before.registers.items())
    ]


def _ledger(census: Census) -> str:
    state = "nguyên vẹn / whole" if not census.ledger else f"✗ {census.ledger[0]}"
    return f"{census.entries:,} · {state}"
