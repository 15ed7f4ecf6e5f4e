"""What is typed as a secret is no part of the mark that is kept of a press."""

import pytest
from django import forms

from motcua.sites.desk.forms.base import DeskForm
from motcua.sites.office.forms import OfficeForm


@pytest.mark.parametrize("base", [DeskForm, OfficeForm])
def test_the_mark_of_a_press_tells_nothing_of_a_secret(base: type[DeskForm] | type[OfficeForm]) -> None:
    class Press(base):  # type: ignore[misc, valid-type]  # a class that is a parameter
        paper = forms.CharField()
        pin = forms.CharField(widget=forms.PasswordInput)
        code = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))

    def mark(**said: str) -> str:
        form = Press({"paper": "1", "pin": "12345678", "code": "111111"} | said)
        assert form.is_valid()
        return str(form.fingerprint("here"))

    assert mark() == mark(pin="87654321") == mark(code="222222")
    assert mark() != mark(paper="2")
