"""The ledger's tables. Triggers (migration 0002) refuse every change of a written row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One act: who, for whom, on what authority, when, what, before and after.

    ``case_id`` is a plain number, not a foreign key: nothing that happens to
    another table may reach into the ledger.
    """

    legal_basis: ClassVar[str] = (
        "Luật Giao dịch điện tử 20/2023/QH15; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"
    )
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "as the longest-kept case of the period, then archived and pruned"

    chain = models.CharField(max_length=80)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    on_behalf_of = models.BigIntegerField(null=True)
    authority = models.CharField(max_length=120, default="", blank=True)
    agency_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=80)
    summary = models.JSONField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    case_id = models.BigIntegerField(null=True)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "bút ký sổ cái"
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="ledger_entry_chain_seq")
        ]
        indexes = [
            models.Index(fields=["case_id"], name="ledger_entry_case"),
            models.Index(fields=["actor_id", "id"], name="ledger_entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq} {self.verb}"


class ChainTip(models.Model):
    """How far a chain has come: its last number and hash, kept by the database itself.

    A trigger sets it with every entry, and others refuse to take it back (migration 0003).
    So what is cut from the end of a chain is missed at once, not only after the next period.
    """

    legal_basis: ClassVar[str] = "Luật Giao dịch điện tử 20/2023/QH15"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "permanent"

    chain = models.CharField(max_length=80, primary_key=True)
    seq = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger_tip"
        verbose_name = "đầu chuỗi sổ cái"

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq}"


class LedgerPeriod(models.Model):
    """A closed stretch of the ledger: a Merkle root over the heads of all chains it touched.

    ``seal`` is the hash of the period's own header, which holds the previous
    seal: whoever keeps one seal can prove everything before it.
    """

    legal_basis: ClassVar[str] = "Luật Giao dịch điện tử 20/2023/QH15"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    number = models.PositiveIntegerField(unique=True)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    chains = models.PositiveIntegerField()
    merkle_root = models.CharField(max_length=64)
    prev_seal = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=200)
    archive_sha256 = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        db_table = "ledger_period"
        verbose_name = "kỳ sổ cái"

    def __str__(self) -> str:
        return f"#{self.number} {self.seal[:12]}"


class PeriodHead(models.Model):
    """A leaf of a period's tree: where one chain stood when the period was closed."""

    legal_basis: ClassVar[str] = "Luật Giao dịch điện tử 20/2023/QH15"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "permanent"

    period_id: int
    period = models.ForeignKey(LedgerPeriod, on_delete=models.PROTECT, related_name="heads")
    position = models.PositiveIntegerField()
    chain = models.CharField(max_length=80)
    seq = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "ledger_period_head"
        verbose_name = "đầu chuỗi trong kỳ"
        constraints = [
            models.UniqueConstraint(fields=["period", "position"], name="ledger_head_position")
        ]
        indexes = [models.Index(fields=["chain", "seq"], name="ledger_head_chain")]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq}"
