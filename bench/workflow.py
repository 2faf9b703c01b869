"""One move of a case: CPU and statements, beside SpiffWorkflow load + advance + save.

``python bench/workflow.py`` (SQLite in a file), or with
``MOTCUA_TEST_DATABASE_URL=postgresql://…`` on PostgreSQL; its own database is made and dropped.
Both engines run in the same process and round after round, so that the machine's mood
falls on both; the ratio is the result.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.web.settings.testing")
os.environ.setdefault("MOTCUA_TEST_SUFFIX", "bench_workflow")

ROUNDS = 7
MOVES = 40
LEAST_RATIO = 3.0
VARIABLES = {f"field_{n}": n for n in range(50)}


@dataclass(frozen=True)
class Engine:
    """Begin a case; move it one step; what it keeps of one case, in bytes."""

    begin: Callable[[], None]
    move: Callable[[], None]
    size: Callable[[], int]


def document() -> dict[str, Any]:
    """Forty tasks in a row, each with a condition, as one long walk."""
    from motcua.casework.workflow.tests.processes import action, end, process, task

    def step(n: int) -> dict[str, Any]:
        onward = action("go", f"t{n + 1}" if n < MOVES else "done", when="field_1 == 1")
        other = action("also", "done", when="!(field_1 == 1)")
        return task(f"t{n}", onward, other, hours=8, state="working")

    return process(*(step(n) for n in range(MOVES + 1)), end(), key="bench.1")


def exported() -> str:
    """The same process as BPMN, its conditions turned into Python for Spiff."""
    from motcua.casework.workflow.bpmn.vocabulary import CEL
    from motcua.casework.workflow.public import ProcessDocument, read_document, to_bpmn

    typed = read_document(document())
    assert isinstance(typed, ProcessDocument)
    text = to_bpmn(typed).replace("&amp;&amp;", "and").replace("!(", "not (")
    return text.replace(f' language="{CEL}"', "")


def spiff() -> Engine:
    """Spiff with its state as one JSON row, as its own documentation stores it."""
    from django.db import connection, transaction
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
    from SpiffWorkflow.util.task import TaskState

    parser = BpmnParser()
    parser.add_bpmn_str(exported().encode())
    spec = parser.get_spec("Process_bench_1")
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())

    def run(sql: str, *values: object) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchone() if cursor.description else None

    run("CREATE TABLE bench_spiff (id integer primary key, state text)")

    def begin() -> None:
        workflow = BpmnWorkflow(spec)
        workflow.data.update(VARIABLES)
        workflow.do_engine_steps()
        run("DELETE FROM bench_spiff")
        run("INSERT INTO bench_spiff VALUES (1, %s)", serializer.serialize_json(workflow))

    def move() -> None:
        state = run("SELECT state FROM bench_spiff WHERE id = 1")[0]
        workflow = serializer.deserialize_json(state)
        (waiting,) = workflow.get_tasks(state=TaskState.READY, manual=True)
        waiting.data.update({**VARIABLES, "action": "go"})
        waiting.complete()
        workflow.do_engine_steps()
        with transaction.atomic():
            saved = serializer.serialize_json(workflow)
            run("UPDATE bench_spiff SET state = %s WHERE id = 1", saved)

    return Engine(begin, move, lambda: run("SELECT length(state) FROM bench_spiff")[0])


def ours() -> Engine:
    """The same walk through the published tables."""
    from django.db import transaction

    from motcua.casework.access.public import SYSTEM
    from motcua.casework.testing.makers import make_agency, make_case, make_official
    from motcua.casework.workflow.public import move, publish, start
    from motcua.foundation.timesource import now

    ward = make_agency()
    officer = make_official(ward, "case_officer")
    definition = publish(actor=SYSTEM, document=document())
    units = {"receiving": ward.pk, "competent": ward.pk}
    here = {"case": 0, "token": 0}

    def begin() -> None:
        here["case"] = make_case(ward).pk
        begun = start(
            actor=SYSTEM, case_id=here["case"], definition=definition, at=now(), units=units
        )
        here["token"] = begun.tokens[0].token_id

    def step() -> None:
        with transaction.atomic():
            done = move(
                actor=officer,
                case_id=here["case"],
                token_id=here["token"],
                action_id="go",
                variables=VARIABLES,
                at=now(),
            )
        here["token"] = done.tokens[0].token_id

    return Engine(begin, step, lambda: 0)


def timed(work: Callable[[], None], times: int) -> tuple[float, float]:
    """CPU and wall milliseconds of one call, the mean of ``times``."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - cpu) * 1000 / times, (time.perf_counter() - wall) * 1000 / times


def statements(work: Callable[[], None]) -> int:
    """Statements of one call, without those that only open and close the transaction."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        work()
    return sum(not q["sql"].startswith(("BEGIN", "COMMIT")) for q in queries)


def pure() -> float:
    """Microseconds of CPU of one move without a database."""
    from motcua.casework.workflow.rules import compile_definition, fire, first_marking

    definition = compile_definition(document())
    began = time.process_time()
    for _ in range(50):
        marking = first_marking(definition)
        for _ in range(MOVES):
            (token,) = marking
            marking, _ = fire(definition, marking, token, "go", VARIABLES)
    return (time.process_time() - began) * 1e6 / (50 * MOVES)


def compare() -> float:
    """Measure and print both engines; how many times more CPU Spiff takes."""
    from django.db import connection

    engines = {"ours": ours(), "spiff": spiff()}
    rows: dict[str, list[tuple[float, float]]] = {name: [] for name in engines}
    asked: dict[str, int] = {}
    for _ in range(ROUNDS):
        for name, engine in engines.items():
            engine.begin()
            asked[name] = statements(engine.move)
            rows[name].append(timed(engine.move, 12))
    print(f"{connection.vendor}: pure rules {pure():.1f} µs a move")
    cpu = {name: statistics.median(c for c, _ in found) for name, found in rows.items()}
    for name, found in rows.items():
        wall = statistics.median(w for _, w in found)
        more = f"{asked[name]} statements"
        print(f"  {name:<8}{cpu[name]:>7.2f} ms CPU {wall:>7.2f} ms wall  {more}")
    print(f"  Spiff keeps {engines['spiff'].size() // 1000} kB for a case, written anew each move")
    ratio = cpu["spiff"] / cpu["ours"]
    print(json.dumps({"name": "workflow.move", "vendor": connection.vendor,
                      "cpu_ms": round(cpu["ours"], 3), "ratio": round(ratio, 1)}))  # fmt: skip
    return ratio


def main() -> int:
    """Run and judge: a move must be several times cheaper than the blob."""
    import django

    from bench.table import Table

    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    config = setup_databases(verbosity=0, interactive=False)
    try:
        ratio = compare()
    finally:
        teardown_databases(config, verbosity=0)
    table = Table()
    table.line("one move beside SpiffWorkflow kept as JSON", ratio, "×", LEAST_RATIO, least=True)
    return 0 if table.met else 1


if __name__ == "__main__":
    sys.exit(main())
