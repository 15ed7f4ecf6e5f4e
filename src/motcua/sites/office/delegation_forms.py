"""Forms by which rights are lent and absences declared; the same for officers and administrators."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from motcua.agencies.models import Post, Unit
from motcua.agencies.models.span import holds_on
from motcua.agencies.terms import Right
from motcua.identity.actions.delegate import Giving
from motcua.identity.models import Posting
from motcua.identity.rules.delegations import Grant, Validity
from motcua.identity.terms import DelegationKind, Scope
from motcua.kernel.text import clean
from motcua.procedures.models import Domain
from motcua.sites.kit.forms import DayField, choice_text
from motcua.sites.office.forms import OfficeForm, choice_field, set_choices, text_field

_TIME = re.compile(r"^(?:(\d{1,2})(?::|h|giờ\s*)(\d{2})?\s+)?(\S+)$")
_HINTS: Mapping[DelegationKind, str] = {
    DelegationKind.KT: "Cấp phó ký thay người đứng đầu cùng đơn vị.",
    DelegationKind.TL: "Người đứng đầu đơn vị thuộc cơ quan ký theo lệnh.",
    DelegationKind.TUQ: "Người đứng đầu đơn vị thuộc cơ quan ký; phải có thời hạn, giới hạn lĩnh vực hoặc thủ tục.",
    DelegationKind.PHAN_CAP: "Quyền giao hẳn cho đơn vị, vị trí cấp dưới; người nhận ký bằng chức vụ của mình.",
}


class MomentField(forms.Field):
    """A moment as people write it: "08:00 23/11/2026", or a day alone (its beginning, in Vietnamese time)."""

    def __init__(self, **options: Any) -> None:
        attrs = {"class": "w15", "autocomplete": "off"}
        options.setdefault("help_text", "Giờ:phút ngày/tháng/năm, ví dụ 08:00 23/11/2026.")
        super().__init__(widget=forms.TextInput(attrs=attrs), **options)

    def to_python(self, value: Any) -> datetime | None:
        """Return the aware moment, None when empty; raises ValidationError that says what to write instead."""
        if value in self.empty_values or isinstance(value, datetime):
            return value if isinstance(value, datetime) else None
        found = _TIME.match(clean(str(value)))
        if not found:
            raise ValidationError("Hãy ghi giờ rồi đến ngày, ví dụ 08:00 23/11/2026.", code="invalid")
        hours, minutes, day = found.groups()
        on = DayField(required=False).to_python(day)
        if on is None or int(hours or 0) > 23 or int(minutes or 0) > 59:  # noqa: PLR2004 (hours of a day)
            raise ValidationError("Không có giờ này. Hãy ghi ví dụ 08:00 23/11/2026.", code="invalid")
        naive = datetime.combine(on, time(int(hours or 0), int(minutes or 0)))
        return timezone.make_aware(naive)


def moment_label(at: datetime) -> str:
    """Return the moment as it is typed."""
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a form of lending offers: givers and receivers as (mark, label); marks name what they stand for."""

    givers: Sequence[tuple[str, str]]
    receivers: Sequence[tuple[str, Sequence[tuple[str, str]]]]


