"""How each kind of question looks: widget, keyboard, width, the hint it has when its field has none."""

from collections.abc import Mapping
from typing import Final

from motcua.forms.rules.questions import Question

#: Kinds that are no single line of text.
WIDGETS: Final[Mapping[str, str]] = {
    "long_text": "area",
    "yes_no": "radios",
    "choices": "boxes",
    "consent": "tick",
    "table": "rows",
    "computed": "output",
    "section": "heading",
    "information": "note",
    "file": "files",
}
INPUT_MODES: Final[Mapping[str, str]] = {
    "phone": "tel",
    "email": "email",
    "personal_id": "text",
    "tax_code": "numeric",
    "date": "numeric",
    "money": "numeric",
    "number": "decimal",
    "whole": "numeric",
    "coordinate": "decimal",
}
WIDTHS: Final[Mapping[str, str]] = {
    "phone": "w15",
    "personal_id": "w15",
    "tax_code": "w15",
    "date": "w10",
    "time": "w5",
    "money": "w15",
    "number": "w10",
    "whole": "w5",
    "coordinate": "w10",
    "sheet": "w10",
}
HINTS: Final[Mapping[str, str]] = {
    "date": "Ngày/tháng/năm, ví dụ: 02/09/1990",
    "partial_date": "Không nhớ ngày hoặc tháng thì để trống, chỉ cần năm",
    "time": "Giờ và phút, ví dụ: 08:30",
    "money": "Ví dụ: 1.500.000",
    "personal_id": "12 chữ số trên thẻ căn cước",
    "business_lines": "Mã ngành cấp 4, gồm 4 chữ số, ví dụ: 4711",
    "coordinate": "Số độ thập phân, ví dụ: 21,0285",
}
#: What browsers fill in themselves, for questions about the person who uses them.
_AUTOCOMPLETE: Final[Mapping[str, str]] = {
    "account.full_name": "name",
    "account.name": "name",
    "account.phone": "tel",
    "account.email": "email",
    "account.address": "street-address",
    "account.born": "bday",
    "account.organisation_name": "organization",
}


def autocomplete_of(question: Question) -> str:
    """The autocomplete token of an input; only what comes from one's own account is one's own."""
    if question.is_part:
        return "off"
    return next((_AUTOCOMPLETE[source] for source in question.field.prefill if source in _AUTOCOMPLETE), "off")
