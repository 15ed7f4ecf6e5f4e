"""What comes out: a dossier as JSON, briefly after a write, whole when read."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.terms import Status
from motcua.identity.requests import actor_in
from motcua.journal.idempotency import Reply, fingerprint_of, once
from motcua.kernel.errors import Problem

Json = dict[str, Any]


def write_once(request: HttpRequest, act: Callable[[], tuple[int, Json]]) -> HttpResponse:
    """Do the write under the request's `Idempotency-Key`: repeated, it is answered alike and not done again."""

    def answered() -> Reply:
        status, body = act()
        return Reply(status=status, body=body)

    actor = actor_in(request)
    reply = once(
        scope=f"api:{actor.account_id}",
        key=request.headers.get("Idempotency-Key", ""),
        fingerprint=fingerprint_of(request.method or "", request.path, request.body),
        act=answered,
    )
    return JsonResponse(reply.body, status=reply.status)


def moment_of(at: datetime | None) -> datetime:
    """Return the moment an act says it was done at (a naive one is Vietnam time), now when it says none."""
    if at is None:
        return timezone.now()
    return at if at.tzinfo else at.replace(tzinfo=VIET_NAM)


def brief(dossier: Dossier, warnings: Sequence[Problem] = ()) -> Json:
    """Return what a program needs after a write."""
    found: Json = {
        "id": dossier.pk,
        "code": dossier.code,
        "status": dossier.status,
        "status_label": Status(dossier.status).label,
        "revision": dossier.revision,
        "step": dossier.step_key,
        "unit_id": dossier.unit_id,
        "submitted_at": iso(dossier.submitted_at),
        "received_at": iso(dossier.received_at),
        "due_at": iso(dossier.due_at),
        "due_explained": dossier.due_working.get("text", ""),
        "step_due_at": iso(dossier.step_due_at),
        "answer_due_at": iso(dossier.answer_due_at),
        "finished_at": iso(dossier.finished_at),
        "ended_at": iso(dossier.ended_at),
        "is_negative": dossier.is_negative,
    }
    if warnings:
        found["warnings"] = [warning.as_dict() for warning in warnings]
    return found


def line(dossier: Dossier) -> Json:
    """Return a dossier as a line of a list (related rows loaded)."""
    return {
        **brief(dossier),
        "procedure": {"code": dossier.procedure.code, "name": dossier.procedure.name},
        "agency": {"slug": dossier.agency.slug, "name": dossier.agency.name, "code": dossier.agency.agency_code},
        "unit": {"slug": dossier.unit.slug, "name": dossier.unit.name},
        "holder": dossier.holder.full_name if dossier.holder else "",
        "owner": dossier.owner.name,
        "submitter": dossier.submitter.name,
        "channel": dossier.channel,
    }


def party(found: Party) -> Json:
    """Return a party whole, for people who may see the dossier."""
    return {
        "kind": found.kind,
        "name": found.name,
        "personal_id": found.personal_id,
        "tax_code": found.tax_code,
        "born": found.born.isoformat() if found.born else None,
        "phone": found.phone,
        "email": found.email,
        "address": found.address,
        "representative": found.representative,
    }


def iso(moment: datetime | None) -> str | None:
    """Return the moment in Vietnam time, ISO 8601 with offset."""
    return moment.astimezone(VIET_NAM).isoformat(timespec="seconds") if moment else None
