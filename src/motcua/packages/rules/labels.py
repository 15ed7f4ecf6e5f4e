"""What the parts of a definition are called in Vietnamese: for differences between versions and for the JSON Schemas.

`LABELS`: model → field → (short name, what it means). Every field of every model has one; a test asks for it.
"""

from collections.abc import Mapping
from typing import Final

from motcua.packages.rules.labels_of_forms import FORM_LABELS, FORM_WORDS
from motcua.packages.rules.labels_of_processes import PROCESS_LABELS, PROCESS_WORDS
from motcua.procedures.terms import FEE_KIND_LABELS, Level, ServiceLevel

Labels = Mapping[str, Mapping[str, tuple[str, str]]]

_UNVERIFIED: Final = ("Chưa đối chiếu", "Ghi theo trí nhớ, chưa đối chiếu với văn bản.")
_PROCEDURE_LABELS: Final[Labels] = {
    "Definition": {
        "code": ("Mã thủ tục", "Mã quốc gia như 1.001193, hoặc của tỉnh như 1.012783.H61."),
        "name": ("Tên thủ tục", "Tên như trong quyết định công bố."),
        "domain": ("Lĩnh vực", ""),
        "level": ("Cấp thực hiện", "ministry: bộ, province: tỉnh, district: huyện (cũ), commune: xã."),
        "service_level": (
            "Mức độ trực tuyến",
            "full: toàn trình, partial: một phần, information: chỉ cung cấp thông tin.",
        ),
        "decision": ("Quyết định công bố", "Số, ký hiệu quyết định công bố."),
        "summary": ("Câu giới thiệu", "Một câu dễ hiểu cho người dân."),
        "keywords": ("Từ khóa", "Lời nói thường ngày mà người dân dùng để tìm: làm sổ đỏ, mở quán."),
        "applicants": ("Đối tượng thực hiện", "citizen: công dân, organisation: tổ chức."),
        "cases": ("Trường hợp", "Các trường hợp, mỗi trường hợp có thời hạn và mức thu riêng."),
        "components": ("Thành phần hồ sơ", "Giấy tờ phải nộp hoặc xuất trình."),
        "results": ("Kết quả", "Giấy tờ người dân nhận được."),
        "legal_basis": ("Căn cứ pháp lý", ""),
        "requirements": ("Yêu cầu, điều kiện", ""),
        "steps": ("Bước", "Quy trình giải quyết: bước đầu có khóa receive, bước cuối có khóa deliver."),
        "linked": ("Thủ tục liên thông", "Thủ tục khác được làm trong thủ tục này."),
        "form": ("Biểu mẫu điện tử", ""),
        "papers": ("Khuôn giấy tờ", "Giấy tờ in ra từ hồ sơ."),
        "tests": ("Kiểm thử", "Ai nộp gì thì phải ra kết quả gì."),
        "texts": ("Văn bản nguồn", "Lời văn của nguồn theo từng mục."),
        "flags": ("Chỗ chưa đọc được", "Chỗ mà chương trình không đọc được từ nguồn và giữ nguyên lời văn."),
        "reviewed_on": ("Ngày rà soát", "Ngày gần nhất có người đối chiếu với văn bản pháp luật."),
        "sources": ("Nguồn", "Mỗi thông tin lấy từ đâu."),
        "unverified": _UNVERIFIED,
    },
    "DomainSpec": {"code": ("Mã lĩnh vực", "2 đến 12 chữ in hoa, số."), "name": ("Tên lĩnh vực", "")},
    "Case": {
        "key": ("Khóa", ""),
        "name": ("Tên trường hợp", ""),
        "terms": ("Thời hạn", "Theo cách nộp: any (mọi cách), in_person, online, post."),
        "fees": ("Phí, lệ phí", ""),
        "law_terms": ("Thời hạn tối đa theo luật", "Ghi khi tỉnh đã cắt giảm thời hạn."),
        "note": ("Ghi chú", ""),
        "large_set": ("Số lượng nhiều", "Khi nhiều trang, nhiều bản thì thời hạn dài hơn."),
    },
    "Fee": {
        "name": ("Tên khoản thu", ""),
        "kind": ("Loại", "fee: phí, charge: lệ phí."),
        "amount": ("Mức thu", "Bằng đồng."),
        "per": ("Đơn vị tính", "trang, bản…; để trống: một hồ sơ."),
        "channels": ("Cách nộp áp dụng", "Để trống: mọi cách nộp."),
        "note": ("Ghi chú", ""),
        "unverified": _UNVERIFIED,
    },
    "LargeSet": {
        "from_pages": ("Từ số trang", ""),
        "from_copies": ("Từ số bản", ""),
        "extra": ("Thời hạn thêm", ""),
        "unverified": _UNVERIFIED,
    },
    "Component": {
        "key": ("Khóa", ""),
        "name": ("Tên giấy tờ", ""),
        "originals": ("Số bản chính", ""),
        "copies": ("Số bản sao", ""),
        "required": ("Bắt buộc", ""),
        "cases": ("Thuộc trường hợp", "Để trống: mọi trường hợp."),
        "required_in": ("Bắt buộc ở trường hợp", ""),
        "form": ("Mẫu", "Mẫu đơn, tờ khai phải dùng."),
        "note": ("Ghi chú", ""),
        "present_only": ("Chỉ xuất trình", "Xem rồi trả lại, không nộp."),
        "fields": ("Dữ liệu đọc từ bản quét", "Khi số hóa giấy tờ tại quầy."),
        "reuse": (
            "Kết quả thay thế",
            "Mã kết quả (KQ.G15.000031) lấy được từ kho giấy tờ của người dân thay cho giấy này.",
        ),
    },
    "ScanField": {
        "key": ("Khóa", ""),
        "label": ("Tên dữ liệu", ""),
        "kind": (
            "Loại",
            "text: chữ, name: họ tên, number: số, date: ngày, personal_id, tax_code: mã số, money: tiền.",
        ),
        "anchors": ("Từ neo", "Dữ liệu đứng ngay sau một trong các cụm từ này."),
        "pattern": ("Mẫu ký tự", "Biểu thức chính quy mà dữ liệu phải khớp."),
        "page": ("Trang", "Trang của giấy tờ, từ 1; 0: trang nào cũng được."),
        "required": ("Bắt buộc", ""),
    },
    "ResultPaper": {"name": ("Tên kết quả", ""), "code": ("Mã kết quả", ""), "validity": ("Thời hạn hiệu lực", "")},
    "LegalBasis": {"number": ("Số, ký hiệu", ""), "name": ("Tên văn bản", "")},
    "LinkedProcedure": {
        "key": ("Khóa", ""),
        "procedure": ("Mã thủ tục", ""),
        "name": ("Tên", ""),
        "case": ("Trường hợp", "Để trống: trường hợp đầu tiên của thủ tục đó."),
        "opens_at": ("Mở ở bước", "Để trống: bất cứ lúc nào hồ sơ đang giải quyết."),
        "required": ("Phải xong trước", "Chưa xong thì chưa quyết định được hồ sơ chính."),
    },
    "Flag": {"field": ("Mục", ""), "code": ("Mã", ""), "message": ("Lý do", "")},
    "PackageTest": {
        "key": ("Khóa", ""),
        "name": ("Tên kiểm thử", ""),
        "case": ("Trường hợp", "Để trống: trường hợp đầu tiên."),
        "channel": ("Cách nộp", "in_person, post, proxy_service, online, online_portal, vneid."),
        "at": ("Lúc nộp", "Giờ Việt Nam, như 2026-03-02T08:30."),
        "form": ("Nội dung khai", "Giá trị theo khóa của ô, như gõ vào màn hình."),
        "copies": ("Số bản", ""),
        "pages": ("Số trang", ""),
        "facts": ("Dữ kiện khác", "Dữ kiện của quy trình: paid, online, supplement_asked…"),
        "expect": ("Kết quả phải có", "Mục nào không ghi thì không xét."),
    },
    "Expected": {
        "problems": ("Ô bị báo lỗi", "Khóa của ô hoặc phép kiểm; []: tờ khai được nhận."),
        "values": ("Giá trị", "Theo khóa của ô."),
        "asked": ("Ô được hỏi", ""),
        "not_asked": ("Ô không hỏi", ""),
        "fees": ("Tổng phí, lệ phí", "Bằng đồng."),
        "due": ("Hẹn trả", "Như 2026-03-02T17:00."),
        "components": ("Giấy tờ bắt buộc", "Khóa của giấy tờ."),
        "path": ("Các bước đi qua", "Khóa của bước, theo thứ tự."),
        "papers": ("Chữ có trên giấy tờ", "Theo khóa của khuôn giấy tờ."),
    },
}
LABELS: Final[Labels] = {**_PROCEDURE_LABELS, **FORM_LABELS, **PROCESS_LABELS}

