"""Đăng ký gom hồ sơ, phát kết quả qua bưu chính."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import visible_to
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import ENDED, Status
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.checks import tidy_phone
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, Problem, RuleBroken
from motcua.kernel.inserting import insert
from motcua.kernel.text import clean
from motcua.postal.access import may_order, office_for
from motcua.postal.events import PostalOrderRegistered
from motcua.postal.models import PostalOrder
from motcua.postal.rules.orders import contact_problems
from motcua.postal.terms import LIVE, CarrierState, Direction, OrderState


@dataclass(frozen=True, slots=True)
class Contact:
    """The citizen's side of an order: whom to see, where; empty name and phone are those of the dossier's owner."""

    address: str
    name: str = ""
    phone: str = ""
    email: str = ""
    commune: str = ""
    province: str = ""
    note: str = ""


@transaction.atomic
def register_order(
    *, actor: Actor, dossier_id: int, direction: Direction, contact: Contact, at: datetime, cod_amount: int = 0
) -> PostalOrder:
    """Đăng ký bưu chính: the applicant or the desk asks the post to fetch papers, or to bring the result.

    `cod_amount`: đồng to collect on delivery. Raises NotFound, NotPermitted, Invalid, Conflict when such an order is
    already on its way, RuleBroken for an ended dossier or where no post office serves.
    """
    seen = visible_to(actor).filter(pk=dossier_id).select_related("owner", "submitter")
    dossier = seen.select_for_update(of=("self",)).first()
    if dossier is None:
        raise NotFound(Problem("no_dossier", "Không tìm thấy hồ sơ, hoặc hồ sơ không thuộc phạm vi của bạn."))
    if not may_order(actor, dossier):
        raise NotPermitted(Problem("not_your_dossier", "Việc này do người nộp hồ sơ hoặc nơi tiếp nhận làm."))
    if problems := _state_problems(dossier, direction, cod_amount):
        raise RuleBroken(problems)
    desk_id = dossier.desk_id if direction == Direction.PICK_UP else dossier.delivery_desk_id
    office = office_for(desk_id, at.astimezone(VIET_NAM).date())
    return open_order(actor, dossier, direction, contact, at=at, office_id=office.id, cod_amount=cod_amount)


def open_order(
    actor: Actor,
    dossier: Dossier,
    direction: Direction,
    contact: Contact,
    *,
    at: datetime,
    office_id: int,
    cod_amount: int = 0,
    state: OrderState = OrderState.REGISTERED,
) -> PostalOrder:
    """Write a new order of a dossier that its caller holds, tell and record it; raises Invalid, Conflict."""
    contact = _tidy(contact, dossier)
    if problems := contact_problems(
        name=contact.name, phone=contact.phone, email=contact.email, address=contact.address, note=contact.note
    ):
        raise Invalid(problems)
    if PostalOrder.objects.filter(dossier=dossier, direction=direction, state__in=sorted(LIVE)).exists():
        raise Conflict(Problem("ordered_already", f"Hồ sơ đã có đơn «{direction.label.lower()}» đang thực hiện."))
    uses_carrier = settings.POST_PROVIDER != "by_hand" and state == OrderState.REGISTERED
    order = PostalOrder(
        dossier=dossier,
        direction=direction,
        state=state,
        office_id=office_id,
        desk_id=dossier.desk_id if direction == Direction.PICK_UP else dossier.delivery_desk_id,
        cod_amount=cod_amount,
        contact_name=contact.name,
        contact_phone=contact.phone,
        contact_email=contact.email,
        contact_address=contact.address,
        contact_commune=contact.commune,
        contact_province=contact.province,
        note=contact.note,
        registered_at=at,
        collected_at=at if state == OrderState.COLLECTING else None,
        last_act_at=at,
        last_by_name=actor.name,
        carrier_state=CarrierState.WAITING if uses_carrier else CarrierState.NONE,
        carrier_next_at=at if uses_carrier else None,
    )
    insert(order)
    emit(PostalOrderRegistered(dossier_id=dossier.pk, code=dossier.code, order_id=order.pk), at=at)
    data = {"code": dossier.code, "direction": direction, "office": unit_by_id(office_id).name}
    record(actor, "postal.order_registered", order, at=at, data=data, is_new=True)
    return order


def _state_problems(dossier: Dossier, direction: Direction, cod_amount: int) -> list[Problem]:
    problems = []
    if direction == Direction.PICK_UP and dossier.status in ENDED | {Status.FINISHED}:
        problems.append(Problem("dossier_over", "Hồ sơ đã giải quyết xong, không còn giấy tờ nào cần gom."))
    if direction == Direction.DELIVERY and dossier.status != Status.FINISHED:
        problems.append(Problem("no_result", "Hồ sơ chưa có kết quả để phát."))
    if cod_amount < 0:
        problems.append(Problem("amount", "Tiền thu hộ không được âm.", "cod_amount"))
    return problems


def _tidy(contact: Contact, dossier: Dossier) -> Contact:
    owner = dossier.owner
    return replace(
        contact,
        name=clean(contact.name) or owner.name,
        phone=tidy_phone(clean(contact.phone)) or owner.phone or dossier.submitter.phone,
        email=clean(contact.email),
        address=clean(contact.address),
        commune=clean(contact.commune),
        province=clean(contact.province),
        note=clean(contact.note, keep_lines=True),
    )
