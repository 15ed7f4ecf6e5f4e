"""The two fields that say what was seen of a paper."""

from django import forms

from motcua.dossiers.terms import Seen


def seen_field(initial: str = "") -> forms.ChoiceField:
    """Return the choice in which shape a paper was seen."""
    return forms.ChoiceField(label="Đã xem", choices=Seen.choices, required=False, initial=initial)


def pages_field(initial: int = 0) -> forms.IntegerField:
    """Return the field for the number of pages."""
    number = forms.NumberInput(attrs={"class": "w5", "min": 0, "max": 9999})
    return forms.IntegerField(label="Số trang", required=False, min_value=0, initial=initial or None, widget=number)
