"""Random expressions over random answers: both sides have the same value, or none."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from motcua.casework.expressions.public import ExpressionError, compile_expression
from motcua.casework.expressions.tests.test_conformance import LIBRARY, PART, on_server

NAMES = ("absent", "whole", "decimal", "text", "date", "yes", "rows", "picks")
VALUES: dict[str, list[Any]] = {
    "whole": [0, 3, -7],
    "decimal": [1.5, {"$double": 2}, -0.25],
    "text": ["", "Đặng", "a"],
    "date": ["2026-02-28", "2000-02-29", "x"],
    "yes": [True, False],
    "rows": [[], [{"age": 3}, {"age": 9, "name": "An"}], [{"name": "Bé"}]],
    "picks": [["a", "b"], []],
}
LEAVES = (
    "0", "1", "2.5", "'a'", "'Đặng'", "''", "true", "false", "'2026-03-01'", "[1, 2]",
    "size(text)", "present(text)", "years_between(date, '2026-11-22')", "fold(text)",
    "rows.exists(r, has(r.age) && r.age > 5)", "rows.all(r, r.age > 1)", "rows.size()",
    "rows.filter(r, present(r.name)).size()", "sum(rows.map(r, r.age))", "('a' in picks)",
    "add_months(date, whole)", "days_between(date, '2026-01-01')", "picks[0]", "string(whole)",
)  # fmt: skip
PAIRS = ("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "in")


def expression(pick: random.Random, depth: int) -> str:
    if depth == 0 or pick.random() < 0.25:
        return pick.choice((*NAMES, *LEAVES))
    inner = [expression(pick, depth - 1) for _ in range(3)]
    shape = pick.random()
    if shape < 0.65:
        return f"({inner[0]} {pick.choice(PAIRS)} {inner[1]})"
    if shape < 0.8:
        return f"({inner[0]} ? {inner[1]} : {inner[2]})"
    if shape < 0.9:
        return f"!({inner[0]})"
    return f"{pick.choice(('min', 'max'))}({inner[0]}, {inner[1]})"


def test_both_sides_agree_on_random_expressions(tmp_path: Path) -> None:
    node = shutil.which("node")
    if not node or not LIBRARY.exists():
        pytest.skip("Node or the front end's packages are not installed")
    pick = random.Random(20261122)
    cases: list[dict[str, Any]] = []
    wanted: list[dict[str, Any]] = []
    while len(cases) < 1_500:
        variables = {name: pick.choice(values) for name, values in VALUES.items()}
        case = {"source": expression(pick, 3), "variables": variables}
        try:
            compile_expression(case["source"])
        except ExpressionError:
            continue  # never published, so no browser meets it
        cases.append(case)
        wanted.append(on_server(case))
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(cases))
    run = subprocess.run(
        [node, str(PART / "browser" / "run_conformance.mjs"), str(file), str(LIBRARY)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    wrong: list[tuple[Any, ...]] = []
    for case, server, line in zip(cases, wanted, run.stdout.splitlines(), strict=True):
        browser = json.loads(line)
        if "error" in server and "error" in browser:
            continue
        if browser.get("value") != server.get("value") or ("error" in server) != (
            "error" in browser
        ):
            wrong.append((case["source"], case["variables"], server, browser))
    assert sum("value" in answer for answer in wanted) > 200
    assert not wrong, f"{len(wrong)}\n" + "\n".join(map(str, wrong[:25]))
