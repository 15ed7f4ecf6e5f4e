"""What was answered on the e-form of a dossier's procedure, and everything that was ever changed in it."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class FormAnswers(models.Model):
    """Tờ khai điện tử của hồ sơ: the answers as they stand now; acts change them, each change is kept."""

    dossier = models.OneToOneField("dossiers.Dossier", models.CASCADE, related_name="answers", verbose_name="hồ sơ")
    values = models.JSONField("các câu trả lời")  # {"child_name": "…"}, as `forms.rules.answers.to_json` writes them
    provenance = models.JSONField("nguồn của từng câu", default=dict)  # {"child_name": {"source", "by", "at", "ref"}}
    revision = models.PositiveIntegerField("số lần ghi", default=1)

    class Meta:
        verbose_name = "tờ khai điện tử"

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.revision}"


class AnswersChange(models.Model):
    """One change of the answers by one act: what stood there before and what after; rows are only ever added."""

    answers = models.ForeignKey(FormAnswers, models.CASCADE, related_name="changes", verbose_name="tờ khai")
    revision = models.PositiveIntegerField("lần ghi")
    act = models.TextField("việc")
    at = models.DateTimeField("lúc")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    actor_name = models.TextField("người thực hiện")
    before = models.JSONField("trước")  # only what changed; a question that had no answer is absent
    after = models.JSONField("sau")
    provenance_before = models.JSONField("nguồn trước", default=dict)

    class Meta:
        verbose_name = "lần sửa tờ khai"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answers", "revision"], name="answers_change_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.answers_id} {self.revision}"
