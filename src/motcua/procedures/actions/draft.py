"""Soạn phiên bản thủ tục."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Problem, RuleBroken
from motcua.procedures.access import locked, require_catalogue
from motcua.procedures.models import Domain, Procedure, ProcedureVersion
from motcua.procedures.rules.language import search_text_of
from motcua.procedures.terms import Definition


@transaction.atomic
def create_draft_version(*, actor: Actor, definition: Definition, at: datetime) -> ProcedureVersion:
    """Soạn phiên bản thủ tục: write down what the next version of a procedure shall say.

    A procedure has at most one draft: the second call changes it, and does nothing when it says the same. A draft
    may still break rules; publishing it may not. Raises NotPermitted, and RuleBroken when the field's code already
    has another name.
    """
    require_catalogue(actor)
    procedure = _procedure(definition)
    draft = procedure.versions.filter(published_at__isnull=True).first()
    if draft is not None and draft.definition == definition.as_json():
        return draft
    is_new = draft is None
    if draft is None:
        number = (procedure.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        draft = ProcedureVersion(procedure=procedure, number=number, created_at=at)
    _write(draft, definition)
    verb = "procedure.drafted" if is_new else "procedure.draft_changed"
    record(actor, verb, procedure, at=at, data={"code": procedure.code, "number": draft.number})
    return draft


def _procedure(definition: Definition) -> Procedure:
    """The procedure of the definition, locked; made, with its field, where it does not exist yet."""
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
    draft.name_fold, draft.keywords_fold, draft.summary_fold = text.name, text.keywords, text.summary
    draft.save()
