"""Forms of the cash desk: opening and closing a shift, statements, the account."""

from collections.abc import Sequence
from typing import Any

from django import forms

from motcua.agencies.queries import UnitInfo
from motcua.payments.models import Statement
from motcua.payments.rules.cash import NOTES
from motcua.payments.rules.statement import FIELDS, NEEDED
from motcua.payments.terms import FeeKind, HandOver
from motcua.sites.desk.forms.base import DeskForm, long_text
from motcua.sites.desk.forms.fees import MoneyField
from motcua.sites.kit.forms import CleanCharField

_MOST_NOTES = 100_000
_SHOWN_CELL = 40
_COLUMNS = {
    "on": "Ngày giao dịch",
    "credit": "Số tiền vào (ghi có)",
    "text": "Nội dung chuyển khoản",
    "number": "Số giao dịch",
}


class OpenShiftForm(DeskForm):
    """Which desk, and what lies in the drawer."""

    def __init__(self, desks: Sequence[UnitInfo], data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        choices = [(str(desk.id), desk.name) for desk in desks]
        self.fields["desk"] = forms.TypedChoiceField(label="Quầy", choices=choices, coerce=int)
        self.fields["opening"] = MoneyField(
            label="Tiền đầu ca (đồng)", initial=0, help_text="Tiền lẻ có sẵn trong két; không có thì ghi 0."
        )
        self.settle()


class CloseShiftForm(DeskForm):
    """How many notes of each kind, why it differs, to whom it goes."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        widget = {"min": 0, "inputmode": "numeric", "class": "w5"}
        for note in NOTES:
            self.fields[f"note_{note}"] = forms.IntegerField(
                label=f"Số tờ {note} đồng",
                required=False,
                min_value=0,
                max_value=_MOST_NOTES,
                widget=forms.NumberInput(attrs=widget),
            )
        self.fields["reason"] = long_text("Giải trình chênh lệch", rows=2, help_text="Bắt buộc khi tiền đếm khác sổ.")
        self.fields["hand_over"] = forms.ChoiceField(label="Bàn giao cho", choices=HandOver.choices)
        self.settle()

    def counted(self) -> dict[int, int]:
        """Return the notes that were counted."""
        return {note: self.cleaned_data[f"note_{note}"] or 0 for note in NOTES}


class StatementForm(DeskForm):
    """A file of the bank, and whose account it is."""

    def __init__(self, units: Sequence[UnitInfo], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, label_suffix="")
        choices = [(str(one.id), one.name) for one in units]
        self.fields["unit"] = forms.TypedChoiceField(label="Tài khoản của", choices=choices, coerce=int)
        self.fields["file"] = forms.FileField(
            label="Tệp sao kê", help_text="Excel (.xlsx, .xls) hoặc CSV tải từ ngân hàng; không cần sửa gì trong tệp."
        )
        self.settle()


class ColumnsForm(DeskForm):
    """Which row is the header and which column is what, as guessed."""

    def __init__(self, statement: Statement, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        header = statement.rows[statement.header] if statement.rows else []
        width = max((len(row) for row in statement.rows[:50]), default=0)
        names = [header[at] if at < len(header) else "" for at in range(width)]
        columns = [("", "–"), *((str(at), f"Cột {at + 1}: {name[:_SHOWN_CELL]}") for at, name in enumerate(names))]
        self.fields["header"] = forms.IntegerField(
            label="Dòng tiêu đề (số thứ tự trong tệp)", initial=statement.header + 1, min_value=1, max_value=1000
        )
        for field in FIELDS:
            self.fields[field] = forms.ChoiceField(
                label=_COLUMNS[field],
                choices=columns,
                required=field in NEEDED,
                initial=str(statement.columns.get(field, "")),
            )
        self.settle()

    def columns(self) -> dict[str, int]:
        """Return the chosen columns."""
        return {field: int(self.cleaned_data[field]) for field in FIELDS if self.cleaned_data[field]}


class ResolveForm(forms.Form):
    """What a clerk does with one line: a dossier's code, or a note why it is none's."""

    code = CleanCharField(required=False, max_length=60)
    note = CleanCharField(required=False, max_length=500)


class AccountForm(DeskForm):
    """The account of a unit and the tax code on its receipts."""

    tax_code = CleanCharField(label="Mã số thuế", required=False)
    bank_name = CleanCharField(label="Ngân hàng", required=False, help_text="Ví dụ: Vietcombank, BIDV.")
    bank_bin = CleanCharField(label="Mã ngân hàng (BIN, 6 số)", required=False, help_text="Ví dụ: 970436.")
    account_number = CleanCharField(label="Số tài khoản", required=False)
    account_name = CleanCharField(label="Tên tài khoản", required=False)


class SeriesForm(DeskForm):
    """Another form number or symbol for receipts of one kind."""

    kind = forms.ChoiceField(label="Loại biên lai", choices=FeeKind.choices)
    template_number = CleanCharField(label="Mẫu số", required=False)
    symbol = CleanCharField(label="Ký hiệu", required=False)
