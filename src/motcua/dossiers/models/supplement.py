from typing import ClassVar

from django.conf import settings
from django.db import models

from motcua.dossiers.terms import SuspensionKind


class SupplementRequest(models.Model):
    """Yêu cầu bổ sung: everything that is missing, said at once."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="supplement_requests")
    number = models.PositiveSmallIntegerField("lần")
    items = models.JSONField("các mục cần bổ sung")  # [{"component": key, "name": …, "need": …}]
    reason = models.TextField("lý do")
    exception_reason = models.TextField("lý do yêu cầu thêm lần nữa", blank=True)
    requested_at = models.DateTimeField("yêu cầu lúc")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer_until = models.DateField("hạn bổ sung", null=True)
    due_before = models.DateTimeField("hẹn trả trước khi bổ sung", null=True)
    answered_at = models.DateTimeField("bổ sung lúc", null=True)
    answer_note = models.TextField("nội dung bổ sung", blank=True)
    due_after = models.DateTimeField("hẹn trả sau khi bổ sung", null=True)

    class Meta:
        verbose_name = "yêu cầu bổ sung"
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "number"], name="supplement_number_once")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.number}"


class Suspension(models.Model):
    """Tạm dừng: a span in which the clock of the dossier stood still."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="suspensions")
    kind = models.TextField("loại", choices=SuspensionKind.choices)
    request = models.ForeignKey(SupplementRequest, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField("từ")
    until = models.DateTimeField("đến", null=True)

    class Meta:
        verbose_name = "tạm dừng tính thời gian"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(until__isnull=True), name="one_open_suspension"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="suspension_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"
