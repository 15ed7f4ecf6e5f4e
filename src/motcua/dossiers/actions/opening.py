"""Lập hồ sơ: what handing in online and taking in at the desk have in common."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from motcua.agencies.queries import UnitInfo
from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import visible_to
from motcua.dossiers.actions.attach import attach
from motcua.dossiers.actions.helping import at_desk, own_account, refuse_over_limit
from motcua.dossiers.actions.keep_answers import keep_read, save_read
from motcua.dossiers.actions.number import next_code
from motcua.dossiers.models import Dossier, DossierComponent, Party
from motcua.dossiers.queries.desks import desk_of
from motcua.dossiers.rules.acts import problems_of_moment
from motcua.dossiers.rules.answering import form_problems, read_form
from motcua.dossiers.rules.application import (
    Application,
    ComponentFacts,
    PartyFacts,
    declared_component,
    problems_in_application,
    problems_of_people,
)
from motcua.dossiers.rules.helping import consent_of
from motcua.dossiers.rules.search import number_key, search_keys
from motcua.dossiers.terms import ONLINE_CHANNELS, OPEN, AttachmentPurpose, Digitised, Seen, Source, Status
from motcua.forms.queries import places
from motcua.identity.terms import Actor
from motcua.kernel.asking import Question
from motcua.kernel.checks import tidy_number, tidy_phone
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, Problem, RuleBroken
from motcua.kernel.inserting import insert, insert_all
from motcua.kernel.text import clean
from motcua.procedures.queries import Offer, offer_at
from motcua.procedures.rules.selection import components_for, first_step

_TOKEN_BYTES = 9
#: Two tabs that hand in for the same person wait for each other, so that the second sees what the first wrote.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dossier goes: what it is handed in under, who works on it, which agency decides, which desk takes it.

    `result_desk`: where the result is collected when not at that desk.
    """

    offer: Offer
    handling_unit_id: int
    agency: UnitInfo
    desk: UnitInfo
    result_desk: UnitInfo | None = None


def open_dossier(actor: Actor, application: Application, *, at: datetime, received: bool) -> Dossier:
    """Lập hồ sơ: check everything and return the dossier, not yet written.

    `received`: the desk takes it in at once. Raises Invalid with every problem, NotPermitted when the actor is
    neither the applicant nor at that desk, Conflict for an open dossier of the same person and procedure, RuleBroken
    for a moment in the future, NotFound for a procedure that does not hold.
    """
    application = tidy(application)
    if problems := problems_of_moment(at, last_act_at=at, now=timezone.now()):
        raise RuleBroken(problems)
    today = at.astimezone(VIET_NAM).date()
    try:
        place = place_of(application, at)
    except Invalid as error:
        raise Invalid([*error.problems, *problems_of_people(application, today=today)]) from None
    acting = _of_desk(actor, application, place, at=at, received=received)
    online = application.channel in ONLINE_CHANNELS and not received
    definition = place.offer.definition
    problems = problems_in_application(application, definition, today=today, online=online)
    answers = read_form(application, definition, today=today, places=places())
    if problems := [*problems, *form_problems(answers, application, definition)]:
        raise Invalid(problems)
    refuse_over_limit(actor, application, desk_id=place.desk.id, at=at)
    if not application.confirmed_duplicate:
        _refuse_duplicate(actor, application, place)
    dossier = _build(actor, application, place, at)
    if answers is not None:
        keep_read(dossier, answers, actor=actor, marks=application.form_marks, at=at)
    if acting.mandate is not None:
        dossier.__dict__["acting"] = acting
    dossier.status = Status.RECEIVED if received else Status.SUBMITTED
    return dossier


def save_opened(
    actor: Actor, dossier: Dossier, application: Application, *, at: datetime
) -> Sequence[DossierComponent]:
    """Write an opened dossier and its parts; the code is given last, to hold its counter only briefly.

    Returns its components in their order.
    """
    application = tidy(application)
    owner, submitter = dossier.owner, dossier.submitter
    insert_all([owner] if submitter is owner else [owner, submitter])
    dossier.owner, dossier.submitter = owner, submitter  # sets their ids in the dossier
    dossier.code = next_code(agency_id=dossier.agency_id, agency_code=unit_by_id(dossier.agency_id).agency_code, at=at)
    dossier.search_keys = search_keys_of(dossier)
    insert(dossier)
    save_read(dossier)
    return _save_components(actor, dossier, application, at)


