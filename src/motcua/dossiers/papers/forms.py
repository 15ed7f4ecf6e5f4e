"""The forms of a dossier's papers: which template, title and data each has in each form set."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from motcua.dossiers.papers import views, views_flow
from motcua.dossiers.papers.data import (
    ApologyData,
    HandoverNoteData,
    PaperData,
    ReceiptData,
    RefusalData,
    StopData,
    SupplementSlipData,
)
from motcua.dossiers.papers.data_flow import ControlSheetData, GroupReceiptData, ProcessLogData
from motcua.files.papers import render


class Form(StrEnum):
    """One kind of paper."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    HANDOVER = "handover"
    APOLOGY = "apology"
    STOP = "stop"
    CONTROL = "control"
    PROCESS = "process"
    GROUP_RECEIPT = "group_receipt"


class FormSet(StrEnum):
    """The circular whose forms are used; kept with every issued paper so that old prints stay what they were."""

    TT03_2025 = "TT03-2025"
    TT01_2018 = "TT01-2018"


@dataclass(frozen=True)
class FormSpec:
    """Template (path in the package), Vietnamese title, official number ("" for a working form) and data class."""

    template: str
    title: str
    number: str
    data_class: type[PaperData]
    view: Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class _Paper:
    """One form: `names` says in which sets it exists, with its title and official number there."""

    form: Form
    data_class: type[PaperData]
    view: Callable[[Any], dict[str, Any]]
    names: Mapping[FormSet, tuple[str, str]]


def _alike(title: str, number: str = "") -> dict[FormSet, tuple[str, str]]:
    return dict.fromkeys(FormSet, (title, number))


_PAPERS = (
    _Paper(Form.RECEIPT, ReceiptData, views.receipt_view, _alike("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "01")),
    _Paper(
        Form.SUPPLEMENT,
        SupplementSlipData,
        views.supplement_view,
        _alike("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "02"),
    ),
    _Paper(Form.REFUSAL, RefusalData, views.refusal_view, _alike("Phiếu từ chối tiếp nhận giải quyết hồ sơ", "03")),
    _Paper(Form.HANDOVER, HandoverNoteData, views.handover_view, _alike("Giấy biên nhận trả kết quả")),
    _Paper(
        Form.APOLOGY,
        ApologyData,
        views.apology_view,
        {
            FormSet.TT03_2025: ("Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết", "04"),
            FormSet.TT01_2018: ("Phiếu xin lỗi và hẹn lại ngày trả kết quả", "04"),
        },
    ),
    _Paper(Form.STOP, StopData, views.stop_view, {FormSet.TT03_2025: ("Thông báo dừng giải quyết hồ sơ", "05")}),
    _Paper(
        Form.CONTROL,
        ControlSheetData,
        views_flow.control_view,
        {
            FormSet.TT03_2025: ("Phiếu kiểm soát quá trình giải quyết hồ sơ", "06"),
            FormSet.TT01_2018: ("Phiếu kiểm soát quá trình giải quyết hồ sơ", "05"),
        },
    ),
    _Paper(Form.PROCESS, ProcessLogData, views_flow.process_view, _alike("Quá trình xử lý hồ sơ")),
    _Paper(
        Form.GROUP_RECEIPT,
        GroupReceiptData,
        views_flow.group_view,
        _alike("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "01"),
    ),
)
_FOLDERS = {FormSet.TT03_2025: "tt03_2025", FormSet.TT01_2018: "tt01_2018"}
_TT03_2025_FROM = date(2025, 9, 15)

#: Every form in every set that has it.
FORMS: Mapping[tuple[Form, FormSet], FormSpec] = MappingProxyType(
    {
        (paper.form, form_set): FormSpec(
            f"dossiers/papers/templates/{_FOLDERS[form_set]}/{paper.form}.typ",
            title,
            number,
            paper.data_class,
            paper.view,
        )
        for paper in _PAPERS
        for form_set, (title, number) in paper.names.items()
    }
)
_DATA: Mapping[Form, type[PaperData]] = {paper.form: paper.data_class for paper in _PAPERS}


def form_set_for(form: Form, day: date) -> FormSet:
    """Return the set whose form is used on `day`; a form that the set of that day does not know is of another one."""
    usual = form_set_on(day)
    return usual if (form, usual) in FORMS else next(form_set for one, form_set in FORMS if one == form)


def form_set_on(day: date) -> FormSet:
    """Return the form set for papers issued on `day` (Thông tư 03/2025/TT-VPCP is dated 15/9/2025)."""
    return FormSet.TT03_2025 if day >= _TT03_2025_FROM else FormSet.TT01_2018


def render_form(form: Form | str, form_set: FormSet | str, data: PaperData) -> bytes:
    """Return the paper as PDF/A-2a: the same bytes for the same form, form set and data.

    Raises ValueError for an unknown form or set, TypeError for data of another form.
    """
    spec = FORMS[Form(form), FormSet(form_set)]
    if not isinstance(data, spec.data_class):
        raise TypeError(f"{form} needs {spec.data_class.__name__}, got {type(data).__name__}")
    return render(spec.template, views.common_view(data, title=spec.title) | spec.view(data))


def data_from_json(form: Form | str, raw: dict[str, Any]) -> PaperData:
    """Return the data of an issued paper from what was stored with it (`PaperData.to_json`)."""
    return _DATA[Form(form)].from_json(raw)
