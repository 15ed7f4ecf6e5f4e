"""Whose stack it is and who may digitise for a dossier: whoever may mark its papers as checked."""

from datetime import datetime

from motcua.dossiers.access import acts_open_to, get_visible, may, sees_whole
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.kernel.errors import Conflict, NotFound, NotPermitted, Problem
from motcua.scanning.models import Stack
from motcua.scanning.terms import StackState


def may_digitise(actor: Actor, dossier: Dossier, at: datetime) -> bool:
    """Return whether the actor may digitise papers of the dossier now."""
    return sees_whole(actor, dossier) and Act.CHECK_PAPERS in acts_open_to(actor, dossier, at)


def dossier_to_digitise(actor: Actor, dossier_id: int, at: datetime) -> Dossier:
    """Return the dossier; raises NotFound, NotPermitted, Conflict when its result is decided already."""
    dossier = get_visible(actor, dossier_id)
    if not may(actor, dossier, Act.CHECK_PAPERS) or not sees_whole(actor, dossier):
        message = "Bạn không có quyền số hóa giấy tờ của hồ sơ này ở bước hiện tại."
        raise NotPermitted(Problem("no_right", message))
    if not may_digitise(actor, dossier, at):
        raise Conflict(Problem("too_late", "Hồ sơ đã có kết quả hoặc đã kết thúc nên không số hóa thêm giấy tờ được."))
    return dossier


def get_stack(actor: Actor, stack_id: int) -> Stack:
    """Return a stack of a dossier the actor may see whole; raises NotFound."""
    found = Stack.objects.filter(pk=stack_id).select_related("dossier", "opened_by").first()
    if found is None:
        raise _nothing()
    dossier = get_visible(actor, found.dossier_id)
    if not sees_whole(actor, dossier):
        raise _nothing()
    found.dossier = dossier
    return found


def lock_stack(actor: Actor, stack_id: int, *, at: datetime, revision: int | None = None) -> Stack:
    """Return an open stack that was read, its row locked, when the actor may digitise for its dossier.

    Raises NotFound, NotPermitted, Conflict (closed meanwhile, still being read, or arranged by somebody else since
    `revision`).
    """
    seen = get_stack(actor, stack_id)
    dossier_to_digitise(actor, seen.dossier_id, at)
    found = Stack.objects.select_for_update().get(pk=stack_id)
    found.dossier = seen.dossier
    if not found.is_open:
        message = f"Xấp giấy này {found.get_state_display().lower()} lúc trước; hãy mở lại trang số hóa của hồ sơ."
        raise Conflict(Problem("stack_closed", message))
    if found.state == StackState.READING:
        raise Conflict(Problem("still_reading", "Xấp giấy đang được đọc; hãy chờ đọc xong."))
    if revision is not None and revision != found.revision:
        message = "Có người vừa sắp xếp lại các trang này; hãy xem lại rồi bấm lần nữa."
        raise Conflict(Problem("arranged_meanwhile", message))
    return found


def _nothing() -> NotFound:
    return NotFound(Problem("no_stack", "Không tìm thấy xấp giấy đã quét này."))
