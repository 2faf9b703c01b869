"""Writing, sealing, tampering and being found out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.casework.ledger import triggers
from motcua.casework.ledger.errors import NotArchived
from motcua.casework.ledger.models import Entry, LedgerPeriod, PeriodHead
from motcua.casework.ledger.public import (
    archive_period,
    check_ledger,
    close_period,
    entries,
    proof,
    prune_period,
    record,
)
from motcua.casework.ledger.selectors import exported
from motcua.foundation.errors import Conflict, NotFound

GUIDE = Path(__file__).parents[5] / "docs/how-to/verify-a-ledger-proof.md"


def kinds() -> list[tuple[str, str, int]]:
    return [(f.kind, f.chain, f.seq) for f in check_ledger()]


@pytest.fixture
def sealed(write, writer):
    """Three chains, all closed into a period, and some acts after it."""
    write("case:1", 6)
    write("case:2", 4)
    write("catalogue", 3)
    close_period(writer)
    write("case:2", 2)


def test_a_whole_ledger_has_no_findings(sealed):
    assert check_ledger() == []


def test_an_empty_ledger_has_no_findings_and_no_period(db, writer):
    assert check_ledger() == []
    assert close_period(writer) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor_name", "Người khác"),
        ("verb", "cases.accept"),
        ("authority", ""),
        ("after", '{"bước": 99}'),
        ("at", "2020-01-01 00:00:00+00:00"),
        ("agency_id", 4),
        ("hash", "f" * 64),
    ],
)
def test_an_edited_field_is_named(sealed, sql, column, value):
    sql(f"UPDATE ledger_entry SET {column} = %s WHERE chain = 'case:1' AND seq = 3", value)
    found = check_ledger()
    assert [(f.kind, f.chain, f.seq) for f in found] == [("edited", "case:1", 3)]
    assert "case:1" in found[0].sentence.vi
    assert "edited" in found[0].sentence.en


def test_an_edited_row_with_a_fresh_hash_is_named_by_its_successor(sealed, sql):
    row = Entry.objects.get(chain="case:1", seq=3)
    fields = exported(row)
    fields.pop("hash")
    fields["verb"] = "cases.refuse"
    from motcua.casework.ledger.rules import entry_hash

    sql(
        "UPDATE ledger_entry SET verb = 'cases.refuse', hash = %s WHERE id = %s",
        entry_hash(fields),
        row.pk,
    )
    assert kinds() == [("edited", "case:1", 3)]


def test_a_deleted_middle_row_is_named(sealed, sql):
    sql("DELETE FROM ledger_entry WHERE chain = 'case:1' AND seq IN (3, 4)")
    assert kinds() == [("deleted", "case:1", 3), ("deleted", "case:1", 4)]


def test_a_deleted_first_row_is_named(sealed, sql):
    sql("DELETE FROM ledger_entry WHERE chain = 'case:2' AND seq = 1")
    assert kinds() == [("deleted", "case:2", 1)]


def test_a_deleted_row_is_named_when_the_rest_is_renumbered(sealed, sql):
    sql("DELETE FROM ledger_entry WHERE chain = 'case:1' AND seq IN (3, 4)")
    sql("UPDATE ledger_entry SET seq = seq - 2 WHERE chain = 'case:1' AND seq = 5")
    sql("UPDATE ledger_entry SET seq = seq - 2 WHERE chain = 'case:1' AND seq = 6")
    assert kinds() == [("deleted", "case:1", 3), ("deleted", "case:1", 4)]


def test_a_deleted_tail_is_named_by_its_period(sealed, sql):
    sql("DELETE FROM ledger_entry WHERE chain = 'case:1' AND seq >= 5")
    assert kinds() == [("truncated", "case:1", 6)]


def test_a_chain_deleted_whole_is_named(sealed, sql):
    sql("DELETE FROM ledger_entry WHERE chain = 'catalogue'")
    assert kinds() == [("truncated", "catalogue", 3)]


def test_swapped_rows_are_named(sealed, sql):
    for old, new in ((3, 90), (4, 3), (90, 4)):
        sql(f"UPDATE ledger_entry SET seq = {new} WHERE chain = 'case:1' AND seq = {old}")
    assert kinds() == [("reordered", "case:1", 3), ("reordered", "case:1", 4)]


@pytest.mark.parametrize("honest_hash", [True, False])
def test_an_inserted_row_is_named(sealed, sql, honest_hash):
    for seq in (6, 5, 4):
        sql(f"UPDATE ledger_entry SET seq = {seq + 1} WHERE chain = 'case:1' AND seq = {seq}")
    before = Entry.objects.get(chain="case:1", seq=3)
    from motcua.casework.ledger.rules import HASHED_FIELDS, entry_hash

    fields = {name: getattr(before, name) for name in HASHED_FIELDS}
    fields |= {"seq": 4, "verb": "cases.forged", "prev_hash": before.hash}
    hashed = {**exported(before), **fields, "at": exported(before)["at"]}
    hashed.pop("hash")
    Entry.objects.create(**fields, hash=entry_hash(hashed) if honest_hash else "0" * 64)
    assert kinds() == [("inserted", "case:1", 4)]


def test_a_chain_rewritten_with_fresh_hashes_differs_from_its_sealed_head(sealed, sql, write):
    sql("DELETE FROM ledger_entry WHERE chain = 'case:1'")
    sql("DELETE FROM ledger_entry WHERE chain = 'case:9'")
    connection.run_on_commit.clear()
    write("case:1", 7)
    assert kinds() == [("rewritten", "case:1", 6)]


def test_a_changed_head_or_period_is_named(sealed, sql, write, writer):
    close_period(writer)
    sql("UPDATE ledger_period SET closed_by = 'ai đó' WHERE number = 1")
    assert kinds() == [("period", "", 1)]
    sql("UPDATE ledger_period SET closed_by = %s WHERE number = 1", writer.name)
    assert kinds() == []
    sql("UPDATE ledger_period_head SET seq = 2 WHERE chain = 'catalogue'")
    assert ("period", "", 1) in kinds()


def test_a_deleted_period_is_named(sealed, sql, write, writer):
    close_period(writer)
    sql("DELETE FROM ledger_period_head WHERE period_id = (SELECT min(id) FROM ledger_period)")
    sql("DELETE FROM ledger_period WHERE number = 1")
    assert ("period", "", 2) in kinds()


def test_findings_stop_at_the_limit(sealed, sql):
    sql("UPDATE ledger_entry SET verb = 'x'")
    assert len(check_ledger(limit=4)) == 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET verb = 'x'",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_period SET merkle_root = ''",
        "UPDATE ledger_period SET archive_sha256 = 'a', closed_by = 'x'",
        "DELETE FROM ledger_period_head",
        "UPDATE ledger_period_head SET seq = 1",
        "DELETE FROM ledger_period",
    ],
)
def test_the_database_refuses_changes(sealed, guarded, sql, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(statement)
    assert check_ledger() == []


@pytest.mark.postgres
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_the_database_refuses_to_empty_the_tables(sealed, guarded, sql):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql("TRUNCATE ledger_entry")


def test_missing_guards_are_named(db):
    triggers.install(connection)
    assert triggers.missing_guards(connection) == []
    triggers.remove(connection)
    assert "ledger_entry_no_update" in triggers.missing_guards(connection)


def test_archived_period_may_be_pruned_and_the_rest_still_checks(
    sealed, guarded, writer, write, tmp_path
):
    path = archive_period(actor=writer, number=1, folder=tmp_path)
    with pytest.raises(Conflict):
        archive_period(actor=writer, number=1, folder=tmp_path)
    assert prune_period(actor=writer, number=1, archive=path) == 13
    write("case:1", 2)
    assert not Entry.objects.filter(chain="catalogue").exists()
    assert check_ledger() == []
    close_period(writer)
    assert check_ledger() == []


def test_pruning_needs_the_very_archive(sealed, writer, tmp_path):
    with pytest.raises(NotArchived):
        prune_period(actor=writer, number=1, archive=tmp_path / "none")
    path = archive_period(actor=writer, number=1, folder=tmp_path)
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(NotArchived):
        prune_period(actor=writer, number=1, archive=path)
    with pytest.raises(NotFound):
        prune_period(actor=writer, number=5, archive=path)


def test_periods_cover_every_entry_once(write, writer):
    write("case:1", 3)
    first = close_period(writer)
    assert first is not None
    assert close_period(writer) is None
    write("case:1", 1)
    write("case:3", 1)
    second = close_period(writer)
    assert second is not None
    assert (second.number, second.first_id, second.prev_seal) == (2, first.last_id + 1, first.seal)
    assert second.entries == second.chains == 2
    assert list(PeriodHead.objects.filter(period=second).values_list("chain", "seq")) == [
        ("case:1", 4),
        ("case:3", 1),
    ]


def _script() -> str:
    match = re.search(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert match is not None
    return match.group(1)


def _verify(document: dict, tmp_path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    script, file = tmp_path / "verify.py", tmp_path / "proof.json"
    script.write_text(_script())
    file.write_text(json.dumps(document, ensure_ascii=False))
    return subprocess.run(
        [sys.executable, "-I", str(script), str(file), *more],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_proof_is_verified_without_this_software(sealed, write, writer, tmp_path):
    write("catalogue", 2)
    close_period(writer)
    document = proof("case:1")
    anchor = LedgerPeriod.objects.get(number=2).seal
    assert len([line for line in _script().splitlines() if line]) <= 30
    done = _verify(document, tmp_path, anchor)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 to 6 are proven" in done.stdout
    for tamper in (
        lambda d: d["entries"][2].update(verb="x"),
        lambda d: d["entries"].pop(3),
        lambda d: d["path"].reverse() or d["path"].append("00" * 32),
        lambda d: d["period"].update(closed_by="ai đó"),
        lambda d: d["later"].clear(),
        lambda d: d["entries"].pop(),
    ):
        forged = json.loads(json.dumps(document))
        tamper(forged)
        assert _verify(forged, tmp_path, anchor).returncode != 0


def test_no_proof_before_a_period(write):
    write("case:1", 1)
    with pytest.raises(NotFound):
        proof("case:1")


def test_the_chain_reads_in_order(write, writer):
    write("case:1", 3)
    record(actor=writer, chain="case:1", verb="cases.close")
    assert [entry.seq for entry in entries("case:1")] == [1, 2, 3, 4]


def test_a_tail_cut_after_the_last_period_is_missed(sealed, write, sql):
    write("case:1", 2)
    write("agency:9", 1)
    assert kinds() == []
    sql("DELETE FROM ledger_entry WHERE chain = 'case:1' AND seq > 7")
    sql("DELETE FROM ledger_entry WHERE chain = 'agency:9'")
    found = check_ledger()
    assert [(f.kind, f.chain, f.seq) for f in found] == [
        ("cut", "agency:9", 1),
        ("cut", "case:1", 8),
    ]
    assert "ends at 7" in found[1].sentence.en


def test_a_last_entry_replaced_by_another_is_named(write, sql):
    write("case:5", 2)
    from motcua.casework.ledger.rules import entry_hash

    fields = exported(Entry.objects.get(chain="case:5", seq=2))
    fields.pop("hash")
    fields["verb"] = "cases.refuse"
    digest = entry_hash(fields)
    sql("UPDATE ledger_entry SET verb = 'cases.refuse', hash = %s WHERE seq = 2", digest)
    assert kinds() == [("untold", "case:5", 2)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_tip SET seq = 1 WHERE chain = 'case:1'",
        "UPDATE ledger_tip SET chain = 'case:2', seq = 9 WHERE chain = 'case:1'",
        "DELETE FROM ledger_tip",
    ],
)
def test_a_tip_is_not_taken_back(guarded, write, sql, statement):
    write("case:1", 3)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(statement)
    write("case:1", 1)
    assert kinds() == []
