"""The log: its leaves, the tiles of its tree, and how far the sequencer has come."""

from typing import ClassVar

from django.db import models
from django.db.models.fields.json import KeyTransform

from motcua.evidence.terms import LeafKind


class Leaf(models.Model):
    """One leaf, from `seq` 0: the hash of a row's canonical content; the database refuses to change or delete it.

    `about` names the act, also when its row is gone. `content` is kept where no row says it (files, the beginning).
    """

    seq = models.BigIntegerField("thứ tự", primary_key=True)
    kind = models.SmallIntegerField("loại", choices=LeafKind.choices)
    source_id = models.BigIntegerField("dòng nguồn", null=True)
    subject = models.TextField("tệp", blank=True, default="")
    hash = models.BinaryField("mã băm của lá")
    about = models.JSONField("nói về", default=dict)
    content = models.TextField("nội dung", blank=True, default="")

    class Meta:
        verbose_name = "lá của sổ bằng chứng"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "source_id"], name="leaf_once_a_row"),
            models.UniqueConstraint(fields=["subject"], name="leaf_once_a_file", condition=~models.Q(subject="")),
        ]
        indexes: ClassVar = [models.Index(KeyTransform("code", "about"), name="leaf_by_code")]

    def __str__(self) -> str:
        return f"{self.seq} {self.get_kind_display()} {self.source_id or self.subject}"


class Tile(models.Model):
    """Up to 256 hashes of one level of the tree (`tree/tiles.py`); can always be made anew from the leaves."""

    level = models.SmallIntegerField("tầng")
    number = models.BigIntegerField("số")
    hashes = models.BinaryField("các mã băm")

    class Meta:
        verbose_name = "mảnh của cây"
        constraints: ClassVar = [models.UniqueConstraint(fields=["level", "number"], name="tile_once")]

    def __str__(self) -> str:
        return f"{self.level}/{self.number}"


class Course(models.Model):
    """How far the sequencer has come in one table: up to `settled` every row is in the log or will never come.

    `seen` and `writers` are the sight (`kernel/settling.py`) that will move it on once those writers have ended.
    """

    table = models.TextField("bảng", primary_key=True)
    settled = models.BigIntegerField("đã xong tới", default=0)
    seen = models.BigIntegerField("đã thấy tới", default=0)
    writers = models.JSONField("ai đang ghi lúc đó", default=list)

    class Meta:
        verbose_name = "chặng của sổ bằng chứng"

    def __str__(self) -> str:
        return f"{self.table} {self.settled}"


class NewBlob(models.Model):
    """A file that came and is not in the log yet; a trigger on the table of files writes it."""

    sha256 = models.CharField("mã băm", max_length=64, primary_key=True)

    class Meta:
        verbose_name = "tệp chờ vào sổ"

    def __str__(self) -> str:
        return self.sha256
