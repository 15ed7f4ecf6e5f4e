"""The acts of the desk: receiving, supplementing for the applicant, delivering, withdrawing, correcting."""

from django import forms
from django.db import transaction
from django.forms import BoundField

from motcua.dossiers.actions.correct import correct_dossier
from motcua.dossiers.actions.deliver_result import Collection, deliver_result
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.receive import receive_dossier
from motcua.dossiers.actions.supplement import supplement_dossier
from motcua.dossiers.actions.withdraw import withdraw_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.answering import PREFIX
from motcua.dossiers.rules.corrections import CORRECTABLE, at_once, read_value, tidy_value
from motcua.dossiers.terms import COLLECTORS, Act, Collector, ResultChannel
from motcua.sites.desk.forms.base import ActForm, long_text
from motcua.sites.desk.forms.declared import DeclaredForm
from motcua.sites.desk.forms.fees import FeeRow, asked_fees, chosen_of, fee_fields, fee_rows
from motcua.sites.desk.forms.uploads import StoredFilesField


class ReceiveForm(ActForm):
    """Tiếp nhận, alone or with handing over to the next step in the same transaction."""

    act = Act.RECEIVE
    template = "desk/acts/receive.html"
    button = "Tiếp nhận"
    lead = "Thời hạn giải quyết bắt đầu tính và Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu 01) được lập."

    then = forms.CharField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.asked = asked_fees(self.dossier.definition, self.dossier.case_key)
        self.fields |= fee_fields(self.asked)

    def fee_rows(self) -> list[FeeRow]:
        """Return the fees that must be counted or confirmed."""
        return fee_rows(self, self.asked)

    @property
    def done(self) -> str:
        passed_on = self.cleaned_data["then"] == "forward"
        return "Đã tiếp nhận và chuyển xử lý hồ sơ." if passed_on else "Đã tiếp nhận hồ sơ."

    @transaction.atomic
    def perform(self) -> Dossier:
        dossier = receive_dossier(**self.common, fees=chosen_of(self.cleaned_data, self.asked))
        if self.cleaned_data["then"] == "forward":
            dossier = forward_dossier(actor=self.actor, dossier_id=dossier.pk, at=self.at)
        return dossier


class SupplementForm(DeclaredForm):
    """Bổ sung hồ sơ on behalf of the applicant who stands at the desk."""

    act = Act.SUPPLEMENT
    template = "desk/acts/supplement.html"
    button = "Ghi nhận bổ sung"
    lead = "Ghi nhận giấy tờ người nộp mang đến; thời hạn giải quyết tiếp tục tính từ lúc này."

    @property
    def done(self) -> str:
        return "Đã ghi nhận bổ sung; thời hạn giải quyết tính tiếp."

    def prepare(self) -> None:
        request = self.dossier.supplement_requests.filter(answered_at__isnull=True).order_by("-number").first()
        self.request = request
        asked = {item["component"]: item for item in (request.items if request else []) if item["component"]}
        for key, item in asked.items():
            self.fields[f"files.{key}"] = StoredFilesField(
                actor=self.actor, at=self.at, label=item["name"], help_text=item["need"]
            )
        self.fields["files"] = StoredFilesField(actor=self.actor, at=self.at, label="Tệp bổ sung khác")
        self.fields["note"] = long_text(
            "Nội dung bổ sung", help_text="Ghi giấy tờ bản giấy đã nhận, nội dung đã sửa; bắt buộc khi không có tệp."
        )
        if request is not None and request.fields:
            self.declare(self.data, only=request.fields)

    def perform(self) -> Dossier:
        said = self.cleaned_data
        files = {name.partition(".")[2]: said[name] for name in said if name.partition(".")[0] == "files"}
        return supplement_dossier(**self.common, note=said["note"], files=files, form=self.answers)


class DeliverForm(ActForm):
    """Trả kết quả."""

    act = Act.DELIVER
    button = "Trả kết quả, lập giấy biên nhận"
    lead = "Kiểm tra giấy tờ tùy thân của người nhận trước khi giao kết quả. Hồ sơ kết thúc ở bước này."

    def prepare(self) -> None:
        names = {Collector.OWNER: self.dossier.owner.name, Collector.SUBMITTER: self.dossier.submitter.name}
        same = self.dossier.owner_id == self.dossier.submitter_id
        choices = [
            (one.value, f"{one.label}: {names[one]}" if one in names else one.label)
            for one in COLLECTORS
            if not (same and one == Collector.SUBMITTER)
        ]
        owner = "Để trống nếu đúng như trong hồ sơ."
        self.fields |= {
            "collector": forms.CharField(
                label="Người nhận", widget=forms.RadioSelect(choices=choices), initial=Collector.OWNER.value
            ),
            "name": forms.CharField(label="Họ tên người nhận", required=False, help_text=owner),
            "personal_id": forms.CharField(
                label="Số định danh người nhận",
                required=False,
                help_text=owner,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w15"}),
            ),
            "phone": forms.CharField(
                label="Số điện thoại",
                required=False,
                help_text=owner,
                widget=forms.TextInput(attrs={"class": "w15", "inputmode": "tel"}),
            ),
            "proxy_paper": forms.CharField(
                label="Văn bản ủy quyền", required=False, help_text="Số, ngày của văn bản khi người khác nhận thay."
            ),
            "signed_by_hand": forms.BooleanField(label="Người nhận đã ký nhận bằng tay", required=False),
            "note": long_text("Ghi chú", rows=2),
        }

    @property
    def done(self) -> str:
        return "Đã trả kết quả. In giấy biên nhận ở mục «Giấy tờ đã lập» để người nhận ký."

    def clean_collector(self) -> Collector:
        """Return the collector; raises ValidationError for a word we do not know."""
        found = self.cleaned_data["collector"]
        if found not in COLLECTORS:
            raise forms.ValidationError("Hãy chọn người nhận.", code="unknown_choice")
        return Collector(found)

    def perform(self) -> Dossier:
        said = self.cleaned_data
        collection = Collection(
            collector=said["collector"],
            name=said["name"],
            personal_id=said["personal_id"],
            phone=said["phone"],
            proxy_paper=said["proxy_paper"],
            signed_by_hand=said["signed_by_hand"],
            note=said["note"],
        )
        return deliver_result(**self.common, collection=collection)


