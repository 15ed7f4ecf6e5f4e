"""Lập, nhận, hủy bảng kê bàn giao."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid, NotPermitted, Problem, RuleBroken
from motcua.kernel.inserting import insert, insert_all
from motcua.kernel.text import clean
from motcua.postal.access import lock_sheet, need_end
from motcua.postal.actions.change import move_order, refuse_change
from motcua.postal.actions.numbers import next_number
from motcua.postal.models import PostalOrder, PostalSheet, PostalSheetItem
from motcua.postal.rules.orders import CARRIES
from motcua.postal.terms import SheetKind

_SERIES = "sheet"


@transaction.atomic
def make_sheet(
    *, actor: Actor, kind: SheetKind, from_unit_id: int, to_unit_id: int, order_ids: Sequence[int], at: datetime
) -> PostalSheet:
    """Lập bảng kê bàn giao: one side names everything it gives; nothing changes hands before the other confirms.

    Raises NotPermitted for somebody of the other side, Invalid for an empty sheet, RuleBroken for an order that does
    not fit (other state, other end, on another sheet).
    """
    need_end(actor, from_unit_id)
    orders = list(
        PostalOrder.objects.filter(pk__in=order_ids)
        .select_related("dossier")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    if not orders or len(orders) != len(set(order_ids)):
        raise Invalid(Problem("nothing_chosen", "Hãy chọn ít nhất một hồ sơ để bàn giao.", "orders"))
    if problems := [one for order in orders for one in _misfits(order, kind, from_unit_id, to_unit_id)]:
        raise RuleBroken(problems)
    year, number = next_number(from_unit_id, _SERIES, at)
    sheet = PostalSheet(
        kind=kind,
        year=year,
        number=number,
        from_unit_id=from_unit_id,
        to_unit_id=to_unit_id,
        made_at=at,
        made_by_id=actor.known_id,
        made_by_name=actor.name,
    )
    insert(sheet)
    rows = [PostalSheetItem(sheet=sheet, position=place, order=one) for place, one in enumerate(orders, start=1)]
    insert_all(rows)
    for order in orders:
        order.sheet = sheet
        order.save(update_fields=["sheet"])
    data = {"number": sheet.code, "kind": kind, "orders": [order.dossier.code for order in orders]}
    record(actor, "postal.sheet_made", sheet, at=at, data=data, is_new=True)
    return sheet


@transaction.atomic
def take_over_sheet(*, actor: Actor, sheet_id: int, missing: Mapping[int, str], at: datetime) -> PostalSheet:
    """Nhận bàn giao theo bảng kê: the other side confirms what is there; `missing`: order id → what is wrong.

    What is missing stays with the giver, its difference is named on the sheet.
    """
    sheet = lock_sheet(actor, sheet_id)
    need_end(actor, sheet.to_unit_id)
    _refuse_closed(sheet)
    if sheet.made_by_id == actor.account_id:
        raise NotPermitted(Problem("two_persons", "Người lập bảng kê không tự nhận bàn giao được."))
    missing = {order_id: clean(words) for order_id, words in missing.items()}
    if any(not words for words in missing.values()):
        raise Invalid(
            Problem("difference_unnamed", "Hồ sơ nào thiếu hoặc không đúng thì ghi rõ chênh lệch.", "missing")
        )
    sheet.taken_at, sheet.taken_by_id, sheet.taken_by_name = at, actor.known_id, actor.name
    sheet.save(update_fields=["taken_at", "taken_by", "taken_by_name"])
    _, _, after = CARRIES[SheetKind(sheet.kind)]
    for item, order in _locked(sheet):
        item.is_there, item.difference = order.pk not in missing, missing.get(order.pk, "")
        item.save(update_fields=["is_there", "difference"])
        order.sheet = None
        if item.is_there:
            refuse_change(order, after)
            move_order(actor, order, after, at=at, also=("sheet",))
        else:
            order.save(update_fields=["sheet"])
    data = {"number": sheet.code, "missing": [f"{order_id}: {words}" for order_id, words in missing.items()]}
    record(actor, "postal.sheet_taken", sheet, at=at, data=data)
    return sheet


@transaction.atomic
def drop_sheet(*, actor: Actor, sheet_id: int, at: datetime) -> PostalSheet:
    """Hủy bảng kê that the other side has not taken over yet; its number is not given again."""
    sheet = lock_sheet(actor, sheet_id)
    need_end(actor, sheet.from_unit_id)
    _refuse_closed(sheet)
    sheet.dropped_at = at
    sheet.save(update_fields=["dropped_at"])
    for _, order in _locked(sheet):
        order.sheet = None
        order.save(update_fields=["sheet"])
    record(actor, "postal.sheet_dropped", sheet, at=at, data={"number": sheet.code})
    return sheet


def _misfits(order: PostalOrder, kind: SheetKind, from_unit_id: int, to_unit_id: int) -> list[Problem]:
    direction, states, _ = CARRIES[kind]
    ends = (order.desk_id, order.office_id) if kind == SheetKind.TO_POST else (order.office_id, order.desk_id)
    fits = order.direction == direction and order.state in states and ends == (from_unit_id, to_unit_id)
    if direction == "pick_up" and order.collected_at is None:
        fits = False
    if not fits or order.sheet_id is not None:
        message = f"Hồ sơ {order.dossier.code} không bàn giao theo bảng kê này được; hãy bỏ chọn."
        return [Problem("not_for_sheet", message, "orders")]
    return []


def _refuse_closed(sheet: PostalSheet) -> None:
    if sheet.taken_at is not None or sheet.dropped_at is not None:
        word = f"đã được {sheet.taken_by_name} nhận" if sheet.taken_at else "đã hủy"
        raise RuleBroken(Problem("sheet_closed", f"Bảng kê {sheet.code} {word}."))


def _locked(sheet: PostalSheet) -> list[tuple[PostalSheetItem, PostalOrder]]:
    items = list(sheet.items.order_by("position"))
    orders = (
        PostalOrder.objects.filter(pk__in=[item.order_id for item in items])
        .select_related("dossier")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    by_id = {order.pk: order for order in orders}
    return [(item, by_id[item.order_id]) for item in items]
