"""The acts between units: opinions, handing over, transferring, checking papers, shelving."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.forms import BoundField

from motcua.agencies.queries import UnitInfo, unit, units_on
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access.handed import last_handover
from motcua.dossiers.access.opinions import open_questions, questions_for
from motcua.dossiers.actions.answer_consult import answer_consult
from motcua.dossiers.actions.cancel_consult import cancel_consult
from motcua.dossiers.actions.check_papers import Check, check_papers
from motcua.dossiers.actions.consult import Question, consult
from motcua.dossiers.actions.shelve import shelve_dossier
from motcua.dossiers.actions.take_back import take_back
from motcua.dossiers.actions.take_over import refuse_hand_over, take_over
from motcua.dossiers.actions.transfer import transfer_dossier
from motcua.dossiers.models import Consultation, Dossier
from motcua.dossiers.rules.exchange import SENT_BACK
from motcua.dossiers.terms import Act, Opinion, Seen
from motcua.sites.desk.forms.base import ActForm, long_text
from motcua.sites.desk.forms.papers import pages_field, seen_field
from motcua.sites.desk.forms.units import UnitField, units_of_province
from motcua.sites.desk.forms.uploads import StoredFilesField
from motcua.sites.kit.forms import CleanCharField, DayField
from motcua.sites.kit.words import local_date

_PLACES = 5
_CLOSES = time(17)


class ConsultForm(ActForm):
    """Lấy ý kiến: up to five places at once."""

    act = Act.CONSULT
    template = "desk/acts/consult.html"
    button = "Gửi lấy ý kiến"
    lead = "Hồ sơ vẫn ở đây và thời hạn vẫn tính; cần dừng thời hạn thì lãnh đạo thực hiện «Tạm dừng tính thời hạn»."

    def prepare(self) -> None:
        self.units = units_of_province(self.dossier.agency_id, local_date(self.at))
        for place in range(_PLACES):
            name = f"questions.{place}"
            same = "Để trống nếu giống nơi thứ nhất." if place else ""
            self.fields |= {
                f"{name}.unit": UnitField(self.units, label="Hỏi cơ quan, đơn vị", help_text="Gõ vài chữ trong tên."),
                f"{name}.text": long_text("Nội dung cần lấy ý kiến", rows=3, help_text=same),
                f"{name}.due": DayField(
                    label="Trả lời trước hết ngày", required=False, help_text=same or "Ví dụ: 02/09/2026"
                ),
            }

    def places(self) -> list[list[BoundField]]:
        """Return the fields of each place."""
        parts = ("unit", "text", "due")
        return [[self[f"questions.{place}.{part}"] for part in parts] for place in range(_PLACES)]

    @property
    def is_many(self) -> bool:
        """Whether more than one place was filled in or is wrong."""
        return any(self.data.get(f"questions.{place}.unit") for place in range(1, _PLACES))

    def place(self, field: str) -> str:
        """Return the row in which the place stands: rows left empty are not sent."""
        head, _, rest = field.partition(".")
        number, _, part = rest.partition(".")
        rows = self._rows()
        return f"{head}.{rows[int(number)]}.{part}" if number.isdecimal() and int(number) < len(rows) else field

    def _rows(self) -> list[int]:
        return [place for place in range(_PLACES) if self.cleaned_data.get(f"questions.{place}.unit") is not None]

    @property
    def done(self) -> str:
        return f"Đã gửi lấy ý kiến {len(self._rows())} nơi."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        questions = [
            Question(
                unit_id=said[f"questions.{place}.unit"],
                text=said[f"questions.{place}.text"] or said["questions.0.text"],
                answer_due_at=_end_of(said[f"questions.{place}.due"] or said["questions.0.due"]),
            )
            for place in self._rows()
        ]
        return consult(**self.common, questions=questions)


def _end_of(day: date | None) -> datetime | None:
    return datetime.combine(day, _CLOSES, VIET_NAM) if day else None


def _chosen_question(questions: Sequence[Consultation], label: str) -> forms.Field:
    """Return the field that names a question; hidden when there is only one."""
    if len(questions) == 1:
        return forms.IntegerField(widget=forms.HiddenInput, initial=questions[0].number)
    choices = [(one.number, f"{unit(one.unit_id).name}: {one.question[:120]}") for one in questions]
    return forms.IntegerField(
        label=label,
        widget=forms.RadioSelect(choices=choices),
        error_messages={"required": "Hãy chọn một câu hỏi.", "invalid": "Hãy chọn một câu hỏi."},
    )


class AnswerConsultForm(ActForm):
    """Trả lời ý kiến."""

    act = Act.ANSWER_CONSULT
    template = "desk/acts/answer_consult.html"
    button = "Gửi trả lời"

    def prepare(self) -> None:
        self.questions = questions_for(self.actor, self.dossier)
        self.fields |= {
            "number": _chosen_question(self.questions, "Trả lời câu hỏi gửi đến"),
            "opinion": forms.ChoiceField(
                label="Ý kiến",
                choices=Opinion.choices,
                widget=forms.RadioSelect,
                error_messages={"required": "Hãy chọn một ý kiến.", "invalid_choice": "Hãy chọn một ý kiến."},
            ),
            "answer": long_text("Nội dung trả lời", rows=6),
            "file": StoredFilesField(
                actor=self.actor,
                at=self.at,
                several=False,
                label="Văn bản trả lời",
                help_text="Một tệp PDF hoặc ảnh, nếu có.",
            ),
        }

    @property
    def done(self) -> str:
        return "Đã gửi trả lời đến nơi hỏi."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        return answer_consult(
            **self.common,
            opinion=Opinion(said["opinion"]),
            answer=said["answer"],
            file=next(iter(said["file"]), None),
            number=said["number"],
        )


class CancelConsultForm(ActForm):
    """Rút yêu cầu lấy ý kiến."""

    act = Act.CANCEL_CONSULT
    template = "desk/acts/cancel_consult.html"
    button = "Rút yêu cầu"
    danger = True
    lead = "Nơi được hỏi không phải trả lời nữa và không còn xem được hồ sơ này."

    def prepare(self) -> None:
        self.fields["number"] = _chosen_question(list(open_questions(self.dossier)), "Rút câu hỏi gửi đến")
        self.fields["reason"] = long_text("Lý do rút", rows=3)

    @property
    def done(self) -> str:
        return "Đã rút yêu cầu lấy ý kiến."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        return cancel_consult(**self.common, number=said["number"], reason=said["reason"])


class TakeOverForm(ActForm):
    """Nhận bàn giao, or refuse it with a reason."""

    act = Act.TAKE_OVER
    template = "desk/acts/take_over.html"
    button = "Đã nhận đủ hồ sơ giấy và điện tử"

    then = forms.CharField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        given = self.dossier.moves.exclude(from_unit=None).order_by("-number").first()
        self.given = last_handover(self.dossier) if given else None
        self.may_refuse = self.given is not None and self.given.act in SENT_BACK
        self.from_unit = unit(self.given.from_unit_id).name if self.given and self.given.from_unit_id else ""
        self.fields["note"] = long_text("Ghi chú khi nhận", rows=2, help_text="Ví dụ: thiếu 1 bản sao so với phiếu.")
        self.fields["reason"] = long_text("Lý do từ chối nhận", rows=3)

    @property
    def done(self) -> str:
        refused = self.cleaned_data["then"] == "refuse"
        return "Đã từ chối nhận; hồ sơ trở về nơi giao." if refused else "Đã nhận bàn giao hồ sơ."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        if said["then"] == "refuse":
            return refuse_hand_over(**self.common, reason=said["reason"])
        return take_over(**self.common, note=said["note"])


class TakeBackForm(ActForm):
    """Thu hồi hồ sơ vừa chuyển."""

    act = Act.TAKE_BACK
    button = "Thu hồi hồ sơ"
    lead = "Thu hồi được vì nơi nhận chưa nhận và chưa xử lý; hồ sơ trở về bước trước khi chuyển."

    reason = long_text("Lý do thu hồi", rows=3)

    @property
    def done(self) -> str:
        return "Đã thu hồi hồ sơ vừa chuyển."

    def perform(self) -> Dossier:
        return take_back(**self.common, reason=self.cleaned_data["reason"])


class TransferForm(ActForm):
    """Chuyển đơn vị thụ lý."""

    act = Act.TRANSFER
    button = "Chuyển đơn vị thụ lý"
    lead = "Từ nay đơn vị được chọn thụ lý hồ sơ này; bước và hạn của bước không đổi."

    def prepare(self) -> None:
        choices = [(one.id, one.name) for one in self._divisions()]
        self.fields["to"] = forms.IntegerField(
            label="Đơn vị thụ lý mới",
            widget=forms.RadioSelect(choices=choices),
            error_messages={"required": "Hãy chọn đơn vị.", "invalid": "Hãy chọn đơn vị."},
        )
        self.fields["reason"] = long_text("Lý do chuyển", rows=3)

    def _divisions(self) -> list[UnitInfo]:
        mine = [one for one in units_on(local_date(self.at)) if one.agency_id == self.dossier.agency_id]
        others = [
            one for one in mine if not one.is_desk and one.id not in {self.dossier.handling_unit_id, one.agency_id}
        ]
        return sorted(others, key=lambda one: one.name_fold)

    @property
    def done(self) -> str:
        return "Đã chuyển đơn vị thụ lý."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        return transfer_dossier(**self.common, to_unit_id=said["to"], reason=said["reason"])


class CheckPapersForm(ActForm):
    """Đánh dấu giấy tờ đã kiểm tra: all papers on one screen."""

    act = Act.CHECK_PAPERS
    template = "desk/acts/check_papers.html"
    button = "Lưu đánh dấu"
    lead = "Ghi đã xem bản nào của từng giấy tờ và số trang đã đếm."

    def prepare(self) -> None:
        self.papers = list(self.dossier.components.order_by("position"))
        for paper in self.papers:
            self.fields[f"checks.{paper.key}"] = seen_field(paper.seen)
            self.fields[f"checks.{paper.key}.pages"] = pages_field(paper.pages)

    def rows(self) -> list[tuple[Any, BoundField, BoundField]]:
        """Return each paper with its two fields."""
        return [(paper, self[f"checks.{paper.key}"], self[f"checks.{paper.key}.pages"]) for paper in self.papers]

    @property
    def done(self) -> str:
        return "Đã lưu đánh dấu giấy tờ."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        checks = {
            paper.key: Check(Seen(said[f"checks.{paper.key}"]), said[f"checks.{paper.key}.pages"] or 0)
            for paper in self.papers
        }
        return check_papers(**self.common, checks=checks)


class ShelveForm(ActForm):
    """Ghi nơi để hồ sơ giấy."""

    act = Act.SHELVE
    button = "Lưu nơi để"

    def prepare(self) -> None:
        self.fields["shelf"] = CleanCharField(
            label="Nơi để hồ sơ giấy",
            required=False,
            initial=self.dossier.shelf,
            help_text="Ví dụ: Kệ 3 – Ô 12. Để trống nếu không còn để ở đâu.",
            widget=forms.TextInput(attrs={"class": "w20", "autocomplete": "off"}),
        )

    @property
    def done(self) -> str:
        return "Đã ghi nơi để hồ sơ giấy."

    def perform(self) -> Dossier:
        return shelve_dossier(**self.common, shelf=self.cleaned_data["shelf"])
