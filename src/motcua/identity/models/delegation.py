"""Who may act with whose rights."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from motcua.agencies.models import Post, Unit
from motcua.agencies.terms import Right
from motcua.identity.terms import DelegationKind


def _moments() -> Func:
    """The row's span as a PostgreSQL tstzrange."""
    return Func(F("starts_at"), F("ends_at"), Value("[)"), function="TSTZRANGE", output_field=DateTimeRangeField())


class Delegation(models.Model):
    """Rights of a post (or of an agency: `from_post` null) that others may use from `starts_at` until `ends_at`.

    `giver`: the officer who gave them as holder of the post; null when the post itself or the agency gives. They are
    given to one account, to whoever holds a post, or to those who lead a unit. `domains` and `procedures` are codes;
    both empty: for every procedure. A revoked one has `revoked_at`. Never deleted.
    """

    kind = models.CharField("hình thức", max_length=10, choices=DelegationKind)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị giao")
    from_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name="vị trí giao")
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="given", verbose_name="người giao"
    )
    to_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="mandates", verbose_name="người nhận"
    )
    to_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name="vị trí nhận")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="đơn vị nhận")
    rights = ArrayField(models.CharField(max_length=20, choices=Right), verbose_name="quyền")
    domains = ArrayField(models.CharField(max_length=12), default=list, verbose_name="lĩnh vực")
    procedures = ArrayField(models.CharField(max_length=20), default=list, verbose_name="thủ tục")
    basis_number = models.CharField("số văn bản", max_length=100, blank=True)
    basis_date = models.DateField("ngày văn bản", null=True)
    reason = models.TextField("lý do", blank=True)
    starts_at = models.DateTimeField("từ")
    ends_at = models.DateTimeField("đến", null=True)
    given_at = models.DateTimeField("ghi lúc")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField("chấm dứt lúc", null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoke_reason = models.TextField("lý do chấm dứt", blank=True)

    class Meta:
        verbose_name = "ủy quyền, phân cấp"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="delegation_span", condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="delegation_one_receiver",
                condition=Q(to_account__isnull=False, to_post__isnull=True, to_unit__isnull=True)
                | Q(to_account__isnull=True, to_post__isnull=False, to_unit__isnull=True)
                | Q(to_account__isnull=True, to_post__isnull=True, to_unit__isnull=False),
            ),
            ExclusionConstraint(
                name="absent_once_at_a_time",
                expressions=[
                    (F("giver"), RangeOperators.EQUAL),
                    (F("from_post"), RangeOperators.EQUAL),
                    (_moments(), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind="leave", revoked_at__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="delegation_live", fields=["ends_at"], condition=Q(revoked_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_unit_id} → {self.to_account_id or self.to_post_id or self.to_unit_id}"
