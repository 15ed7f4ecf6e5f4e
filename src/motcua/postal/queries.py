"""Lists of the post clerk, of the desk, of a dossier."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet, Sum

from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.actions.charging import KIND
from motcua.dossiers.models import Dossier
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, Problem
from motcua.kernel.rows import Rows
from motcua.payments.queries.standing import bill_of, standing_of_bill
from motcua.postal.access import visible_money, visible_sheets
from motcua.postal.models import MoneyHandover, PostalOrder, PostalReceipt, PostalSheet
from motcua.postal.rules.orders import CARRIES
from motcua.postal.terms import Direction, OrderState, SheetKind

_RELATED = ("dossier__procedure", "dossier__owner", "office", "desk", "sheet")
_MOST = 200


def to_collect(order: PostalOrder) -> int:
    """Return what the clerk takes at the door now, đồng: what the dossier owes; without a bill, what is ordered."""
    bill = bill_of(KIND, order.dossier_id)
    return order.cod_amount if bill is None else standing_of_bill(bill).owed


def owed_by(dossier: Dossier) -> int:
    """Return what is still to be paid of the dossier's phí, lệ phí, đồng."""
    bill = bill_of(KIND, dossier.pk)
    return standing_of_bill(bill).owed if bill else 0


@dataclass(frozen=True, slots=True)
class PostDay:
    """What a post office has to do now; every list holds orders, oldest first."""

    to_fetch: Sequence[PostalOrder] = ()
    fetching: Sequence[PostalOrder] = ()
    held: Sequence[PostalOrder] = ()
    to_deliver: Sequence[PostalOrder] = ()
    on_the_way: Sequence[PostalOrder] = ()
    undelivered: Sequence[PostalOrder] = ()
    done: Sequence[PostalOrder] = field(default=())


def post_day(office_ids: frozenset[int], *, on: date) -> PostDay:
    """Return the work of the post offices, and what was done on that day (two queries)."""
    orders = PostalOrder.objects.filter(office_id__in=office_ids).select_related(*_RELATED).order_by("registered_at")
    live = list(orders.filter(state__in=_OFFICE_LIVE)[:_MOST])

    def of(direction: Direction, state: OrderState) -> list[PostalOrder]:
        return [one for one in live if one.direction == direction and one.state == state]

    collecting = of(Direction.PICK_UP, OrderState.COLLECTING)
    start, end = day_span(on)
    ended = orders.exclude(state__in=_OFFICE_LIVE).filter(last_act_at__gte=start, last_act_at__lt=end)
    return PostDay(
        to_fetch=of(Direction.PICK_UP, OrderState.REGISTERED),
        fetching=[one for one in collecting if one.collected_at is None],
        held=[one for one in collecting if one.collected_at is not None],
        to_deliver=of(Direction.DELIVERY, OrderState.HANDED_TO_POST),
        on_the_way=of(Direction.DELIVERY, OrderState.ON_THE_WAY),
        undelivered=of(Direction.DELIVERY, OrderState.UNDELIVERED),
        done=list(ended.order_by("-last_act_at")[:_MOST]),
    )


_OFFICE_LIVE = (
    OrderState.REGISTERED,
    OrderState.COLLECTING,
    OrderState.HANDED_TO_POST,
    OrderState.ON_THE_WAY,
    OrderState.UNDELIVERED,
)


def day_span(on: date) -> tuple[datetime, datetime]:
    """Return the first moment of a Vietnamese day and of the next."""
    start = datetime.combine(on, time(), VIET_NAM)
    return start, start + timedelta(days=1)


def desk_orders(desk_ids: frozenset[int], state: OrderState, direction: Direction) -> list[PostalOrder]:
    """Return the orders of the desks in that state, oldest first."""
    found = PostalOrder.objects.filter(desk_id__in=desk_ids, direction=direction, state=state)
    return list(found.select_related(*_RELATED).order_by("registered_at")[:_MOST])


def returned_to(desk_ids: frozenset[int]) -> list[PostalOrder]:
    """Return the results that came back and have not been given out since."""
    found = PostalOrder.objects.filter(
        desk_id__in=desk_ids, state=OrderState.BACK, dossier__delivery__isnull=True
    ).select_related(*_RELATED)
    newest: dict[int, PostalOrder] = {}
    for order in found.order_by("registered_at")[:_MOST]:
        newest[order.dossier_id] = order
    underway = PostalOrder.objects.filter(
        dossier_id__in=list(newest), direction=Direction.DELIVERY, state__in=_OFFICE_LIVE
    )
    again = set(underway.values_list("dossier_id", flat=True))
    return [order for dossier_id, order in newest.items() if dossier_id not in again]


