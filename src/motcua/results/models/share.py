"""Chia sẻ giấy tờ, đồng ý dùng lại giấy tờ, và việc dùng lại."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from motcua.results.models.paper import StoredPaper
from motcua.results.terms import ConsentHow, ShareField, ShareTo


class Share(models.Model):
    """What a holder lets somebody see: for a purpose, until a moment, only the fields named. It can be ended at once.

    The secret in its link is made from `nonce` and the key of the installation (`rules/links.py`).
    """

    paper = models.ForeignKey(StoredPaper, models.PROTECT, related_name="shares", verbose_name="giấy tờ")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người chia sẻ"
    )
    nonce = models.TextField("số ngẫu nhiên")
    to = models.TextField("cho ai", choices=ShareTo.choices)
    personal_id = models.TextField("số định danh người nhận", blank=True)
    tax_code = models.TextField("mã số thuế của tổ chức nhận", blank=True, default="", db_default="")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+", verbose_name="cơ quan nhận")
    purpose = models.TextField("mục đích")
    fields = ArrayField(models.TextField(choices=ShareField.choices), verbose_name="được xem")
    made_at = models.DateTimeField("chia sẻ lúc")
    until = models.DateTimeField("đến lúc")
    ended_at = models.DateTimeField("dừng lúc", null=True)

    class Meta:
        verbose_name = "chia sẻ giấy tờ"
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(to__in=ShareTo.values), name="share_to")]

    def __str__(self) -> str:
        return f"{self.paper_id} → {self.to}"

    def is_open(self, at: datetime) -> bool:
        """Whether it may be looked at."""
        return self.ended_at is None and at < self.until

    def shows(self, name: str) -> bool:
        """Whether the holder lets this field be seen."""
        return name in self.fields


class ConsentCode(models.Model):
    """Mã đồng ý: six digits a citizen reads out at the counter; good once, for a quarter of an hour."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    code_hash = models.TextField("mã băm của mã đồng ý")
    purpose = models.TextField("mục đích")
    made_at = models.DateTimeField("lấy lúc")
    until = models.DateTimeField("dùng đến")
    used_at = models.DateTimeField("đã dùng lúc", null=True)

    class Meta:
        verbose_name = "mã đồng ý"
        indexes: ClassVar = [models.Index(fields=["account", "-id"], name="consent_code_of_account")]

    def __str__(self) -> str:
        return f"{self.account_id}"


class Consent(models.Model):
    """Sự đồng ý: whose papers, what for, how and when the holder agreed, before whom."""

    holder_id = models.TextField("số định danh người đồng ý")
    holder_tax_code = models.TextField("mã số thuế của tổ chức đồng ý", blank=True, default="", db_default="")
    holder_name = models.TextField("người đồng ý")
    how = models.TextField("cách đồng ý", choices=ConsentHow.choices)
    purpose = models.TextField("mục đích")
    given_at = models.DateTimeField("đồng ý lúc")
    until = models.DateTimeField("dùng đến")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_by_name = models.TextField("người ghi nhận")
    evidence = models.TextField("số phiếu đồng ý đã ký", blank=True)

    class Meta:
        verbose_name = "sự đồng ý dùng giấy tờ"
        indexes: ClassVar = [models.Index(fields=["holder_id", "-id"], name="consents_of_person")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(how__in=ConsentHow.values), name="consent_how")
        ]

    def __str__(self) -> str:
        return f"{self.holder_name} {self.how}"


class ConsentEnd(models.Model):
    """Rút sự đồng ý: from then on no paper is taken by it; what was taken before stays where it is."""

    consent = models.OneToOneField(Consent, models.PROTECT, related_name="end", verbose_name="sự đồng ý")
    ended_at = models.DateTimeField("rút lúc")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "rút sự đồng ý"

    def __str__(self) -> str:
        return f"{self.consent_id}"


class Reuse(models.Model):
    """Dùng lại: which paper took the place of which component, by which consent."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="+", verbose_name="hồ sơ")
    component = models.ForeignKey("dossiers.DossierComponent", models.PROTECT, related_name="+")
    paper = models.ForeignKey(StoredPaper, models.PROTECT, related_name="uses", verbose_name="giấy tờ")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="uses", verbose_name="sự đồng ý")
    reused_at = models.DateTimeField("dùng lại lúc")
    reused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "lần dùng lại giấy tờ"
        constraints: ClassVar = [models.UniqueConstraint(fields=["component", "paper"], name="paper_once_in_component")]
        indexes: ClassVar = [models.Index(fields=["dossier"], name="reuses_in_dossier")]

    def __str__(self) -> str:
        return f"{self.paper_id} → {self.dossier_id}"
