"""The acts of the office: assigning, passing on, appraising, sending back, deciding, sealing."""

from typing import Any

from django import forms
from django.utils.html import format_html

from motcua.agencies.terms import Right
from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.reject import reject_dossier
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.actions.send_back import send_back_dossier
from motcua.dossiers.models import Dossier, DraftResult
from motcua.dossiers.queries.numbers import kept_number
from motcua.dossiers.queries.pages import handlers_in, last_symbol
from motcua.dossiers.queries.process_facts import open_ways, open_ways_back
from motcua.dossiers.terms import Act, ResultChannel
from motcua.forms.terms import PaperTemplate
from motcua.sites.desk.drafting import draft_text, papers_to_draft
from motcua.sites.desk.forms.base import ActForm, long_text, way_choice
from motcua.sites.desk.forms.initials import InitialsForm
from motcua.sites.desk.forms.uploads import StoredFilesField
from motcua.sites.kit.forms import DayField
from motcua.sites.kit.words import local_date

_FOR_FILE = "Người nộp chọn nhận bản điện tử: không có tệp thì họ không tải được kết quả."
_FOR_PAPER = "Không có tệp thì người nộp chỉ nhận được bản giấy."


class AssignForm(ActForm):
    """Phân công: every handler of the unit with their open work."""

    act = Act.ASSIGN
    button = "Phân công"

    def prepare(self) -> None:
        at_handling = Right(self.dossier.step.right) != Right.HANDLE or self.dossier.step.at == "handling"
        unit_id = self.dossier.handling_unit_id if at_handling else self.dossier.unit_id
        choices = [(one.id, with_load(one.full_name, one.load, one.late)) for one in handlers_in(unit_id, at=self.at)]
        self.fields["to"] = forms.IntegerField(
            label="Người thụ lý",
            widget=forms.RadioSelect(choices=choices),
            error_messages={"required": "Hãy chọn người thụ lý.", "invalid": "Hãy chọn người thụ lý."},
        )
        self.fields["note"] = long_text("Ý kiến chỉ đạo", rows=3)

    @property
    def done(self) -> str:
        return "Đã phân công thụ lý."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        return assign_dossier(**self.common, to_account_id=said["to"], note=said["note"])


def with_load(name: str, load: int, late: int) -> str:
    """Return the name of somebody to choose, with how much open work they hold."""
    work = f"đang giữ {load} hồ sơ" if load else "không giữ hồ sơ nào"
    overdue = f", {late} quá hạn" if late else ""
    return format_html('{} <span class="hint">{}{}</span>', name, work, overdue)


class ForwardForm(InitialsForm):
    """Chuyển bước tiếp theo."""

    act = Act.FORWARD
    button = "Chuyển"

    def prepare(self) -> None:
        ways = open_ways(self.dossier, self.at, self.actor)
        self.fields["to_step"] = way_choice("Chuyển đến bước", ways)
        self.fields["note"] = long_text("Nội dung chuyển", rows=3)
        self.next_names = [way.step.name for way in ways]
        self.ask_for_initials()

    @property
    def done(self) -> str:
        if self.opened is not None:
            return self.initialled_words
        return f"Đã chuyển hồ sơ đến bước «{self.dossier_after.step.name}»."

    def perform(self) -> Dossier:
        facts = {name: self.cleaned_data[name] for name in ("to_step", "note")}
        if self.wants_initials:
            return self.initial_and_go(facts)
        self.dossier_after = forward_dossier(**self.common, **facts)
        return self.dossier_after


