"""Gửi đề nghị về chứng thư số, ghi nhận trả lời."""

from datetime import datetime, timedelta

from django.db import transaction

from motcua.identity.terms import SYSTEM, Actor
from motcua.journal.actions import record
from motcua.kernel.checks import reason_problems
from motcua.kernel.errors import Invalid, MotCuaError, Problem
from motcua.kernel.text import clean
from motcua.trust.access import lock_request
from motcua.trust.actions.check_revocation import note_revoked
from motcua.trust.actions.open_request import require_open
from motcua.trust.actions.register_certificate import HolderIds, register_certificate
from motcua.trust.models import Certificate, CertificateRequest
from motcua.trust.providers.ca import authorities
from motcua.trust.providers.ca.port import Outcome, UnavailableError
from motcua.trust.queries import order_of
from motcua.trust.terms import KeyPlace, RequestKind, RequestState

_AGAIN = timedelta(minutes=5)


def carry_request(*, request_id: int, at: datetime) -> None:
    """Gửi đề nghị: ask the authority outside of any transaction, then write down what came. Safe to run twice."""
    row = _claim(request_id, at)
    adapter = authorities().get(row.authority) if row else None
    if row is None or adapter is None:
        return
    try:
        outcome = adapter.ask(order_of(row, at), at=at)
    except UnavailableError as error:
        CertificateRequest.objects.filter(pk=row.pk).update(last_error=str(error)[:300])
        return
    try:
        _settle(request_id, outcome, at)
    except MotCuaError as refusal:
        words = " ".join(problem.message for problem in refusal.problems)
        CertificateRequest.objects.filter(pk=row.pk).update(last_error=words[:300])


@transaction.atomic
def _claim(request_id: int, at: datetime) -> CertificateRequest | None:
    rows = CertificateRequest.objects.select_for_update(of=("self",), skip_locked=True)
    row = rows.filter(pk=request_id, state=RequestState.SENDING).first()
    if row is None or (row.next_try is not None and row.next_try > at):
        return None
    row.attempts, row.next_try = row.attempts + 1, at + _AGAIN
    row.save(update_fields=["attempts", "next_try"])
    return CertificateRequest.objects.select_related("unit", "account", "certificate").get(pk=row.pk)


@transaction.atomic
def _settle(request_id: int, outcome: Outcome, at: datetime) -> None:
    row = lock_request(SYSTEM, request_id)
    if row.state != RequestState.SENDING:
        return
    row.sent_at, row.answer, row.next_try, row.last_error = at, outcome.words, None, ""
    match outcome.came:
        case "issued":
            holder = HolderIds(row.unit_id, row.account_id)
            place, where = KeyPlace.PKCS12, outcome.key_where
            row.outcome = register_certificate(
                actor=SYSTEM, at=at, holder=holder, content=outcome.content, key_place=place, key_where=where
            )
            _done(row, RequestState.DONE, at)
        case "revoked":
            _note(SYSTEM, row, at, at)
            _done(row, RequestState.DONE, at)
        case "refused":
            _done(row, RequestState.REFUSED, at)
        case "waiting":
            row.state = RequestState.WAITING
    row.save()
    record(SYSTEM, f"certificate_request.{row.state}", row, at=at, data={"answer": row.answer})


@transaction.atomic
def answer_with_certificate(
    *,
    actor: Actor,
    at: datetime,
    request_id: int,
    content: bytes,
    pin: str = "",
    key_place: KeyPlace,
    key_where: str = "",
    reason: str = "",
) -> Certificate:
    """Ghi nhận chứng thư được cấp: the file that came back goes into the register and ends the request.

    Raises NotFound, NotPermitted, Invalid, Conflict, RuleBroken when the request is settled, or asks to revoke.
    """
    row = lock_request(actor, request_id)
    require_open(row)
    if row.kind == RequestKind.REVOKE:
        raise Invalid(Problem("asks_to_revoke", "Đề nghị này là thu hồi, không phải cấp chứng thư.", "file"))
    holder = HolderIds(row.unit_id, row.account_id)
    registered = register_certificate(
        actor=actor,
        at=at,
        holder=holder,
        content=content,
        pin=pin,
        key_place=key_place,
        key_where=key_where,
        reason=reason,
    )
    row.outcome = registered
    _finish(actor, row, RequestState.DONE, f"Chứng thư {registered.serial}", at)
    return registered


@transaction.atomic
def answer_in_words(
    *, actor: Actor, at: datetime, request_id: int, done: bool, words: str, revoked_at: datetime | None = None
) -> CertificateRequest:
    """Ghi nhận trả lời: the authority revoked (`done`, with the moment), or refused what was asked.

    Raises NotFound, NotPermitted, Invalid, RuleBroken when the request is settled.
    """
    row = lock_request(actor, request_id)
    require_open(row)
    said = clean(words, keep_lines=True)
    problems = reason_problems(said, field="words")
    if done and (row.kind != RequestKind.REVOKE or revoked_at is None):
        problems.append(Problem("required", "Hãy ghi lúc chứng thư bị thu hồi.", "revoked_at"))
    if revoked_at is not None and revoked_at > at:
        problems.append(Problem("in_future", "Lúc thu hồi chưa đến.", "revoked_at"))
    if problems:
        raise Invalid(problems)
    if done and revoked_at is not None:
        _note(actor, row, revoked_at, at)
    _finish(actor, row, RequestState.DONE if done else RequestState.REFUSED, said, at)
    return row


def _note(actor: Actor, row: CertificateRequest, revoked_at: datetime, at: datetime) -> None:
    if row.certificate_id is not None:
        reason, pk = row.revocation_code, row.certificate_id
        note_revoked(actor=actor, certificate_id=pk, revoked_at=revoked_at, reason=reason, at=at)


def _done(row: CertificateRequest, state: RequestState, at: datetime) -> None:
    row.state, row.settled_at = state, at


def _finish(actor: Actor, row: CertificateRequest, state: RequestState, words: str, at: datetime) -> None:
    _done(row, state, at)
    row.answer, row.next_try = words, None
    row.save()
    record(actor, f"certificate_request.{state.value}", row, at=at, data={"answer": words})
