"""Sheets: what changes hands, confirmed by both sides."""

import pytest

from motcua.dossiers.tests.world import MONDAY
from motcua.journal.queries import entries_about
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, RuleBroken
from motcua.postal.actions.cancel import cancel_order
from motcua.postal.actions.pick_up import collect_papers, start_pick_up
from motcua.postal.actions.sheets import drop_sheet, make_sheet, take_over_sheet
from motcua.postal.actions.take_in import take_in_at_post
from motcua.postal.models import PostalOrder, PostalSheet
from motcua.postal.papers import sheet_pdf
from motcua.postal.queries import orders_for_sheet, recent_sheets, sheet_of
from motcua.postal.terms import Direction, OrderState, SheetKind
from motcua.postal.tests.world import AT_POST, PostWorld


def held(world: PostWorld, *, again: bool = False) -> PostalOrder:
    application = world.application(**AT_POST, confirmed_duplicate=again)
    dossier = take_in_at_post(actor=world.postman, office_id=world.office.pk, application=application, at=MONDAY)
    return PostalOrder.objects.get(dossier=dossier)


def to_centre(world: PostWorld, *orders: PostalOrder) -> PostalSheet:
    return make_sheet(
        actor=world.postman,
        kind=SheetKind.TO_CENTRE,
        from_unit_id=world.office.pk,
        to_unit_id=world.desk.pk,
        order_ids=[one.pk for one in orders],
        at=MONDAY,
    )


def test_both_sides_confirm_and_what_is_missing_stays(world: PostWorld) -> None:
    first, second = held(world), held(world, again=True)
    sheet = to_centre(world, first, second)
    assert (sheet.number, sheet.code) == (1, "001/2026/BK")
    assert orders_for_sheet(SheetKind.TO_CENTRE, world.office.pk) == []
    missing = {second.pk: "Thiếu bản chính giấy chứng nhận"}
    sheet = take_over_sheet(actor=world.clerk, sheet_id=sheet.pk, missing=missing, at=MONDAY)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.national_code, first.sheet_id) == (OrderState.HANDED_IN, 3, None)
    assert (second.state, second.sheet_id) == (OrderState.COLLECTING, None)
    items = sheet_of(world.postman, sheet.pk).items.order_by("position")
    assert [(one.is_there, one.difference) for one in items] == [(True, ""), (False, missing[second.pk])]
    assert orders_for_sheet(SheetKind.TO_CENTRE, world.office.pk) == [second]
    assert [entry.verb for entry in entries_about(sheet)] == ["postal.sheet_made", "postal.sheet_taken"]
    assert sheet_pdf(sheet).startswith(b"%PDF")
    assert to_centre(world, second).number == 2


def test_who_may_make_and_take_over(world: PostWorld) -> None:
    order = held(world)
    with pytest.raises(NotPermitted):
        make_sheet(
            actor=world.clerk,
            kind=SheetKind.TO_CENTRE,
            from_unit_id=world.office.pk,
            to_unit_id=world.desk.pk,
            order_ids=[order.pk],
            at=MONDAY,
        )
    sheet = to_centre(world, order)
    with pytest.raises(NotPermitted):
        take_over_sheet(actor=world.second_postman, sheet_id=sheet.pk, missing={}, at=MONDAY)
    with pytest.raises(NotFound):
        take_over_sheet(actor=world.stranger, sheet_id=sheet.pk, missing={}, at=MONDAY)
    with pytest.raises(NotFound):
        sheet_of(world.stranger, sheet.pk)
    with pytest.raises(Invalid):
        take_over_sheet(actor=world.clerk, sheet_id=sheet.pk, missing={order.pk: " "}, at=MONDAY)
    both = world.officer("kiem-nhiem", world.office, "Nhân viên", "post_office")
    assert recent_sheets(both) == [sheet]


def test_nobody_gives_and_takes_alone(world: PostWorld) -> None:
    from dataclasses import replace

    order = held(world)
    sheet = to_centre(world, order)
    alone = replace(world.postman, postings=(*world.postman.postings, *world.clerk.postings))
    with pytest.raises(NotPermitted, match="không tự nhận"):
        take_over_sheet(actor=alone, sheet_id=sheet.pk, missing={}, at=MONDAY)


def test_only_what_fits_goes_on_a_sheet(world: PostWorld) -> None:
    with pytest.raises(Invalid):
        to_centre(world)
    order = world.order(Direction.PICK_UP)
    with pytest.raises(RuleBroken):
        to_centre(world, order)
    start_pick_up(actor=world.postman, order_id=order.pk, at=MONDAY)
    with pytest.raises(RuleBroken):
        to_centre(world, order)
    collect_papers(actor=world.postman, order_id=order.pk, at=MONDAY)
    to_centre(world, order)
    order.refresh_from_db()
    with pytest.raises(RuleBroken):
        to_centre(world, order)
    with pytest.raises(RuleBroken, match="bảng kê"):
        cancel_order(actor=world.postman, order_id=order.pk, reason="Nhầm", at=MONDAY)


def test_a_sheet_may_be_dropped_before_it_is_taken_over(world: PostWorld) -> None:
    order = held(world)
    sheet = to_centre(world, order)
    with pytest.raises(NotPermitted):
        drop_sheet(actor=world.clerk, sheet_id=sheet.pk, at=MONDAY)
    drop_sheet(actor=world.postman, sheet_id=sheet.pk, at=MONDAY)
    order.refresh_from_db()
    assert order.sheet_id is None
    with pytest.raises(RuleBroken, match="đã hủy"):
        take_over_sheet(actor=world.clerk, sheet_id=sheet.pk, missing={}, at=MONDAY)
    again = to_centre(world, order)
    take_over_sheet(actor=world.clerk, sheet_id=again.pk, missing={}, at=MONDAY)
    with pytest.raises(RuleBroken, match="nhận"):
        drop_sheet(actor=world.postman, sheet_id=again.pk, at=MONDAY)
