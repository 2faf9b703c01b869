"""The port to a payment platform: what an adapter must be able to do.

The adapter is named by dotted path in ``MOTCUA_PAYMENT_PLATFORM``; the slice never imports it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class RemoteOrder(Protocol):
    """An order as the platform knows it."""

    @property
    def remote_id(self) -> str: ...
    @property
    def pay_url(self) -> str: ...


class RemoteState(Protocol):
    """What the platform says of an order: state, amount in đồng and its transaction id."""

    @property
    def reference(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def amount(self) -> int: ...
    @property
    def transaction_id(self) -> str: ...


class PaymentPlatform(Protocol):
    """The four things asked of a platform; every call may be repeated with the same key."""

    def create(
        self, *, reference: str, amount: int, text: str, return_url: str, notify_url: str
    ) -> RemoteOrder: ...
    def read_notice(self, fields: Mapping[str, str]) -> RemoteState: ...
    def status(self, *, reference: str) -> RemoteState: ...
    def refund(self, *, reference: str, amount: int, key: str, reason: str) -> str: ...


def platform_connected() -> bool:
    """Whether this installation has a payment platform."""
    return bool(settings.MOTCUA_PAYMENT_PLATFORM)


def platform() -> PaymentPlatform:
    """The platform of this installation. Raises LookupError when there is none."""
    if not platform_connected():
        raise LookupError("MOTCUA_PAYMENT_PLATFORM is not set")
    made: PaymentPlatform = import_string(settings.MOTCUA_PAYMENT_PLATFORM)()
    return made
