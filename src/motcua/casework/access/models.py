"""The one visibility relation: which row is open to which viewer."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Visibility(models.Model):
    """Opens one case to one viewer key (``p:`` party, ``a:`` agency, ``u:`` account, ``city``).

    Every list and every look-up of cases goes through this table inside the
    query, so what may not be seen is never fetched.
    """

    legal_basis: ClassVar[str] = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "with the case"

    case_id: int
    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="visibility", db_index=False
    )
    viewer = models.CharField(max_length=24)

    class Meta:
        verbose_name = "quyền xem"
        constraints = [
            models.UniqueConstraint(fields=["case", "viewer"], name="access_case_viewer")
        ]
        indexes = [models.Index(fields=["viewer", "case"], name="access_viewer_case")]

    def __str__(self) -> str:
        return f"{self.viewer}:{self.case_id}"
