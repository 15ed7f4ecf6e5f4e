"""Đại diện của tổ chức: who opens the store of an organisation."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.results.terms import RepresentedBy


class Representation(models.Model):
    """A verified person acts for an organisation (by its tax code): as its legal representative, or authorised by it.

    An officer saw the paper named in `evidence`. Never changed but once, when it ends.
    """

    tax_code = models.TextField("mã số thuế")
    organisation_name = models.TextField("tên tổ chức")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="tài khoản của người đại diện"
    )
    as_what = models.TextField("tư cách", choices=RepresentedBy.choices)
    evidence = models.TextField("giấy tờ làm căn cứ")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True)
    confirmed_at = models.DateTimeField("xác nhận lúc")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_by_name = models.TextField("người xác nhận")
    agency = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="nơi xác nhận")
    ended_at = models.DateTimeField("chấm dứt lúc", null=True)
    ended_by_name = models.TextField("người chấm dứt", blank=True)

    class Meta:
        verbose_name = "đại diện của tổ chức"
        indexes: ClassVar = [
            models.Index(fields=["account"], condition=Q(ended_at__isnull=True), name="representations_of_person"),
            models.Index(fields=["tax_code"], name="representations_of_org"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(as_what__in=RepresentedBy.values), name="represented_by"),
            models.UniqueConstraint(
                fields=["tax_code", "account"], condition=Q(ended_at__isnull=True), name="represented_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_name} – {self.account}"

    def holds_on(self, day: date) -> bool:
        """Whether the person acts for the organisation on that day."""
        return self.ended_at is None and self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
