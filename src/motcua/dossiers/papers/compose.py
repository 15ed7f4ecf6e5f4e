"""From a dossier to the data of its papers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from motcua.agencies.queries import UnitInfo
from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import UnitKind
from motcua.dossiers.models import Apology, Delivery, Dossier, DossierComponent, Party, Result, SupplementRequest
from motcua.dossiers.papers.data import (
    ApologyData,
    ComponentLine,
    HandoverNoteData,
    PersonLine,
    ReceiptData,
    RefusalData,
    ResultLine,
    Signatory,
    StopData,
    SupplementLine,
    SupplementSlipData,
)
from motcua.dossiers.rules.causes import Stopping, cause_text
from motcua.dossiers.rules.marks import mark_words
from motcua.dossiers.rules.verifying import paper_mark
from motcua.dossiers.terms import ONLINE_CHANNELS, Channel, Collector, ResultChannel, Source
from motcua.procedures.rules.selection import fees_for, term_for
from motcua.procedures.terms import Definition, Fee
from motcua.processes.terms import TermSpec

_UNIT_WORDS = {"working_day": "ngày làm việc", "day": "ngày", "working_hour": "giờ làm việc"}
_TYPES_OF_PLACE = ("Xã ", "Phường ", "Đặc khu ", "Tỉnh ", "Thành phố ")
Name = tuple[str, str]
#: Domains of procedures whose Mẫu 01 is another (domain code → variant): chứng thực, đất đai.
_VARIANTS = {"CT": "certification", "DD": "land"}


def receipt(dossier: Dossier, *, receiver: Name, components: Sequence[DossierComponent] | None = None) -> ReceiptData:
    """Return the data of Mẫu 01; `components` are those of the dossier in their order, read when not at hand."""
    received_at = dossier.received_at or dossier.last_act_at
    lines = tuple(
        ComponentLine(name=row.name, originals=row.originals, copies=row.copies, note=_component_note(row))
        for row in (dossier.components.order_by("position") if components is None else components)
        if row.is_present
    )
    return ReceiptData(
        **shared(dossier, received_at),
        channel=Channel(dossier.channel).label,
        components=lines,
        set_count=dossier.set_count,
        term_text=term_text(term_for(dossier.definition, dossier.case_key, dossier.channel)),
        received_at=received_at,
        due_at=dossier.due_at,
        due_explained=str(dossier.due_working.get("text", "")),
        result_place=result_place(dossier),
        fees_text=fees_text(dossier.definition, dossier.case_key, dossier.channel),
        receiver=Signatory(name=receiver[0], title=receiver[1]),
        variant=_VARIANTS.get(dossier.definition.domain.code, ""),
    )


def supplement_slip(dossier: Dossier, request: SupplementRequest, *, adviser: Name) -> SupplementSlipData:
    """Return the data of Mẫu 02."""
    items = tuple(SupplementLine(name=item["name"], note=item["need"]) for item in request.items)
    return SupplementSlipData(
        **shared(dossier, request.requested_at),
        items=items,
        reason=request.reason,
        submitted_at=dossier.submitted_at,
        answer_by=request.answer_until,
        website=settings.BASE_URL,
        contact_name=adviser[0],
        contact_phone=unit_by_id(dossier.desk_id).phone,
        adviser=Signatory(name=adviser[0], title=adviser[1]),
    )


def refusal(dossier: Dossier, *, at: datetime, reason: str, refuser: Name) -> RefusalData:
    """Return the data of Mẫu 03."""
    return RefusalData(
        **shared(dossier, at),
        reason=reason,
        submitted_at=dossier.submitted_at,
        contact_name=refuser[0],
        contact_phone=unit_by_id(dossier.desk_id).phone,
        refuser=Signatory(name=refuser[0], title=refuser[1]),
    )


def handover_note(dossier: Dossier, result: Result, delivery: Delivery, *, giver: Name) -> HandoverNoteData:
    """Return the data of the hand-over note."""
    symbol = f"{result.number}/{result.symbol}" if result.symbol else result.number
    recipient = PersonLine(name=delivery.name, id_number=delivery.personal_id, phone=delivery.phone)
    return HandoverNoteData(
        **shared(dossier, delivery.delivered_at),
        results=(ResultLine(name=result.name, symbol=symbol, issued_on=result.issued_on),),
        delivered_at=delivery.delivered_at,
        giver=Signatory(name=giver[0], title=giver[1]),
        recipient=recipient,
        recipient_role=Collector(delivery.collector).label,
        delivery_place=unit_by_id(dossier.delivery_desk_id).name,
    )


def apology(dossier: Dossier, found: Apology, *, at: datetime) -> ApologyData:
    """Return the data of Mẫu 04: a letter of the agency that solves the dossier."""
    return ApologyData(
        **shared(dossier, at) | of_agency(dossier),
        extends=found.extends,
        received_at=dossier.received_at or dossier.submitted_at,
        domain=dossier.definition.domain.name,
        original_due_at=dossier.original_due_at,
        due_before=found.due_before,
        cause=cause_text(found.cause, found.reason),
        promised_at=found.promised_at,
        signer=Signatory(name=found.signer_name, title=found.signer_title),
    )


def stop(dossier: Dossier, stopping: Stopping, *, stage: str, at: datetime, signer: Name) -> StopData:
    """Return the data of Mẫu 05."""
    return StopData(
        **shared(dossier, at) | of_agency(dossier),
        ground=stopping.ground.label,
        reason=stopping.reason,
        legal_basis=stopping.basis,
        received_at=dossier.received_at,
        submitted_at=dossier.submitted_at,
        stage=stage,
        asked_on=stopping.asked_on,
        fees=stopping.fees,
        papers=stopping.papers,
        signer=Signatory(name=signer[0], title=signer[1]),
    )


def tracking_url(dossier: Dossier) -> str:
    """Return the address in the QR: it opens the public timeline of this one dossier."""
    return f"{settings.BASE_URL}/tra-cuu/{dossier.code}/{dossier.tracking_token}/"


def verify_url(dossier: Dossier, form: str, version: int) -> str:
    """Return the address in the second QR: it says whether the paper was issued and is the latest print."""
    return f"{settings.BASE_URL}/xac-minh/{paper_mark(dossier.code, form, version, secret=dossier.tracking_token)}/"


def term_text(spec: TermSpec) -> str:
    """Return a term in words: "3 ngày làm việc", "trong ngày làm việc"."""
    if spec.unit == "same_day":
        return "Trong ngày làm việc"
    return f"{spec.amount:02d} {_UNIT_WORDS[spec.unit]}"


NO_FEES = "Không thu"


def fees_text(definition: Definition, case_key: str, channel: str) -> str:
    """Return the fees in words, "Không thu" when there are none."""
    fees = [fee for fee in fees_for(definition, case_key, channel) if fee.amount or fee.is_set_elsewhere]
    return "; ".join(f"{fee.name}: {_fee_words(fee)}" for fee in fees) or NO_FEES


def _fee_words(fee: Fee) -> str:
    if fee.is_set_elsewhere:
        return "theo quy định"
    return f"{money(fee.amount)}{f'/{fee.per}' if fee.per else ''}"


def money(amount: int) -> str:
    """Return an amount of đồng: 50.000 đồng."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def shared(dossier: Dossier, issued_at: datetime) -> dict[str, Any]:
    """Return what every paper of the dossier says: head, people, request, where to follow it."""
    agency, desk = unit_by_id(dossier.agency_id), unit_by_id(dossier.desk_id)
    desk_agency = unit_by_id(desk.agency_id)
    return {
        "dossier_code": dossier.code,
        "parent_name": desk_agency.name,
        "agency_name": desk.name,
        "desk_name": desk.name,
        "place": place_name(desk_agency),
        "issued_at": issued_at,
        "submitter": _person(dossier.submitter),
        "owner": _person(dossier.owner) if dossier.owner_id != dossier.submitter_id else None,
        "submitter_role": _role(dossier),
        "request": _request(dossier, agency),
        "tracking_url": tracking_url(dossier),
        "desk_phone": desk.phone,
        "desk_address": desk.address,
        "online": dossier.channel in ONLINE_CHANNELS,
    }


