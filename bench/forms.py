"""Measures a 100-field form with 50 rules: ``python bench/forms.py [--url DATABASE_URL]``.

Opening is: read the draft, settle, draw the screen. Saving is: read the posted screen,
judge it, keep the draft. Submitting checks every answer and appends them. All 100 fields
stand on one screen, which is the worst case; a five-step form shows 20 at a time.
Prints milliseconds of CPU (median and worst of the rounds) and database statements.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any

LIMIT_MS = 60.0
ROUNDS = 60


def set_up(url: str) -> None:
    """A throw-away database with every table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.web.settings.testing"
    os.environ["MOTCUA_TEST_DATABASE_URL"] = url
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)


def measure(name: str, work: Callable[[], object]) -> float:
    """Run and print one line; the median of CPU milliseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    work()
    with CaptureQueriesContext(connection) as seen:
        work()
    spent: list[float] = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        spent.append((time.process_time() - started) * 1_000)
    median = statistics.median(spent)
    writes = [q for q in seen.captured_queries if "SAVEPOINT" not in q["sql"]]
    print(f"{name:44} {median:7.2f} ms  worst {max(spent):7.2f} ms  {len(writes)} statements")
    return median


def run() -> int:
    """Every measurement; 1 when a limit was passed."""
    from django.test import RequestFactory

    from bench.table import Table
    from motcua.casework.forms import public as forms
    from motcua.casework.forms.rules import compiling
    from motcua.casework.forms.tests.pages import Page
    from motcua.casework.forms.tests.samples import both, large_answers, large_document
    from motcua.casework.testing.makers import make_agency, make_case, make_citizen
    from motcua.foundation.timesource import today

    document: dict[str, Any] = large_document()
    document["steps"] = [{"id": "all", "title": both("Tất cả"), "fields": list(document["fields"])}]
    form, answers, actor = forms.compile_form(document), large_answers(), make_citizen()
    case, request, day = make_case(make_agency()), RequestFactory().get("/"), today()
    revision = forms.save_draft(
        actor=actor, definition=form, context_key="bench", answers=answers, current_step="all"
    )

    def open_form() -> str:
        ready = forms.compile_form(document)
        draft = forms.draft_of(actor, ready.id, "bench")
        kept = draft.answers if draft else {}
        return forms.render_step(ready, "all", kept, request=request, today=day)

    posted = Page(open_form()).query()

    def save_form() -> None:
        nonlocal revision
        ready = forms.compile_form(document)
        draft = forms.draft_of(actor, ready.id, "bench")
        outcome = forms.take_screen(ready, "all", posted, draft.answers if draft else {}, today=day)
        revision = forms.save_draft(
            actor=actor,
            definition=ready,
            context_key="bench",
            answers=outcome.answers,
            revision=revision,
        )

    def compile_cold() -> None:
        compiling._compiled.clear()
        forms.compile_form(document)

    limited = [
        measure("open, 100 fields answered", open_form),
        measure(
            "open, 100 fields empty",
            lambda: forms.render_step(form, "all", {}, request=request, today=day),
        ),
        measure("save (post, judge 50 rules, keep draft)", save_form),
        measure(
            "submit (check all, append)",
            lambda: forms.submit_answers(
                actor=actor, case_id=case.pk, definition=form, answers=answers
            ),
        ),
    ]
    measure("judge 100 answers, 50 rules", lambda: forms.validate(form, answers, today=day))
    measure("compile the document anew", compile_cold)
    table = Table()
    table.line("100 fields, 50 rules: the dearest of them, CPU", max(limited), "ms", LIMIT_MS)
    return 0 if table.met else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    with tempfile.TemporaryDirectory() as folder:
        parser.add_argument("--url", default=f"sqlite:///{folder}/bench.sqlite3")
        set_up(parser.parse_args().url)
        return run()


if __name__ == "__main__":
    raise SystemExit(main())
