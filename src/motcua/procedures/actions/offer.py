"""Đăng ký thủ tục cơ quan tiếp nhận."""

from datetime import date, datetime

from django.db import transaction

from motcua.agencies.models import Unit
from motcua.agencies.models.span import holds_on
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.checks import reason_problems
from motcua.kernel.errors import Invalid, NotFound, Problem, RuleBroken
from motcua.kernel.text import clean
from motcua.procedures.access import locked, require_offer
from motcua.procedures.events import ProcedureOffered
from motcua.procedures.models import Offering, Procedure
from motcua.procedures.queries.reading import day_of
from motcua.procedures.rules.offering import OfferFacts, problems_before_offer


@transaction.atomic
def offer(
    *, actor: Actor, code: str, agency_id: int, handling_unit_id: int, at: datetime, valid_from: date | None = None
) -> Offering:
    """Đăng ký thủ tục: from `valid_from` (today when None) the agency takes the procedure, the unit works on it.

    Another handling unit ends the earlier offering on that day. The same offering again changes nothing. Raises
    NotPermitted, NotFound, RuleBroken with every problem.
    """
    agency, handling = _unit(agency_id, "agency"), _unit(handling_unit_id, "handling_unit")
    require_offer(actor, agency)
    procedure = locked(code)
    begins = valid_from or day_of(at)
    if problems := problems_before_offer(_facts(procedure, agency, handling, begins)):
        raise RuleBroken(problems)
    earlier = procedure.offerings.filter(holds_on(begins), agency=agency).first()
    if earlier is not None and earlier.handling_unit_id == handling.pk:
        return earlier
    offering = _put(procedure, agency, handling, earlier, begins)
    _announce(actor, offering, at)
    return offering


@transaction.atomic
def stop_offering(*, actor: Actor, code: str, agency_id: int, reason: str, at: datetime) -> Offering:
    """Thôi tiếp nhận thủ tục: from today the agency takes no new dossiers of the procedure.

    Raises NotPermitted, NotFound, Invalid without a reason, RuleBroken when it does not offer it.
    """
    agency = _unit(agency_id, "agency")
    require_offer(actor, agency)
    said = clean(reason)
    if problems := reason_problems(said):
        raise Invalid(problems)
    procedure = locked(code)
    today = day_of(at)
    offering = procedure.offerings.filter(holds_on(today), agency=agency).first()
    if offering is None:
        raise RuleBroken(Problem("not_offered", "Cơ quan không tiếp nhận thủ tục này.", "agency"))
    if offering.valid_from == today:
        offering.delete()
    else:
        offering.valid_to = today
        offering.save(update_fields=["valid_to"])
    data = {
        "code": code,
        "agency": agency.name,
        "agency_id": agency.pk,
        "valid_to": today.isoformat(),
        "reason": said,
    }
    record(actor, "procedure.offering_stopped", procedure, at=at, data=data)
    return offering


def _unit(unit_id: int, field: str) -> Unit:
    found = Unit.objects.filter(pk=unit_id).first()
    if found is None:
        raise NotFound(Problem("no_unit", "Không có cơ quan, đơn vị này.", field))
    return found


def _holds(unit: Unit, on: date) -> bool:
    return unit.valid_from <= on and (unit.valid_to is None or on < unit.valid_to)


def _facts(procedure: Procedure, agency: Unit, handling: Unit, on: date) -> OfferFacts:
    return OfferFacts(
        is_listed=procedure.is_listed,
        agency_id=agency.pk,
        agency_is_agency=agency.agency_id == agency.pk,
        agency_holds=_holds(agency, on),
        handling_path=handling.path,
        handling_holds=_holds(handling, on),
    )


def _put(procedure: Procedure, agency: Unit, handling: Unit, earlier: Offering | None, begins: date) -> Offering:
    """Begin the offering; one that began on the same day only gets the other handling unit."""
    if earlier is not None and earlier.valid_from == begins:
        earlier.handling_unit = handling
        earlier.save(update_fields=["handling_unit"])
        return earlier
    ends = earlier.valid_to if earlier is not None else _next_beginning(procedure, agency, begins)
    if earlier is not None:
        earlier.valid_to = begins
        earlier.save(update_fields=["valid_to"])
    return Offering.objects.create(
        procedure=procedure, agency=agency, handling_unit=handling, valid_from=begins, valid_to=ends
    )


def _next_beginning(procedure: Procedure, agency: Unit, begins: date) -> date | None:
    """The day a later offering of the agency begins, which the new one must not run into."""
    later = procedure.offerings.filter(agency=agency, valid_from__gt=begins).order_by("valid_from")
    return later.values_list("valid_from", flat=True).first()


def _announce(actor: Actor, offering: Offering, at: datetime) -> None:
    procedure = offering.procedure
    fact = ProcedureOffered(
        procedure_id=procedure.pk,
        code=procedure.code,
        agency_id=offering.agency_id,
        handling_unit_id=offering.handling_unit_id,
        valid_from=offering.valid_from,
    )
    emit(fact, at=at)
    data = {
        "code": procedure.code,
        "agency": offering.agency.name,
        "agency_id": offering.agency_id,
        "handling_unit": offering.handling_unit.name,
        "handling_unit_id": offering.handling_unit_id,
        "valid_from": offering.valid_from.isoformat(),
    }
    record(actor, "procedure.offered", procedure, at=at, data=data)
