"""Dừng giải quyết hồ sơ."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import facts_of, lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.issue_paper import issue_stop
from motcua.dossiers.actions.stepping import end_pauses
from motcua.dossiers.events_clock import DossierStopped
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.causes import Stopping, ground_of_stop, stopping_problems
from motcua.dossiers.rules.stopping import unanswered_problems
from motcua.dossiers.terms import Act, Status, StopGround
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean


@transaction.atomic
def stop_dossier(
    *, actor: Actor, dossier_id: int, at: datetime, stopping: Stopping, revision: int | None = None
) -> Dossier:
    """Dừng giải quyết: the agency's leader ends the dossier without a result and says why in writing (Mẫu 05).

    Raises Invalid with everything that is missing: ground, legal basis, what becomes of fees and papers.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.STOP, at=at, revision=revision)
    stopping = _tidy(stopping)
    problems = stopping_problems(stopping, today=at.astimezone(VIET_NAM).date())
    if stopping.ground == StopGround.NOT_SUPPLEMENTED:
        problems += _not_supplemented(dossier, at)
    if problems:
        raise Invalid(problems)
    end_without_result(dossier, actor, Act.STOP, stopping, at)
    return dossier


@transaction.atomic
def refuse_supplement(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    fees: str,
    papers: str,
    reason: str = "",
    revision: int | None = None,
) -> Dossier:
    """Không nhận bổ sung quá hạn: what was asked for did not come in time; the dossier ends (Mẫu 05).

    Raises Invalid when it is not said what becomes of fees and papers.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.REFUSE_SUPPLEMENT, at=at, revision=revision)
    request = dossier.supplement_requests.get(answered_at__isnull=True)
    said = f"Hết ngày {request.answer_until:%d/%m/%Y} chưa bổ sung theo yêu cầu lần {request.number}"
    stopping = _tidy(Stopping(StopGround.NOT_SUPPLEMENTED, reason=reason or said, fees=fees, papers=papers))
    if problems := stopping_problems(stopping, today=at.astimezone(VIET_NAM).date()):
        raise Invalid(problems)
    end_without_result(dossier, actor, Act.REFUSE_SUPPLEMENT, stopping, at)
    return dossier


def end_without_result(dossier: Dossier, actor: Actor, act: Act, stopping: Stopping, at: datetime) -> None:
    """End the dossier: an open pause with it, Mẫu 05 issued, everybody told."""
    unit_id, holder_id, stage = dossier.unit_id, dossier.holder_id, dossier.step.name
    ground = ground_of_stop(stopping)
    end_pauses(dossier, at)
    note = f"{ground.rstrip('.')}. Phí, lệ phí: {stopping.fees} Giấy tờ: {stopping.papers}"
    advance(dossier, actor=actor, act=act, at=at, status=Status.STOPPED, note=note)
    issue_stop(actor, dossier, stopping, stage=stage, at=at)
    event = DossierStopped(
        dossier_id=dossier.pk,
        code=dossier.code,
        ground=ground,
        fees=stopping.fees,
        papers=stopping.papers,
        unit_id=unit_id,
        account_id=holder_id,
    )
    emit(event, at=at)
    data = {
        "code": dossier.code,
        "ground": stopping.ground.value,
        "reason": stopping.reason,
        "basis": stopping.basis,
        "fees": stopping.fees,
        "papers": stopping.papers,
    }
    record(actor, "dossier.stopped", dossier, at=at, data=data)


def _not_supplemented(dossier: Dossier, at: datetime) -> list[Problem]:
    if dossier.status != Status.SUPPLEMENT_REQUESTED:
        return [Problem("no_request", "Hồ sơ không chờ bổ sung; hãy chọn căn cứ khác.", "ground")]
    return [replace(one, field="ground") for one in unanswered_problems(facts_of(dossier, at))]


def _tidy(stopping: Stopping) -> Stopping:
    return replace(
        stopping,
        reason=clean(stopping.reason, keep_lines=True),
        basis=clean(stopping.basis),
        fees=_sentence(clean(stopping.fees)),
        papers=_sentence(clean(stopping.papers)),
    )


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}." if text else ""
