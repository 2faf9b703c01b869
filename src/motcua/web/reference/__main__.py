"""``python -m motcua.web.reference [folder]``: write the pages; default ``docs/reference``."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> int:
    """Write every page that differs; returns 0."""
    # The test settings: pages must not depend on what this machine has set.
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.web.settings.testing"
    import django

    django.setup()
    from motcua.web.reference.pages import render

    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in render().items():
        path = folder / name
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
