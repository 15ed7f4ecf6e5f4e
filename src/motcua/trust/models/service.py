"""Trust services that are asked, the times when they did not answer, and the rules an administrator set."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.trust.terms import RuleKind, ServiceKind, WindowKind


class TrustService(models.Model):
    """Dịch vụ tin cậy: an address that may be asked. Nothing goes out to an address that is not here.

    Authorities of time are asked in the order of `position`; `pinned` is the DER of one's own certificate or of its
    authority's where no believed root leads to it. `failing_since` is None while it answers.
    """

    kind = models.TextField("loại", choices=ServiceKind.choices)
    name = models.TextField("tên")
    url = models.TextField("địa chỉ")
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    pinned = models.BinaryField("chứng thư được tin", null=True)
    ended_at = models.DateTimeField("ngừng dùng lúc", null=True)
    failing_since = models.DateTimeField("không trả lời từ", null=True)
    last_failed_at = models.DateTimeField("lần cuối không trả lời", null=True)
    last_error = models.TextField("lỗi gần nhất", blank=True)
    last_answered_at = models.DateTimeField("lần cuối trả lời", null=True)

    class Meta:
        verbose_name = "dịch vụ tin cậy"
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "url"], name="trust_service_once")]

    def __str__(self) -> str:
        return self.name


class Outage(models.Model):
    """A time when nobody answered: no authority of time, or nobody about what an issuer (`about`: its name) issued."""

    kind = models.TextField("dịch vụ", choices=WindowKind.choices)
    about = models.TextField("về", blank=True)
    began_at = models.DateTimeField("từ")
    ended_at = models.DateTimeField("đến", null=True)
    last_error = models.TextField("lỗi gần nhất", blank=True)

    class Meta:
        verbose_name = "lần gián đoạn"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "about"], condition=Q(ended_at__isnull=True), name="one_open_outage_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.began_at:%Y-%m-%d %H:%M}"


class TrustRule(models.Model):
    """What an administrator set, from when on, and why; the newest row of a kind holds. Rows are only added."""

    kind = models.TextField("quy định", choices=RuleKind.choices)
    amount = models.PositiveIntegerField("số giờ hoặc số ngày")
    reason = models.TextField("lý do")
    set_at = models.DateTimeField("đặt lúc")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "quy định về dịch vụ tin cậy"
        indexes: ClassVar = [models.Index(fields=["kind", "-set_at", "-id"], name="trust_rule_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
