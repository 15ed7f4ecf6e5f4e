from typing import ClassVar

from django.db import models


class IssuedPaper(models.Model):
    """A form given to the applicant: its data is kept, so that it can be printed again byte for byte."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="papers")
    form = models.TextField("mẫu")
    form_set = models.TextField("bộ mẫu")
    version = models.PositiveSmallIntegerField("phiên bản")
    data = models.JSONField("dữ liệu in")
    issued_at = models.DateTimeField("lập lúc")
    issued_by = models.TextField("người lập")

    class Meta:
        verbose_name = "giấy tờ đã lập"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "form", "version"], name="paper_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.form} {self.version}"
