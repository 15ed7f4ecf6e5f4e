"""The acts by which a dossier ends without a result, or begins anew."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from motcua.dossiers.actions.recall import recall_result
from motcua.dossiers.actions.renew import renew_dossier
from motcua.dossiers.actions.reopen import reopen_dossier
from motcua.dossiers.actions.stop import refuse_supplement, stop_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.causes import Stopping
from motcua.dossiers.terms import Act, StopGround
from motcua.sites.desk.forms.base import ActForm, long_text, step_choice
from motcua.sites.desk.forms.of_clock import at_clock_time_of
from motcua.sites.kit.forms import CleanCharField, DayField

_FEES = "Ví dụ: không thu; hoàn lại 100.000 đồng; không hoàn lại theo quy định."
_PAPERS = "Giấy tờ nào, nhận lại ở đâu; nộp trực tuyến thì ghi «không có bản giấy»."


class StopForm(ActForm):
    """Dừng giải quyết."""

    act = Act.STOP
    button = "Dừng giải quyết và lập thông báo (Mẫu 05)"
    danger = True
    lead = "Hồ sơ kết thúc không có kết quả. Người nộp nhận thông báo nêu đúng những điều ghi ở đây."

    ground = forms.CharField(
        label="Dừng vì",
        widget=forms.RadioSelect(choices=StopGround.choices),
        error_messages={"required": "Hãy chọn vì sao dừng."},
    )
    reason = long_text("Lý do cụ thể", rows=3)
    asked_on = DayField(
        label="Ngày người nộp đề nghị", required=False, help_text="Chỉ ghi khi dừng theo đề nghị của người nộp."
    )
    basis = CleanCharField(
        label="Căn cứ pháp lý", required=False, help_text="Bắt buộc khi dừng theo quy định của pháp luật, lý do khác."
    )
    fees = CleanCharField(label="Phí, lệ phí đã nộp", required=False, help_text=_FEES)
    papers = CleanCharField(label="Giấy tờ trả lại", required=False, help_text=_PAPERS)

    def clean_ground(self) -> StopGround:
        """Return the ground; raises ValidationError for a word we do not know."""
        if self.cleaned_data["ground"] not in StopGround.values:
            raise ValidationError("Hãy chọn vì sao dừng.", code="unknown_choice")
        return StopGround(self.cleaned_data["ground"])

    @property
    def done(self) -> str:
        return "Đã dừng giải quyết; thông báo nằm trong mục giấy tờ đã lập."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        names = ("ground", "reason", "basis", "asked_on", "fees", "papers")
        return stop_dossier(**self.common, stopping=Stopping(**{name: said[name] for name in names}))


class RefuseSupplementForm(ActForm):
    """Không nhận bổ sung quá hạn."""

    act = Act.REFUSE_SUPPLEMENT
    button = "Kết thúc hồ sơ, lập thông báo (Mẫu 05)"
    danger = True
    lead = "Hạn bổ sung đã qua mà người nộp chưa bổ sung. Hồ sơ kết thúc; người nộp có thể nộp lại từ hồ sơ này."

    reason = long_text("Ghi rõ thêm", rows=2, help_text="Để trống sẽ ghi: hết ngày nào, yêu cầu lần mấy.")
    fees = CleanCharField(label="Phí, lệ phí đã nộp", required=False, help_text=_FEES)
    papers = CleanCharField(label="Giấy tờ trả lại", required=False, help_text=_PAPERS)

    @property
    def done(self) -> str:
        return "Đã kết thúc hồ sơ vì quá hạn bổ sung."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        return refuse_supplement(**self.common, reason=said["reason"], fees=said["fees"], papers=said["papers"])


class DecisionForm(ActForm):
    """What recalling and solving anew share: the decision they rest on."""

    decision_number = CleanCharField(
        label="Số quyết định",
        required=False,
        widget=forms.TextInput(attrs={"class": "w15", "autocomplete": "off"}),
        help_text="Ví dụ: 12/QĐ-UBND",
    )
    decided_on = DayField(label="Ngày quyết định", required=False)
    reason = long_text("Lý do", rows=3)

    @property
    def decision(self) -> dict[str, Any]:
        """The facts that both actions want."""
        return {name: self.cleaned_data[name] for name in ("decision_number", "decided_on", "reason")}


class RecallForm(DecisionForm):
    """Thu hồi kết quả đã trả."""

    act = Act.RECALL
    button = "Thu hồi kết quả"
    danger = True
    lead = (
        "Kết quả và lần trả được lưu lại nguyên vẹn; hồ sơ trở về trạng thái đã xử lý xong. "
        "Sau đó có thể giải quyết lại hoặc trả lại kết quả."
    )

    @property
    def done(self) -> str:
        return "Đã thu hồi kết quả; người nộp được báo."

    def perform(self) -> Dossier:
        return recall_result(**self.common, **self.decision)


class ReopenForm(DecisionForm):
    """Giải quyết lại."""

    act = Act.REOPEN
    button = "Giải quyết lại"
    danger = True
    lead = "Kết quả cũ được lưu lại và hết giá trị; hồ sơ trở về bước thụ lý với hẹn trả mới theo quyết định."

    def prepare(self) -> None:
        steps = [step for step in self.dossier.definition.steps if step.right == "handle"]
        self.fields["to_step"] = step_choice("Trở về bước", steps)
        self.fields["due_on"] = DayField(
            label="Hẹn trả mới",
            help_text="Ngày làm việc theo quyết định; giờ hẹn giữ như cũ.",
            error_messages={"required": "Hãy ghi ngày hẹn trả mới."},
        )

    def place(self, field: str) -> str:
        return "due_on" if field == "due_at" else field

    @property
    def done(self) -> str:
        return "Đã mở lại hồ sơ để giải quyết; người nộp được báo."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        due_at = at_clock_time_of(said["due_on"], self.dossier.due_at or self.at)
        return reopen_dossier(**self.common, **self.decision, to_step=said["to_step"], due_at=due_at)


class RenewForm(ActForm):
    """Lập hồ sơ mới nối tiếp."""

    act = Act.RENEW
    button = "Lập hồ sơ mới và tiếp nhận"
    lead = (
        "Người nộp, giấy tờ và tệp của hồ sơ này được dùng lại cho hồ sơ mới, tiếp nhận ngay tại bàn này. "
        "Hồ sơ cũ giữ nguyên. Kiểm tra lại giấy tờ trước khi lập."
    )

    confirmed_duplicate = forms.BooleanField(
        label="Vẫn lập, dù chủ hồ sơ đang có hồ sơ khác cùng thủ tục", required=False
    )

    @property
    def done(self) -> str:
        return f"Đã lập hồ sơ mới nối tiếp hồ sơ {self.dossier.code}."

    def perform(self) -> Dossier:
        return renew_dossier(**self.common, confirmed_duplicate=self.cleaned_data["confirmed_duplicate"])
