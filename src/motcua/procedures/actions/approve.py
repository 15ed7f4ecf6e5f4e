"""Duyệt công bố, trả lại bản thảo."""

from datetime import date, datetime

from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.checks import reason_problems
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.kernel.text import clean
from motcua.procedures.access import lock_draft
from motcua.procedures.actions.draft import drafting_of, facts_of, require_seen
from motcua.procedures.actions.publish import problems_before_publishing, put_in_force
from motcua.procedures.events import DraftReturned
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries.reading import day_of
from motcua.procedures.rules.approval import problems_before_approval


@transaction.atomic
def approve_version(
    *, actor: Actor, code: str, revision: int, at: datetime, valid_from: date | None = None
) -> ProcedureVersion:
    """Duyệt công bố: a second person publishes the draft from the day it was proposed for, or from `valid_from`.

    The approver is another account than everybody who changed the draft or proposed it. Raises NotPermitted,
    NotFound, Conflict when it is not the draft the approver saw, RuleBroken with every problem.
    """
    approver = actor.known_id
    draft = lock_draft(actor, code)
    require_seen(draft, revision)
    kept = drafting_of(draft, at)
    begins = valid_from or kept.proposed_from or day_of(at)
    if problems := [*problems_before_approval(facts_of(draft), approver), *problems_before_publishing(draft, begins)]:
        raise RuleBroken(problems)
    version = put_in_force(actor, draft, begins, at)
    data = {"code": code, "number": version.number, "proposed_by": kept.proposed_by_id}
    record(actor, "procedure.approved", version.procedure, at=at, data=data)
    return version


@transaction.atomic
def return_draft(*, actor: Actor, code: str, reason: str, at: datetime) -> ProcedureVersion:
    """Trả lại bản thảo: it no longer waits for its approver and may be changed again.

    Its authors take it back the same way. Raises NotPermitted, NotFound, Invalid without a reason, RuleBroken when it
    does not wait.
    """
    returner = actor.known_id
    draft = lock_draft(actor, code)
    said = clean(reason)
    if problems := reason_problems(said):
        raise Invalid(problems)
    kept = drafting_of(draft, at)
    if not kept.is_proposed:
        raise RuleBroken(Problem("not_proposed", "Bản thảo chưa được xin công bố."))
    kept.proposed_by, kept.proposed_at, kept.proposed_from = None, None, None
    kept.returned_by_id, kept.returned_at, kept.return_reason = returner, at, said
    kept.save()
    emit(
        DraftReturned(
            procedure_id=draft.procedure_id, code=code, number=draft.number, returned_by_id=returner, reason=said
        ),
        at=at,
    )
    data = {"code": code, "number": draft.number, "reason": said}
    record(actor, "procedure.draft_returned", draft.procedure, at=at, data=data)
    return draft
