"""Phê duyệt và không phê duyệt: what both decisions have in common."""

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.access.process_facts import process_facts
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.models import Attachment, Dossier, DraftResult, Result
from motcua.dossiers.rules.flow import NOTHING, closed_ways, step_after_decision
from motcua.dossiers.rules.titles import signing_title
from motcua.dossiers.terms import Act, Status
from motcua.identity.terms import Actor
from motcua.kernel.errors import Conflict, Problem, RuleBroken
from motcua.kernel.inserting import insert
from motcua.kernel.rows import Rows
from motcua.processes.terms import Step


def read_draft(dossier: Dossier, number: int) -> DraftResult:
    """Return the draft the leader read; raises Conflict when it is no longer the latest."""
    latest = _LATEST.first(dossier=dossier.pk)
    if latest is None or latest.number != number:
        message = "Dự thảo đã có phiên bản mới hơn phiên bản bạn đọc; hãy mở lại hồ sơ và đọc phiên bản mới nhất."
        raise Conflict(Problem("draft_changed", message, "draft_number"))
    return latest


_LATEST = Rows(lambda dossier: DraftResult.objects.filter(dossier_id=dossier).order_by("-number")[:1], dossier=int)


@dataclass(frozen=True, slots=True)
class Decided:
    """What is decided on which draft; `signed`: the paper as signed by a key; `name`: its own, "" for the usual."""

    draft: DraftResult
    is_negative: bool
    note: str
    signed: Attachment | None = None
    name: str = ""


def decide(dossier: Dossier, *, actor: Actor, act: Act, at: datetime, said: Decided) -> None:
    """Fix the decision: its result, the end of processing, the next step (seal or desk)."""
    is_negative, note = said.is_negative, said.note
    papers = dossier.definition.results
    usual = said.name or (papers[0].name if papers else dossier.definition.name)
    name = "Văn bản trả lời không giải quyết" if is_negative else usual
    title = signing_title(dossier.acting_as(actor), unit_ids=(dossier.unit_id, dossier.agency_id))
    row = {
        "draft": said.draft,
        "is_negative": is_negative,
        "reason": note if is_negative else "",
        "name": name,
        "approved_by_id": actor.known_id,
        "signer_name": actor.name,
        "signer_title": title,
        "approved_at": at,
        "signed": said.signed,
    }
    result = Result.objects.filter(dossier=dossier).first()
    if result is None:
        insert(Result(dossier=dossier, **row))
    else:
        for column, value in {"dossier": dossier, **row}.items():
            setattr(result, column, value)
        result.save()
    dossier.is_negative, dossier.finished_at = is_negative, at
    step = way_on(dossier, actor, act, at)
    also = ("is_negative", "finished_at")
    advance(dossier, actor=actor, act=act, at=at, status=Status.FINISHED, step=step, note=note, also=also)


def way_on(dossier: Dossier, actor: Actor, act: Act, at: datetime) -> Step:
    """Return the step that follows the decision; raises RuleBroken when every way is closed."""
    facts = None if act == Act.REJECT else process_facts(dossier, at, actor)
    step = step_after_decision(dossier.definition, dossier.step, facts)
    if step is None:
        raise RuleBroken(closed_ways(dossier.definition, dossier.step, facts or NOTHING))
    return step
