from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.dossiers.models.attested import Attested
from motcua.dossiers.terms import Status


class Move(Attested):
    """One act in the life of a dossier: what was done, by whom, from where to where. The dossier's timeline."""

    ATTESTED = (
        "number",
        "act",
        "at",
        "actor_id",
        "actor_name",
        "actor_title",
        "status",
        "from_step",
        "to_step",
        "to_unit_id",
        "to_holder_id",
        "step_due_at",
        "note",
    )

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="moves", verbose_name="hồ sơ")
    number = models.PositiveIntegerField("thứ tự")
    act = models.TextField("việc")
    at = models.DateTimeField("lúc")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.TextField("người thực hiện")
    actor_title = models.TextField("chức vụ", blank=True)
    status = models.PositiveSmallIntegerField("trạng thái sau", choices=Status.choices)
    from_step = models.TextField("từ bước", blank=True)
    to_step = models.TextField("đến bước")
    from_unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+")
    to_unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+")
    to_holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    step_due_at = models.DateTimeField("hạn của bước", null=True)
    note = models.TextField("nội dung", blank=True)
    delegation = models.ForeignKey(
        "identity.Delegation", models.PROTECT, null=True, db_index=False, related_name="moves", verbose_name="làm theo"
    )

    class Meta:
        verbose_name = "quá trình xử lý"
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "number"], name="move_number_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["delegation", "-at"], name="move_by_delegation", condition=Q(delegation__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.number} {self.act}"
