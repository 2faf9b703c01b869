"""Model fields that need more than the database offers."""

from __future__ import annotations

from typing import Any

from django.db import models

from motcua.foundation.crypto import decrypt, encrypt


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that is encrypted in the database and clear in Python.

    It can be neither filtered nor sorted on: keep a keyed hash beside it for
    exact look-up (:func:`motcua.foundation.crypto.keyed_hash`).
    """

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return text if text is None else encrypt(str(text))

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        return value if value is None else decrypt(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in {"isnull", "exact"}:
            raise TypeError(f"an encrypted field cannot be searched by {lookup_name!r}")
        return super().get_lookup(lookup_name)
