"""Ký nháy: the draft of a result is initialled in the same gesture that hands it on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.appraise import appraise_dossier, own_words
from motcua.dossiers.actions.attach import attach
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.models import Attachment, Dossier, DraftInitials, DraftResult
from motcua.dossiers.papers.initialled import first_paper, last_paper, later_roles, plan_of, role_at, standing
from motcua.dossiers.papers.result import kind_of, result_name, result_symbol
from motcua.dossiers.queries.pages import last_symbols
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.rules.titles import signing_title
from motcua.dossiers.terms import Act, AttachmentPurpose
from motcua.files.models import Blob
from motcua.files.terms import StoredFile
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import NotPermitted, Problem, RuleBroken
from motcua.signing.actions.offices import open_office
from motcua.signing.actions.open_signing import Gesture, Subject, open_signing, pressed_before
from motcua.signing.actions.presses import check_pin
from motcua.signing.models import SigningBatch, SigningItem
from motcua.signing.pades.many import Job
from motcua.signing.queries.batches import in_signing
from motcua.signing.queries.keys import officer_keys
from motcua.signing.terms import KeyChoice
from motcua.trust.terms import Role

#: The job that works on batches whose papers are dossiers' (dossiers/jobs.py).
SIGN_JOB, SUBJECT = "dossiers.sign_batch", "dossier"


@dataclass(frozen=True, slots=True)
class HandingOn:
    """The act that follows the initials, with its facts: appraising (a new draft), or passing on what is drafted."""

    act: Act
    facts: Mapping[str, Any]


def keys_to_initial(actor: Actor, at: datetime) -> list[KeyChoice]:
    """Return the keys with which the actor may initial: their own; one that wants a new code each time is for more."""
    return [one for one in officer_keys(actor.account_id, at) if not one.needs_code]


def initial_and_hand_on(
    *,
    actor: Actor,
    dossier_id: int,
    handing: HandingOn,
    revision: int,
    key: str,
    key_ref: str,
    pin: str,
    at: datetime,
) -> SigningBatch:
    """Ký nháy và chuyển tiếp: keep the gesture; a job initials the draft, then does the act, once.

    `key` names the press. Raises whatever the act itself would raise now, RuleBroken where the step has no initials or
    the draft cannot be a PDF, NotPermitted for a key that is not the actor's own, Invalid for a wrong PIN.
    """
    choice = next((one for one in keys_to_initial(actor, at) if one.ref == key_ref), None)
    if choice is None:
        raise NotPermitted(Problem("not_your_key", "Hãy chọn khóa ký của chính bạn, còn hiệu lực.", "key_ref"))
    if pressed_before(actor, key) is None:
        subject = _rehearsed(actor, dossier_id, handing, revision, at)
        if choice.needs_pin:
            check_pin(choice.ref, pin)
    else:
        subject = Subject(SUBJECT, dossier_id, revision, "", {})
    with transaction.atomic():
        gesture = Gesture(Role(subject.facts.get("role", Role.INITIAL_CONTENT)), choice, key, pin)
        batch = pressed_before(actor, key) or open_signing(actor=actor, gesture=gesture, subjects=[subject], at=at)
        if not batch.held_for and batch.finished_at is None:
            app.configure_task(SIGN_JOB).defer(batch_id=batch.pk)
    return batch


def _rehearsed(actor: Actor, dossier_id: int, handing: HandingOn, revision: int, at: datetime) -> Subject:
    """Do the act and take it back, so that everything that is wrong is said before anybody signs."""
    if busy := in_signing(SUBJECT, [dossier_id]):
        raise RuleBroken(Problem("in_signing", f"Văn bản đang nằm trong lô ký của {next(iter(busy.values()))}."))
    with transaction.atomic():
        dossier = lock_dossier(actor, dossier_id, to=handing.act, at=at, revision=revision)
        role = role_at(dossier)
        if role is None:
            raise RuleBroken(Problem("no_initials", "Bước này của quy trình không có ký nháy."))
        draft = _draft(dossier, handing, at)
        kind_of(draft, dossier)
        title = f"{role.label} – {result_name(dossier, draft)} – {dossier.owner.name}"
        facts = {
            "role": role.value,
            "act": handing.act.value,
            "said": dict(handing.facts),
            "code": dossier.code,
            "owner": dossier.owner.name,
            "symbol": _symbol(dossier, draft),
        }
        point = transaction.savepoint()
        _hand_on(actor, dossier_id, handing, revision, at)
        transaction.savepoint_rollback(point)
    return Subject(SUBJECT, dossier_id, revision, title, facts)


class InitialsOffice:
    """Whoever drafts, or agrees to a draft, initials it; handing it on is the act."""

    def paper(self, item: SigningItem, *, actor: Actor, at: datetime) -> Job:
        """Return the draft as PDF, to be initialled now; raises MotCuaError."""
        role, handing = Role(item.facts["role"]), _handing(item)
        with transaction.atomic():
            dossier = lock_dossier(actor, item.subject_id, to=handing.act, at=at, revision=item.revision)
            draft = _draft(dossier, handing, at)
            kind_of(draft, dossier)
            before = standing(draft)
            pdf = last_paper(dossier, before) if before else first_paper(dossier, draft, item.facts["symbol"], at)
            later = later_roles(dossier, after=role)
            agency_id = dossier.agency_id
        return plan_of(pdf, role, actor=actor, agency_id=agency_id, at=at, later=later, is_first=not before)

    def apply(self, item: SigningItem, signed: StoredFile, *, actor: Actor, at: datetime) -> None:
        """Hand the dossier on, and keep who initialled what."""
        role, handing = Role(item.facts["role"]), _handing(item)
        dossier = _hand_on(actor, item.subject_id, handing, item.revision, at)
        draft = dossier.drafts.order_by("-number").first()
        if draft is None:
            raise RuleBroken(Problem("no_draft", "Chưa có dự thảo kết quả để ký nháy."))
        paper = attach(actor, dossier, FileRef(signed.sha256, signed.name), purpose=AttachmentPurpose.DRAFT, at=at)
        row = DraftInitials.objects.create(
            draft=draft,
            role=role,
            step_key=dossier.moves.order_by("-number").values_list("from_step", flat=True)[:1].get(),
            account_id=actor.known_id,
            name=actor.name,
            title=signing_title(dossier.acting_as(actor), unit_ids=(dossier.unit_id, dossier.agency_id)),
            at=at,
            symbol=item.facts["symbol"],
            paper=paper,
        )
        data = {"code": dossier.code, "draft": draft.number, "role": row.role, "paper": signed.sha256}
        record(actor, "dossier.initialled", dossier, at=at, data=data)


def _handing(item: SigningItem) -> HandingOn:
    return HandingOn(Act(item.facts["act"]), item.facts["said"])


def _hand_on(actor: Actor, dossier_id: int, handing: HandingOn, revision: int, at: datetime) -> Dossier:
    common: dict[str, Any] = {"actor": actor, "dossier_id": dossier_id, "at": at, "revision": revision}
    facts = dict(handing.facts)
    if handing.act != Act.APPRAISE:
        return forward_dossier(**common, **facts, initialled=True)
    file = facts.pop("file", None)
    return appraise_dossier(**common, **facts, file=FileRef(*file) if file else None, initialled=True)


def _draft(dossier: Dossier, handing: HandingOn, at: datetime) -> DraftResult:
    """The draft that is handed on: the latest, or the one to be, not saved."""
    if handing.act != Act.APPRAISE:
        latest = dossier.drafts.select_related("attachment__blob").order_by("-number").first()
        if latest is None:
            raise RuleBroken(Problem("no_draft", "Chưa có dự thảo kết quả để ký nháy."))
        if standing(latest) and role_at(dossier) in {one.role for one in standing(latest)}:
            raise RuleBroken(Problem("initialled_before", "Dự thảo này đã ký nháy ở bước này; hãy chuyển tiếp."))
        return latest
    said = handing.facts
    text = own_words(dossier, said.get("template", ""), said.get("text", ""), at=at)
    file = said.get("file")
    blob = Blob.objects.filter(pk=file[0]).first() if file else None
    return DraftResult(
        dossier=dossier,
        is_negative=said.get("is_negative", False),
        opinion=said.get("opinion", ""),
        text=text,
        template=said.get("template", ""),
        attachment=Attachment(dossier=dossier, blob=blob, name=file[1]) if file and blob else None,
    )


def _symbol(dossier: Dossier, draft: DraftResult) -> str:
    if before := standing(draft):
        return before[0].symbol
    last = last_symbols([dossier]).get((dossier.agency_id, dossier.procedure_id), "")
    return result_symbol(dossier, draft, last=last)


for _role in (Role.INITIAL_CONTENT, Role.INITIAL_FORM):
    open_office(SUBJECT, _role, InitialsOffice())
