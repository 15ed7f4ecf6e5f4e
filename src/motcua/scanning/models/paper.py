"""Digitised papers, and whether they must be signed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class DigitisedPaper(models.Model):
    """Giấy tờ số hóa: one paper as PDF/A with its values, signed by who digitised it; rows are only added.

    `values`: [{key, label, kind, value, read, confidence, page, box}], `read` what the machine had read. `number`:
    {số giấy tờ chủ hồ sơ}.{mã TTHC}.{mã giấy tờ}; a paper digitised again gets the next `version`.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="digitised_papers")
    component = models.ForeignKey("dossiers.DossierComponent", models.PROTECT, related_name="+", null=True)
    attachment = models.OneToOneField("dossiers.Attachment", models.PROTECT, related_name="digitised", null=True)
    stack = models.ForeignKey("scanning.Stack", models.PROTECT, related_name="papers")
    number = models.TextField("mã giấy tờ số hóa")
    version = models.PositiveSmallIntegerField("phiên bản", default=1)
    name = models.TextField("tên giấy tờ")
    pages = models.PositiveSmallIntegerField("số trang")
    values = models.JSONField("dữ liệu", default=list)
    agency = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="cơ quan")
    digitised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    digitised_by_name = models.TextField("người số hóa")
    digitised_at = models.DateTimeField("số hóa lúc")
    is_signed = models.BooleanField("đã ký số")
    level = models.TextField("mức chữ ký", blank=True)

    class Meta:
        verbose_name = "giấy tờ số hóa"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "number", "version"], name="digitised_version_once")
        ]
        indexes: ClassVar = [models.Index(fields=["number"], name="digitised_by_number")]

    def __str__(self) -> str:
        return f"{self.number} ({self.version})"


class DigitisingRule(models.Model):
    """Whether the digitising clerk must sign, from a day on (Thông tư 01/2023/TT-VPCP); `agency` None: everywhere."""

    agency = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+", verbose_name="cơ quan")
    demands_signature = models.BooleanField("phải ký số")
    reason = models.TextField("căn cứ, lý do")
    since = models.DateTimeField("từ")
    until = models.DateTimeField("đến", null=True)
    set_by_name = models.TextField("người đặt")

    class Meta:
        verbose_name = "quy định ký số hóa"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(until__isnull=True), nulls_distinct=False, name="one_digitising_rule"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.since:%Y-%m-%d}"
