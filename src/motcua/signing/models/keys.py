"""Keys that people put in themselves, the remote services that keep keys, and which key is taken by itself."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.trust.terms import KeyPlace


class SigningService(models.Model):
    """Dịch vụ ký số từ xa (CSC API v2): where it is, and how this house is known there.

    `secret` is encrypted (`rules/secrets.py`) with the row's own `nonce`. `token_url` is where access tokens come from
    when that is not `url`/csc/v2/oauth2/token. `answered` is what the last check brought, as the page shows it.
    """

    name = models.TextField("tên")
    url = models.TextField("địa chỉ")
    token_url = models.TextField("địa chỉ cấp mã truy cập", blank=True)
    client_id = models.TextField("mã ứng dụng")
    secret = models.BinaryField("mật khẩu ứng dụng, đã mã hóa")
    nonce = models.BinaryField("số ngẫu nhiên")
    declared_at = models.DateTimeField("khai báo lúc")
    ended_at = models.DateTimeField("ngừng dùng lúc", null=True)
    checked_at = models.DateTimeField("kiểm tra lúc", null=True)
    last_error = models.TextField("lỗi gần nhất", blank=True)
    answered = models.JSONField("trả lời gần nhất", default=dict)

    class Meta:
        verbose_name = "dịch vụ ký số từ xa"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["url", "client_id"], condition=Q(ended_at__isnull=True), name="signing_service_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class KeyFile(models.Model):
    """Tệp khóa PKCS#12: as its holder gave it, closed by a PIN that is kept nowhere, and closed again by the house.

    In the database, so that it is saved and restored with everything else; `content` is encrypted with the row's own
    `nonce` (`rules/secrets.py`), so that neither a copy of the database nor the secret alone can be tried for the PIN.
    """

    fingerprint = models.CharField("dấu SHA-256 của chứng thư", max_length=64)
    content = models.BinaryField("tệp, đã mã hóa")
    nonce = models.BinaryField("số ngẫu nhiên")
    kept_at = models.DateTimeField("giữ từ")

    class Meta:
        verbose_name = "tệp khóa"

    def __str__(self) -> str:
        return self.fingerprint


class KeyOffer(models.Model):
    """Khóa chờ xác nhận: somebody put in a key whose certificate the register does not know yet.

    `account` is the officer whose key it is, None for a seal of the agency `unit`. An administrator of the agency
    confirms it (the certificate is registered then) or refuses; who put it in may take it back.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ người quản trị xác nhận"
        CONFIRMED = "confirmed", "Đã vào sổ"
        REFUSED = "refused", "Không chấp nhận"
        WITHDRAWN = "withdrawn", "Đã rút"

    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="cơ quan")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField("đưa vào lúc")
    key_place = models.TextField("nơi giữ khóa", choices=KeyPlace.choices)
    key_where = models.TextField("khóa nào", blank=True)
    content = models.BinaryField("chứng thư")
    chain = models.JSONField("chuỗi nơi cấp", default=list)
    name = models.TextField("tên trong chứng thư")
    issuer_name = models.TextField("tên nơi cấp")
    valid_from = models.DateTimeField("có hiệu lực từ")
    valid_to = models.DateTimeField("đến")
    fingerprint = models.CharField("dấu SHA-256", max_length=64)
    state = models.TextField("tình trạng", choices=State.choices, default=State.WAITING)
    settled_at = models.DateTimeField("xong lúc", null=True)
    reason = models.TextField("lý do", blank=True)

    class Meta:
        verbose_name = "khóa chờ xác nhận"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(settled_at__isnull=True), name="certificate_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at__isnull=True)
                | (~Q(state="waiting") & Q(settled_at__isnull=False)),
                name="settled_offer_has_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit"], condition=Q(settled_at__isnull=True), name="key_offer_waiting"),
            models.Index(fields=["account"], name="key_offer_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class PreferredKey(models.Model):
    """Khóa mặc định: which of several keys is taken by itself, of an officer or (no account) of an agency's seal."""

    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    certificate = models.ForeignKey("trust.Certificate", models.CASCADE, related_name="+")
    set_at = models.DateTimeField("chọn lúc")

    class Meta:
        verbose_name = "khóa mặc định"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account"], name="one_preferred_key_of_officer"),
            models.UniqueConstraint(fields=["unit"], name="one_preferred_key_of_agency"),
            models.CheckConstraint(
                condition=Q(account__isnull=True, unit__isnull=False) | Q(account__isnull=False, unit__isnull=True),
                name="preferred_key_has_one_holder",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}"
