"""What somebody agreed to lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from motcua.results.models import Consent


@dataclass(frozen=True, slots=True)
class Agreed:
    """A consent, and whether papers may still be taken by it."""

    consent: Consent
    is_open: bool


def consents_of(personal_id: str, tax_codes: Sequence[str], *, at: datetime, most: int) -> list[Agreed]:
    """Return what a person, or organisations, agreed to, newest first (one query)."""
    theirs = Q(holder_tax_code__in=[one for one in tax_codes if one])
    if personal_id:
        theirs |= Q(holder_id=personal_id)
    found = Consent.objects.filter(theirs).select_related("end").order_by("-id")[:most]
    return [Agreed(one, not hasattr(one, "end") and one.given_at <= at <= one.until) for one in found]
