"""``python -m motcua.web.demo``: prepare the demo city in a process that ends afterwards."""

from __future__ import annotations

import argparse
import os

OLD_DATA = (
    "Dữ liệu trình diễn do phiên bản cũ hơn của chương trình tạo ra; làm lại: make demo RESET=1\n"
    "The demo's data were made by an older state of the program; begin anew: make demo RESET=1"
)


def main() -> None:
    """Tables, calendar, procedures, the city, its past; then say how to enter."""
    parser = argparse.ArgumentParser(prog="motcua.web.demo")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--welcome", type=int, default=0, metavar="PORT")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.web.settings.base")
    import django

    from motcua.foundation.telemetry import configure_logging

    configure_logging("WARNING", json_lines=False)
    django.setup()
    from motcua.subsystems.procedures.public import PublishedForGood
    from motcua.web.cli.preparing import prepare
    from motcua.web.demo.building import build_demo, welcome
    from motcua.web.demo.earlier import publish_earlier

    try:
        prepare(before_packages=publish_earlier)
    except PublishedForGood:
        raise SystemExit(OLD_DATA) from None
    build_demo(full=options.full)
    if options.welcome:
        print(welcome(options.welcome), flush=True)


if __name__ == "__main__":
    main()
