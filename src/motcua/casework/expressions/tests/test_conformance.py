"""One set of cases, two evaluators: the server's and the browser's agree on every one."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from motcua.casework.expressions.public import (
    ExpressionError,
    NoValue,
    compile_expression,
    evaluate,
)

PART = Path(__file__).resolve().parents[1]
CASES_FILE = PART / "conformance" / "cases.json"
CASES = json.loads(CASES_FILE.read_text())
LIBRARY = (
    PART.parents[3] / "frontend" / "node_modules" / "@marcbachmann" / "cel-js" / "lib" / "index.js"
)


def inward(value: Any) -> Any:
    if isinstance(value, dict):
        if "$double" in value:
            return float(value["$double"])
        return {name: inward(item) for name, item in value.items()}
    return [inward(item) for item in value] if isinstance(value, list) else value


def outward(value: Any) -> Any:
    """The form in which the Node runner prints a value: numbers say their kind."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return {"$int": str(value)}
    if isinstance(value, float):
        return {"$double": int(value) if value.is_integer() else value}
    if isinstance(value, list):
        return [outward(item) for item in value]
    return {name: outward(item) for name, item in value.items()}


def expected(case: dict[str, Any]) -> dict[str, Any]:
    if "error" in case:
        return {"error": case["error"]}
    return {"value": outward(inward(case["value"]))}


def on_server(case: dict[str, Any]) -> dict[str, Any]:
    try:
        expression = compile_expression(case["source"])
    except ExpressionError as error:
        return {"error": "syntax" if error.kind == "syntax" else "value"}
    try:
        value = evaluate(expression, inward(case.get("variables", {})))
    except NoValue:
        return {"error": "value"}
    assert not (isinstance(value, float) and math.isnan(value))
    return {"value": outward(value)}


@pytest.mark.parametrize("case", CASES, ids=[case["source"] for case in CASES])
def test_server_gives_the_expected_answer(case: dict[str, Any]) -> None:
    # `has(a)` is refused by the server's checker and the browser's parser alike.
    actual = on_server(case)
    if case.get("error") == "syntax":
        assert "error" in actual
    else:
        assert actual == expected(case)


def test_browser_gives_the_expected_answers() -> None:
    node = shutil.which("node")
    if not node or not LIBRARY.exists():
        pytest.skip("Node or the front end's packages are not installed")
    run = subprocess.run(
        [node, str(PART / "browser" / "run_conformance.mjs"), str(CASES_FILE), str(LIBRARY)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(answers) == len(CASES)
    wrong = [
        (case["source"], case.get("variables"), answer, expected(case))
        for case, answer in zip(CASES, answers, strict=True)
        if {k: v for k, v in answer.items() if k != "why"} != expected(case)
    ]
    assert not wrong, "\n".join(map(str, wrong))