def receivers_in(agency_id: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return who in the agency may get something: people, posts, units (three queries)."""
    today = timezone.localdate()
    held = Posting.objects.filter(holds_on(today), holds_on(today, "post__"), post__unit__agency_id=agency_id)
    people = (
        held.filter(account__is_active=True)
        .select_related("account", "post__unit")
        .order_by("account__sort_name", "pk")
    )
    posts = Post.objects.filter(holds_on(today), unit__agency_id=agency_id).select_related("unit")
    units = Unit.objects.filter(holds_on(today), agency_id=agency_id).exclude(pk=agency_id).order_by("name_fold")
    return [
        ("Một người", list(_people(people))),
        (
            "Người giữ một vị trí",
            [(f"post:{one.pk}", f"{one.title}, {one.unit.name}") for one in posts.order_by("unit__name_fold", "title")],
        ),
        ("Lãnh đạo một đơn vị", [(f"unit:{one.pk}", one.name) for one in units]),
    ]


def _people(rows: Iterable[Posting]) -> Iterable[tuple[str, str]]:
    told: dict[int, tuple[str, list[str]]] = {}
    for row in rows:
        posts = told.setdefault(row.account_id, (row.account.full_name, []))[1]
        posts.append(f"{row.post.title}, {row.post.unit.name}")
    return ((f"account:{pk}", f"{name} ({'; '.join(posts)})") for pk, (name, posts) in told.items())


class GrantForm(OfficeForm):
    """Rights lent on a written decision."""

    places: ClassVar[Mapping[str, str]] = {"post": "giver", "account": "giver", "unit": "giver"}

    giver = choice_field("Bên giao")
    kind = forms.ChoiceField(label="Hình thức", widget=forms.RadioSelect)
    receiver = choice_field("Bên nhận")
    rights = forms.MultipleChoiceField(
        label="Quyền được giao",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn quyền được giao."},
    )
    domains = forms.MultipleChoiceField(
        label="Chỉ trong các lĩnh vực",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text="Không chọn là mọi thủ tục. Giữ Ctrl để chọn nhiều.",
    )
    procedures = text_field(
        "Chỉ các thủ tục", required=False, longest=1000, help_text="Mã thủ tục, cách nhau bằng dấu phẩy: 1.001193, …"
    )
    starts_at = MomentField(label="Từ", error_messages={"required": "Hãy ghi thời điểm bắt đầu."})
    ends_at = MomentField(label="Đến trước", required=False)
    basis_number = text_field("Số, ký hiệu văn bản giao quyền", required=False, longest=100, attrs={"class": "w20"})
    basis_date = DayField(label="Ngày văn bản", required=False, help_text="")
    reason = forms.CharField(label="Lý do", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    confirmed_overlap = forms.BooleanField(
        label="Đã xem, vẫn giao thêm quyền này cho người nhận", required=False, widget=forms.HiddenInput
    )

    def __init__(self, choices: Choices, rights: Iterable[Right], **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "giver", choices.givers)
        receiver = self.fields["receiver"]
        if isinstance(receiver, forms.ChoiceField):
            receiver.choices = [("", "Chọn…"), *choices.receivers]
        kinds = [(kind.value, choice_text(_mark(kind), hint)) for kind, hint in _HINTS.items()]
        set_plain(self, "kind", kinds)
        set_plain(self, "rights", [(right.value, right.label) for right in rights])
        set_plain(self, "domains", [*Domain.objects.order_by("name").values_list("code", "name")])
        if len(choices.givers) == 1:
            self.fields["giver"].initial = choices.givers[0][0]
        for name in ("domains", "procedures", "ends_at", "basis_number", "basis_date", "reason"):
            setattr(self.fields[name].widget, "no_optional_mark", True)  # noqa: B010 (read by the tag `field`)

    def take(self, problems: Iterable[Any]) -> None:
        """Show the box to confirm when others hold the same powers."""
        known = list(problems)
        if any(one.code == "overlap" for one in known):
            self.fields["confirmed_overlap"].widget = forms.CheckboxInput()
        super().take(known)

    @property
    def giving(self) -> Giving:
        """Between whom."""
        kind, _, giver = self.cleaned_data["giver"].partition(":")
        source: dict[str, int | None] = {"unit_id": int(giver)} if kind == "unit" else {}
        if kind == "post":
            post, _, account = giver.partition("@")
            source = {"post_id": int(post), "account_id": int(account) if account else None}
        to, _, receiver = self.cleaned_data["receiver"].partition(":")
        return Giving(**source, **{f"to_{to}_id": int(receiver)})

    @property
    def grant(self) -> Grant:
        """What is lent."""
        said = self.cleaned_data
        codes = {code.strip() for code in said["procedures"].replace(";", ",").split(",")}
        return Grant(
            kind=DelegationKind(said["kind"]),
            rights=frozenset(said["rights"]),
            validity=Validity(said["starts_at"], said["ends_at"]),
            scope=Scope(frozenset(said["domains"]), frozenset(filter(None, codes))),
            basis_number=said["basis_number"],
            basis_date=said["basis_date"],
            reason=said["reason"],
        )


def _mark(kind: DelegationKind) -> str:
    marks = {DelegationKind.KT: "KT.", DelegationKind.TL: "TL.", DelegationKind.TUQ: "TUQ."}
    return " ".join(filter(None, [kind.label, f"({marks[kind]})" if kind in marks else ""]))


def set_plain(form: forms.Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    """Give a field its choices, none of them empty."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


class RevokeForm(OfficeForm):
    """The end of a delegation."""

    reason = forms.CharField(label="Lý do", required=False, widget=forms.Textarea(attrs={"rows": 2}))


class LeaveForm(OfficeForm):
    """An absence and who stands in."""

    stand_in = choice_field("Người làm thay", help_text="Người cùng thụ lý hồ sơ ở đơn vị.")
    starts_at = MomentField(label="Vắng mặt từ", error_messages={"required": "Hãy ghi thời điểm bắt đầu."})
    ends_at = MomentField(label="Trở lại làm việc lúc", error_messages={"required": "Hãy ghi thời điểm trở lại."})
    reason = text_field("Lý do", required=False, longest=300)

    def __init__(self, people: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "stand_in", people)
