"""One line of the journal: who did what to which object, when."""

from typing import ClassVar

from django.db import models

from motcua.journal.rules.chain import EntryContent, Link


class Entry(models.Model):
    """A line of the journal; the database refuses to change or delete it."""

    at = models.DateTimeField("thời điểm của việc")
    recorded_at = models.DateTimeField("thời điểm ghi")
    actor_id = models.BigIntegerField("tài khoản", null=True)
    actor_name = models.TextField("người thực hiện")
    actor_title = models.TextField("chức vụ", blank=True)
    verb = models.TextField("việc")
    object_type = models.TextField("loại đối tượng")
    object_id = models.TextField("đối tượng")
    data = models.JSONField("dữ liệu", default=dict)
    previous_hash = models.TextField("mã băm dòng trước", blank=True)
    hash = models.TextField("mã băm")
    seal = models.TextField("dấu của phần mềm", blank=True, default="", db_default="")

    class Meta:
        verbose_name = "dòng nhật ký"
        indexes: ClassVar = [
            models.Index(fields=["object_type", "object_id", "id"], name="journal_by_object"),
            models.Index(fields=["actor_id", "id"], name="journal_by_actor"),
            models.Index(fields=["at"], name="journal_by_time"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["object_type", "object_id", "previous_hash"], name="journal_one_chain_per_object"
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"

    def link(self) -> Link:
        """Return the entry as a link of its object's chain."""
        content = EntryContent(
            at=self.at,
            recorded_at=self.recorded_at,
            actor_id=self.actor_id,
            actor_name=self.actor_name,
            actor_title=self.actor_title,
            verb=self.verb,
            object_type=self.object_type,
            object_id=self.object_id,
            data=self.data,
        )
        return Link(content=content, previous_hash=self.previous_hash, hash=self.hash)
