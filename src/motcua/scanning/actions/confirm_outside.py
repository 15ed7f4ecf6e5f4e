"""Xác nhận số hóa, ký bằng token tại máy: digests go out, signatures come back; the last of them confirms the stack."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import transaction

from motcua.agencies.queries import unit
from motcua.files.terms import StoredFile
from motcua.identity.terms import Actor
from motcua.kernel.errors import Conflict, Problem, RuleBroken
from motcua.scanning.actions.binding import Pen, digitiser_job, pdf_of
from motcua.scanning.actions.confirm import Confirmed, Made, Ready, ready_papers, write_papers
from motcua.scanning.models import Stack
from motcua.scanning.rules.numbers import file_name
from motcua.signing.actions.continue_signing import stop_signing
from motcua.signing.actions.offices import open_office
from motcua.signing.actions.open_signing import Gesture, Subject, open_signing
from motcua.signing.models import SigningBatch, SigningItem
from motcua.signing.pades.lots import Job
from motcua.signing.queries.keys import officer_keys
from motcua.signing.terms import KeyChoice, KeyKind
from motcua.trust.queries import waiting_papers
from motcua.trust.terms import Level, Role

#: What a paper of such a batch belongs to: its place in the stack that the batch names.
SUBJECT: Final = "stack_paper"
State = SigningItem.State


def token_of(actor: Actor, pen: Pen, at: datetime) -> KeyChoice | None:
    """Return the token at the clerk's own computer that was chosen; None when another key was, or none."""
    mine = (one for one in officer_keys(actor.account_id, at) if one.kind == KeyKind.AGENT)
    return next((one for one in mine if one.ref == pen.key_ref), None)


def confirm_outside(*, actor: Actor, stack_id: int, confirmed: Confirmed, key: str, at: datetime) -> SigningBatch:
    """Xác nhận số hóa bằng token: keep what was confirmed until the token has signed every paper of the stack.

    Nothing goes into the dossier before. `key` names the press; an earlier one for the same stack is stopped. Raises
    Invalid with every problem of the values, RuleBroken for a key that is no token of the actor's, Conflict.
    """
    choice = token_of(actor, confirmed.pen, at)
    if choice is None:
        raise RuleBroken(Problem("not_your_key", "Hãy chọn token của chính bạn, còn hiệu lực.", "key_ref"))
    stack, papers = ready_papers(actor, stack_id, confirmed, at)
    subjects = [
        Subject(SUBJECT, place, confirmed.revision, file_name(one.number).removesuffix(".pdf"), _facts(stack, one))
        for place, one in enumerate(papers)
    ]
    facts = {"stack": stack.pk, "revision": confirmed.revision, "values": dict(confirmed.values), "key": choice.ref}
    gesture = Gesture(Role.DIGITISER, choice, key, facts=facts)
    with transaction.atomic():
        _stop_earlier(actor, stack, key, at)
        return open_signing(actor=actor, gesture=gesture, subjects=subjects, at=at)


def _facts(stack: Stack, paper: Ready) -> dict[str, str]:
    return {"code": stack.dossier.code, "number": paper.number}


def _stop_earlier(actor: Actor, stack: Stack, key: str, at: datetime) -> None:
    waiting = SigningBatch.objects.filter(actor_id=actor.known_id, role=Role.DIGITISER, finished_at__isnull=True)
    for one in waiting.filter(facts__stack=stack.pk).exclude(key=key):
        stop_signing(actor=actor, batch_id=one.pk, at=at)


class StackOffice:
    """Makes the papers of a stack as they are to be signed; with the last signature the whole stack is confirmed."""

    def paper(self, item: SigningItem, *, actor: Actor, at: datetime) -> Job:
        """Return a paper as it was confirmed; raises MotCuaError when the stack changed meanwhile."""
        stack, papers = ready_papers(actor, int(item.batch.facts["stack"]), _confirmed(item.batch), at)
        if item.subject_id >= len(papers):
            raise Conflict(Problem("stack_changed", "Xấp giấy đã thay đổi; hãy xác nhận lại."))
        one, agency = papers[item.subject_id], unit(unit(stack.dossier.desk_id).agency_id).name
        content = pdf_of(one.paper, number=one.number, author=agency, at=at)
        return digitiser_job(content, actor=actor, agency=agency, at=at)

    def apply(self, item: SigningItem, signed: StoredFile, *, actor: Actor, at: datetime) -> None:
        """Confirm the stack when this was the last signature; until then the signed paper waits for the others."""
        others = list(item.batch.items.exclude(pk=item.pk).select_related("signed"))
        if any(one.state not in {State.SIGNED, State.APPLIED} for one in others):
            return
        confirmed = _confirmed(item.batch)
        stack_id = int(item.batch.facts["stack"])
        _stack, papers = ready_papers(actor, stack_id, confirmed, at)
        files = {one.subject_id: _file(one) for one in others} | {item.subject_id: signed}
        named = [replace(files[place], name=file_name(one.number)) for place, one in enumerate(papers)]
        bare = set(waiting_papers().filter(sha256__in=[one.sha256 for one in named]).values_list("sha256", flat=True))
        levels = [Level.B if one.sha256 in bare else Level.T for one in named]
        write_papers(actor, stack_id, confirmed, Made(papers, levels, named), at)


def _confirmed(batch: SigningBatch) -> Confirmed:
    facts = batch.facts
    return Confirmed(int(facts["revision"]), facts["values"], Pen(facts["key"]))


def _file(item: SigningItem) -> StoredFile:
    blob = item.signed
    if blob is None:
        raise Conflict(Problem("not_signed", "Giấy tờ này chưa được ký; hãy xác nhận lại."))
    return StoredFile(blob.sha256, blob.size, blob.media_type, f"{item.title}.pdf")


def wire() -> None:
    """Let batches find how papers of stacks are made."""
    open_office(SUBJECT, Role.DIGITISER, StackOffice())
