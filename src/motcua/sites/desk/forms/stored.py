"""Giấy tờ trong kho của chủ hồ sơ, tại quầy: taken once the owner agreed, by a code read out or a signed slip."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from django import forms
from django.http import QueryDict

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import ComponentFacts, FileRef
from motcua.dossiers.terms import Digitised
from motcua.identity.terms import Actor
from motcua.kernel.errors import MotCuaError, Problem
from motcua.procedures.rules.selection import NeededComponent
from motcua.results.actions.consent import consent_by_code, consent_signed
from motcua.results.actions.reuse import reuse_papers
from motcua.results.models import Consent, StoredPaper
from motcua.results.queries.papers import fitting
from motcua.results.terms import PaperKind
from motcua.sites.desk.forms.base import DeskForm
from motcua.sites.kit.forms import CleanCharField
from motcua.sites.kit.words import local_date

_LONGEST_ID: Final = 18
#: The rules' names of fields → those of the form.
_FIELDS: Final = {"evidence": "consent_slip", "purpose": ""}


class StoredPapers:
    """What of the owner's store the form offers, and what becomes of it."""

    def __init__(self, form: DeskForm, needed: Sequence[NeededComponent], actor: Actor, at: datetime) -> None:
        self._form, self._actor, self._at = form, actor, at
        self.consent = _open_consent(actor, str(form.data.get("store_consent", "")), at)
        held = [self.consent.holder_id] if self.consent else []
        self.offers = fitting(held, needed, today=local_date(at))
        form.fields |= _consent_fields()
        for key, papers in self.offers.items():
            choices = [("", "Không lấy"), *((str(one.pk), _words(one)) for one in papers)]
            form.fields[f"components.{key}.store"] = forms.ChoiceField(
                label="Lấy từ kho giấy tờ", required=False, choices=choices
            )

    def added_to(self, facts: ComponentFacts) -> ComponentFacts:
        """Return the paper handed in, with the file that was taken from the store."""
        paper = self._taken(facts.key)
        file = paper.latest_file if paper else None
        if paper is None or file is None:
            return facts
        code = Digitised.RESULT_REUSED if paper.kind == PaperKind.RESULT else Digitised.PAPER_REUSED
        return replace(facts, files=(*facts.files, FileRef(file.blob_id, file.name)), digitised=code)

    def use(self, dossier: Dossier) -> None:
        """Write down what was taken; in the transaction that took the dossier in."""
        taken = {key: [paper.pk] for key in self.offers if (paper := self._taken(key))}
        if taken and self.consent is not None:
            reuse_papers(actor=self._actor, dossier=dossier, picks=taken, consent=self.consent, at=self._at)

    def _taken(self, key: str) -> StoredPaper | None:
        chosen = self._form.cleaned_data.get(f"components.{key}.store", "")
        return next((one for one in self.offers.get(key, ()) if str(one.pk) == chosen), None)


def _consent_fields() -> dict[str, forms.Field]:
    short = {"class": "w10", "inputmode": "numeric", "autocomplete": "off"}
    return {
        "store_consent": forms.CharField(required=False, widget=forms.HiddenInput),
        "consent_code": CleanCharField(
            label="Mã đồng ý",
            required=False,
            help_text="Sáu số chủ hồ sơ lấy ở trang Kho giấy tờ và đọc cho bạn.",
            widget=forms.TextInput(attrs=short),
        ),
        "consent_slip": CleanCharField(
            label="Hoặc số phiếu đồng ý đã ký tại quầy",
            required=False,
            widget=forms.TextInput(attrs={"class": "w15", "autocomplete": "off"}),
        ),
    }


def agreed(actor: Actor, data: QueryDict, procedure: str, at: datetime) -> tuple[QueryDict, list[Problem]]:
    """Return what was typed with the owner's consent recorded in it, and why it was not."""
    number, purpose = data.get("owner.personal_id", ""), f"Tiếp nhận hồ sơ: {procedure}"[:300]
    if not number:
        return data, [Problem("required", "Hãy ghi số định danh của chủ hồ sơ trước.", "owner.personal_id")]
    try:
        if slip := data.get("consent_slip", "").strip():
            name = data.get("owner.name", "")
            found = consent_signed(actor=actor, personal_id=number, name=name, evidence=slip, purpose=purpose, at=at)
        else:
            digits = data.get("consent_code", "")
            found = consent_by_code(actor=actor, personal_id=number, digits=digits, purpose=purpose, at=at)
    except MotCuaError as refusal:
        return data, [replace(one, field=_FIELDS.get(one.field, one.field)) for one in refusal.problems]
    filled = data.copy()
    filled["store_consent"], filled["consent_code"] = str(found.pk), ""
    return filled, []


def _open_consent(actor: Actor, typed: str, at: datetime) -> Consent | None:
    """The consent that this very officer recorded and that still holds."""
    if not (typed.isdecimal() and len(typed) < _LONGEST_ID):
        return None
    own = Consent.objects.filter(pk=int(typed), recorded_by_id=actor.account_id or 0, end__isnull=True)
    return own.filter(given_at__lte=at, until__gt=at).first()


def _words(paper: StoredPaper) -> str:
    number = f" số {paper.number}" if paper.number else ""
    return f"{paper.name}{number}, {paper.issuer}"
