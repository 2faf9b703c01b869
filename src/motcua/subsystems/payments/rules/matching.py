"""Which order a transfer means, and what becomes of its money."""

from __future__ import annotations

import re
from dataclasses import dataclass

PREFIX = "MC"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXY"
LENGTH = 12
_FOUND = re.compile(f"{PREFIX}[{ALPHABET}]{{{LENGTH - len(PREFIX)}}}")


def check_letter(body: str) -> str:
    """Guards a reference against a mistyped or swapped letter (29 letters, a prime)."""
    total = sum((at + 2) * (ALPHABET.index(c) + 1) for at, c in enumerate(body))
    return ALPHABET[total % 29]


def reference_of(letters: str) -> str:
    """A reference from nine random letters: ``MC``, the letters, a check letter."""
    return PREFIX + letters + check_letter(letters)


def references_in(content: str) -> list[str]:
    """Every true reference in what the bank passed on; spaces, dots and case do not matter."""
    plain = re.sub(r"[^0-9A-Z]", "", content.upper())
    found: list[str] = []
    for match in re.finditer(f"(?=({_FOUND.pattern}))", plain):
        word = match.group(1)
        body = word[len(PREFIX) :]
        if check_letter(body[:-1]) == body[-1] and word not in found:
            found.append(word)
    return found


@dataclass(frozen=True, slots=True)
class Fit:
    """How arrived money fits what is owed.

    ``settles`` says whether the charge is paid by it, ``used`` how much of the new money the
    charge takes; the rest is held for the payer.
    """

    verdict: str
    settles: bool
    used: int


def fit(*, owed: int, settled: bool, ended: bool, late: bool, held: int, amount: int) -> Fit:
    """Decide for one transfer that names an order.

    Args:
        owed: the whole charge in đồng.
        settled: the charge is paid, or nothing is due any more.
        ended: the dossier has ended unpaid; its money must be given back.
        late: the order had run out when the money came.
        held: what earlier, too small transfers for the same charge left waiting.
        amount: what came now.
    """
    if settled:
        return Fit("double", settles=False, used=0)
    if ended:
        return Fit("late", settles=False, used=0)
    missing = max(0, owed - held)
    if amount < missing:
        return Fit("short", settles=False, used=0)
    if amount > missing:
        return Fit("over", settles=True, used=missing)
    return Fit("late" if late else "exact", settles=True, used=amount)
