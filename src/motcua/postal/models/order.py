"""Đơn hàng bưu chính: one thing that travels."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from motcua.postal.terms import LIVE, NATIONAL_CODES, CarrierState, Direction, OrderState, SheetKind


class PostalOrder(models.Model):
    """One pick-up or delivery of one dossier; `contact_…` is the citizen's side, `desk` the other."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="postal_orders")
    direction = models.TextField("chiều", choices=Direction.choices)
    state = models.TextField("trạng thái", choices=OrderState.choices, default=OrderState.REGISTERED)
    office = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="bưu điện")
    desk = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="Bộ phận Một cửa")
    waybill = models.TextField("mã vận đơn", blank=True)
    cod_amount = models.BigIntegerField("tiền thu hộ, đồng", default=0)
    contact_name = models.TextField("họ tên")
    contact_phone = models.TextField("số điện thoại")
    contact_email = models.TextField("thư điện tử", blank=True)
    contact_address = models.TextField("số nhà, đường, khu")
    contact_commune = models.TextField("phường, xã", blank=True)
    contact_province = models.TextField("tỉnh, thành phố", blank=True)
    note = models.TextField("ghi chú", blank=True)
    registered_at = models.DateTimeField("đăng ký lúc")
    collected_at = models.DateTimeField("lấy được hồ sơ lúc", null=True)
    undelivered_count = models.PositiveSmallIntegerField("số lần chưa phát được", default=0)
    last_reason = models.TextField("lý do gần nhất", blank=True)
    proof = models.ForeignKey("files.Blob", models.PROTECT, null=True, related_name="+", verbose_name="ảnh báo phát")
    proof_name = models.TextField("tên tệp báo phát", blank=True)
    sheet = models.ForeignKey(
        "postal.PostalSheet", models.PROTECT, null=True, related_name="+", verbose_name="bảng kê đang đi"
    )
    last_act_at = models.DateTimeField("việc gần nhất lúc")
    last_by_name = models.TextField("người làm gần nhất", blank=True)
    carrier_state = models.TextField(
        "hệ thống bưu điện", blank=True, choices=CarrierState.choices, default=CarrierState.NONE
    )
    carrier_attempts = models.PositiveSmallIntegerField("số lần gửi", default=0)
    carrier_error = models.TextField("lỗi gần nhất", blank=True)
    carrier_next_at = models.DateTimeField("gửi lại lúc", null=True)

    class Meta:
        verbose_name = "đơn bưu chính"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "direction"], condition=Q(state__in=sorted(LIVE)), name="one_live_order_each_way"
            ),
            models.UniqueConstraint(fields=["waybill"], condition=~Q(waybill=""), name="waybill_once"),
            models.CheckConstraint(condition=Q(cod_amount__gte=0), name="cod_not_negative"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "direction", "state"], name="order_of_office"),
            models.Index(fields=["desk", "direction", "state"], name="order_of_desk"),
            models.Index(
                fields=["carrier_next_at"], condition=Q(carrier_next_at__isnull=False), name="order_for_carrier"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.dossier_id}"

    @property
    def national_code(self) -> int:
        """The code 1–4 of a pick-up in the national systems."""
        return NATIONAL_CODES[self.state]

    @property
    def state_words(self) -> str:
        """The state as people say it: papers that are in the clerk's hands are no longer being fetched."""
        if self.state == OrderState.COLLECTING and self.collected_at is not None:
            return "Bưu điện đang giữ hồ sơ"
        return OrderState(self.state).label

    @property
    def address(self) -> str:
        """The citizen's address on one line."""
        return ", ".join(filter(None, [self.contact_address, self.contact_commune, self.contact_province]))

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


class PostalSheet(models.Model):
    """Bảng kê bàn giao: what one side gives and the other takes over, both confirming."""

    kind = models.TextField("loại", choices=SheetKind.choices)
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")
    from_unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="bên giao")
    to_unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="bên nhận")
    made_at = models.DateTimeField("giao lúc")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_by_name = models.TextField("người giao")
    taken_at = models.DateTimeField("nhận lúc", null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_by_name = models.TextField("người nhận", blank=True)
    dropped_at = models.DateTimeField("hủy lúc", null=True)

    class Meta:
        verbose_name = "bảng kê bàn giao"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["from_unit", "year", "number"], name="sheet_number_once"),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True) | ~Q(taken_by=F("made_by")), name="sheet_two_persons"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["to_unit", "-made_at"], name="sheet_to_unit"),
            models.Index(fields=["from_unit", "-made_at"], name="sheet_from_unit"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The sheet's number as printed: 007/2026/BK."""
        return f"{self.number:03d}/{self.year}/BK"


class PostalSheetItem(models.Model):
    """One order on a sheet; `is_there` is unknown until the other side has looked."""

    sheet = models.ForeignKey(PostalSheet, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("thứ tự")
    order = models.ForeignKey(PostalOrder, models.PROTECT, related_name="sheet_items")
    is_there = models.BooleanField("có thật", null=True)
    difference = models.TextField("chênh lệch", blank=True)

    class Meta:
        verbose_name = "dòng của bảng kê"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "order"], name="order_once_on_sheet"),
            models.CheckConstraint(
                condition=Q(is_there__isnull=True) | Q(is_there=True) | ~Q(difference=""), name="difference_is_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.position}"


class PostalCounter(models.Model):
    """The last number of a series of a unit in a year; its row lock keeps numbers without gap or double."""

    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+")
    series = models.TextField("loại số")
    year = models.PositiveSmallIntegerField("năm")
    last = models.PositiveIntegerField("số cuối")

    class Meta:
        verbose_name = "bộ đếm số của bưu chính"
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "series", "year"], name="one_postal_counter")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.series} {self.year}"
