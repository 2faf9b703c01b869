"""QR pictures for documents, drawn as SVG so that they print sharp at any size."""

from __future__ import annotations

import io


def qr_svg(text: str) -> str:
    """An SVG of the QR code of ``text`` (ISO/IEC 18004, error level M, 2-module border)."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, svgns=True, dark="#000"
    )
    return out.getvalue().decode()
