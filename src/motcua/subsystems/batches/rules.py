"""What is shown first, what was approved, what drops out. Pure.

Law: Nghị định 30/2020/NĐ-CP, Điều 13 (who signs) and Điều 32 (who seals). That one approval may
cover several papers, each named with its digest, is the house's reading (decision 19).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.foundation.errors import Bilingual

MOST = 500
"""Papers of one batch."""
SLICE_SECONDS = 5.0
"""How long one job works before it lets others pass."""
MOST_IN_A_ROW = 3
"""After so many failures of key or device in a row the rest is left alone."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """One of the two things that are done to many papers: which act, whose, at which address."""

    code: str
    slug: str
    verb: str
    role: str
    permission: str


SIGN = Purpose("sign", "ky", "sign", "leader", "batches.sign")
SEAL = Purpose("seal", "dong-dau", "issue", "records_clerk", "batches.seal")
PURPOSES = {purpose.code: purpose for purpose in (SIGN, SEAL)}
BY_SLUG = {purpose.slug: purpose for purpose in (SIGN, SEAL)}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a dossier that waits, beyond its paper.

    Attributes:
        note: what the officer wrote with the proposal.
        returned: how often somebody sent it back.
        opinions: what consulted units answered.
        silent: consulted units that did not answer in time.
        answers: versions of the applicant's answers; 1 is as filed.
        drafts: versions of the draft; 1 is as first made.
        held_by: somebody else who holds the dossier at the moment.
    """

    note: str = ""
    returned: int = 0
    opinions: tuple[str, ...] = ()
    silent: int = 0
    answers: int = 1
    drafts: int = 1
    held_by: str = ""


def unusual(facts: Facts) -> tuple[str, ...]:
    """Why somebody should look at this paper before it is signed; empty: nothing.

    >>> unusual(Facts(returned=1, opinions=("agree", "disagree")))
    ('disagreed', 'returned')
    """
    found = (
        ("doubt", bool(facts.note.strip())),
        ("disagreed", "disagree" in facts.opinions),
        ("conditional", "agree_if" in facts.opinions),
        ("silent", facts.silent > 0),
        ("returned", facts.returned > 0),
        ("changed", facts.answers > 1),
        ("redrafted", facts.drafts > 1 and facts.returned == 0),
        ("held", bool(facts.held_by)),
    )
    return tuple(code for code, here in found if here)


@dataclass(frozen=True, slots=True)
class Seen:
    """One paper as somebody had it before their eyes."""

    uid: str
    version: int
    digest: str

    @classmethod
    def read(cls, text: str) -> Seen | None:
        """From a ticked box; None when it was tampered with.

        >>> Seen.read("u.3.abc")
        Seen(uid='u', version=3, digest='abc')
        """
        uid, _, rest = text.partition(".")
        version, _, digest = rest.partition(".")
        if not (uid and digest and version.isascii() and version.isdecimal()):
            return None
        return cls(uid[:36], int(version[:9]), digest[:64])

    @property
    def text(self) -> str:
        """What the box sends."""
        return f"{self.uid}.{self.version}.{self.digest}"


def approved_text(
    batch: str, purpose: str, account_id: int, items: Iterable[tuple[int, str, int, str]]
) -> str:
    """All that one approval says, as one text to be authenticated.

    Args:
        items: position, document, version of the dossier and digest of each paper.
    """
    return json.dumps([batch, purpose, account_id, [list(item) for item in items]])


DROPPED = {
    "redrafted": Bilingual(
        "Dự thảo đã được sửa sau khi bạn phê duyệt.",
        "The draft was changed after your approval.",
    ),
    "changed": Bilingual(
        "Hồ sơ đã thay đổi sau khi bạn phê duyệt.",
        "The dossier changed after your approval.",
    ),
    "moved": Bilingual("Hồ sơ không còn chờ bạn.", "The dossier no longer waits for you."),
    "post": Bilingual(
        "Bạn không còn giữ vị trí được làm việc này.",
        "You no longer hold a post that may do this.",
    ),
}


def dropped(approved: tuple[int, str], found: tuple[int, str] | None, *, offered: bool) -> str:
    """Why a paper is not signed although it was approved; "" when it may be.

    Args:
        approved: version of the dossier and digest of the paper, as approved.
        found: the same as they are now; None when there is no paper any more.
        offered: whether the process offers the act to this person now.
    """
    if found is None or not offered:
        return "moved"
    if found[1] != approved[1]:
        return "redrafted"
    return "changed" if found[0] != approved[0] else ""