def orders_for_sheet(kind: SheetKind, from_unit_id: int) -> list[PostalOrder]:
    """Return what may go on a sheet of that kind from that unit: not on another sheet."""
    direction, states, _ = CARRIES[kind]
    end = "desk_id" if kind == SheetKind.TO_POST else "office_id"
    found = PostalOrder.objects.filter(direction=direction, state__in=sorted(states), sheet__isnull=True)
    if direction == Direction.PICK_UP:
        found = found.filter(collected_at__isnull=False)
    return list(found.filter(**{end: from_unit_id}).select_related(*_RELATED).order_by("registered_at")[:_MOST])


def recent_sheets(actor: Actor) -> list[PostalSheet]:
    """Return the actor's sheets, open ones first, then the newest."""
    related = visible_sheets(actor).select_related("from_unit", "to_unit").annotate(count=Count("items"))
    found = list(related.order_by("-made_at")[:60])
    return sorted(found, key=lambda one: one.taken_at is not None or one.dropped_at is not None)


def sheet_of(actor: Actor, sheet_id: int) -> PostalSheet:
    """Return one sheet for reading; raises NotFound."""
    related = ("items__order__dossier__procedure", "items__order__dossier__owner")
    found = visible_sheets(actor).filter(pk=sheet_id).select_related("from_unit", "to_unit").prefetch_related(*related)
    sheet = found.first()
    if sheet is None:
        raise NotFound(Problem("no_sheet", "Không tìm thấy bảng kê này."))
    return sheet


@dataclass(frozen=True, slots=True)
class Bag:
    """Money taken for one unit and one purpose and not yet closed."""

    office_id: int
    purpose: str
    to_unit_id: int
    to_unit_name: str
    count: int
    total: int


def money_in_bag(office_ids: frozenset[int]) -> list[Bag]:
    """Return what the post offices hold, by purpose and receiver."""
    rows = (
        PostalReceipt.objects.filter(office_id__in=office_ids, handover__isnull=True)
        .values("office_id", "purpose", "for_unit_id")
        .annotate(count=Count("pk"), total=Sum("amount"))
        .order_by("purpose", "for_unit_id")
    )
    return [
        Bag(
            row["office_id"],
            row["purpose"],
            row["for_unit_id"],
            unit_by_id(row["for_unit_id"]).name,
            row["count"],
            row["total"],
        )
        for row in rows
    ]


def receipts_of_day(office_ids: frozenset[int], on: date) -> list[PostalReceipt]:
    """Return what the post offices took on that day, newest first."""
    start, end = day_span(on)
    found = PostalReceipt.objects.filter(office_id__in=office_ids, taken_at__gte=start, taken_at__lt=end)
    return list(found.select_related("dossier", "for_unit").order_by("-pk")[:_MOST])


def receipt_of(actor: Actor, receipt_id: int) -> PostalReceipt:
    """Return one receipt for its post office, its receiver, or the citizen whose dossier it is; raises NotFound."""
    found = PostalReceipt.objects.filter(pk=receipt_id).select_related("dossier__owner", "office", "for_unit").first()
    if found is not None and (actor.is_system or _may_read(actor, found)):
        return found
    raise NotFound(Problem("no_receipt", "Không tìm thấy chứng từ này."))


def _may_read(actor: Actor, receipt: PostalReceipt) -> bool:
    if actor.kind == "citizen":
        return actor.account_id in {receipt.dossier.owner.account_id, receipt.dossier.submitter.account_id}
    units = {post.unit_id for post in actor.postings}
    return bool(units & {receipt.office_id, receipt.for_unit_id, receipt.dossier.desk_id, receipt.dossier.unit_id})


def money_lists(actor: Actor) -> QuerySet[MoneyHandover]:
    """Return the lists of money the actor may read, those that wait for their confirmation first."""
    found = visible_money(actor).select_related("office", "to_unit")
    return found.order_by("received_at", "-closed_at")


def money_list(actor: Actor, handover_id: int) -> MoneyHandover:
    """Return one list of money for reading; raises NotFound."""
    found = visible_money(actor).filter(pk=handover_id).select_related("office", "to_unit").first()
    if found is None:
        raise NotFound(Problem("no_money_list", "Không tìm thấy bảng kê nộp tiền này."))
    return found


def orders_of(dossier: Dossier) -> list[PostalOrder]:
    """Return every order of a dossier, oldest first."""
    return _OF_DOSSIER(dossier=dossier.pk)


_OF_DOSSIER = Rows(
    lambda dossier: PostalOrder.objects.filter(dossier_id=dossier).select_related("office", "desk").order_by("pk"),
    dossier=int,
)
