"""Translations: ``python -m motcua.web.i18n extract [part…]|compile|check``.

Texts are written in Vietnamese; English stands in ``locale/en/LC_MESSAGES/django.po`` of each
part (shared ones in ``web/locale``). ``extract`` brings those files in step with the code,
``compile`` writes the .mo files that Django reads (only where the .po is newer), ``check``
fails when a text has no English or its placeholders differ.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
SHARED = PACKAGE / "web"
FILE = Path("locale") / "en" / "LC_MESSAGES" / "django.po"
LEFT_OUT = {"tests", "migrations", "static", "static_src", "node_modules", "locale", "typst"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# No dates: a file changes only when a text does.
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: en\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A text in the code: its id (two when it has a plural), context and file."""

    ids: tuple[str, ...]
    context: str
    file: str

    @property
    def key(self) -> Key:
        return (self.context, self.ids[0])


def parts() -> list[Path]:
    """Folders with a catalogue of their own: the Django apps, and ``web`` for all the rest."""
    return [SHARED, *sorted(path.parent for path in PACKAGE.rglob("apps.py"))]


def owner(file: Path, folders: list[Path]) -> Path:
    """The part a source file belongs to."""
    holding = [folder for folder in folders if folder in file.parents]
    return max(holding, key=lambda folder: len(folder.parts), default=SHARED)


def _sources() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*")):
        inside = set(path.relative_to(PACKAGE).parts)
        if path.suffix in {".py", ".html", ".txt"} and not inside & LEFT_OUT:
            yield path


def _texts(path: Path) -> Iterator[Found]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        # Indentation means nothing here, but Python's tokenizer would trip over it.
        source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
    name = str(path.relative_to(PACKAGE))
    for _line, message, _comments, context in babel_extract(
        "python", io.BytesIO(source.encode()), keywords=KEYWORDS
    ):
        ids = (message,) if isinstance(message, str) else tuple(message)
        if ids[0]:
            yield Found(ids, context or "", name)


def found_texts() -> dict[Path, dict[Key, list[Found]]]:
    """Every text of the code, by part; a text the shared catalogue holds is not repeated."""
    folders = parts()
    result: dict[Path, dict[Key, list[Found]]] = {folder: {} for folder in folders}
    for path in _sources():
        for text in _texts(path):
            result[owner(path, folders)].setdefault(text.key, []).append(text)
    for folder in folders[1:]:
        for key in result[folder].keys() & result[SHARED].keys():
            del result[folder][key]
    return result


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def _translations(path: Path) -> dict[Key, Message]:
    result: dict[Key, Message] = {}
    for message in _read(path):
        ids = message.id if isinstance(message.id, str) else next(iter(message.id), "")
        if ids:
            result[(message.context or "", ids)] = message
    return result


def extract(only: tuple[str, ...] = ()) -> int:
    """Rewrite the .po files from the code, keeping what is translated; the number missing.

    ``only``: ends of part folders (``web/portal``); empty means all.
    """
    found = found_texts()
    known: dict[Key, Message] = {}
    for folder in found:
        known.update(_translations(folder / FILE))
    missing = 0
    for folder, texts in found.items():
        if only and not str(folder).endswith(only):
            continue
        catalogue = Catalog(locale="en")
        for key in sorted(texts, key=lambda k: (texts[k][0].file, k)):
            missing += _add(catalogue, texts[key], known.get(key))
        _write(folder / FILE, catalogue)
    return missing


def _add(catalogue: Catalog, uses: list[Found], old: Message | None) -> int:
    ids = max((use.ids for use in uses), key=len)
    plural = len(ids) > 1
    english = old.string if old and isinstance(old.string, str) != plural else None
    catalogue.add(
        ids if plural else uses[0].ids[0],
        english or (("", "") if plural else ""),
        locations=[(name, 0) for name in sorted({use.file for use in uses})],
        context=uses[0].context or None,
    )
    return int(not _complete(english))


def _complete(english: str | Sequence[str] | None) -> bool:
    """Whether every form of a translation is there."""
    texts = (english,) if isinstance(english, str) else tuple(english or ("",))
    return all(texts)


def _write(path: Path, catalogue: Catalog) -> None:
    if not len(catalogue):
        path.unlink(missing_ok=True)
        return
    body = io.BytesIO()
    write_po(body, catalogue, omit_header=True, include_lineno=False, width=100)
    text = HEADER + body.getvalue().decode().strip() + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def compile_all() -> int:
    """Write each .mo that is missing or older than its .po; the number written."""
    written = 0
    for path in PACKAGE.rglob(str(FILE)):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        # Written aside and moved, so that a running server never reads half a file.
        draft = target.with_suffix(f".{os.getpid()}.new")
        with draft.open("wb") as file:
            write_mo(file, _read(path))
        draft.replace(target)
        written += 1
    return written


def check() -> list[str]:
    """What is wrong with the translations; an empty list when all is well."""
    found = found_texts()
    known: dict[Key, Message] = {}
    for folder in found:
        known.update(_translations(folder / FILE))
    problems: list[str] = []
    for texts in found.values():
        for key, uses in texts.items():
            problem = _problem(uses, known.get(key))
            if problem:
                problems.append(f"{uses[0].file}: {key[1]!r} {problem}")
    return problems


def _problem(uses: list[Found], message: Message | None) -> str:
    if message is None:
        return "is not in any catalogue; run extract"
    string = message.string or ""
    english = (string,) if isinstance(string, str) else tuple(string)
    if not english or not all(english):
        return "has no English"
    wanted = set(PLACEHOLDER.findall(uses[0].ids[-1]))
    differing = [text for text in english if not set(PLACEHOLDER.findall(text)) <= wanted]
    if differing or set(PLACEHOLDER.findall(english[-1])) != wanted:
        return "has other placeholders in English"
    return ""


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    verb, *rest = (sys.argv[1:] if arguments is None else arguments) or [""]
    if verb == "extract":
        print(f"{extract(tuple(rest))} texts without English")
        return 0
    if verb == "compile":
        print(f"{compile_all()} catalogues compiled")
        return 0
    if verb == "check":
        problems = check()
        print("\n".join(problems) or "every text has its English")
        return 1 if problems else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main())
