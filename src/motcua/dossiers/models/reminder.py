from typing import ClassVar

from django.db import models

from motcua.dossiers.terms import ReminderAbout, ReminderTo


class ReminderRule(models.Model):
    """When whom to remind of which due moment: so many working hours before it (below zero: after it).

    Data of the province, not of the law. For every agency, or for one and those below it.
    """

    about = models.TextField("hạn nào", choices=ReminderAbout.choices)
    to = models.TextField("nhắc ai", choices=ReminderTo.choices)
    hours_before = models.SmallIntegerField("trước hạn bao nhiêu giờ làm việc")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+", verbose_name="đơn vị")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True)

    class Meta:
        verbose_name = "mốc nhắc hạn"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(about__in=ReminderAbout.values), name="reminder_about"),
            models.CheckConstraint(condition=models.Q(to__in=ReminderTo.values), name="reminder_to"),
        ]

    def __str__(self) -> str:
        return f"{self.get_to_display()} {self.hours_before}"

    @property
    def when(self) -> str:
        """When it reminds, in words."""
        if self.hours_before == 0:
            return "đúng lúc đến hạn"
        side = "trước" if self.hours_before > 0 else "sau"
        return f"{side} hạn {abs(self.hours_before)} giờ làm việc"


class Reminder(models.Model):
    """That a rule was followed for a due moment of a dossier; once for each moment, also after it moved."""

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="reminders")
    rule = models.ForeignKey(ReminderRule, models.PROTECT, related_name="+")
    due_at = models.DateTimeField("hạn")
    at = models.DateTimeField("nhắc lúc")

    class Meta:
        verbose_name = "lần nhắc hạn"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "rule", "due_at"], name="reminded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.rule_id}"
