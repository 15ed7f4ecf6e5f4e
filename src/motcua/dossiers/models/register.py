from django.conf import settings
from django.db import models


class RegisterRun(models.Model):
    """Một lần lập Sổ theo dõi hồ sơ in the background: what was asked for, how far it is, the file when it is ready."""

    class Kind(models.TextChoices):
        PDF = "pdf", "Bản in PDF"
        EXCEL = "xlsx", "Bảng Excel"

    kind = models.TextField("loại tệp", choices=Kind.choices)
    scope = models.JSONField("phạm vi")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập")
    asked_at = models.DateTimeField("yêu cầu lúc")
    total = models.PositiveIntegerField("số hồ sơ", default=0)
    written = models.PositiveIntegerField("đã ghi", default=0)
    blob = models.ForeignKey("files.Blob", models.PROTECT, null=True, related_name="+", verbose_name="tệp")
    name = models.TextField("tên tệp", blank=True)
    ready_at = models.DateTimeField("xong lúc", null=True)
    problem = models.TextField("vì sao không lập được", blank=True)

    class Meta:
        verbose_name = "lần lập sổ theo dõi"

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_at:%Y-%m-%d %H:%M}"
