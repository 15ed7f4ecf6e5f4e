from django.db import models


class Collecting(models.Model):
    """Where a unit's money goes and how its receipts are headed."""

    unit = models.OneToOneField("agencies.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị thu")
    tax_code = models.TextField("mã số thuế", blank=True)
    bank_bin = models.TextField("mã ngân hàng (BIN)", blank=True)
    bank_name = models.TextField("ngân hàng", blank=True)
    account_number = models.TextField("số tài khoản", blank=True)
    account_name = models.TextField("tên tài khoản", blank=True)

    class Meta:
        verbose_name = "đơn vị thu phí"

    def __str__(self) -> str:
        return self.account_number

    @property
    def takes_transfers(self) -> bool:
        return bool(self.bank_bin and self.account_number)
