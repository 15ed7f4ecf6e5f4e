"""Requests to a certificate authority: to issue, to renew, to revoke."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.trust.models.certificate import Certificate
from motcua.trust.terms import RequestKind, RequestState


class CertificateRequest(models.Model):
    """Đề nghị cấp, gia hạn, thu hồi chứng thư số.

    `certificate` is the one to renew or revoke, `outcome` the one that came of it. `authority` names the adapter that
    carries it ("demo", "letter"). A request that could not be sent waits until `next_try`.
    """

    kind = models.TextField("đề nghị", choices=RequestKind.choices)
    state = models.TextField("tình trạng", choices=RequestState.choices, default=RequestState.SENDING)
    authority = models.TextField("gửi qua")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="requests")
    outcome = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="+")
    reason = models.TextField("lý do")
    revocation_code = models.TextField("mã lý do thu hồi", blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField("lập lúc")
    sent_at = models.DateTimeField("gửi lúc", null=True)
    settled_at = models.DateTimeField("xong lúc", null=True)
    answer = models.TextField("trả lời", blank=True)
    attempts = models.PositiveSmallIntegerField("số lần gửi", default=0)
    last_error = models.TextField("lỗi gần nhất", blank=True)
    next_try = models.DateTimeField("gửi lại lúc", null=True)

    class Meta:
        verbose_name = "đề nghị về chứng thư số"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="issue") | Q(certificate__isnull=False), name="request_names_its_certificate"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sending", "waiting"], settled_at__isnull=True)
                | Q(state__in=["done", "refused", "cancelled"], settled_at__isnull=False),
                name="settled_request_has_moment",
            ),
            models.UniqueConstraint(
                fields=["certificate", "kind"],
                condition=Q(state__in=["sending", "waiting"]),
                name="one_open_request_of_a_certificate",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_try"], condition=Q(state="sending"), name="request_to_send"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_at:%Y-%m-%d}"
