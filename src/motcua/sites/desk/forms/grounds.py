"""Reasons paper by paper: the shape that refusing and asking for a supplement share."""

import re
from collections.abc import Sequence

from django import forms
from django.forms import BoundField

from motcua.dossiers.actions.keep_answers import answers_of
from motcua.dossiers.actions.refuse import refuse_dossier
from motcua.dossiers.actions.request_supplement import request_supplement
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.answering import labels_of
from motcua.dossiers.rules.reasons import REASONS, Ground
from motcua.dossiers.terms import Act
from motcua.procedures.rules.selection import components_for
from motcua.sites.desk.forms.base import ActForm, long_text
from motcua.sites.kit.forms import DayField

_GENERAL_ROWS = ("Toàn bộ hồ sơ", "Toàn bộ hồ sơ (ý thứ hai)")
_CHOICES = [("", "Đạt"), *((code, label) for code, (label, _advice) in REASONS.items())]
_GENERAL_CHOICES = [("", "Không có"), *_CHOICES[1:]]
_PLACE = re.compile(r"grounds\.(\d+)\.(\w+)")


class GroundsForm(ActForm):
    """One row a paper, and rows for the dossier as a whole; rows without reason and note say nothing."""

    template = "desk/acts/grounds.html"

    def prepare(self) -> None:
        self.rows = [*self.papers(), *[("", name) for name in _GENERAL_ROWS]]
        for index, (key, _name) in enumerate(self.rows):
            choices = _CHOICES if key else _GENERAL_CHOICES
            self.fields[f"grounds.{index}.code"] = forms.CharField(
                label="Lý do", required=False, widget=forms.Select(choices=choices)
            )
            note = forms.Textarea(attrs={"rows": 2})
            self.fields[f"grounds.{index}.note"] = forms.CharField(label="Ghi rõ", required=False, widget=note)
            remedy = forms.Textarea(attrs={"rows": 2})
            self.fields[f"grounds.{index}.remedy"] = forms.CharField(label="Cần làm gì", required=False, widget=remedy)

    def papers(self) -> Sequence[tuple[str, str]]:
        """Return key and name of the papers that a reason may be about."""
        return list(self.dossier.components.order_by("position").values_list("key", "name"))

    def row_fields(self) -> list[tuple[str, list[BoundField]]]:
        """Return each row: what it is about, and its three fields."""
        return [
            (name, [self[f"grounds.{index}.{part}"] for part in ("code", "note", "remedy")])
            for index, (_key, name) in enumerate(self.rows)
        ]

    def shown(self) -> list[BoundField]:
        return [bound for bound in self.visible_fields() if not bound.name.startswith("grounds.")]

    def filled(self) -> list[int]:
        """Return the numbers of the rows that say something."""
        said = self.cleaned_data
        return [
            index
            for index in range(len(self.rows))
            if said[f"grounds.{index}.code"] or said[f"grounds.{index}.note"].strip()
        ]

    @property
    def grounds(self) -> list[Ground]:
        """The reasons given; a note without a reason is "another reason"."""
        said = self.cleaned_data
        return [
            Ground(
                code=said[f"grounds.{index}.code"] or "other",
                component=self.rows[index][0],
                note=said[f"grounds.{index}.note"],
                remedy=said[f"grounds.{index}.remedy"],
            )
            for index in self.filled()
        ]

    def place(self, field: str) -> str:
        found = _PLACE.fullmatch(field)
        if found is None:
            return "grounds.0.code" if field == "grounds" else field
        row = self.filled()[int(found[1])]
        return f"grounds.{row}.{found[2]}"


class RefuseForm(GroundsForm):
    """Từ chối tiếp nhận."""

    act = Act.REFUSE
    button = "Từ chối và lập phiếu (Mẫu 03)"
    danger = True
    lead = (
        "Người nộp nhận Phiếu từ chối tiếp nhận giải quyết hồ sơ nêu đúng những lý do ghi ở đây. "
        "Chỉ từ chối khi hồ sơ không thể bổ sung; còn thiếu giấy tờ thì hãy yêu cầu bổ sung."
    )

    @property
    def done(self) -> str:
        return "Đã từ chối tiếp nhận; phiếu từ chối nằm trong mục giấy tờ đã lập."

    def perform(self) -> Dossier:
        return refuse_dossier(**self.common, grounds=self.grounds)


class RequestSupplementForm(GroundsForm):
    """Yêu cầu bổ sung."""

    act = Act.REQUEST_SUPPLEMENT
    button = "Gửi yêu cầu bổ sung (Mẫu 02)"
    lead = (
        "Nêu một lần tất cả những gì còn thiếu hoặc chưa đúng. Từ lúc gửi, thời hạn giải quyết tạm dừng cho đến khi "
        "người nộp bổ sung."
    )

    def prepare(self) -> None:
        super().prepare()
        self.fields["answer_until"] = DayField(
            label="Hạn bổ sung", required=False, help_text="Ngày/tháng/năm; để trống nếu không ấn định."
        )
        labels = labels_of(self.dossier.definition.form)
        if labels and answers_of(self.dossier):
            self.fields["fields"] = forms.MultipleChoiceField(
                label="Các câu của tờ khai cần khai lại",
                required=False,
                choices=list(labels.items()),
                widget=forms.CheckboxSelectMultiple,
            )
        if self.dossier.supplement_count:
            self.fields["exception_reason"] = long_text(
                "Lý do yêu cầu thêm lần nữa",
                help_text="Quy định chỉ cho yêu cầu bổ sung một lần; lãnh đạo quyết định yêu cầu thêm phải nêu lý do. "
                "Hồ sơ yêu cầu bổ sung hơn một lần bị tính là quá hạn trong Bộ chỉ số 766.",
            )

    def papers(self) -> Sequence[tuple[str, str]]:
        needed = components_for(self.dossier.definition, self.dossier.case_key)
        return [(one.component.key, one.component.name) for one in needed]

    @property
    def done(self) -> str:
        return "Đã gửi yêu cầu bổ sung; thời hạn giải quyết tạm dừng."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        return request_supplement(
            **self.common,
            grounds=self.grounds,
            answer_until=said["answer_until"],
            exception_reason=said.get("exception_reason", ""),
            fields=said.get("fields", ()),
        )