def search_keys_of(dossier: Dossier) -> list[str]:
    """Return the keys the dossier is found by."""
    parties = [dossier.owner, dossier.submitter]
    family = [] if dossier.pk is None else list(dossier.parts.order_by("id").values_list("code", flat=True))
    if dossier.parent is not None:
        family.append(dossier.parent.code)
    return search_keys(
        code=dossier.code,
        names=[party.name for party in parties],
        numbers=[number for party in parties for number in (party.phone, party.personal_id, party.tax_code)],
        external_code=dossier.external_code,
        family=family,
        shelf=dossier.shelf,
    )


def place_of(application: Application, at: datetime) -> Place:
    """Return what is offered, by whom, agency and desk; raises Invalid when the procedure is not offered there."""
    agency = _unit(application.agency_id, "agency")
    offer = offer_at(application.procedure_code, agency.id, at)
    if offer.handling_unit_id is None:
        message = f"Thủ tục {application.procedure_code} không được giải quyết tại {agency.name}."
        raise Invalid(Problem("not_offered", message, "agency"))
    on = at.astimezone(VIET_NAM).date()
    desk = _unit(application.desk_id, "desk") if application.desk_id else desk_of(agency, on=on)
    if desk is None or not _serves(desk, agency, on):
        message = "Nơi tiếp nhận đã chọn không phải Bộ phận Một cửa đang hoạt động của tỉnh."
        raise Invalid(Problem("not_a_desk", message, "desk"))
    result_desk = _unit(application.result_desk_id, "result_desk") if application.result_desk_id else desk
    if not _serves(result_desk, agency, on):
        message = "Nơi nhận kết quả đã chọn không phải Bộ phận Một cửa đang hoạt động của tỉnh."
        raise Invalid(Problem("not_a_desk", message, "result_desk"))
    return Place(
        offer=offer,
        handling_unit_id=offer.handling_unit_id,
        agency=agency,
        desk=desk,
        result_desk=result_desk if result_desk.id != desk.id else None,
    )


def _serves(desk: UnitInfo, agency: UnitInfo, on: date) -> bool:
    """Any desk of the province serves any of its agencies (phi địa giới hành chính, Nghị định 118/2025/NĐ-CP)."""
    return desk.is_desk and desk.holds_on(on) and desk.path[0] == agency.path[0]


def _unit(unit_id: int, field: str) -> UnitInfo:
    try:
        return unit_by_id(unit_id)
    except NotFound as error:
        raise Invalid([replace(problem, field=field) for problem in error.problems]) from None


def tidy(application: Application) -> Application:
    """Return the application with its texts cleaned: NFC, Đ for Ð, no invisible characters, tidy numbers."""
    return replace(
        application,
        owner=_tidy_party(application.owner),
        submitter=_tidy_party(application.submitter) if application.submitter else None,
        abstract=clean(application.abstract, keep_lines=True),
        result_place=clean(application.result_place),
        external_code=clean(application.external_code),
        relation=clean(application.relation),
        components=tuple(replace(one, note=clean(one.note)) for one in application.components),
    )


def _tidy_party(party: PartyFacts) -> PartyFacts:
    return replace(
        party,
        name=clean(party.name),
        personal_id=tidy_number(clean(party.personal_id)).upper(),
        tax_code=tidy_number(clean(party.tax_code)),
        phone=tidy_phone(clean(party.phone)),
        email=clean(party.email),
        address=clean(party.address),
        representative=clean(party.representative),
    )


def _of_desk(actor: Actor, application: Application, place: Place, *, at: datetime, received: bool) -> Actor:
    """Return who acts and in which capacity: the applicant online, else somebody who takes in at that desk."""
    if actor.kind == "citizen" and application.channel in ONLINE_CHANNELS and not received:
        return actor
    domain = place.offer.definition.domain.code
    if (acting := at_desk(actor, application, domain=domain, desk_id=place.desk.id, at=at)) is not None:
        return acting
    message = f"Bạn không có quyền tiếp nhận hồ sơ tại {place.desk.name}."
    raise NotPermitted(Problem("not_your_desk", message))


