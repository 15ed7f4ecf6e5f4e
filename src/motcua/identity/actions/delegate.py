"""Ủy quyền, phân cấp, giao ký thay; chấm dứt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from motcua.agencies.models import Post, Unit
from motcua.agencies.models.span import holds_on
from motcua.agencies.terms import AGENCY_KINDS, Right
from motcua.identity.events import DelegationGranted, DelegationRevoked
from motcua.identity.models import Account, Delegation, Posting
from motcua.identity.rules.delegations import (
    Giver,
    Grant,
    Receiver,
    Standing,
    Validity,
    problems_of_circle,
    problems_of_grant,
    problems_of_overlap,
)
from motcua.identity.terms import Actor, DelegationKind, Scope
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, Problem, RuleBroken
from motcua.kernel.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """Between whom: from a post of an officer (`post_id`, `account_id`), a post, or an agency (`unit_id`) …

    … to one account, to whoever holds a post, or to those who lead a unit: exactly one of the three.
    """

    post_id: int | None = None
    account_id: int | None = None
    unit_id: int | None = None
    to_account_id: int | None = None
    to_post_id: int | None = None
    to_unit_id: int | None = None


@transaction.atomic
def grant_delegation(
    *, actor: Actor, giving: Giving, grant: Grant, at: datetime, confirmed_overlap: bool = False
) -> Delegation:
    """Giao quyền: rights of a post are lent on a written decision, by its holder or entered by the administrator.

    Raises NotFound, NotPermitted, Invalid with every problem (what is not one's own, what is in the past, who may not
    receive it), Conflict when the same powers are lent to others already and that was not confirmed.
    """
    post, unit = _source(giving)
    _lock(giving)
    if not _may_give(actor, post, unit, giving.account_id, at):
        message = "Chỉ người giữ vị trí này hoặc người quản trị (theo văn bản) được giao quyền của vị trí."
        raise NotPermitted(Problem("not_giver", message))
    grant = _tidy(grant)
    giver, receiver = _giver(post, unit, giving, at), _receiver(giving, at)
    standing = standing_delegations(at)
    problems = problems_of_grant(grant, giver, receiver, at=at)
    problems += problems_of_circle(grant, giver, receiver, standing)
    crossing = problems_of_overlap(grant, giver, receiver, standing, confirmed=confirmed_overlap)
    if wrong := [*problems, *(one for one in crossing if one.code == "overlap_same")]:
        raise Invalid(wrong)
    if crossing:
        raise Conflict(crossing)
    return write_delegation(actor, giving, grant, unit, receiver, at)


def write_delegation(
    actor: Actor, giving: Giving, grant: Grant, unit: Unit, receiver: Receiver, at: datetime
) -> Delegation:
    """Write a delegation that was checked; tells the other rooms and the journal."""
    made = Delegation.objects.create(
        kind=grant.kind,
        from_unit=unit,
        from_post_id=giving.post_id,
        giver_id=giving.account_id,
        to_account_id=giving.to_account_id,
        to_post_id=giving.to_post_id,
        to_unit_id=giving.to_unit_id,
        rights=sorted(grant.rights),
        domains=sorted(grant.scope.domains),
        procedures=sorted(grant.scope.procedures),
        basis_number=grant.basis_number,
        basis_date=grant.basis_date,
        reason=grant.reason,
        starts_at=grant.validity.starts,
        ends_at=grant.validity.ends,
        given_at=at,
        given_by_id=actor.account_id,
    )
    told = sorted({*receiver.account_ids, *filter(None, [giving.account_id])})
    emit(DelegationGranted(delegation_id=made.pk, account_ids=tuple(told)), at=at)
    record(actor, "delegation.granted", made, at=at, data=told_of(made), is_new=True)
    return made


@transaction.atomic
def revoke_delegation(*, actor: Actor, delegation_id: int, at: datetime, reason: str = "") -> Delegation:
    """Chấm dứt giao quyền: from this moment nobody acts by it any more; what was done stays done.

    By the giver, whoever holds the giving post, or the administrator of the unit; an absence also by
    the stand-in and whoever leads the unit.
    Raises NotFound, NotPermitted, Conflict when it was revoked already, RuleBroken when it has ended.
    """
    found = Delegation.objects.select_for_update(of=("self",)).select_related("from_post", "from_unit", "giver")
    delegation = found.filter(pk=delegation_id).first()
    if delegation is None:
        raise NotFound(Problem("no_delegation", "Không tìm thấy việc giao quyền này."))
    if not may_revoke(actor, delegation, at):
        message = "Chỉ người giao, người giữ vị trí giao hoặc người quản trị được chấm dứt việc giao quyền này."
        raise NotPermitted(Problem("not_giver", message))
    if delegation.revoked_at is not None:
        when = timezone.localtime(delegation.revoked_at)
        message = f"Việc giao quyền này đã chấm dứt lúc {when:%H:%M ngày %d/%m/%Y}."
        raise Conflict(Problem("revoked_already", message))
    if delegation.ends_at is not None and delegation.ends_at <= at:
        when = timezone.localtime(delegation.ends_at)
        raise RuleBroken(Problem("ended", f"Việc giao quyền này đã hết hạn lúc {when:%H:%M ngày %d/%m/%Y}."))
    reason = clean(reason, keep_lines=True)[:1000]
    delegation.revoked_at, delegation.revoked_by_id, delegation.revoke_reason = at, actor.account_id, reason
    delegation.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    told = sorted({*receivers_of(delegation, at), *filter(None, [delegation.giver_id])})
    emit(DelegationRevoked(delegation_id=delegation.pk, account_ids=tuple(told)), at=at)
    record(actor, "delegation.revoked", delegation, at=at, data={**told_of(delegation), "reason": reason})
    return delegation


def may_revoke(actor: Actor, delegation: Delegation, at: datetime) -> bool:
    """Whether the actor may end the delegation."""
    mine = {delegation.giver_id}
    if delegation.kind == DelegationKind.LEAVE:
        mine.add(delegation.to_account_id)
        leads = actor.has(Right.LEAD_DIVISION, unit_id=delegation.from_unit_id)
        if leads or actor.has(Right.LEAD_AGENCY, agency_id=delegation.from_unit.agency_id):
            return True
    if actor.account_id is not None and actor.account_id in mine:
        return True
    return _may_give(actor, delegation.from_post, delegation.from_unit, None, at)


def receivers_of(delegation: Delegation, at: datetime) -> frozenset[int]:
    """The accounts that may act by the delegation on that day."""
    giving = Giving(
        to_account_id=delegation.to_account_id, to_post_id=delegation.to_post_id, to_unit_id=delegation.to_unit_id
    )
    return _receiver(giving, at).account_ids


def standing_delegations(at: datetime) -> list[Standing]:
    """Every delegation that is in force or yet to come, as a new one may cross it (a few queries for each)."""
    live = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    related = ("giver", "from_post", "from_unit", "to_account", "to_post", "to_unit")
    rows = Delegation.objects.filter(live, revoked_at__isnull=True).select_related(*related).order_by("pk")
    holders = _holders(rows, at)
    return [
        Standing(
            text=in_words(row),
            rights=frozenset(row.rights),
            validity=Validity(row.starts_at, row.ends_at),
            scope=Scope(frozenset(row.domains), frozenset(row.procedures)),
            from_unit_id=row.from_unit_id,
            givers=frozenset(filter(None, [row.giver_id])) or holders.get(("post", row.from_post_id), frozenset()),
            receivers=frozenset(filter(None, [row.to_account_id]))
            | holders.get(("post", row.to_post_id), frozenset())
            | holders.get(("unit", row.to_unit_id), frozenset()),
            is_leave=row.kind == DelegationKind.LEAVE,
        )
        for row in rows
    ]


def in_words(row: Delegation) -> str:
    """A delegation in one line: kind, to whom, from when until when."""
    whom = row.to_account.full_name if row.to_account else row.to_post.title if row.to_post else ""
    whom = whom or (row.to_unit.name if row.to_unit else "")
    since, until = timezone.localtime(row.starts_at), row.ends_at and timezone.localtime(row.ends_at)
    ends = f"đến {until:%H:%M %d/%m/%Y}" if until else "đến khi chấm dứt"
    return f"{DelegationKind(row.kind).label} cho {whom} từ {since:%H:%M %d/%m/%Y} {ends}"


def told_of(row: Delegation) -> dict[str, object]:
    """What the journal keeps of a delegation: plain values."""
    return {
        "kind": DelegationKind(row.kind).label,
        "title": row.from_post.title if row.from_post else row.from_unit.name,
        "giver": row.giver.full_name if row.giver else "",
        "receiver": (row.to_account or row.to_post or row.to_unit or "").__str__(),
        "rights": [Right(right).label for right in row.rights],
        "domains": list(row.domains),
        "procedures": list(row.procedures),
        "decision_no": row.basis_number,
        "date": row.basis_date.isoformat() if row.basis_date else "",
        "since": row.starts_at.isoformat(),
        "until": row.ends_at.isoformat() if row.ends_at else "",
        "note": row.reason,
    }


def _source(giving: Giving) -> tuple[Post | None, Unit]:
    """The post and the unit whose rights are lent; raises NotFound."""
    if giving.post_id is not None:
        post = Post.objects.select_related("unit").filter(pk=giving.post_id).first()
        if post is None:
            raise NotFound(Problem("post_unknown", "Không tìm thấy vị trí việc làm của người giao.", "post"))
        return post, post.unit
    unit = Unit.objects.filter(pk=giving.unit_id or 0).first()
    if unit is None:
        raise NotFound(Problem("unit_unknown", "Không tìm thấy đơn vị giao.", "unit"))
    return None, unit


def _lock(giving: Giving) -> None:
    """Let one grant at a time change what these people and this post give and get."""
    people = sorted(filter(None, {giving.account_id, giving.to_account_id}))
    list(Account.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    if giving.account_id is None:
        list(Unit.objects.select_for_update(no_key=True).filter(pk=giving.unit_id or 0).values_list("pk"))
        list(Post.objects.select_for_update(no_key=True).filter(pk=giving.post_id or 0).values_list("pk"))


def _may_give(actor: Actor, post: Post | None, unit: Unit, account_id: int | None, at: datetime) -> bool:
    if actor.reaches(Right.ADMIN, unit.path):
        return True
    if post is None or actor.account_id is None or account_id not in {None, actor.account_id}:
        return False
    return Posting.objects.filter(
        holds_on(timezone.localdate(at)), account_id=actor.account_id, post_id=post.pk
    ).exists()


def _tidy(grant: Grant) -> Grant:
    return Grant(
        kind=grant.kind,
        rights=grant.rights,
        validity=grant.validity,
        scope=grant.scope,
        basis_number=clean(grant.basis_number),
        basis_date=grant.basis_date,
        reason=clean(grant.reason, keep_lines=True),
    )


def _giver(post: Post | None, unit: Unit, giving: Giving, at: datetime) -> Giver:
    on = timezone.localdate(at)
    path = tuple(unit.path)
    if post is None:
        if unit.kind not in AGENCY_KINDS:
            raise Invalid(Problem("not_an_agency", "Chỉ cơ quan có mã, có dấu mới phân cấp; hãy chọn cơ quan.", "unit"))
        posts = Post.objects.filter(holds_on(on), unit__agency_id=unit.pk).values_list("rights", flat=True)
        own = frozenset(right for rights in posts for right in rights)
        return Giver(own=own, path=path, is_agency=True)
    held = Posting.objects.filter(holds_on(on), holds_on(on, "post__"), post_id=post.pk)
    holders = frozenset(held.values_list("account_id", flat=True))
    if giving.account_id is not None and giving.account_id not in holders:
        raise Invalid(Problem("post_not_held", "Người giao không giữ vị trí này.", "account"))
    givers = frozenset(filter(None, [giving.account_id])) or holders
    own = frozenset(post.rights) if post.valid_to is None or post.valid_to > on else frozenset()
    return Giver(own=own, borrowed=_borrowed(givers, at) - own, path=path, account_ids=givers)


def _borrowed(account_ids: Iterable[int], at: datetime) -> frozenset[str]:
    """Rights that these people only have because somebody lent them."""
    wanted = set(account_ids)
    return frozenset(right for one in standing_delegations(at) if one.receivers & wanted for right in one.rights)


def _receiver(giving: Giving, at: datetime) -> Receiver:
    on = timezone.localdate(at)
    if sum(one is not None for one in (giving.to_account_id, giving.to_post_id, giving.to_unit_id)) != 1:
        message = "Hãy chọn đúng một bên nhận: một người, một vị trí hoặc một đơn vị."
        raise Invalid(Problem("one_receiver", message, "receiver"))
    held = _receiving(
        giving, Posting.objects.filter(holds_on(on), holds_on(on, "post__"), holds_on(on, "post__unit__"))
    )
    rows = held.values_list("account_id", "account__is_active", "post__unit_id", "post__unit__path", "post__rights")
    posts = tuple((unit_id, tuple(path), frozenset(rights)) for _, _, unit_id, path, rights in rows)
    active = {account_id for account_id, is_active, *_ in rows if is_active}
    return Receiver(posts=posts, account_ids=frozenset(active), is_active=bool(active) or not posts)


def _receiving(giving: Giving, held: QuerySet[Posting]) -> QuerySet[Posting]:
    if giving.to_account_id is not None:
        return held.filter(account_id=giving.to_account_id)
    if giving.to_post_id is not None:
        return held.filter(post_id=giving.to_post_id)
    leading = [Right.LEAD_DIVISION.value, Right.LEAD_AGENCY.value]
    return held.filter(post__unit_id=giving.to_unit_id or 0, post__rights__overlap=leading)


def _holders(rows: Iterable[Delegation], at: datetime) -> dict[tuple[str, int | None], frozenset[int]]:
    """Who holds each post and leads each unit that these delegations name (one query)."""
    rows = list(rows)
    posts = {pk for row in rows for pk in (row.from_post_id, row.to_post_id) if pk}
    units = {row.to_unit_id for row in rows if row.to_unit_id}
    held = Posting.objects.filter(holds_on(timezone.localdate(at)))
    leading = Q(post__unit_id__in=units, post__rights__overlap=[Right.LEAD_DIVISION.value, Right.LEAD_AGENCY.value])
    found: dict[tuple[str, int | None], set[int]] = {}
    for account_id, post_id, unit_id, rights in held.filter(Q(post_id__in=posts) | leading).values_list(
        "account_id", "post_id", "post__unit_id", "post__rights"
    ):
        found.setdefault(("post", post_id), set()).add(account_id)
        if {Right.LEAD_DIVISION, Right.LEAD_AGENCY} & set(rights):
            found.setdefault(("unit", unit_id), set()).add(account_id)
    return {key: frozenset(people) for key, people in found.items()}
