"""Ký chứng thực, đóng dấu nhiều bản sao điện tử: one gesture, each copy an act of its own."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from procrastinate.contrib.django import app

from motcua.certification.actions.copy_papers import (
    Ready,
    copy_to_certify,
    copy_to_seal,
    keep_certified,
    keep_sealed,
)
from motcua.certification.models import CertificationEntry, CertifiedCopy
from motcua.certification.queries import WaitingCopy, waiting_copies
from motcua.certification.terms import BookKind
from motcua.dossiers.actions.open_batch import Chosen
from motcua.dossiers.actions.sign_results import SIGN_JOB, Pressed, choose_key
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.terms import Act
from motcua.files.terms import StoredFile
from motcua.identity.terms import Actor
from motcua.kernel.errors import Conflict, Invalid, Problem
from motcua.signing.actions.offices import claim_dossiers, open_office
from motcua.signing.actions.open_signing import Gesture, Subject, open_signing, pressed_before
from motcua.signing.actions.presses import check_pin
from motcua.signing.models import SigningBatch, SigningItem
from motcua.signing.pades.many import Job
from motcua.signing.rules.batches import problems_of_signing
from motcua.trust.terms import Role

#: What a paper of such a batch belongs to: the dossier of the copy.
SUBJECT: Final = "certified_copy"
_ACTS: Final = {Role.CERTIFIER: Act.APPROVE, Role.SEAL: Act.SEAL}


class CopyOffice:
    """Makes a copy as it is to be signed, and does the act once it is."""

    def __init__(self, make: Callable[..., Ready], keep: Callable[..., None]) -> None:
        self._make, self._keep = make, keep

    def paper(self, item: SigningItem, *, actor: Actor, at: datetime) -> Job:
        """Return the copy as whoever pressed may sign it now; raises MotCuaError."""
        return self._make(actor, item.subject_id, at=at, revision=item.revision).job

    def apply(self, item: SigningItem, signed: StoredFile, *, actor: Actor, at: datetime) -> None:
        """Do the act with the signed copy, inside the caller's transaction; raises MotCuaError."""
        copy = CertifiedCopy.objects.get(dossier_id=item.subject_id)
        self._keep(actor, copy, FileRef(signed.sha256, signed.name), at=at, revision=item.revision)


def wire() -> None:
    """Let batches find how copies are made, and keep copies out of the batches of other results."""
    open_office(SUBJECT, Role.CERTIFIER, CopyOffice(copy_to_certify, keep_certified))
    open_office(SUBJECT, Role.SEAL, CopyOffice(copy_to_seal, keep_sealed))
    claim_dossiers(copies_among)


def copies_among(dossier_ids: Collection[int]) -> dict[int, str]:
    """Return which of these dossiers are certified copies, with where they are signed."""
    message = "Bản sao chứng thực được ký, đóng dấu ở mục «Chứng thực bản sao điện tử» hoặc «Bản sao giấy»."
    lines = CertificationEntry.objects.filter(dossier__in=list(dossier_ids), book__kind=BookKind.COPY)
    return dict.fromkeys(lines.values_list("dossier_id", flat=True), message)


def sign_copies(*, actor: Actor, role: Role, items: Sequence[Chosen], pressed: Pressed, at: datetime) -> SigningBatch:
    """Ký chứng thực (`Role.CERTIFIER`) or đóng dấu (`Role.SEAL`): keep the gesture; a job signs each copy by itself.

    A copy that changed since it was shown keeps its reason and stops no other. Pressing twice gives the same batch.
    Raises Invalid for a wrong PIN, none or more than 200 copies; Conflict for a copy that does not wait for the actor;
    NotPermitted for a key that is not theirs.
    """
    items = list({one.dossier_id: one for one in items}.values())
    if problems := problems_of_signing(len(items)):
        raise Invalid(problems)
    choice = choose_key(actor, role, items, pressed, at)
    is_again = pressed_before(actor, pressed.key) is not None
    if choice.needs_pin and not is_again:
        check_pin(choice.ref, pressed.pin)
    with transaction.atomic():
        if is_again:
            subjects = [Subject(SUBJECT, one.dossier_id, one.revision, "") for one in items]
        else:
            waiting = {one.copy.dossier_id: one for one in waiting_copies(actor, _ACTS[role], at=at)}
            if any(one.dossier_id not in waiting for one in items):
                message = "Có bản sao không còn chờ bạn ký hoặc đang nằm trong lô khác; hãy mở lại danh sách."
                raise Conflict(Problem("no_copy", message))
            subjects = [_subject(one, waiting[one.dossier_id]) for one in items]
        gesture = Gesture(role, choice, pressed.key, pressed.pin)
        batch = open_signing(actor=actor, gesture=gesture, subjects=subjects, at=at)
        if not batch.held_for and not is_again:
            app.configure_task(SIGN_JOB).defer(batch_id=batch.pk)
    return batch


def _subject(one: Chosen, waiting: WaitingCopy) -> Subject:
    copy = waiting.copy
    entry, dossier = copy.entry, copy.dossier
    facts = {"code": dossier.code, "owner": dossier.owner.name, "number": f"{entry.number}", "paper": entry.paper_now}
    return Subject(SUBJECT, one.dossier_id, one.revision, f"{dossier.code}-ban-sao", facts)
