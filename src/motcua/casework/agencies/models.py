"""Organisations through time, their posts, who holds them, and who may sign for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models

from motcua.foundation.ids import new_uid

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Agency(models.Model):
    """A public body as it is (or was) between two dates.

    A merged ward is never renamed: it ends, and a succession names who carries
    on, so that "as of" views and statistics stay true.
    """

    legal_basis: ClassVar[str] = "Luật Tổ chức chính quyền địa phương 72/2025/QH15"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    class Kind(models.TextChoices):
        CITY = "city", "Thành phố"
        DEPARTMENT = "department", "Sở, ngành"
        COMMITTEE = "committee", "Uỷ ban nhân dân cấp xã"
        CENTRE = "centre", "Trung tâm Phục vụ hành chính công"
        BRANCH = "branch", "Cơ quan ngành dọc"
        OTHER = "other", "Khác"

    class Level(models.TextChoices):
        CITY = "city", "Cấp thành phố"
        DISTRICT = "district", "Cấp huyện (trước 01/07/2025)"
        COMMUNE = "commune", "Cấp xã"

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    level = models.CharField(max_length=10, choices=Level.choices)
    unit_type = models.CharField(max_length=20, default="", blank=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, default="", blank=True)
    signing_name = models.CharField(max_length=200, default="", blank=True)
    parent_id: int | None
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    commune_code = models.CharField(max_length=5, default="", blank=True)
    place_name = models.CharField(max_length=80, default="", blank=True)
    address = models.CharField(max_length=250, default="", blank=True)
    phone = models.CharField(max_length=30, default="", blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    remote_area = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "cơ quan"
        indexes = [
            models.Index(fields=["commune_code", "kind"], name="agencies_commune_kind"),
            models.Index(fields=["parent"], name="agencies_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class AgencyIdentifier(models.Model):
    """An official code of an agency in one scheme and period (both generations are kept)."""

    legal_basis: ClassVar[str] = "Quyết định 20/2020/QĐ-TTg"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    agency_id: int
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        verbose_name = "mã định danh cơ quan"
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value", "valid_from"], name="agencies_identifier_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class Succession(models.Model):
    """From a date, ``successor`` carries on (all or part of) ``predecessor``."""

    legal_basis: ClassVar[str] = "Nghị quyết 202/2025/QH15; Nghị quyết 1685/NQ-UBTVQH15"
    data_class: ClassVar[str] = "public"
    retention: ClassVar[str] = "permanent"

    predecessor_id: int
    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor_id: int
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="inheritances")
    partial = models.BooleanField(default=False)
    effective_on = models.DateField()
    decision = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "kế thừa"
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="agencies_succession_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id}→{self.successor_id}"


class Post(models.Model):
    """A place in an agency that somebody holds: its role says what may be done from it."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "permanent"

    agency_id: int
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, default="", blank=True)
    authority = models.CharField(max_length=200, default="", blank=True)
    division = models.CharField(max_length=120, default="", blank=True)
    fields = models.JSONField(default=list, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    moved_from_id: int | None
    moved_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    if TYPE_CHECKING:
        delegations_held: RelatedManager[Delegation]

    class Meta:
        verbose_name = "vị trí"
        indexes = [models.Index(fields=["agency", "role"], name="agencies_post_role")]

    def __str__(self) -> str:
        return self.title


class Membership(models.Model):
    """An account holds a post between two dates, as its holder or as a substitute.

    ``stands_for`` names the absent person whom a substitute stands in for.
    """

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "ten years after it ends"

    account_id: int
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    post_id: int
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="memberships")
    substitute = models.BooleanField(default=False)
    stands_for_id: int | None
    stands_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "người giữ vị trí"
        indexes = [models.Index(fields=["account", "valid_to"], name="agencies_member_account")]

    def __str__(self) -> str:
        return f"{self.account_id}@{self.post_id}"


class Delegation(models.Model):
    """One post signs in the place of another, in a form, a scope and a period.

    KT. a deputy for the head; TL. by order; TUQ. by written authority, for a
    time, never passed on; TM. for a collective body (Nghị định 30/2020, Điều 13).
    """

    legal_basis: ClassVar[str] = "Nghị định 30/2020/NĐ-CP, Điều 13"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "permanent"

    class Form(models.TextChoices):
        KT = "KT.", "Ký thay"
        TL = "TL.", "Thừa lệnh"
        TUQ = "TUQ.", "Thừa uỷ quyền"
        TM = "TM.", "Thay mặt tập thể"
        Q = "Q.", "Quyền"

    agency_id: int
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="delegations")
    from_post_id: int
    from_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations_given")
    to_post_id: int
    to_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations_held")
    form = models.CharField(max_length=4, choices=Form.choices)
    scope = models.JSONField(default=list, blank=True)
    document = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "uỷ quyền ký"

    def __str__(self) -> str:
        return f"{self.form} {self.from_post_id}→{self.to_post_id}"
