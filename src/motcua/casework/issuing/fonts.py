"""The print fonts: found by path, never through the system's font search.

Which letters a font holds decides whether a citizen's name prints whole, so
the engine refuses to start on a font that lacks one of Vietnamese's letters.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

from django.conf import settings

from motcua.casework.issuing.errors import FontsMissing

_PACKAGE = Path(__file__).resolve().parents[2]
_SHAPES = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
BODY_FAMILY = "Tinos"
HAND_FONT = "DancingScript_600SemiBold.ttf"


def vietnamese_letters() -> str:
    """The 134 letters of Vietnamese beyond plain ASCII (TCVN 6909:2001), precomposed."""
    import unicodedata

    bare = "ăâêôơưđ"
    toned = [unicodedata.normalize("NFC", s + t) for s in _SHAPES for t in _TONES]
    lower = [*bare, *toned]
    return "".join([*lower, *(x.upper() for x in lower)])


@cache
def font_dir() -> Path:
    """The folder that holds the print fonts.

    ``MOTCUA_PRINT_FONTS_DIR`` if set, else the built assets, else the installed
    npm packages of a developer's tree.

    Raises:
        FontsMissing: none of them holds the body font.
    """
    configured = getattr(settings, "MOTCUA_PRINT_FONTS_DIR", "")
    candidates = [
        *([Path(configured)] if configured else []),
        _PACKAGE / "web" / "static" / "dist" / "print-fonts",
        _PACKAGE.parents[1] / "frontend" / "node_modules" / "@expo-google-fonts",
    ]
    for folder in candidates:
        if any(folder.rglob("Tinos_400Regular.ttf")):
            return folder
    raise FontsMissing


def font_file(name: str) -> Path:
    """One font file by its name.

    Raises:
        FontsMissing: it is not in the folder.
    """
    for path in sorted(font_dir().rglob(name)):
        return path
    raise FontsMissing


def body_fonts() -> list[Path]:
    """The four faces of the body font."""
    return sorted(font_dir().rglob("Tinos_*.ttf"))


def missing_letters(font: Path, letters: str) -> str:
    """The letters of ``letters`` for which the font's own cmap has no glyph."""
    data = font.read_bytes()
    tables = _tables(data)
    cmap = data[tables["cmap"] :]
    covered: set[int] = set()
    for i in range(struct.unpack_from(">H", cmap, 2)[0]):
        offset = struct.unpack_from(">I", cmap, 8 + 8 * i)[0]
        covered |= _subtable(cmap[offset:])
    return "".join(x for x in letters if ord(x) not in covered)


def unprintable(text: str) -> str:
    """The letters of a text that the body font lacks and that would stop the layout engine."""
    letters = "".join(sorted({x for x in text if not x.isspace()}))
    return missing_letters(body_fonts()[0], letters) if letters else ""


def _tables(data: bytes) -> dict[str, int]:
    count = struct.unpack_from(">H", data, 4)[0]
    found: dict[str, int] = {}
    for i in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * i)
        found[tag.decode("latin-1")] = offset
    return found


def _subtable(table: bytes) -> set[int]:
    """Code points with a glyph, from a cmap subtable of format 4 or 12 (OpenType spec)."""
    form = struct.unpack_from(">H", table)[0]
    if form == 12:
        groups = struct.unpack_from(">I", table, 12)[0]
        spans = (struct.unpack_from(">III", table, 16 + 12 * i) for i in range(groups))
        return {code for first, last, _ in spans for code in range(first, last + 1)}
    if form != 4:
        return set()
    count = struct.unpack_from(">H", table, 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 4 * count)
    ranges_at = 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", table, ranges_at)
    found: set[int] = set()
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for code in range(start, end + 1):
            glyph = code + deltas[i]
            if offsets[i]:
                at = ranges_at + 2 * i + offsets[i] + 2 * (code - start)
                glyph = struct.unpack_from(">H", table, at)[0] if at + 2 <= len(table) else 0
            if glyph & 0xFFFF:
                found.add(code)
    return found
