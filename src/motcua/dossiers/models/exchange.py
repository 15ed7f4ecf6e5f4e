"""What other units contribute to a dossier, and what leaders decide about its data and its past."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from motcua.dossiers.terms import Opinion


class Consultation(models.Model):
    """Lấy ý kiến: one question to one unit; several may be open at once.

    `origin`: step and key of the process that asked by itself ("appraise/cong-an"), "" when somebody asked.
    `is_required`: the gate "opinions" waits for the answer.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="consultations")
    number = models.PositiveSmallIntegerField("thứ tự")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="nơi được hỏi")
    question = models.TextField("nội dung hỏi")
    asked_at = models.DateTimeField("hỏi lúc")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_by_name = models.TextField("người hỏi")
    origin = models.TextField("quy trình tự hỏi ở", blank=True, default="", db_default="")
    is_required = models.BooleanField("phải có trả lời mới đi tiếp", default=True, db_default=True)
    answer_due_at = models.DateTimeField("hạn trả lời", null=True)
    opinion = models.TextField("ý kiến", blank=True, choices=Opinion.choices)
    answer = models.TextField("nội dung trả lời", blank=True)
    attachment = models.ForeignKey("dossiers.Attachment", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_by_name = models.TextField("người trả lời", blank=True)
    cancelled_at = models.DateTimeField("rút lúc", null=True)

    class Meta:
        verbose_name = "yêu cầu lấy ý kiến"
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "number"], name="consultation_number_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "answer_due_at"],
                name="consultation_open",
                condition=models.Q(answered_at__isnull=True, cancelled_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.number}"


class Correction(models.Model):
    """Đề nghị đính chính sau khi tiếp nhận: proposed by the desk, done when a leader approves it."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="corrections")
    changes = models.JSONField("thay đổi")  # {"owner.name": ["cũ", "mới"]}
    #: Answers of the e-form as they will stand, {"child_name": "…"}; None takes one away. In words in `changes`.
    answers = models.JSONField("câu trả lời mới", default=dict, db_default=models.Value({}, models.JSONField()))
    reason = models.TextField("lý do")
    proposed_at = models.DateTimeField("đề nghị lúc")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_by_name = models.TextField("người đề nghị")
    decided_at = models.DateTimeField("quyết định lúc", null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_approved = models.BooleanField("được duyệt", null=True)
    decision_note = models.TextField("ý kiến người duyệt", blank=True)

    class Meta:
        verbose_name = "đề nghị đính chính"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(decided_at__isnull=True), name="one_open_correction"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.proposed_at:%Y-%m-%d}"


class RecalledResult(models.Model):
    """Kết quả đã thu hồi: result and delivery as they were, and the decision by which they were taken back."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="recalled_results")
    decision_number = models.TextField("số quyết định")
    decided_on = models.DateField("ngày quyết định")
    reason = models.TextField("lý do")
    result = models.JSONField("kết quả")
    delivery = models.JSONField("lần trả", null=True)
    recalled_at = models.DateTimeField("thu hồi lúc")
    recalled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField("giải quyết lại từ", null=True)

    class Meta:
        verbose_name = "kết quả đã thu hồi"

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.decision_number}"


class DossierGroup(models.Model):
    """Lượt nộp nhiều hồ sơ: what one person brought to one desk at once; one receipt lists all of it."""

    desk = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+")
    submitter = models.ForeignKey("dossiers.Party", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("mở lúc")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "lượt nộp nhiều hồ sơ"

    def __str__(self) -> str:
        return f"{self.pk}"
