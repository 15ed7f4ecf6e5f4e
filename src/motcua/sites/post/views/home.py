"""Today's work of the post office, and of the desk with the post."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.agencies.terms import Right
from motcua.identity.requests import actor_in
from motcua.postal.queries import desk_orders, money_in_bag, post_day, recent_sheets, returned_to
from motcua.postal.terms import Direction, OrderState
from motcua.sites.office.shell import office_page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`GET /buu-chinh/`: to fetch, in hand, to deliver, undelivered; sheets that wait; money in the bag."""
    actor, at = actor_in(request), timezone.now()
    offices = actor.units_with(Right.POST_OFFICE)
    bags = money_in_bag(offices)
    waiting = [one for one in recent_sheets(actor) if one.to_unit_id in offices and _is_open(one)]
    context = {
        "day": post_day(offices, on=timezone.localdate(at)),
        "bags": bags,
        "money": sum(one.total for one in bags),
        "waiting": waiting,
        "places": [post.unit_name for post in actor.postings if post.unit_id in offices],
    }
    return office_page(request, "post/home.html", context)


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """`GET /buu-chinh/mot-cua/`: what the post brings to this desk, what it fetches there, what came back."""
    actor = actor_in(request)
    desks = actor.units_with(Right.RECEIVE)
    context = {
        "waiting": [one for one in recent_sheets(actor) if one.to_unit_id in desks and _is_open(one)],
        "to_hand_over": desk_orders(desks, OrderState.REGISTERED, Direction.DELIVERY),
        "coming": [
            *desk_orders(desks, OrderState.REGISTERED, Direction.PICK_UP),
            *desk_orders(desks, OrderState.COLLECTING, Direction.PICK_UP),
        ],
        "travelling": [
            one
            for state in (OrderState.HANDED_TO_POST, OrderState.ON_THE_WAY, OrderState.UNDELIVERED)
            for one in desk_orders(desks, state, Direction.DELIVERY)
        ],
        "returned": returned_to(desks),
    }
    return office_page(request, "post/desk.html", context)


def _is_open(sheet: object) -> bool:
    return getattr(sheet, "taken_at", None) is None and getattr(sheet, "dropped_at", None) is None
