"""Phiếu chuyển thông tin để xác định nghĩa vụ tài chính về đất đai."""

from motcua.agencies.queries import unit as unit_by_id
from motcua.dossiers.papers.words import moment, place_and_date
from motcua.files.papers import render
from motcua.land.models import TransferSheet
from motcua.land.queries import said
from motcua.land.rules.catalogue import parcel_fields, sheet_fields
from motcua.postal.papers import place_name

_TITLE = "Phiếu chuyển thông tin để xác định nghĩa vụ tài chính về đất đai"
_HOUSE = frozenset({"house_kind", "house_grade", "floor_area", "floors", "structure", "built_year", "quality_left"})


def transfer_sheet_pdf(sheet: TransferSheet) -> bytes:
    """Return the sheet as PDF, the same bytes each time (fields of domain facts 13.5)."""
    dossier, office = sheet.dossier, unit_by_id(sheet.from_unit_id)
    owner, agency = dossier.owner, unit_by_id(office.agency_id)
    sheet_specs = sheet_fields()
    land = [*parcel_fields(dossier.procedure.code), *(one for one in sheet_specs if one.key in _OF_LAND)]
    facts = {**sheet.parcel, **sheet.facts}
    data = {
        "title": _TITLE,
        "trace": f"Phiếu chuyển số {sheet.code} · Mã hồ sơ {dossier.code}",
        "number": sheet.code,
        "issued_at": sheet.sent_at.isoformat(),
        "place_and_date": place_and_date(place_name(office.path[0]), sheet.sent_at),
        "parent_name": agency.name if agency.id != office.id else "",
        "agency_name": office.name,
        "dossier_code": dossier.code,
        "barcode_svg": "",
        "barcode_modules": 0,
        "tracking_qr_svg": "",
        "reprint_mark": "",
        "to": sheet.tax_unit.name,
        "received_at": moment(dossier.received_at),
        "procedure": dossier.procedure.name,
        "owner": [
            ["Tên người sử dụng đất", owner.name],
            ["Địa chỉ", owner.address],
            ["Số định danh", owner.personal_id],
            ["Mã số thuế", owner.tax_code],
            ["Số điện thoại", owner.phone],
        ],
        "land": [list(one) for one in said(land, facts)],
        "house": [list(one) for one in said([one for one in sheet_specs if one.key in _HOUSE], facts)],
        "wanted": [list(one) for one in said([one for one in sheet_specs if one.key in _OF_MONEY], facts)],
        "sender": sheet.sent_by_name,
    }
    return render("land/templates/land/transfer.typ", data)


_OF_LAND = frozenset({"position", "within_limit", "beyond_limit", "land_price", "rights_papers"})
_OF_MONEY = frozenset({"transfer_price", "wanted", "relief", "attached"})
