"""What an officer keeps to work faster: lists with their filters, favourite procedures."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class SavedList(models.Model):
    """A filtered list under a name; with `unit` it is shared with everybody who holds a post there.

    `query` is the query string of the list without its page.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_lists")
    unit = models.ForeignKey("agencies.Unit", models.CASCADE, null=True, related_name="+", verbose_name="dùng chung ở")
    name = models.TextField("tên")
    query = models.TextField("điều kiện lọc")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    is_default = models.BooleanField("mở đầu tiên", default=False)

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_list_name"),
            models.UniqueConstraint(fields=["owner"], condition=Q(is_default=True), name="saved_list_default"),
        ]

    def __str__(self) -> str:
        return self.name


class FavouriteProcedure(models.Model):
    """A procedure that an officer wants on top when taking in."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    procedure = models.ForeignKey("procedures.Procedure", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "thủ tục ưa dùng"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "procedure"], name="favourite_procedure_once")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.procedure_id}"
