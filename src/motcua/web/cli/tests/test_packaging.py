"""The commands that carry one procedure as one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from motcua.casework.access.public import SYSTEM
from motcua.subsystems.procedure_editor.public import ProcedureDraft, read_package_file
from motcua.subsystems.procedures.public import load_packages, version_in_force
from motcua.web.cli import main


@pytest.mark.django_db
def test_a_procedure_leaves_as_a_file_and_comes_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_packages(actor=SYSTEM)
    target = tmp_path / "p.zip"
    assert main(["export", "procedure", "1.004873", "--output", str(target)]) == 0
    from motcua.foundation.timesource import today

    assert read_package_file(target.read_bytes()) == version_in_force("1.004873", today()).document
    assert main(["import", "package", str(target)]) == 0
    assert main(["import", "package", str(target), "--draft"]) == 0
    assert ProcedureDraft.objects.get().code == "1.004873"
    target.write_bytes(b"PK")
    assert main(["import", "package", str(target)]) == 1
    assert ".zip" in capsys.readouterr().err
    assert main(["export", "procedure", "9.999999"]) == 1
