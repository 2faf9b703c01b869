"""Dossiers whose way is fixed, so that each of the ten states can be seen in every demo.

All others are left to chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.web.demo.choices import (
    ACCEPT,
    ASK_FEE,
    ASK_FIRST,
    PROPOSE_SLOWLY,
    REFUSAL,
    REFUSE,
    WITHDRAW,
    Choice,
)

MARITAL, HOUSE = "1.004873", "1.013225"


@dataclass(frozen=True, slots=True)
class Fate:
    """How one dossier goes: ``days`` working days ago, what is chosen by step, where it rests."""

    days: int
    procedure: str = MARITAL
    takes: Mapping[str, Choice] = field(default_factory=dict[str, Choice])
    rests: frozenset[str] = frozenset()


_SMOOTH = {"receive": ACCEPT}

FATES: Mapping[str, Fate] = {
    "new": Fate(0, rests=frozenset({"receive"})),
    "received": Fate(1, takes=_SMOOTH, rests=frozenset({"hand_over"})),
    "refused": Fate(4, takes={"receive": REFUSE}),
    "processing": Fate(2, takes=_SMOOTH, rests=frozenset({"examine"})),
    "supplement": Fate(3, takes={"receive": ASK_FIRST}, rests=frozenset({"supplement_first"})),
    "financial_obligation": Fate(6, HOUSE, {**_SMOOTH, "examine": ASK_FEE}, frozenset({"pay"})),
    "withdrawn": Fate(3, takes={"receive": WITHDRAW}),
    "stopped": Fate(12, takes={**_SMOOTH, "examine": REFUSAL}),
    "finished": Fate(9, takes=_SMOOTH, rests=frozenset({"hand_back"})),
    "returned": Fate(15, takes=_SMOOTH),
}
"""State → the way that ends in it (Nghị định 118/2025/NĐ-CP; Thông tư 03/2025/TT-VPCP)."""

CROSSING = Fate(0, takes={**_SMOOTH, "examine": PROPOSE_SLOWLY})
"""Filed in the last days of a former unit, decided in its successor."""
