"""Checking a stranger's file in a process of its own, with little memory and little time.

A small PDF can unfold to gigabytes or loop for minutes. The child is given the
file on its standard input, answers with a report, and is ended when it takes
too much; the answer is then that the file cannot be read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import msgspec

from motcua.casework.issuing.verification.report import Report

SECONDS = 20
MEMORY = 1_500 * 1024 * 1024
_SOURCE = Path(__file__).resolve().parents[4]


def verify_apart(pdf: bytes, *, at: dt.datetime, trust: Path, limit: int) -> Report:
    """The report on ``pdf``, made by a child process that cannot harm this one.

    Args:
        at: the moment of the check, aware.
        trust: folder of trust anchors.
        limit: largest size in bytes that is looked into.
    """
    order = json.dumps({"at": at.isoformat(), "trust": str(trust), "limit": limit})
    command = [sys.executable, "-m", "motcua.casework.issuing.verification.apart", order]
    environment = {"PYTHONPATH": str(_SOURCE), "PATH": os.environ.get("PATH", "")}
    try:
        done = subprocess.run(  # noqa: S603 - our own program; nothing of the file is in the command
            command, input=pdf, capture_output=True, timeout=SECONDS + 10, env=environment,
            check=True,
        )  # fmt: skip
        return msgspec.json.decode(done.stdout, type=Report)
    except (subprocess.SubprocessError, msgspec.MsgspecError):
        return Report(
            sha256=hashlib.sha256(pdf).hexdigest(), size=len(pdf), checked_at=at,
            indication="INDETERMINATE", sub_indication="GENERIC", problem="unreadable",
        )  # fmt: skip


def main(order: str) -> None:
    """The child: limits first, then the check, then the report on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    asked = json.loads(order)
    from django.conf import settings

    settings.configure(MOTCUA_UPLOAD_MAX_BYTES=asked["limit"])
    from motcua.casework.issuing.verification.anchors import anchor_set
    from motcua.casework.issuing.verification.engine import verify

    report = verify(
        sys.stdin.buffer.read(),
        at=dt.datetime.fromisoformat(asked["at"]),
        anchors=anchor_set(Path(asked["trust"])),
    )
    sys.stdout.buffer.write(msgspec.json.encode(report))


if __name__ == "__main__":
    main(sys.argv[1])
