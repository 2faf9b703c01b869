"""Hundreds of results signed, then sealed, each under one approval. Goal: 10 a second of CPU."""

from __future__ import annotations

import argparse
import time
from typing import Any

from bench.table import Table, set_up

STEPS = (
    ("clerk", "accept"), ("clerk", "forward"), ("officer", "propose_online"),
    ("citizen", "confirm_draft"), ("division", "approve"),
)  # fmt: skip
PASSWORD = "do-toc-do-ky-loat"


def prepared(world: Any, rows: int) -> None:
    """Dossiers as far as the leader's desk; their drafts are laid out when they are signed."""
    from django.test import override_settings

    from motcua.casework.issuing.public import without_files
    from motcua.casework.people.public import Account

    for actor in (world.leader, world.records):
        account = Account.objects.get(pk=actor.account_id)
        account.set_password(PASSWORD)
        account.save()
    with override_settings(DEMO=True), without_files():
        for _ in range(rows):
            uid = world.file()
            for who, action in STEPS:
                world.do(who, uid, action)


def main() -> int:
    """Print the figures; 1 when a goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=500)
    options = parser.parse_args()
    set_up()
    from motcua.casework.issuing.public import IssuedNumber
    from motcua.subsystems.applications.tests.world import make_world
    from motcua.subsystems.batches.rules import SEAL, SIGN
    from motcua.subsystems.batches.selectors import progress_of, waiting
    from motcua.subsystems.batches.services import approve, run_slice

    world = make_world(["1.004873"])
    began = time.process_time()
    prepared(world, options.rows)
    table = Table()
    table.note(f"{options.rows} dossiers prepared in {time.process_time() - began:.0f} s of CPU")
    both = 0.0
    for purpose, actor in ((SIGN, world.leader), (SEAL, world.records)):
        began = time.process_time()
        rows = waiting(actor, purpose).rows
        looked = time.process_time() - began
        began = time.process_time()
        seen = [row.seen for row in rows]
        batch = approve(actor=actor, purpose=purpose, seen=seen, password=PASSWORD)
        approving = time.process_time() - began
        began = time.process_time()
        while run_slice(batch.uid):
            pass
        spent = time.process_time() - began
        both += spent + approving
        assert progress_of([batch])[0].done == options.rows == len(rows)
        table.line(f"{purpose.code} {options.rows} under one approval", options.rows / spent,
                   "/s of CPU", 10, least=True)  # fmt: skip
        table.note(f"list of {len(rows)}: {looked * 1000:.0f} ms CPU, approval: {approving:.2f} s")
    numbers = IssuedNumber.objects.filter(issueddocument__case__isnull=False)
    taken = sorted(numbers.exclude(register__code__startswith="phieu").values_list("number"))
    assert taken == [(number,) for number in range(1, options.rows + 1)], "numbers with gaps"
    table.line("signed and sealed", options.rows / both, "/s of CPU", 10, least=True)
    return 0 if table.met else 1


if __name__ == "__main__":
    raise SystemExit(main())
