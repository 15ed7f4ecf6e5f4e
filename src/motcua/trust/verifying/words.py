"""What is said: one Vietnamese sentence a code, with what to do. Codes are stable; sentences may be polished."""

#: Why a whole file could not be read.
UNREADABLE = {
    "missing": "Không có tệp này. Hãy kiểm tra lại đường dẫn.",
    "not_a_file": "Đây không phải là tệp (là thư mục hoặc thiết bị). Hãy chọn một tệp PDF.",
    "no_permission": "Không có quyền đọc tệp này. Hãy xin quyền đọc rồi thử lại.",
    "empty": "Tệp trống, không có nội dung. Hãy lấy lại tệp từ nơi gửi.",
    "not_pdf": "Tệp không phải PDF. Hãy chọn đúng tệp PDF đã ký.",
    "detached": (
        "Đây là chữ ký rời (CMS, .p7s), không phải văn bản. Ở đây kiểm tra chữ ký nằm trong tệp PDF, XML; chữ ký rời "
        "hãy kiểm tra cùng tệp gốc bằng «openssl cms -verify»."
    ),
    "not_asked": "Câu hỏi chưa đúng nên chưa kiểm tra. Hãy xem lại lệnh.",
    "damaged": "Tệp PDF hỏng, không đọc được. Hãy lấy lại tệp từ nơi gửi.",
    "truncated": "Tệp bị cắt cụt, thiếu phần cuối. Hãy tải lại trọn tệp từ nơi gửi.",
    "encrypted": "Tệp đặt mật khẩu nên không kiểm tra được. Hãy xin bản không đặt mật khẩu.",
    "too_large": (
        "Tệp lớn quá mức kiểm tra được. Hãy kiểm tra bằng lệnh «motcua verify» trên máy có nhiều bộ nhớ hơn."
    ),
    "too_slow": "Tệp làm việc kiểm tra vượt thời gian cho phép nên đã dừng. Không nên tin tệp này.",
    "too_much_memory": "Tệp làm việc kiểm tra vượt bộ nhớ cho phép nên đã dừng. Không nên tin tệp này.",
    "crashed": "Không kiểm tra được tệp này: cấu trúc bất thường. Không nên tin tệp này.",
}

