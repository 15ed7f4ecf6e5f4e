from typing import ClassVar

from django.conf import settings
from django.db import models

from motcua.dossiers.models.attested import Attested
from motcua.dossiers.terms import Collector


class DraftResult(models.Model):
    """Dự thảo kết quả: one version of what the leader is asked to approve.

    `template`: key of the paper of the procedure that it follows; `text` then is that paper's text as the specialist
    changed it ("": word for word as the paper says).
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="drafts")
    number = models.PositiveSmallIntegerField("phiên bản")
    is_negative = models.BooleanField("đề nghị từ chối", default=False)
    opinion = models.TextField("ý kiến thẩm định", blank=True)
    text = models.TextField("nội dung dự thảo", blank=True)
    template = models.TextField("theo văn bản của thủ tục", blank=True, default="", db_default="")
    attachment = models.ForeignKey("dossiers.Attachment", models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_name = models.TextField("người dự thảo")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "dự thảo kết quả"
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "number"], name="draft_number_once")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.number}"


class Result(Attested):
    """Kết quả: the approved draft and, once numbered and sealed, the paper that the applicant gets.

    `signed`: the paper that the leader signed by a key, before the seal; null where it is signed by hand.
    """

    ATTESTED = (
        "name",
        "is_negative",
        "reason",
        "signer_name",
        "approved_at",
        "number",
        "symbol",
        "issued_on",
        "scan_id",
        "signed_id",
        "sealed_at",
    )

    dossier = models.OneToOneField("dossiers.Dossier", models.CASCADE, related_name="result")
    draft = models.ForeignKey(DraftResult, models.PROTECT, related_name="+")
    is_negative = models.BooleanField("kết quả từ chối", default=False)
    reason = models.TextField("lý do không phê duyệt", blank=True)
    name = models.TextField("tên giấy tờ")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signer_name = models.TextField("người ký")
    signer_title = models.TextField("chức vụ người ký", blank=True)
    approved_at = models.DateTimeField("phê duyệt lúc")
    number = models.TextField("số", blank=True)
    symbol = models.TextField("ký hiệu", blank=True)
    issued_on = models.DateField("ngày ban hành", null=True)
    scan = models.ForeignKey("dossiers.Attachment", models.PROTECT, null=True, related_name="+")
    signed = models.ForeignKey("dossiers.Attachment", models.PROTECT, null=True, related_name="+", db_index=False)
    sealed_at = models.DateTimeField("đóng dấu lúc", null=True)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "kết quả"

    def __str__(self) -> str:
        return "/".join(filter(None, [self.number, self.symbol]))


class Delivery(Attested):
    """Trả kết quả: who collected it and how they proved who they are."""

    ATTESTED = (
        "collector",
        "name",
        "delivered_at",
        "delivered_by_id",
        "signed_by_hand",
    )

    dossier = models.OneToOneField("dossiers.Dossier", models.CASCADE, related_name="delivery")
    collector = models.TextField("người nhận là", choices=Collector.choices)
    name = models.TextField("họ tên người nhận")
    personal_id = models.TextField("số định danh người nhận", blank=True)
    phone = models.TextField("số điện thoại", blank=True)
    proxy_paper = models.TextField("văn bản ủy quyền", blank=True)
    signed_by_hand = models.BooleanField("đã ký nhận", default=False)
    delivered_at = models.DateTimeField("trả lúc")
    delivered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "trả kết quả"

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.name}"
