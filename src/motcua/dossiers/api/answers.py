"""What comes out: a dossier as JSON, briefly after a write, whole when read."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.rules.masking import mask_number
from motcua.dossiers.terms import Status
from motcua.identity.requests import actor_in
from motcua.journal.idempotency import Reply, fingerprint_of, once
from motcua.kernel.errors import MotCuaError, Problem

Json = dict[str, Any]


def write_once(
    request: HttpRequest,
    key: str,
    act: Callable[[], Json],
    *,
    status: int = 200,
    content: bytes | None = None,
    named: Callable[[str], str] = str,
    prepare: Callable[[], object] | None = None,
) -> HttpResponse:
    """Do the write under its `Idempotency-Key`: repeated, it is answered alike and not done again.

    `content`: what tells this request from another, the body by default. `named`: field of the act → field of the
    request. `prepare`: what is slow and done before the transaction.
    """
    try:
        reply = once(
            scope=f"api:{actor_in(request).account_id}",
            key=key,
            fingerprint=fingerprint_of(
                request.method or "", request.path, request.body if content is None else content
            ),
            act=lambda: Reply(status=status, body=act()),
            prepare=prepare,
        )
    except MotCuaError as error:
        raise type(error)([replace(problem, field=named(problem.field)) for problem in error.problems]) from error
    return JsonResponse(reply.body, status=reply.status)


def moment_of(at: datetime | None) -> datetime:
    """Return the moment an act says it was done at (a naive one is Vietnam time), now when it says none."""
    if at is None:
        return timezone.now()
    return at if at.tzinfo else at.replace(tzinfo=VIET_NAM)


def brief(dossier: Dossier) -> Json:
    """Return what a program needs after a write."""
    return {
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


def made(dossier: Dossier, warnings: Sequence[Problem]) -> Json:
    """Return a dossier just handed in, with what looked odd."""
    return {**brief(dossier), "warnings": [warning.as_dict() for warning in warnings]}


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
    """Return a party whole, for those who work on the dossier or said what for."""
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


def masked(found: Party) -> Json:
    """Return a party as pages show it to those who do not work on the dossier: the name, the last digits of numbers."""
    numbers = {name: mask_number(getattr(found, name)) for name in ("personal_id", "tax_code", "phone")}
    return {**named(found), **numbers}


def named(found: Party) -> Json:
    """Return a party by its name only, for those who were merely asked for an opinion."""
    return {**dict.fromkeys(party(found), ""), "kind": found.kind, "name": found.name, "born": None}


def iso(moment: datetime | None) -> str | None:
    """Return the moment in Vietnam time, ISO 8601 with offset."""
    return moment.astimezone(VIET_NAM).isoformat(timespec="seconds") if moment else None
