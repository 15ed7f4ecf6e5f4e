"""Fees that a clerk must count or confirm when a dossier is received: how many pages, which sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField

from motcua.dossiers.rules.charges import Chosen, needs_clerk
from motcua.procedures.rules.selection import case_of
from motcua.procedures.terms import FEE_KIND_LABELS, Definition, Fee
from motcua.sites.kit.forms import CleanCharField
from motcua.sites.kit.words import money_text

_NUMBER = {"class": "w5", "min": 0, "inputmode": "numeric"}
_MONEY = {"class": "w10", "inputmode": "numeric", "autocomplete": "off"}
_LARGEST = 100_000_000_000


class MoneyField(forms.IntegerField):
    """Whole đồng as people write them: 8000, 8.000, 8 000 đồng."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs=_MONEY))
        super().__init__(min_value=0, max_value=_LARGEST, **options)

    def prepare_value(self, value: Any) -> Any:
        """Return a sum as it is shown in the field: 11.000; what was typed stays as typed."""
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        """Return đồng, None when empty."""
        if isinstance(value, str):
            value = value.lower().removesuffix("đồng").removesuffix("đ").strip()
            value = "".join(part for part in value.split()).replace(".", "").replace(",", "")
        return super().to_python(value)


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One fee with what the clerk says of it."""

    fee: Fee
    kind: str
    published: str
    fields: Sequence[BoundField]


def asked_fees(definition: Definition, case_key: str) -> dict[int, Fee]:
    """Return the fees of the case that a clerk must count or confirm, by their place in it."""
    return {place: fee for place, fee in enumerate(case_of(definition, case_key).fees) if needs_clerk(fee)}


def fee_fields(fees: Mapping[int, Fee]) -> dict[str, forms.Field]:
    """Return the fields for these fees: how many, and for a sum that is not verified which."""
    found: dict[str, forms.Field] = {}
    for place, fee in fees.items():
        if fee.per:
            widget = forms.NumberInput(attrs=_NUMBER)
            label = f"Số {fee.per}"
            found[f"fees.{place}.quantity"] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=100_000, widget=widget
            )
        if fee.unverified:
            found[f"fees.{place}.unit_price"] = MoneyField(label="Mức thu (đồng)", required=False)
            found[f"fees.{place}.reason"] = CleanCharField(label="Căn cứ, lý do nếu khác mức trên", required=False)
    return found


def fee_rows(form: BaseForm, fees: Mapping[int, Fee]) -> list[FeeRow]:
    """Return the fees with their bound fields."""
    rows = []
    for place, fee in fees.items():
        names = (f"fees.{place}.{part}" for part in ("quantity", "unit_price", "reason"))
        bounds = [form[name] for name in names if name in form.fields]
        per = f" một {fee.per}" if fee.per else ""
        rows.append(FeeRow(fee, FEE_KIND_LABELS[fee.kind], f"{money_text(fee.amount)}{per}", bounds))
    return rows


def chosen_of(said: Mapping[str, Any], fees: Mapping[int, Fee]) -> dict[int, Chosen]:
    """Return what the clerk says, fees left empty left out."""
    found = {}
    for place, fee in fees.items():
        quantity = said.get(f"fees.{place}.quantity") or 0
        price, reason = said.get(f"fees.{place}.unit_price"), said.get(f"fees.{place}.reason", "")
        if quantity or (price is not None and not fee.per):
            found[place] = Chosen(quantity, price, reason)
    return found
