"""Tables of the room."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from motcua.certification.terms import SYMBOLS, BookKind, Corrected


class CertificationBook(models.Model):
    """Sổ chứng thực of an agency, a kind and a year; its row lock gives the numbers, until it is closed."""

    agency = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="cơ quan")
    kind = models.TextField("loại", choices=BookKind.choices)
    year = models.PositiveSmallIntegerField("năm")
    last = models.PositiveIntegerField("số cuối")
    closed_at = models.DateTimeField("khóa sổ lúc", null=True)
    closed_by_name = models.TextField("người khóa sổ", blank=True, default="", db_default="")
    closing_count = models.PositiveIntegerField("số việc khi khóa sổ", null=True)

    class Meta:
        verbose_name = "sổ chứng thực"
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "kind", "year"], name="one_book_a_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"

    @property
    def title(self) -> str:
        """What the book is called: "01/2026-SCT/BS"."""
        return f"01/{self.year}-{SYMBOLS[self.kind]}"


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
    certifier_name = models.TextField("người ký chứng thực", blank=True, default="", db_default="")
    certified_at = models.DateTimeField("ký chứng thực lúc", null=True)
    is_electronic = models.BooleanField("bản điện tử", default=False, db_default=False)

    class Meta:
        verbose_name = "số chứng thực"
        constraints: ClassVar = [models.UniqueConstraint(fields=["book", "number"], name="certified_number_once")]
        indexes: ClassVar = [models.Index(fields=["dossier"], name="entries_of_dossier")]

    def __str__(self) -> str:
        return str(self.number)

    def now(self, column: Corrected) -> str:
        """Return what holds in a column: the last correction, else what was entered; no query when prefetched."""
        said = [one for one in self.corrections.all() if one.field == column]
        return max(said, key=lambda one: one.pk).after if said else str(getattr(self, column.value))

    @property
    def paper_now(self) -> str:
        """The name of the paper that holds."""
        return self.now(Corrected.PAPER_NAME)

    @property
    def pages_now(self) -> str:
        """The number of pages that holds."""
        return self.now(Corrected.PAGES)


class EntryCorrection(models.Model):
    """Đính chính một dòng của sổ: what stood there, what holds now, why; rows are only added."""

    entry = models.ForeignKey(CertificationEntry, models.PROTECT, related_name="corrections")
    field = models.TextField("cột", choices=Corrected.choices)
    before = models.TextField("trước", blank=True)
    after = models.TextField("sau", blank=True)
    reason = models.TextField("lý do")
    corrected_at = models.DateTimeField("đính chính lúc")
    corrected_by_name = models.TextField("người đính chính")

    class Meta:
        verbose_name = "đính chính sổ chứng thực"

    def __str__(self) -> str:
        return f"{self.entry_id} {self.field}"


class CertifiedCopy(models.Model):
    """Bản sao điện tử được chứng thực: its line in the book, who compared what, the draft that is signed.

    The file itself hangs on the dossier: as draft, as the paper the certifier signed, as the sealed result.
    """

    dossier = models.OneToOneField("dossiers.Dossier", models.PROTECT, related_name="certified_copy")
    entry = models.OneToOneField(CertificationEntry, models.PROTECT, related_name="electronic_copy")
    draft_number = models.PositiveSmallIntegerField("dự thảo số")
    checks = models.JSONField("đã đối chiếu", default=list)
    compared_by_name = models.TextField("người đối chiếu")
    compared_at = models.DateTimeField("đối chiếu lúc")
    certified_at = models.DateTimeField("ký lúc", null=True)
    sealed_at = models.DateTimeField("đóng dấu lúc", null=True)

    class Meta:
        verbose_name = "bản sao điện tử được chứng thực"

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.entry_id}"
