"""Rules that can be read off the source: sizes, names, imports, habits."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable
from pathlib import Path

import pytest

from motcua.foundation import config
from motcua.web.reference.code import PACKAGE, Source, calls, environment_uses, sources

FILE_GOAL, FILE_LIMIT = 300, 500
FUNCTION_GOAL, FUNCTION_LIMIT = 40, 60
README_LIMIT = 80
STRAY = {"utils", "util", "helpers", "helper", "common", "misc", "shared"}
GETTEXT = ("gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "_")
IMPURE = {"models", "services", "selectors", "views", "urls", "api", "tasks", "manifest"}

OF_THE_SYSTEM = {"PATH", "HOME", "TMPDIR"}

# Each a cycle at load time between kernel parts, broken by an import inside a function or
# for typing only. Nothing may be added here without an ADR.
PRIVATE_DOORS: dict[str, set[str]] = {
    "casework/access/actors.py": {
        "motcua.casework.agencies.selectors",
        "motcua.casework.people.selectors",
        "motcua.casework.people.models",
    },
}


def nothing(found: Iterable[object]) -> None:
    """Fail with the whole list, one to a line."""
    lines = sorted({str(item) for item in found})
    assert not lines, f"{len(lines)} found:\n  " + "\n  ".join(lines)


# Slices that use another slice's door; each with its reason in the slice's README.
NEIGHBOURS: dict[str, set[str]] = {
    "motcua.subsystems.mass_notices": {"motcua.subsystems.reception"},
    "motcua.subsystems.slip_templates": {"motcua.subsystems.applications"},
    "motcua.subsystems.supervision": {"motcua.subsystems.applications"},
    "motcua.subsystems.batches": {"motcua.subsystems.applications"},
    "motcua.subsystems.escalation": {
        "motcua.subsystems.applications",
        "motcua.subsystems.procedures",
    },
    "motcua.subsystems.applications": {
        "motcua.subsystems.procedures",
        "motcua.subsystems.payments",
    },
    "motcua.subsystems.reception": {"motcua.subsystems.procedures"},
    "motcua.subsystems.national_portal": {"motcua.subsystems.applications"},
    "motcua.subsystems.papers": {"motcua.subsystems.procedures"},
    "motcua.subsystems.procedure_editor": {"motcua.subsystems.procedures"},
    "motcua.subsystems.partners": {"motcua.subsystems.applications"},
    "motcua.subsystems.staffing": {"motcua.subsystems.applications"},
}


ALL = sources()


def imported(source: Source) -> list[tuple[str, int]]:
    """Every module named by an import statement, wherever it stands; names of ``from`` too."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append((node.module, node.lineno))
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return found


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function's signature and body without its docstring and inner functions."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def functions() -> list[tuple[str, int]]:
    return [
        (f"{source.short}:{node.lineno} {node.name}", code_lines(node))
        for source in ALL
        for node in ast.walk(source.tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]


def is_rules(source: Source) -> bool:
    inside = source.path.relative_to(PACKAGE).parts
    return source.path.name == "rules.py" or "rules" in inside[:-1]


def test_no_file_is_too_long():
    nothing([f"{s.short}: {s.lines}" for s in ALL if s.lines > FILE_LIMIT])


def test_no_function_is_too_long():
    nothing([f"{name}: {lines}" for name, lines in functions() if lines > FUNCTION_LIMIT])


def test_debt_in_size_is_shown():
    """Not a refusal: what is above the goal and below the limit, counted in the test report."""
    debt = [f"{s.short}: {s.lines} lines" for s in ALL if s.lines > FILE_GOAL]
    debt += [f"{name}: {lines} lines" for name, lines in functions() if lines > FUNCTION_GOAL]
    if debt:
        warnings.warn(f"{len(debt)} above the goal:\n  " + "\n  ".join(debt), stacklevel=1)


def test_no_stray_modules():
    names = {part for s in ALL for part in s.module.split(".")}
    assert names & STRAY == set()


@pytest.mark.parametrize("source", [s for s in ALL if is_rules(s)], ids=lambda s: s.short)
def test_rules_are_pure(source: Source):
    """No Django, no tables, no request, no clock: time is an argument."""
    wrong = [
        f"line {line}: {name}"
        for name, line in imported(source)
        if name == "django"
        or name.startswith("django.")
        or (name.startswith("motcua.") and name.rpartition(".")[2] in IMPURE)
        or name in {"motcua.foundation.timesource.now", "motcua.foundation.timesource.today"}
    ]
    nothing(wrong)


def test_parts_are_entered_by_their_door():
    """Another kernel part or slice is used only through its ``public.py``.

    Kernel parts may use each other's pure rules directly: a door opens the tables too,
    and rules must not.
    """
    wrong: list[str] = []
    for source in ALL:
        for name, line in imported(source):
            names = name.split(".")
            if len(names) < 4 or names[1] not in {"casework", "subsystems"}:
                continue
            same = ".".join(names[:3]) == source.part
            pure = names[3] == "rules" and source.band == names[1] == "casework"
            if same or pure or names[3] == "public" or names[2] == "testing":
                continue
            module = ".".join(names[:4])
            place = PACKAGE.parent / Path(*names[:4])
            real = place.with_suffix(".py").exists() or place.is_dir()
            if real and module not in PRIVATE_DOORS.get(source.short, set()):
                wrong.append(f"{source.short}:{line} {module}")
    nothing(sorted(set(wrong)))


def test_exceptions_at_the_door_are_still_needed():
    used = {s.short: {name for name, _ in imported(s)} for s in ALL}
    assert {
        f"{file}: {door}"
        for file, doors in PRIVATE_DOORS.items()
        for door in doors
        if door not in used.get(file, set())
    } == set()


def test_bands_point_downwards():
    order = {"foundation": 0, "casework": 1, "adapters": 2, "subsystems": 2, "web": 3}
    wrong: list[str] = []
    for source in ALL:
        for name, line in imported(source):
            names = name.split(".")
            if (
                names[0] != "motcua"
                or len(names) < 2
                or names[1] not in order
                or source.band not in order
            ):
                continue
            here, there = order[source.band], order[names[1]]
            neighbour = ".".join(names[:3])
            sideways = here == there == 2 and neighbour != source.part
            sideways = sideways and neighbour not in NEIGHBOURS.get(source.part, set())
            if there > here or (sideways and len(names) > 2):
                wrong.append(f"{source.short}:{line} {name}")
    nothing(sorted(set(wrong)))


def test_every_environment_variable_is_declared():
    ours = [use for use in environment_uses() if use.name not in OF_THE_SYSTEM]
    nothing([use for use in ours if not config.is_declared(use.name)])


def test_every_declared_variable_is_read():
    text = "\n".join(path.read_text() for path in PACKAGE.rglob("*.py") if path.name != "config.py")
    nothing([s.name for s in config.declared() if f'"{s.name}"' not in text])


def test_translated_texts_are_literals():
    """A text built before it is looked up is never found in the catalogue."""
    wrong: list[str] = []
    for source in ALL:
        for call in calls(source.tree, *GETTEXT):
            for argument in call.args[:1]:
                built = isinstance(argument, (ast.JoinedStr, ast.BinOp)) or (
                    isinstance(argument, ast.Call)
                    and isinstance(argument.func, ast.Attribute)
                    and argument.func.attr == "format"
                )
                if built and not _only_joins_literals(argument):
                    wrong.append(f"{source.short}:{call.lineno}")
    nothing(wrong)


def _only_joins_literals(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and all(
        isinstance(side, ast.Constant) or _only_joins_literals(side)
        for side in (node.left, node.right)
    )


def test_views_ask_selectors_not_tables():
    wrong: list[str] = []
    for source in ALL:
        inside = source.path.relative_to(PACKAGE).parts
        if not {"views", "api"} & {*inside[:-1], source.path.stem}:
            continue
        wrong += [
            f"{source.short}:{node.lineno}"
            for node in ast.walk(source.tree)
            if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
        ]
    nothing(wrong)


WAYS_OUT = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "urllib3", "niquests"}


def test_one_way_out():
    """Other systems are called through ``foundation.outbound``, which guards against SSRF."""
    nothing(
        f"{source.short}:{line} imports {name}"
        for source in ALL
        if source.short != "foundation/outbound.py"
        for name, line in imported(source)
        if name in WAYS_OUT
    )


BYTES = {"open_blob", "read_bytes", "document_bytes", "sheets_of_stored", "blob_store"}
"""Ways to the bytes of a file that write no look down."""


def test_bytes_of_files_leave_by_one_door():
    """What people and other systems are shown goes through ``attachments.door``: the owner of a
    stored paper sees every look. Exports and work inside the kernel are not papers."""
    inside = ("casework/attachments/", "casework/issuing/", "casework/exports/")
    nothing(
        f"{source.short}:{line} imports {name}"
        for source in ALL
        if not source.short.startswith(inside)
        for name, line in imported(source)
        if name.startswith("motcua.casework.") and name.rpartition(".")[2] in BYTES
    )


def test_pages_that_hand_out_files_note_the_look():
    """Inside the kernel, only the door and what makes copies open bytes; no page does."""
    nothing(
        f"{source.short}:{line} imports {name}"
        for source in ALL
        if source.path.name == "views.py" and source.short != "casework/attachments/views.py"
        for name, line in imported(source)
        if name.startswith("motcua.casework.") and name.rpartition(".")[2] in BYTES
    )


def test_only_the_time_source_asks_the_time():
    wrong: list[str] = []
    for source in ALL:
        if source.short == "foundation/timesource.py":
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and re.fullmatch(
                r"(dt|datetime)\.(datetime|date)\.(now|today|utcnow)|timezone\.now",
                ast.unparse(node.func),
            ):
                wrong.append(f"{source.short}:{node.lineno}")
    nothing(wrong)


def parts() -> list[Path]:
    """The folders of all slices: kernel parts, subsystems, adapters."""
    return [
        folder
        for band in ("casework", "subsystems", "adapters")
        for folder in sorted((PACKAGE / band).iterdir())
        if folder.is_dir() and not folder.name.startswith("_") and folder.name != "testing"
    ]


@pytest.mark.parametrize("folder", parts(), ids=lambda f: f.name)
def test_every_part_explains_itself(folder: Path):
    text = (folder / "README.md").read_text()
    assert 3 <= text.count("\n") <= README_LIMIT
    assert text.startswith("# ")


@pytest.mark.parametrize(
    "folder", [f for f in parts() if f.parent.name != "adapters"], ids=lambda f: f.name
)
def test_every_part_has_a_door_that_says_what_it_opens(folder: Path):
    tree = ast.parse((folder / "public.py").read_text())
    listed = [
        node
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    assert listed, f"{folder.name}/public.py has no __all__"


@pytest.mark.parametrize("folder", parts(), ids=lambda f: f.name)
def test_every_part_has_tests(folder: Path):
    assert list((folder / "tests").glob("test_*.py")) or list(folder.glob("*/tests/test_*.py"))
