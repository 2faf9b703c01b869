"""What a one-stop dossier has beyond being a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models

from motcua.foundation.fields import EncryptedTextField


class Application(models.Model):
    """One dossier of an administrative procedure, pinned to the version it was filed under."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP; Nghị định 367/2025/NĐ-CP"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "by the procedure's kind of result"

    class Delivery(models.TextChoices):
        ONLINE = "online", "Nhận bản điện tử"
        COUNTER = "counter", "Nhận tại quầy"
        POST = "post", "Nhận qua bưu chính"

    case_id: int
    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="application"
    )
    procedure_version_id = models.BigIntegerField()
    procedure_code = models.CharField(max_length=40)
    variant = models.CharField(max_length=40, default="", blank=True)
    delivery = models.CharField(max_length=8, choices=Delivery.choices, default=Delivery.ONLINE)
    delivery_address = EncryptedTextField(default="", blank=True)
    contact_email = EncryptedTextField(default="", blank=True)
    contact_phone = EncryptedTextField(default="", blank=True)
    language = models.CharField(max_length=5, default="vi")
    fee_amount = models.BigIntegerField(default=0)
    fee_lines = models.JSONField(default=list)
    papers = models.JSONField(default=dict)
    answers_seq = models.PositiveIntegerField(default=1)
    officer_id: int | None
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposal_note = models.TextField(default="", blank=True)
    refusal_reason = models.TextField(default="", blank=True)
    refusal_basis = models.CharField(max_length=300, default="", blank=True)
    extended = models.BooleanField(default=False)
    result_id: int | None
    result = models.ForeignKey(
        "issuing.IssuedDocument", null=True, on_delete=models.PROTECT, related_name="+"
    )
    result_number = models.CharField(max_length=60, default="", blank=True)
    assisted_by_id: int | None
    assisted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    helper_kind = models.CharField(max_length=16, default="", blank=True)
    helper_name = models.CharField(max_length=200, default="", blank=True)
    helper_identity = EncryptedTextField(default="", blank=True)
    helper_organisation = models.CharField(max_length=200, default="", blank=True)
    delivered_to = models.CharField(max_length=200, default="", blank=True)
    contacts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "hồ sơ thủ tục hành chính"
        indexes = [models.Index(fields=["procedure_code"], name="applications_procedure")]

    def __str__(self) -> str:
        return f"{self.procedure_code}/{self.case_id}"


class Slip(models.Model):
    """One of the seven one-stop forms made for a dossier, as issued and numbered."""

    legal_basis: ClassVar[str] = "Thông tư 03/2025/TT-VPCP, Phụ lục I"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the dossier"

    class Form(models.TextChoices):
        RECEIPT = "01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
        SUPPLEMENT = "02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
        REFUSAL = "03", "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
        APOLOGY = "04", "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"
        STOP = "05", "Thông báo dừng giải quyết hồ sơ"
        CONTROL = "06", "Phiếu kiểm soát quá trình giải quyết hồ sơ"
        REGISTER = "07", "Sổ theo dõi hồ sơ"

    case_id: int
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="slips")
    form = models.CharField(max_length=2, choices=Form.choices)
    seq = models.PositiveSmallIntegerField(default=1)
    data = EncryptedTextField()
    document_id: int | None
    document = models.ForeignKey(
        "issuing.IssuedDocument", null=True, on_delete=models.PROTECT, related_name="+"
    )
    ordered_at = models.DateTimeField()
    if TYPE_CHECKING:

        def get_form_display(self) -> str: ...

    class Meta:
        verbose_name = "phiếu, sổ một cửa"
        constraints = [
            models.UniqueConstraint(fields=["case", "form", "seq"], name="applications_slip_once")
        ]

    def __str__(self) -> str:
        return f"{self.form}/{self.case_id}"


