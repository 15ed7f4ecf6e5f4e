"""Giấy tờ điện tử của một người, một tổ chức: what the house keeps for its holder."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.results.rules.standing import PaperFacts, standing_of
from motcua.results.terms import PaperKind, Standing


class StoredPaper(models.Model):
    """One version of a paper. Nothing of it is ever changed: a new version, a revocation, a file are rows of their own.

    `holder_id`: personal identity number; organisations are known by `holder_tax_code`. `number` with its symbol.
    """

    kind = models.TextField("loại", choices=PaperKind.choices)
    holder_name = models.TextField("người giữ")
    holder_id = models.TextField("số định danh", blank=True)
    holder_tax_code = models.TextField("mã số thuế", blank=True)
    paper_code = models.TextField("mã loại giấy tờ", blank=True)
    name = models.TextField("tên giấy tờ")
    number = models.TextField("số, ký hiệu", blank=True)
    issuer = models.TextField("nơi cấp", blank=True)
    agency = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+", verbose_name="cơ quan")
    issued_on = models.DateField("ngày cấp", null=True)
    valid_from = models.DateField("có hiệu lực từ", null=True)
    valid_to = models.DateField("có hiệu lực đến", null=True)
    validity_words = models.TextField("thời hạn bằng lời", blank=True)
    version = models.PositiveSmallIntegerField("phiên bản", default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="thay cho bản"
    )
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, null=True, related_name="+", verbose_name="hồ sơ")
    deposited_at = models.DateTimeField("vào kho lúc")
    deposited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    deposited_by_name = models.TextField("người đưa vào kho")

    class Meta:
        verbose_name = "giấy tờ trong kho"
        indexes: ClassVar = [
            models.Index(fields=["holder_id", "-id"], name="papers_of_person", condition=~Q(holder_id="")),
            models.Index(fields=["holder_tax_code", "-id"], name="papers_of_org", condition=~Q(holder_tax_code="")),
            models.Index(fields=["agency", "-id"], name="papers_of_agency", condition=Q(kind=PaperKind.RESULT)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "version"], condition=Q(kind=PaperKind.RESULT), name="result_version_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=PaperKind.values), name="stored_paper_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @property
    def is_negative(self) -> bool:
        """Whether it is a result that refuses."""
        issued = getattr(self, "issued", None)
        return issued is not None and issued.is_negative

    @property
    def is_revoked(self) -> bool:
        return getattr(self, "revocation", None) is not None

    @property
    def is_superseded(self) -> bool:
        return getattr(self, "replaced_by", None) is not None

    @property
    def latest_file(self) -> "PaperFile | None":
        """The newest file: what was issued with all proofs added; needs the files loaded (`with_all`)."""
        files = sorted(self.files.all(), key=lambda one: one.pk)
        return files[-1] if files else None

    @property
    def issued_file(self) -> "PaperFile | None":
        """The file as it was issued; needs the files loaded."""
        return min(self.files.all(), key=lambda one: one.pk, default=None)

    def facts(self) -> PaperFacts:
        """The paper as the rules see it."""
        return PaperFacts(
            name=self.name,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            is_revoked=self.is_revoked,
            is_superseded=self.is_superseded,
            is_negative=self.is_negative,
            has_file=self.latest_file is not None,
        )

    def standing(self, today: date) -> Standing:
        """How it stands on that day."""
        return standing_of(self.facts(), today)


class PaperFile(models.Model):
    """A file of a paper: as issued, and with what was added for the archive. The bytes live in the room `files`."""

    paper = models.ForeignKey(StoredPaper, models.PROTECT, related_name="files", verbose_name="giấy tờ")
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", verbose_name="nội dung")
    name = models.TextField("tên tệp")
    reason = models.TextField("vì sao thêm", blank=True)
    added_at = models.DateTimeField("thêm lúc")

    class Meta:
        verbose_name = "tệp của giấy tờ trong kho"
        constraints: ClassVar = [models.UniqueConstraint(fields=["paper", "blob"], name="file_once_in_paper")]

    def __str__(self) -> str:
        return self.name


class Revocation(models.Model):
    """Thu hồi: by which decision, why, by whom. A row beside the paper; the paper stays as it was."""

    paper = models.OneToOneField(StoredPaper, models.PROTECT, related_name="revocation", verbose_name="giấy tờ")
    decision_number = models.TextField("số quyết định")
    decided_on = models.DateField("ngày quyết định")
    reason = models.TextField("lý do")
    revoked_at = models.DateTimeField("thu hồi lúc")
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoked_by_name = models.TextField("người thu hồi")

    class Meta:
        verbose_name = "thu hồi giấy tờ"

    def __str__(self) -> str:
        return self.decision_number


def with_all(papers: models.QuerySet[StoredPaper]) -> models.QuerySet[StoredPaper]:
    """Return the papers with entry, revocation, successor and files: two queries however many they are."""
    return papers.select_related("issued", "revocation", "replaced_by", "agency").prefetch_related("files__blob")
