"""Xin công bố phiên bản thủ tục."""

from datetime import date, datetime

from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Conflict, Problem, RuleBroken
from motcua.kernel.text import clean
from motcua.procedures.access import lock_draft, require_catalogue
from motcua.procedures.actions.draft import create_draft_version, drafting_of, facts_of, require_seen
from motcua.procedures.actions.import_definition import ImportOutcome, says_so_already
from motcua.procedures.actions.publish import problems_before_publishing
from motcua.procedures.events import PublicationProposed
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.rules.approval import problems_before_change
from motcua.procedures.terms import Definition


@transaction.atomic
def propose_version(
    *, actor: Actor, code: str, revision: int, valid_from: date, at: datetime, note: str = ""
) -> ProcedureVersion:
    """Xin công bố: the draft waits for a second person, who publishes it from `valid_from` or sends it back.

    `revision` is the draft its proposer saw. Nobody changes the draft while it waits. Raises NotPermitted, NotFound,
    Conflict when somebody changed it since, RuleBroken with every problem of the definition, or when it waits
    already.
    """
    proposer = actor.known_id
    draft = lock_draft(actor, code)
    require_seen(draft, revision)
    problems = [*problems_before_change(facts_of(draft)), *problems_before_publishing(draft, valid_from)]
    if problems:
        raise RuleBroken(problems)
    kept = drafting_of(draft, at)
    kept.proposed_by_id, kept.proposed_at, kept.proposed_from, kept.proposal_note = (
        proposer,
        at,
        valid_from,
        clean(note),
    )
    kept.returned_by, kept.returned_at, kept.return_reason = None, None, ""
    kept.authors = sorted({*kept.authors, proposer})
    kept.save()
    fact = PublicationProposed(
        procedure_id=draft.procedure_id,
        code=code,
        number=draft.number,
        valid_from=valid_from,
        proposed_by_id=proposer,
    )
    emit(fact, at=at)
    data = {"code": code, "number": draft.number, "valid_from": valid_from.isoformat(), "note": kept.proposal_note}
    record(actor, "procedure.publication_proposed", draft.procedure, at=at, data=data)
    return draft


def propose_definition(*, actor: Actor, definition: Definition, valid_from: date, at: datetime) -> ImportOutcome:
    """Xin công bố một thủ tục từ tệp: write the draft down and ask a second person to publish it.

    proposed: it waits; unchanged: the catalogue, or the draft that waits already, says so; refused: a rule forbids
    it, or somebody works on another draft, and nothing is written. Raises NotPermitted.
    """
    require_catalogue(actor)
    if says_so_already(definition) or _waits(definition):
        return ImportOutcome(definition.code, "unchanged")
    try:
        with transaction.atomic():
            draft = create_draft_version(actor=actor, definition=definition, at=at, revision=0)
            revision = draft.drafting.revision
            propose_version(actor=actor, code=definition.code, revision=revision, valid_from=valid_from, at=at)
    except RuleBroken as refusal:
        return ImportOutcome(definition.code, "refused", refusal.problems)
    except Conflict:
        message = "Thủ tục đang có bản thảo khác; hãy công bố hoặc bỏ bản thảo ấy trước."
        return ImportOutcome(definition.code, "refused", (Problem("other_draft", message),))
    return ImportOutcome(definition.code, "proposed")


def _waits(definition: Definition) -> bool:
    waiting = ProcedureVersion.objects.filter(procedure__code=definition.code, drafting__proposed_at__isnull=False)
    return definition.as_json() in waiting.filter(published_at__isnull=True).values_list("definition", flat=True)
