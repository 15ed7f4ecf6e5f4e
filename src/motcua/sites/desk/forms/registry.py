"""Which address belongs to which act, and which form does it."""

from collections.abc import Mapping

from motcua.dossiers.terms import Act
from motcua.kernel.errors import NotFound, Problem
from motcua.sites.desk.forms.base import ActForm
from motcua.sites.desk.forms.grounds import RefuseForm, RequestSupplementForm
from motcua.sites.desk.forms.of_clock import (
    ApologiseForm,
    DraftApologyForm,
    ExtendForm,
    FulfilObligationForm,
    RequestObligationForm,
    ResumeForm,
    SuspendForm,
)
from motcua.sites.desk.forms.of_corrections import DecideCorrectionForm
from motcua.sites.desk.forms.of_desk import CorrectForm, DeliverForm, ReceiveForm, SupplementForm, WithdrawForm
from motcua.sites.desk.forms.of_ending import RecallForm, RefuseSupplementForm, RenewForm, ReopenForm, StopForm
from motcua.sites.desk.forms.of_exchange import (
    AnswerConsultForm,
    CancelConsultForm,
    CheckPapersForm,
    ConsultForm,
    ShelveForm,
    TakeBackForm,
    TakeOverForm,
    TransferForm,
)
from motcua.sites.desk.forms.of_family import OpenPartForm
from motcua.sites.desk.forms.of_money import (
    AddChargeForm,
    CollectCashForm,
    CorrectPaymentForm,
    RefundChargeForm,
    RequestPaymentForm,
    WaiveChargeForm,
)
from motcua.sites.desk.forms.of_office import (
    AppraiseForm,
    ApproveForm,
    AssignForm,
    ForwardForm,
    RejectForm,
    SealForm,
    SendBackForm,
)
from motcua.sites.desk.forms.of_versions import RebaseForm

FORMS: Mapping[str, type[ActForm]] = {
    "tiep-nhan": ReceiveForm,
    "tu-choi": RefuseForm,
    "yeu-cau-bo-sung": RequestSupplementForm,
    "bo-sung": SupplementForm,
    "phan-cong": AssignForm,
    "chuyen": ForwardForm,
    "tham-dinh": AppraiseForm,
    "tra-lai": SendBackForm,
    "phe-duyet": ApproveForm,
    "khong-phe-duyet": RejectForm,
    "dong-dau": SealForm,
    "tra-ket-qua": DeliverForm,
    "rut": WithdrawForm,
    "dinh-chinh": CorrectForm,
    "duyet-dinh-chinh": DecideCorrectionForm,
    "lay-y-kien": ConsultForm,
    "tra-loi-y-kien": AnswerConsultForm,
    "rut-y-kien": CancelConsultForm,
    "nhan-ban-giao": TakeOverForm,
    "thu-hoi": TakeBackForm,
    "chuyen-don-vi": TransferForm,
    "chuyen-phien-ban": RebaseForm,
    "mo-lien-thong": OpenPartForm,
    "kiem-tra-giay-to": CheckPapersForm,
    "noi-de-ho-so": ShelveForm,
    "tam-dung": SuspendForm,
    "tiep-tuc": ResumeForm,
    "yeu-cau-nghia-vu": RequestObligationForm,
    "xac-nhan-nghia-vu": FulfilObligationForm,
    "gia-han": ExtendForm,
    "xin-loi": ApologiseForm,
    "soan-xin-loi": DraftApologyForm,
    "dung": StopForm,
    "khong-nhan-bo-sung": RefuseSupplementForm,
    "thu-hoi-ket-qua": RecallForm,
    "giai-quyet-lai": ReopenForm,
    "lap-lai": RenewForm,
    "thu-tien": CollectCashForm,
    "them-khoan-thu": AddChargeForm,
    "yeu-cau-nop": RequestPaymentForm,
    "mien-giam": WaiveChargeForm,
    "hoan-tien": RefundChargeForm,
    "sua-khoan-thu": CorrectPaymentForm,
}
SLUGS: Mapping[Act, str] = {form.act: slug for slug, form in FORMS.items()}


def form_for(slug: str) -> type[ActForm]:
    """Return the form of the act at that address; raises NotFound."""
    found = FORMS.get(slug)
    if found is None:
        raise NotFound(Problem("no_page", "Không có việc này với hồ sơ."))
    return found