def of_agency(dossier: Dossier) -> dict[str, str]:
    """Return the head of a letter of the agency itself: no name above it but for a body of another one (NĐ 30/2020)."""
    agency = unit_by_id(dossier.agency_id)
    is_committee = agency.kind in {UnitKind.COMMUNE, UnitKind.PROVINCE}
    above = unit_by_id(agency.path[-2]).name if len(agency.path) > 1 and not is_committee else ""
    return {"parent_name": above, "agency_name": agency.name, "place": place_name(agency)}


def _role(dossier: Dossier) -> str:
    """Return who handed in for the owner, by what right; "" for the owner themselves."""
    if dossier.source == Source.SELF:
        return ""
    if dossier.assisted_by is not None:
        return f"{Source.ASSISTED.label}: {dossier.assisted_by.full_name}"
    return ": ".join(filter(None, [Source(dossier.source).label, dossier.relation]))


def _request(dossier: Dossier, agency: UnitInfo) -> str:
    name = dossier.definition.name
    about = f" – {dossier.abstract}" if dossier.abstract else ""
    return f"{name}{about} (cơ quan giải quyết: {agency.name})"


def _person(party: Party) -> PersonLine:
    return PersonLine(
        name=party.name,
        id_number=party.personal_id or party.tax_code,
        address=party.address,
        phone=party.phone,
        email=party.email,
    )


def place_name(agency: UnitInfo) -> str:
    """Return the name of the place before the date: "Hồng Gai" for UBND phường Hồng Gai (NĐ 30/2020, Phụ lục I)."""
    name = agency.short_name if agency.kind == UnitKind.COMMUNE and agency.short_name else agency.name
    for prefix in ("Ủy ban nhân dân ", "UBND "):
        name = name.removeprefix(prefix)
    name = name[:1].upper() + name[1:]
    for kind in _TYPES_OF_PLACE:
        name = name.removeprefix(kind)
    return name


def _component_note(row: DossierComponent) -> str:
    """What the desk wrote beside a paper, and what it saw of it."""
    return "; ".join(filter(None, [row.note, mark_words(row.seen, row.pages)]))


def result_place(dossier: Dossier) -> str:
    """Return where and how the result is collected, in words."""
    if dossier.result_channel == ResultChannel.IN_PERSON:
        return unit_by_id(dossier.delivery_desk_id).name
    label = ResultChannel(dossier.result_channel).label
    return f"{label}: {dossier.result_place}" if dossier.result_place else label
