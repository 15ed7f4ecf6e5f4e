"""Nhân bản, bỏ bản thảo thủ tục."""

from datetime import datetime

from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import NotFound, Problem, RuleBroken
from motcua.procedures.access import lock_draft, require_catalogue
from motcua.procedures.actions.draft import create_draft_version, facts_of, require_seen
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.rules.approval import problems_before_change
from motcua.procedures.terms import Definition


@transaction.atomic
def clone_procedure(*, actor: Actor, code: str, new_code: str, name: str, at: datetime) -> ProcedureVersion:
    """Nhân bản thủ tục: a draft under another code that says what this procedure says, its decision and review apart.

    The draft is copied where there is one, else what was published last. Raises NotPermitted, NotFound, RuleBroken
    when the new code is taken.
    """
    require_catalogue(actor)
    source = ProcedureVersion.objects.filter(procedure__code=code).order_by("-number").first()
    if source is None:
        raise NotFound(Problem("no_procedure", "Không có thủ tục hành chính mang mã này.", "code"))
    if Procedure.objects.filter(code=new_code, versions__isnull=False).exists():
        raise RuleBroken(Problem("code_taken", "Mã thủ tục này đã có trong danh mục.", "new_code"))
    changes = {"code": new_code, "name": name, "decision": "", "reviewed_on": None}
    said = Definition.model_validate(source.definition | changes)
    draft = create_draft_version(actor=actor, definition=said, at=at)
    record(actor, "procedure.cloned", draft.procedure, at=at, data={"code": new_code, "from": code})
    return draft


@transaction.atomic
def discard_draft(*, actor: Actor, code: str, revision: int, at: datetime) -> Procedure:
    """Bỏ bản thảo: what was published stays; a procedure that never was published stays without a version.

    Raises NotPermitted, NotFound, Conflict when somebody changed the draft since, RuleBroken while it waits for its
    approver.
    """
    draft = lock_draft(actor, code)
    require_seen(draft, revision)
    if problems := problems_before_change(facts_of(draft)):
        raise RuleBroken(problems)
    procedure, number = draft.procedure, draft.number
    draft.delete()
    record(actor, "procedure.draft_discarded", procedure, at=at, data={"code": code, "number": number})
    return procedure
