"""The gates of the room: whose bill, drawer, statement; each hands out its row locked."""

from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, NotPermitted, Problem
from motcua.payments.models import Bill, Shift, Statement


def lock_bill(bill_id: int) -> Bill:
    """Return the bill, its row locked; who may touch it is asked by whoever owns its subject. Raises NotFound."""
    found = Bill.objects.select_for_update().filter(pk=bill_id).first()
    if found is None:
        raise NotFound(Problem("no_bill", "Không tìm thấy khoản phải nộp này."))
    return found


def collects_at(actor: Actor, desk_id: int) -> bool:
    """Whether the actor takes money at that desk."""
    return actor.has(Right.RECEIVE, unit_id=desk_id)


def need_desk(actor: Actor, desk_id: int) -> None:
    """Raise NotPermitted when the actor does not work at that desk."""
    if not collects_at(actor, desk_id):
        raise NotPermitted(Problem("not_your_desk", f"Bạn không thu tiền tại {unit_by_id(desk_id).name}."))


def lock_shift(actor: Actor, shift_id: int) -> Shift:
    """Return the shift, its row locked, for those of its desk; raises NotFound."""
    found = Shift.objects.select_for_update().filter(pk=shift_id).first()
    if found is None or not (collects_at(actor, found.desk_id) or leads_desk(actor, found.desk_id)):
        raise NotFound(Problem("no_shift", "Không tìm thấy ca thu này."))
    return found


def leads_desk(actor: Actor, desk_id: int) -> bool:
    """Whether the actor leads the desk or the agency it belongs to."""
    agency_id = unit_by_id(desk_id).agency_id
    return actor.has(Right.LEAD_DIVISION, unit_id=desk_id) or actor.has(Right.LEAD_AGENCY, agency_id=agency_id)


def money_units(actor: Actor) -> frozenset[int]:
    """Return the agencies whose bank lines and daily checks the actor works on."""
    rights = (Right.RECEIVE, Right.LEAD_AGENCY)
    return frozenset(agency for right in rights for agency in actor.agencies_with(right))


def need_unit(actor: Actor, unit_id: int) -> None:
    """Raise NotPermitted when the unit's money is not the actor's business."""
    if not actor.is_system and unit_id not in money_units(actor):
        raise NotPermitted(Problem("not_your_money", "Bạn không phụ trách thu của đơn vị này."))


def need_lead(actor: Actor, unit_id: int) -> None:
    """Raise NotPermitted when the actor does not lead the unit's agency."""
    if not actor.has(Right.LEAD_AGENCY, agency_id=unit_id):
        raise NotPermitted(Problem("leaders_only", "Chỉ lãnh đạo đơn vị khai báo tài khoản và quyển biên lai."))


def lock_statement(actor: Actor, statement_id: int) -> Statement:
    """Return the statement, its row locked; raises NotFound when it is not of a unit of the actor."""
    found = Statement.objects.select_for_update().filter(pk=statement_id, unit_id__in=money_units(actor)).first()
    if found is None:
        raise NotFound(Problem("no_statement", "Không tìm thấy tệp sao kê này."))
    return found
