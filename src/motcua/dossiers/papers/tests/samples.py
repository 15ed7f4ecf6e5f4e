"""One filled-in paper of each form."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from motcua.dossiers.papers.data import (
    ApologyData,
    ComponentLine,
    HandoverNoteData,
    PaperData,
    PersonLine,
    ReceiptData,
    RefusalData,
    ResultLine,
    Signatory,
    StopData,
    SupplementLine,
    SupplementSlipData,
)
from motcua.dossiers.papers.data_flow import (
    ActLine,
    ControlSheetData,
    GroupLine,
    GroupReceiptData,
    HandoverLine,
    ProcessLogData,
)
from motcua.dossiers.papers.forms import Form

VN = timezone(timedelta(hours=7))
COMMON: dict[str, Any] = {
    "dossier_code": "H26.12.30-260212-0007",
    "parent_name": "Ủy ban nhân dân phường Hoàn Kiếm",
    "agency_name": "Trung tâm Phục vụ hành chính công",
    "desk_name": "Trung tâm Phục vụ hành chính công phường Hoàn Kiếm",
    "place": "Hoàn Kiếm",
    "issued_at": datetime(2026, 2, 12, 9, 5, tzinfo=VN),
    "submitter": PersonLine(
        name="Nguyễn Thị Ánh Nguyệt",
        id_number="001090******",
        address="Số 12, ngõ 34, phố Hàng Bạc, phường Hoàn Kiếm, thành phố Hà Nội",
        phone="0912 345 678",
        email="anhnguyet@example.vn",
    ),
    "request": "Đăng ký thành lập hộ kinh doanh – Bún chả Ánh Nguyệt",
    "tracking_url": "https://motcua.example.vn/tra-cuu/?ma=H26.12.30-260212-0007",
    "desk_phone": "024 3825 0000",
    "desk_address": "Số 126 phố Hàng Trống, phường Hoàn Kiếm",
}
RECEIPT = ReceiptData(
    **COMMON,
    channel="Trực tiếp",
    components=(
        ComponentLine(name="Giấy đề nghị đăng ký hộ kinh doanh", originals=1),
        ComponentLine(name="Văn bản ủy quyền của các thành viên hộ gia đình", copies=1, note="đối chiếu bản chính"),
    ),
    term_text="03 ngày làm việc",
    received_at=datetime(2026, 2, 12, 9, 5, tzinfo=VN),
    due_at=datetime(2026, 2, 24, 8, 30, tzinfo=UTC),
    due_explained="3 ngày làm việc: 13/02, 23/02, 24/02; nghỉ Tết 14–22/02",
    result_place="Quầy số 3",
    book="03/2018",
    book_number="112",
    receiver=Signatory(name="Trần Quốc Đạt"),
)
SUPPLEMENT = SupplementSlipData(
    **COMMON,
    number="15/HDHS",
    items=(SupplementLine(name="Giấy đề nghị đăng ký hộ kinh doanh", note="ghi đủ mã ngành"),),
    reason="Thiếu mã ngành, nghề kinh doanh chính.",
    answer_by=date(2026, 3, 12),
    contact_name="bà Lê Thị Hồng Vân",
    contact_phone="024 3825 0001",
    adviser=Signatory(name="Lê Thị Hồng Vân"),
)
REFUSAL = RefusalData(
    **COMMON,
    reason="Thủ tục không thuộc thẩm quyền giải quyết.\nÔng/Bà nộp tại văn phòng đăng ký đất đai.",
    refuser=Signatory(name="Trần Quốc Đạt"),
)
HANDOVER = HandoverNoteData(
    **COMMON,
    results=(ResultLine(name="Giấy chứng nhận đăng ký hộ kinh doanh", symbol="01A8", issued_on=date(2026, 2, 24)),),
    delivered_at=datetime(2026, 2, 24, 15, 30, tzinfo=VN),
    giver=Signatory(name="Trần Quốc Đạt"),
    recipient=PersonLine(name="Nguyễn Văn Phước", phone="0987 654 321"),
)
_DESK = "Trung tâm Phục vụ hành chính công phường Hoàn Kiếm"
_DIVISION = "Phòng Kinh tế, Hạ tầng và Đô thị phường Hoàn Kiếm"
_WARD = "Ủy ban nhân dân phường Hoàn Kiếm"
CONTROL = ControlSheetData(
    **COMMON,
    handling_name=_DIVISION,
    components=(ComponentLine(name="Giấy đề nghị đăng ký hộ kinh doanh", originals=1),),
    term_text="03 ngày làm việc",
    received_at=datetime(2026, 2, 12, 9, 5, tzinfo=VN),
    due_at=datetime(2026, 2, 24, 8, 30, tzinfo=UTC),
    handovers=(
        HandoverLine(
            from_unit=_DESK, to_unit=_DIVISION, result="Đúng hạn", note="Tiếp nhận: đúng hạn",
            given_at=datetime(2026, 2, 12, 10, 30, tzinfo=VN), given_by="Trần Quốc Đạt",
            taken_at=datetime(2026, 2, 12, 13, 40, tzinfo=VN), taken_by="Lê Thị Hồng Vân",
        ),
        HandoverLine(
            from_unit=_DIVISION, to_unit=_WARD, result="Quá hạn", note="Chờ xác minh ngành nghề",
            given_at=datetime(2026, 2, 24, 16, 45, tzinfo=VN), given_by="Lê Thị Hồng Vân",
        ),
    ),
)  # fmt: skip
PROCESS = ProcessLogData(
    **COMMON,
    status="Đang xử lý",
    received_at=datetime(2026, 2, 12, 9, 5, tzinfo=VN),
    due_at=datetime(2026, 2, 24, 8, 30, tzinfo=UTC),
    acts=(
        ActLine(
            at=datetime(2026, 2, 12, 9, 5, tzinfo=VN), by="Trần Quốc Đạt, Công chức tiếp nhận", act="Tiếp nhận",
            to=_DESK, due_at=datetime(2026, 2, 12, 13, 30, tzinfo=VN),
        ),
        ActLine(
            at=datetime(2026, 2, 12, 10, 30, tzinfo=VN), by="Trần Quốc Đạt, Công chức tiếp nhận",
            act="Chuyển bước tiếp theo", to=_DIVISION, note="Kính chuyển",
        ),
    ),
)  # fmt: skip
GROUP_RECEIPT = GroupReceiptData(
    **COMMON,
    dossiers=tuple(
        GroupLine(
            code=f"H26.12.30-260212-000{number}",
            request="Đăng ký khai sinh (cơ quan giải quyết: UBND phường Hoàn Kiếm)",
            owner="Nguyễn Phúc Bảo An" if number == 8 else "",
            papers=f"0{number - 5}",
            received_at=datetime(2026, 2, 12, 9, number, tzinfo=VN),
            due_at=datetime(2026, 2, 24, 8, 30, tzinfo=UTC),
            fees_text="Lệ phí: 8.000 đồng",
        )
        for number in (7, 8, 9)
    ),
    result_place="Quầy số 3",
    receiver=Signatory(name="Trần Quốc Đạt"),
)
APOLOGY = ApologyData(
    **COMMON,
    received_at=datetime(2026, 2, 5, 9, 5, tzinfo=VN),
    domain="Đăng ký kinh doanh",
    original_due_at=datetime(2026, 2, 13, 9, 5, tzinfo=VN),
    due_before=datetime(2026, 2, 13, 9, 5, tzinfo=VN),
    cause="Chờ cơ quan phối hợp, lấy ý kiến, xác minh: chờ Thuế cơ sở 1 xác nhận mã số thuế",
    promised_at=datetime(2026, 2, 26, 9, 5, tzinfo=VN),
    signer=Signatory(name="Hoàng Mạnh Cường", title="KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"),
)
STOP = StopData(
    **COMMON,
    ground="Không bổ sung hồ sơ đúng hạn",
    reason="Hết ngày 10/02/2026, người nộp chưa bổ sung theo Phiếu yêu cầu bổ sung lần 1.",
    legal_basis="Nghị định 118/2025/NĐ-CP",
    received_at=datetime(2026, 2, 2, 9, 5, tzinfo=VN),
    stage="Thẩm định",
    asked_on=date(2026, 2, 11),
    fees="Hoàn lại 100.000 đồng lệ phí đã nộp",
    papers="Trả lại toàn bộ bản chính tại quầy số 3",
    signer=Signatory(name="Hoàng Mạnh Cường", title="Chủ tịch"),
)
SAMPLES: dict[Form, PaperData] = {
    Form.RECEIPT: RECEIPT,
    Form.SUPPLEMENT: SUPPLEMENT,
    Form.REFUSAL: REFUSAL,
    Form.HANDOVER: HANDOVER,
    Form.APOLOGY: APOLOGY,
    Form.STOP: STOP,
    Form.CONTROL: CONTROL,
    Form.PROCESS: PROCESS,
    Form.GROUP_RECEIPT: GROUP_RECEIPT,
}


def with_text_everywhere(data: PaperData, text: str) -> PaperData:
    """Return the paper with `text` in every field (its first 300 characters where nobody types much)."""
    brief = text[:300]
    person = PersonLine(name=brief, id_number=brief, address=brief, phone=brief, email=brief)
    long_fields = {"request", "reason", "cause"}
    typed = {
        name: text if name in long_fields else brief for name, value in vars(data).items() if isinstance(value, str)
    }
    rows = {
        "components": (ComponentLine(name=text, note=brief),),
        "items": (SupplementLine(name=text, note=brief),),
        "results": (ResultLine(name=text, symbol=brief),),
        "handovers": (HandoverLine(from_unit=brief, to_unit=brief, given_by=brief, taken_by=brief, note=text),),
        "acts": (ActLine(at=data.issued_at, by=brief, act=brief, to=brief, note=text),),
        "dossiers": (GroupLine(code=brief, request=text, owner=brief, papers=brief, received_at=data.issued_at),),
    }
    present = {name: value for name, value in rows.items() if hasattr(data, name)}
    return replace(data, **typed, **present, submitter=person, owner=replace(person, name=brief + " "))
