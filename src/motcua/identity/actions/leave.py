"""Khai báo vắng mặt, giao người làm thay; trở lại làm việc."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.agencies.models.span import holds_on
from motcua.agencies.terms import Right
from motcua.identity.actions.delegate import (
    Giving,
    revoke_delegation,
    standing_delegations,
    write_delegation,
)
from motcua.identity.models import Account, Delegation, Posting
from motcua.identity.rules.delegations import Grant, Receiver, Validity
from motcua.identity.rules.leaves import Leave, problems_of_leave
from motcua.identity.terms import Actor, DelegationKind
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, Problem
from motcua.kernel.text import clean


@transaction.atomic
def declare_leave(
    *, actor: Actor, account_id: int, stand_in_id: int, validity: Validity, at: datetime, reason: str = ""
) -> list[Delegation]:
    """Khai báo vắng mặt: a colleague of the same unit does the officer's dossiers from … until …

    Declared by the officer, their leader or the administrator; one row for each handling post of the officer. Raises
    NotFound, NotPermitted, Invalid with every problem.
    """
    people = Account.objects.select_for_update(no_key=True).filter(pk__in=sorted({account_id, stand_in_id}))
    known = {one.pk: one for one in people.order_by("pk")}
    if account_id not in known or stand_in_id not in known:
        raise NotFound(Problem("account_unknown", "Không tìm thấy tài khoản này.", "stand_in"))
    posts = _handling(account_id, at)
    if not _may_declare(actor, account_id, posts):
        message = "Chỉ người vắng mặt, lãnh đạo đơn vị hoặc người quản trị được khai báo vắng mặt."
        raise NotPermitted(Problem("not_own_leave", message))
    units = {posting.post.unit_id for posting in _handling(stand_in_id, at)}
    leave = Leave(
        validity=validity,
        is_oneself=account_id == stand_in_id,
        is_active=known[stand_in_id].is_active,
        units=frozenset(posting.post.unit_id for posting in posts),
        stand_in_units=frozenset(units),
        reason=clean(reason, keep_lines=True),
    )
    if problems := problems_of_leave(leave, account_id, stand_in_id, standing_delegations(at), at=at):
        raise Invalid(problems)
    grant = Grant(
        kind=DelegationKind.LEAVE, rights=frozenset({Right.HANDLE.value}), validity=validity, reason=leave.reason
    )
    receiver = Receiver(posts=(), account_ids=frozenset({stand_in_id}))
    made = []
    for posting in posts:
        giving = Giving(post_id=posting.post_id, account_id=account_id, to_account_id=stand_in_id)
        made.append(write_delegation(actor, giving, grant, posting.post.unit, receiver, at))
    told = {"to": known[stand_in_id].full_name, "since": validity.starts.isoformat(), "reason": leave.reason}
    record(actor, "account.leave_declared", known[account_id], at=at, data=told)
    return made


@transaction.atomic
def end_leave(*, actor: Actor, account_id: int, at: datetime) -> int:
    """Trở lại làm việc: the absence ends now, the officer's dossiers are theirs again. Returns how many rows ended.

    Raises NotPermitted, NotFound when there is no absence to end.
    """
    account = Account.objects.select_for_update(no_key=True).filter(pk=account_id).first()
    live = Delegation.objects.filter(kind=DelegationKind.LEAVE, giver_id=account_id, revoked_at__isnull=True)
    rows = list(live.exclude(ends_at__lte=at).order_by("pk").values_list("pk", flat=True))
    if account is None or not rows:
        raise NotFound(Problem("no_leave", "Không có lần vắng mặt nào đang khai báo."))
    for delegation_id in rows:
        revoke_delegation(actor=actor, delegation_id=delegation_id, at=at, reason="Trở lại làm việc")
    record(actor, "account.leave_ended", account, at=at)
    return len(rows)


def _handling(account_id: int, at: datetime) -> list[Posting]:
    on = timezone.localdate(at)
    held = Posting.objects.filter(holds_on(on), holds_on(on, "post__"), holds_on(on, "post__unit__"))
    mine = held.filter(account_id=account_id, post__rights__contains=[Right.HANDLE.value])
    return list(mine.select_related("post__unit").order_by("pk"))


def _may_declare(actor: Actor, account_id: int, posts: list[Posting]) -> bool:
    if actor.account_id == account_id:
        return True
    return bool(posts) and all(_leads(actor, posting) for posting in posts)


def _leads(actor: Actor, posting: Posting) -> bool:
    unit = posting.post.unit
    return (
        actor.has(Right.LEAD_DIVISION, unit_id=unit.pk)
        or actor.has(Right.LEAD_AGENCY, agency_id=unit.agency_id)
        or actor.reaches(Right.ADMIN, unit.path)
    )
