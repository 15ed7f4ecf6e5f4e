"""Handing in over the API."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from motcua.agencies.queries import UnitInfo, agency_by_code, desks_on, unit, unit_by_slug
from motcua.agencies.rules.codes import code_problems
from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.api.answers import Json, brief, moment_of, write_once
from motcua.dossiers.api.shapes import ComponentIn, DossierIn, PartyIn
from motcua.dossiers.api.uploads import ref_of
from motcua.dossiers.rules.application import (
    Application,
    ComponentFacts,
    PartyFacts,
    warnings_in_application,
)
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotFound, Problem

router = Router()


@router.post("/dossiers", summary="Nộp hồ sơ, hoặc tiếp nhận ngay tại Bộ phận Một cửa")
def create(request: HttpRequest, body: DossierIn) -> HttpResponse:
    """Hand a dossier in; with `receive` true the desk takes it in at once and the clock starts."""
    actor = actor_in(request)

    def act() -> tuple[int, Json]:
        at = moment_of(body.at)
        application = application_of(actor, body)
        open_it = take_in_dossier if body.receive else submit_dossier
        dossier = open_it(actor=actor, application=application, at=at)
        return 201, brief(dossier, warnings_in_application(application))

    return write_once(request, act)


def application_of(actor: Actor, body: DossierIn) -> Application:
    """Return the body as the acts understand it; raises Invalid for an unknown agency or upload."""
    desk = _unit(body.desk, "desk") if body.desk else _own_desk(actor)
    agency = _unit(body.agency, "agency") if body.agency else _agency_of(desk)
    return Application(
        procedure_code=body.procedure,
        agency_id=agency.id,
        desk_id=desk.id if desk else None,
        case_key=body.case,
        channel=body.channel,
        source=body.source,
        owner=party_facts(body.owner),
        submitter=party_facts(body.submitter) if body.submitter else None,
        components=tuple(_component(actor, one) for one in body.components),
        abstract=body.abstract,
        set_count=body.set_count,
        result_channel=body.result_channel,
        result_place=body.result_place,
        external_code=body.external_code,
        proxy_files=tuple(ref_of(actor, token, field="proxy_files") for token in body.proxy_files),
        confirmed_duplicate=body.confirmed_duplicate,
    )


def party_facts(body: PartyIn) -> PartyFacts:
    """Return a party of the body as plain values."""
    return PartyFacts(**body.model_dump())


def _component(actor: Actor, body: ComponentIn) -> ComponentFacts:
    files = tuple(ref_of(actor, token, field=f"components.{body.key}") for token in body.files)
    return ComponentFacts(body.key, originals=body.originals, copies=body.copies, note=body.note, files=files)


def _unit(name: str, field: str) -> UnitInfo:
    today = moment_of(None).astimezone(VIET_NAM).date()
    found = None if code_problems(name) else agency_by_code(name, on=today)
    try:
        return found or unit_by_slug(name)
    except NotFound as error:
        raise Invalid(Problem("unit_unknown", f"Không có cơ quan, đơn vị «{name[:100]}».", field)) from error


def _own_desk(actor: Actor) -> UnitInfo | None:
    today = moment_of(None).astimezone(VIET_NAM).date()
    mine = actor.units_with(Right.RECEIVE)
    return next((desk for desk in desks_on(today) if desk.id in mine), None) if mine else None


def _agency_of(desk: UnitInfo | None) -> UnitInfo:
    if desk is None:
        raise Invalid(Problem("required", "Chưa chọn cơ quan giải quyết.", "agency"))
    return unit(desk.agency_id)
