from typing import ClassVar

from django.conf import settings
from django.db import models

from motcua.dossiers.terms import AttachmentPurpose, Digitised, Seen


class DossierComponent(models.Model):
    """A paper of the dossier as it was handed in."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="components", verbose_name="hồ sơ")
    position = models.PositiveSmallIntegerField("thứ tự")
    key = models.TextField("khóa")
    name = models.TextField("tên giấy tờ")
    originals = models.PositiveSmallIntegerField("bản chính", default=0)
    copies = models.PositiveSmallIntegerField("bản sao", default=0)
    is_required = models.BooleanField("bắt buộc", default=True)
    is_present = models.BooleanField("đã có", default=True)
    note = models.TextField("ghi chú", blank=True)
    seen = models.TextField("đã xem bản", blank=True, choices=Seen.choices, default="", db_default="")
    pages = models.PositiveSmallIntegerField("số trang", default=0, db_default=0)
    digitised = models.PositiveSmallIntegerField("số hóa", choices=Digitised.choices, default=0, db_default=0)

    class Meta:
        verbose_name = "thành phần hồ sơ"
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "key"], name="component_once_in_dossier")]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A file of the dossier; its bytes live in the room `files`."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="attachments", verbose_name="hồ sơ")
    component = models.ForeignKey(
        DossierComponent, models.CASCADE, null=True, related_name="attachments", verbose_name="thành phần"
    )
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", verbose_name="nội dung")
    name = models.TextField("tên tệp")
    purpose = models.TextField("để làm gì", choices=AttachmentPurpose.choices)
    added_at = models.DateTimeField("thêm lúc")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "tệp đính kèm"

    def __str__(self) -> str:
        return self.name