class AppraiseForm(InitialsForm):
    """Thẩm định, dự thảo kết quả."""

    act = Act.APPRAISE
    template = "desk/acts/appraise.html"
    button = "Trình kết quả"
    lead = "Nêu ý kiến thẩm định và dự thảo kết quả (soạn ở đây hoặc đính kèm tệp), rồi trình lãnh đạo."

    def prepare(self) -> None:
        latest = self.dossier.drafts.order_by("-number").first()
        self.previous = latest
        self.fields["opinion"] = long_text("Ý kiến thẩm định", rows=4)
        self.fields["is_negative"] = forms.BooleanField(
            label="Đề nghị không giải quyết (trả lời từ chối)", required=False
        )
        self.fields["text"] = long_text("Nội dung dự thảo", rows=10)
        self.fields["text"].initial = latest.text if latest else ""
        self.fields["template"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["file"] = StoredFilesField(
            actor=self.actor,
            at=self.at,
            several=False,
            label="Tệp dự thảo",
            help_text="Một tệp PDF, ảnh, docx hoặc xlsx.",
        )
        self.fields["to_step"] = way_choice("Trình đến bước", open_ways(self.dossier, self.at, self.actor))
        self.ask_for_initials()

    @property
    def papers(self) -> list[PaperTemplate]:
        """The papers of the procedure that may be the draft, filled in from the dossier."""
        return papers_to_draft(self.dossier, at=self.at)

    @property
    def template_name(self) -> str:
        """The name of the paper that the draft follows, "" for none."""
        return next((one.name for one in self.papers if one.key == self["template"].value()), "")

    def filled_from_template(self, data: Any) -> Any:
        """Return what was typed with a draft text written from the facts of the dossier below it."""
        data = data.copy()
        written = draft_text(self.dossier, is_negative=bool(data.get("is_negative")))
        data["text"] = "\n\n".join(filter(None, [data.get("text", "").strip(), written]))
        return data

    @property
    def done(self) -> str:
        return self.initialled_words if self.opened is not None else "Đã trình dự thảo kết quả."

    def perform(self) -> Dossier:
        file = next(iter(self.cleaned_data["file"]), None)
        facts = {name: self.cleaned_data[name] for name in ("opinion", "text", "is_negative", "template", "to_step")}
        if self.wants_initials:
            return self.initial_and_go({**facts, "file": [file.sha256, file.name] if file else None})
        return appraise_dossier(**self.common, **facts, file=file)


class SendBackForm(ActForm):
    """Trả lại bước trước."""

    act = Act.SEND_BACK
    button = "Trả lại"
    lead = "Hồ sơ trở về người đã làm bước đó; thời hạn giải quyết vẫn tính."

    def prepare(self) -> None:
        self.fields["to_step"] = way_choice("Trả về bước", open_ways_back(self.dossier, self.at, self.actor))
        self.fields["reason"] = long_text("Lý do trả lại")

    @property
    def done(self) -> str:
        return "Đã trả lại bước trước."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        return send_back_dossier(**self.common, reason=said["reason"], to_step=said["to_step"])


class DecisionForm(ActForm):
    """What approving and rejecting share: the very draft that is read."""

    template = "desk/acts/decide.html"
    draft_number = forms.IntegerField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.draft = _latest_draft(self.dossier)
        self.fields["draft_number"].initial = self.draft.number if self.draft else 0

    @property
    def looks_at(self) -> str:
        return f"tep-{self.draft.attachment_id}" if self.draft and self.draft.attachment_id else ""

    def renew(self, dossier: Dossier) -> None:
        super().renew(dossier)
        self.draft = _latest_draft(dossier)


def _latest_draft(dossier: Dossier) -> DraftResult | None:
    return dossier.drafts.select_related("attachment__blob").order_by("-number").first()


class ApproveForm(DecisionForm):
    """Phê duyệt."""

    act = Act.APPROVE
    button = "Phê duyệt"

    note = long_text("Ý kiến phê duyệt", rows=2)

    @property
    def done(self) -> str:
        return "Đã phê duyệt kết quả."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        return approve_dossier(**self.common, draft_number=said["draft_number"], note=said["note"])


class RejectForm(DecisionForm):
    """Không phê duyệt."""

    act = Act.REJECT
    button = "Không phê duyệt"
    danger = True
    lead = "Lý do ghi ở đây trở thành văn bản trả lời người nộp. Muốn sửa dự thảo thì hãy trả lại bước trước."

    reason = long_text("Lý do không giải quyết và căn cứ pháp luật")

    @property
    def done(self) -> str:
        return "Đã ghi quyết định không phê duyệt."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        return reject_dossier(**self.common, draft_number=said["draft_number"], reason=said["reason"])


class SealForm(ActForm):
    """Cấp số, đóng dấu."""

    act = Act.SEAL
    template = "desk/acts/seal.html"
    button = "Cấp số, đóng dấu"

    def prepare(self) -> None:
        short = forms.TextInput(attrs={"class": "w10", "autocomplete": "off"})
        kept = kept_number(self.dossier)
        number = kept.text if kept else ""
        self.fields["number"] = forms.CharField(label="Số", required=False, initial=number, widget=short)
        self.fields["symbol"] = forms.CharField(
            label="Ký hiệu",
            required=False,
            initial=kept.symbol if kept else last_symbol(self.dossier) or "QĐ-UBND",
            help_text="Theo lần gần nhất của thủ tục này; sửa được.",
            widget=forms.TextInput(attrs={"class": "w15"}),
        )
        self.fields["issued_on"] = DayField(label="Ngày ban hành", required=False, initial=local_date(self.at))
        wants_file = self.dossier.result_channel == ResultChannel.ONLINE
        self.fields["scan"] = StoredFilesField(
            actor=self.actor,
            at=self.at,
            several=False,
            label="Bản quét kết quả đã ký, đóng dấu",
            help_text=f"Một tệp PDF hoặc ảnh. {_FOR_FILE if wants_file else _FOR_PAPER}",
        )

    @property
    def done(self) -> str:
        return "Đã cấp số, đóng dấu; hồ sơ chuyển về Bộ phận Một cửa để trả kết quả."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        return seal_result(
            **self.common,
            number=said["number"],
            symbol=said["symbol"],
            issued_on=said["issued_on"],
            scan=next(iter(said["scan"]), None),
        )
