"""The chair of the ward that is shown lets the deputy sign what is civil status and certification."""

from datetime import datetime, timedelta

from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.identity.actions import Giving, grant_delegation
from motcua.identity.models import Account, Delegation, Posting
from motcua.identity.rules.delegations import Grant, Validity
from motcua.identity.terms import SYSTEM, DelegationKind, Scope

_DOMAINS = frozenset({"HT", "CT"})
_SPAN = timedelta(days=90)


def delegate(*, at: datetime) -> None:
    """Let `phochutich` sign for `lanhdao` for ninety days; once."""
    people = {one.username: one for one in Account.objects.filter(username__in=("lanhdao", "phochutich"))}
    if len(people) < 2 or Delegation.objects.filter(to_account=people["phochutich"]).exists():  # noqa: PLR2004 (both)
        return
    post = Posting.objects.select_related("post").get(account=people["lanhdao"], valid_to__isnull=True).post
    grant = Grant(
        kind=DelegationKind.KT,
        rights=frozenset({Right.LEAD_AGENCY.value}),
        validity=Validity(at, at + _SPAN),
        scope=Scope(domains=_DOMAINS),
        basis_number="215/QĐ-UBND",
        basis_date=(at - timedelta(days=3)).astimezone(VIET_NAM).date(),
        reason="Phân công Phó Chủ tịch phụ trách hộ tịch, chứng thực ký thay.",
    )
    giving = Giving(post_id=post.pk, account_id=people["lanhdao"].pk, to_account_id=people["phochutich"].pk)
    grant_delegation(actor=SYSTEM, giving=giving, grant=grant, at=at)
