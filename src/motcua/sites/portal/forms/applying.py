"""The questions of the hand-in pages. Rules of what is right stay with the room `dossiers`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from motcua.dossiers.rules.application import PartyFacts, party_problems
from motcua.dossiers.terms import PartyKind, ResultChannel, Source
from motcua.identity.models import Account
from motcua.kernel.checks import tidy_number, tidy_phone
from motcua.kernel.errors import Problem
from motcua.procedures.models import Offering
from motcua.procedures.terms import Definition
from motcua.sites.kit.forms import CleanCharField, DayField, add_problems, choice_text

_FEW = 6
_NARROW = {"class": "w15", "inputmode": "numeric", "autocomplete": "off"}
_PHONE = {"class": "w15", "inputmode": "tel", "autocomplete": "tel", "type": "tel"}


class PlaceForm(forms.Form):
    """Which agency decides, and which case of the procedure it is."""

    agency = forms.ChoiceField(
        label="Cơ quan nào giải quyết hồ sơ?",
        help_text="Thường là nơi bạn cư trú hoặc nơi có đất, có trụ sở.",
        error_messages={"required": "Hãy chọn cơ quan giải quyết."},
    )
    case = forms.ChoiceField(
        label="Trường hợp của bạn là gì?",
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một trường hợp."},
    )

    def __init__(self, offerings: Sequence[Offering], definition: Definition, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        agencies = [(str(one.agency_id), one.agency.short_name or one.agency.name) for one in offerings]
        self._fill("agency", agencies, empty="Chọn cơ quan")
        cases = [(one.key, choice_text(one.name, one.note) if one.note else one.name) for one in definition.cases]
        self._fill("case", cases)

    def _fill(self, name: str, choices: list[tuple[str, Any]], *, empty: str = "") -> None:
        field = self.fields[name]
        if len(choices) > _FEW and empty:
            field.widget = forms.Select()
            choices = [("", empty), *choices]
        elif empty:
            field.widget = forms.RadioSelect()
        field.choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            field.initial = choices[0][0]
            if not empty:
                field.widget = forms.HiddenInput()


class WhoForm(forms.Form):
    """For whom the dossier is handed in."""

    source = forms.ChoiceField(
        label="Bạn nộp hồ sơ cho ai?",
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn bạn nộp cho ai."},
    )

    def __init__(self, definition: Definition, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        choices: list[tuple[str, Any]] = []
        if "citizen" in definition.applicants:
            choices += [
                (Source.SELF.value, choice_text("Cho chính tôi", "Tôi là người đứng tên hồ sơ.")),
                (Source.PROXY.value, choice_text("Thay người khác", "Tôi được người đứng tên hồ sơ ủy quyền.")),
            ]
        if "organisation" in definition.applicants:
            hint = "Doanh nghiệp, hợp tác xã, hội, cơ quan đứng tên hồ sơ."
            choices.append((Source.REPRESENTATIVE.value, choice_text("Cho tổ chức tôi đại diện", hint)))
        self.fields["source"].choices = choices  # type: ignore[attr-defined]


class PartyForm(forms.Form):
    """One party; the rules of the room say what is wrong with it."""

    kind: ClassVar[PartyKind] = PartyKind.PERSON
    words: ClassVar[str] = "chủ hồ sơ"

    def __init__(self, today: date, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.today = today
        for field in self.fields.values():
            field.error_messages["required"] = f"Hãy ghi {str(field.label)[:1].lower()}{str(field.label)[1:]}."

    def facts(self) -> PartyFacts:
        """Return the party as typed; only after `is_valid`."""
        return _facts(self.kind, self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        """Ask the room's rules, and put each problem beside its field."""
        said = dict(self.cleaned_data)
        prefix = "party"
        problems = party_problems(_facts(self.kind, said), prefix, today=self.today, label=self.words)
        known = [
            Problem(one.code, one.message, one.field.removeprefix(f"{prefix}."), one.basis)
            for one in problems
            if one.field.removeprefix(f"{prefix}.") not in self.errors
        ]
        add_problems(self, [one for one in known if one.code != "required" or one.field in said])
        return self.cleaned_data


def _facts(kind: PartyKind, said: Mapping[str, Any]) -> PartyFacts:
    return PartyFacts(
        name=said.get("name", ""),
        kind=kind,
        personal_id=tidy_number(said.get("personal_id", "")).upper(),
        tax_code=tidy_number(said.get("tax_code", "")),
        born=said.get("born"),
        phone=tidy_phone(said.get("phone", "")),
        email=said.get("email", ""),
        address=said.get("address", ""),
        representative=said.get("representative", ""),
    )


def _name(label: str = "Họ, chữ đệm và tên") -> CleanCharField:
    return CleanCharField(label=label, help_text="Ghi đúng như trên thẻ căn cước.", max_length=300)


def _number(*, required: bool) -> CleanCharField:
    help_text = "12 chữ số trên thẻ căn cước."
    return CleanCharField(
        label="Số định danh cá nhân", help_text=help_text, required=required, widget=forms.TextInput(attrs=_NARROW)
    )


