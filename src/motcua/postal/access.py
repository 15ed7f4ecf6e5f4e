"""Whose order it is, who may carry it, and the post clerk acting for the desk."""

from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from motcua.agencies.queries import UnitInfo, units_on
from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right, UnitKind
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.acts import problems_of_moment
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, NotPermitted, Problem, RuleBroken
from motcua.postal.models import MoneyHandover, PostalOrder, PostalSheet

_FOR_THE_DESK = "Nhân viên bưu chính thay mặt"


def visible_orders(actor: Actor) -> QuerySet[PostalOrder]:
    """Return the orders the actor may read: their own, those of their post office, those of their desk."""
    if actor.is_system:
        return PostalOrder.objects.all()
    if actor.kind == "citizen":
        mine = Q(dossier__owner__account_id=actor.account_id) | Q(dossier__submitter__account_id=actor.account_id)
        return PostalOrder.objects.filter(mine)
    return PostalOrder.objects.filter(
        Q(office_id__in=actor.units_with(Right.POST_OFFICE)) | Q(desk_id__in=actor.units_with(Right.RECEIVE))
    )


def get_order(actor: Actor, order_id: int) -> PostalOrder:
    """Return the order for reading; raises NotFound."""
    related = ("dossier__procedure", "dossier__version", "dossier__owner", "dossier__submitter", "office", "desk")
    found = visible_orders(actor).filter(pk=order_id).select_related(*related).first()
    if found is None:
        raise _nothing("Không tìm thấy đơn bưu chính này.")
    return found


def lock_order(actor: Actor, order_id: int, *, at: datetime, by_post: bool) -> PostalOrder:
    """Return the order with its row locked; `by_post`: only the clerk of its office may do this.

    Raises NotFound, NotPermitted, RuleBroken for a moment before the last act or in the future.
    """
    found = visible_orders(actor).filter(pk=order_id).select_related("dossier").select_for_update(of=("self",)).first()
    if found is None:
        raise _nothing("Không tìm thấy đơn bưu chính này.")
    if by_post:
        need_post(actor, found.office_id)
    if problems := problems_of_moment(at, last_act_at=found.last_act_at, now=timezone.now()):
        raise RuleBroken(problems)
    return found


def lock_sheet(actor: Actor, sheet_id: int) -> PostalSheet:
    """Return the sheet with its row locked when the actor is at one of its ends; raises NotFound."""
    found = visible_sheets(actor).filter(pk=sheet_id).select_for_update().first()
    if found is None:
        raise _nothing("Không tìm thấy bảng kê này.")
    return found


def visible_sheets(actor: Actor) -> QuerySet[PostalSheet]:
    """Return the sheets to or from the actor's post office or desk."""
    units = actor.units_with(Right.POST_OFFICE) | actor.units_with(Right.RECEIVE)
    return PostalSheet.objects.filter(Q(from_unit_id__in=units) | Q(to_unit_id__in=units))


def visible_money(actor: Actor) -> QuerySet[MoneyHandover]:
    """Return the lists of money from the actor's post office, or to their desk or tax office."""
    to_units = actor.units_with(Right.RECEIVE) | actor.units_with(Right.HANDLE)
    return MoneyHandover.objects.filter(
        Q(office_id__in=actor.units_with(Right.POST_OFFICE)) | Q(to_unit_id__in=to_units)
    )


def need_post(actor: Actor, office_id: int) -> None:
    """Raise NotPermitted unless the actor is a clerk of that post office."""
    if not actor.has(Right.POST_OFFICE, unit_id=office_id):
        raise NotPermitted(Problem("not_your_office", f"Việc này do {unit_by_id(office_id).name} làm."))


def need_end(actor: Actor, unit_id: int) -> None:
    """Raise NotPermitted unless the actor works at that end of a sheet: a post office or a desk."""
    if not (actor.has(Right.POST_OFFICE, unit_id=unit_id) or actor.has(Right.RECEIVE, unit_id=unit_id)):
        raise NotPermitted(Problem("not_your_end", f"Việc này do {unit_by_id(unit_id).name} làm."))


def may_order(actor: Actor, dossier: Dossier) -> bool:
    """Return whether the actor may order the post for the dossier: its applicant, its desk, a post clerk, the house."""
    if actor.is_system or actor.has(Right.RECEIVE, unit_id=dossier.desk_id):
        return True
    parties = {dossier.owner.account_id, dossier.submitter.account_id}
    return actor.kind == "citizen" and actor.account_id in parties


def office_for(desk_id: int, on: date) -> UnitInfo:
    """Return the post office that serves a desk: that of its commune, else the first of its province.

    Raises RuleBroken when there is none.
    """
    desk = unit_by_id(desk_id)
    offices = [one for one in units_on(on, kind=UnitKind.POST_OFFICE) if one.path[0] == desk.path[0]]
    if not offices:
        message = "Chưa có bưu điện nào phục vụ nơi này; hãy nộp và nhận trực tiếp tại Bộ phận Một cửa."
        raise RuleBroken(Problem("no_post_office", message))
    territory = unit_by_id(desk.agency_id).territory_code
    return next((one for one in offices if territory and one.territory_code == territory), offices[0])


def in_trust(actor: Actor, office_id: int, desk_id: int) -> Actor:
    """Return the post clerk as they act for the desk with one dossier: same person, the desk's right beside their own.

    Raises NotPermitted when they are no clerk of that office.
    """
    need_post(actor, office_id)
    own = next(post for post in actor.postings if post.unit_id == office_id and Right.POST_OFFICE in post.rights)
    desk = unit_by_id(desk_id)
    lent = replace(
        own,
        post_title=_FOR_THE_DESK,
        unit_id=desk.id,
        agency_id=desk.agency_id,
        unit_path=desk.path,
        unit_name=desk.name,
        rights=frozenset({Right.RECEIVE}),
    )
    return actor.holding([*actor.postings, lent])


def _nothing(message: str) -> NotFound:
    return NotFound(Problem("no_order", message))
