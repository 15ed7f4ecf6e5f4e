"""The forms of a dossier's papers: which template, title and data each has in each form set."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from motcua.dossiers.papers import views
from motcua.dossiers.papers.data import HandoverNoteData, PaperData, ReceiptData, RefusalData, SupplementSlipData
from motcua.files.papers import render


class Form(StrEnum):
    """One kind of paper."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    HANDOVER = "handover"


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


_PAPERS: tuple[tuple[Form, str, str, type[PaperData], Callable[[Any], dict[str, Any]]], ...] = (
    (Form.RECEIPT, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "01", ReceiptData, views.receipt_view),
    (Form.SUPPLEMENT, "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "02", SupplementSlipData, views.supplement_view),
    (Form.REFUSAL, "Phiếu từ chối tiếp nhận giải quyết hồ sơ", "03", RefusalData, views.refusal_view),
    (Form.HANDOVER, "Giấy biên nhận trả kết quả", "", HandoverNoteData, views.handover_view),
)
_FOLDERS = {FormSet.TT03_2025: "tt03_2025", FormSet.TT01_2018: "tt01_2018"}
_TT03_2025_FROM = date(2025, 9, 15)

FORMS: Mapping[tuple[Form, FormSet], FormSpec] = MappingProxyType(
    {
        (form, form_set): FormSpec(f"dossiers/papers/templates/{folder}/{form}.typ", title, number, data_class, view)
        for form, title, number, data_class, view in _PAPERS
        for form_set, folder in _FOLDERS.items()
    }
)


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
    return FORMS[Form(form), FormSet.TT03_2025].data_class.from_json(raw)