#: Why a signature is not intact or not trusted; "" is for one that is both.
SIGNATURE = {
    "": "Chữ ký nguyên vẹn, chứng thư tin cậy.",
    "altered": "Nội dung đã ký bị sửa sau khi ký. Không được dùng bản này; hãy xin lại bản gốc.",
    "truncated": "Phần đã ký không còn đủ trong tệp: tệp bị cắt. Hãy lấy lại trọn tệp.",
    "resaved": (
        "Tệp đã được lưu lại bằng chương trình khác nên chữ ký không còn kiểm tra được. Hãy xin bản gốc, "
        "không in lại, không lưu lại."
    ),
    "wrapped": "Vùng đã ký không ôm sát chữ ký: có nội dung được giấu trong khoảng trống. Đây là dấu hiệu giả mạo.",
    "malformed": "Chữ ký sai cấu trúc, không kiểm tra được. Đây có thể là giả mạo; hãy hỏi nơi phát hành.",
    "bad_signature": "Giá trị chữ ký không khớp với khóa trong chứng thư. Đây là giả mạo hoặc tệp hỏng.",
    "wrong_certificate": "Chứng thư kèm theo không phải chứng thư đã dùng để ký. Đây là dấu hiệu giả mạo.",
    "unsupported": "Loại chữ ký này không được hỗ trợ nên không kết luận được. Hãy hỏi nơi phát hành.",
    "not_own_revision": "Chữ ký không phủ trọn phiên bản văn bản mà nó thuộc về. Đây là dấu hiệu giả mạo.",
    "self_signed": "Chứng thư tự ký: không tổ chức nào bảo đảm người ký là ai. Không nên tin chữ ký này.",
    "unknown_root": (
        "Chưa quyết được: không có chứng thư gốc của nơi cấp chứng thư này trong kho tin cậy. Chữ ký không bị"
        " coi là giả; hãy bổ sung chứng thư gốc đã đối chiếu rồi kiểm tra lại."
    ),
    "bad_chain": "Đường dẫn chứng thư không hợp lệ. Không nên tin chữ ký này.",
    "not_for_signing": "Chứng thư không được cấp để ký văn bản. Không nên tin chữ ký này.",
    "expired": (
        "Chưa quyết được: chứng thư đã hết hạn và không có dấu thời gian chứng minh đã ký khi còn hạn. Hãy "
        "xin bản có dấu thời gian hoặc hỏi nơi phát hành."
    ),
    "chain_expired": (
        "Chưa quyết được: chứng thư của nơi cấp đã hết hạn và không có dấu thời gian chứng minh ký trước đó."
    ),
    "signed_before_validity": "Thời điểm ký trước khi chứng thư có hiệu lực. Không được tin chữ ký này.",
    "signed_after_expiry": "Thời điểm ký sau khi chứng thư hết hạn. Không được tin chữ ký này.",
    "signed_in_future": "Thời điểm ký ghi trong chữ ký ở tương lai. Không được tin chữ ký này.",
    "claimed_after_timestamp": "Thời điểm ký tự khai muộn hơn dấu thời gian: ngày ký đã bị ghi sai.",
    "revoked": (
        "Chứng thư đã bị thu hồi và không có dấu thời gian chứng minh ký trước khi thu hồi. Không được tin chữ ký này."
    ),
    "signed_after_revocation": "Ký sau khi chứng thư bị thu hồi. Không được tin chữ ký này.",
    "issuer_revoked": "Chứng thư của nơi cấp đã bị thu hồi. Không được tin chữ ký này.",
    "revocation_unknown": (
        "Chưa quyết được: chưa hỏi được chứng thư có bị thu hồi hay không. Hãy kiểm tra lại khi có mạng hoặc "
        "dùng gói tin cậy mới."
    ),
    "weak_digest": (
        "Chưa quyết được: thuật toán băm nay đã yếu (MD5, SHA-1) nên không còn đủ chứng minh. Hãy hỏi nơi phát hành."
    ),
    "weak_key": (
        "Chưa quyết được: khóa ký quá ngắn theo chuẩn hiện nay nên không còn đủ chứng minh. Hãy hỏi nơi phát hành."
    ),
    "weak_chain": "Chưa quyết được: chứng thư trong đường dẫn dùng thuật toán nay đã yếu.",
    "bad_timestamp": "Dấu thời gian không khớp với nội dung hoặc không đúng. Không được tin dấu thời gian này.",
}

#: Why a whole paper is not valid; "" is for one that is.
PAPER = {
    "": "Văn bản nguyên vẹn, mọi chữ ký đều tin cậy.",
    "not_signed": "Tệp không có chữ ký số. Nếu là bản in từ văn bản đã ký, hãy xin bản gốc điện tử.",
    "changed": "Văn bản đã bị sửa sau khi ký: {what}. Không được dùng bản này; hãy xin lại bản gốc.",
    "appended": "Có dữ liệu lạ được ghi thêm ngoài phần đã ký. Không được dùng bản này; hãy xin lại bản gốc.",
    "missing_signature": "Thiếu chữ ký cần có: {what}. Văn bản chưa đủ hoặc đã bị cắt bớt.",
    "other_file": "Đây không phải bản đã phát hành: mã băm của tệp khác mã đã đăng ký. Hãy lấy bản từ nơi phát hành.",
    "only_timestamps": "Tệp chỉ có dấu thời gian, không có chữ ký của người hay cơ quan nào.",
    "truncated": ("Tệp bị cắt cụt hoặc có dữ liệu lạ ở cuối; phần đọc được không phải trọn văn bản. Hãy tải lại tệp."),
    "hybrid": (
        "Tệp có hai bảng mục lục khác nhau (hybrid), hai chương trình có thể đọc ra hai văn bản. Không được "
        "tin tệp này."
    ),
}

