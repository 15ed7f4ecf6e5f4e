"""Who must confirm with a second factor."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.identity.rules.factors import MOST_GRACE_DAYS, FactorGroup


class FactorRule(models.Model):
    """From `set_at` the officers of these groups need a second factor, at the latest `grace_days` later.

    The newest row holds; none, or one without groups: nobody needs one. Never changed.
    """

    groups = ArrayField(models.CharField(max_length=20, choices=FactorGroup), verbose_name="bắt buộc với")
    grace_days = models.PositiveSmallIntegerField("số ngày chuẩn bị")
    reason = models.TextField("lý do")
    set_at = models.DateTimeField("đặt lúc")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    set_by_name = models.TextField("người đặt")

    class Meta:
        verbose_name = "quy định bảo mật hai lớp"
        constraints: ClassVar = [
            models.CheckConstraint(name="factor_rule_grace", condition=Q(grace_days__lte=MOST_GRACE_DAYS)),
        ]

    def __str__(self) -> str:
        return f"{', '.join(self.groups)} +{self.grace_days}"
