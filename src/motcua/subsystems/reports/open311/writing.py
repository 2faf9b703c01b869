"""The two formats of Open311 GeoReport v2, from one and the same plain value.

XML: a declaration, no namespace; JSON: the "Spark" mapping, in which a container of repeated
elements is a list at the top, and null stands for what is empty.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpResponse

FORMATS = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
_FORBIDDEN = {n: None for n in range(32) if chr(n) not in "\t\n\r"}


def answer(body: Any, fmt: str, *, root: str, item: str = "", status: int = 200) -> HttpResponse:
    """A value in the asked format.

    Args:
        body: a list (drawn as ``<root><item>…``) or a mapping (``<root>…``).
        item: name of the elements of the list.
    """
    if fmt == "json":
        text = json.dumps(body, ensure_ascii=False, indent=None)
    else:
        inner = _children(body, item)
        text = f'<?xml version="1.0" encoding="utf-8"?>\n<{root}>{inner}</{root}>'
    return HttpResponse(text, content_type=FORMATS.get(fmt, FORMATS["xml"]), status=status)


_ITEMS = {"attributes": "attribute", "values": "value", "endpoints": "endpoint",
          "formats": "format", "notes": "note"}  # fmt: skip


def _children(body: Any, item: str) -> str:
    if isinstance(body, Mapping):
        return "".join(_element(str(name), value) for name, value in body.items())
    return "".join(f"<{item}>{_children(value, '')}</{item}>" for value in body)


def _element(name: str, value: Any) -> str:
    if value is None or value == "":
        return f"<{name}/>"
    if isinstance(value, Mapping):
        return f"<{name}>{_children(value, '')}</{name}>"
    if isinstance(value, Sequence) and not isinstance(value, str):
        inner = "".join(_element(_ITEMS.get(name, "item"), each) for each in value)
        return f"<{name}>{inner}</{name}>"
    if isinstance(value, bool):
        return f"<{name}>{str(value).lower()}</{name}>"
    return f"<{name}>{escape(str(value).translate(_FORBIDDEN))}</{name}>"


def errors(found: Sequence[tuple[int, str]], fmt: str) -> HttpResponse:
    """A refusal: the HTTP code of the first error, every one in the body."""
    body = [{"code": str(code), "description": text} for code, text in found]
    return answer(body, fmt, root="errors", item="error", status=found[0][0])
