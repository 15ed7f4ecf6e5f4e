"""Cài đặt gói thủ tục."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Conflict, Problem, RuleBroken
from motcua.packages.queries import Standing, standing_of
from motcua.packages.rules.checker import problems_in_package
from motcua.packages.rules.files import files_of
from motcua.packages.rules.zips import zip_of
from motcua.procedures.access import require_catalogue
from motcua.procedures.actions import create_draft_version, import_definition, propose_definition
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.queries.reading import day_of
from motcua.procedures.terms import Definition

Result = Literal["drafted", "proposed", "published", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Installed:
    """What became of a package: the version's number (0: none), and why it was refused."""

    code: str
    result: Result
    number: int = 0
    problems: tuple[Problem, ...] = ()


@transaction.atomic
def install_package(
    *,
    actor: Actor,
    definition: Definition,
    at: datetime,
    publish: bool = False,
    valid_from: date | None = None,
    again: bool = False,
) -> Installed:
    """Cài đặt gói thủ tục: the catalogue gets a draft that says what the package says, or says so from `valid_from`.

    With `publish` the house publishes at once (whoever runs the machine answers for it, and the journal says so),
    while a person's package waits for a second person: proposed. unchanged: the catalogue, or the draft, says so
    already. refused, nothing written: problems of the package, a draft that somebody works on, an older revision than
    the one in force (unless `again`). Raises NotPermitted.
    """
    require_catalogue(actor)
    standing = standing_of(definition)
    if standing.says_so(publish=publish):
        return Installed(definition.code, "unchanged", standing.number)
    problems = [*problems_in_package(definition), *([] if again else _problems_with_age(standing))]
    if problems:
        return Installed(definition.code, "refused", problems=tuple(problems))
    try:
        with transaction.atomic():
            result = _put(actor, definition, at, publish=publish, valid_from=valid_from or day_of(at))
    except (RuleBroken, Conflict) as refusal:
        return Installed(definition.code, "refused", problems=refusal.problems)
    if result == "unchanged":
        return Installed(definition.code, "unchanged", standing.number)
    procedure = Procedure.objects.get(code=definition.code)
    number = _last_number(procedure)
    record(actor, "procedure.package_installed", procedure, at=at, data=_facts(definition, result, number))
    return Installed(definition.code, result, number)


def _problems_with_age(standing: Standing) -> list[Problem]:
    if standing.replaced_on is not None:
        message = (
            f"Gói này là phiên bản {standing.number}, đã được thay từ ngày {standing.replaced_on:%d/%m/%Y}; "
            "chỉ cài lại khi thật sự muốn quay về."
        )
        return [Problem("older_revision", message)]
    if standing.reviewed_later_on is not None:
        message = (
            f"Gói rà soát trước bản đang có hiệu lực (rà soát ngày {standing.reviewed_later_on:%d/%m/%Y}); "
            "chỉ cài khi thật sự muốn thay bằng bản cũ hơn."
        )
        return [Problem("older_review", message)]
    return []


def _put(actor: Actor, definition: Definition, at: datetime, *, publish: bool, valid_from: date) -> Result:
    if not publish:
        create_draft_version(actor=actor, definition=definition, at=at, revision=0)
        return "drafted"
    act = import_definition if actor.is_system else propose_definition
    outcome = act(actor=actor, definition=definition, at=at, valid_from=valid_from)
    if outcome.result == "refused":
        raise RuleBroken(outcome.problems)
    if outcome.result == "proposed":
        return "proposed"
    return "unchanged" if outcome.result == "unchanged" else "published"


def _last_number(procedure: Procedure) -> int:
    return ProcedureVersion.objects.filter(procedure=procedure).order_by("-number").values_list("number", flat=True)[0]


def _facts(definition: Definition, result: Result, number: int) -> dict[str, str | int]:
    """What the journal keeps: which package it was, by the fingerprint of its zip."""
    fingerprint = hashlib.sha256(zip_of(files_of(definition))).hexdigest()
    return {"code": definition.code, "number": number, "result": result, "sha256": fingerprint}
