"""Who may change units, and the gates that lock what is changed."""

from collections.abc import Sequence
from typing import Protocol

from motcua.agencies.directory import directory
from motcua.agencies.models import Post, Revision, Unit
from motcua.agencies.terms import Right
from motcua.journal.terms import Recorder
from motcua.kernel.errors import NotFound, NotPermitted, Problem


class Administrator(Recorder, Protocol):
    """Whoever wants to change units (identity's Actor is one)."""

    @property
    def is_system(self) -> bool: ...

    def reaches(self, right: Right | str, path: Sequence[int], /) -> bool: ...


def lock_tree() -> Revision:
    """Let one act at a time change the tree of units; the lock lasts until the end of the transaction."""
    return Revision.objects.select_for_update().get_or_create(pk=1)[0]


def lock_unit(actor: Administrator, unit_id: int, *, field: str = "unit") -> Unit:
    """The unit, locked, if the actor administers it; raises NotFound, NotPermitted."""
    lock_tree()
    found = Unit.objects.select_for_update().filter(pk=unit_id).first()
    if found is None:
        raise NotFound(Problem("unit_unknown", "Không tìm thấy đơn vị này.", field))
    require_admin(actor, found.path)
    return found


def lock_post(actor: Administrator, post_id: int) -> Post:
    """The post, locked, if the actor administers its unit; raises NotFound, NotPermitted."""
    found = Post.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=post_id).first()
    if found is None:
        raise NotFound(Problem("post_unknown", "Không tìm thấy vị trí việc làm này.", "post"))
    require_admin(actor, found.unit.path)
    return found


def require_admin(actor: Administrator, path: Sequence[int]) -> None:
    """Raise NotPermitted unless the actor administers the unit the path leads to (() = the installation)."""
    if path and actor.reaches(Right.ADMIN, path):
        return
    if not path and (actor.is_system or any(actor.reaches(Right.ADMIN, [root]) for root in root_ids())):
        return
    message = "Chỉ người quản trị của đơn vị này hoặc của đơn vị cấp trên được thực hiện việc này."
    raise NotPermitted(Problem("not_administrator", message))


def require_system(actor: Administrator) -> None:
    """Raise NotPermitted unless the house itself acts."""
    if not actor.is_system:
        message = "Việc này chỉ do hệ thống thực hiện khi cài đặt."
        raise NotPermitted(Problem("system_only", message))


def root_ids() -> list[int]:
    """Ids of the units with nothing above them."""
    return list(directory().roots)
