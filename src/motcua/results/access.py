"""Whose papers these are, and who of an agency may act on them."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from motcua.agencies.terms import Right
from motcua.identity.models import Account
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, NotPermitted, Problem
from motcua.results.models import Representation, Share, StoredPaper, with_all

_WORKING = (Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL)


def is_verified(account: Account) -> bool:
    """Whether the national identity provider vouched for the person: only then is a store theirs."""
    return bool(account.identity_level and account.personal_id)


def holder_of(actor: Actor) -> Account:
    """Return the account of a verified citizen; raises NotPermitted for anybody else."""
    account = Account.objects.filter(pk=actor.account_id or 0).first() if actor.kind == "citizen" else None
    if account is None or not is_verified(account):
        message = (
            "Kho giấy tờ chỉ mở cho tài khoản đã xác thực. Hãy đăng nhập bằng tài khoản định danh điện tử (VNeID)."
        )
        raise NotPermitted(Problem("not_verified", message))
    return account


def represents(account_id: int | None, today: date) -> list[Representation]:
    """Return for which organisations an account acts on that day, by name; only verified accounts act for any."""
    found = Representation.objects.filter(account_id=account_id or 0, ended_at__isnull=True)
    known = found.exclude(account__identity_level="").order_by("organisation_name", "id")
    return [one for one in known if one.holds_on(today)]


def acting_for(tax_code: str, today: date) -> list[Representation]:
    """Return everybody who acts for an organisation on that day, its legal representatives first."""
    found = Representation.objects.filter(tax_code=tax_code, ended_at__isnull=True).select_related("account")
    return [one for one in found.order_by("-as_what", "id") if one.holds_on(today)]


def papers_of(actor: Actor) -> QuerySet[StoredPaper]:
    """Return the papers the actor holds, newest first; raises NotPermitted for an account nobody vouched for."""
    return with_all(StoredPaper.objects.filter(holder_id=holder_of(actor).personal_id)).order_by("-id")


def papers_of_organisation(actor: Actor, tax_code: str, today: date) -> QuerySet[StoredPaper]:
    """Return the papers of an organisation for which the actor acts, newest first; raises NotFound, NotPermitted."""
    holder_of(actor)
    if tax_code not in {one.tax_code for one in represents(actor.account_id, today)}:
        raise NotFound(Problem("no_organisation", "Bạn không đại diện cho tổ chức này."))
    return with_all(StoredPaper.objects.filter(holder_tax_code=tax_code)).order_by("-id")


def open_to(actor: Actor, today: date) -> QuerySet[StoredPaper]:
    """Return the actor's own papers and those of the organisations they act for; raises NotPermitted."""
    account = holder_of(actor)
    tax_codes = [one.tax_code for one in represents(actor.account_id, today)]
    return with_all(StoredPaper.objects.filter(Q(holder_id=account.personal_id) | Q(holder_tax_code__in=tax_codes)))


def own_paper(actor: Actor, paper_id: int) -> StoredPaper:
    """Return a paper of the actor's, or of an organisation they act for today; raises NotFound, NotPermitted."""
    found = open_to(actor, timezone.localdate()).filter(pk=paper_id).first()
    if found is None:
        raise NotFound(Problem("no_paper", "Kho của bạn không có giấy tờ này."))
    return found


def lock_share(actor: Actor, share_id: int) -> Share:
    """Return a share of the actor's, or of an organisation they act for, its row locked; raises NotFound."""
    found = Share.objects.select_for_update(of=("self",)).select_related("paper").filter(pk=share_id).first()
    if found is None or not _may_end(actor, found):
        raise NotFound(Problem("no_share", "Bạn không có lượt chia sẻ này."))
    return found


def _may_end(actor: Actor, share: Share) -> bool:
    if actor.account_id is None or share.account_id == actor.account_id:
        return actor.account_id is not None
    tax_codes = {one.tax_code for one in represents(actor.account_id, timezone.localdate())}
    return share.paper.holder_tax_code in tax_codes - {""}


def confirmed_at(actor: Actor) -> QuerySet[Representation]:
    """Return who acts for organisations by what an officer of the actor's agencies saw, newest first."""
    agencies = frozenset().union(*(actor.agencies_with(right) for right in (*_WORKING, Right.OVERSEE)))
    return Representation.objects.filter(agency_id__in=agencies).select_related("account").order_by("-id")


def register_of(actor: Actor) -> QuerySet[StoredPaper]:
    """Return the papers issued by the agencies in which the officer works, or which they oversee."""
    agencies = frozenset().union(*(actor.agencies_with(right) for right in _WORKING))
    overseen = Q(agency__path__overlap=sorted(actor.units_with(Right.OVERSEE)))
    return with_all(StoredPaper.objects.filter(Q(agency_id__in=agencies) | overseen)).order_by("-id")


def paper_of_agency(actor: Actor, paper_id: int) -> StoredPaper:
    """Return a paper for reading by an officer of the agency that issued it; raises NotFound."""
    everything = with_all(StoredPaper.objects.all()) if actor.is_system else register_of(actor)
    found = everything.filter(pk=paper_id).first()
    if found is None:
        raise NotFound(Problem("no_paper", "Sổ kết quả của cơ quan bạn không có giấy tờ này."))
    return found


def may_revoke(actor: Actor, paper: StoredPaper) -> bool:
    """Whether the actor leads the agency that issued the paper."""
    return actor.is_system or (paper.agency_id is not None and actor.has(Right.LEAD_AGENCY, agency_id=paper.agency_id))


def lock_paper_of_agency(actor: Actor, paper_id: int) -> StoredPaper:
    """Return the paper, its row locked, when the actor leads its agency; raises NotFound, NotPermitted."""
    paper = paper_of_agency(actor, paper_id)
    if not may_revoke(actor, paper):
        raise NotPermitted(Problem("not_leader", f"Chỉ lãnh đạo {paper.issuer} thu hồi được giấy tờ này."))
    StoredPaper.objects.select_for_update().get(pk=paper.pk)
    return paper_of_agency(actor, paper_id)
