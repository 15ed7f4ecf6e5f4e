"""The lists of a definition as the studio shows them: words, form, one line for each element."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from motcua.kernel.text import clean
from motcua.procedures.terms import FEE_KIND_LABELS, Definition
from motcua.processes.terms import TermSpec
from motcua.sites.kit.words import money_text
from motcua.sites.studio.forms.base import PartForm
from motcua.sites.studio.forms.cases import CHANNELS, CaseForm, FeeForm
from motcua.sites.studio.forms.contents import BasisForm, ComponentForm, LinkedForm, ResultForm
from motcua.sites.studio.forms.papers import BLOCK_KINDS, PAPER_KINDS, BlockForm, PaperForm
from motcua.sites.studio.forms.questions import CheckForm, PageForm, QuestionForm
from motcua.sites.studio.forms.steps import PLACES, TIMERS, ConsultForm, MoveForm, StepForm, TimerForm
from motcua.sites.studio.forms.trials import TestForm
from motcua.sites.studio.kinds import COLUMN_KINDS, KINDS

_UNITS: Final = {"working_day": "ngày làm việc", "day": "ngày", "working_hour": "giờ làm việc"}
Tell = Callable[[Any, Definition], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A list: `one` and `many` in words, the form of an element, a line and a detail of each.

    `page`: the part of the studio it is shown on; `kinds`: what is chosen before an element is made.
    """

    one: str
    many: str
    form: type[PartForm]
    tell: Tell
    page: str
    empty: str = ""
    kinds: Mapping[str, str] | None = None


def term_words(term: TermSpec | None) -> str:
    """Return a term in words."""
    if term is None:
        return ""
    return "trong ngày làm việc" if term.unit == "same_day" else f"{term.amount} {_UNITS[term.unit]}"


def _case(value: Any, _: Definition) -> tuple[str, str]:
    terms = "; ".join(f"{CHANNELS[name].lower()}: {term_words(term)}" for name, term in value.terms.items())
    fees = f"{len(value.fees)} khoản thu" if value.fees else "không thu tiền"
    return value.name, f"{terms or 'chưa có thời hạn'} · {fees}"


def _fee(value: Any, _: Definition) -> tuple[str, str]:
    per = f" một {value.per}" if value.per else ""
    return value.name, f"{FEE_KIND_LABELS[value.kind].lower()}, {money_text(value.amount).lower()}{per}"


def _component(value: Any, _: Definition) -> tuple[str, str]:
    count = ", ".join(
        f"{number} {word}" for number, word in ((value.originals, "bản chính"), (value.copies, "bản sao")) if number
    )
    needed = "bắt buộc" if value.required or value.required_in else "nếu có"
    return value.name, " · ".join(filter(None, ["xuất trình" if value.present_only else count, needed]))


def _question(value: Any, _: Definition) -> tuple[str, str]:
    marks = [KINDS[value.kind].name.lower(), value.key]
    if value.required:
        marks.append("bắt buộc")
    if value.when:
        marks.append(f"khi {value.when}")
    return value.label, " · ".join(marks)


def _step(value: Any, _: Definition) -> tuple[str, str]:
    place = value.unit if value.at == "unit" else PLACES[value.at]
    ways = f"{len(value.consults)} nơi được hỏi" if value.consults else ""
    return value.name, " · ".join(filter(None, [place, term_words(value.term), ways]))


def _step_name(definition: Definition, key: str) -> str:
    return next((step.name for step in definition.steps if step.key == key), f"bước không còn ({key})")


def _move(value: Any, definition: Definition) -> tuple[str, str]:
    return _step_name(definition, value.to), f"khi {value.when}" if value.when else "lúc nào cũng được"


def _timer(value: Any, definition: Definition) -> tuple[str, str]:
    to = f" đến {_step_name(definition, value.to)}" if value.to else ""
    return f"Quá {term_words(value.after)}", f"{TIMERS[value.do]}{to}"


def _block(value: Any, _: Definition) -> tuple[str, str]:
    said = clean(value.text) or ", ".join(value.keys) or value.items
    return BLOCK_KINDS[value.kind], said[:120]


