"""The acts of the clock: pausing, money owed to the State, apologies and new days."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.actions.apologise import apologise
from motcua.dossiers.actions.apology import draft_apology, drop_apology, open_draft, proposed_moment
from motcua.dossiers.actions.extend import extend_dossier
from motcua.dossiers.actions.fulfil_obligation import fulfil_obligation
from motcua.dossiers.actions.request_obligation import request_obligation
from motcua.dossiers.actions.resume import resume_dossier
from motcua.dossiers.actions.suspend import suspend_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.pausing import stopping_kinds
from motcua.dossiers.rules.causes import LATE_CAUSES, Notice, Proof
from motcua.dossiers.terms import Act, SuspensionKind
from motcua.sites.desk.forms.base import ActForm, long_text
from motcua.sites.desk.forms.uploads import StoredFilesField
from motcua.sites.kit.forms import CleanCharField, DayField
from motcua.sites.kit.words import local_date, moment_text, money_text

_MONEY = re.compile(r"\d{1,15}")
_PICK = "Hãy chọn một mục."


class MoneyField(forms.CharField):
    """A sum of đồng as people write it: 1.250.000 or 1250000 đ. Cleans to an int, 0 when empty."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "numeric", "class": "w15", "autocomplete": "off"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> Any:
        """Return the sum; raises ValidationError when it is none."""
        text = re.sub(r"[\s.,_]|đồng|đ$", "", str(super().clean(value) or "").strip().lower())
        if text and not _MONEY.fullmatch(text):
            raise ValidationError("Hãy ghi số tiền bằng chữ số, ví dụ 1.250.000.", code="invalid")
        return int(text or 0)


def at_clock_time_of(day: date, like: datetime) -> datetime:
    """Return the moment on that day at the same time of day in Vietnam."""
    return datetime.combine(day, like.astimezone(VIET_NAM).time(), VIET_NAM)


class SuspendForm(ActForm):
    """Tạm dừng tính thời hạn: only for reasons that a rule lets stop the clock."""

    act = Act.SUSPEND
    button = "Tạm dừng"
    lead = (
        "Thời gian tạm dừng không tính vào thời hạn; ngày hẹn trả lùi lại tương ứng khi tiếp tục. "
        "Người nộp được báo lý do và căn cứ."
    )

    def prepare(self) -> None:
        kinds = stopping_kinds(self.dossier.procedure_id, local_date(self.at))
        choices = [(kind.value, _with_rule(kind, rule.most_days, verified=rule.is_verified)) for kind, rule in kinds]
        self.fields["kind"] = forms.CharField(
            label="Tạm dừng vì", widget=forms.RadioSelect(choices=choices), error_messages={"required": _PICK}
        )
        self.fields["reason"] = long_text("Lý do", rows=3)
        self.fields["basis"] = long_text("Căn cứ pháp lý", rows=2, help_text="Số, ký hiệu văn bản và điều khoản.")

    def clean_kind(self) -> SuspensionKind:
        """Return the kind; raises ValidationError for a word we do not know."""
        if self.cleaned_data["kind"] not in SuspensionKind.values:
            raise ValidationError(_PICK, code="unknown_choice")
        return SuspensionKind(self.cleaned_data["kind"])

    @property
    def done(self) -> str:
        return "Đã tạm dừng tính thời hạn; người nộp được báo."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        return suspend_dossier(**self.common, kind=said["kind"], reason=said["reason"], basis=said["basis"])


def _with_rule(kind: SuspensionKind, most_days: int | None, *, verified: bool) -> str:
    hints = [f"tối đa {most_days} ngày" if most_days else "", "" if verified else "quy định chưa đối chiếu văn bản"]
    return format_html('{} <span class="hint">{}</span>', kind.label, "; ".join(filter(None, hints)))


class ResumeForm(ActForm):
    """Tiếp tục tính thời hạn."""

    act = Act.RESUME
    button = "Tiếp tục tính thời hạn"
    lead = "Thời hạn chạy tiếp từ lúc này; hẹn trả lùi đúng bằng thời gian làm việc đã tạm dừng."

    note = long_text("Ghi chú", rows=2, help_text="Ví dụ: kết quả niêm yết, số văn bản trả lời.")

    @property
    def done(self) -> str:
        return "Đã tiếp tục tính thời hạn; hẹn trả mới được báo cho người nộp."

    def perform(self) -> Dossier:
        return resume_dossier(**self.common, note=self.cleaned_data["note"])


class RequestObligationForm(ActForm):
    """Yêu cầu thực hiện nghĩa vụ tài chính."""

    act = Act.REQUEST_OBLIGATION
    button = "Gửi yêu cầu nộp"
    lead = "Người nộp được báo khoản phải nộp; thời hạn tạm dừng cho đến khi có chứng từ nộp tiền."

    title = CleanCharField(label="Khoản phải nộp", required=False, help_text="Ví dụ: Lệ phí trước bạ nhà, đất.")
    amount = MoneyField(label="Số tiền (đồng)")
    number = CleanCharField(
        label="Số thông báo", required=False, widget=forms.TextInput(attrs={"class": "w15", "autocomplete": "off"})
    )
    on = DayField(label="Ngày thông báo", required=False)
    pay_until = DayField(label="Hạn nộp", required=False, help_text="Để trống nếu thông báo không ấn định.")
    pay_at = CleanCharField(
        label="Nơi nộp", required=False, help_text="Ngân hàng, kho bạc, cổng thanh toán và tài khoản nhận."
    )

    def prepare(self) -> None:
        self.fields["file"] = StoredFilesField(
            actor=self.actor, at=self.at, several=False, label="Bản chụp thông báo", help_text="Một tệp PDF hoặc ảnh."
        )

    @property
    def done(self) -> str:
        return "Đã gửi yêu cầu nghĩa vụ tài chính; thời hạn tạm dừng."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        notice = Notice(
            title=said["title"],
            amount=said["amount"],
            number=said["number"],
            on=said["on"],
            pay_until=said["pay_until"],
            pay_at=said["pay_at"],
        )
        return request_obligation(**self.common, notice=notice, file=next(iter(said["file"]), None))


