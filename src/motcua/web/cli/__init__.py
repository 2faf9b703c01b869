"""The command ``motcua``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua", description="Một Cửa")
    commands = parser.add_subparsers(dest="command", required=True)

    demo = commands.add_parser("demo", help="the demo city: prepare it and start it")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--reset", action="store_true", help="throw the demo's data away first")
    demo.add_argument(
        "--full", action="store_true", help="fill two years: at least 20,000 dossiers"
    )
    demo.add_argument("--prepare-only", action="store_true", help="do not start the servers")

    serve = commands.add_parser("serve", help="start the web server")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=0, help="processes; 0 chooses")

    commands.add_parser("worker", help="turn events into notices, files and deliveries")
    commands.add_parser("setup", help="create tables, calendar and procedures; safe to repeat")

    check = commands.add_parser("check", help="prove that stored records are whole")
    check.add_argument("what", choices=["ledger"])

    importer = commands.add_parser(
        "import",
        help="bring data in: files of the catalogue (JSON lines or JSON, gzipped or not), "
        "folders of packages, or boundaries of areas (GeoJSON); exit code "
        "0 all taken, 1 some lines or packages broken, 2 a file could not be read",
    )
    importer.add_argument("what", choices=["procedures", "package", "boundaries"])
    importer.add_argument("paths", nargs="*")
    importer.add_argument(
        "--layer", default="ward", help="boundaries: into which layer of areas; ward when absent"
    )
    importer.add_argument(
        "--draft", action="store_true", help="open package files in the editor, publish nothing"
    )

    exporter = commands.add_parser("export", help="write a procedure as one package file")
    exporter.add_argument("what", choices=["procedure"])
    exporter.add_argument("code")
    exporter.add_argument("--output", default="", help="the file; CODE.zip when absent")

    simulate = commands.add_parser("simulate", help="play an outside system on this machine")
    simulate.add_argument("what", choices=["bank", "national-portal"])
    simulate.add_argument("--port", type=int, default=8090)
    rehearse = commands.add_parser("rehearse", help="try on a scratch copy what cannot be undone")
    rehearse.add_argument("what", choices=["merge"])
    rehearse.add_argument("--from", dest="ends", required=True, help="code of who ends")
    rehearse.add_argument("--into", dest="stays", required=True, help="code of who carries on")
    rehearse.add_argument(
        "--dossiers", type=int, default=0, help="fill the first up to so many open ones (demo)"
    )

    manage = commands.add_parser("manage", help="Django's own management commands")
    manage.add_argument("arguments", nargs=argparse.REMAINDER)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 for success."""
    options = _parser().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.web.settings.base")
    if options.command == "demo":
        os.environ["MOTCUA_DEMO"] = "1"
    from motcua.foundation.telemetry import configure_logging
    from motcua.web.cli import commands

    configure_logging("WARNING" if options.command == "demo" else "INFO", json_lines=False)

    run = getattr(commands, f"run_{options.command}")
    try:
        return int(run(options) or 0)
    except KeyboardInterrupt:
        print("\nĐã dừng / stopped.", file=sys.stderr)
        return 130