class GroupMember(models.Model):
    """One dossier of several filed together: which, whose results it needs, whether it is open.

    The whole is a case of the kind ``application_group`` with an :class:`Application` of its
    own; each member's dossier has that case as its parent.
    """

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP (một cửa liên thông)"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "with the dossiers of the group"

    class Stage(models.TextChoices):
        WAITING = "waiting", "Chờ kết quả trước"
        BLOCKED = "blocked", "Việc trước không thành"
        STUCK = "stuck", "Không mở được, cần cán bộ xem"

    group_id: int
    group = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="members")
    member = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    procedure_code = models.CharField(max_length=40)
    after = models.JSONField(default=list)
    dossier_id: int | None
    dossier = models.OneToOneField(
        "cases.Case", null=True, on_delete=models.PROTECT, related_name="membership"
    )
    stage: models.CharField[str, str] = models.CharField(
        max_length=8, choices=Stage.choices, default=Stage.WAITING
    )
    problem = models.CharField(max_length=300, default="", blank=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "việc của hồ sơ liên thông"
        constraints = [
            models.UniqueConstraint(fields=["group", "member"], name="applications_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.member}/{self.group_id}"


class Rating(models.Model):
    """How satisfied the applicant was, said once after the result."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP; Thông tư 03/2025/TT-VPCP"
    data_class: ClassVar[str] = "personal"
    retention: ClassVar[str] = "five years; published only as totals"

    case_id: int
    case = models.OneToOneField("cases.Case", primary_key=True, on_delete=models.PROTECT)
    score = models.PositiveSmallIntegerField()
    comment = models.TextField(default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "đánh giá hài lòng"

    def __str__(self) -> str:
        return f"{self.score}/{self.case_id}"


class YearRegister(models.Model):
    """The yearly register of dossiers of a centre (form 07): opened yearly, closed for good."""

    legal_basis: ClassVar[str] = "Thông tư 03/2025/TT-VPCP, Phụ lục I (mẫu 07)"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "permanent"

    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    opened_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    document_id: int | None
    document = models.ForeignKey(
        "issuing.IssuedDocument", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "sổ theo dõi hồ sơ theo năm"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year"], name="applications_year_register_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.year}"


class RegisterLine(models.Model):
    """The order number of a dossier in its yearly register; never changed once given."""

    legal_basis: ClassVar[str] = "Thông tư 03/2025/TT-VPCP, Phụ lục I (mẫu 07)"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "permanent"

    register_id: int
    register = models.ForeignKey(YearRegister, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    case_id: int
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "dòng sổ theo dõi"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "number"], name="applications_register_line_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number:02d}"


class HandOver(models.Model):
    """A hand-over sheet: dossiers a centre gives to an agency, or results it gets from it."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP, Điều 18"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "five years"

    class Direction(models.TextChoices):
        OUT = "out", "Giao hồ sơ cho cơ quan giải quyết"
        BACK = "back", "Nhận kết quả từ cơ quan giải quyết"

    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    other_id: int
    other = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=4, choices=Direction.choices)
    made_at = models.DateTimeField()
    document_id: int | None
    document = models.ForeignKey(
        "issuing.IssuedDocument", null=True, on_delete=models.PROTECT, related_name="+"
    )
    if TYPE_CHECKING:

        def get_direction_display(self) -> str: ...

    class Meta:
        verbose_name = "phiếu giao nhận"
        indexes = [models.Index(fields=["agency", "made_at"], name="applications_hand_overs")]

    def __str__(self) -> str:
        return f"{self.direction}/{self.other_id}"


class HandOverLine(models.Model):
    """One dossier on a hand-over sheet; each goes once in each direction."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP, Điều 18"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "five years"

    sheet_id: int
    sheet = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="lines")
    direction = models.CharField(max_length=4)
    case_id: int
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "dòng phiếu giao nhận"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "direction"], name="applications_handed_over_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class PaperReceipt(models.Model):
    """The number a dossier got in the paper register while the system was away; kept for good."""

    legal_basis: ClassVar[str] = "Nghị định 118/2025/NĐ-CP; sổ theo dõi (mẫu 07) khi hệ thống dừng"
    data_class: ClassVar[str] = "internal"
    retention: ClassVar[str] = "with the dossier"

    agency_id: int
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=30)
    case_id: int
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        verbose_name = "số trong sổ giấy"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "number"], name="applications_paper_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"
