"""Words of the room: kinds of books."""

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices


class BookKind(TextChoices):
    """Sổ chứng thực (Nghị định 23/2015/NĐ-CP, mẫu sổ chứng thực)."""

    COPY = "copy", "Bản sao từ bản chính"
    SIGNATURE = "signature", "Chữ ký"
    CONTRACT = "contract", "Hợp đồng, giao dịch"


#: The procedure "chứng thực bản sao từ bản chính".
CODE = "2.000815"
#: The case of that procedure in which the copy is electronic.
ELECTRONIC: Final = "electronic"

#: What stands behind a number of each book (Thông tư 01/2020/TT-BTP; from memory, the agency may lay down another).
SYMBOLS: Final[Mapping[str, str]] = {
    BookKind.COPY: "SCT/BS",
    BookKind.SIGNATURE: "SCT/CK",
    BookKind.CONTRACT: "SCT/HĐ,GD",
}


class Corrected(TextChoices):
    """What of a line of a book may be corrected; the number and the day never."""

    PAPER_NAME = "paper_name", "Tên giấy tờ"
    REQUESTER_NAME = "requester_name", "Họ tên người yêu cầu"
    REQUESTER_NUMBER = "requester_number", "Giấy tờ tùy thân"
    PAGES = "pages", "Số trang"
    COPIES = "copies", "Số bản"
    NOTE = "note", "Ghi chú"


#: What whoever compares has looked at (Nghị định 23/2015/NĐ-CP, Điều 20 and 22; from memory).
CHECKS: Final[Mapping[str, str]] = {
    "whole": "Bản quét đủ trang, rõ, đúng màu như bản chính",
    "original": "Bản chính không bị tẩy xóa, sửa chữa, thêm bớt, hư hỏng không rõ nội dung",
    "issued": "Bản chính có chữ ký và con dấu của cơ quan, tổ chức cấp",
    "allowed": "Bản chính không đóng dấu mật, không trái pháp luật, không thuộc loại không được chứng thực",
    "legalised": "Bản chính do nước ngoài cấp đã hợp pháp hóa lãnh sự, hoặc được miễn, hoặc do Việt Nam cấp",
}

#: Verb of the journal → what it says.
ACT_WORDS: Final[Mapping[str, str]] = {
    "certification.entered": "Ghi sổ chứng thực",
    "certification.corrected": "Đính chính sổ chứng thực",
    "certification.book_closed": "Khóa sổ chứng thực",
    "certification.book_reopened": "Mở lại sổ chứng thực",
    "certification.certifier_noted": "Ghi người ký chứng thực vào sổ",
    "certification.compared": "Đối chiếu bản quét với bản chính",
    "certification.certified": "Ký chứng thực bản sao điện tử",
    "certification.sealed": "Đóng dấu bản sao điện tử",
}
