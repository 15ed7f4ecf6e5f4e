"""Ký nháy: the key and its PIN, where the step of the process asks whoever hands on to initial the draft."""

from collections.abc import Mapping
from typing import Any

from django import forms

from motcua.dossiers.actions.initial_draft import HandingOn, initial_and_hand_on, keys_to_initial
from motcua.dossiers.models import Dossier
from motcua.dossiers.papers.initialled import role_at, standing
from motcua.dossiers.terms import Act
from motcua.signing.models import SigningBatch
from motcua.sites.desk.forms.base import ActForm
from motcua.sites.desk.forms.signing import key_words, pin_field
from motcua.trust.terms import Role


class InitialsForm(ActForm):
    """An act that hands the dossier on, with the initials that its step asks for."""

    opened: SigningBatch | None = None
    role: Role | None = None

    def ask_for_initials(self) -> None:
        """Offer the keys of the officer when the draft is to be initialled here and is not yet."""
        role = role_at(self.dossier)
        if role is None or self._is_initialled(role):
            return
        self.role, demanded = role, self.dossier.step.initials_required
        self.keys = keys_to_initial(self.actor, self.at)
        choices = [(one.ref, key_words(one)) for one in self.keys]
        if not demanded:
            choices.append(("", "Không ký nháy, chỉ chuyển"))
        what = "nội dung" if role == Role.INITIAL_CONTENT else "thể thức"
        none = "" if self.keys else " Bạn chưa có khóa ký còn hiệu lực."
        self.fields["key_ref"] = forms.CharField(
            label=f"Ký nháy {what} dự thảo",
            required=False,
            initial=self.keys[0].ref if self.keys and demanded else "",
            widget=forms.RadioSelect(choices=choices),
            help_text=("Quy trình yêu cầu ký nháy ở bước này." if demanded else "Không bắt buộc ở bước này.") + none,
        )
        if any(one.needs_pin for one in self.keys):
            self.fields["pin"] = pin_field()

    def _is_initialled(self, role: Role) -> bool:
        if self.act == Act.APPRAISE:
            return False
        latest = self.dossier.drafts.order_by("-number").first()
        return latest is None or role in {one.role for one in standing(latest)}

    @property
    def wants_initials(self) -> bool:
        """Whether a key was chosen."""
        return self.role is not None and bool(self.cleaned_data.get("key_ref"))

    @property
    def wants_fresh(self) -> bool:
        """Whether the key needs no PIN here, so that the person has to confirm who they are."""
        chosen = self.data.get("key_ref", "") if self.role is not None else ""
        return any(one.ref == chosen and not one.needs_pin for one in self.keys) if chosen else False

    @property
    def initialled_words(self) -> str:
        """The sentence after a gesture with initials."""
        return "Đang ký nháy; ký xong hồ sơ tự chuyển bước."

    def initial_and_go(self, facts: Mapping[str, Any]) -> Dossier:
        """Make the gesture; raises what the act and the key would raise."""
        said = self.cleaned_data
        self.opened = initial_and_hand_on(
            actor=self.acting,
            dossier_id=self.dossier.pk,
            handing=HandingOn(self.act, facts),
            revision=said["revision"],
            key=said["key"],
            key_ref=said["key_ref"],
            pin=said.get("pin", ""),
            at=self.at,
        )
        return self.dossier
