"""The archived version of a paper, and what is due."""

from datetime import datetime

from motcua.signing.models import ArchivedPaper, SigningItem
from motcua.trust.terms import Role

#: With whose signature a paper is complete: what is signed before that changes once more.
_LAST_ROLES = (Role.SEAL, Role.DIGITISER, Role.CERTIFIER)


def archived_version(sha256: str) -> str | None:
    """Return the SHA-256 of the version with proofs of an issued file; None while there is none."""
    return ArchivedPaper.objects.filter(issued_id=sha256).values_list("current_id", flat=True).first()


def due_papers(at: datetime, most: int) -> list[int]:
    """Return the rows that are due, the longest waiting first."""
    return list(ArchivedPaper.objects.filter(due_at__lte=at).order_by("due_at").values_list("pk", flat=True)[:most])


def sealed_and_not_kept(most: int) -> list[str]:
    """Return files that came out of batches of last signatures and are not in the archive yet."""
    done = SigningItem.objects.filter(state=SigningItem.State.APPLIED, batch__role__in=_LAST_ROLES)
    kept = ArchivedPaper.objects.values("issued_id")
    names = done.exclude(signed__isnull=True).exclude(signed_id__in=kept).values_list("signed_id", flat=True)
    return [name for name in dict.fromkeys(names[:most]) if name]
