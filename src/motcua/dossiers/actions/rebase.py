"""Chuyển hồ sơ sang phiên bản thủ tục mới."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import get_visible, lock_dossier
from motcua.dossiers.actions.advance import advance, unit_of_step
from motcua.dossiers.actions.keep_answers import answers_of, change_answers, read_again
from motcua.dossiers.events_exchange import DossierRebased
from motcua.dossiers.models import Dossier, DossierComponent
from motcua.dossiers.rules.answering import mark, typed_from
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.rules.rebasing import (
    Meaning,
    Standing,
    case_problems,
    kept_and_dropped,
    meanings,
    possible_steps,
    target_step,
)
from motcua.dossiers.terms import Act
from motcua.forms.rules.answers import to_json
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.kernel.inserting import insert_all
from motcua.kernel.text import clean
from motcua.packages.rules.diff import difference
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import definition_of
from motcua.procedures.queries.newer import newer_versions, newest_holding
from motcua.procedures.rules.selection import components_for
from motcua.procedures.terms import Definition
from motcua.processes.terms import Step


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change of version would mean: `step` None and `problems`: it is not possible like this.

    `steps`: where the dossier may go on when its step is no more; `number`, `before`: of the versions.
    """

    version: ProcedureVersion
    before: int
    before_id: int
    step: Step | None
    steps: tuple[Step, ...]
    meanings: tuple[Meaning, ...]
    problems: tuple[Problem, ...]

    @property
    def number(self) -> int:
        """The number of the version it would go on under."""
        return self.version.number

    @property
    def differences(self) -> tuple[tuple[str, str], ...]:
        """Everything in which the two versions differ, for any dossier: part and what changed, in words."""
        old = definition_of(self.before_id)
        return tuple((one.part, one.text) for one in difference(old, self.definition))

    @property
    def definition(self) -> Definition:
        """What that version says."""
        return definition_of(self.version.pk)


def preview_rebase(
    actor: Actor, dossier_id: int, version_id: int | None = None, *, at: datetime, to_step: str = ""
) -> Preview:
    """Return what going on under the newer version would change for the dossier; nothing is written.

    `version_id` None: the newest that holds at `at`. Raises NotFound, RuleBroken when there is no newer one.
    """
    return _preview(get_visible(actor, dossier_id), version_id, at, to_step)


