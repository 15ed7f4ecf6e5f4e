"""The gesture: which papers, which key, its PIN."""

from collections.abc import Mapping, Sequence

from django import forms
from django.http import QueryDict

from motcua.dossiers.actions.open_batch import Chosen
from motcua.dossiers.actions.sign_results import Pressed
from motcua.dossiers.papers.queue import Care, Queue, Waiting
from motcua.signing.rules.wheres import typed
from motcua.signing.terms import KeyChoice
from motcua.sites.desk.forms.base import DeskForm, is_number, long_text
from motcua.sites.kit.words import local_date


def pin_field() -> forms.CharField:
    """Return the field of a PIN: never shown again, never kept by the browser."""
    attrs = {"class": "w10", "autocomplete": "off", "inputmode": "numeric"}
    return forms.CharField(
        label="PIN của khóa ký",
        required=False,
        strip=False,
        max_length=64,
        widget=forms.PasswordInput(attrs=attrs),
        help_text="Chỉ giữ (đã mã hóa) đến khi ký xong lô này, lâu nhất 15 phút.",
    )


def code_field() -> forms.CharField:
    """Return the field of a code that is good for one time; some remote services want one."""
    attrs = {"class": "w10", "autocomplete": "one-time-code", "inputmode": "numeric"}
    return forms.CharField(
        label="Mã OTP",
        required=False,
        max_length=32,
        widget=forms.TextInput(attrs=attrs),
        help_text="Chỉ khi khóa ở dịch vụ ký số từ xa đòi mã dùng một lần.",
    )


class SigningForm(DeskForm):
    """Which papers of the queue are ticked, and the key they are signed with."""

    def __init__(self, queue: Queue, keys: Sequence[KeyChoice], *, note: bool, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="")
        self.queue, self.keys = queue, keys
        self.ticked = {int(pk) for pk in data.getlist("lam") if is_number(pk)} if data is not None else set[int]()
        choices = [(one.ref, key_words(one)) for one in keys]
        self.fields["key_ref"] = forms.CharField(
            label="Khóa ký",
            required=False,
            initial=keys[0].ref if keys else "",
            widget=forms.RadioSelect(choices=choices),
        )
        self.fields["pin"] = pin_field()
        if any(one.needs_code for one in keys):
            self.fields["code"] = code_field()
        if note:
            self.fields["note"] = long_text("Ý kiến phê duyệt chung", rows=2)
        self.settle()

    def chosen(self) -> list[Chosen]:
        """Return what is ticked, each as it was shown (`xem.12` = "revision.draft")."""
        found = []
        for pk in sorted(self.ticked, key=self._place):
            revision, _dot, draft = str(self.data.get(f"xem.{pk}", "")).partition(".")
            facts = {"draft_number": int(draft) if is_number(draft) else 0}
            found.append(Chosen(pk, int(revision) if is_number(revision) else 0, facts))
        return found

    def _place(self, pk: int) -> int:
        """Where a paper stood on the page: numbers are given in that order."""
        places: Mapping[int, int] = {one.dossier.pk: place for place, one in enumerate(self.queue.papers)}
        return places.get(pk, len(places) + pk)

    def pressed(self) -> Pressed:
        """Return how it is to be signed."""
        said = self.cleaned_data
        secret = typed(said["pin"], said.get("code", ""))
        return Pressed(key=said["key"], key_ref=said["key_ref"], pin=secret, note=said.get("note", ""))

    def is_ticked(self, one: Waiting, *, every: bool) -> bool:
        """Whether a paper is ticked: as it was typed; at first only what needs no closer reading."""
        return one.dossier.pk in self.ticked if self.is_bound else every or one.care == Care.PLAIN


def key_words(one: KeyChoice) -> str:
    """Return a key as it is offered: whose, where, until when."""
    until = f", đến {local_date(one.valid_to):%d/%m/%Y}" if one.valid_to else ""
    return f"{one.label}{until}"
