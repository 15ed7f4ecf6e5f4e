"""Choosing a unit by typing part of its name; the browser offers the rest, no script needed."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from motcua.agencies.queries import UnitInfo, unit, units_on
from motcua.agencies.terms import UnitKind
from motcua.kernel.text import fold

#: The id of the list of names on the page.
LIST_ID = "cac-don-vi"


class UnitField(forms.CharField):
    """A unit by its name or short name; cleans to its id, None when nothing was typed."""

    def __init__(self, units: Sequence[UnitInfo], *, label: str, help_text: str = "", list_id: str = LIST_ID) -> None:
        widget = forms.TextInput(attrs={"list": list_id, "autocomplete": "off"})
        super().__init__(label=label, required=False, help_text=help_text, widget=widget)
        self.units = units

    def clean(self, value: str | None) -> int | None:
        """Return the id of the unit; raises ValidationError when no unit, or more than one, is called so."""
        typed = fold(value or "")
        if not typed:
            return None
        exact = [one for one in self.units if typed in {fold(one.name), fold(one.short_name)}]
        found = exact or [one for one in self.units if typed in fold(one.name)]
        if len(found) == 1:
            return found[0].id
        if not found:
            raise ValidationError(f"Không có cơ quan, đơn vị «{value}» trong tỉnh.", code="unit_unknown")
        names = "; ".join(one.name for one in found[:3])
        message = f"Có {len(found)} nơi tên như vậy ({names}…); hãy ghi đủ tên."
        raise ValidationError(message, code="unit_ambiguous")


def units_of_province(unit_id: int, on: date) -> list[UnitInfo]:
    """Return the agencies and divisions of the province in which the unit stands, by name."""
    root = unit(unit_id).path[0]
    left_out = {UnitKind.CENTRE, UnitKind.DISTRICT}
    found = [one for one in units_on(on) if one.path[0] == root and not one.is_desk and one.kind not in left_out]
    return sorted(found, key=lambda one: one.name_fold)
