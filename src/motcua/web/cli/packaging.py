"""``motcua export procedure`` and ``motcua import package``: whole procedures as single files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from motcua.casework.access.public import SYSTEM
from motcua.foundation.errors import DomainError
from motcua.foundation.timesource import today
from motcua.subsystems.procedure_editor.public import read_package_file, start_draft, write_archive
from motcua.subsystems.procedures.public import import_package, publish_version, version_in_force


def export_procedure(code: str, target: Path | None) -> int:
    """Write the version in force as one file; 1 when there is none."""
    try:
        version = version_in_force(code, today())
    except DomainError as error:
        return _refused(code, error)
    path = target or Path(f"{code}.zip")
    path.write_bytes(write_archive(version.document))
    print(f"✓ {path} ({code}, {version.version})")
    return 0


def import_package_files(paths: Sequence[Path], *, draft: bool) -> int:
    """Publish the packages in these files, or open each as a draft in the editor."""
    failed = 0
    for path in paths:
        try:
            document = read_package_file(path.read_bytes())
            if draft:
                start_draft(actor=SYSTEM, document=document, origin="file", note=path.name)
            else:
                version = import_package(actor=SYSTEM, document=document)
                publish_version(actor=SYSTEM, version_id=version.pk)
        except DomainError as error:
            failed = _refused(path.name, error)
        except OSError as error:
            print(f"✗ {path}: {error.strerror}", file=sys.stderr)
            failed = 1
        else:
            what = "bản soạn / draft" if draft else "đã công bố / published"
            print(f"✓ {path.name}: {document.get('code', '')} {what}")
    return failed


def _refused(name: str, error: DomainError) -> int:
    print(f"✗ {name}: {error.text().vi} {error.what_to_do().vi}", file=sys.stderr)
    print(f"  {error.text().en} {error.what_to_do().en}", file=sys.stderr)
    for problem in getattr(error, "problems", ()):
        print(f"  · {problem.place}: {problem.message.vi}", file=sys.stderr)
        print(f"    {problem.message.en}", file=sys.stderr)
    return 1
