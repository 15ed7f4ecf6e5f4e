"""Handing in over the API."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, TypeVar

from django.http import HttpRequest, HttpResponse

from motcua.agencies.queries import UnitInfo, agency_by_code, desks_on, unit, unit_by_slug
from motcua.agencies.rules.codes import code_problems
from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.api import kinds
from motcua.dossiers.api.answers import Json, made, moment_of, write_once
from motcua.dossiers.api.declaring import typed_for
from motcua.dossiers.api.outputs import DossierMade
from motcua.dossiers.api.routes import router
from motcua.dossiers.api.shapes import ComponentIn, DossierIn, PartyIn
from motcua.dossiers.api.uploads import refs_of
from motcua.dossiers.rules.application import (
    Application,
    ComponentFacts,
    FileRef,
    PartyFacts,
    problems_of_people,
    warnings_in_application,
)
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotFound, Problem

Found = TypeVar("Found")
_NAMES = {"case_key": "case", "code": "procedure"}


@router.post(
    "/dossiers",
    response={201: DossierMade},
    operation_id="create_dossier",
    summary="Nộp hồ sơ, hoặc tiếp nhận ngay tại Bộ phận Một cửa",
)
def create(request: HttpRequest, body: Annotated[DossierIn, kinds.body()], key: kinds.Key) -> HttpResponse:
    """Nộp hồ sơ; với `receive: true` Bộ phận Một cửa tiếp nhận ngay và thời hạn bắt đầu tính.

    `agency`, `desk` là mã định danh hoặc tên rút gọn; để trống thì là nơi người tiếp nhận làm việc.
    """
    actor = actor_in(request)

    def act() -> Json:
        at = moment_of(body.at)
        application = application_of(actor, body)
        open_it = take_in_dossier if body.receive else submit_dossier
        try:
            dossier = open_it(actor=actor, application=application, at=at)
        except NotFound as error:
            raise Invalid(error.problems) from error
        return made(dossier, warnings_in_application(application))

    return write_once(request, key, act, status=201, named=lambda field: _named(field, body.components))


def application_of(actor: Actor, body: DossierIn) -> Application:
    """Return the body as the acts understand it; raises Invalid for an unknown agency, desk or upload."""
    problems: list[Problem] = []
    desk = _tried(problems, lambda: unit_named(body.desk, "desk") if body.desk else _own_desk(actor))
    agency = _tried(problems, lambda: unit_named(body.agency, "agency") if body.agency else _agency_of(desk))
    result_desk = _tried(problems, lambda: unit_named(body.result_desk, "result_desk") if body.result_desk else None)
    files = _tried(problems, lambda: refs_of(actor, dict(_tokens(body)))) or {}
    application = Application(
        procedure_code=body.procedure,
        agency_id=agency.id if agency else 0,
        desk_id=desk.id if desk else None,
        case_key=body.case,
        channel=body.channel,
        source=body.source,
        owner=party_facts(body.owner),
        submitter=party_facts(body.submitter) if body.submitter else None,
        components=tuple(_component(one, index, files) for index, one in enumerate(body.components)),
        abstract=body.abstract,
        set_count=body.set_count,
        result_channel=body.result_channel,
        result_place=body.result_place,
        result_desk_id=result_desk.id if result_desk else None,
        external_code=body.external_code,
        proxy_files=tuple(_refs(files, "proxy_files", body.proxy_files)),
        confirmed_duplicate=body.confirmed_duplicate,
        form=typed_for(body.procedure, body.form, moment_of(body.at)),
    )
    if problems:
        raise Invalid([*problems, *problems_of_people(application, today=_today(body.at))])
    return application


def party_facts(body: PartyIn) -> PartyFacts:
    """Return a party of the body as plain values."""
    return PartyFacts(**body.model_dump())


def _tokens(body: DossierIn) -> list[tuple[str, str]]:
    own = [(f"proxy_files.{index}", token) for index, token in enumerate(body.proxy_files)]
    return own + [
        (f"components.{number}.files.{index}", token)
        for number, component in enumerate(body.components)
        for index, token in enumerate(component.files)
    ]


def _component(body: ComponentIn, number: int, files: dict[str, FileRef]) -> ComponentFacts:
    mine = _refs(files, f"components.{number}.files", body.files)
    return ComponentFacts(
        body.key,
        originals=body.originals,
        copies=body.copies,
        note=body.note,
        files=tuple(mine),
        seen=body.seen,
        pages=body.pages,
    )


def _refs(files: dict[str, FileRef], place: str, tokens: list[str]) -> list[FileRef]:
    names = [f"{place}.{index}" for index in range(len(tokens))]
    return [files[name] for name in names if name in files]


def _tried(problems: list[Problem], find: Callable[[], Found]) -> Found | None:
    """Return what is found; for what is wrong, gather the problems and return None."""
    try:
        return find()
    except Invalid as error:
        problems += error.problems
        return None


def _named(field: str, components: list[ComponentIn]) -> str:
    """Return the field of the request; the acts name a paper by its key, the request lists papers by number."""
    head, _, key = field.partition(".")
    if head != "components" or not key:
        return _NAMES.get(field, field)
    number = next((number for number, one in enumerate(components) if one.key == key), None)
    if number is not None:
        return f"components.{number}"
    return field if ".files." in field else head


def _today(at: datetime | None = None) -> date:
    return moment_of(at).astimezone(VIET_NAM).date()


def unit_named(name: str, field: str) -> UnitInfo:
    """Return the unit of that agency code or slug; raises Invalid naming the field."""
    today = _today()
    found = None if code_problems(name) else agency_by_code(name, on=today)
    try:
        return found or unit_by_slug(name)
    except NotFound as error:
        raise Invalid(Problem("unit_unknown", f"Không có cơ quan, đơn vị «{name[:100]}».", field)) from error


def _own_desk(actor: Actor) -> UnitInfo | None:
    today = _today()
    mine = actor.units_with(Right.RECEIVE)
    return next((desk for desk in desks_on(today) if desk.id in mine), None) if mine else None


def _agency_of(desk: UnitInfo | None) -> UnitInfo:
    if desk is None:
        raise Invalid(Problem("required", "Chưa chọn cơ quan giải quyết.", "agency"))
    return unit(desk.agency_id)
