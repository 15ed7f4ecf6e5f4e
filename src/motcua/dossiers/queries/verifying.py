"""What anybody who holds a paper may learn of it: that it was issued, when, by whom, and which print is the latest."""

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.models import Dossier, IssuedPaper
from motcua.dossiers.rules.masking import mask_name
from motcua.dossiers.rules.verifying import read_mark


@dataclass(frozen=True, slots=True)
class VerifiedPaper:
    """An issued paper with its people masked. `latest`: the number and moment of the latest print of that form."""

    code: str
    form: str
    form_set: str
    version: int
    issued_at: datetime
    issued_by: str
    desk: str
    procedure: str
    owner: str
    latest_version: int
    latest_at: datetime

    @property
    def is_latest(self) -> bool:
        return self.version == self.latest_version


def verify_paper(mark: str) -> VerifiedPaper | None:
    """Return the paper that the mark in its QR proves, None for any other mark alike (two queries)."""
    named = read_mark(mark)
    if named is None:
        return None
    found = Dossier.objects.filter(code=named.code).select_related("owner", "desk", "procedure").first()
    secret = found.tracking_token if found else ""
    if not named.fits(secret) or found is None:
        return None
    prints = list(IssuedPaper.objects.filter(dossier=found, form=named.form).order_by("version"))
    paper = next((one for one in prints if one.version == named.version), None)
    if paper is None:
        return None
    return VerifiedPaper(
        code=found.code,
        form=paper.form,
        form_set=paper.form_set,
        version=paper.version,
        issued_at=paper.issued_at,
        issued_by=mask_name(paper.issued_by),
        desk=found.desk.name,
        procedure=found.procedure.name,
        owner=mask_name(found.owner.name),
        latest_version=prints[-1].version,
        latest_at=prints[-1].issued_at,
    )
