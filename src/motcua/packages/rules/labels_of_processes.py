"""Vietnamese names of the parts of a process."""

from collections.abc import Mapping
from typing import Final

PROCESS_LABELS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "TermSpec": {
        "amount": ("Số lượng", "0 khi trả trong ngày."),
        "unit": ("Đơn vị", "working_day: ngày làm việc, day: ngày, working_hour: giờ làm việc, same_day: trong ngày."),
        "unverified": ("Chưa đối chiếu", "Ghi theo trí nhớ, chưa đối chiếu với văn bản."),
        "note": ("Ghi chú", ""),
    },
    "Move": {
        "to": ("Tới bước", ""),
        "when": ("Điều kiện", "Để trống: luôn đi được."),
        "label": ("Chữ trên nút", ""),
    },
    "ConsultSpec": {
        "key": ("Khóa", ""),
        "unit": ("Nơi được hỏi", "Mã định danh hoặc tên tắt của cơ quan, đơn vị."),
        "question": ("Nội dung hỏi", ""),
        "term": ("Thời hạn", ""),
        "when": ("Chỉ hỏi khi", ""),
        "required": ("Phải có trả lời", ""),
    },
    "Timer": {
        "key": ("Khóa", ""),
        "after": ("Sau", ""),
        "do": ("Việc làm", "remind: nhắc người xử lý, escalate: báo lãnh đạo, move: tự chuyển bước."),
        "to": ("Tới bước", ""),
        "when": ("Chỉ khi", ""),
    },
    "Step": {
        "key": ("Khóa", ""),
        "name": ("Tên bước", ""),
        "right": (
            "Vai trò",
            "receive: tiếp nhận, handle: thụ lý, lead_division: lãnh đạo phòng, lead_agency: lãnh đạo, seal: đóng dấu.",
        ),
        "at": ("Nơi làm", "desk: Bộ phận Một cửa, handling: phòng thụ lý, agency: cơ quan, unit: cơ quan khác."),
        "unit": ("Cơ quan khác", "Mã định danh hoặc tên tắt, khi nơi làm là unit."),
        "term": ("Thời hạn của bước", ""),
        "forward": ("Chuyển tới", "Khóa của bước, hoặc {to, when, label} khi có điều kiện."),
        "back": ("Trả lại", ""),
        "gates": ("Chỉ chuyển khi", "paid: đã nộp tiền, parts: hồ sơ liên thông đã xong, opinions: đã đủ ý kiến."),
        "gates_when": ("Chốt chặn áp dụng khi", ""),
        "clock": ("Đồng hồ thời hạn", "stop: dừng tính, run: tính tiếp."),
        "initials": ("Ký nháy dự thảo", "content: ký nháy nội dung, form: ký nháy thể thức; bỏ trống: không ký nháy."),
        "initials_required": ("Bắt buộc ký nháy", "Không có thì người chưa có khóa ký vẫn chuyển tiếp được."),
        "consults": ("Lấy ý kiến", ""),
        "timers": ("Hẹn giờ", ""),
        "note": ("Ghi chú", ""),
    },
}
PROCESS_WORDS: Final[Mapping[tuple[str, str], Mapping[str, str]]] = {
    ("Step", "right"): {
        "receive": "tiếp nhận",
        "handle": "thụ lý",
        "lead_division": "lãnh đạo phòng",
        "lead_agency": "lãnh đạo cơ quan",
        "seal": "đóng dấu",
    },
    ("Step", "at"): {
        "desk": "Bộ phận Một cửa",
        "handling": "phòng thụ lý",
        "agency": "cơ quan giải quyết",
        "unit": "cơ quan khác",
    },
    ("Step", "gates"): {"paid": "đã nộp tiền", "parts": "hồ sơ liên thông đã xong", "opinions": "đã đủ ý kiến"},
    ("Step", "initials"): {"": "không", "content": "nội dung", "form": "thể thức"},
    ("Step", "clock"): {"": "chạy bình thường", "stop": "dừng tính thời hạn", "run": "tính tiếp thời hạn"},
    ("Timer", "do"): {"remind": "nhắc người xử lý", "escalate": "báo lãnh đạo", "move": "tự chuyển bước"},
}