#: Values of lists in words: (model, field) → value → words.
WORDS: Final[Mapping[tuple[str, str], Mapping[str, str]]] = {
    ("Definition", "level"): {str(one.value): str(one.label) for one in Level},
    ("Definition", "service_level"): {str(one.value): str(one.label) for one in ServiceLevel},
    ("Definition", "applicants"): {"citizen": "công dân", "organisation": "tổ chức"},
    ("ScanField", "kind"): {
        "text": "chữ",
        "name": "họ tên",
        "number": "số",
        "date": "ngày",
        "personal_id": "số định danh",
        "tax_code": "mã số thuế",
        "money": "tiền",
    },
    ("Fee", "kind"): {str(key): label.lower() for key, label in FEE_KIND_LABELS.items()},
    **FORM_WORDS,
    **PROCESS_WORDS,
}
CHANNELS: Final[Mapping[str, str]] = {
    "any": "mọi cách nộp",
    "in_person": "nộp trực tiếp",
    "online": "nộp trực tuyến",
    "post": "nộp qua bưu chính",
}
UNITS: Final[Mapping[str, str]] = {
    "working_day": "ngày làm việc",
    "day": "ngày",
    "working_hour": "giờ làm việc",
    "same_day": "trong ngày làm việc",
}


def label(model: str, field: str) -> str:
    """The short name of a field."""
    return LABELS[model][field][0]
