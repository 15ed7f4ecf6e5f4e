"""Mở hồ sơ thành phần liên thông."""

import secrets
from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import unit as unit_by_id
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.access.process_facts import process_facts
from motcua.dossiers.actions.advance import advance, due_at_step, log_move
from motcua.dossiers.actions.carry_over import carry_over
from motcua.dossiers.actions.clock import start_clock
from motcua.dossiers.actions.number import next_code
from motcua.dossiers.actions.opening import Place, place_of, search_keys_of
from motcua.dossiers.events import DossierForwarded, DossierReceived
from motcua.dossiers.events_exchange import PartOpened
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import Application, PartyFacts
from motcua.dossiers.rules.flow import closed_ways, target_forward
from motcua.dossiers.terms import OPEN, Act, Channel, Status
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Conflict, Invalid, NotFound, Problem, RuleBroken
from motcua.kernel.inserting import insert
from motcua.procedures.queries import current_version, offerings_of
from motcua.procedures.rules.selection import case_of, first_step

_TOKEN_BYTES = 9


@transaction.atomic
def open_part(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    procedure_code: str,
    agency_id: int | None = None,
    case_key: str = "",
    revision: int | None = None,
) -> Dossier:
    """Mở hồ sơ thành phần: another procedure is done within this dossier; nothing is typed or handed in again.

    The part has a code and a clock of its own, the people, papers and files of its parent, and is at once with the
    agency that solves it. `agency_id` None: the parent's agency when it offers the procedure, else the only one
    that does. Returns the parent. Raises Invalid, Conflict when such a part is open already.
    """
    parent = lock_dossier(actor, dossier_id, to=Act.OPEN_PART, at=at, revision=revision)
    place = _place(parent, procedure_code, agency_id, at)
    _refuse_second(parent, place)
    part = _build(actor, parent, place, _case(parent, place, case_key), at)
    _start(actor, part, parent, at)
    parent.search_keys = search_keys_of(parent)
    name = f"{place.offer.definition.name} – {place.agency.name}"
    advance(parent, actor=actor, act=Act.OPEN_PART, at=at, note=name, also=("search_keys",))
    emit(PartOpened(dossier_id=parent.pk, code=parent.code, part_id=part.pk, part_code=part.code), at=at)
    data = {"code": parent.code, "part": part.code, "agency": place.agency.name}
    record(actor, "dossier.part_opened", parent, at=at, data=data)
    return parent


def _place(parent: Dossier, code: str, agency_id: int | None, at: datetime) -> Place:
    try:
        procedure_id = current_version(code, at).procedure_id
    except NotFound as error:
        raise Invalid(Problem("no_procedure", error.problems[0].message, "procedure")) from None
    if agency_id is None:
        offered = [one.agency_id for one in offerings_of(procedure_id, at)]
        if parent.agency_id not in offered and len(offered) != 1:
            message = "Hãy chọn cơ quan giải quyết: thủ tục này có nhiều cơ quan, hoặc chưa cơ quan nào, giải quyết."
            raise Invalid(Problem("required", message, "agency"))
        agency_id = parent.agency_id if parent.agency_id in offered else offered[0]
    wanted = Application(
        procedure_code=code,
        agency_id=agency_id,
        case_key="",
        channel=Channel(parent.channel),
        owner=PartyFacts(name=parent.owner.name),
        desk_id=parent.desk_id,
        result_desk_id=parent.result_desk_id,
    )
    return place_of(wanted, at)


def _case(parent: Dossier, place: Place, typed: str) -> str:
    """The case that was chosen, else the one that the parent's procedure names, else the first."""
    definition = place.offer.definition
    linked = (one.case for one in parent.definition.linked if one.procedure == definition.code)
    return case_of(definition, typed or next(linked, "") or definition.cases[0].key).key


def _refuse_second(parent: Dossier, place: Place) -> None:
    same = parent.parts.filter(
        procedure_id=place.offer.procedure_id, agency_id=place.agency.id, status__in=sorted(OPEN)
    )
    if code := same.values_list("code", flat=True).first():
        message = f"Thủ tục này đang được giải quyết tại cơ quan đã chọn, hồ sơ thành phần {code}."
        raise Conflict(Problem("part_open", message, "procedure"))


def _build(actor: Actor, parent: Dossier, place: Place, case_key: str, at: datetime) -> Dossier:
    part = Dossier(
        tracking_token=secrets.token_urlsafe(_TOKEN_BYTES),
        status=Status.RECEIVED,
        version_id=place.offer.version_id,
        procedure_id=place.offer.procedure_id,
        case_key=case_key,
        channel=parent.channel,
        source=parent.source,
        agency_id=place.agency.id,
        handling_unit_id=place.handling_unit_id,
        desk_id=place.desk.id,
        result_desk_id=parent.result_desk_id,
        unit_id=place.desk.id,
        step_key=first_step(place.offer.definition).key,
        parent=parent,
        owner=parent.owner,
        submitter=parent.submitter,
        abstract=parent.abstract,
        set_count=parent.set_count,
        result_channel=parent.result_channel,
        result_place=parent.result_place,
        submitted_at=at,
        received_at=at,
        receiver_name=actor.name,
        last_act_at=at,
    )
    part.definition = place.offer.definition
    return part


def _start(actor: Actor, part: Dossier, parent: Dossier, at: datetime) -> None:
    """Write the part with its papers, let its clock run and give it to whoever works at its first step."""
    start_clock(part, at)
    part.step_due_at = due_at_step(part, part.step, at)
    part.code = next_code(agency_id=part.agency_id, agency_code=unit_by_id(part.agency_id).agency_code, at=at)
    part.search_keys = search_keys_of(part)
    insert(part)
    carry_over(actor, parent, part, at=at)
    log_move(part, actor=actor, act=Act.RECEIVE, at=at, note=f"Hồ sơ thành phần của {parent.code}")
    emit(DossierReceived(dossier_id=part.pk, code=part.code, due_at=part.due_at), at=at)
    data = {"code": part.code, "channel": part.channel, "parent": parent.code}
    record(actor, "dossier.received", part, at=at, data=data, is_new=True)
    facts = process_facts(part, at, actor)
    step = target_forward(part.definition, part.step, "", facts)
    if step is None:
        raise RuleBroken(closed_ways(part.definition, part.step, facts))
    advance(part, actor=actor, act=Act.FORWARD, at=at, status=Status.PROCESSING, step=step)
    forwarded = DossierForwarded(dossier_id=part.pk, code=part.code, unit_id=part.unit_id, step_key=step.key)
    emit(forwarded, at=at)
    record(actor, "dossier.forwarded", part, at=at, data={"code": part.code, "to_step": step.key})
