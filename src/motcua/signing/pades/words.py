"""Why a paper cannot be signed, in words for the person who wanted to sign it."""

from motcua.kernel.errors import Problem

_NEW = "Hãy xuất lại thành tệp PDF mới rồi ký."
_MESSAGES = {
    "locked": f"Tệp PDF bị khóa hoặc mã hóa bằng mật khẩu nên không ký được. Hãy bỏ mật khẩu. {_NEW}",
    "unreadable": f"Tệp không phải PDF hoặc đã hỏng, không đọc được nên không ký được. {_NEW}",
    "broken_references": f"Bảng tham chiếu của tệp PDF bị hỏng, chữ ký trên tệp này sẽ không đứng vững. {_NEW}",
    "hybrid": f"Tệp PDF có hai bảng tham chiếu song song, phần mềm khác nhau đọc ra nội dung khác nhau. {_NEW}",
    "no_pages": "Tệp PDF không có trang nào nên không có gì để ký. Hãy kiểm tra và chọn lại tệp.",
    "xfa": f"Tệp PDF có biểu mẫu động (XFA), nội dung hiển thị có thể thay đổi sau khi ký. {_NEW}",
    "program": f"Tệp PDF có mã chạy bên trong, nội dung hiển thị có thể thay đổi sau khi ký. {_NEW}",
    "certified_closed": "Người ký trước đã chứng nhận tệp và không cho phép thay đổi gì thêm, kể cả ký tiếp.",
    "certified_no_new_field": (
        "Người ký trước đã chứng nhận tệp, không cho phép thêm khung chữ ký. Chỉ ký được vào ô đã để sẵn hoặc ký ẩn."
    ),
    "field_taken": "Ô chữ ký này đã có chữ ký. Hãy chọn tên ô khác.",
    "field_unusable": "Trong tệp đã có một ô cùng tên nhưng không phải ô chữ ký dùng được. Hãy chọn tên ô khác.",
    "blank_unusable": "Chỗ để trống cho số, ngày, người ký không còn như khi ký nháy. Hãy trả lại để ký nháy lại.",
    "no_such_page": "Trang để đặt chữ ký không có trong tệp.",
    "bad_appearance": "Hình chữ ký không phải tệp PDF một trang đọc được.",
    "certificate_not_yet": "Chứng thư số chưa đến ngày có hiệu lực nên chưa ký được.",
    "certificate_expired": "Chứng thư số đã hết hạn nên không ký được. Hãy xin gia hạn hoặc cấp chứng thư mới.",
    "certificate_usage": "Chứng thư số này không được cấp để ký (mục đích sử dụng khóa không có ký số).",
    "key_too_weak": "Khóa RSA của chứng thư ngắn hơn 2048 bit, không còn được coi là an toàn để ký.",
    "key_unknown_kind": "Khóa của chứng thư không phải RSA hay ECDSA P-256 nên hệ thống không ký được.",
    "signature_mismatch": "Chữ ký nhận được không khớp với chứng thư số hoặc với nội dung đã chuẩn bị; đã bỏ, chưa ký.",
    "signature_too_long": "Chữ ký cùng dấu thời gian dài hơn chỗ đã dành trong tệp. Hãy ký lại.",
    "not_signed": "Tệp chưa có chữ ký số nào nên chưa có gì để lưu trữ lâu dài.",
    "not_archived": "Tệp chưa có dấu thời gian lưu trữ nên chưa có gì để gia hạn.",
    "signature_unreadable": "Trong tệp có chữ ký không đọc được nên chưa lập được hồ sơ lưu trữ của chữ ký.",
    "no_root": "Có chứng thư không dẫn tới gốc tin cậy nào của hệ thống nên chưa thu thập được bằng chứng.",
    "no_answer": "Nơi cấp chứng thư chưa trả lời về tình trạng thu hồi nên chưa đủ bằng chứng. Sẽ thử lại sau.",
    "prepared_unreadable": "Bản chuẩn bị ký không đọc được. Hãy chuẩn bị ký lại từ đầu.",
}


def problem(code: str) -> Problem:
    """Return the Problem of a code."""
    return Problem(f"sign_{code}", _MESSAGES[code])
