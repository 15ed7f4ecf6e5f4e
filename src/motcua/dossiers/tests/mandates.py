"""Rights lent in the small ward, for tests."""

from datetime import date, datetime
from typing import Any

from motcua.agencies.terms import Right
from motcua.dossiers.tests.world import World, moment
from motcua.identity.actions import Giving, declare_leave, grant_delegation
from motcua.identity.models import Account, Delegation, Posting
from motcua.identity.queries import actor_of
from motcua.identity.rules.delegations import Grant, Validity
from motcua.identity.terms import SYSTEM, Actor, DelegationKind, Scope

GIVEN_AT = moment(2, 7)
ENDS_AT = moment(20, 17)
_AT = moment(4, 10)


def deputy(world: World) -> Account:
    """A deputy of the chair, without rights of his own."""
    found = Account.objects.filter(username="pho-chu-tich").first()
    if found is None:
        world.officer("pho-chu-tich", world.ward, "Phó Chủ tịch Ủy ban nhân dân")
        found = Account.objects.get(username="pho-chu-tich")
    return found


def lend(
    world: World,
    *,
    giver: Actor | None = None,
    to: Account | None = None,
    right: Right = Right.LEAD_AGENCY,
    scope: Scope | None = None,
    until: datetime | None = ENDS_AT,
    kind: DelegationKind = DelegationKind.KT,
) -> Delegation:
    """Let somebody (the deputy) use a right of the giver (the chair) for two weeks and more."""
    giving = giver or world.chair
    post = Posting.objects.get(account_id=giving.account_id).post
    grant = Grant(
        kind=kind,
        rights=frozenset({right.value}),
        validity=Validity(GIVEN_AT, until),
        scope=scope or Scope(),
        basis_number="12/QĐ-UBND",
        basis_date=date(2026, 3, 1),
    )
    between = Giving(post_id=post.pk, account_id=giving.account_id, to_account_id=(to or deputy(world)).pk)
    return grant_delegation(actor=SYSTEM, giving=between, grant=grant, at=GIVEN_AT)


def away(world: World, **changes: Any) -> Delegation:
    """The specialist is absent for two weeks and more; the second one stands in."""
    return declare_leave(
        actor=world.specialist,
        account_id=world.specialist.known_id,
        stand_in_id=world.second_specialist.known_id,
        validity=Validity(GIVEN_AT, changes.get("until", ENDS_AT)),
        at=GIVEN_AT,
    )[0]


def now(account: Account | Actor, at: datetime = _AT) -> Actor:
    """The officer as they sign in at the moment."""
    pk = account.pk if isinstance(account, Account) else account.account_id
    return actor_of(Account.objects.get(pk=pk), at.date()).at(at)
