"""One document of each of the 29 kinds, with names as long as they come."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from motcua.deadlines.terms import VIET_NAM
from motcua.files.documents import (
    Annex,
    Circulation,
    Document,
    DocumentKind,
    Signer,
    Urgency,
    article,
    chapter,
    fields,
    heading,
    render_document,
    symbol_of,
    table,
    text,
)

LONG_PROCEDURE = (
    "Thủ tục đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong các trường hợp "
    "chuyển đổi, chuyển nhượng, cho thuê, cho thuê lại, thừa kế, tặng cho, góp vốn bằng quyền sử dụng đất, quyền sở "
    "hữu tài sản gắn liền với đất; chuyển quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất của vợ hoặc chồng "
    "thành của chung vợ và chồng theo quy định của Luật Đất đai"
)
LONG_AGENCY = "Trung tâm Phục vụ hành chính công Ủy ban nhân dân đặc khu Phú Quý và các xã, phường thuộc vùng duyên hải"
_AT = datetime(2026, 2, 5, 9, 0, tzinfo=VIET_NAM)
_CHAIR = Signer(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nguyễn Hoàng Phương Uyên")
_SECRETARY, _PRESIDING = Signer(("THƯ KÝ",), "Lê Thị Kiều Oanh"), Signer(("CHỦ TỌA",), "Trần Đặng Quốc Khánh")
_PARAGRAPH = (
    "Thực hiện chương trình công tác năm 2026, Ủy ban nhân dân xã yêu cầu các đơn vị rà soát toàn bộ hồ sơ tiếp nhận "
    "tại Bộ phận Một cửa, bảo đảm 100% kết quả giải quyết được ký số, đóng dấu số và trả cho người dân, doanh nghiệp "
    "đúng hẹn."
)
_BASE = Document(
    agency_name="Ủy ban nhân dân xã Tân Tiến",
    parent_name="",
    place="Tân Tiến",
    issued_at=_AT,
    day=date(2026, 2, 5),
    about="Về việc nâng cao chất lượng giải quyết thủ tục hành chính trên môi trường điện tử",
    body=(text(_PARAGRAPH), text(f"Thủ tục được chọn làm điểm: {LONG_PROCEDURE}./.")),
    signers=(_CHAIR,),
    recipients=("Như trên", "Thường trực Đảng ủy, HĐND xã (để báo cáo)", "Chủ tịch, các Phó Chủ tịch UBND xã"),
    archive="VT, VP. NVA.15",
    url="https://motcua.example.vn/kiem-tra/?ma=abc123",
)
_GROUNDS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
    "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội.",
)
_ARTICLES = (
    article(1, f"Công bố {LONG_PROCEDURE}."),
    article(2, "Quyết định này có hiệu lực kể từ ngày ký."),
    article(3, "Chánh Văn phòng, Trưởng các phòng chuyên môn và cá nhân có liên quan chịu trách nhiệm thi hành./."),
)
_PEOPLE = fields(
    ("Ông (bà)", "Nguyễn Hoàng Phương Uyên"),
    ("Chức vụ", "Chuyên viên phòng Văn hóa - Xã hội"),
    ("Được cử đến", "Sở Nội vụ tỉnh Quảng Ninh"),
    ("Về việc", "liên hệ công tác"),
)
_ANNEXES = (
    Annex(
        "Danh mục thủ tục hành chính",
        (table(("Tên thủ tục", "Thời hạn"), [(LONG_PROCEDURE, "10 ngày làm việc")] * 9),),
        "I",
    ),
    Annex("Quy trình nội bộ", (heading("I. QUY ĐỊNH CHUNG"), text(_PARAGRAPH)), "II"),
)
_TELEGRAM = {"authority": "Chủ tịch Ủy ban nhân dân xã", "urgency": Urgency.EXPRESS}
_RULES = (
    chapter("I", "Quy định chung"),
    article(1, "Phạm vi điều chỉnh\nQuy chế này quy định việc tiếp nhận, giải quyết thủ tục hành chính."),
    chapter("II", "Tổ chức thực hiện"),
    article(2, f"Trách nhiệm\n1. {_PARAGRAPH}\n2. {_PARAGRAPH}"),
)
_PAIR: dict[str, Any] = {"signers": (_SECRETARY, _PRESIDING)}
_PARTIES: dict[str, Any] = {
    "signers": (Signer(("ĐẠI DIỆN BÊN A",), "Vũ Thị Ánh"), Signer(("ĐẠI DIỆN BÊN B",), "Đỗ Văn Ngữ"))
}
_CHANGES: dict[DocumentKind, dict[str, Any]] = {
    DocumentKind.RESOLUTION: {"authority": "Hội đồng nhân dân xã Tân Tiến", "grounds": _GROUNDS, "body": _ARTICLES},
    DocumentKind.DECISION: {
        "authority": "Chủ tịch Ủy ban nhân dân xã Tân Tiến",
        "grounds": _GROUNDS,
        "body": _ARTICLES,
        "annexes": _ANNEXES,
        "recipients": ("Như Điều 3", "Sở Nội vụ (để báo cáo)", "Cổng thông tin điện tử"),
    },
    DocumentKind.STATUTE: {"enclosed": "Kèm theo Quyết định số 15/QĐ-UBND ngày 05 tháng 02 năm 2026", "body": _RULES},
    DocumentKind.REGULATION: {
        "enclosed": "Kèm theo Quyết định số 16/QĐ-UBND ngày 05 tháng 02 năm 2026",
        "body": _RULES,
    },
    DocumentKind.REPORT: {
        "addressees": ("Ủy ban nhân dân tỉnh Quảng Ninh",),
        "body": (
            heading("I. KẾT QUẢ"),
            *(text(_PARAGRAPH) for _ in range(12)),
            heading("II. KIẾN NGHỊ"),
            text("Không./."),
        ),
    },
    DocumentKind.MINUTES: {**_PAIR, "body": (text("Thời gian bắt đầu: 8 giờ 00."), text(_PARAGRAPH))},
    DocumentKind.SUBMISSION: {"addressees": ("Ủy ban nhân dân tỉnh Quảng Ninh",), "grounds": _GROUNDS[:1]},
    DocumentKind.CONTRACT: _PARTIES,
    DocumentKind.LETTER: {
        "addressees": (LONG_AGENCY, "Sở Tư pháp tỉnh Quảng Ninh", "Công an xã Tân Tiến"),
        "about": "thực hiện chế độ báo cáo định kỳ về công tác kiểm soát thủ tục hành chính, cơ chế một cửa",
        "parent_name": "Ủy ban nhân dân tỉnh Quảng Ninh",
        "agency_name": "Sở Nông nghiệp và Môi trường",
        "urgency": Urgency.VERY_URGENT,
        "contact": "Số 1 đường Trần Phú, xã Tân Tiến. Điện thoại: 0203 3835 555. Thư điện tử: vp@tantien.example.vn",
    },
    DocumentKind.TELEGRAM: {
        **_TELEGRAM,
        "addressees": ("Trưởng các thôn, khu phố", "Công an xã", "Ban Chỉ huy Quân sự xã"),
    },
    DocumentKind.MEMORANDUM: _PARTIES,
    DocumentKind.AGREEMENT: _PARTIES,
    DocumentKind.AUTHORISATION: {"body": (_PEOPLE, text(_PARAGRAPH))},
    DocumentKind.INVITATION: {
        "addressees": (LONG_AGENCY,),
        "body": (
            text("Ủy ban nhân dân xã Tân Tiến trân trọng kính mời Quý đơn vị cử đại diện tới dự:"),
            fields(
                ("Nội dung", LONG_PROCEDURE),
                ("Thời gian", "08 giờ 00, ngày 09 tháng 02 năm 2026"),
                ("Địa điểm", "Hội trường"),
            ),
            text("Rất mong Quý đơn vị đến dự đúng giờ./."),
        ),
    },
    DocumentKind.INTRODUCTION: {
        "body": (_PEOPLE, text("Đề nghị Quý cơ quan tạo điều kiện. Giấy này có giá trị đến hết ngày 20/02/2026./."))
    },
    DocumentKind.LEAVE_PERMIT: {"body": (_PEOPLE, text("Được nghỉ phép từ ngày 09 đến hết ngày 13/02/2026./."))},
    DocumentKind.DISPATCH_SLIP: {"addressees": (LONG_AGENCY,), "body": (_PEOPLE, text("Xin gửi kèm 03 văn bản./."))},
    DocumentKind.FORWARDING_SLIP: {"addressees": ("Công an xã Tân Tiến",)},
    DocumentKind.INFORMATION_SLIP: {"circulation": Circulation.INTERNAL},
    DocumentKind.OPEN_LETTER: {"about": "", "addressees": ("Toàn thể Nhân dân xã Tân Tiến",)},
    DocumentKind.PLAN: {
        "agency_name": LONG_AGENCY,
        "parent_name": "Ủy ban nhân dân tỉnh Lâm Đồng",
        "annexes": _ANNEXES,
    },
}


def official_document(kind: DocumentKind) -> Document:
    """The sample of a kind, numbered 05."""
    base = replace(_BASE, **_CHANGES.get(kind, {}))
    symbol = symbol_of(kind, agency="UBND", division="VP")
    return replace(base, number=f"05/{symbol}" if symbol else "")


def official_pdf(kind: DocumentKind) -> bytes:
    """The sample of a kind, set."""
    return render_document(kind, official_document(kind))