@transaction.atomic
def rebase_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    reason: str,
    version_id: int | None = None,
    to_step: str = "",
    revision: int | None = None,
) -> Dossier:
    """Chuyển hồ sơ sang phiên bản thủ tục mới: from now on the dossier follows the newer version, at the step it is at.

    The promised day, what was charged and every answer stay: answers to questions that are no more go into the
    history. `to_step`: where it goes on when its step is no more. Raises Invalid without a reason, RuleBroken when
    the case is gone or no step fits.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.REBASE, at=at, revision=revision)
    return go_on_under(actor, dossier, version_id=version_id, to_step=to_step, reason=reason, at=at)


def go_on_under(
    actor: Actor, dossier: Dossier, *, version_id: int | None, to_step: str, reason: str, at: datetime
) -> Dossier:
    """Go on under the newer version; the dossier is locked and the right checked. Raises Invalid, RuleBroken."""
    reason = demand_reason(reason)
    found = _preview(dossier, version_id, at, to_step)
    if found.problems or found.step is None:
        raise RuleBroken(found.problems)
    old_step, old = dossier.step, dossier.definition
    dossier.version, dossier.definition = found.version, found.definition
    dropped = _move_answers(actor, dossier, old, at)
    _add_papers(dossier)
    if dossier.due_at is not None:  # the promise was made under the old version and is kept
        dossier.due_working = {**dossier.due_working, "promised_under": found.before}
    _advance(actor, dossier, old_step, found, reason, at)
    fact = DossierRebased(
        dossier_id=dossier.pk, code=dossier.code, before=found.before, number=found.number, reason=reason
    )
    emit(fact, at=at)
    data = {
        "code": dossier.code,
        "before": found.before,
        "number": found.number,
        "steps": [old_step.key, found.step.key],
        "dropped_answers": dropped,
        "reason": reason,
    }
    record(actor, "dossier.rebased", dossier, at=at, data=data)
    return dossier


def demand_reason(reason: str) -> str:
    """Return the reason, clean; raises Invalid without one."""
    reason = clean(reason, keep_lines=True)
    if problems := note_problems(reason, field="reason", missing="Phải ghi lý do chuyển phiên bản."):
        raise Invalid(problems)
    return reason


def _preview(dossier: Dossier, version_id: int | None, at: datetime, to_step: str) -> Preview:
    version = _target(dossier, version_id, at)
    old, new = dossier.definition, definition_of(version.pk)
    answers = answers_of(dossier) if old.form or new.form else None
    standing = Standing(
        case_key=dossier.case_key,
        channel=dossier.channel,
        step=dossier.step,
        is_received=dossier.is_received,
        papers=frozenset(dossier.components.filter(is_present=True).values_list("key", flat=True)),
        answers=answers.values if answers else None,
    )
    problems = case_problems(new, standing)
    step = target_step(new, dossier.step, to_step)
    steps = possible_steps(new, dossier.step)
    found = [] if problems else meanings(old, new, standing, step)
    found += [] if problems else _unanswered(dossier, old, new, at)
    if step is None:
        problems.append(_no_step(dossier.step, steps, chosen=to_step))
    return Preview(version, dossier.version.number, dossier.version_id, step, steps, tuple(found), tuple(problems))


def _target(dossier: Dossier, version_id: int | None, at: datetime) -> ProcedureVersion:
    on = at.astimezone(VIET_NAM).date()
    found = newest_holding(dossier.procedure_id, dossier.version.number, on)
    if found is not None and version_id is not None and version_id != found.pk:
        holding = newer_versions(dossier.procedure_id, dossier.version.number).filter(valid_from__lte=on)
        found = holding.select_related("procedure").filter(pk=version_id).first()
    if found is None:
        message = "Không có phiên bản nào của thủ tục mới hơn phiên bản của hồ sơ mà đang có hiệu lực."
        raise RuleBroken(Problem("no_newer_version", message, "version"))
    return found


def _no_step(step: Step, steps: Sequence[Step], *, chosen: str) -> Problem:
    if chosen:
        return Problem("step_impossible", "Hồ sơ không tiếp tục được ở bước đã chọn; hãy chọn bước khác.", "to_step")
    if not steps:
        message = f"Phiên bản mới không có bước nào thay được bước «{step.name}»; hồ sơ phải đi tiếp theo phiên bản cũ."
        return Problem("step_gone", message, "to_step")
    message = f"Phiên bản mới không còn bước «{step.name}» như cũ; hãy chọn bước để hồ sơ đi tiếp."
    return Problem("step_unmapped", message, "to_step")


def _move_answers(actor: Actor, dossier: Dossier, old: Definition, at: datetime) -> list[str]:
    """Keep what is still asked; the rest goes into the history. Returns the keys that went."""
    answers = answers_of(dossier) if old.form else None
    if answers is None:
        return []
    new = dossier.definition.form
    kept, dropped = kept_and_dropped(old.form, new, answers.values)
    if new is None:
        change_answers(actor, dossier, kept, {}, act=Act.REBASE, at=at)
        return sorted(dropped)
    values = to_json(new, read_again(dossier, new, typed_from(new, kept), at=at).values)
    computed = {
        field.key: values[field.key] for field in new.fields() if field.kind == "computed" and field.key in values
    }
    own = mark("computed", by="", at=at.isoformat())
    change_answers(actor, dossier, {**kept, **computed}, dict.fromkeys(computed, own), act=Act.REBASE, at=at)
    return sorted(dropped)


def _unanswered(dossier: Dossier, old: Definition, new: Definition, at: datetime) -> list[Meaning]:
    """Return what the newer form would say to the answers there are: questions without an answer, answers that no
    longer fit."""
    if new.form is None:
        return []
    answers = answers_of(dossier)
    if answers is None:
        return [] if old.form else [Meaning("form", "Phiên bản mới có tờ khai điện tử; hồ sơ này chưa có.", asks=True)]
    kept, _dropped = kept_and_dropped(old.form, new.form, answers.values)
    read = read_again(dossier, new.form, typed_from(new.form, kept), at=at)
    return [Meaning("form", one.message, asks=True) for one in read.problems]


def _add_papers(dossier: Dossier) -> None:
    """List the papers that the newer version asks for besides; what was handed in stays."""
    known = set(dossier.components.values_list("key", flat=True))
    needed = [one for one in components_for(dossier.definition, dossier.case_key) if one.required]
    rows = [
        DossierComponent(
            dossier=dossier,
            position=len(known) + place,
            key=one.component.key,
            name=one.component.name,
            is_required=True,
            is_present=False,
        )
        for place, one in enumerate((one for one in needed if one.component.key not in known), start=1)
    ]
    insert_all(rows)


def _advance(actor: Actor, dossier: Dossier, old_step: Step, found: Preview, reason: str, at: datetime) -> None:
    step = found.step if found.step is not None and found.step.key != old_step.key else None
    stays = step is None or unit_of_step(dossier, step) == dossier.unit_id
    advance(
        dossier,
        actor=actor,
        act=Act.REBASE,
        at=at,
        step=step,
        holder_id=dossier.holder_id if stays else None,
        step_due_at=dossier.step_due_at,
        note=f"Phiên bản {found.before} → {found.number}. {reason}",
        also=("version", "due_working"),
    )
