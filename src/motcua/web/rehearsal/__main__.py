"""``python -m motcua.web.rehearsal A B N``: the part that runs inside the scratch copy."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Rehearse in the database that ``DATABASE_URL`` names, which must be a scratch copy."""
    code_from, code_into, dossiers = sys.argv[1], sys.argv[2], int(sys.argv[3])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.web.settings.base")
    import django

    from motcua.foundation.telemetry import configure_logging

    configure_logging("WARNING", json_lines=False)
    django.setup()
    from django.conf import settings

    from motcua.foundation.errors import DomainError
    from motcua.web.rehearsal.copying import MARK
    from motcua.web.rehearsal.rehearsing import pairs_of, rehearse
    from motcua.web.rehearsal.report import report

    if MARK not in str(settings.DATABASES["default"]["NAME"]):
        print("✗ Chỉ diễn tập trên bản sao / only a scratch copy is rehearsed in.", file=sys.stderr)
        return 1
    try:
        outcome = rehearse(pairs_of(code_from, code_into), dossiers)
    except DomainError as error:
        print(f"✗ {error.text().vi} {error.what_to_do().vi}", file=sys.stderr)
        print(f"  {error.text().en} {error.what_to_do().en}", file=sys.stderr)
        return 1
    print(report(outcome))
    return 0 if outcome.holds else 1


if __name__ == "__main__":
    sys.exit(main())
