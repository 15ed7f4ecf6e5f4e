"""Papers signed at one gesture: what was pressed, and how far each paper has come."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.signing.terms import KeyKind
from motcua.trust.terms import Role


class SigningBatch(models.Model):
    """Lô ký số: one gesture of one person with one key on many papers.

    `key` names the press: pressing again finds the same batch. `secret` is the PIN, encrypted, until the batch ends or
    `secret_until`; it is there for keys that the server opens only. `held_for`: why the batch waits ("" while it is
    worked on): a PIN that is asked for again, a token that is gone, a trust service that does not answer.
    """

    class Held(models.TextChoices):
        KEY_GONE = "key_gone", "Khóa ký không còn kết nối"
        PIN_NEEDED = "pin_needed", "Cần nhập lại PIN"
        TRUST_AWAY = "trust_away", "Dịch vụ cấp dấu thời gian không trả lời"
        OUTSIDE = "outside", "Chờ chữ ký từ máy của người ký"

    role = models.TextField("chữ ký", choices=Role.choices)
    key = models.TextField("khóa lần bấm")
    fingerprint = models.TextField("dấu nội dung")
    facts = models.JSONField("nội dung chung", default=dict)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ký")
    key_kind = models.TextField("loại khóa", choices=KeyKind.choices)
    key_ref = models.TextField("khóa ký")
    key_label = models.TextField("chứng thư")
    opened_at = models.DateTimeField("bấm lúc")
    finished_at = models.DateTimeField("xong lúc", null=True)
    held_for = models.TextField("đang chờ", choices=Held.choices, blank=True)
    held_detail = models.TextField("chi tiết", blank=True)
    secret = models.BinaryField("PIN đã mã hóa", null=True)
    nonce = models.BinaryField("số ngẫu nhiên")
    secret_until = models.DateTimeField("giữ PIN đến", null=True)
    next_try = models.DateTimeField("thử lại lúc", null=True)

    class Meta:
        verbose_name = "lô ký số"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "key"], name="signing_pressed_once"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(secret__isnull=True), name="finished_batch_keeps_no_pin"
            ),
            models.CheckConstraint(
                condition=Q(secret__isnull=True) | Q(secret_until__isnull=False), name="kept_pin_has_an_end"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["actor"], condition=Q(finished_at__isnull=True), name="signing_unfinished"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.opened_at:%Y-%m-%d %H:%M}"

    def has_secret(self, at: datetime) -> bool:
        """Return whether the PIN is still kept at `at`."""
        return self.secret is not None and self.secret_until is not None and at < self.secret_until


class SigningItem(models.Model):
    """One paper of a batch, as it was shown to the signer, and what became of it.

    `subject` names what the paper belongs to ("dossier" and its id). The signed file is a blob before the official act
    is done: a job that was killed between the two finds it and does the act, once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ ký"
        PREPARING = "preparing", "Đang ký"
        SIGNED = "signed", "Đã ký, chưa ghi nhận"
        APPLIED = "applied", "Đã xong"
        FAILED = "failed", "Không ký được"

    batch = models.ForeignKey(SigningBatch, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("thứ tự")
    subject_type = models.TextField("thuộc về")
    subject_id = models.BigIntegerField("mã")
    revision = models.PositiveIntegerField("số lần thay đổi khi được xem")
    title = models.TextField("tên giấy tờ")
    facts = models.JSONField("nội dung riêng", default=dict)
    state = models.TextField("tình trạng", choices=State.choices, default=State.WAITING)
    prepared = models.JSONField("bản chuẩn bị ký", null=True)
    unsigned = models.ForeignKey("files.Blob", models.PROTECT, null=True, related_name="+")
    signed = models.ForeignKey("files.Blob", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField("ký lúc", null=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    last_error = models.TextField("lỗi gần nhất", blank=True)
    settled_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        verbose_name = "giấy tờ trong lô ký số"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "subject_type", "subject_id"], name="subject_once_in_signing"),
            models.CheckConstraint(
                condition=Q(state__in=["applied", "failed"], settled_at__isnull=False)
                | Q(~Q(state__in=["applied", "failed"]), settled_at__isnull=True),
                name="settled_signing_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "applied"]) | Q(signed__isnull=False),
                name="signed_item_has_file",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id"], name="signing_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.position}"
