"""Whether an officer still owes a second factor."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from motcua.agencies.models.span import holds_on
from motcua.identity.factors import duty_now
from motcua.identity.models import Account, Posting
from motcua.identity.rules.factors import Duty
from motcua.identity.terms import Actor

#: What counts; recovery codes alone do not.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class Owed:
    """That a second factor is missing: without one nothing opens from `until` on."""

    until: datetime
    is_over: bool


def owed_by(account: Account, actor: Actor, at: datetime) -> Owed | None:
    """Return what the officer owes; None when the rule does not bind them or they have a second factor.

    No query while there is no rule, else one for those it binds.
    """
    duty = duty_now()
    if duty is None or not duty.binds({right for post in actor.postings for right in post.rights}):
        return None
    if Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS).exists():
        return None
    until = duty.until(account.created_at)
    return Owed(until, is_over=at >= until)


def still_without(duty: Duty, on: date) -> QuerySet[Account]:
    """Return the open accounts that the rule binds on that day and that have no second factor, by name."""
    bound = Posting.objects.filter(holds_on(on), holds_on(on, "post__"), post__rights__overlap=sorted(duty.rights))
    has = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=FACTORS)
    found = Account.objects.filter(~Exists(has), pk__in=bound.values("account_id"), is_active=True)
    return found.order_by("sort_name", "pk")
