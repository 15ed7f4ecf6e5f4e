"""Lists of the tax office and the post office; the land section of a dossier."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.dossiers.models import Dossier
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, Problem
from motcua.land.access import tax_units_of
from motcua.land.models import LandParcel, TaxNotice, TransferSheet
from motcua.land.rules.catalogue import FieldSpec, parcel_fields, sheet_fields
from motcua.land.rules.fields import words_of
from motcua.land.terms import SheetState

_RELATED = ("dossier__procedure", "dossier__owner", "from_unit__agency")
_MOST = 200


def sheets_waiting(actor: Actor) -> list[TransferSheet]:
    """Return the sheets that wait for the actor's tax office, oldest first."""
    found = TransferSheet.objects.filter(tax_unit_id__in=tax_units_of(actor), state=SheetState.WAITING)
    return list(found.select_related(*_RELATED).order_by("sent_at")[:_MOST])


def sheets_closed(actor: Actor) -> list[TransferSheet]:
    """Return the sheets the actor's tax office closed, newest first, with their notices."""
    found = TransferSheet.objects.filter(tax_unit_id__in=tax_units_of(actor)).exclude(state=SheetState.WAITING)
    return list(found.select_related(*_RELATED).prefetch_related("notices__payments").order_by("-closed_at")[:_MOST])


def notices_to_collect(actor: Actor, text: str) -> list[TaxNotice]:
    """Return unpaid notices for a post clerk: of dossiers their office carries, or found by an exact number.

    `text`: code of the dossier, number of the notice or of the owner's identity; people are not listed otherwise.
    """
    offices = actor.units_with(Right.POST_OFFICE)
    roots = {unit_by_id(one).path[0] for one in offices}
    wanted = text.strip()
    near = Q(dossier__postal_orders__office_id__in=offices)
    exact = Q(dossier__code__iexact=wanted) | Q(number__iexact=wanted) | Q(dossier__owner__personal_id=wanted)
    found = TaxNotice.objects.filter(exact if wanted else near, sheet__state=SheetState.ANSWERED)
    found = found.select_related("dossier__procedure", "dossier__owner", "sheet__tax_unit").prefetch_related("payments")
    rows = [one for one in found.distinct().order_by("pay_until", "pk")[:_MOST] if one.owed]
    return [one for one in rows if one.sheet.tax_unit.path[0] in roots]


def notice_for(actor: Actor, notice_id: int) -> TaxNotice:
    """Return one notice for a post clerk of its province or an officer of its offices; raises NotFound."""
    related = ("dossier__procedure", "dossier__owner", "sheet__tax_unit", "sheet__from_unit")
    found = TaxNotice.objects.filter(pk=notice_id).select_related(*related).prefetch_related("payments").first()
    if found is not None:
        roots = {unit_by_id(one).path[0] for one in actor.units_with(Right.POST_OFFICE)}
        ours = actor.units_with(Right.HANDLE) & {found.sheet.tax_unit_id, found.sheet.from_unit_id}
        if ours or found.sheet.tax_unit.path[0] in roots:
            return found
    raise NotFound(Problem("no_notice", "Không tìm thấy thông báo này."))


@dataclass(frozen=True, slots=True)
class LandFile:
    """What the land section of a dossier shows."""

    parcel: Sequence[tuple[str, str]]
    sheets: Sequence[TransferSheet]
    notices: Sequence[TaxNotice]

    @property
    def owed(self) -> int:
        """Đồng still to pay by all notices."""
        return sum(one.owed for one in self.notices)

    @property
    def paid(self) -> int:
        return sum(one.paid for one in self.notices)


def land_file(dossier: Dossier) -> LandFile | None:
    """Return the land section of a dossier, for a part its parent's parcel; None when it is not about land."""
    specs = parcel_fields(dossier.procedure.code)
    if not specs:
        return _of_parent(dossier)
    parcel = LandParcel.objects.filter(dossier=dossier).first()
    sheets = dossier.transfer_sheets.select_related("tax_unit").order_by("pk")
    notices = TaxNotice.objects.filter(dossier=dossier).select_related("sheet__tax_unit")
    return LandFile(
        parcel=said(specs, parcel.facts) if parcel else (),
        sheets=list(sheets),
        notices=list(notices.prefetch_related("payments__receipt").order_by("pk")),
    )


def _of_parent(dossier: Dossier) -> LandFile | None:
    """Which parcel a part is about: whoever answers for the map or the measuring must know it."""
    if dossier.parent_id is None:
        return None
    parcel = LandParcel.objects.filter(dossier=dossier.parent_id).select_related("dossier__procedure").first()
    if parcel is None:
        return None
    return LandFile(parcel=said(parcel_fields(parcel.dossier.procedure.code), parcel.facts), sheets=(), notices=())


def said(specs: Sequence[FieldSpec], facts: dict[str, str | list[str]]) -> list[tuple[str, str]]:
    """Return stored facts as label and words, in the order of the specifications."""
    return [(spec.label, words_of(spec, facts[spec.key])) for spec in specs if facts.get(spec.key)]


def sheet_words(sheet: TransferSheet) -> list[tuple[str, str]]:
    """Return what a sheet says: the parcel, then what is to be determined."""
    parcel = said(parcel_fields(sheet.dossier.procedure.code), sheet.parcel)
    return [*parcel, *said(sheet_fields(), sheet.facts)]
