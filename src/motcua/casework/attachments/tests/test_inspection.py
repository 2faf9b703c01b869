"""What comes in is what it says it is; everything else is refused with its own reason."""

from __future__ import annotations

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.casework.attachments import errors
from motcua.casework.attachments.inspection import inspect
from motcua.casework.attachments.rules import FILE_TYPES, MAX_NAME, clean_name, extension_of
from motcua.casework.attachments.tests import samples

PE = b"MZ\x90\x00" + b"\0" * 200


@pytest.mark.parametrize(("make", "name", "mime"), samples.HONEST.values(), ids=samples.HONEST)
def test_honest_files_come_in(tmp_path, make, name, mime):
    path = tmp_path / "f"
    path.write_bytes(make())
    assert inspect(path, name).mime.startswith(mime)


def _zip_bomb() -> bytes:
    return samples.packed({"a.txt": b"\0" * 11_000_000})


def _many() -> bytes:
    return samples.packed({f"{n}.txt": b"" for n in range(5001)}, compression=zipfile.ZIP_STORED)


REFUSED = {
    "program": (PE, "a.pdf", errors.WrongType),
    "text": (b"xin ch\xc3\xa0o", "a.txt", errors.WrongType),
    "html": (b"<!doctype html><script>1</script>", "a.pdf", errors.WrongType),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", errors.WrongType),
    "gif": (b"GIF89a" + b"\0" * 20, "a.gif", errors.WrongType),
    "old office": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "a.doc", errors.WrongType),
    "locked office": (
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"),
        "a.docx",
        errors.EncryptedFile,
    ),
    "pptx": (lambda: samples.office("ppt/presentation.xml"), "a.pptx", errors.WrongType),
    "png as pdf": (samples.png, "a.pdf", errors.ExtensionMismatch),
    "pdf as jpg": (samples.pdf, "a.jpg", errors.ExtensionMismatch),
    "docx as zip": (samples.office, "a.zip", errors.ExtensionMismatch),
    "pdf locked": (lambda: samples.pdf(password="x"), "a.pdf", errors.EncryptedFile),
    "pdf restricted": (
        lambda: samples.pdf(password="x", owner_only=True),
        "a.pdf",
        errors.EncryptedFile,
    ),
    "pdf script": (lambda: samples.pdf(action="/JavaScript"), "a.pdf", errors.ActivePdf),
    "pdf launch": (lambda: samples.pdf(action="/Launch"), "a.pdf", errors.ActivePdf),
    "pdf script, name in hex": (
        lambda: samples.pdf(action="/JavaScript").replace(b"/JavaScript", b"/J#61vaScri#70t"),
        "a.pdf",
        errors.ActivePdf,
    ),
    "pdf script, packed": (
        lambda: samples.pdf(action="/JavaScript", packed=True),
        "a.pdf",
        errors.ActivePdf,
    ),
    "pdf cut": (lambda: samples.pdf()[:300], "a.pdf", errors.DamagedFile),
    "pdf and zip": (
        lambda: samples.pdf() + samples.packed({"a": b"x"}),
        "a.pdf",
        errors.HiddenContent,
    ),
    "pdf and web page": (lambda: b"%PDF-1.7\n<script>" + samples.pdf(), "a", errors.HiddenContent),
    "jpg and zip": (
        lambda: samples.jpeg() + samples.packed({"a": b"x"}),
        "a.jpg",
        errors.HiddenContent,
    ),
    "jpg and pdf": (
        lambda: samples.jpeg(comment=b"%PDF-1.4 1 0 obj"),
        "a.jpg",
        errors.HiddenContent,
    ),
    "jpg and php": (lambda: samples.jpeg(comment=b"<?php 1;"), "a.jpg", errors.HiddenContent),
    "jpg cut": (lambda: samples.jpeg((2000, 2000))[:4000], "a.jpg", errors.DamagedFile),
    "png broken": (
        lambda: samples.png().replace(b"IDAT", b"IDAT\xff", 1),
        "a.png",
        errors.DamagedFile,
    ),
    "png too large": (lambda: samples.png_claiming(20000, 20000), "a.png", errors.PictureTooLarge),
    "png absurd": (lambda: samples.png_claiming(60000, 60000), "a.png", errors.PictureTooLarge),
    "heic cut": (lambda: samples.heic()[:-20], "a.heic", errors.DamagedFile),
    "heic without meta": (
        lambda: samples.box(b"ftyp", b"heic\0\0\0\0mif1heic"),
        "a.heic",
        errors.DamagedFile,
    ),
    "zip locked": (samples.encrypted_zip, "a.zip", errors.EncryptedFile),
    "zip bomb": (_zip_bomb, "a.zip", errors.ArchiveBomb),
    "zip of many": (_many, "a.zip", errors.ArchiveBomb),
    "zip empty": (lambda: samples.packed({}), "a.zip", errors.DamagedFile),
    "zip cut": (lambda: samples.packed({"a": b"x" * 99})[:-30], "a.zip", errors.DamagedFile),
    "zip behind a program": (
        lambda: b"PK\x03\x04" + PE + samples.packed({"a": b"x"}),
        "a.zip",
        errors.HiddenContent,
    ),
    "zip with program": (
        lambda: samples.packed({"x/setup.EXE": b"x"}),
        "a.zip",
        errors.DangerousInside,
    ),
    "zip in zip": (lambda: samples.packed({"b.zip": b"x"}), "a.zip", errors.DangerousInside),
    "zip climbing": (lambda: samples.packed({"../a.pdf": b"x"}), "a.zip", errors.DangerousInside),
    "docx macro": (
        lambda: samples.office(**{"word/vbaProject.bin": b"x"}),
        "a.docx",
        errors.MacroDocument,
    ),
    "docx macro declared": (
        lambda: samples.packed(
            {
                "[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml",
                "word/document.xml": b"<x/>",
            }
        ),
        "a.docx",
        errors.MacroDocument,
    ),
    "xlsx old macro": (
        lambda: samples.office("xl/workbook.xml", **{"xl/macrosheets/sheet1.xml": b"x"}),
        "a.xlsx",
        errors.MacroDocument,
    ),
}


