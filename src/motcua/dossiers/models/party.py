from django.conf import settings
from django.db import models

from motcua.dossiers.terms import PartyKind


class Party(models.Model):
    """A person or an organisation as they stood in one dossier; shared only by a dossier and its parts."""

    kind = models.TextField("loại", choices=PartyKind.choices, default=PartyKind.PERSON)
    name = models.TextField("họ tên hoặc tên tổ chức")
    personal_id = models.TextField("số định danh", blank=True)
    tax_code = models.TextField("mã số thuế", blank=True)
    born = models.DateField("ngày sinh", null=True)
    phone = models.TextField("số điện thoại", blank=True)
    email = models.TextField("thư điện tử", blank=True)
    address = models.TextField("địa chỉ", blank=True)
    representative = models.TextField("người đại diện", blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="tài khoản", related_name="parties"
    )

    class Meta:
        verbose_name = "bên trong hồ sơ"

    def __str__(self) -> str:
        return self.name
