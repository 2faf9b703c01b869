"""The command that imports the national catalogue."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from motcua.web.cli import main

RECORD = json.dumps({"ma_thu_tuc": "1.000001", "ten_thu_tuc": "Cấp giấy mẫu"}).encode()


@pytest.mark.django_db
def test_the_command_says_by_its_code_what_happened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, no = (tmp_path / name for name in ("good", "bad", "no"))
    good.write_bytes(RECORD)
    bad.write_bytes(RECORD + b"\n{")
    no.write_bytes(b"x")
    assert main(["import", "procedures", str(good)]) == 0
    assert "1 mới / new" in capsys.readouterr().out
    assert main(["import", "procedures", str(bad)]) == 1
    assert "bad:2:" in capsys.readouterr().out
    assert main(["import", "procedures", str(no)]) == 2
    assert main(["import", "procedures", str(tmp_path / "absent")]) == 2
