"""Lập và kết thúc vị trí việc làm."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from motcua.agencies.access import Administrator, lock_post, lock_tree, lock_unit, require_admin
from motcua.agencies.events import PostClosed
from motcua.agencies.models import Post, Unit
from motcua.agencies.rules.posts import post_closing_problems, post_problems
from motcua.agencies.rules.units import Span
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, NotFound, Problem, RuleBroken
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
    record(actor, "post.added", post, at=at, data=_told(post), is_new=True)
    return post


@dataclass(frozen=True, slots=True)
class NewPost:
    """A seat to add: in which unit, its title and rights, from which day."""

    unit_id: int
    title: str
    rights: tuple[str, ...]
    on: date


@transaction.atomic
def add_posts(*, actor: Administrator, posts: Sequence[NewPost], at: datetime) -> list[Post]:
    """Lập nhiều vị trí việc làm cùng lúc, all or none. Raises NotFound, NotPermitted, Invalid with every problem."""
    lock_tree()
    units = Unit.objects.in_bulk({post.unit_id for post in posts})
    problems: list[Problem] = []
    for new in posts:
        unit = units.get(new.unit_id)
        if unit is None:
            raise NotFound(Problem("unit_unknown", "Không tìm thấy đơn vị này.", "unit"))
        require_admin(actor, unit.path)
        problems += post_problems(clean(new.title), new.rights, Span(unit.valid_from, unit.valid_to), on=new.on)
    if problems:
        raise Invalid(problems)
    made = Post.objects.bulk_create(
        [
            Post(unit_id=new.unit_id, title=clean(new.title), rights=sorted(map(str, new.rights)), valid_from=new.on)
            for new in posts
        ],
        batch_size=500,
    )
    for post in made:
        record(actor, "post.added", post, at=at, data=_told(post), is_new=True)
    return made


def _told(post: Post) -> dict[str, object]:
    return {
        "unit": post.unit_id,
        "title": post.title,
        "rights": list(post.rights),
        "on": post.valid_from.isoformat(),
    }


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
