"""Lưu bộ lọc, thủ tục ưa dùng: what an officer keeps to work faster; the journal knows only what others see."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.models import Unit
from motcua.agencies.terms import Right
from motcua.dossiers.models import FavouriteProcedure, SavedList
from motcua.identity.terms import Actor
from motcua.journal.actions.record import record
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, Problem
from motcua.kernel.text import clean
from motcua.procedures.models import Procedure

MOST_LISTS = 30
_LONGEST_NAME, _LONGEST_QUERY = 60, 2000


@transaction.atomic
def keep_list(*, actor: Actor, name: str, query: str, unit_id: int | None = None, at: datetime) -> SavedList:
    """Lưu bộ lọc under a name, in the place of the actor's list of the same name; a leader may share it in the unit.

    Raises Invalid, NotPermitted for sharing without leading the unit.
    """
    tidy, owner_id = clean(name)[:_LONGEST_NAME], actor.known_id
    mine = SavedList.objects.select_for_update().filter(owner_id=owner_id)
    if problem := _problem(tidy, query, mine.exclude(name=tidy).count()):
        raise Invalid(problem)
    if unit_id is not None:
        _require_lead(actor, unit_id)
    facts = {"query": query, "unit_id": unit_id}
    kept, _is_new = SavedList.objects.update_or_create(
        owner_id=owner_id, name=tidy, defaults=facts, create_defaults={**facts, "position": mine.count() + 1}
    )
    if unit_id is not None:
        record(actor, "list.shared", Unit.objects.select_for_update().get(pk=unit_id), at=at, data={"name": tidy})
    return kept


def _problem(name: str, query: str, others: int) -> Problem | None:
    if not name:
        return Problem("name_missing", "Hãy đặt tên cho bộ lọc.", "name")
    if len(query) > _LONGEST_QUERY:
        return Problem("query_too_long", "Điều kiện lọc dài quá; hãy bỏ bớt.", "name")
    if others >= MOST_LISTS:
        return Problem("too_many_lists", f"Đã có {MOST_LISTS} bộ lọc; hãy xóa bớt.", "name")
    return None


def _require_lead(actor: Actor, unit_id: int) -> None:
    leads = any(actor.has(right, unit_id=unit_id) for right in (Right.LEAD_DIVISION, Right.LEAD_AGENCY))
    if not leads:
        raise NotPermitted(Problem("not_leader", "Chỉ lãnh đạo đơn vị được đặt bộ lọc dùng chung."))


@transaction.atomic
def drop_list(*, actor: Actor, list_id: int) -> None:
    """Xóa bộ lọc of one's own; raises NotFound."""
    _own(actor, list_id).delete()


@transaction.atomic
def open_list_first(*, actor: Actor, list_id: int, is_first: bool) -> SavedList:
    """Đặt bộ lọc mở đầu tiên, or not any more; raises NotFound."""
    kept = _own(actor, list_id)
    SavedList.objects.filter(owner_id=actor.known_id, is_default=True).update(is_default=False)
    kept.is_default = is_first
    kept.save(update_fields=["is_default"])
    return kept


@transaction.atomic
def move_list(*, actor: Actor, list_id: int, up: bool) -> None:
    """Đổi thứ tự bộ lọc: one place up or down; raises NotFound."""
    _own(actor, list_id)
    order = list(SavedList.objects.select_for_update().filter(owner_id=actor.known_id).order_by("position", "pk"))
    place = next(number for number, one in enumerate(order) if one.pk == list_id)
    other = max(0, place - 1) if up else min(len(order) - 1, place + 1)
    order[place], order[other] = order[other], order[place]
    for number, one in enumerate(order, start=1):
        one.position = number
    SavedList.objects.bulk_update(order, ["position"])


def _own(actor: Actor, list_id: int) -> SavedList:
    found = SavedList.objects.select_for_update().filter(pk=list_id, owner_id=actor.known_id).first()
    if found is None:
        raise NotFound(Problem("no_list", "Không có bộ lọc này trong các bộ lọc của bạn."))
    return found


@transaction.atomic
def mark_favourite(*, actor: Actor, procedure_code: str, is_favourite: bool) -> None:
    """Đánh dấu thủ tục ưa dùng, or take the mark away; doing it twice changes nothing. Raises NotFound."""
    procedure = Procedure.objects.filter(code=procedure_code).first()
    if procedure is None:
        raise NotFound(Problem("no_procedure", "Không tìm thấy thủ tục này."))
    mine = FavouriteProcedure.objects.filter(account_id=actor.known_id, procedure=procedure)
    if is_favourite:
        row = FavouriteProcedure(account_id=actor.known_id, procedure=procedure)
        FavouriteProcedure.objects.bulk_create([row], ignore_conflicts=True)
    else:
        mine.delete()
