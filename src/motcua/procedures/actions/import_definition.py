"""Nhập thủ tục từ danh mục."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Problem, RuleBroken
from motcua.procedures.access import require_catalogue, require_house
from motcua.procedures.actions.draft import procedure_of, write_version
from motcua.procedures.actions.publish import publish_version
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries.reading import day_of
from motcua.procedures.terms import Definition


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of one definition; `problems` say why it was refused. proposed: it waits for a second person."""

    code: str
    result: Literal["taken", "changed", "unchanged", "refused", "proposed"]
    problems: tuple[Problem, ...] = ()


def import_definition(
    *, actor: Actor, definition: Definition, at: datetime, valid_from: date | None = None
) -> ImportOutcome:
    """Nhập thủ tục: make the catalogue say what the definition says, from `valid_from` (today when None).

    taken: a new procedure; changed: a new version of it; unchanged: it says so already, nothing is written;
    refused: a rule forbids it, nothing is written. Only the house itself takes definitions in like this, from the
    command line or while it is set up: what people write goes to a second person (`propose_version`). A draft that
    somebody works on stays as it is. Raises NotPermitted.
    """
    require_catalogue(actor)
    require_house(actor)
    if says_so_already(definition):
        return ImportOutcome(definition.code, "unchanged")
    try:
        number = _publish(actor, definition, valid_from or day_of(at), at)
    except RuleBroken as refusal:
        return ImportOutcome(definition.code, "refused", refusal.problems)
    return ImportOutcome(definition.code, "taken" if number == 1 else "changed")


def says_so_already(definition: Definition) -> bool:
    """Whether the version that holds without end says exactly this."""
    published = ProcedureVersion.objects.filter(procedure__code=definition.code, published_at__isnull=False)
    open_ones = published.filter(valid_to__isnull=True).values_list("definition", flat=True)
    return definition.as_json() in open_ones


@transaction.atomic
def _publish(actor: Actor, definition: Definition, valid_from: date, at: datetime) -> int:
    written = write_version(procedure_of(definition), definition, at)
    version = publish_version(actor=actor, version_id=written.pk, valid_from=valid_from, at=at)
    data = {"code": definition.code, "number": version.number}
    record(actor, "procedure.imported", version.procedure, at=at, data=data)
    return version.number
