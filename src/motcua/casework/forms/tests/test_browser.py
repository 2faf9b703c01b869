"""What the browser shows, requires and calculates is what the server would."""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from motcua.casework.forms.browser_spec import browser_spec
from motcua.casework.forms.public import settle
from motcua.casework.forms.rules.settling import is_required
from motcua.casework.forms.rules.typing import show, understand
from motcua.casework.forms.tests.samples import definition

PART = Path(__file__).resolve().parents[1]
LIBRARY = (
    PART.parents[3] / "frontend" / "node_modules" / "@marcbachmann" / "cel-js" / "lib" / "index.js"
)
TODAY = dt.date(2026, 11, 22)
FORM = definition()
TEXTS = {
    "child_birth": ["1/1/2026", "2026-11-01", "31/2/2026", "29-2-2024", "x", ""],
    "relation": ["father", "other", ""],
    "relation_other": ["", "dì"],
    "weight": ["3,5", "4", "1.234,5", ""],
    "married": ["true", "false", ""],
    "copies": ["3", "1.000", "a", "", "9007199254740993"],
    "sex": ["nam"],
}


def cases() -> list[tuple[dict[str, str], dict[str, Any], str]]:
    pick = random.Random(5)
    made = []
    for _ in range(80):
        typed = {name: pick.choice(texts) for name, texts in TEXTS.items()}
        answers = {
            name: value
            for name, text in typed.items()
            if (value := understand(FORM.fields[name], text)) is not None
        }
        made.append((typed, answers, pick.choice([step.id for step in FORM.steps])))
    return made


def test_live_fields_agree_with_the_server(tmp_path: Path) -> None:
    node = shutil.which("node")
    if not node or not LIBRARY.exists():
        pytest.skip("Node or the front end's packages are not installed")
    sent: list[dict[str, Any]] = []
    expected: list[dict[str, Any]] = []
    for typed, answers, step_id in cases():
        step = FORM.step(step_id)
        assert step is not None
        settled = settle(FORM, answers, today=TODAY, context={"online": True})
        with translation.override("vi"):
            spec = browser_spec(FORM, step, settled, "vi")
        assert spec is not None
        sent.append({"spec": spec, "answers": typed})
        inputs = spec["inputs"].keys()
        fields = [FORM.fields[name] for name in inputs if name in settled.shown]
        expected.append(
            {
                "shown": sorted(f.id for f in fields),
                "required": sorted(
                    f.id for f in fields if f.required_when and is_required(f, settled)
                ),
                "calculated": {
                    f.id: show(f, settled.answers.get(f.id)) for f in fields if f.calculated
                },
            }
        )
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(sent))
    run = subprocess.run(
        [node, str(PART / "browser" / "run_settle.mjs"), str(file), str(LIBRARY)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    for case, answer, wanted in zip(sent, answers, expected, strict=True):
        assert answer == wanted, case["answers"]


def test_only_what_a_screen_needs_is_sent() -> None:
    answers = {"child_name": "Bí mật", "relation": "other", "copies": 2}
    settled = settle(FORM, answers, today=TODAY)
    family, contact = FORM.step("family"), FORM.step("contact")
    assert family is not None
    assert contact is not None
    spec = browser_spec(FORM, family, settled, "vi")
    assert spec is not None
    assert "Bí mật" not in json.dumps(spec, ensure_ascii=False)
    assert set(spec["live"]) == {"relation_other", "siblings"}
    other = browser_spec(FORM, contact, settled, "vi")
    assert other is not None
    assert set(other["inputs"]) == {"contact_email", "copies", "fee"}
