"""Who holds which post, from when until when."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from motcua.agencies.models import Post
from motcua.agencies.models.span import once_at_a_time, span_check


class Posting(models.Model):
    """An officer holds a post from `valid_from` until the day before `valid_to` (null = still)."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="postings")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="postings")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            span_check("posting_span"),
            once_at_a_time("posting_once_a_day", "account", "post"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} @ {self.post_id}"
