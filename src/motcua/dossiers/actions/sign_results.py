"""Ký số, đóng dấu nhiều kết quả: one gesture of a leader, or of the clerk with the seal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from procrastinate.contrib.django import app

from motcua.agencies.terms import Right
from motcua.dossiers.access import visible_to
from motcua.dossiers.actions.open_batch import Chosen
from motcua.dossiers.actions.reserve_number import Wanted, reserve_numbers
from motcua.dossiers.actions.signing_office import ApprovalOffice, SealOffice
from motcua.dossiers.models import ReservedNumber
from motcua.dossiers.papers.result import kind_of, result_name, result_symbol
from motcua.dossiers.queries.batches import Review, Reviewed, review
from motcua.dossiers.queries.pages import last_symbols
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, Problem, RuleBroken
from motcua.signing.actions.continue_signing import continue_signing
from motcua.signing.actions.offices import claimed, office_of, open_office
from motcua.signing.actions.open_signing import Gesture, Subject, open_signing, pressed_before
from motcua.signing.actions.outside import Wish, prepare_outside, take_outside
from motcua.signing.actions.presses import check_pin, revocation_at, stampers_at
from motcua.signing.models import SigningBatch
from motcua.signing.queries.batches import batch_of, in_signing
from motcua.signing.queries.keys import agency_keys, officer_keys
from motcua.signing.rules.batches import problems_of_signing
from motcua.signing.terms import KeyChoice
from motcua.trust.terms import Role

SIGN_JOB: Final = "dossiers.sign_batch"
SUBJECT: Final = "dossier"
ACT_OF: Final[Mapping[Role, Act]] = {Role.SIGNER: Act.APPROVE, Role.SEAL: Act.SEAL}
open_office(SUBJECT, Role.SIGNER, ApprovalOffice())
open_office(SUBJECT, Role.SEAL, SealOffice())


@dataclass(frozen=True, slots=True)
class Pressed:
    """What the person pressed: the key by its reference, the PIN ("" for a key at their own computer), words for all.

    `key` names the press: the same comes twice, the batch is one.
    """

    key: str
    key_ref: str
    pin: str = ""
    note: str = ""


def sign_results(*, actor: Actor, items: Sequence[Chosen], pressed: Pressed, at: datetime) -> SigningBatch:
    """Ký số: keep the gesture of a leader over results that wait for their approval; each gets its number now.

    `facts` of each item: draft_number, as it was shown. Every paper is signed and approved by a job, as an act of its
    own; one that changed since it was shown keeps its reason and stops no other. Raises Invalid for a wrong PIN, none
    or more than 200 papers; NotFound for a dossier out of sight; NotPermitted for a key that is not the leader's own.
    """
    return _open(actor, Role.SIGNER, items, pressed, at)


def seal_results(*, actor: Actor, items: Sequence[Chosen], pressed: Pressed, at: datetime) -> SigningBatch:
    """Đóng dấu: keep the gesture of the clerk over results that leaders signed by key, with the agency's own key.

    Raises Invalid for a wrong PIN, none or more than 200 papers, RuleBroken for papers of several agencies; NotFound,
    NotPermitted as `sign_results`.
    """
    return _open(actor, Role.SEAL, items, pressed, at)


def keys_of(actor: Actor, role: Role, at: datetime) -> list[KeyChoice]:
    """Return the keys with which the actor may sign in that role: their own, or those of agencies they seal for."""
    if role == Role.SEAL:
        return [one for agency in sorted(actor.at(at).agencies_with(Right.SEAL)) for one in agency_keys(agency, at)]
    return officer_keys(actor.account_id, at)


def resume_signing(*, actor: Actor, batch_id: int, pin: str, at: datetime) -> SigningBatch:
    """Tiếp tục lô ký: with the PIN typed again; raises NotFound, Invalid for a wrong PIN."""
    with transaction.atomic():
        batch = continue_signing(actor=actor, batch_id=batch_id, pin=pin, at=at)
        if batch.finished_at is None and not batch.held_for:
            app.configure_task(SIGN_JOB).defer(batch_id=batch.pk)
    return batch


def wish_signatures(
    *, actor: Actor, batch_id: int, certificate: bytes, at: datetime
) -> tuple[SigningBatch, list[Wish]]:
    """Hai bước, bước một: the digests that the token of the signer's own computer is to sign."""
    office = office_of(batch_of(actor, batch_id))
    return prepare_outside(
        actor=actor, batch_id=batch_id, certificate=certificate, office=office, at=at, ask=revocation_at(at)
    )


def take_signatures(*, actor: Actor, batch_id: int, signatures: Mapping[int, str], at: datetime) -> SigningBatch:
    """Hai bước, bước hai: the raw signatures come back, each paper's act is done."""
    return take_outside(
        actor=actor,
        batch_id=batch_id,
        signatures=signatures,
        office=office_of(batch_of(actor, batch_id)),
        stampers=stampers_at(at),
        at=at,
        ask=revocation_at(at),
    )