def _phone(*, required: bool, help_text: str = "") -> CleanCharField:
    widget = forms.TextInput(attrs=_PHONE)
    return CleanCharField(label="Số điện thoại", help_text=help_text, required=required, widget=widget)


def _address() -> CleanCharField:
    return CleanCharField(label="Nơi ở hiện tại", required=False, max_length=500)


class SelfForm(PartyForm):
    """The applicant who is also the owner."""

    words = "của bạn"
    name = _name()
    born = DayField(label="Ngày sinh", required=False)
    personal_id = _number(required=True)
    phone = _phone(required=True, help_text="Cơ quan báo tin và bạn tra cứu hồ sơ bằng số này.")
    email = CleanCharField(
        label="Thư điện tử", required=False, widget=forms.EmailInput(attrs={"class": "w20", "autocomplete": "email"})
    )
    address = _address()


class OwnerForm(PartyForm):
    """A person for whom somebody else hands in."""

    name = _name()
    born = DayField(label="Ngày sinh", required=False)
    personal_id = _number(required=False)
    phone = _phone(required=False)
    address = _address()


class OrganisationForm(PartyForm):
    """An organisation that owns the dossier."""

    kind = PartyKind.ORGANISATION
    name = CleanCharField(label="Tên tổ chức", max_length=300)
    tax_code = CleanCharField(label="Mã số thuế", required=False, widget=forms.TextInput(attrs=_NARROW))
    representative = CleanCharField(label="Người đại diện theo pháp luật", required=False, max_length=300)
    phone = _phone(required=False)
    address = CleanCharField(label="Trụ sở", required=False, max_length=500)


class SubmitterForm(PartyForm):
    """Whoever hands in for somebody else."""

    words = "của bạn"
    name = _name()
    personal_id = _number(required=True)
    phone = _phone(required=True, help_text="Cơ quan báo tin và bạn tra cứu hồ sơ bằng số này.")
    email = CleanCharField(
        label="Thư điện tử", required=False, widget=forms.EmailInput(attrs={"class": "w20", "autocomplete": "email"})
    )


class ResultForm(forms.Form):
    """How the result should come."""

    result_channel = forms.ChoiceField(
        label="Bạn muốn nhận kết quả bằng cách nào?",
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một cách nhận kết quả."},
        choices=[
            (
                ResultChannel.ONLINE.value,
                choice_text("Bản điện tử", "Tải về ở trang hồ sơ; bản giấy vẫn chờ bạn tại Bộ phận Một cửa."),
            ),
            (
                ResultChannel.IN_PERSON.value,
                choice_text("Tại Bộ phận Một cửa", "Mang theo giấy tờ tùy thân khi đến nhận."),
            ),
            (
                ResultChannel.POST.value,
                choice_text("Qua bưu chính công ích", "Bưu tá phát tận nơi; bạn trả cước cho bưu chính."),
            ),
        ],
    )
    result_desk = forms.ChoiceField(
        label="Nếu nhận bản giấy, bạn muốn đến đâu?",
        help_text="Nơi nào trong tỉnh cũng trả được; để nguyên là nơi tiếp nhận hồ sơ.",
        required=False,
        widget=forms.Select,
        error_messages={"invalid_choice": "Hãy chọn một nơi trong danh sách."},
    )
    result_place = CleanCharField(
        label="Địa chỉ nhận", help_text="Chỉ cần ghi khi nhận qua bưu chính.", required=False, max_length=500
    )
    abstract = forms.CharField(
        label="Bạn cần nói gì thêm với cơ quan?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, desks: Sequence[tuple[int, str]], data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        choices = [("", "Nơi tiếp nhận hồ sơ"), *((str(pk), name) for pk, name in desks)]
        self.fields["result_desk"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An address is needed for the post."""
        said: dict[str, Any] = self.cleaned_data
        if said.get("result_channel") == ResultChannel.POST and not said.get("result_place"):
            self.add_error("result_place", "Hãy ghi địa chỉ nhận, vì bạn chọn nhận qua bưu chính.")
        return said


class ReviewForm(forms.Form):
    """The last word before handing in."""

    key = forms.CharField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label="Tôi đã xem lại và chịu trách nhiệm về thông tin, giấy tờ trong hồ sơ.",
        error_messages={"required": "Hãy đánh dấu vào ô cam đoan rồi nộp."},
    )
    confirmed_duplicate = forms.BooleanField(label="Tôi vẫn muốn nộp thêm hồ sơ này.", required=False)


def account_facts(account: Account) -> dict[str, Any]:
    """Return what the account already knows of its person, to fill fields first."""
    return {
        "name": account.full_name,
        "born": account.born,
        "personal_id": account.personal_id,
        "phone": account.phone,
        "email": account.email,
        "address": account.address,
    }


def organisation_facts(account: Account) -> dict[str, Any]:
    """Return what the account knows of its organisation."""
    return {
        "name": account.organisation_name,
        "tax_code": account.tax_code,
        "representative": account.full_name,
        "address": account.address,
    }
