"""Who may change the catalogue, and the gate every change goes through."""

from motcua.agencies.models import Unit
from motcua.agencies.terms import Right, UnitKind
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, NotPermitted, Problem
from motcua.procedures.models import Procedure, ProcedureVersion


def may_keep_catalogue(actor: Actor) -> bool:
    """Whether the actor may change procedures: the system, or an administrator of a province-level agency.

    The catalogue holds for the whole province; a commune's administrator only decides what the commune offers.
    """
    if actor.is_system:
        return True
    agencies = actor.agencies_with(Right.ADMIN)
    if not agencies:
        return False
    return Unit.objects.filter(id__in=agencies).exclude(kind=UnitKind.COMMUNE).exists()


def require_catalogue(actor: Actor) -> None:
    """Raise NotPermitted unless the actor may change procedures."""
    if not may_keep_catalogue(actor):
        raise NotPermitted(Problem("not_catalogue_admin", "Chỉ quản trị cấp tỉnh được sửa danh mục thủ tục."))


def may_offer(actor: Actor, agency: Unit) -> bool:
    """Whether the actor may say what the agency offers: its administrators, or whoever keeps the catalogue."""
    return actor.reaches(Right.ADMIN, agency.path) or may_keep_catalogue(actor)


def require_offer(actor: Actor, agency: Unit) -> None:
    """Raise NotPermitted unless the actor may say what the agency offers."""
    if not may_offer(actor, agency):
        message = "Chỉ quản trị của cơ quan được đăng ký thủ tục cơ quan tiếp nhận."
        raise NotPermitted(Problem("not_agency_admin", message))


def lock_procedure(actor: Actor, code: str) -> Procedure:
    """Return the procedure with its row locked, for a change of what it says.

    Raises NotPermitted before it says whether the procedure exists, then NotFound.
    """
    require_catalogue(actor)
    return locked(code)


def locked(code: str) -> Procedure:
    """Return the procedure with its row locked; raises NotFound. The caller has checked the right."""
    found = Procedure.objects.select_for_update().filter(code=code).first()
    if found is None:
        raise NotFound(Problem("no_procedure", "Không có thủ tục hành chính mang mã này.", "code"))
    return found


def require_house(actor: Actor) -> None:
    """Raise NotPermitted unless the house itself acts: what people write is published by two of them."""
    if not actor.is_system:
        message = "Công bố thủ tục cần hai người: một người xin công bố, một người khác duyệt."
        raise NotPermitted(Problem("two_people_needed", message))


def lock_draft(actor: Actor, code: str) -> ProcedureVersion:
    """Return the draft of a procedure, the procedure's row locked; its `drafting` loaded where it has one.

    Raises NotPermitted, NotFound when there is no such procedure or it has no draft.
    """
    procedure = lock_procedure(actor, code)
    draft = procedure.versions.filter(published_at__isnull=True).select_related("drafting").first()
    if draft is None:
        raise NotFound(Problem("no_draft", "Thủ tục không có bản thảo nào."))
    draft.procedure = procedure
    return draft
