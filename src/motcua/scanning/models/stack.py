"""Stacks of scanned pages, until their papers are confirmed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.scanning.terms import PageKind, Purpose, ReadPage, StackState


class Stack(models.Model):
    """Xấp giấy đã quét: the files of one go, the job that reads them, the pages until somebody confirms them.

    `revision` counts what was changed on the pages: who confirms says which pages they saw. `warnings` are sentences
    for the clerk. Files and pages go when the stack is confirmed or dropped; the row stays.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="stacks", verbose_name="hồ sơ")
    purpose = models.TextField("để làm gì", choices=Purpose.choices, default=Purpose.DIGITISE)
    component_key = models.TextField("giấy tờ, khi không có tờ phân cách", blank=True)
    state = models.TextField("trạng thái", choices=StackState.choices, default=StackState.READING)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người quét")
    opened_by_name = models.TextField("tên người quét")
    opened_at = models.DateTimeField("đưa vào lúc")
    total = models.PositiveIntegerField("số trang")
    done = models.PositiveIntegerField("đã đọc", default=0)
    is_read = models.BooleanField("có đọc chữ", default=True)
    read_at = models.DateTimeField("đọc xong lúc", null=True)
    problem = models.TextField("vì sao không đọc được", blank=True)
    warnings = models.JSONField("điều cần xem", default=list)
    revision = models.PositiveIntegerField("số lần sắp xếp", default=1)
    closed_at = models.DateTimeField("xác nhận hoặc bỏ lúc", null=True)

    class Meta:
        verbose_name = "xấp giấy đã quét"
        indexes: ClassVar = [
            models.Index(fields=["dossier", "-id"], name="stacks_of_dossier"),
            models.Index(fields=["opened_by", "-id"], name="stacks_open", condition=Q(closed_at__isnull=True)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["confirmed", "dropped"], closed_at__isnull=False)
                | Q(~Q(state__in=["confirmed", "dropped"]), closed_at__isnull=True),
                name="closed_stack_has_moment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.opened_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """Whether the stack still waits for the clerk or the reader."""
        return self.closed_at is None


class StackFile(models.Model):
    """A file of a stack as it came; let go when the stack is confirmed or dropped."""

    stack = models.ForeignKey(Stack, models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField("thứ tự")
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", verbose_name="nội dung")
    name = models.TextField("tên tệp")

    class Meta:
        verbose_name = "tệp của xấp giấy"
        constraints: ClassVar = [models.UniqueConstraint(fields=["stack", "position"], name="stack_file_place")]

    def __str__(self) -> str:
        return self.name


class ScannedPage(models.Model):
    """A page: its upright picture, what was read, to which paper it belongs.

    `order` is its place in the stack; pages of a component follow each other by it. `starts_paper`: a new paper of the
    same component begins here. `lines`: what was read (`terms.ReadPage.as_json`).
    """

    stack = models.ForeignKey(Stack, models.CASCADE, related_name="pages")
    order = models.PositiveIntegerField("thứ tự")
    file_position = models.PositiveSmallIntegerField("tệp")
    file_page = models.PositiveIntegerField("trang trong tệp")
    kind = models.TextField("loại", choices=PageKind.choices)
    component_key = models.TextField("giấy tờ", blank=True)
    starts_paper = models.BooleanField("bắt đầu giấy tờ mới", default=False)
    is_dropped = models.BooleanField("bỏ", default=False)
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", verbose_name="ảnh trang")
    width = models.PositiveIntegerField("rộng, điểm ảnh")
    height = models.PositiveIntegerField("cao, điểm ảnh")
    dpi = models.PositiveSmallIntegerField("điểm ảnh mỗi inch")
    source_dpi = models.PositiveSmallIntegerField("của bản gốc", default=0)
    lines = models.JSONField("chữ đọc được", default=list)
    mark = models.JSONField("nội dung tờ phân cách", null=True)

    class Meta:
        verbose_name = "trang quét"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stack", "file_position", "file_page"], name="page_of_stack_once")
        ]

    def __str__(self) -> str:
        return f"{self.stack_id} {self.order}"

    @property
    def read(self) -> ReadPage:
        """What was read on the page."""
        return ReadPage.from_json(self.lines)
