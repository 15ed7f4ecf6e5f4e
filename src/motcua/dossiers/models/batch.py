from typing import ClassVar

from django.conf import settings
from django.db import models


class Batch(models.Model):
    """Lô việc: one press for the same act on many dossiers; every item is an act of its own.

    `key` names the press: pressing again finds the same batch. `facts` are the same for all of its dossiers.
    """

    act = models.TextField("việc")
    key = models.TextField("khóa lần bấm")
    fingerprint = models.TextField("dấu nội dung")
    facts = models.JSONField("nội dung chung", default=dict)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người bấm")
    opened_at = models.DateTimeField("bấm lúc")
    finished_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        verbose_name = "lô việc"
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "key"], name="batch_pressed_once")]

    def __str__(self) -> str:
        return f"{self.act} {self.opened_at:%Y-%m-%d %H:%M}"


class BatchItem(models.Model):
    """One dossier of a batch: as it was shown, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Chưa làm"
        DONE = "done", "Đã xong"
        REFUSED = "refused", "Không làm được"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("thứ tự")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField("số lần thay đổi khi được xem")
    facts = models.JSONField("nội dung riêng", default=dict)
    state = models.TextField("kết quả", choices=State.choices, default=State.WAITING)
    said = models.TextField("vì sao không làm được", blank=True)
    settled_at = models.DateTimeField("lúc", null=True)

    class Meta:
        verbose_name = "hồ sơ trong lô"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "dossier"], name="dossier_once_in_batch"),
            models.CheckConstraint(
                condition=models.Q(state="waiting", settled_at__isnull=True)
                | models.Q(~models.Q(state="waiting"), settled_at__isnull=False),
                name="settled_item_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.position}"
