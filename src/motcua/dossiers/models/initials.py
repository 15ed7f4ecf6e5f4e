"""Initials on drafts of results."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from motcua.trust.terms import Role


class DraftInitials(models.Model):
    """Ký nháy: who answers for the content or for the form of a draft, by a signature in its very paper.

    `paper`: the draft as PDF with these initials (and those before); the leader signs the last one. `symbol`: that of
    the number whose room the paper keeps. A new version of the draft has none: initials are made again.
    """

    ROLES: ClassVar = ((Role.INITIAL_CONTENT, Role.INITIAL_CONTENT.label), (Role.INITIAL_FORM, Role.INITIAL_FORM.label))

    draft = models.ForeignKey("dossiers.DraftResult", models.CASCADE, related_name="initials")
    role = models.TextField("ký nháy về", choices=ROLES)
    step_key = models.TextField("bước")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.TextField("người ký nháy")
    title = models.TextField("chức vụ", blank=True)
    at = models.DateTimeField("lúc")
    symbol = models.TextField("ký hiệu", blank=True)
    paper = models.ForeignKey("dossiers.Attachment", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "ký nháy dự thảo"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "role"], name="initialled_once_for_each"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.role}"
