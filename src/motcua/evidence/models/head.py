"""Heads: signed statements of what the log was, ours and those of other houses; and what went wrong."""

from typing import ClassVar

from django.db import models


class Head(models.Model):
    """A signed tree head; the database refuses to change or delete it.

    `note` is the whole text with its signature (`rules/notes.py`); `previous` the SHA-256 (hex) of the note before.
    """

    size = models.BigIntegerField("số lá")
    root = models.CharField("gốc", max_length=64)
    at = models.DateTimeField("thời điểm")
    origin = models.TextField("của sổ")
    previous = models.CharField("đầu sổ trước", max_length=64, blank=True)
    note = models.TextField("văn bản đã ký")
    key_name = models.TextField("khóa", blank=True)

    class Meta:
        verbose_name = "đầu sổ"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["size"], name="head_by_size")]

    def __str__(self) -> str:
        return f"{self.size} {self.root[:16]}"


class Stamp(models.Model):
    """A timestamp (RFC 3161) over the SHA-256 of a head's note; may come later than the head."""

    head = models.ForeignKey(Head, models.PROTECT, related_name="stamps")
    token = models.BinaryField("dấu thời gian")
    at = models.DateTimeField("đóng lúc")

    class Meta:
        verbose_name = "dấu thời gian của đầu sổ"

    def __str__(self) -> str:
        return f"{self.head_id} {self.at}"


class Witnessed(models.Model):
    """A head of another house as we saw it; kept for ever. `problem`: why it does not follow what we saw before."""

    origin = models.TextField("của sổ")
    url = models.TextField("địa chỉ")
    size = models.BigIntegerField("số lá")
    root = models.CharField("gốc", max_length=64)
    note = models.TextField("văn bản đã ký")
    key = models.TextField("khóa công khai", blank=True)
    seen_at = models.DateTimeField("thấy lúc")
    problem = models.TextField("điều sai", blank=True)

    class Meta:
        verbose_name = "đầu sổ của cơ quan khác"
        indexes: ClassVar = [models.Index(fields=["origin", "-id"], name="witnessed_by_origin")]

    def __str__(self) -> str:
        return f"{self.origin} {self.size}"


class Partner(models.Model):
    """Another house with which heads are exchanged by itself, and how the last rounds went."""

    url = models.TextField("địa chỉ", unique=True)
    origin = models.TextField("của sổ", blank=True)
    since = models.DateTimeField("trao đổi từ")
    tried_at = models.DateTimeField("thử gần nhất lúc", null=True)
    good_at = models.DateTimeField("được gần nhất lúc", null=True)
    error = models.TextField("vì sao không được", blank=True)

    class Meta:
        verbose_name = "cơ quan trao đổi đầu sổ"
        ordering: ClassVar = ["url"]

    def __str__(self) -> str:
        return self.url


class Alarm(models.Model):
    """Something that must not be: a row nobody of ours wrote, a head that contradicts an earlier one; kept for ever."""

    at = models.DateTimeField("thời điểm")
    kind = models.TextField("loại")
    message = models.TextField("điều xảy ra")
    facts = models.JSONField("chi tiết", default=dict)

    class Meta:
        verbose_name = "báo động của sổ bằng chứng"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.message


class CheckRun(models.Model):
    """One check that somebody asked for: how far it is and what it found."""

    asked_at = models.DateTimeField("yêu cầu lúc")
    asked_by = models.TextField("người yêu cầu")
    asked_by_id = models.BigIntegerField("tài khoản", null=True)
    with_blobs = models.BooleanField("đọc lại cả tệp", default=False)
    started_at = models.DateTimeField("bắt đầu lúc", null=True)
    finished_at = models.DateTimeField("xong lúc", null=True)
    done = models.BigIntegerField("đã xem", default=0)
    total = models.BigIntegerField("phải xem", default=0)
    size = models.BigIntegerField("số lá", default=0)
    findings = models.JSONField("điều thấy", default=list)
    error = models.TextField("lỗi", blank=True)

    class Meta:
        verbose_name = "lần kiểm tra sổ bằng chứng"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.asked_at} {self.done}/{self.total}"