class WithdrawForm(ActForm):
    """Rút hồ sơ at the request of the applicant."""

    act = Act.WITHDRAW
    button = "Rút hồ sơ"
    danger = True
    lead = "Chỉ rút khi người nộp yêu cầu bằng văn bản. Hồ sơ kết thúc và không mở lại được."

    reason = long_text("Lý do, số và ngày của đơn xin rút")

    @property
    def done(self) -> str:
        return "Đã rút hồ sơ theo yêu cầu của người nộp."

    def perform(self) -> Dossier:
        return withdraw_dossier(**self.common, reason=self.cleaned_data["reason"])


class CorrectForm(DeclaredForm):
    """Đính chính thông tin: every correctable value with what it is now."""

    act = Act.CORRECT
    template = "desk/acts/correct.html"
    button = "Lưu đính chính"

    @property
    def lead(self) -> str:  # type: ignore[override]
        """What happens to what is typed: at once, or after a leader has agreed."""
        if not self.dossier.is_received:
            return "Chỉ sửa chỗ sai; giá trị cũ và mới được ghi vào nhật ký."
        return (
            "Điện thoại, thư điện tử, cách và nơi nhận kết quả được sửa ngay; thông tin khác chờ lãnh đạo duyệt. "
            "Giá trị cũ và mới được ghi vào nhật ký, Mẫu 01 được in lại."
        )

    def prepare(self) -> None:
        same = self.dossier.owner_id == self.dossier.submitter_id
        self.names = [name for name in CORRECTABLE if not (same and name.startswith("submitter."))]
        for name in self.names:
            before = read_value(self.dossier, name)
            waits = not at_once(name, is_received=self.dossier.is_received)
            self.fields[name] = self._field(name, before, "; cần lãnh đạo duyệt" if waits else "")
        self.fields["reason"] = long_text("Lý do đính chính", help_text="Bắt buộc khi hồ sơ đã được tiếp nhận.")
        self.declare(self.data, only=None)

    @staticmethod
    def _field(name: str, before: str, more: str) -> forms.CharField:
        widget: forms.Widget = forms.TextInput()
        if name == "result_channel":
            widget = forms.Select(choices=ResultChannel.choices)
        elif name == "set_count":
            widget = forms.NumberInput(attrs={"class": "w5", "min": 1, "max": 100})
        elif name == "abstract":
            widget = forms.Textarea(attrs={"rows": 2})
        shown = ResultChannel(before).label if name == "result_channel" else before
        help_text = f"Hiện ghi: {shown or 'trống'}{more}"
        return forms.CharField(
            label=CORRECTABLE[name], required=False, initial=before, widget=widget, help_text=help_text
        )

    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """Return the fields under their headings."""
        wanted = {"owner.": "Chủ hồ sơ", "submitter.": "Người nộp", "": "Hồ sơ"}
        found: dict[str, list[BoundField]] = {title: [] for title in wanted.values()}
        for name in self.names:
            prefix = next(start for start in wanted if name.startswith(start))
            found[wanted[prefix]].append(self[name])
        return [(title, fields) for title, fields in found.items() if fields]

    def shown(self) -> list[BoundField]:
        return [self["reason"]]

    @property
    def done(self) -> str:
        if self.waits:
            return "Đã gửi đề nghị đính chính, chờ lãnh đạo duyệt."
        return "Đã đính chính thông tin hồ sơ."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        changes = {
            name: said[name] for name in self.names if tidy_value(name, said[name]) != read_value(self.dossier, name)
        }
        names = [*changes, *(f"{PREFIX}{key}" for key in self.touched)]
        self.waits = any(not at_once(name, is_received=self.dossier.is_received) for name in names)
        return correct_dossier(
            **self.common, changes=changes, reason=said["reason"], form=self.answers, form_keys=self.touched
        )
