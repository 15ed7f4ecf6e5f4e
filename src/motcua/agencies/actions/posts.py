"""Lập và kết thúc vị trí việc làm."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from motcua.agencies.access import Administrator, lock_post, lock_unit
from motcua.agencies.events import PostClosed
from motcua.agencies.models import Post
from motcua.agencies.rules.posts import post_closing_problems, post_problems
from motcua.agencies.rules.units import Span
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, RuleBroken
from motcua.kernel.text import clean


@transaction.atomic
def add_post(*, actor: Administrator, unit_id: int, title: str, rights: Iterable[str], on: date, at: datetime) -> Post:
    """Lập vị trí việc làm: from `on` the unit has a seat whose holder has the rights (values of `Right`).

    Raises NotFound, NotPermitted, Invalid with every problem.
    """
    unit = lock_unit(actor, unit_id)
    given = sorted({str(right) for right in rights})
    if problems := post_problems(clean(title), given, Span(unit.valid_from, unit.valid_to), on=on):
        raise Invalid(problems)
    post = Post.objects.create(unit=unit, title=clean(title), rights=given, valid_from=on)
    told = {"unit": unit.pk, "title": post.title, "rights": given, "on": on.isoformat()}
    record(actor, "post.added", post, at=at, data=told, is_new=True)
    return post


@transaction.atomic
def close_post(*, actor: Administrator, post_id: int, on: date, at: datetime) -> Post:
    """Kết thúc vị trí việc làm: `on` is its first day of not being. Raises NotFound, NotPermitted, RuleBroken."""
    post = lock_post(actor, post_id)
    if problems := post_closing_problems(Span(post.valid_from, post.valid_to), on=on):
        raise RuleBroken(problems)
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    emit(PostClosed(post_id=post.pk, unit_id=post.unit_id, on=on), at=at)
    record(actor, "post.closed", post, at=at, data={"on": on.isoformat()})
    return post