@pytest.mark.parametrize(("data", "name", "error"), REFUSED.values(), ids=REFUSED)
def test_others_are_refused_with_their_reason(tmp_path, data, name, error):
    path = tmp_path / "f"
    path.write_bytes(data() if callable(data) else data)
    with pytest.raises(error) as refused:
        inspect(path, name)
    assert type(refused.value) is error
    assert refused.value.text().vi
    assert refused.value.what_to_do().vi


def test_a_place_may_take_fewer_types(tmp_path):
    path = tmp_path / "f"
    path.write_bytes(samples.png())
    with pytest.raises(errors.WrongType) as refused:
        inspect(path, "a.png", frozenset({"pdf"}))
    assert refused.value.data == {"found": "PNG", "allowed": "PDF"}


@given(st.binary(max_size=400), st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff"]))
def test_no_bytes_break_the_inspection(tmp_path_factory, data, head):
    path = tmp_path_factory.mktemp("h") / "f"
    path.write_bytes(head + data)
    with pytest.raises(errors.UploadRefused):
        inspect(path, "a.pdf")


@given(st.text(max_size=300))
def test_cleaned_names_are_safe(name):
    cleaned = clean_name(name, FILE_TYPES["pdf"])
    assert extension_of(cleaned) == ".pdf"
    assert len(cleaned) <= MAX_NAME
    assert not set(cleaned) & set('/\\:*?"<>|\r\n\t\x00\u202e')
    assert not cleaned.startswith(".")
    assert clean_name(cleaned, FILE_TYPES["pdf"]) == cleaned


@pytest.mark.parametrize(
    ("given_name", "cleaned"),
    [
        ("C:\\scan\\Giấy khai sinh.PDF", "Giấy khai sinh.PDF"),
        ("../../etc/passwd", "passwd.pdf"),
        ("đơn\u202efdp.exe", "đơnfdp.exe.pdf"),
        ("", "tep.pdf"),
        ("...", "tep.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
    ],
)
def test_names(given_name, cleaned):
    assert clean_name(given_name, FILE_TYPES["pdf"]) == cleaned
