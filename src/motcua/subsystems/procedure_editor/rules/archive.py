"""A whole procedure package as one file: a .zip with a manifest of checksums. Pure.

Equal packages give equal bytes. Reading trusts nothing: nothing is ever unpacked to disk,
names are compared with a list, sizes are counted while reading, checksums must agree.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from typing import Any, Final, cast

from motcua.foundation.errors import Bilingual
from motcua.subsystems.procedure_editor.rules.documents import Document

FORMAT: Final = "motcua-package/1"
PARTS: Final = ("package.json", "form.json", "process.json")
MANIFEST: Final = "manifest.json"
MAX_FILE: Final = 2_000_000
MAX_PART: Final = 4_000_000
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


class BadFile(ValueError):
    """Why a file cannot be taken."""

    def __init__(self, vi: str, en: str) -> None:
        self.reason = Bilingual(vi, en)
        super().__init__(en)


def write_archive(package: Document) -> bytes:
    """The package as one file; reading it back gives the same package."""
    parts = {
        "package.json": {k: v for k, v in package.items() if k not in {"form", "process"}},
        "form.json": package["form"],
    }
    if "process" in package:
        parts["process.json"] = package["process"]
    texts = {name: _text(part) for name, part in parts.items()}
    manifest = {
        "format": FORMAT,
        "code": package["code"],
        "version": package["version"],
        "files": {name: hashlib.sha256(text).hexdigest() for name, text in texts.items()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {MANIFEST: _text(manifest), **texts}.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, text)
    return buffer.getvalue()


def read_archive(content: bytes) -> Document:
    """The package in a file.

    Raises:
        BadFile: too large, no zip, other files inside, a bomb, or checksums that disagree.
    """
    if len(content) > MAX_FILE:
        raise BadFile("tệp lớn hơn 2 MB.", "the file is larger than 2 MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts = {name: _read(archive, name) for name in _names(archive)}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError) as error:
        raise BadFile("không phải tệp .zip lành lặn.", "it is no sound .zip file.") from error
    manifest = _json(texts, MANIFEST)
    if manifest.get("format") != FORMAT:
        raise BadFile(
            "manifest.json không ghi đúng định dạng.", "manifest.json has no known format."
        )
    sums: Any = manifest.get("files")
    held = [name for name in PARTS if name in texts]
    if not isinstance(sums, dict) or set(cast("dict[str, Any]", sums)) != set(held):
        raise BadFile(
            "manifest.json không kê đủ các tệp.", "manifest.json does not list the files."
        )
    for name in held:
        if hashlib.sha256(texts[name]).hexdigest() != sums[name]:
            raise BadFile(f"{name} không khớp mã kiểm tra.", f"the checksum of {name} disagrees.")
    return _json(texts, "package.json") | {
        name.removesuffix(".json"): _json(texts, name) for name in held[1:]
    }


def _names(archive: zipfile.ZipFile) -> list[str]:
    """Exactly the known names, each once: no folders, no ways out, nothing hidden.

    A group of procedures has no process of its own.
    """
    names = [info.filename for info in archive.infolist()]
    whole, group = (MANIFEST, *PARTS), (MANIFEST, *PARTS[:2])
    if sorted(names) not in (sorted(whole), sorted(group)):
        raise BadFile(
            "bên trong phải có đúng các tệp của gói.", "it must hold the files of a package."
        )
    return names


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part; reading stops behind the limit whatever the file says of its size."""
    with archive.open(name) as part:
        text = part.read(MAX_PART + 1)
    if len(text) > MAX_PART:
        raise BadFile(f"{name} giải nén quá lớn.", f"{name} unpacks too large.")
    return text


def _json(texts: dict[str, bytes], name: str) -> Document:
    try:
        read: Any = json.loads(texts[name].decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadFile(f"{name} không phải JSON.", f"{name} is not JSON.") from error
    if not isinstance(read, dict):
        raise BadFile(f"{name} không phải đối tượng JSON.", f"{name} is no JSON object.")
    return cast("Document", read)


def _text(part: object) -> bytes:
    return (json.dumps(part, ensure_ascii=False, indent=1) + "\n").encode()
