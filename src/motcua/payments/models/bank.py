"""Sao kê ngân hàng: files as they came, and each credit of them exactly once."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from motcua.payments.terms import WAITING_LINES, LineState


class Statement(models.Model):
    """A file of the bank; first only read, then confirmed with its columns."""

    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị thu")
    name = models.TextField("tên tệp")
    rows = models.JSONField("các dòng")
    header = models.PositiveIntegerField("dòng tiêu đề")
    columns = models.JSONField("các cột")
    uploaded_at = models.DateTimeField("tải lên lúc")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField("nhập lúc", null=True)
    bad_rows = models.JSONField("dòng không đọc được", default=list)
    repeated = models.PositiveIntegerField("dòng đã có từ tệp trước", default=0)

    class Meta:
        verbose_name = "tệp sao kê"

    def __str__(self) -> str:
        return self.name


class BankLine(models.Model):
    """Money that came to the account; `fingerprint` keeps it from being taken twice, whatever file it stands in."""

    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị thu")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="lines")
    fingerprint = models.TextField("dấu nhận dạng")
    row = models.PositiveIntegerField("dòng trong tệp")
    on = models.DateField("ngày giao dịch")
    amount = models.BigIntegerField("số tiền, đồng")
    text = models.TextField("nội dung")
    number = models.TextField("số giao dịch", blank=True)
    state = models.TextField("kết quả", choices=LineState.choices)
    why = models.TextField("vì sao", blank=True)
    candidates = ArrayField(models.BigIntegerField(), verbose_name="khoản có thể", default=list)
    resolved_at = models.DateTimeField("xử lý lúc", null=True)
    resolved_by_name = models.TextField("người xử lý", blank=True)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "dòng sao kê"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "fingerprint"], name="bank_line_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="bank_line_positive"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "-on"], name="bank_line_by_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.amount}"

    @property
    def is_waiting(self) -> bool:
        """Whether a clerk must say whose money it is."""
        return self.state in WAITING_LINES
