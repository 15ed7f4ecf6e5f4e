"""Who keeps the books of an agency, who may read them."""

from datetime import datetime

from django.db.models import QuerySet

from motcua.agencies.terms import Right
from motcua.certification.models import CertificationBook
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, NotPermitted, Problem

_READS = (Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL, Right.OVERSEE)


def visible_books(actor: Actor) -> QuerySet[CertificationBook]:
    """Return the books of the agencies in which the actor works; an overseer sees those below."""
    if actor.is_system:
        return CertificationBook.objects.all()
    agencies = {agency for right in _READS for agency in actor.agencies_with(right)}
    return CertificationBook.objects.filter(agency_id__in=agencies)


def get_book(actor: Actor, book_id: int) -> CertificationBook:
    """Return a book for reading; raises NotFound."""
    found = visible_books(actor).select_related("agency").filter(pk=book_id).first()
    if found is None:
        raise NotFound(Problem("no_book", "Không tìm thấy sổ chứng thực này."))
    return found


def lock_book(actor: Actor, book_id: int, *, at: datetime) -> CertificationBook:
    """Return a book, its row locked, for who leads its agency; raises NotFound, NotPermitted."""
    get_book(actor, book_id)
    found = CertificationBook.objects.select_for_update().get(pk=book_id)
    if not actor.at(at).has(Right.LEAD_AGENCY, agency_id=found.agency_id):
        message = "Chỉ lãnh đạo cơ quan khóa sổ, mở lại sổ và duyệt đính chính sổ chứng thực."
        raise NotPermitted(Problem("leaders_only", message))
    return found


def may_lead(actor: Actor, book: CertificationBook, at: datetime) -> bool:
    """Return whether the actor may close, reopen and correct the book."""
    return actor.at(at).has(Right.LEAD_AGENCY, agency_id=book.agency_id)
