"""Chuyển kết quả hồ sơ thành phần về hồ sơ chính."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import unit as unit_by_id
from motcua.dossiers.access.facts import open_parts_of
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.attach import attach
from motcua.dossiers.events_exchange import PartFinished, PartHandedIn
from motcua.dossiers.models import Delivery, Dossier, Result
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.terms import AttachmentPurpose, Collector, Status
from motcua.identity.terms import SYSTEM
from motcua.journal.actions import emit, record
from motcua.kernel.asking import Question
from motcua.procedures.rules.selection import last_step


def hand_to_parent(*, part_id: int, at: datetime) -> bool:
    """Chuyển kết quả về hồ sơ chính: the house itself does it as soon as the part's result is ready.

    The part ends; its result is attached to the parent. Returns whether there was something to do, so that it may
    be asked twice. A dossier is a part from its first moment or never.
    """
    return bool(_PARENT(part=part_id)) and _hand_over(part_id, at)


_PARENT = Question(
    lambda part: Dossier.objects.filter(pk=part, parent__isnull=False).values_list("parent_id"), part=int
)


@transaction.atomic
def _hand_over(part_id: int, at: datetime) -> bool:
    found = Dossier.objects.select_related("procedure").select_for_update(of=("self",))
    part = found.get(pk=part_id)
    at_last = part.step_key == last_step(part.definition).key
    if part.parent_id is None or part.status != Status.FINISHED or not at_last:
        return False
    parent = found.get(pk=part.parent_id)
    moment = max(at, part.last_act_at, parent.last_act_at)
    result: Result = part.result
    _end(part, parent, moment)
    if result.scan is not None:
        ref = FileRef(result.scan.blob_id, f"Kết quả {part.procedure.name} – {result.scan.name}")
        attach(SYSTEM, parent, ref, purpose=AttachmentPurpose.RESULT, at=moment)
    said = "không giải quyết" if result.is_negative else f"{result.name}{f' số {result}' if result.number else ''}"
    advance(parent, actor=SYSTEM, act="part_done", at=moment, note=f"{part.procedure.name}: {said}")
    event = PartFinished(
        dossier_id=parent.pk,
        code=parent.code,
        part_id=part.pk,
        part_code=part.code,
        is_negative=result.is_negative,
        open_parts=open_parts_of(parent),
    )
    emit(event, at=moment)
    data = {"code": parent.code, "part": part.code, "number": str(result), "is_negative": result.is_negative}
    record(SYSTEM, "dossier.part_finished", parent, at=moment, data=data)
    return True


def _end(part: Dossier, parent: Dossier, at: datetime) -> None:
    Delivery.objects.create(
        dossier=part,
        collector=Collector.PARENT,
        name=unit_by_id(parent.unit_id).name,
        delivered_at=at,
        note=f"Hồ sơ {parent.code}",
    )
    advance(part, actor=SYSTEM, act="hand_to_parent", at=at, status=Status.DELIVERED, note=f"Hồ sơ {parent.code}")
    emit(PartHandedIn(dossier_id=part.pk, code=part.code, parent_id=parent.pk), at=at)
    record(SYSTEM, "dossier.part_handed_in", part, at=at, data={"code": part.code, "parent": parent.code})
