"""Soạn, bỏ văn bản xin lỗi; what extending and apologising have in common."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from motcua.deadlines.queries import calendar_of
from motcua.deadlines.rules.calendar import align
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import facts_of, lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.clock import demand_due
from motcua.dossiers.actions.issue_paper import issue_apology
from motcua.dossiers.events_clock import ApologyDrafted
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.rules.causes import cause_problems, promise_problems
from motcua.dossiers.rules.stopping import may_extend
from motcua.dossiers.rules.titles import signing_title
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.kernel.text import clean

#: How long after the appointment is proposed where nobody named a day.
_PROPOSED = timedelta(days=3)
_OPEN = Q(signed_at__isnull=True, dropped_at__isnull=True)


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why the result will be late (`cause`: a key of LATE_CAUSES) and until when it is promised."""

    cause: str
    reason: str
    promised_at: datetime


@transaction.atomic
def draft_apology(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    cause: str = "",
    reason: str = "",
    promised_at: datetime | None = None,
    revision: int | None = None,
) -> Dossier:
    """Soạn văn bản xin lỗi: one draft at a time for the leader to sign; later words of an officer replace it.

    The house drafts once for each due moment (dropped drafts count), leaves the cause open and never overwrites.
    Without `promised_at` a working moment three days later is proposed. Raises Invalid.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.DRAFT_APOLOGY, at=at, revision=revision)
    if actor.is_system and dossier.apologies.filter(_OPEN | Q(due_before=dossier.due_at)).exists():
        return dossier
    excuse = Excuse(cause, clean(reason, keep_lines=True), promised_at or proposed_moment(dossier, at))
    _refuse_bad(dossier, excuse, at, needs_cause=not actor.is_system)
    apology = _write(dossier, actor, excuse, at, extends=may_extend(facts_of(dossier, at)))
    advance(dossier, actor=actor, act=Act.DRAFT_APOLOGY, at=at, note=apology.reason)
    emit(ApologyDrafted(dossier_id=dossier.pk, code=dossier.code, number=apology.number), at=at)
    data = {"code": dossier.code, "number": apology.number, "cause": cause, "reason": apology.reason}
    record(actor, "dossier.apology_drafted", dossier, at=at, data=data)
    return dossier


@transaction.atomic
def drop_apology(*, actor: Actor, dossier_id: int, at: datetime, revision: int | None = None) -> Dossier:
    """Bỏ dự thảo xin lỗi: it is not needed any more. Raises RuleBroken when there is none."""
    dossier = lock_dossier(actor, dossier_id, to=Act.DRAFT_APOLOGY, at=at, revision=revision)
    apology = open_draft(dossier)
    if apology is None:
        raise RuleBroken(Problem("no_draft", "Hồ sơ không có dự thảo xin lỗi nào đang chờ ký."))
    apology.dropped_at = at
    apology.save(update_fields=["dropped_at"])
    advance(dossier, actor=actor, act="drop_apology", at=at)
    data = {"code": dossier.code, "number": apology.number}
    record(actor, "dossier.apology_dropped", dossier, at=at, data=data)
    return dossier


def open_draft(dossier: Dossier) -> Apology | None:
    """Return the draft that waits to be signed, None when there is none."""
    found: Apology | None = dossier.apologies.filter(_OPEN).order_by("-number").first()
    return found


def proposed_moment(dossier: Dossier, at: datetime) -> datetime:
    """Return a working moment some days after the appointment, or after `at` when that has passed."""
    due_at = demand_due(dossier)
    later = max(due_at, at) + _PROPOSED
    return align(later, calendar_of(dossier.agency_id, on=later.astimezone(VIET_NAM).date()))


def sign_apology(dossier: Dossier, actor: Actor, excuse: Excuse, at: datetime, *, extends: bool) -> Apology:
    """Ký văn bản xin lỗi: fix what the leader says, a draft taken up, and issue Mẫu 04; raises Invalid."""
    excuse = Excuse(excuse.cause, clean(excuse.reason, keep_lines=True), excuse.promised_at)
    _refuse_bad(dossier, excuse, at, needs_cause=True)
    apology = _write(dossier, actor, excuse, at, extends=extends)
    apology.signed_at, apology.signed_by_id, apology.signer_name = at, actor.known_id, actor.name
    apology.signer_title = signing_title(dossier.acting_as(actor), unit_ids=(dossier.agency_id, dossier.unit_id))
    apology.save(update_fields=["signed_at", "signed_by", "signer_name", "signer_title"])
    issue_apology(actor, dossier, apology, at=at)
    return apology


def _refuse_bad(dossier: Dossier, excuse: Excuse, at: datetime, *, needs_cause: bool) -> None:
    calendar = calendar_of(dossier.agency_id, on=excuse.promised_at.astimezone(VIET_NAM).date())
    problems = cause_problems(excuse.cause, excuse.reason) if needs_cause or excuse.cause else []
    problems += promise_problems(excuse.promised_at, old=demand_due(dossier), at=at, calendar=calendar)
    if problems:
        raise Invalid(problems)


def _write(dossier: Dossier, actor: Actor, excuse: Excuse, at: datetime, *, extends: bool) -> Apology:
    apology = open_draft(dossier)
    if apology is None:
        apology = Apology(dossier=dossier, number=dossier.apologies.count() + 1)
        apology.drafted_at, apology.drafted_by_id = at, actor.account_id
    apology.extends, apology.due_before = extends, demand_due(dossier)
    apology.cause, apology.reason, apology.promised_at = excuse.cause, excuse.reason, excuse.promised_at
    apology.save()
    return apology
