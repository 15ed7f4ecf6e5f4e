"""Lập hồ sơ mới nối tiếp hồ sơ đã kết thúc."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.keep_answers import answers_again
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.events_clock import DossierRenewed
from motcua.dossiers.models import Attachment, Dossier, Party
from motcua.dossiers.rules.answering import mark
from motcua.dossiers.rules.application import Application, ComponentFacts, FileRef, PartyFacts
from motcua.dossiers.terms import Act, AttachmentPurpose, Channel, Consent, PartyKind, ResultChannel, Source
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.procedures.queries import current_version
from motcua.procedures.rules.selection import components_for

OF_PAPERS = (AttachmentPurpose.COMPONENT, AttachmentPurpose.SUPPLEMENT)


@transaction.atomic
def renew_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    confirmed_duplicate: bool = False,
    revision: int | None = None,
) -> Dossier:
    """Lập hồ sơ mới nối tiếp: parties, papers and files of an ended dossier make a new one, nothing typed again.

    By the desk it is taken in at once, by the applicant handed in online. The old one stays as it is. Raises what
    handing in raises: Invalid when papers are missing by the rules of today, Conflict for a duplicate.
    """
    old = lock_dossier(actor, dossier_id, to=Act.RENEW, at=at, revision=revision)
    online = actor.kind == "citizen"
    application = application_from(old, channel=Channel.ONLINE if online else Channel.IN_PERSON, at=at)
    application = replace(application, confirmed_duplicate=confirmed_duplicate)
    if online:
        application = _of_citizen(application, actor)
    make = submit_dossier if online else take_in_dossier
    dossier = make(actor=actor, application=application, at=at)
    follow(actor, dossier, old, at)
    return dossier


def follow(actor: Actor, dossier: Dossier, old: Dossier, at: datetime) -> None:
    """Ghi hồ sơ mới nối tiếp hồ sơ cũ: the link, told and recorded on the old one."""
    dossier.predecessor_id = old.pk
    dossier.save(update_fields=["predecessor"])
    emit(DossierRenewed(dossier_id=old.pk, code=old.code, successor_code=dossier.code), at=at)
    record(actor, "dossier.renewed", old, at=at, data={"code": old.code, "successor": dossier.code})


def application_from(old: Dossier, *, channel: Channel, at: datetime) -> Application:
    """Return what an ended dossier held as a new application, with the papers that its procedure still wants."""
    by_post = old.result_channel == ResultChannel.POST
    return Application(
        procedure_code=old.procedure.code,
        agency_id=old.agency_id,
        desk_id=old.desk_id,
        case_key=old.case_key,
        channel=channel,
        source=Source(old.source),
        owner=_party(old.owner),
        submitter=_party(old.submitter) if old.submitter_id != old.owner_id else None,
        components=_components(old, at),
        abstract=old.abstract,
        set_count=old.set_count,
        result_channel=ResultChannel(old.result_channel),
        result_place=old.result_place if by_post else "",
        result_desk_id=old.result_desk_id,
        proxy_files=_files(old, AttachmentPurpose.PROXY),
        relation=old.relation,
        consent=Consent(old.consent),
        consent_files=_files(old, AttachmentPurpose.CONSENT),
        **_form(old, at),
    )


def _form(old: Dossier, at: datetime) -> dict[str, Any]:
    """The answers of the old e-form to questions that are still asked, each from that dossier."""
    typed, kept = answers_again(old, current_version(old.procedure.code, at).content.form)
    source = mark("dossier", by=old.owner.name, at=at.isoformat(), ref=old.code)
    return {"form": typed, "form_marks": dict.fromkeys(kept, source)} if typed else {}


def _of_citizen(application: Application, actor: Actor) -> Application:
    """An owner who comes back by themselves hands in for themselves, whoever did it before."""
    if application.owner.account_id != actor.account_id:
        return application
    application = replace(application, source=Source.SELF, submitter=None, relation="", consent=Consent.NONE)
    return replace(application, proxy_files=(), consent_files=())


def _party(party: Party) -> PartyFacts:
    return PartyFacts(
        kind=PartyKind(party.kind),
        name=party.name,
        personal_id=party.personal_id,
        tax_code=party.tax_code,
        born=party.born,
        phone=party.phone,
        email=party.email,
        address=party.address,
        representative=party.representative,
        account_id=party.account_id,
    )


def _components(old: Dossier, at: datetime) -> tuple[ComponentFacts, ...]:
    wanted = wanted_papers(old, at)
    return tuple(
        ComponentFacts(
            key=row.key,
            originals=row.originals,
            copies=row.copies,
            note=row.note,
            pages=row.pages,
            files=tuple(_ref(one) for one in row.attachments.filter(purpose__in=OF_PAPERS).order_by("id")),
        )
        for row in old.components.order_by("position")
        if row.key in wanted
    )


def wanted_papers(old: Dossier, at: datetime) -> frozenset[str]:
    """Return the keys of the papers that the procedure wants now for the case of the old dossier."""
    definition = current_version(old.procedure.code, at).content
    if definition.case(old.case_key) is None:
        return frozenset()
    return frozenset(one.component.key for one in components_for(definition, old.case_key))


def _files(old: Dossier, purpose: AttachmentPurpose) -> tuple[FileRef, ...]:
    return tuple(_ref(one) for one in old.attachments.filter(purpose=purpose).order_by("id"))


def _ref(file: Attachment) -> FileRef:
    return FileRef(sha256=file.blob_id, name=file.name)
