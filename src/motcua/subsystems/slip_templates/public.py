"""The door of this slice: nothing; issuing asks for words through the kernel's port."""

from __future__ import annotations

__all__: list[str] = []
