"""What each command of ``motcua`` does."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack
from pathlib import Path

import django

from motcua.web.cli.datafolder import IN_USE, alone_in, empty


def _start_django() -> None:
    django.setup()


def run_manage(options: argparse.Namespace) -> int:
    """Pass everything to Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["motcua manage", *options.arguments])
    return 0


def run_setup(options: argparse.Namespace) -> int:
    """Tables, static files, calendar, procedures. Safe to repeat."""
    _start_django()
    from motcua.web.cli.preparing import prepare

    prepare()
    return 0


def run_serve(options: argparse.Namespace) -> int:
    """Start the web server in this process group."""
    from motcua.web.cli.serving import serve

    return serve(host=options.host, port=options.port, workers=options.workers)


def run_worker(options: argparse.Namespace) -> int:
    """Work on jobs until told to stop."""
    _start_django()
    from motcua.foundation.outbox.public import run_worker as work
    from motcua.foundation.outbox.public import stop_on_signals
    from motcua.foundation.telemetry import configure_logging

    configure_logging()
    work(stop_on_signals())
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Name every edited, deleted or reordered ledger row; 1 when there is any."""
    _start_django()
    from motcua.casework.ledger.public import check_ledger

    broken = 0
    for finding in check_ledger():
        broken += 1
        print(f"✗ {finding.chain} #{finding.seq} {finding.kind}: {finding.sentence.vi}")
        print(f"  {finding.sentence.en}")
    if not broken:
        print("✓ Sổ cái nguyên vẹn / the ledger is whole.")
    return 1 if broken else 0


def run_import(options: argparse.Namespace) -> int:
    """Files of the national catalogue, procedure packages (ours by default), or boundaries."""
    _start_django()
    from motcua.web.cli.importing import import_catalogue, import_packages

    paths = [Path(path) for path in options.paths]
    if options.what == "package":
        from motcua.web.cli.packaging import import_package_files

        return import_package_files(paths, draft=options.draft)
    if options.what == "boundaries":
        from motcua.web.cli.importing import import_areas

        return import_areas(paths, options.layer)
    files = [path for path in paths if not path.is_dir()]
    folders = [path for path in paths if path.is_dir()]
    codes = [import_catalogue(files)] if files else []
    if folders or not files:
        codes.append(import_packages(folders))
    return max(codes)


def run_simulate(options: argparse.Namespace) -> int:
    """Play an outside system: its protocol on loopback, its state in the data folder."""
    from motcua.web.cli.simulating import SIMULATORS

    SIMULATORS[options.what](options.port)
    return 0


def run_export(options: argparse.Namespace) -> int:
    """Write the version of a procedure in force as one package file."""
    _start_django()
    from motcua.web.cli.packaging import export_procedure

    return export_procedure(options.code, Path(options.output) if options.output else None)


def run_rehearse(options: argparse.Namespace) -> int:
    """Merge two agencies in a copy of the database and report; 1 when anything does not match."""
    _start_django()
    from django.conf import settings
    from django.db import connections

    from motcua.web.cli.progress import step
    from motcua.web.cli.serving import run_to_the_end
    from motcua.web.rehearsal.copying import CannotCopy, scratch_copy

    database = dict(settings.DATABASES["default"])
    connections.close_all()
    command = [sys.executable, "-m", "motcua.web.rehearsal", options.ends, options.stays]
    try:
        with ExitStack() as left:
            with step("Sao chép cơ sở dữ liệu / copying the database"):
                address = left.enter_context(scratch_copy(database, settings.DATA_DIR))
            os.environ["DATABASE_URL"] = address
            return run_to_the_end([*command, str(options.dossiers)])
    except CannotCopy as error:
        print(f"✗ Không sao chép được / no copy could be made: {error}", file=sys.stderr)
        return 1


def run_demo(options: argparse.Namespace) -> int:
    """Prepare the demo city (once) and start web and worker."""
    from motcua.web.cli.serving import refusal_of_address

    refusal = "" if options.prepare_only else refusal_of_address("127.0.0.1", options.port)
    if refusal:
        print(refusal, file=sys.stderr)
        return 1
    data = Path(os.environ.get("MOTCUA_DATA_DIR", "var")).resolve()
    os.environ.setdefault("MOTCUA_PUBLIC_URL", f"http://127.0.0.1:{options.port}")
    with alone_in(data) as free:
        if not free:
            print(IN_USE.format(folder=data), file=sys.stderr)
            return 1
        if options.reset:
            empty(data)
            print(f"✓ Đã xoá dữ liệu cũ / old data removed: {data.name}/")
        failed = _prepare_demo(options)
        if failed or options.prepare_only:
            return failed
        _start_demo(options.port)
    return 0


def _prepare_demo(options: argparse.Namespace) -> int:
    """Build in a process of its own: the one that stays to watch over web and worker is small."""
    from motcua.web.cli.serving import run_to_the_end

    order = ["--full"] if options.full else []
    if not options.prepare_only:
        order += ["--welcome", str(options.port)]
    return run_to_the_end([sys.executable, "-m", "motcua.web.demo", *order])


def _start_demo(port: int) -> None:
    from motcua.web.cli.serving import run_together

    run_together(
        [sys.executable, "-m", "motcua", "serve", "--port", str(port)],
        [sys.executable, "-m", "motcua", "worker"],
    )
