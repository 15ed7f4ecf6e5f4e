"""What the ten national statuses mean to the person who waits.

Their names are `dossiers.terms.Status`; the colour and the shape of each live in `ui.css` (`.st-1` … `.st-10`).
"""

from typing import Final

from motcua.dossiers.terms import Status

#: One sentence for each status.
MEANINGS: Final[dict[Status, str]] = {
    Status.SUBMITTED: "Hồ sơ đã gửi tới cơ quan và đang chờ kiểm tra.",
    Status.RECEIVED: "Giấy tờ đã đủ, cơ quan đã nhận và hẹn ngày trả.",
    Status.REFUSED: "Cơ quan không nhận hồ sơ; lý do được ghi rõ bằng văn bản.",
    Status.PROCESSING: "Cơ quan đang xem xét, giải quyết hồ sơ.",
    Status.SUPPLEMENT_REQUESTED: "Bạn cần gửi thêm giấy tờ; thời gian chờ không tính vào thời hạn.",
    Status.OBLIGATION_REQUESTED: "Bạn cần nộp thuế hoặc khoản phải nộp; thời gian chờ không tính vào thời hạn.",
    Status.WITHDRAWN: "Hồ sơ được rút theo yêu cầu của bạn.",
    Status.STOPPED: "Cơ quan dừng giải quyết; lý do được ghi rõ bằng văn bản.",
    Status.FINISHED: "Kết quả đã có, đang chờ bạn đến nhận hoặc chuyển tới bạn.",
    Status.DELIVERED: "Bạn đã nhận kết quả.",
}
