"""Chứng thực nhanh: one person, many papers, no mouse."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from django import forms

from motcua.certification.actions.take_in_copies import Copies
from motcua.certification.rules.fees import CopyRow, copy_rates, fee_of
from motcua.dossiers.rules.application import PartyFacts
from motcua.kernel.errors import Problem
from motcua.sites.kit.forms import CleanCharField
from motcua.sites.office.forms import OfficeForm, text_field

ROWS: Final = 8
_NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


class CertifiedForm(OfficeForm):
    """Fields are named as the problems of the rules name them: owner.name, rows.0.pages …"""

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields |= {
            "owner.name": text_field("Họ tên người yêu cầu", attrs={"autofocus": "autofocus"}),
            "owner.personal_id": text_field("Số định danh", longest=20, attrs={**_NUMERIC, "class": "w15"}),
            "owner.phone": text_field("Số điện thoại", longest=20, attrs={"inputmode": "tel", "class": "w15"}),
        }
        for row in range(ROWS):
            self.fields |= {
                f"rows.{row}.name": CleanCharField(
                    label=f"Giấy tờ {row + 1}", required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
                ),
                f"rows.{row}.pages": _number("Số trang"),
                f"rows.{row}.copies": _number("Số bản"),
            }
        self.fields["agreed_days"] = forms.IntegerField(
            label="Ngày làm việc thỏa thuận kéo dài",
            required=False,
            min_value=0,
            widget=forms.NumberInput(attrs={"class": "w5"}),
        )
        self.fields["agreement"] = text_field("Văn bản thỏa thuận (số, ngày)", required=False)

    def take(self, problems: Iterable[Problem]) -> None:
        """The rules count the papers, the form its rows: empty rows between are skipped."""
        super().take([replace(one, field=self._row_of(one.field)) for one in problems])

    def _row_of(self, field: str) -> str:
        found = re.fullmatch(r"rows\.(\d+)\.(\w+)", field)
        filled = self._filled()
        return f"rows.{filled[int(found[1])]}.{found[2]}" if found and int(found[1]) < len(filled) else field

    def _filled(self) -> list[int]:
        """The rows in which something was typed."""
        names = ("name", "pages", "copies")
        return [row for row in range(ROWS) if any(self.data.get(f"rows.{row}.{name}", "").strip() for name in names)]

    def copies(self) -> Copies:
        """Return what was typed as values."""
        said = self.cleaned_data
        person = PartyFacts(name=said["owner.name"], personal_id=said["owner.personal_id"], phone=said["owner.phone"])
        return Copies(person, self.rows_typed(), said["agreed_days"] or 0, said["agreement"])

    def rows_typed(self) -> list[CopyRow]:
        """Return the papers; a number left out is 0, which the rules name."""
        said = self.cleaned_data
        return [
            CopyRow(said[f"rows.{row}.name"], said[f"rows.{row}.pages"] or 0, said[f"rows.{row}.copies"] or 0)
            for row in self._filled()
        ]

    @property
    def fee(self) -> int:
        """Đồng for what was typed so far."""
        return sum(fee_of(row, copy_rates()) for row in self.rows_typed()) if self.is_valid() else 0

    def row_fields(self) -> list[list[forms.BoundField]]:
        """Return the fields of each row."""
        return [[self[f"rows.{row}.{name}"] for name in ("name", "pages", "copies")] for row in range(ROWS)]


def _number(label: str) -> forms.IntegerField:
    widget = forms.TextInput(attrs={**_NUMERIC, "class": "w5"})
    message = f"{label} là số nguyên, ví dụ 2."
    return forms.IntegerField(label=label, required=False, widget=widget, error_messages={"invalid": message})
