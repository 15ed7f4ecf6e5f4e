"""Ghi thông tin thửa đất."""

from datetime import datetime

from django.db import transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import get_visible
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid, NotPermitted, Problem, RuleBroken
from motcua.land.access import may_record
from motcua.land.models import LandParcel
from motcua.land.rules.catalogue import parcel_fields
from motcua.land.rules.fields import Typed, read_fields


@transaction.atomic
def record_parcel(*, actor: Actor, dossier_id: int, typed: Typed, at: datetime) -> LandParcel:
    """Ghi thông tin thửa đất: what the procedure asks for; again to put right what was wrong.

    Raises NotFound, NotPermitted, RuleBroken for a procedure without parcels or an ended dossier, Invalid.
    """
    dossier = get_visible(actor, dossier_id)
    if not may_record(actor, dossier):
        message = "Thông tin thửa đất do nơi tiếp nhận hoặc người thụ lý hồ sơ ghi."
        raise NotPermitted(Problem("not_your_dossier", message))
    specs = parcel_fields(dossier.procedure.code)
    if not specs or not dossier.is_open:
        raise RuleBroken(Problem("no_parcel_here", "Hồ sơ này không có thửa đất để ghi, hoặc đã kết thúc."))
    facts, problems = read_fields(specs, typed, today=at.astimezone(VIET_NAM).date())
    if problems:
        raise Invalid(problems)
    parcel, _ = LandParcel.objects.update_or_create(
        dossier=dossier,
        defaults={
            "facts": facts,
            "recorded_at": at,
            "recorded_by_id": actor.known_id,
            "recorded_by_name": actor.name,
        },
    )
    record(actor, "land.parcel_recorded", parcel, at=at, data={"code": dossier.code, "facts": facts})
    return parcel