def _refuse_duplicate(actor: Actor, application: Application, place: Place) -> None:
    number = application.owner.personal_id or application.owner.tax_code
    if not number:
        return
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [f"dossiers.open.{place.offer.procedure_id}.{number}"])
    same = [pk for (pk,) in _SAME(number=number, key=number_key(number), procedure_id=place.offer.procedure_id)]
    if same and (codes := list(visible_to(actor).filter(pk__in=same).values_list("code", flat=True)[:5])):
        message = f"Chủ hồ sơ đang có hồ sơ cùng thủ tục chưa giải quyết xong: {', '.join(codes)}."
        raise Conflict(
            Problem("duplicate", message + " Nếu vẫn muốn nộp, hãy xác nhận nộp thêm hồ sơ.", "confirmed_duplicate")
        )


_SAME = Question(
    lambda number, key, procedure_id: Dossier.objects.filter(
        Q(owner__personal_id=number) | Q(owner__tax_code=number),
        search_keys__contains=[key],
        procedure_id=procedure_id,
        status__in=sorted(OPEN),
    ).values_list("pk"),
    number=str,
    key=str,
    procedure_id=int,
)


def _build(actor: Actor, application: Application, place: Place, at: datetime) -> Dossier:
    owner = _party(replace(application.owner, account_id=own_account(application)))
    submitter = _party(application.submitter) if application.submitter else owner
    if actor.kind == "citizen":
        submitter.account_id = actor.account_id
    step = first_step(place.offer.definition)
    dossier = Dossier(
        external_code=application.external_code,
        tracking_token=secrets.token_urlsafe(_TOKEN_BYTES),
        version_id=place.offer.version_id,
        procedure_id=place.offer.procedure_id,
        case_key=application.case_key,
        channel=application.channel,
        source=application.source,
        relation=application.relation,
        consent=consent_of(application.source, application.consent),
        assisted_by_id=actor.account_id if application.source == Source.ASSISTED else None,
        agency_id=place.agency.id,
        handling_unit_id=place.handling_unit_id,
        desk_id=place.desk.id,
        unit_id=place.desk.id,
        step_key=step.key,
        owner=owner,
        submitter=submitter,
        abstract=application.abstract,
        set_count=application.set_count,
        result_channel=application.result_channel,
        result_place=application.result_place,
        result_desk_id=place.result_desk.id if place.result_desk else None,
        submitted_at=at,
        last_act_at=at,
    )
    dossier.definition = place.offer.definition
    return dossier


def _party(facts: PartyFacts) -> Party:
    return Party(
        kind=facts.kind,
        name=facts.name,
        personal_id=facts.personal_id,
        tax_code=facts.tax_code,
        born=facts.born,
        phone=facts.phone,
        email=facts.email,
        address=facts.address,
        representative=facts.representative,
        account_id=facts.account_id,
    )


def _save_components(
    actor: Actor, dossier: Dossier, application: Application, at: datetime
) -> Sequence[DossierComponent]:
    given = {component.key: component for component in application.components}
    if (declared := declared_component(application, dossier.definition)) and declared not in given:
        given[declared] = ComponentFacts(declared, note="Khai điện tử")
    needed = components_for(dossier.definition, dossier.case_key)
    rows = []
    for position, one in enumerate(needed, start=1):
        facts = given.get(one.component.key)
        if facts is None and not one.required:
            continue
        rows.append(
            DossierComponent(
                dossier=dossier,
                position=position,
                key=one.component.key,
                name=one.component.name,
                originals=facts.originals if facts else 0,
                copies=facts.copies if facts else 0,
                is_required=one.required,
                is_present=facts is not None and (facts.is_present or one.component.key == declared),
                note=facts.note if facts else "",
                seen=facts.seen if facts else Seen.UNSEEN,
                pages=facts.pages if facts else 0,
                digitised=facts.digitised if facts else Digitised.NO,
            )
        )
    insert_all(rows)
    for row in rows:
        facts = given.get(row.key)
        for ref in facts.files if facts else ():
            attach(actor, dossier, ref, purpose=AttachmentPurpose.COMPONENT, component=row, at=at)
    for ref in application.proxy_files:
        attach(actor, dossier, ref, purpose=AttachmentPurpose.PROXY, at=at)
    for ref in application.consent_files:
        attach(actor, dossier, ref, purpose=AttachmentPurpose.CONSENT, at=at)
    return rows
