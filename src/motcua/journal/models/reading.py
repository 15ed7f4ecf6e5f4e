"""Who looked at whose data, when and what for."""

from typing import ClassVar

from django.db import models

from motcua.journal.terms import ReadingKind


class Reading(models.Model):
    """That somebody read personal data held in an object, once for each day, kind and purpose; never changed.

    Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: the person may know who looked, and why.
    """

    at = models.DateTimeField("lần đầu trong ngày")
    day = models.DateField("ngày")
    actor_id = models.BigIntegerField("tài khoản", null=True)
    actor_name = models.TextField("người xem")
    actor_title = models.TextField("chức vụ", blank=True)
    object_type = models.TextField("loại đối tượng")
    object_id = models.TextField("đối tượng")
    code = models.TextField("mã hồ sơ", blank=True)
    kind = models.TextField("loại lần xem", choices=ReadingKind.choices)
    purpose = models.TextField("mục đích")
    seal = models.TextField("dấu của phần mềm", blank=True, default="", db_default="")

    class Meta:
        verbose_name = "lần xem dữ liệu cá nhân"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["object_type", "object_id", "actor_id", "day", "kind", "purpose"], name="reading_once_a_day"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=ReadingKind.values), name="reading_kind"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["actor_id", "-id"], name="reading_by_actor"),
            models.Index(fields=["-at"], name="reading_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.code}"
