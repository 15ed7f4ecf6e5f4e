"""Who may change accounts, and the gate that locks them."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from motcua.agencies.access import root_ids
from motcua.agencies.models.span import holds_on
from motcua.agencies.terms import Right
from motcua.identity.models import Account, Posting
from motcua.identity.terms import AccountKind, Actor
from motcua.kernel.errors import NotFound, NotPermitted, Problem


def may_sign_in(account: Account) -> bool:
    """Whether anybody may come in with this account: it is open and, outside a demo installation, not a demo one."""
    return account.is_active and (settings.DEMO or not account.is_demo)


def lock_account(actor: Actor, account_id: int, *, at: datetime, own: bool = False) -> Account:
    """The account, locked, if the actor administers it (or, with `own`, if it is the actor's own).

    Raises NotFound, NotPermitted. Administering takes the right in a unit at or above every post the person holds:
    otherwise an administrator of a commune could take over the account of somebody who also works for the province.
    """
    found = Account.objects.select_for_update().filter(pk=account_id).first()
    if found is None:
        raise NotFound(Problem("account_unknown", "Không tìm thấy tài khoản này.", "account"))
    if not (own and actor.account_id == found.pk):
        require_admin_of(actor, found, on=timezone.localdate(at))
    return found


def require_admin_of(actor: Actor, account: Account, *, on: date) -> None:
    """Raise NotPermitted unless the actor administers the account."""
    if not administers(actor, account, on=on):
        message = "Chỉ người quản trị của các đơn vị người này làm việc, hoặc cấp trên, được thực hiện việc này."
        raise NotPermitted(Problem("not_administrator", message))


def administers(actor: Actor, account: Account, *, on: date) -> bool:
    """Whether the actor administers the account; accounts without a post belong to the installation's roots.

    An officer who has no post yet may be administered by any administrator: somebody must give the first one.
    """
    if actor.is_system:
        return True
    held = Posting.objects.filter(holds_on(on), account=account).values_list("post__unit__path", flat=True)
    if held:
        return all(actor.reaches(Right.ADMIN, path) for path in held)
    if account.kind == AccountKind.OFFICER and not Posting.objects.filter(account=account).exists():
        return actor.has(Right.ADMIN)
    return any(actor.reaches(Right.ADMIN, [root]) for root in root_ids())


def require_admin_somewhere(actor: Actor) -> None:
    """Raise NotPermitted unless the actor administers any unit."""
    if not actor.has(Right.ADMIN):
        raise NotPermitted(Problem("not_administrator", "Chỉ người quản trị được thực hiện việc này."))
