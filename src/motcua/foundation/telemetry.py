"""Logs as JSON lines, without personal data, tied together by a request id.

Two nets: values under names known to hold personal data are dropped whole, and
identity numbers, telephone numbers and mail addresses are masked wherever they
stand in a text.
"""

from __future__ import annotations

import logging
import re
import secrets
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, cast

import structlog

MASK = "[ẩn]"

PERSONAL_KEYS = frozenset(
    [
        "name",
        "full_name",
        "ho_ten",
        "identity",
        "identity_number",
        "cccd",
        "cmnd",
        "so_dinh_danh",
        "passport",
        "phone",
        "mobile",
        "dien_thoai",
        "email",
        "mail",
        "address",
        "dia_chi",
        "birth",
        "birth_date",
        "date_of_birth",
        "ngay_sinh",
        "password",
        "token",
        "secret",
        "secret_key",
        "authorization",
        "cookie",
        "set_cookie",
        "session",
        "csrfmiddlewaretoken",
        "otp",
        "pin",
        "answers",
        "recipient",
        "recipients",
    ]
)

_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w+.])(?:\+?84|0)(?:[ .-]?\d){9,10}(?![\w])")
_IDENTITY = re.compile(r"(?<![\w.-])(?:\d{12}|\d{9}|\d{3} \d{3} \d{3} \d{3}|[A-Z]\d{7,8})(?![\w-])")


def redact(text: str) -> str:
    """Mask mail addresses, Vietnamese telephone numbers, identity and passport numbers.

    >>> redact("gọi 0903 123 456 hoặc an@example.vn")
    'gọi [ẩn] hoặc [ẩn]'
    """
    for pattern in (_MAIL, _PHONE, _IDENTITY):
        text = pattern.sub(MASK, text)
    return text


def _clean(value: object) -> object:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value).items()
        return {str(k): MASK if _is_personal(str(k)) else _clean(v) for k, v in pairs}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(item) for item in cast("list[object]", value)]
    if isinstance(value, bool | float) or value is None:
        return value
    if isinstance(value, int):
        return MASK if redact(str(value)) == MASK else value
    return redact(str(value))


def _is_personal(key: str) -> bool:
    return key.lower().replace("-", "_") in PERSONAL_KEYS


def redact_event(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """The structlog processor that keeps personal data out of every line."""
    for key, value in event.items():
        event[key] = MASK if _is_personal(key) else _clean(value)
    return event


def configure_logging(level: str = "INFO", *, json_lines: bool = True) -> None:
    """Send our own and the standard library's logs to standard error as redacted lines.

    Args:
        level: name of the lowest level that is written.
        json_lines: one JSON object a line; otherwise lines for a person at a terminal.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact_event,
    ]
    render: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json_lines
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    _send_standard_logs(level, shared, render)


def _send_standard_logs(
    level: str, shared: list[structlog.typing.Processor], render: structlog.typing.Processor
) -> None:
    """Lines of the standard library and of other packages take the same way as ours."""
    foreign = [*shared[:-2], structlog.stdlib.PositionalArgumentsFormatter(), *shared[-2:]]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=foreign,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def begin_request(offered: str = "") -> str:
    """Start a request's log context and return its id.

    ``offered`` is the id a proxy sent; anything but 8-64 letters, digits and hyphens
    is replaced by a new one.
    """
    request_id = offered if _REQUEST_ID.fullmatch(offered) else secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id)
    return request_id


def end_request() -> None:
    """Forget the request's log context."""
    structlog.contextvars.clear_contextvars()
