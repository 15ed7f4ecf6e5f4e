from typing import ClassVar

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """What a citizen has typed so far; it becomes a dossier when handed in."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="dossier_drafts")
    procedure = models.ForeignKey("procedures.Procedure", models.PROTECT, related_name="+")
    predecessor = models.ForeignKey(
        "dossiers.Dossier",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="nộp lại từ hồ sơ",
    )
    data = models.JSONField("nội dung đã nhập", default=dict)
    created_at = models.DateTimeField("bắt đầu lúc")
    saved_at = models.DateTimeField("lưu lúc")
    submission_key = models.TextField("khóa nộp")

    class Meta:
        verbose_name = "hồ sơ đang soạn"
        indexes: ClassVar = [models.Index(fields=["account", "-saved_at"], name="draft_of_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.procedure_id}"


class DraftFile(models.Model):
    """A file already uploaded to a draft."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    component_key = models.TextField("thành phần")
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+")
    name = models.TextField("tên tệp")
    added_at = models.DateTimeField("thêm lúc")

    class Meta:
        verbose_name = "tệp của hồ sơ đang soạn"

    def __str__(self) -> str:
        return self.name
