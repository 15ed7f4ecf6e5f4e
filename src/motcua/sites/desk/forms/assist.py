"""Hỗ trợ nộp trực tuyến: an officer types for a citizen who sits beside them and agrees."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms

from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import Application
from motcua.dossiers.rules.helping import AGREEING
from motcua.dossiers.terms import Channel, Consent, Source
from motcua.identity.terms import Actor
from motcua.sites.desk.forms.base import Files
from motcua.sites.desk.forms.intake import Counter, IntakeForm
from motcua.sites.desk.forms.uploads import StoredFilesField


class AssistForm(IntakeForm):
    """The form of the counter, handed in online in the citizen's name."""

    def __init__(
        self, counter: Counter, actor: Actor, at: datetime, data: Mapping[str, Any] | None = None, files: Files = None
    ) -> None:
        super().__init__(counter, actor, at, data, files)
        for name, value in {"channel": Channel.ONLINE, "source": Source.ASSISTED}.items():
            self.fields[name] = forms.ChoiceField(
                choices=[(value.value, value.label)], initial=value.value, widget=forms.HiddenInput
            )
        self.fields["consent"] = forms.CharField(
            label="Đồng ý bằng cách nào",
            required=False,
            widget=forms.RadioSelect(choices=[(one.value, one.label) for one in AGREEING]),
        )
        self.fields["consent_files"] = StoredFilesField(
            actor=actor, at=at, label="Giấy đồng ý đã ký (bản quét)", help_text="Bắt buộc khi chọn «Ký giấy đồng ý»."
        )
        self.settle()

    def has_submitter(self, source: Source) -> bool:
        """Return whether somebody other than the owner sits there, a parent for example."""
        return source != Source.SELF and bool(self.cleaned_data["submitter.name"])

    def application(self) -> Application:
        """Return what was typed, with the citizen's consent."""
        said = self.cleaned_data
        consent = Consent(said["consent"]) if said["consent"] in Consent.values else Consent.NONE
        return replace(super().application(), consent=consent, consent_files=tuple(said["consent_files"]))

    def perform(self) -> Dossier:
        """Hand the dossier in online, in the citizen's name."""
        dossier = submit_dossier(actor=self.actor, application=self.application(), at=self.at)
        self.stored.use(dossier)
        return dossier
