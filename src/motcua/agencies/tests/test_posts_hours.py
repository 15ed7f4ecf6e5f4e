"""Posts and working hours."""

from datetime import date, time

import pytest

from motcua.agencies import queries
from motcua.agencies.actions import NewPost, add_post, add_posts, close, close_post, set_hours
from motcua.agencies.models import Post, WorkingHours
from motcua.agencies.terms import DEFAULT_WEEK, Right
from motcua.agencies.tests.test_units import refused
from motcua.agencies.tests.world import AT, HOUSE, SINCE, TODAY, AdminOf, Small
from motcua.journal.queries import entries_about
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, RuleBroken

pytestmark = pytest.mark.django_db
MORNING = ((time(7, 30), time(11, 0)),)


def test_add_and_close_a_post(small: Small) -> None:
    admin = AdminOf((small.ward.pk,))
    post = add_post(actor=admin, unit_id=small.desk.pk, title=" Tiếp  nhận ", rights=[Right.RECEIVE], on=TODAY, at=AT)
    assert (post.title, post.rights) == ("Tiếp nhận", ["receive"])
    close_post(actor=admin, post_id=post.pk, on=date(2026, 4, 1), at=AT)
    assert [entry.verb for entry in entries_about(post)] == ["post.added", "post.closed"]
    refused(
        lambda: close_post(actor=admin, post_id=post.pk, on=date(2026, 4, 1), at=AT), RuleBroken, "post_closed_already"
    )


def test_posts_refuse(small: Small) -> None:
    facts = {"unit_id": small.desk.pk, "title": "X", "rights": ["receive"], "on": TODAY, "at": AT}
    refused(lambda: add_post(actor=AdminOf((small.other.pk,)), **facts), NotPermitted, "not_administrator")
    refused(
        lambda: add_post(actor=HOUSE, **(facts | {"rights": ["fly"], "title": ""})),
        Invalid,
        "required",
        "unknown_right",
    )
    post = add_post(actor=HOUSE, **facts)
    refused(lambda: close_post(actor=AdminOf(), post_id=post.pk, on=TODAY, at=AT), NotPermitted, "not_administrator")
    refused(lambda: close_post(actor=HOUSE, post_id=0, on=TODAY, at=AT), NotFound, "post_unknown")


def test_add_posts_all_or_none(small: Small) -> None:
    good = NewPost(small.desk.pk, "Văn thư", (Right.SEAL,), TODAY)
    refused(
        lambda: add_posts(actor=HOUSE, posts=[good, NewPost(small.desk.pk, "", ("x",), TODAY)], at=AT),
        Invalid,
        "required",
        "unknown_right",
    )
    refused(lambda: add_posts(actor=HOUSE, posts=[good, NewPost(0, "A", (), TODAY)], at=AT), NotFound, "unit_unknown")
    refused(lambda: add_posts(actor=AdminOf(), posts=[good], at=AT), NotPermitted, "not_administrator")
    assert [post.title for post in add_posts(actor=HOUSE, posts=[good], at=AT)] == ["Văn thư"]


def test_closing_a_unit_ends_its_posts(small: Small) -> None:
    post = add_post(actor=HOUSE, unit_id=small.division.pk, title="A", rights=["handle"], on=SINCE, at=AT)
    close(actor=HOUSE, unit_id=small.division.pk, successor_id=None, on=TODAY, at=AT)
    assert Post.objects.get(pk=post.pk).valid_to == TODAY


def test_hours_come_from_the_nearest_unit_above(small: Small) -> None:
    assert queries.hours_of(small.desk.pk, TODAY) == DEFAULT_WEEK
    set_hours(actor=HOUSE, unit_id=None, week={0: MORNING}, on=SINCE, at=AT)
    assert queries.hours_of(small.desk.pk, TODAY) == queries.hours_of(None, TODAY) == {0: MORNING}
    set_hours(actor=AdminOf((small.ward.pk,)), unit_id=small.ward.pk, week={1: MORNING}, on=TODAY, at=AT)
    assert queries.hours_of(small.desk.pk, TODAY) == {1: MORNING}
    assert queries.hours_of(small.desk.pk, date(2026, 3, 1)) == {0: MORNING}
    assert queries.hours_of(small.other.pk, TODAY) == {0: MORNING}
    set_hours(actor=HOUSE, unit_id=small.ward.pk, week={}, on=date(2026, 4, 1), at=AT)
    assert queries.hours_of(small.desk.pk, date(2026, 4, 1)) == {0: MORNING}
    assert queries.hours_of(small.desk.pk, TODAY) == {1: MORNING}


def test_new_hours_replace_later_ones(small: Small) -> None:
    set_hours(actor=HOUSE, unit_id=small.ward.pk, week={0: MORNING}, on=date(2026, 5, 1), at=AT)
    set_hours(actor=HOUSE, unit_id=small.ward.pk, week={1: MORNING}, on=TODAY, at=AT)
    assert WorkingHours.objects.get().weekday == 1


def test_hours_refuse(small: Small) -> None:
    facts = {"unit_id": small.ward.pk, "week": {0: MORNING}, "on": TODAY, "at": AT}
    refused(lambda: set_hours(actor=AdminOf((small.other.pk,)), **facts), NotPermitted, "not_administrator")
    refused(
        lambda: set_hours(actor=AdminOf((small.ward.pk,)), **(facts | {"unit_id": None})),
        NotPermitted,
        "not_administrator",
    )
    refused(lambda: set_hours(actor=HOUSE, **(facts | {"week": {9: MORNING}})), Invalid, "weekday")
    set_hours(actor=HOUSE, **facts)
    refused(lambda: set_hours(actor=HOUSE, **facts), RuleBroken, "same_hours")
