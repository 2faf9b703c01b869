"""Real files, made in code: honest ones and ones that must be refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pyhanko.pdf_utils import generic, writer
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.font.basic import SimpleFontEngine

Name = generic.NameObject


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def pdf(
    *,
    action: str = "",
    packed: bool = False,
    password: str = "",
    owner_only: bool = False,
    text: str = "GIAY KHAI SINH",
) -> bytes:
    """A one-page PDF; with an open action, packed object streams or a password when asked."""
    document = writer.PdfFileWriter(stream_xrefs=packed)
    font = SimpleFontEngine(document, "Helvetica", 0.5)
    resources = generic.DictionaryObject(
        {Name("/Font"): generic.DictionaryObject({Name("/F1"): font.as_resource()})}
    )
    content = RawContent(f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET".encode())
    stream = generic.StreamObject(stream_data=content.render())
    document.insert_page(
        writer.PageObject(
            contents=document.add_object(stream),
            media_box=(0, 0, 595, 842),
            resources=resources,
        )
    )
    if action:
        body = generic.DictionaryObject(
            {
                Name("/Type"): Name("/Action"),
                Name("/S"): Name(action),
                Name("/JS"): generic.TextStringObject("app.alert(1)"),
            }
        )
        kept = document.prepare_object_stream() if packed else None
        document.root["/OpenAction"] = document.add_object(body, obj_stream=kept)
        document.update_root()
    if password:
        document.encrypt(owner_pass=password, user_pass="" if owner_only else password)
    buffer = io.BytesIO()
    document.write(buffer)
    return buffer.getvalue()


def jpeg(size: tuple[int, int] = (640, 480), **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, "JPEG", **options)
    return buffer.getvalue()


def png(size: tuple[int, int] = (64, 48), mode: str = "RGBA") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, "PNG")
    return buffer.getvalue()


def box(kind: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def heic() -> bytes:
    return (
        box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", b"\0" * 40) + box(b"mdat", b"x" * 500)
    )


def packed(entries: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def office(main: str = "word/document.xml", **more: bytes) -> bytes:
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return packed({"[Content_Types].xml": types, main: b"<x/>", **more})


def encrypted_zip() -> bytes:
    """A ZIP whose entry says that it is encrypted (bit 0 of its flags)."""
    data = bytearray(packed({"a.pdf": b"x" * 50}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose header promises a picture of this size."""
    import struct
    import zlib

    data = bytearray(png())
    header = struct.pack(">II", width, height) + bytes(data[24:29])
    data[16:29] = header
    data[29:33] = struct.pack(">I", zlib.crc32(b"IHDR" + header))
    return bytes(data)


HONEST: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "pdf": (pdf, "Giấy khai sinh.pdf", "application/pdf"),
    "pdf, packed": (lambda: pdf(packed=True), "a.PDF", "application/pdf"),
    "jpg": (jpeg, "ảnh.jpeg", "image/jpeg"),
    "png": (png, "ảnh", "image/png"),
    "heic": (heic, "IMG_1.HEIC", "image/heic"),
    "docx": (office, "don.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml"),
    "xlsx": (lambda: office("xl/workbook.xml"), "b.xlsx", "application/vnd.openxmlformats"),
    "zip": (lambda: packed({"thư mục/a.pdf": b"x"}), "ho-so.zip", "application/zip"),
}
