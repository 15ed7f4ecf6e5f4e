from typing import ClassVar

from django.conf import settings
from django.db import models

from motcua.dossiers.models.attested import Attested


class SupplementRequest(Attested):
    """Yêu cầu bổ sung: everything that is missing, said at once."""

    ATTESTED = (
        "number",
        "reason",
        "requested_at",
        "requested_by_id",
        "answer_until",
        "due_before",
        "answered_at",
        "due_after",
    )

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="supplement_requests")
    number = models.PositiveSmallIntegerField("lần")
    items = models.JSONField("các mục cần bổ sung")  # [{"component": key, "name": …, "need": …}]
    fields = models.JSONField("các ô cần khai lại", default=list, db_default=models.Value([], models.JSONField()))
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
