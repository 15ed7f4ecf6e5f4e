"""Tables of the room."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from motcua.certification.terms import BookKind


class CertificationBook(models.Model):
    """Sổ chứng thực of an agency, a kind and a year; its row lock gives the numbers."""

    agency = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="cơ quan")
    kind = models.TextField("loại", choices=BookKind.choices)
    year = models.PositiveSmallIntegerField("năm")
    last = models.PositiveIntegerField("số cuối")

    class Meta:
        verbose_name = "sổ chứng thực"
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "kind", "year"], name="one_book_a_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class CertificationEntry(models.Model):
    """A line of a book: number, day, who asked, which paper, pages, copies, fee."""

    book = models.ForeignKey(CertificationBook, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField("số chứng thực")
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="certification_entries")
    paper_name = models.TextField("tên giấy tờ")
    pages = models.PositiveSmallIntegerField("số trang bản chính")
    copies = models.PositiveSmallIntegerField("số bản sao")
    fee = models.BigIntegerField("phí, đồng")
    requester_name = models.TextField("người yêu cầu")
    requester_number = models.TextField("giấy tờ tùy thân", blank=True)
    entered_at = models.DateTimeField("vào sổ lúc")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_by_name = models.TextField("người vào sổ")
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "số chứng thực"
        constraints: ClassVar = [models.UniqueConstraint(fields=["book", "number"], name="certified_number_once")]
        indexes: ClassVar = [models.Index(fields=["dossier"], name="entries_of_dossier")]

    def __str__(self) -> str:
        return str(self.number)
