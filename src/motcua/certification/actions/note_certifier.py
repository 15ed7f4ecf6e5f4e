"""Ghi người ký chứng thực vào sổ: paper copies get their certifier when the dossier is approved."""

from datetime import datetime

from django.db import transaction

from motcua.certification.models import CertificationEntry
from motcua.certification.terms import BookKind
from motcua.dossiers.models import Result
from motcua.identity.terms import SYSTEM
from motcua.journal.actions import record


@transaction.atomic
def note_certifier(*, dossier_id: int, at: datetime) -> int:
    """Write into the lines of a dossier's copies who certified them; return how many lines. Again changes nothing.

    Electronic copies have theirs from the signature itself. A refusal certifies nothing.
    """
    result = Result.objects.filter(dossier_id=dossier_id, is_negative=False).first()
    if result is None:
        return 0
    lines = CertificationEntry.objects.filter(dossier_id=dossier_id, book__kind=BookKind.COPY, certifier_name="")
    first = lines.filter(certified_at__isnull=True).order_by("number").first()
    if first is None:
        return 0
    count = lines.filter(certified_at__isnull=True).update(
        certifier_name=result.signer_name, certified_at=result.approved_at
    )
    data = {"certifier": result.signer_name, "lines": count}
    record(SYSTEM, "certification.certifier_noted", first, at=at, data=data)
    return count
