"""The letter to a certificate authority, in the layout of Nghị định 30/2020/NĐ-CP."""

from datetime import datetime

from django.utils import timezone

from motcua.files.documents import Document, DocumentKind, Signer, fields, render_document, text
from motcua.trust.models import CertificateRequest
from motcua.trust.queries import order_of
from motcua.trust.terms import REVOCATION_REASONS, HolderKind, RequestKind

_ADDRESSEE = "Tổ chức cung cấp dịch vụ chứng thực chữ ký số"


def request_letter(row: CertificateRequest, *, at: datetime) -> bytes:
    """Return the letter as a PDF without number and day, to be signed and sent."""
    order, kind = order_of(row, at), RequestKind(row.kind)
    whose = "cá nhân" if order.holder_kind == HolderKind.OFFICER else "cơ quan"
    about = f"đề nghị {kind.label.lower()} chứng thư chữ ký số của {whose}"
    return render_document(
        DocumentKind.LETTER,
        Document(
            agency_name=row.unit.name,
            place=_place_of(row),
            issued_at=timezone.localtime(at),
            about=about,
            body=(
                text(f"{row.unit.name} {about}, thông tin như sau:"),
                fields(*_facts(row, order.name, order.title)),
                text(f"Lý do: {row.reason.rstrip('.')}."),
                text("Đề nghị Quý đơn vị thực hiện và gửi lại kết quả bằng văn bản điện tử."),
            ),
            signers=(Signer(("THỦ TRƯỞNG CƠ QUAN",), ""),),
            addressees=(_ADDRESSEE,),
            recipients=("Như trên",),
        ),
    )


def _facts(row: CertificateRequest, name: str, title: str) -> list[tuple[str, str]]:
    found = [("Tên chủ thể", name), ("Chức vụ", title), ("Cơ quan, tổ chức", row.unit.name)]
    found.append(("Mã định danh cơ quan", row.unit.agency_code))
    if row.certificate is not None:
        until = timezone.localtime(row.certificate.valid_to)
        found += [("Số sê-ri chứng thư", row.certificate.serial), ("Nơi cấp", row.certificate.issuer_name)]
        found.append(("Thời hạn đến", f"{until:%d/%m/%Y}"))
    if row.revocation_code:
        found.append(("Căn cứ thu hồi", REVOCATION_REASONS.get(row.revocation_code, row.revocation_code)))
    return [(label, value) for label, value in found if value]


def _place_of(row: CertificateRequest) -> str:
    territory = row.unit.territory
    return territory.name if territory else row.unit.name
