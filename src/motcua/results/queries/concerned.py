"""Whom it concerns when a paper holds no more."""

from datetime import datetime

from motcua.dossiers.models import Dossier
from motcua.identity.models import Account
from motcua.identity.terms import AccountKind
from motcua.journal.models import Reading
from motcua.kernel.text import clean
from motcua.results.models import Representation, Reuse, Share, StoredPaper

_PAPER = StoredPaper._meta.label_lower


def accounts_of_holder(paper: StoredPaper, at: datetime) -> list[Account]:
    """Return the verified accounts of whoever holds a paper: the person, or everybody who acts for the organisation."""
    verified = Account.objects.filter(kind=AccountKind.CITIZEN, is_active=True).exclude(identity_level="")
    if paper.holder_id:
        return list(verified.filter(personal_id=paper.holder_id))
    acting = Representation.objects.filter(tax_code=paper.holder_tax_code, ended_at__isnull=True).exclude(tax_code="")
    ids = [one.account_id for one in acting if one.holds_on(at.date())]
    return list(verified.filter(pk__in=ids).order_by("pk"))


def those_who_looked(paper: StoredPaper, at: datetime) -> list[int]:
    """Return the accounts that looked at a paper through a share that is still open."""
    shares = Share.objects.filter(paper=paper, ended_at__isnull=True, until__gt=at)
    purposes = {purpose_of(one) for one in shares}
    looked = Reading.objects.filter(object_type=_PAPER, object_id=str(paper.pk), purpose__in=purposes)
    return sorted({pk for pk in looked.values_list("actor_id", flat=True) if pk is not None})


def purpose_of(share: Share) -> str:
    """Return the purpose that stands in the log of whoever looks through a share."""
    return f"Được chia sẻ: {clean(share.purpose)}"


def dossiers_with(paper: StoredPaper) -> list[Dossier]:
    """Return the dossiers in which a paper took the place of a copy."""
    ids = Reuse.objects.filter(paper=paper).values_list("dossier_id", flat=True)
    return list(Dossier.objects.filter(pk__in=set(ids)).order_by("pk"))
