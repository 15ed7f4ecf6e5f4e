"""ThongTinBienLai: what the platform prints on its receipt."""

from typing import Any

from motcua.agencies.queries import unit as unit_by_id
from motcua.payments.models import Bill, Collecting
from motcua.payments.queries.standing import owed_by_kind
from motcua.payments.terms import FeeKind

_LONGEST_NAME = 250
#: LoaiPhiLePhi of the platform (unverified): phí, lệ phí.
_KINDS = {FeeKind.FEE: "1", FeeKind.CHARGE: "2"}


def receipt_data(bill: Bill, amount: int) -> dict[str, Any]:
    """Return ThongTinBienLai of protocol 1.0.6 for what is owed now; fields that do not concern us are empty."""
    unit = unit_by_id(bill.unit_id)
    account = Collecting.objects.filter(unit_id=bill.unit_id).first() or Collecting()
    fees = [
        {"LoaiPhiLePhi": _KINDS[kind], "MaPhiLePhi": kind.value, "TenPhiLePhi": kind.label, "SoTien": str(owed)}
        for kind, owed in owed_by_kind(bill).items()
        if owed > 0
    ]
    empty = (
        "MaLoaiHinhThuPhat", "TenLoaiHinhThuPhat", "MaCoQuanQD", "TenCoQuanQD", "KhoBac", "NgayQD", "SoQD",
        "ThoiGianViPham", "DiaDiemViPham", "TenNguoiViPham", "TaiKhoanThuNSNN", "HuyenNguoiNop", "TinhNguoiNop",
    )  # fmt: skip
    return {
        "MaDichVu": "1",
        "TenDVC": bill.what[:_LONGEST_NAME],
        "TenTTHC": bill.what[:_LONGEST_NAME],
        "MaDonVi": unit.agency_code,
        "TenDonVi": unit.name,
        "MaHoSo": bill.subject_code,
        "TKThuHuong": account.account_number,
        "MaNHThuHuong": account.bank_bin,
        "TenTKThuHuong": account.account_name,
        "NoiDungThanhToan": bill.reference,
        "HoTenNguoiNop": bill.payer_name,
        "SoCMNDNguoiNop": bill.payer_number,
        "DiaChiNguoiNop": bill.payer_address,
        **dict.fromkeys(empty, ""),
        "PhiLePhi": fees,
        "DSKhoanNop": [{"NoiDung": bill.what[:_LONGEST_NAME], "SoTien": str(amount)}],
    }
