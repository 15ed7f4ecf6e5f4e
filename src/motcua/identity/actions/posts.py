"""Bố trí, thôi giữ và điều động vị trí việc làm."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.agencies.access import require_admin
from motcua.agencies.models import Post
from motcua.agencies.models.span import holds_on
from motcua.agencies.rules.units import Span
from motcua.identity.events import PostEnded
from motcua.identity.models import Account, Posting
from motcua.identity.rules.postings import assignment_problems, ending_problems, successor_problems
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.checks import reason_problems
from motcua.kernel.errors import Invalid, NotFound, Problem, RuleBroken
from motcua.kernel.text import clean


@transaction.atomic
def assign_post(*, actor: Actor, account_id: int, post_id: int, on: date, at: datetime) -> Posting:
    """Bố trí vị trí việc làm: from `on` the officer holds the post, besides those already held.

    The actor administers the unit of the post. Raises NotFound, NotPermitted, RuleBroken with every problem.
    """
    post = _post(post_id)
    require_admin(actor, post.unit.path)
    account = _locked(account_id)
    problems = assignment_problems(
        kind=account.kind,
        is_active=account.is_active,
        post=Span(post.valid_from, post.valid_to),
        unit=Span(post.unit.valid_from, post.unit.valid_to),
        held=[Span(*row) for row in account.postings.filter(post=post).values_list("valid_from", "valid_to")],
        on=on,
    )
    if problems:
        raise RuleBroken(problems)
    posting = Posting.objects.create(account=account, post=post, valid_from=on)
    told = {"post": post.pk, "title": post.title, "unit": post.unit_id, "on": on.isoformat()}
    record(actor, "account.post_assigned", account, at=at, data=told)
    return posting


@transaction.atomic
def end_post(
    *, actor: Actor, posting_id: int, successor_id: int | None, on: date, reason: str, at: datetime
) -> Account:
    """Thôi giữ vị trí việc làm: `on` is the first day the officer does not hold it.

    The open work of that post goes to the successor, who holds a post in the same unit (None: back to the unit).
    A posting that would end before it began is taken away. Raises NotFound, NotPermitted, Invalid without a reason,
    RuleBroken.
    """
    posting = Posting.objects.select_related("post__unit").filter(pk=posting_id).first()
    if posting is None:
        raise NotFound(Problem("posting_unknown", "Không tìm thấy việc giữ vị trí này.", "posting"))
    require_admin(actor, posting.post.unit.path)
    said = clean(reason)
    if problems := reason_problems(said):
        raise Invalid(problems)
    account = _locked(posting.account_id)
    posting = Posting.objects.select_for_update(of=("self",)).select_related("post").get(pk=posting_id)
    problems = ending_problems(
        Span(posting.valid_from, posting.valid_to), on=on, today=timezone.localdate(at)
    ) + problems_of_successor(successor_id, account, [posting.post.unit_id], on=timezone.localdate(at))
    if problems:
        raise RuleBroken(problems)
    end_posting(actor, account, posting, successor_id, on=on, reason=said, at=at)
    return account


@transaction.atomic
def move_officer(
    *, actor: Actor, posting_id: int, to_post_id: int, successor_id: int | None, on: date, reason: str, at: datetime
) -> Posting:
    """Điều động: the officer leaves one post, handing over its open work, and takes up another on the same day.

    The actor administers both units. Raises NotFound, NotPermitted, Invalid without a reason, RuleBroken.
    """
    account = end_post(actor=actor, posting_id=posting_id, successor_id=successor_id, on=on, reason=reason, at=at)
    return assign_post(actor=actor, account_id=account.pk, post_id=to_post_id, on=on, at=at)


def end_posting(
    actor: Actor, account: Account, posting: Posting, successor_id: int | None, *, on: date, reason: str, at: datetime
) -> None:
    """End a posting of a locked account; tells the other rooms and the journal."""
    post = posting.post
    if posting.valid_from >= on:
        posting.delete()
    else:
        posting.valid_to = on
        posting.save(update_fields=["valid_to"])
    event = PostEnded(account_id=account.pk, post_id=post.pk, unit_id=post.unit_id, successor_id=successor_id, on=on)
    emit(event, at=at)
    told = {"post": post.pk, "title": post.title, "unit": post.unit_id, "successor": successor_id, "on": on.isoformat()}
    record(actor, "account.post_ended", account, at=at, data=told | {"reason": reason})


def problems_of_successor(
    successor_id: int | None, leaver: Account, units: Iterable[int], *, on: date
) -> list[Problem]:
    """Why the successor may not take over in these units; raises NotFound when there is no such account."""
    if successor_id is None:
        return []
    successor = Account.objects.filter(pk=successor_id).first()
    if successor is None:
        raise NotFound(Problem("account_unknown", "Không tìm thấy tài khoản của người nhận bàn giao.", "successor"))
    held = successor.postings.filter(holds_on(on), holds_on(on, "post__"))
    return successor_problems(
        successor_id=successor.pk,
        leaver_id=leaver.pk,
        is_active=successor.is_active,
        units=set(held.values_list("post__unit_id", flat=True)),
        wanted=set(units),
    )


def _post(post_id: int) -> Post:
    found = Post.objects.select_related("unit").filter(pk=post_id).first()
    if found is None:
        raise NotFound(Problem("post_unknown", "Không tìm thấy vị trí việc làm này.", "post"))
    return found


def _locked(account_id: int) -> Account:
    found = Account.objects.select_for_update().filter(pk=account_id).first()
    if found is None:
        raise NotFound(Problem("account_unknown", "Không tìm thấy tài khoản này.", "account"))
    return found