def _open(actor: Actor, role: Role, items: Sequence[Chosen], pressed: Pressed, at: datetime) -> SigningBatch:
    items = list({one.dossier_id: one for one in items}.values())
    if problems := problems_of_signing(len(items)):
        raise Invalid(problems)
    choice = choose_key(actor, role, items, pressed, at)
    if choice.needs_pin and pressed_before(actor, pressed.key) is None:
        check_pin(choice.ref, pressed.pin)
    with transaction.atomic():
        batch = _keep(actor, Gesture(role, choice, pressed.key, pressed.pin), items, pressed.note, at)
        if not batch.held_for:
            app.configure_task(SIGN_JOB).defer(batch_id=batch.pk)
    return batch


def _keep(actor: Actor, gesture: Gesture, items: Sequence[Chosen], note: str, at: datetime) -> SigningBatch:
    found = review(actor, ACT_OF[gesture.role], {one.dossier_id: one.revision for one in items}, at=at)
    if found.unknown:
        raise NotFound(Problem("no_dossier", "Có hồ sơ không tìm thấy, hoặc không thuộc phạm vi của bạn."))
    numbers: Mapping[int, ReservedNumber] = {}
    if pressed_before(actor, gesture.key) is None:
        _refuse_in_signing(items)
        numbers = _numbers(actor, gesture.role, found, items, at)
    rows = {row.dossier.pk: row for row in [*found.offered, *found.refused]}
    subjects = [_subject(one, rows[one.dossier_id], numbers.get(one.dossier_id), note) for one in items]
    return open_signing(actor=actor, gesture=gesture, subjects=subjects, at=at)


def choose_key(actor: Actor, role: Role, items: Sequence[Chosen], pressed: Pressed, at: datetime) -> KeyChoice:
    """Return the key that was pressed; raises Invalid, NotPermitted for a foreign key, RuleBroken across agencies."""
    known = {one.ref: one for one in keys_of(actor, role, at)}
    choice = known.get(pressed.key_ref)
    if choice is None:
        whose = "của cơ quan" if role == Role.SEAL else "của chính bạn"
        problem = Problem("not_your_key", f"Hãy chọn khóa ký {whose}, còn hiệu lực.", "key_ref")
        raise NotPermitted(problem) if pressed.key_ref else Invalid(problem)
    if role == Role.SEAL:
        _refuse_other_agencies(actor, choice, items, at)
    return choice


def _refuse_other_agencies(actor: Actor, choice: KeyChoice, items: Sequence[Chosen], at: datetime) -> None:
    ids = [one.dossier_id for one in items]
    agencies = set(visible_to(actor).filter(pk__in=ids).values_list("agency_id", flat=True))
    sealed_by = {agency for agency in agencies if any(key.ref == choice.ref for key in agency_keys(agency, at))}
    if agencies - sealed_by:
        message = "Khóa này là của cơ quan khác với cơ quan ban hành; hãy đóng dấu riêng cho từng cơ quan."
        raise RuleBroken(Problem("other_agency", message, "key_ref"))


def _refuse_in_signing(items: Iterable[Chosen]) -> None:
    busy = in_signing(SUBJECT, [one.dossier_id for one in items])
    if busy:
        names = ", ".join(sorted(set(busy.values())))
        message = f"{len(busy)} văn bản đang nằm trong lô ký chưa xong của {names}; hãy bỏ chọn hoặc chờ lô đó xong."
        raise RuleBroken(Problem("in_signing", message, "items"))
    if elsewhere := claimed([one.dossier_id for one in items]):
        raise RuleBroken(Problem("signed_elsewhere", " ".join(dict.fromkeys(elsewhere.values())), "items"))


def _numbers(
    actor: Actor, role: Role, found: Review, items: Sequence[Chosen], at: datetime
) -> Mapping[int, ReservedNumber]:
    """The numbers of the papers that may be signed as they were shown; the others get none."""
    shown = {one.dossier_id: one for one in items}
    rows = [row for row in found.offered if row.dossier.revision == shown[row.dossier.pk].revision]
    if role == Role.SEAL:
        kept = ReservedNumber.objects.filter(
            dossier__in=[row.dossier for row in rows], used_at__isnull=True, cancelled_at__isnull=True
        )
        return {one.dossier_id: one for one in kept}
    last = last_symbols([row.dossier for row in rows])
    wanted = [Wanted(row.dossier, _symbol(row, last)) for row in rows if _can_be_signed(row)]
    return reserve_numbers(actor=actor, wanted=wanted, at=at)


def _symbol(row: Reviewed, last: Mapping[tuple[int, int], str]) -> str:
    if row.draft is None:
        raise AssertionError("only papers with a draft are numbered")
    dossier = row.dossier
    return result_symbol(dossier, row.draft, last=last.get((dossier.agency_id, dossier.procedure_id), ""))


def _can_be_signed(row: Reviewed) -> bool:
    try:
        return row.draft is not None and bool(kind_of(row.draft, row.dossier))
    except RuleBroken:
        return False


def _subject(one: Chosen, row: Reviewed, number: ReservedNumber | None, note: str) -> Subject:
    name = result_name(row.dossier, row.draft) if row.draft else row.dossier.procedure.name
    facts: dict[str, Any] = {
        "reserved": number.pk if number else None,
        "number": str(number) if number else "",
        "code": row.dossier.code,
        "owner": row.dossier.owner.name,
        "note": note,
        **one.facts,
    }
    return Subject(SUBJECT, one.dossier_id, one.revision, f"{name} – {row.dossier.owner.name}", facts)
