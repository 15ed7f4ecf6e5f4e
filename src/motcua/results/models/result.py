"""Sổ kết quả điện tử: the register of what was issued, and the keys that sign its QR codes."""

from typing import ClassVar

from django.db import models

from motcua.results.models.paper import StoredPaper
from motcua.results.rules.keys import Key


class ResultKey(models.Model):
    """A public key that signs, or signed, QR codes of results; its private half lies outside the database."""

    kid = models.TextField("tên khóa", unique=True)
    point = models.BinaryField("khóa công khai (P-256)")
    registered_at = models.DateTimeField("dùng từ")
    retired_at = models.DateTimeField("thôi dùng từ", null=True)

    class Meta:
        verbose_name = "khóa ký mã QR kết quả"

    def __str__(self) -> str:
        return self.kid

    def as_key(self) -> Key:
        """The key as plain values."""
        return Key(self.kid, bytes(self.point), self.registered_at, self.retired_at)


class IssuedResult(models.Model):
    """An entry of the register: the paper, who signed it, its look-up code, the signed data of its QR code."""

    paper = models.OneToOneField(
        StoredPaper, models.PROTECT, primary_key=True, related_name="issued", verbose_name="giấy tờ"
    )
    code = models.TextField("mã tra cứu", unique=True)
    sealed_at = models.DateTimeField("đóng dấu lúc")
    signer_name = models.TextField("người ký")
    signer_title = models.TextField("chức vụ", blank=True)
    is_negative = models.BooleanField("kết quả từ chối", default=False)
    qr_text = models.TextField("dữ liệu mã QR đã ký")
    key = models.ForeignKey(ResultKey, models.PROTECT, related_name="+", verbose_name="khóa ký")

    class Meta:
        verbose_name = "kết quả đã vào sổ"
        verbose_name_plural: ClassVar[str] = "sổ kết quả điện tử"

    def __str__(self) -> str:
        return self.code
