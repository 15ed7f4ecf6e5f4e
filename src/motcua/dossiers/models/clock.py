"""What moves the due moment of a dossier, and what is said when it will not be kept."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from motcua.dossiers.models.attested import Attested
from motcua.dossiers.terms import SuspensionKind


class Suspension(Attested):
    """Tạm dừng: a span in which the clock of the dossier stood still."""

    ATTESTED = (
        "kind",
        "since",
        "until",
        "at_most_until",
        "reason",
    )

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="suspensions")
    kind = models.TextField("loại", choices=SuspensionKind.choices)
    request = models.ForeignKey("dossiers.SupplementRequest", models.PROTECT, null=True, related_name="+")
    reason = models.TextField("lý do", blank=True, default="", db_default="")
    basis = models.TextField("căn cứ", blank=True, default="", db_default="")
    since = models.DateTimeField("từ")
    until = models.DateTimeField("đến", null=True)
    at_most_until = models.DateTimeField("dừng nhiều nhất đến", null=True)

    class Meta:
        verbose_name = "tạm dừng tính thời gian"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(until__isnull=True), name="one_open_suspension"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="suspension_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"


class SuspensionRule(models.Model):
    """Whether a kind of waiting stops the clock, by which legal basis, from when until when; of all procedures or one.

    What the law says of it changes and is partly unverified (domain facts 4.2), so it is data.
    """

    kind = models.TextField("loại", choices=SuspensionKind.choices)
    procedure = models.ForeignKey("procedures.Procedure", models.CASCADE, null=True, related_name="+")
    stops_clock = models.BooleanField("dừng tính thời hạn")
    most_days = models.PositiveSmallIntegerField("tối đa số ngày", null=True)
    basis = models.TextField("căn cứ", blank=True)
    is_verified = models.BooleanField("đã đối chiếu văn bản", default=False)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True)

    class Meta:
        verbose_name = "quy định tạm dừng"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="suspension_rule_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"


class Apology(Attested):
    """Văn bản xin lỗi: drafted (by an officer or by the house), effective once the leader signs it.

    `extends`: it moves the due moment (once, signed at the latest one day before it). Otherwise it only says sorry
    and names a day; the dossier counts as late.
    """

    ATTESTED = (
        "number",
        "extends",
        "reason",
        "due_before",
        "promised_at",
        "signed_at",
        "signer_name",
        "dropped_at",
    )

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="apologies")
    number = models.PositiveSmallIntegerField("lần")
    extends = models.BooleanField("gia hạn")
    cause = models.TextField("nguyên nhân")
    reason = models.TextField("lý do")
    due_before = models.DateTimeField("hẹn trả trước đó")
    promised_at = models.DateTimeField("hẹn trả mới")
    drafted_at = models.DateTimeField("dự thảo lúc")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField("ký lúc", null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signer_name = models.TextField("người ký", blank=True)
    signer_title = models.TextField("chức vụ người ký", blank=True)
    dropped_at = models.DateTimeField("bỏ dự thảo lúc", null=True)

    class Meta:
        verbose_name = "văn bản xin lỗi"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "number"], name="apology_number_once"),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=models.Q(extends=True, signed_at__isnull=False),
                name="one_extension_of_a_dossier",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.number}"
