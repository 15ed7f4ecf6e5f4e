"""Units: the tree and the list of a day, the page of one unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.agencies.models import FormerState, Post, Territory, WorkingHours
from motcua.agencies.models.span import holds_on
from motcua.agencies.queries import UnitInfo, hours_of, predecessors_of, successors_of, unit_by_slug
from motcua.agencies.queries import children_of as units_below
from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import TWO_TIER_FROM, WEEKDAYS, Right, UnitKind, Week
from motcua.identity.models import Account, Posting
from motcua.identity.requests import actor_in
from motcua.sites.backoffice.directory import picture_of
from motcua.sites.backoffice.reach import may_change
from motcua.sites.kit.forms import DayField
from motcua.sites.kit.thread import Link
from motcua.sites.office.shell import office_page

_SHOWN = 200


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/don-vi/?ngay=&loai=&q=`: the tree of a day; a list when something is looked for."""
    today = timezone.localdate()
    on, wrong_day = _day(request.GET.get("ngay", ""), today)
    picture = picture_of(on)
    text, kind = request.GET.get("q", "")[:200], request.GET.get("loai", "")
    kind = kind if kind in UnitKind.values else ""
    provisional = request.GET.get("ma") == "tam"
    found = picture.search(text, kind, provisional=provisional) if text.strip() or kind or provisional else None
    context = {
        "picture": picture,
        "on_text": f"{on:%d/%m/%Y}",
        "is_today": on == today,
        "wrong_day": wrong_day,
        "q": text,
        "kind": kind,
        "provisional": provisional,
        "filters": _filters(request, picture.counts(), kind),
        "found": found[:_SHOWN] if found is not None else None,
        "more": max(len(found) - _SHOWN, 0) if found else 0,
        "before_two_tiers": f"{TWO_TIER_FROM.replace(month=6, day=30):%d/%m/%Y}",
        "may_create": actor_in(request).has(Right.ADMIN),
    }
    return office_page(request, "backoffice/units.html", context)


def _day(text: str, today: date) -> tuple[date, bool]:
    """Return the day asked for (today when it cannot be read) and whether it could not be read."""
    try:
        return DayField(required=False).clean(text) or today, False
    except ValidationError:
        return today, True


def _filters(request: HttpRequest, counts: list[tuple[UnitKind, int]], kind: str) -> list[Link]:
    def url(value: str) -> str:
        query = request.GET.copy()
        query["loai"] = value
        return f"{request.path}?{query.urlencode()}"

    every = Link("Tất cả", url(""), not kind, sum(number for _, number in counts))
    return [every, *(Link(one.label, url(one.value), one.value == kind, number) for one, number in counts)]


@require_safe
def unit(request: HttpRequest, slug: str) -> HttpResponse:
    """`GET /quan-tri/don-vi/<slug>/`: codes, territory, hours, posts and who holds them, what it came from."""
    today, found = timezone.localdate(), unit_by_slug(slug)
    shown = today if found.holds_on(today) else (found.valid_from if found.valid_from > today else _last_day(found))
    week = hours_of(found.id, shown)
    above = [unit_by_id(one) for one in found.path[:-1]]
    context = {
        "unit": found,
        "above": above,
        "agency": unit_by_id(found.agency_id),
        "territory": Territory.objects.filter(pk=found.territory_id).first() if found.territory_id else None,
        "week": week_rows(week),
        "has_own_hours": WorkingHours.objects.filter(holds_on(shown), unit_id=found.id).exists(),
        "posts": _posts(found.id, shown),
        "below": units_below(found.id, shown),
        "successors": successors_of(found.id) if found.valid_to else [],
        "predecessors": predecessors_of(found.id),
        "former": FormerState.objects.filter(unit_id=found.id).select_related("parent").order_by("-valid_from"),
        "is_open": found.holds_on(today),
        "may_change": may_change(actor_in(request), found),
        "crumbs": [Link(one.name, reverse("backoffice:unit", args=[one.slug])) for one in above],
    }
    return office_page(request, "backoffice/unit.html", context)


def _last_day(found: UnitInfo) -> date:
    return date.fromordinal(found.valid_to.toordinal() - 1) if found.valid_to else found.valid_from


def week_rows(week: Week) -> list[tuple[str, str]]:
    """Return the days of a week with their hours in words; days alike stand together."""
    texts = [
        ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in week.get(day, ())) or "nghỉ" for day in range(7)
    ]
    rows: list[tuple[str, str]] = []
    first = 0
    for day in range(1, 8):
        if day == len(texts) or texts[day] != texts[first]:
            name = WEEKDAYS[first] if first == day - 1 else f"{WEEKDAYS[first]} – {WEEKDAYS[day - 1]}"
            rows.append((name, texts[first]))
            first = day
    return rows


@dataclass(frozen=True, slots=True)
class PostRow:
    """A seat, its rights in words, who holds it."""

    post: Post
    rights: str
    holders: list[Account]


def _posts(unit_id: int, on: date) -> list[PostRow]:
    holders: dict[int, list[Account]] = {}
    held = Posting.objects.filter(holds_on(on), post__unit_id=unit_id, account__is_active=True)
    for posting in held.select_related("account").order_by("account__sort_name"):
        holders.setdefault(posting.post_id, []).append(posting.account)
    return [
        PostRow(post, rights_text(post.rights), holders.get(post.pk, []))
        for post in Post.objects.filter(holds_on(on), unit_id=unit_id).order_by("id")
    ]


def rights_text(rights: Iterable[str]) -> str:
    """Return the rights of a post in words."""
    return ", ".join(Right(right).label for right in rights) or "không có quyền nghiệp vụ"
