"""What the source code says about itself: modules, events, queues, environment variables."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

import motcua
from motcua.foundation.outbox.registry import HANDLERS

PACKAGE = Path(motcua.__file__).parent
_HAPPENED = re.compile(r"[a-z]+\.[a-z_]+ed")
_DOCUMENTED = re.compile(r"^\s*(?:- )?``([a-z]+\.[a-z_]+)``\s*(?:—|–|-|:)?\s*(.*)$")
_READERS = frozenset({"os.environ.get", "os.getenv", "_secret"})


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file of the house, tests and migrations left out."""

    path: Path
    module: str
    tree: ast.Module
    lines: int

    @property
    def band(self) -> str:
        """``foundation``, ``casework``, ``adapters``, ``subsystems`` or ``web``."""
        return self.module.split(".")[1] if "." in self.module else ""

    @property
    def part(self) -> str:
        """The dotted name of the slice: ``motcua.casework.ledger``."""
        names = self.module.split(".")
        return ".".join(names[: 2 if self.band == "foundation" else 3])

    @property
    def short(self) -> str:
        """The path from the package's root."""
        return str(self.path.relative_to(PACKAGE))


@cache
def sources() -> tuple[Source, ...]:
    """Every source file, parsed once."""
    found: list[Source] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        if {"tests", "migrations", "node_modules", "testing"} & set(inside.parts[:-1]):
            continue
        names = [*inside.parts[:-1], inside.stem]
        if names[-1] == "__init__":
            names.pop()
        text = path.read_text()
        tree = ast.parse(text, str(path))
        found.append(Source(path, ".".join(["motcua", *names]), tree, text.count("\n")))
    return tuple(found)


def import_everything() -> None:
    """Load every module, so that all registries are full. Needs Django to be set up."""
    for info in pkgutil.walk_packages(motcua.__path__, "motcua."):
        names = info.name.split(".")
        if {"tests", "migrations", "testing", "settings", "__main__", "wsgi"} & set(names):
            continue
        importlib.import_module(info.name)


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    """Calls of functions by these names, plain or as attributes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in names:
                yield node


def constant(node: ast.expr | None, module: ModuleType) -> str | None:
    """The text of a literal or of a name that the module knows; ``None`` for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name):
        value = getattr(module, node.id, None)
        return value if isinstance(value, str) else None
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        value = getattr(getattr(module, node.value.id, None), node.attr, None)
        return value if isinstance(value, str) else None
    return None


@dataclass(frozen=True, slots=True)
class Use:
    """A topic or queue named in the code, and where."""

    name: str
    source: str


def emitted_topics() -> list[Use]:
    """Every topic that the code emits.

    A topic built behind a fixed beginning (``f"part.{verb}"``) counts as every
    documented one that begins so; one passed as a variable counts as every topic of
    the part that stands in its code and reads as something that happened.
    """
    found: set[Use] = set()
    for source in sources():
        for call in calls(source.tree, "emit", "emit_many"):
            if source.module.startswith("motcua.foundation.outbox") or not call.args:
                continue
            module = importlib.import_module(source.module)
            nodes = _topic_nodes(call.args[0])
            named = {constant(node, module) for node in nodes} - {None}
            named |= {name for node in nodes for name in _begun(node)}
            if not named:
                named = set(_own_topics(source.part))
            found |= {Use(str(name), source.short) for name in named}
    return sorted(found, key=lambda use: (use.name, use.source))


def _topic_nodes(first: ast.expr) -> list[ast.expr]:
    """The topic expressions of an ``emit`` or of a literal list given to ``emit_many``."""
    if isinstance(first, (ast.List, ast.Tuple)):
        return [item.elts[0] for item in first.elts if isinstance(item, ast.Tuple)]
    if isinstance(first, (ast.ListComp, ast.GeneratorExp)) and isinstance(first.elt, ast.Tuple):
        return [first.elt.elts[0]]
    return [first]


def _begun(node: ast.expr) -> list[str]:
    """The documented topics that an f-string with a fixed beginning may make."""
    if not isinstance(node, ast.JoinedStr) or not isinstance(node.values[0], ast.Constant):
        return []
    begin = str(node.values[0].value)
    return [topic for topic in documented_topics() if topic.startswith(begin)]


@cache
def _own_topics(part: str) -> frozenset[str]:
    own = part.rpartition(".")[2] + "."
    found: set[str] = set()
    for source in sources():
        if source.part != part:
            continue
        for node in ast.walk(source.tree):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and value.startswith(own) and _HAPPENED.fullmatch(value):
                found.add(value)
    return frozenset(found - HANDLERS.keys())


def documented_topics() -> dict[str, tuple[str, str]]:
    """Topics described in the docstring of a slice's ``events.py``: meaning and module.

    A line reads ``- ``part.done`` — what happened``; indented lines below go on.
    """
    found: dict[str, tuple[str, str]] = {}
    for source in sources():
        if source.path.name != "events.py":
            continue
        topic = ""
        for line in (ast.get_docstring(source.tree) or "").splitlines():
            if match := _DOCUMENTED.match(line):
                topic = match.group(1)
                found[topic] = (match.group(2).strip(), source.part)
            elif topic and line.startswith("  ") and line.strip():
                found[topic] = (f"{found[topic][0]} {line.strip()}", source.part)
            else:
                topic = ""
    return found


def used_queues() -> list[Use]:
    """Every queue that the code enqueues to by a literal or a constant."""
    found: set[Use] = set()
    for source in sources():
        if source.module.startswith("motcua.foundation.outbox"):
            continue
        for call in calls(source.tree, "enqueue", "enqueue_many"):
            module = importlib.import_module(source.module)
            name = constant(call.args[0] if call.args else None, module)
            if name is not None:
                found.add(Use(name, source.short))
    return sorted(found, key=lambda use: (use.name, use.source))


def environment_uses() -> list[Use]:
    """Every environment variable that the code reads under a literal name."""
    found: set[Use] = set()
    for source in sources():
        for node in ast.walk(source.tree):
            name = _environment_name(node)
            if name:
                found.add(Use(name, source.short))
    return sorted(found, key=lambda use: (use.name, use.source))


def _environment_name(node: ast.AST) -> str | None:
    """The name in ``os.environ["X"]`` (read), ``os.environ.get("X")``, ``os.getenv("X")``."""
    key: ast.expr | None = None
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        if ast.unparse(node.value) == "os.environ":
            key = node.slice
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in _READERS and node.args:
        key = node.args[0]
    return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None
