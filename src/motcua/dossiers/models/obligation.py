"""What the applicant must pay to the State before the dossier goes on."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Obligation(models.Model):
    """Nghĩa vụ tài chính: one notice to pay (tax, land use levy …); while it is open the clock stands still."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="obligations")
    number = models.PositiveSmallIntegerField("lần")
    title = models.TextField("khoản phải nộp")
    amount = models.PositiveBigIntegerField("số tiền (đồng)")
    notice_number = models.TextField("số thông báo")
    notice_on = models.DateField("ngày thông báo")
    pay_until = models.DateField("hạn nộp", null=True)
    pay_at = models.TextField("nơi nộp", blank=True)
    attachment = models.ForeignKey("dossiers.Attachment", models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField("yêu cầu lúc")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    requested_by_name = models.TextField("người yêu cầu")
    due_before = models.DateTimeField("hẹn trả trước khi nộp", null=True)
    fulfilled_at = models.DateTimeField("xác nhận lúc", null=True)
    fulfilled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    fulfilled_by_name = models.TextField("người xác nhận", blank=True)
    proof_number = models.TextField("số chứng từ", blank=True)
    proof_on = models.DateField("ngày chứng từ", null=True)
    paid_amount = models.PositiveBigIntegerField("số tiền đã nộp (đồng)", null=True)
    note = models.TextField("ghi chú", blank=True)
    due_after = models.DateTimeField("hẹn trả sau khi nộp", null=True)

    class Meta:
        verbose_name = "nghĩa vụ tài chính"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "number"], name="obligation_number_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(fulfilled_at__isnull=True), name="one_open_obligation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.number}"
