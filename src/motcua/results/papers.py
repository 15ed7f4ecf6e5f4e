"""Phiếu xác thực: one page with the signed QR code, since a signed PDF is not touched any more."""

from django.conf import settings

from motcua.dossiers.papers.compose import of_agency
from motcua.dossiers.papers.words import moment, place_and_date
from motcua.files.papers import qr_svg, render
from motcua.results.models import StoredPaper

_TEMPLATE = "results/templates/results/slip.typ"


def slip_pdf(paper: StoredPaper) -> bytes:
    """Return the verification slip of an issued result as PDF: the same bytes each time."""
    issued, dossier = paper.issued, paper.dossier
    agency = of_agency(dossier) if dossier else {"agency_name": paper.issuer, "parent_name": "", "place": ""}
    data = {
        "title": "Phiếu xác thực kết quả",
        "trace": f"Phiếu xác thực {issued.code}",
        "issued_at": paper.deposited_at.isoformat(),
        **agency,
        "dossier_code": dossier.code if dossier else "",
        "barcode_svg": "",
        "barcode_modules": 0,
        "tracking_qr_svg": "",
        "reprint_mark": "",
        "place_and_date": place_and_date(agency["place"], paper.deposited_at),
        "name": paper.name,
        "paper_number": paper.number,
        "issued_on": f"{paper.issued_on:%d/%m/%Y}" if paper.issued_on else "",
        "holder": paper.holder_name,
        "validity": validity_text(paper),
        "signer": ", ".join(filter(None, [issued.signer_name, issued.signer_title])),
        "version": str(paper.version),
        "entered_at": moment(paper.deposited_at),
        "code": issued.code,
        "qr_svg": qr_svg(issued.qr_text),
        "address": f"{settings.BASE_URL}/kiem-tra/",
    }
    return render(_TEMPLATE, data)


def validity_text(paper: StoredPaper) -> str:
    """Return until when a paper holds, in words."""
    if paper.valid_to is not None:
        return f"đến hết ngày {paper.valid_to:%d/%m/%Y}"
    return paper.validity_words or "theo nội dung ghi trên giấy"
