"""Who writes a draft, who asked for its publication, who sent it back."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.procedures.models.version import ProcedureVersion


class Drafting(models.Model):
    """The life of a version before it is published; kept afterwards.

    `revision` counts the changes: whoever changes the draft says which one they saw. `authors` are the accounts that
    ever changed the draft or asked for its publication: none of them may approve it. While `proposed_at` is set the
    draft waits for its approver and nobody changes it.
    """

    version = models.OneToOneField(ProcedureVersion, on_delete=models.CASCADE, related_name="drafting")
    revision = models.PositiveIntegerField(default=1)
    authors = ArrayField(models.BigIntegerField(), default=list)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True, db_index=True)
    proposed_from = models.DateField(null=True)
    proposal_note = models.TextField(blank=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="drafting_proposed_from",
                condition=Q(proposed_at__isnull=True) | Q(proposed_from__isnull=False, proposed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} r{self.revision}"

    @property
    def is_proposed(self) -> bool:
        """Whether the draft waits for its approver."""
        return self.proposed_at is not None
