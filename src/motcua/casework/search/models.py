"""What can be found, and the words it is found by."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class SearchEntry(models.Model):
    """One findable thing: its words, and the viewer keys that may find it.

    ``words`` and ``scope`` are written by :mod:`rules`; the full-text index beside
    the table (:mod:`engine`) follows them by itself.
    """

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "as long as the thing it points to"

    kind: models.CharField[str, str] = models.CharField(max_length=40)
    object_id: models.CharField[str, str] = models.CharField(max_length=64)
    title: models.CharField[str, str] = models.CharField(max_length=500)
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder
    )
    title_words: models.TextField[str, str] = models.TextField()
    words: models.TextField[str, str] = models.TextField()
    scope: models.TextField[str, str] = models.TextField()
    indexed_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField()

    class Meta:
        verbose_name = "mục tìm kiếm"
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class SearchWord(models.Model):
    """A folded word that occurs somewhere; what mistyped words are compared with."""

    legal_basis: ClassVar[str] = "Bảng kỹ thuật, không do văn bản pháp luật quy định"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "permanent; rebuilt with the index"

    word: models.CharField[str, str] = models.CharField(max_length=24, unique=True)

    class Meta:
        verbose_name = "từ"

    def __str__(self) -> str:
        return self.word
