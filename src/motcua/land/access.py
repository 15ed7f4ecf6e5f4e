"""Whose sheet it is."""

from datetime import date

from django.db.models import Q, QuerySet

from motcua.agencies.queries import UnitInfo, units_on
from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right, UnitKind
from motcua.dossiers.access import visible_to
from motcua.dossiers.models import Dossier
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, NotPermitted, Problem
from motcua.land.models import TaxNotice, TransferSheet


def tax_units_of(actor: Actor) -> frozenset[int]:
    """Return the tax offices in which the actor works."""
    return frozenset(one for one in actor.units_with(Right.HANDLE) if unit_by_id(one).kind == UnitKind.TAX)


def tax_offices_for(dossier: Dossier, on: date) -> list[UnitInfo]:
    """Return the tax offices of the dossier's province."""
    root = unit_by_id(dossier.agency_id).path[0]
    return [one for one in units_on(on, kind=UnitKind.TAX) if one.path[0] == root]


def visible_sheets(actor: Actor) -> QuerySet[TransferSheet]:
    """Return the sheets to the actor's tax office, and those of dossiers the actor may read."""
    seen = Q(tax_unit_id__in=tax_units_of(actor)) | Q(dossier__in=visible_to(actor).values("pk"))
    return TransferSheet.objects.filter(seen)


def get_sheet(actor: Actor, sheet_id: int) -> TransferSheet:
    """Return a sheet for reading; raises NotFound."""
    related = ("dossier__procedure", "dossier__version", "dossier__owner", "from_unit__agency", "tax_unit")
    found = visible_sheets(actor).filter(pk=sheet_id).select_related(*related).first()
    if found is None:
        raise NotFound(Problem("no_sheet", "Không tìm thấy phiếu chuyển này."))
    return found


def lock_sheet(actor: Actor, sheet_id: int, *, by_tax: bool) -> TransferSheet:
    """Return a sheet with its row locked; `by_tax`: only an officer of its tax office, else only its land office."""
    found = visible_sheets(actor).filter(pk=sheet_id).select_related("dossier").select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound(Problem("no_sheet", "Không tìm thấy phiếu chuyển này."))
    unit_id = found.tax_unit_id if by_tax else found.from_unit_id
    if not actor.has(Right.HANDLE, unit_id=unit_id):
        raise NotPermitted(Problem("not_your_sheet", f"Việc này do {unit_by_id(unit_id).name} làm."))
    return found


def may_handle(actor: Actor, dossier: Dossier) -> bool:
    """Return whether the actor works on the dossier: at the unit where it is, or at its handling unit."""
    units = actor.units_with(Right.HANDLE)
    return dossier.unit_id in units or dossier.handling_unit_id in units


def may_record(actor: Actor, dossier: Dossier) -> bool:
    """Return whether the actor may write down the parcel: who works on it, or the desk that took it in."""
    return may_handle(actor, dossier) or actor.has(Right.RECEIVE, unit_id=dossier.desk_id)


def may_note_payment(actor: Actor, notice: TaxNotice) -> bool:
    """Return whether the actor may note a payment made elsewhere: its tax office, or the land office that asked."""
    return actor.has(Right.HANDLE, unit_id=notice.sheet.tax_unit_id) or actor.has(
        Right.HANDLE, unit_id=notice.sheet.from_unit_id
    )


def in_name_of(actor: Actor) -> Actor:
    """Return the house acting in the officer's name, for what follows by law from an act this room has allowed."""
    return actor.as_house()
