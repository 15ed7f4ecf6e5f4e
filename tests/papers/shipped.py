"""Every paper that ships, set with samples: for each Typst template what it takes to print it.

A template that is nobody's paper but a part of others stands in `PARTS`. A new template belongs here or there: a test
demands it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.papers.data import Signatory
from motcua.dossiers.papers.forms import FORMS, render_form
from motcua.dossiers.papers.lists import LISTS, ListForm, ListHead, render_list
from motcua.dossiers.papers.tests.samples import SAMPLES
from motcua.files.documents import DocumentKind
from motcua.files.papers import qr_svg, render
from motcua.forms.papers.printing import Head, declaration_pdf, paper_pdf
from motcua.forms.terms import PaperTemplate
from motcua.forms.tests.samples import TYPED, WHOLE, answers
from tests.papers.official import LONG_AGENCY, LONG_PROCEDURE, official_pdf

Setting = Callable[[], bytes]
_AT = datetime(2026, 2, 5, 9, 0, tzinfo=VIET_NAM)
_URL = "https://motcua.example.vn/tra-cuu/?ma=H26.12.30-260212-0007"
_HEAD = Head(
    _AT, agency_name=LONG_AGENCY, place="Ba Đình", code="H26-1", url=_URL, number="05/GXN-UBND", signer="Bùi Ý"
)
_COMMON: Mapping[str, Any] = {
    "title": "Giấy tờ",
    "trace": "Giấy tờ số 05",
    "number": "05/2026",
    "issued_at": _AT.isoformat(),
    "place_and_date": "Ba Đình, ngày 05 tháng 02 năm 2026",
    "parent_name": "Ủy ban nhân dân tỉnh Lâm Đồng",
    "agency_name": LONG_AGENCY,
    "dossier_code": "H26.12.30-260212-0007",
    "barcode_svg": "",
    "barcode_modules": 0,
    "tracking_qr_svg": qr_svg(_URL),
    "reprint_mark": "",
}
_RESULT = {
    "about_letter": "",
    "heading": "Giấy xác nhận",
    "about": "Về việc " + LONG_PROCEDURE,
    "addressee": "",
    "preview": "",
    "lines": [
        {"kind": "centred", "text": "ỦY BAN NHÂN DÂN"},
        {"kind": "ground", "text": "Căn cứ Luật Hộ tịch;"},
        {"kind": "article", "head": "Điều 1.", "text": LONG_PROCEDURE},
        {"kind": "text", "text": "Xác nhận./."},
    ],
    "recipients": ["Như trên;", "Lưu: VT."],
    "signing_lines": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
    "signer_name": "Hoàng Mạnh Cường",
}
_PAIRS = [["Tên", "Nguyễn Thị Ánh Nguyệt"], ["Địa chỉ", "Tổ 1, khu 2"]]
_TRANSFER = {
    "to": "Thuế cơ sở 1",
    "procedure": LONG_PROCEDURE,
    "received_at": "09 giờ 00, ngày 05/02/2026",
    "owner": _PAIRS,
    "land": _PAIRS,
    "house": _PAIRS,
    "wanted": _PAIRS,
    "sender": "Đỗ Thị Ngữ",
}
_BILL = {
    "template_number": "01BLP",
    "symbol": "AA-26T",
    "number": "0000005",
    "kind": "fee",
    "names": ["Phí thẩm định hồ sơ cấp giấy chứng nhận"],
    "payer": "Nguyễn Thị Ánh Nguyệt",
    "payer_address": "Tổ 1, khu 2",
    "payer_number": "022190001234",
    "code": "H26.12.30-260212-0007",
    "amount_in_words": "tám nghìn đồng",
    "amount_text": "8.000",
    "method": "Tiền mặt",
    "unit": LONG_AGENCY,
    "unit_address": "Số 1 Trần Phú",
    "tax_code": "0100000000",
    "day": "05",
    "month": "02",
    "year": "2026",
    "issuer": "Đỗ Thị Ngữ",
    "title": "Biên lai thu phí",
    "cancelled": "",
}
_MONEY_RECEIPT = {
    "issued_at": _AT.isoformat(),
    "title": "Biên lai thu phí",
    "unit": LONG_AGENCY,
    "receipts": [_BILL, _BILL | {"cancelled": "Hủy lúc 09:00 ngày 05/02/2026: ghi sai"}],
}
_CLOSING = {
    "issued_at": _AT.isoformat(),
    "title": "Biên bản chốt ca thu tiền mặt",
    "unit": LONG_AGENCY,
    "desk": "Bộ phận Một cửa",
    "cashier": "Đỗ Thị Ngữ",
    "opened": "07:00",
    "closed": "17:00",
    "moves": [["08:00", "H26-1", "Thu phí", "8.000"]],
    "notes": [["1.000", "8", "8.000"]],
    "opening": "0",
    "expected": "8.000",
    "counted": "8.000",
    "counted_in_words": "tám nghìn đồng",
    "difference": "Thừa 1 đồng",
    "reason": "Đếm nhầm",
    "hand_over": "Nộp thủ quỹ",
    "taker": "Vũ Ánh",
    "taken": "17:30",
}
_SHEET = {
    "from_name": LONG_AGENCY,
    "to_name": "Bưu điện Ba Đình",
    "made_at": "09:00",
    "taken_at": "10:00",
    "giver": "Đỗ Ngữ",
    "taker": "Vũ Ánh",
    "count": "01",
    "missing": "00",
    "rows": [["H26-1", LONG_PROCEDURE, "VN1", "Đủ"]],
}
_POSTAL_RECEIPT = {
    "payer": "Nguyễn Thị Ánh Nguyệt",
    "payer_number": "022190001234",
    "subject": "Lệ phí",
    "for_unit": LONG_AGENCY,
    "amount": "8.000 đồng",
    "amount_words": "tám nghìn đồng",
    "taken_at": "09:00",
    "taker": "Vũ Ánh",
}
_MONEY_LIST = {
    **{name: _SHEET[name] for name in ("from_name", "to_name", "giver", "taker", "count")},
    "purpose": "Phí, lệ phí",
    "closed_at": "17:00",
    "total": "8.000 đồng",
    "total_words": "tám nghìn đồng",
    "counted": "8.000 đồng",
    "reason": "",
    "received": "8.000 đồng",
    "received_reason": "",
    "received_at": "17:30",
    "rows": [["CT-1", "H26-1", LONG_PROCEDURE, "8.000"]],
}
_SLIP = {
    "name": LONG_PROCEDURE,
    "paper_number": "05/GXN-UBND",
    "issued_on": "05/02/2026",
    "holder": "Nguyễn Thị Ánh Nguyệt",
    "validity": "đến hết ngày 05/02/2027",
    "signer": "Hoàng Mạnh Cường, Chủ tịch",
    "version": "1",
    "entered_at": "09 giờ 00, ngày 05/02/2026",
    "code": "ABCD-EFGH",
    "qr_svg": qr_svg(_URL),
    "address": "https://motcua.example.vn/kiem-tra/",
}
_TESTIMONY = {
    "paper_name": LONG_PROCEDURE,
    "pages": "2",
    "book": "01/2026-SCT/BS",
    "requester": "Nguyễn Thị Ánh Nguyệt",
    "day": "05",
    "month": "02",
    "year": "2026",
    "signer_title": "Chủ tịch",
    "signer_name": "Hoàng Mạnh Cường",
}
_BOOK = {
    "title": "Sổ chứng thực bản sao",
    "book": "01/2026",
    "year": "2026",
    "what": "Tên của bản chính giấy tờ, văn bản",
    "lines": [["1", "05/02/2026", "Nguyễn Thị Ánh\n022190001234", LONG_PROCEDURE, "Bùi Ý", "2", "1", "2.000", ""]],
    "closing": "Sổ đang mở.",
}
_SEPARATORS = {
    "issued_at": _AT.isoformat(),
    "author": "Một Cửa",
    "trace": "Tờ phân cách",
    "owner": "N. T. Á. N.",
    "sheets": [{"name": LONG_PROCEDURE, "code": "H26-1", "qr_svg": qr_svg(_URL)}] * 2,
}
_LABEL = {
    "issued_at": _AT.isoformat(),
    "code": "H26.12.30-260212-0007",
    "procedure": LONG_PROCEDURE[:70],
    "owner": "N. T. Á. N.",
    "due": "17:00 05/02/2026",
    "shelf": "K1",
    "qr_svg": qr_svg(_URL),
}
_LIST_HEAD = ListHead(
    parent_name="Ủy ban nhân dân tỉnh Lâm Đồng",
    agency_name=LONG_AGENCY,
    place="Ba Đình",
    issued_at=_AT,
    lines=("Từ ngày 01/02/2026",),
    totals=(("Tổng số", "02"),),
    signers=(Signatory(name="Đỗ Ngữ", title="Người lập"), Signatory(name="Vũ Ánh", title="Người nhận")),
)
_OWN_PAPER = PaperTemplate.model_validate(
    {
        "key": "p",
        "name": "Giấy xác nhận",
        "kind": "result",
        "title": "Giấy xác nhận",
        "blocks": [
            {"kind": "heading", "text": "Phần một"},
            {"kind": "text", "text": f"{LONG_PROCEDURE}; {{owner.name}}."},
            {"kind": "fields", "keys": ["shop", "firm", "email", "members"]},
            {"kind": "table", "keys": ["members"]},
            {"kind": "list", "items": "members.name", "text": "{item}"},
            {"kind": "signatures", "text": "Người lập | Đỗ Ngữ\nTM. ỦY BAN NHÂN DÂN / CHỦ TỊCH | Bùi Ý\n"},
        ],
    }
)


def _list(form: ListForm) -> bytes:
    columns = len(LISTS[form].columns) - 1
    return render_list(form, _LIST_HEAD, [["Nguyễn Thị Ánh"] * columns] * 12)


def _sampled(template: str, sample: Mapping[str, Any], *, alone: bool = False) -> Setting:
    return partial(render, template, sample if alone else {**_COMMON, **sample})


def _values() -> Mapping[str, object]:
    return answers(WHOLE, TYPED).values


#: Template, below the package → what prints it; a template with several shapes has several settings.
PAPERS: dict[str, list[Setting]] = {
    "files/layout/document.typ": [partial(official_pdf, kind) for kind in DocumentKind],
    "dossiers/papers/templates/result.typ": [_sampled("dossiers/papers/templates/result.typ", _RESULT)],
    "dossiers/papers/templates/label.typ": [_sampled("dossiers/papers/templates/label.typ", _LABEL, alone=True)],
    "dossiers/papers/templates/lists/list.typ": [partial(_list, form) for form in ListForm],
    "results/templates/results/slip.typ": [_sampled("results/templates/results/slip.typ", _SLIP)],
    "scanning/papers/templates/separators.typ": [
        _sampled("scanning/papers/templates/separators.typ", _SEPARATORS, alone=True)
    ],
    "certification/papers/templates/testimony.typ": [
        _sampled("certification/papers/templates/testimony.typ", _TESTIMONY)
    ],
    "certification/papers/templates/book.typ": [_sampled("certification/papers/templates/book.typ", _BOOK)],
    "land/templates/land/transfer.typ": [_sampled("land/templates/land/transfer.typ", _TRANSFER)],
    "payments/templates/papers/receipt.typ": [
        _sampled("payments/templates/papers/receipt.typ", _MONEY_RECEIPT, alone=True)
    ],
    "payments/templates/papers/closing.typ": [_sampled("payments/templates/papers/closing.typ", _CLOSING, alone=True)],
    "postal/templates/postal/sheet.typ": [_sampled("postal/templates/postal/sheet.typ", _SHEET)],
    "postal/templates/postal/receipt.typ": [_sampled("postal/templates/postal/receipt.typ", _POSTAL_RECEIPT)],
    "postal/templates/postal/money.typ": [_sampled("postal/templates/postal/money.typ", _MONEY_LIST)],
    "forms/papers/templates/declaration.typ": [
        lambda: declaration_pdf(WHOLE, _values(), head=_HEAD),
        lambda: declaration_pdf(WHOLE, {}, head=_HEAD),
    ],
    "forms/papers/templates/paper.typ": [lambda: paper_pdf(_OWN_PAPER, WHOLE, _values(), {}, head=_HEAD)],
    **{spec.template: [partial(render_form, *key, SAMPLES[key[0]])] for key, spec in FORMS.items()},
}

#: Templates that other templates are made of; a stamp is drawn on papers and examined with them.
PARTS = (
    "files/layout/decree30.typ",
    "forms/papers/templates/lines.typ",
    "dossiers/papers/templates/parts/",
    "dossiers/papers/templates/tt01_2018/words.typ",
    "dossiers/papers/templates/tt03_2025/words.typ",
    "signing/appearance/templates/stamp.typ",
    "signing/appearance/templates/words.typ",
)
