"""Certified copies at one gesture: which of them, which key, its PIN."""

from collections.abc import Sequence
from typing import cast

from django import forms
from django.http import QueryDict

from motcua.certification.queries import WaitingCopy
from motcua.dossiers.actions.open_batch import Chosen
from motcua.dossiers.actions.sign_results import Pressed
from motcua.dossiers.terms import Act
from motcua.signing.rules.wheres import typed
from motcua.signing.terms import KeyChoice
from motcua.sites.desk.forms.base import DeskForm, is_number
from motcua.sites.desk.forms.signing import code_field, pin_field
from motcua.sites.office.forms import OfficeForm


class CopiesForm(DeskForm):
    """All copies are ticked at first: somebody else compared them; what the certifier unticks is not signed."""

    def __init__(
        self, copies: Sequence[WaitingCopy], keys: Sequence[KeyChoice], *, data: QueryDict | None = None
    ) -> None:
        super().__init__(data, label_suffix="")
        self.copies, self.keys = copies, keys
        self.ticked = {int(pk) for pk in data.getlist("lam") if is_number(pk)} if data is not None else None
        self.fields["key_ref"] = forms.CharField(
            label="Khóa ký",
            required=False,
            initial=keys[0].ref if keys else "",
            widget=forms.RadioSelect(choices=[(one.ref, one.label) for one in keys]),
        )
        self.fields["pin"] = pin_field()
        if any(one.needs_code for one in keys):
            self.fields["code"] = code_field()
        self.settle()

    def chosen(self) -> list[Chosen]:
        """Return what is ticked, each at the revision that was shown, in the order of the numbers."""
        places = {one.copy.dossier_id: place for place, one in enumerate(self.copies)}
        ticked = sorted(self.ticked or (), key=lambda pk: (places.get(pk, len(places)), pk))
        return [Chosen(pk, int(seen) if is_number(seen) else 0) for pk, seen in ((pk, self._seen(pk)) for pk in ticked)]

    def _seen(self, pk: int) -> str:
        return str(self.data.get(f"xem.{pk}", ""))

    def rows(self) -> list[tuple[WaitingCopy, bool]]:
        """Return each copy and whether it is ticked."""
        return [(one, self.ticked is None or one.copy.dossier_id in self.ticked) for one in self.copies]

    def pressed(self) -> Pressed:
        """Return how it is to be signed."""
        said = self.cleaned_data
        return Pressed(key=said["key"], key_ref=said["key_ref"], pin=typed(said["pin"], said.get("code", "")))


class PapersForm(OfficeForm):
    """Which dossiers of paper copies are ticked, and what is done with them; `xem.12`: its revision."""

    act = forms.ChoiceField(choices=[(one.value, one.label) for one in (Act.APPRAISE, Act.APPROVE, Act.SEAL)])

    def fingerprint(self, *more: str) -> str:
        """The mark of what was pressed, with the dossiers that were ticked."""
        return super().fingerprint(*more, *(f"{one.dossier_id}.{one.revision}" for one in self.chosen()))

    def chosen(self) -> list[Chosen]:
        """Return what is ticked, each at the revision that was shown, in the order of the page."""
        found = []
        for pk in dict.fromkeys(one for one in cast(QueryDict, self.data).getlist("lam") if is_number(one)):
            revision, _dot, code = str(self.data.get(f"xem.{pk}", "")).partition(".")
            found.append(Chosen(int(pk), int(revision) if is_number(revision) else 0, {"code": code[:40]}))
        return found