class FulfilObligationForm(ActForm):
    """Xác nhận nghĩa vụ tài chính by the proof of payment."""

    act = Act.FULFIL_OBLIGATION
    template = "desk/acts/obligation.html"
    button = "Xác nhận đã nộp"
    lead = "Thời hạn giải quyết chạy tiếp từ lúc này."

    number = CleanCharField(
        label="Số chứng từ", required=False, widget=forms.TextInput(attrs={"class": "w15", "autocomplete": "off"})
    )
    on = DayField(label="Ngày chứng từ", required=False)
    amount = MoneyField(label="Số tiền đã nộp (đồng)")
    note = long_text("Ghi chú", rows=2, help_text="Bắt buộc khi số tiền khác thông báo.")

    def prepare(self) -> None:
        self.obligation = self.dossier.obligations.filter(fulfilled_at__isnull=True).first()
        asked = self.obligation.amount if self.obligation else 0
        self.fields["amount"].initial = money_text(asked).removesuffix(" đồng") if asked else ""
        self.fields["file"] = StoredFilesField(
            actor=self.actor, at=self.at, several=False, label="Bản chụp chứng từ", help_text="Một tệp PDF hoặc ảnh."
        )

    @property
    def done(self) -> str:
        return "Đã xác nhận nghĩa vụ tài chính; hồ sơ tiếp tục được giải quyết."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        proof = Proof(number=said["number"], on=said["on"], amount=said["amount"], note=said["note"])
        return fulfil_obligation(**self.common, proof=proof, file=next(iter(said["file"]), None))


class ExcuseForm(ActForm):
    """What drafting, extending and apologising share: cause, words, the day promised; a draft fills them in."""

    def prepare(self) -> None:
        self.draft = open_draft(self.dossier)
        promised = self.draft.promised_at if self.draft else proposed_moment(self.dossier, self.at)
        self.fields["cause"] = forms.CharField(
            label="Nguyên nhân",
            required=False,
            widget=forms.Select(choices=[("", "Chọn nguyên nhân"), *LATE_CAUSES.items()]),
            initial=self.draft.cause if self.draft else "",
        )
        self.fields["reason"] = long_text("Lý do nói với người nộp", rows=3, help_text="Một, hai câu dễ hiểu.")
        self.fields["reason"].initial = self.draft.reason if self.draft else ""
        self.fields["promised_on"] = DayField(
            label="Hẹn trả mới",
            initial=local_date(promised),
            help_text=f"Ngày làm việc sau {moment_text(self.due_at)}; giờ hẹn giữ như cũ.",
            error_messages={"required": "Hãy ghi ngày hẹn trả mới."},
        )

    @property
    def due_at(self) -> datetime:
        """The appointment that will not be kept."""
        return self.dossier.due_at or self.at

    def place(self, field: str) -> str:
        return "promised_on" if field == "promised_at" else field

    @property
    def excuse(self) -> dict[str, Any]:
        """The facts that the actions want."""
        said = self.cleaned_data
        promised_at = at_clock_time_of(said["promised_on"], self.due_at)
        return {"cause": said["cause"], "reason": said["reason"], "promised_at": promised_at}


class DraftApologyForm(ExcuseForm):
    """Soạn văn bản xin lỗi for the head of the agency to sign, or drop the draft."""

    act = Act.DRAFT_APOLOGY
    template = "desk/acts/apology.html"
    button = "Lưu dự thảo, trình ký"
    lead = (
        "Lãnh đạo cơ quan ký thì văn bản (Mẫu 04) mới có hiệu lực. Ký chậm nhất một ngày trước hẹn trả thì được "
        "gia hạn một lần; muộn hơn chỉ còn xin lỗi vì trễ hạn."
    )

    then = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def done(self) -> str:
        return "Đã bỏ dự thảo xin lỗi." if self.drops else "Đã lưu dự thảo xin lỗi; chờ lãnh đạo cơ quan ký."

    @property
    def drops(self) -> bool:
        """Whether the button to drop the draft was pressed."""
        return bool(self.cleaned_data["then"] == "drop")

    def perform(self) -> Dossier:
        return drop_apology(**self.common) if self.drops else draft_apology(**self.common, **self.excuse)


class ExtendForm(ExcuseForm):
    """Xin lỗi và gia hạn."""

    act = Act.EXTEND
    button = "Ký xin lỗi và gia hạn (Mẫu 04)"
    lead = "Mỗi hồ sơ chỉ được gia hạn một lần. Ngày hẹn mới thay ngày cũ; ngày hẹn ban đầu vẫn được lưu để thống kê."

    @property
    def done(self) -> str:
        return "Đã gia hạn và gửi văn bản xin lỗi cho người nộp."

    def perform(self) -> Dossier:
        return extend_dossier(**self.common, **self.excuse)


class ApologiseForm(ExcuseForm):
    """Xin lỗi vì trễ hạn."""

    act = Act.APOLOGISE
    button = "Ký văn bản xin lỗi (Mẫu 04)"
    lead = (
        "Không còn gia hạn được: ngày hẹn trả giữ nguyên và hồ sơ được tính là trễ hạn. "
        "Văn bản xin lỗi nêu lý do và ngày cơ quan hứa trả."
    )

    @property
    def done(self) -> str:
        return "Đã gửi văn bản xin lỗi cho người nộp."

    def perform(self) -> Dossier:
        return apologise(**self.common, **self.excuse)