CHANGE = {
    "pages_added": "thêm {count} trang",
    "pages_removed": "bớt {count} trang",
    "pages_moved": "đổi thứ tự trang",
    "page_changed": "trang {page}: nội dung bị thay",
    "form_value_changed": "ô «{name}» bị đổi giá trị",
    "form_field_added": "thêm ô nhập «{name}»",
    "form_field_removed": "bỏ ô «{name}»",
    "form_changed": "biểu mẫu điện tử bị đổi",
    "signature_removed": "bỏ chữ ký «{name}»",
    "signature_changed": "chữ ký «{name}» bị thay",
    "signature_borrowed": "ô «{name}» dùng lại chữ ký của ô khác",
    "annotation_added": "trang {page}: thêm ghi chú hoặc hình phủ lên",
    "annotation_removed": "trang {page}: bỏ ghi chú",
    "annotation_changed": "trang {page}: ghi chú bị sửa",
    "overlay": "trang {page}: một ô chữ ký che {percent} % trang",
    "script_changed": "thêm hoặc đổi lệnh chạy tự động",
    "attachments_changed": "tệp đính kèm trong văn bản bị đổi",
    "layers_changed": "lớp hiện hoặc ẩn của văn bản bị đổi",
    "structure_changed": "cấu trúc văn bản (thẻ đọc, mục lục) bị đổi",
    "document_changed": "thiết lập của văn bản bị đổi ({name})",
    "unreadable_revision": "một phiên bản của tệp không đọc rõ được nên không so sánh được",
    "locked": "thêm chữ ký sau khi văn bản đã được khóa",
    "appended": "có dữ liệu lạ ghi thêm sau phần đã ký",
    "issue_filled": "điền ô «{name}» để trống khi ký nháy, cùng lúc ký ban hành",
    "signature_added": "thêm chữ ký «{name}»",
    "timestamp_added": "thêm dấu thời gian «{name}»",
    "signature_field_added": "thêm ô chờ ký «{name}»",
    "evidence_added": "thêm bằng chứng kiểm tra chữ ký (DSS)",
    "metadata_changed": "thông tin mô tả tệp bị đổi",
    "padding_added": "thêm khoảng trắng cuối tệp",
}

#: Changes that are allowed after a signature: they do not touch what was signed.
ALLOWED = frozenset(
    (
        "issue_filled",
        "signature_added",
        "timestamp_added",
        "signature_field_added",
        "evidence_added",
        "metadata_changed",
        "padding_added",
    )
)

WARNING = {
    "sha1": "Chữ ký dùng SHA-1: còn nguyên vẹn nhưng thuật toán này từ năm 2017 đã không còn an toàn.",
    "adbe": "Chữ ký kiểu cũ (adbe.pkcs7), không phải PAdES.",
    "no_timestamp": "Không có dấu thời gian: thời điểm ký do người ký tự khai.",
    "bad_timestamp": "Dấu thời gian kèm chữ ký không tin được nên không được tính.",
    "timestamp_unknown_root": "Dấu thời gian do nơi chưa có trong kho tin cậy cấp nên không được tính.",
    "claimed_long_before": "Ngày ký tự khai sớm hơn dấu thời gian nhiều; chỉ nên tin dấu thời gian.",
    "revoked_later": "Chứng thư bị thu hồi sau thời điểm ký; chữ ký vẫn có giá trị vì đã có dấu thời gian trước đó.",
    "expired_later": "Chứng thư đã hết hạn sau thời điểm ký; chữ ký vẫn có giá trị vì đã có dấu thời gian trước đó.",
    "no_revocation_source": "Chứng thư không nói hỏi thu hồi ở đâu nên không kiểm tra được thu hồi.",
    "no_signing_certificate": "Chữ ký không ràng buộc chứng thư của người ký (thiếu signing-certificate-v2).",
    "sloppy": "Cấu trúc tệp không đúng chuẩn ở vài chỗ.",
    "encrypted": "Tệp có mật khẩu chủ sở hữu (mở xem được).",
}


def signature_sentence(code: str) -> str:
    """Return what is said of a signature with that reason."""
    return SIGNATURE[code]


def change_sentence(code: str, **facts: object) -> str:
    """Return what is said of a change."""
    return CHANGE[code].format(**facts)
