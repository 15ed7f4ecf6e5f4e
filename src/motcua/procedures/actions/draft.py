"""Soạn phiên bản thủ tục."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Conflict, Problem, RuleBroken
from motcua.procedures.access import locked, require_catalogue
from motcua.procedures.models import Domain, Drafting, Procedure, ProcedureVersion
from motcua.procedures.rules.approval import DraftFacts, problems_before_change
from motcua.procedures.rules.language import search_text_of
from motcua.procedures.terms import Definition


@transaction.atomic
def create_draft_version(
    *, actor: Actor, definition: Definition, at: datetime, revision: int | None = None
) -> ProcedureVersion:
    """Soạn phiên bản thủ tục: write down what the next version of a procedure shall say.

    A procedure has at most one draft: the second call changes it, and does nothing when it says the same. A draft
    may still break rules; publishing it may not. `revision` is the one the writer saw (0 = there was no draft yet,
    None = whatever it is). Raises NotPermitted, Conflict when somebody else changed the draft since then, RuleBroken
    while it waits for its approver or when the field's code already has another name.
    """
    require_catalogue(actor)
    procedure = procedure_of(definition)
    draft = procedure.versions.filter(published_at__isnull=True).select_related("drafting").first()
    require_seen(draft, revision)
    if draft is not None and draft.definition == definition.as_json():
        return draft
    if draft is not None and (problems := problems_before_change(facts_of(draft))):
        raise RuleBroken(problems)
    is_new = draft is None
    draft = draft or new_version(procedure, at)
    _write(draft, definition)
    keep_drafting(draft, actor, at)
    verb = "procedure.drafted" if is_new else "procedure.draft_changed"
    record(actor, verb, procedure, at=at, data={"code": procedure.code, "number": draft.number})
    return draft


def facts_of(draft: ProcedureVersion) -> DraftFacts:
    """What the rules ask of a draft; one made before drafts had authors has none."""
    kept = getattr(draft, "drafting", None)
    return DraftFacts(kept.revision, frozenset(kept.authors), kept.is_proposed) if kept else DraftFacts()


def require_seen(draft: ProcedureVersion | None, revision: int | None) -> None:
    """Raise Conflict when the draft is not the one its writer saw."""
    if revision is None or revision == (facts_of(draft).revision if draft else 0):
        return
    kept: Drafting | None = getattr(draft, "drafting", None) if draft else None
    who = kept.changed_by.full_name if kept and kept.changed_by else "Người khác"
    when = f" lúc {timezone.localtime(kept.changed_at):%H:%M %d/%m/%Y}" if kept else ""
    message = f"{who} đã sửa bản thảo này{when}, sau khi bạn mở trang. Nội dung bạn gõ vẫn còn ở đây, chưa lưu."
    raise Conflict(Problem("draft_changed", message))


def new_version(procedure: Procedure, at: datetime) -> ProcedureVersion:
    """Return the next version of the procedure, not saved yet."""
    number = (procedure.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return ProcedureVersion(procedure=procedure, number=number, created_at=at)


def drafting_of(draft: ProcedureVersion, at: datetime) -> Drafting:
    """Return who writes the draft; made where it was written before drafts had authors."""
    draft.drafting = Drafting.objects.get_or_create(version=draft, defaults={"changed_at": at, "revision": 0})[0]
    return draft.drafting


def keep_drafting(draft: ProcedureVersion, actor: Actor, at: datetime) -> Drafting:
    """Count the change of the draft and remember who made it."""
    kept = drafting_of(draft, at)
    kept.begun_by_id = kept.begun_by_id or actor.account_id
    kept.revision += 1
    kept.changed_by_id, kept.changed_at = actor.account_id, at
    if actor.account_id is not None and actor.account_id not in kept.authors:
        kept.authors.append(actor.account_id)
    kept.save()
    return kept


def procedure_of(definition: Definition) -> Procedure:
    """Return the procedure of the definition, locked; made, with its field, where it does not exist yet.

    Raises RuleBroken when the field's code already has another name.
    """
    domain, _ = Domain.objects.get_or_create(code=definition.domain.code, defaults={"name": definition.domain.name})
    if domain.name != definition.domain.name:
        message = f"Mã lĩnh vực {domain.code} đã mang tên “{domain.name}”."
        raise RuleBroken(Problem("domain_name_differs", message, "domain.name"))
    first_facts = {"name": definition.name, "domain": domain, "level": definition.level}
    Procedure.objects.get_or_create(code=definition.code, defaults=first_facts)
    return locked(definition.code)


def _write(draft: ProcedureVersion, definition: Definition) -> None:
    text = search_text_of(definition)
    draft.definition = definition.as_json()
    draft.__dict__.pop("content", None)
    draft.name_fold, draft.keywords_fold, draft.summary_fold = text.name, text.keywords, text.summary
    draft.save()
    _repeat_name(draft, definition)


def _repeat_name(draft: ProcedureVersion, definition: Definition) -> None:
    """A procedure that was never published goes by the name, field and level of its draft."""
    procedure = draft.procedure
    if procedure.versions.filter(published_at__isnull=False).exists():
        return
    procedure.name, procedure.level = definition.name, definition.level
    procedure.domain = Domain.objects.get(code=definition.domain.code)
    procedure.save(update_fields=["name", "level", "domain"])


def write_version(procedure: Procedure, definition: Definition, at: datetime) -> ProcedureVersion:
    """Write a version beside a draft that people work on: what the house takes in from elsewhere."""
    version = new_version(procedure, at)
    _write(version, definition)
    return version
