"""Small process documents for tests: builders first, then ones with a story."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]


def text(word: str) -> dict[str, str]:
    return {"vi": f"{word} (vi)", "en": word}


def action(name: str, *to: str, **more: Any) -> Document:
    return {"id": name, "name": text(name), "verb": name, "to": list(to), **more}


def task(name: str, *actions: Document, **more: Any) -> Document:
    return {
        "id": name, "name": text(name), "kind": "task", "role": "case_officer",
        "unit": "competent", "actions": list(actions), **more,
    }  # fmt: skip


def wait(name: str, *actions: Document, **more: Any) -> Document:
    base = task(name, *actions, kind="wait", role="applicant", unit="applicant")
    return {**base, **more}


def consultation(name: str, agency: str, *actions: Document, **more: Any) -> Document:
    base = task(name, *actions, kind="consultation", role="consulted_officer", hours=16)
    return {**base, "unit": f"agency:{agency}", **more}


def join(name: str, to: str) -> Document:
    return {"id": name, "name": text(name), "kind": "join", "to": [to]}


def end(name: str = "done", **more: Any) -> Document:
    return {"id": name, "name": text(name), "kind": "end", **more}


def process(*steps: Document, start: str = "", key: str = "t", **more: Any) -> Document:
    start = start or steps[0]["id"]
    return {"key": key, "name": text(key), "start": start, "steps": list(steps), **more}


def supplement() -> Document:
    return wait(
        "await_supplement",
        action("supplied", "@back", verb="supplement"),
        state="supplement",
        timers=[
            {
                "id": "no_supplement",
                "after": {"amount": 7, "unit": "working_day"},
                "verb": "stop_no_supplement",
                "to": ["stopped"],
            }
        ],
    )


def permit() -> Document:
    """Receive, examine, consult two agencies in parallel, propose, sign; with every loop."""
    return process(
        task(
            "receive",
            action("accept", "examine", primary=True),
            action("ask", "await_supplement", asks=["items", "due"]),
            action("refuse", "refused", asks=["reason"]),
            role="receiving_clerk", unit="receiving", hours=8, state="new",
        ),
        task(
            "examine",
            action("consult", "consult_fire", "consult_build", when="needs_consultation"),
            action("propose", "sign", primary=True),
            action("ask", "await_supplement", asks=["items"]),
            hours=24, state="processing",
        ),
        consultation("consult_fire", "PC07", action("answer", "met", verb="answer_consultation"),
                     silence="consent"),
        consultation("consult_build", "SXD", action("answer", "met", verb="answer_consultation"),
                     silence="escalate"),
        join("met", "propose_after"),
        task("propose_after", action("propose", "sign"), hours=8),
        task("sign", action("sign", "give_back", primary=True), action("redo", "@back"),
             role="leader", hours=8),
        task("give_back", action("hand_over", "done"), role="receiving_clerk", unit="receiving",
             state="decided"),
        supplement(),
        end("done", state="returned"),
        end("refused", state="refused"),
        end("stopped", state="stopped"),
        key="1.000001",
        variables=["needs_consultation"],
    )  # fmt: skip