def _test(value: Any, definition: Definition) -> tuple[str, str]:
    case = definition.case(value.case)
    return value.name, " · ".join(filter(None, [case.name if case else "", f"{len(value.form)} câu trả lời"]))


PARTS: Final[Mapping[str, Part]] = {
    "truong-hop": Part(
        "trường hợp", "Trường hợp, thời hạn", CaseForm, _case, "truong-hop", "Thủ tục cần ít nhất một trường hợp."
    ),
    "khoan-thu": Part("khoản thu", "Phí, lệ phí", FeeForm, _fee, "truong-hop", "Không thu khoản nào."),
    "giay-to": Part("giấy tờ", "Thành phần hồ sơ", ComponentForm, _component, "giay-to", "Không yêu cầu giấy tờ nào."),
    "ket-qua": Part(
        "kết quả", "Kết quả", ResultForm, lambda value, _: (value.name, value.code), "ket-qua", "Chưa có kết quả nào."
    ),
    "can-cu": Part(
        "căn cứ",
        "Căn cứ pháp lý",
        BasisForm,
        lambda value, _: (value.number, value.name),
        "can-cu",
        "Chưa có căn cứ nào.",
    ),
    "lien-thong": Part(
        "thủ tục liên thông",
        "Thủ tục liên thông",
        LinkedForm,
        lambda value, _: (value.name, value.procedure),
        "lien-thong",
        "Không có thủ tục nào làm cùng.",
    ),
    "trang": Part(
        "trang",
        "Các trang",
        PageForm,
        lambda value, _: (value.title, f"{len(value.fields)} câu" + (f" · khi {value.when}" if value.when else "")),
        "bieu-mau",
        "Biểu mẫu chưa có trang nào.",
    ),
    "cau-hoi": Part(
        "câu hỏi",
        "Các câu hỏi",
        QuestionForm,
        _question,
        "bieu-mau",
        "Trang này chưa có câu hỏi nào.",
        {key: f"{kind.name}|{kind.use}" for key, kind in KINDS.items()},
    ),
    "cot": Part(
        "cột",
        "Các cột của bảng",
        QuestionForm,
        _question,
        "bieu-mau",
        "Bảng chưa có cột nào.",
        {key: f"{KINDS[key].name}|{KINDS[key].use}" for key in COLUMN_KINDS},
    ),
    "rang-buoc": Part(
        "điều kiện kiểm tra",
        "Kiểm tra giữa các câu",
        CheckForm,
        lambda value, _: (value.message, value.holds),
        "bieu-mau",
        "Không có điều kiện nào giữa các câu.",
    ),
    "buoc": Part("bước", "Các bước", StepForm, _step, "quy-trinh", "Quy trình chưa có bước nào."),
    "chuyen-toi": Part("đường chuyển tiếp", "Chuyển tiếp đến", MoveForm, _move, "quy-trinh", "Không đi tiếp đến đâu."),
    "tra-lai": Part("đường trả lại", "Trả lại cho", MoveForm, _move, "quy-trinh", "Không trả lại bước nào."),
    "lay-y-kien": Part(
        "nơi lấy ý kiến",
        "Lấy ý kiến",
        ConsultForm,
        lambda value, _: (value.unit, value.question[:120]),
        "quy-trinh",
        "Không hỏi ý kiến nơi nào.",
    ),
    "hen-gio": Part("hẹn giờ", "Hẹn giờ", TimerForm, _timer, "quy-trinh", "Không có hẹn giờ."),
    "van-ban": Part(
        "văn bản",
        "Văn bản",
        PaperForm,
        lambda value, _: (value.name, PAPER_KINDS[value.kind].lower()),
        "van-ban",
        "Thủ tục không có văn bản nào để in.",
    ),
    "khoi": Part(
        "phần", "Nội dung, từ trên xuống", BlockForm, _block, "van-ban", "Văn bản chưa có nội dung.", BLOCK_KINDS
    ),
    "bai-thu": Part("bài thử", "Bài thử", TestForm, _test, "bai-thu", "Chưa có bài thử nào."),
}
