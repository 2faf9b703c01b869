"""Reading the whole ledger once and naming every row that is not as it was written.

Two passes, each a stream: the chains (every entry follows its predecessor and
still says what its hash says), then the periods (every head and root that was
sealed is still there). Memory does not grow with the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Subquery

from motcua.casework.ledger.merkle import RootBuilder
from motcua.casework.ledger.models import ChainTip, Entry, LedgerPeriod, PeriodHead
from motcua.casework.ledger.rules import (
    GENESIS,
    HASHED_FIELDS,
    Finding,
    entry_hash,
    moment_text,
)
from motcua.casework.ledger.sealing import leaf_digest, seal_of
from motcua.foundation.errors import Bilingual

CHUNK = 2000
REACH = 500
"""How many rows may have been cut out of a renumbered chain and its rows still be recognised."""
_COLUMNS = ("hash", *HASHED_FIELDS)

_SENTENCES: dict[str, Bilingual] = {
    "edited": Bilingual(
        "Bút ký số {seq} của chuỗi {chain} đã bị sửa nội dung.",
        "Entry {seq} of chain {chain} was edited.",
    ),
    "deleted": Bilingual(
        "Bút ký số {seq} của chuỗi {chain} đã bị xoá.",
        "Entry {seq} of chain {chain} was deleted.",
    ),
    "inserted": Bilingual(
        "Bút ký số {seq} của chuỗi {chain} bị chèn vào sau.",
        "Entry {seq} of chain {chain} was inserted afterwards.",
    ),
    "reordered": Bilingual(
        "Bút ký số {seq} của chuỗi {chain} không ở vị trí khi được ghi (vốn là số {origin}).",
        "Entry {seq} of chain {chain} is not where it was written (it was number {origin}).",
    ),
    "truncated": Bilingual(
        "Chuỗi {chain} bị xoá phần cuối: bút ký số {seq} đã khoá trong kỳ {period} không còn.",
        "Chain {chain} lost its tail: entry {seq}, sealed in period {period}, is gone.",
    ),
    "cut": Bilingual(
        "Chuỗi {chain} bị xoá phần cuối: đã ghi đến bút ký số {seq}, nay chỉ còn đến số {now}.",
        "Chain {chain} lost its tail: {seq} entries were written, it now ends at {now}.",
    ),
    "untold": Bilingual(
        "Chuỗi {chain} kết thúc ở bút ký số {seq}, khác với đầu chuỗi mà cơ sở dữ liệu đã ghi.",
        "Chain {chain} ends with entry {seq}, which is not what the database noted as its tip.",
    ),
    "rewritten": Bilingual(
        "Chuỗi {chain} đã bị viết lại: bút ký số {seq} khác với bản đã khoá trong kỳ {period}.",
        "Chain {chain} was rewritten: entry {seq} differs from what period {period} sealed.",
    ),
    "period": Bilingual(
        "Kỳ {period} của sổ cái không còn khớp với gốc Merkle hoặc dấu niêm của nó.",
        "Ledger period {period} no longer matches its Merkle root or its seal.",
    ),
    "period-count": Bilingual(
        "Kỳ {period} của sổ cái có {now} bút ký, khi khoá là {then}.",
        "Ledger period {period} holds {now} entries; it held {then} when it was closed.",
    ),
}


def _finding(kind: str, chain: str, seq: int, **data: object) -> Finding:
    return Finding(chain, seq, kind, _SENTENCES[kind].format(chain=chain, seq=seq, **data))


def check_ledger(*, limit: int = 1000) -> list[Finding]:
    """Every place where the ledger was tampered with, at most ``limit``; empty when whole.

    Whoever can take the database's guards off can also set a chain's tip back with
    its tail: close periods often and publish their seals.
    """
    found = list(islice(_check_chains(), limit))
    known = {finding.chain for finding in found}
    found += islice(_check_periods(known), limit - len(found))
    known = {finding.chain for finding in found}
    found += islice(_check_tips(known), limit - len(found))
    return found


@dataclass(slots=True)
class _Row:
    hash: str
    seq: int
    prev_hash: str
    fields: dict[str, Any]

    def hash_at(self, seq: int) -> str:
        return entry_hash({**self.fields, "seq": seq})


@dataclass(slots=True)
class _Walk:
    """Where the walk along one chain stands. ``shift`` is how far later rows were renumbered."""

    chain: str
    expected: int = 1
    last_hash: str = GENESIS
    hash_before: str = ""
    shift: int = 0
    gap: bool = False
    pending: list[Finding] = field(default_factory=list[Finding])


def _rows() -> Iterator[_Row]:
    stream = Entry.objects.order_by("chain", "seq").values_list(*_COLUMNS)
    for digest, *values in stream.iterator(chunk_size=CHUNK):
        fields: dict[str, Any] = dict(zip(HASHED_FIELDS, values, strict=True))
        fields["at"] = moment_text(fields["at"])
        yield _Row(digest, fields["seq"], fields["prev_hash"], fields)


def _check_chains() -> Iterator[Finding]:
    walk: _Walk | None = None
    for row in _rows():
        chain = row.fields["chain"]
        if walk is None or walk.chain != chain:
            if walk is not None:
                yield from walk.pending
            walk = _begin(chain, row)
        yield from _step(walk, row)
    if walk is not None:
        yield from walk.pending


def _begin(chain: str, row: _Row) -> _Walk:
    """Start a chain; when its beginning was lawfully pruned, from the sealed head before it."""
    if row.seq > 1:
        head = (
            PeriodHead.objects.filter(chain=chain, seq=row.seq - 1)
            .exclude(period__archive_sha256="")
            .first()
        )
        if head is not None:
            return _Walk(chain, expected=row.seq, last_hash=head.hash)
    return _Walk(chain)


def _step(walk: _Walk, row: _Row) -> Iterator[Finding]:
    """Compare one row with its predecessor; findings are held back by one row, because
    only the next row tells an edited entry from an inserted one."""
    held, walk.pending = walk.pending, []
    if row.seq > walk.expected:
        held += [_finding("deleted", walk.chain, n) for n in range(walk.expected, row.seq)][:CHUNK]
        walk.gap = True
    linked = row.prev_hash == walk.last_hash
    if row.hash_at(row.seq) == row.hash:
        if not linked and not walk.gap and not held:
            held.append(_finding("edited", walk.chain, row.seq - 1))
        walk.shift = 0
    else:
        held = _misplaced(walk, row, held, linked)
    yield from held
    walk.gap = False
    walk.expected = row.seq + 1
    walk.hash_before, walk.last_hash = walk.last_hash, row.hash


def _misplaced(walk: _Walk, row: _Row, held: list[Finding], linked: bool) -> list[Finding]:
    """A row whose hash does not fit: edited, or honest but moved to another number."""
    origin = _origin(row, walk.shift)
    if origin is None:
        walk.pending.append(_finding("edited", walk.chain, row.seq))
        return held
    shift = row.seq - origin
    if shift == walk.shift and linked:
        return held
    if shift == walk.shift + 1 and row.prev_hash == walk.hash_before and _alien(held):
        walk.shift = shift
        return [_finding("inserted", walk.chain, row.seq - 1)]
    if shift < walk.shift and not linked and not _exists(walk.chain, row.prev_hash):
        gone = range(row.seq - walk.shift, origin)
        walk.shift = shift
        return [*held, *(_finding("deleted", walk.chain, seq) for seq in gone)]
    walk.pending.append(_finding("reordered", walk.chain, row.seq, origin=origin))
    return held


def _alien(held: list[Finding]) -> bool:
    """Whether the row before may be the intruder: at most its hash was found wrong."""
    return all(finding.kind == "edited" for finding in held)


def _origin(row: _Row, shift: int) -> int | None:
    """The number under which a row was written: the one that its hash fits."""
    last = Entry.objects.filter(chain=row.fields["chain"]).aggregate(n=Max("seq"))["n"] or row.seq
    near = (row.seq - shift, row.seq - 1, row.seq + 1, *range(1, last + REACH))
    return next((seq for seq in near if row.hash_at(seq) == row.hash), None)


def _exists(chain: str, digest: str) -> bool:
    return digest == GENESIS or Entry.objects.filter(chain=chain, hash=digest).exists()


def _check_tips(known: set[str]) -> Iterator[Finding]:
    """Every chain still reaches its tip. One query for a chunk of chains.

    Tips are read before the entries they speak of, so what is being written
    meanwhile only makes a chain longer.
    """
    tips = ChainTip.objects.order_by("chain").values_list("chain", "seq", "hash")
    stream = tips.iterator(chunk_size=CHUNK)
    while chunk := list(islice(stream, CHUNK)):
        ends = _ends_of([chain for chain, _, _ in chunk])
        for chain, seq, digest in chunk:
            now, standing = ends.get(chain, (0, ""))
            if chain in known or (now == seq and standing == digest):
                continue
            if now < seq and not _pruned(chain, seq):
                yield _finding("cut", chain, seq, now=now)
            elif now == seq:
                yield _finding("untold", chain, seq)


def _ends_of(chains: list[str]) -> dict[str, tuple[int, str]]:
    """The last entry of each chain that has any."""
    followed = Entry.objects.filter(chain=OuterRef("chain"), seq=OuterRef("next_seq"))
    rows = (
        Entry.objects.filter(chain__in=chains)
        .annotate(next_seq=F("seq") + 1)
        .filter(~Exists(followed))
        .order_by("seq")
        .values_list("chain", "seq", "hash")
    )
    return {chain: (seq, digest) for chain, seq, digest in rows}


def _pruned(chain: str, seq: int) -> bool:
    """Whether the entry went by the one lawful way: with its archived period."""
    heads = PeriodHead.objects.filter(chain=chain, seq__gte=seq)
    return heads.exclude(period__archive_sha256="").exists()


def _check_periods(known: set[str]) -> Iterator[Finding]:
    """The sealed roots and heads. Chains in ``known`` were named already by the first pass."""
    last_seal, last_id, number = GENESIS, 0, 0
    touched = set(known)
    for period in LedgerPeriod.objects.order_by("number").iterator(chunk_size=CHUNK):
        yield from _check_heads(period, touched)
        whole = (
            period.number == number + 1
            and period.prev_seal == last_seal
            and period.first_id == last_id + 1
            and period.seal == seal_of(period)
        )
        if not whole:
            yield _finding("period", "", period.number, period=period.number)
        last_seal, last_id, number = period.seal, period.last_id, period.number


def _check_heads(period: LedgerPeriod, touched: set[str]) -> Iterator[Finding]:
    builder = RootBuilder()
    standing = Entry.objects.filter(chain=OuterRef("chain"), seq=OuterRef("seq")).values("hash")
    heads = (
        PeriodHead.objects.filter(period=period)
        .order_by("position")
        .annotate(standing=Subquery(standing[:1]))
        .values_list("chain", "seq", "hash", "standing")
    )
    pruned = bool(period.archive_sha256)
    for chain, seq, digest, now in heads.iterator(chunk_size=CHUNK):
        builder.add(leaf_digest(chain, seq, digest))
        if now == digest or chain in touched or (pruned and now is None):
            continue
        touched.add(chain)
        yield _finding("rewritten" if now else "truncated", chain, seq, period=period.number)
    if builder.root().hex() != period.merkle_root or builder.size != period.chains:
        yield _finding("period", "", period.number, period=period.number)
        return
    if pruned or touched:
        return
    count = Entry.objects.filter(id__range=(period.first_id, period.last_id)).count()
    if count != period.entries:
        yield _finding(
            "period-count", "", period.number, period=period.number, now=count, then=period.entries
        )
