"""Calls to other systems over HTTP, behind one guard; nothing else in the house opens a URL.

The guard answers server-side request forgery (OWASP SSRF prevention): only the hosts that
the caller's :class:`Door` names, only public addresses unless the operator says otherwise,
the address that was judged is the address that is dialled, no redirects, bounded time and size.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import SplitResult, urlsplit

import urllib3

from motcua.foundation.errors import Bilingual, DomainError

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Door:
    """Where a caller may go.

    ``hosts`` are exact names; ``"*"`` means any public one. ``private`` lets in addresses of
    the own network (an agency's gateway, a simulator). ``seconds`` bounds connecting and each
    read; ``most_bytes`` the answer.
    """

    hosts: frozenset[str]
    private: bool = False
    plain: bool = False
    seconds: float = 15.0
    most_bytes: int = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said; ``headers`` have lower-case names."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class OutboundRefused(DomainError):
    """The address may not be called: retrying changes nothing."""

    code = "outbound-refused"
    status = 422
    message = Bilingual(
        "Hệ thống không được phép gọi tới địa chỉ này ({why}).",
        "The system may not call this address ({why}).",
    )
    advice = Bilingual(
        "Kiểm tra lại địa chỉ; nếu đúng, đề nghị quản trị cho phép máy chủ đó.",
        "Check the address; if it is right, ask the administrator to allow that host.",
    )
    WHY: ClassVar[tuple[str, ...]] = ("scheme", "host", "address", "size")


class OutboundUnavailable(DomainError):
    """No connection, no answer in time, or a broken one: may work later."""

    code = "outbound-unavailable"
    status = 503
    message = Bilingual("Hệ thống bên ngoài không trả lời.", "The other system does not answer.")
    advice = Bilingual(
        "Hệ thống sẽ tự thử lại; không cần làm gì thêm.",
        "It will be tried again by itself; nothing else is needed.",
    )


def call(
    method: str,
    url: str,
    *,
    door: Door,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Make one call and read its whole answer, whatever its status.

    Raises:
        OutboundRefused: the address is outside the door, or the answer is too large.
        OutboundUnavailable: no answer in time; the other side may or may not have acted.
    """
    parts = _split(url)
    host, port = _named(parts.scheme, parts.hostname, _port(parts), door)
    address = _resolve(host, port, door)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = {"Host": parts.netloc.rpartition("@")[2], **(headers or {})}
    with _pool(parts.scheme, host, address, port, door) as pool:
        try:
            answer = pool.urlopen(
                method,
                target,
                body=body or None,
                headers=sent,
                redirect=False,
                retries=False,
                preload_content=False,
            )
            content = answer.read(door.most_bytes + 1, decode_content=True)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise OutboundUnavailable from error
    if len(content) > door.most_bytes:
        raise OutboundRefused(why="size")
    return Answer(answer.status, content, {k.lower(): v for k, v in answer.headers.items()})


def refuse_address(url: str, door: Door) -> None:
    """Judge an address without calling it: what somebody registers for later calls.

    Raises:
        OutboundRefused: it is outside the door. OutboundUnavailable: its name is unknown.
    """
    parts = _split(url)
    _resolve(*_named(parts.scheme, parts.hostname, _port(parts), door), door)


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise OutboundRefused(why="host") from error


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise OutboundRefused(why="host") from error


def _named(scheme: str, host: str | None, port: int | None, door: Door) -> tuple[str, int]:
    if scheme not in _PORTS or (scheme == "http" and not (door.plain or door.private)):
        raise OutboundRefused(why="scheme")
    if not host or ("*" not in door.hosts and host.lower() not in door.hosts):
        raise OutboundRefused(why="host")
    return host, port or _PORTS[scheme]


def _resolve(host: str, port: int, door: Door) -> str:
    """The first address of the host, if every one of them is allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise OutboundUnavailable from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses:
        raise OutboundUnavailable
    if not door.private and not all(_public(address) for address in addresses):
        raise OutboundRefused(why="address")
    return addresses[0]


def _public(address: str) -> bool:
    at = ipaddress.ip_address(address.partition("%")[0])
    mapped = at.ipv4_mapped if isinstance(at, ipaddress.IPv6Address) else None
    return (mapped or at).is_global and not at.is_multicast


def _pool(
    scheme: str, host: str, address: str, port: int, door: Door
) -> urllib3.HTTPConnectionPool:
    timeout = urllib3.Timeout(connect=door.seconds, read=door.seconds)
    if scheme == "https":
        return urllib3.HTTPSConnectionPool(
            address, port, timeout=timeout, server_hostname=host, assert_hostname=host
        )
    return urllib3.HTTPConnectionPool(address, port, timeout=timeout)


def door_to(url: str, *, private: bool = False, seconds: float = 15.0) -> Door:
    """The door to the one host of an address that the operator set."""
    host = (urlsplit(url).hostname or "").lower()
    return Door(frozenset({host}), private=private, plain=private, seconds=seconds)
