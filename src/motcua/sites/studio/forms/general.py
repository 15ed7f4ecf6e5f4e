"""The form of a procedure's own facts, and the one by which a new procedure begins."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from motcua.kernel.errors import Invalid, Problem
from motcua.procedures.terms import CODE_PATTERN, Definition, Level, ServiceLevel
from motcua.sites.kit.forms import DayField
from motcua.sites.office.forms import OfficeForm
from motcua.sites.studio.forms.base import (
    SeenForm,
    line_field,
    lines_of,
    long_field,
    pick_field,
    set_offers,
    tick_field,
    ticks_field,
    value_of,
)

_LEVELS: Final = [(value, label) for value, label in Level.choices if value != Level.DISTRICT]
_APPLICANTS: Final = (("citizen", "Công dân"), ("organisation", "Tổ chức"))
_NO_DOMAIN: Final = "Hãy chọn lĩnh vực, hoặc ghi mã và tên lĩnh vực mới."


def code_field() -> forms.RegexField:
    """Return the field for a procedure's code; empty: a provisional one is made."""
    return forms.RegexField(
        CODE_PATTERN,
        label="Mã thủ tục",
        required=False,
        help_text="Như trong quyết định công bố, ví dụ 1.001193. Bỏ trống: mã tạm X.… cho đến khi có mã quốc gia.",
        widget=forms.TextInput(attrs={"class": "w15", "autocomplete": "off"}),
        error_messages={"invalid": "Mã thủ tục có dạng 1.001193."},
    )


class BeginForm(OfficeForm):
    """What a new procedure begins with."""

    name = line_field("Tên thủ tục", longest=4000, help_text="Như trong quyết định công bố.")
    code = code_field()
    domain = pick_field("Lĩnh vực")
    domain_code = line_field(
        "Mã lĩnh vực mới", required=False, longest=12, help_text="2–12 chữ in hoa, số; ví dụ HT.", width="w10"
    )
    domain_name = line_field("Tên lĩnh vực mới", required=False, longest=300)
    level = pick_field("Cấp thực hiện", _LEVELS, required=True)

    def __init__(self, domains: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self.initial.setdefault("level", Level.COMMUNE)
        self.known = dict(domains)
        self.fields["domain"].choices = [("", "lĩnh vực mới, ghi ở dưới"), *self.known.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A field is chosen or written."""
        said = super().clean() or self.cleaned_data
        if not said.get("domain") and not (said.get("domain_code") and said.get("domain_name")):
            self.add_error("domain", _NO_DOMAIN)
        return said

    def build(self, code: str) -> Definition:
        """Return the first draft: nothing but what was said here."""
        said = self.cleaned_data
        facts = {
            "code": said["code"] or code,
            "name": said["name"],
            "domain": domain_of(said, self.known),
            "level": said["level"],
            "service_level": ServiceLevel.INFORMATION,
        }
        return value_of(Definition, facts)  # type: ignore[no-any-return]


def domain_of(said: dict[str, Any], known: dict[str, str]) -> dict[str, str]:
    """Return the field that was chosen or written; raises Invalid for a code not of its shape."""
    if said.get("domain"):
        return {"code": said["domain"], "name": known[said["domain"]]}
    code = said["domain_code"].upper()
    if not (code.isascii() and code.isalnum() and len(code) > 1):
        raise Invalid(Problem("domain_code", "Mã lĩnh vực gồm 2–12 chữ in hoa không dấu và chữ số.", "domain_code"))
    return {"code": code, "name": said["domain_name"]}


class GeneralForm(SeenForm):
    """What a procedure is: name, field, level, what citizens read and search."""

    name = line_field("Tên thủ tục", longest=4000)
    domain = pick_field("Lĩnh vực")
    domain_code = line_field("Mã lĩnh vực mới", required=False, longest=12, width="w10")
    domain_name = line_field("Tên lĩnh vực mới", required=False, longest=300)
    level = pick_field("Cấp thực hiện", Level.choices, required=True)
    service_level = pick_field("Mức trực tuyến", ServiceLevel.choices, required=True)
    applicants = ticks_field("Ai nộp", _APPLICANTS)
    summary = long_field(
        "Câu giới thiệu cho người dân", rows=3, longest=1000, help_text="Một câu thường ngày: làm việc gì, cho ai."
    )
    keywords = long_field(
        "Người dân thường gọi là", rows=4, help_text="Mỗi dòng một cách gọi, ví dụ: làm giấy khai sinh cho con."
    )
    requirements = long_field("Yêu cầu, điều kiện", rows=4, longest=20000)
    decision = line_field("Quyết định công bố", required=False, help_text="Số, ngày, cơ quan ban hành.")
    reviewed_on = DayField(label="Rà soát gần nhất ngày", required=False)
    sources = long_field("Nguồn tài liệu", rows=3, longest=8000, help_text="Mỗi dòng một nguồn.")
    flags = ticks_field("Chỗ máy chưa đọc được khi nhập", help_text="Bỏ chọn những chỗ đã ghi lại thành số liệu.")
    unverified = tick_field("Nội dung còn phải rà soát với quyết định công bố")

    def __init__(
        self, definition: Definition, domains: Iterable[tuple[str, str]], *, revision: int, **options: Any
    ) -> None:
        self.definition, self.known = definition, dict(domains)
        self.known.setdefault(definition.domain.code, definition.domain.name)
        first = {name: getattr(definition, name) for name in self.base_fields if hasattr(definition, name)}
        first |= {
            "domain": definition.domain.code,
            "keywords": "\n".join(definition.keywords),
            "sources": "\n".join(definition.sources),
            "revision": revision,
            "flags": [str(number) for number in range(len(definition.flags))],
        }
        super().__init__(initial=first, **options)
        set_offers(self, "flags", [(str(number), flag.message) for number, flag in enumerate(definition.flags)])
        self.fields["domain"].choices = [("", "lĩnh vực mới, ghi ở dưới"), *self.known.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A field is chosen or written; somebody applies."""
        said = super().clean() or self.cleaned_data
        if not said.get("domain") and not (said.get("domain_code") and said.get("domain_name")):
            self.add_error("domain", _NO_DOMAIN)
        if not said.get("applicants"):
            self.add_error("applicants", "Hãy chọn ít nhất một đối tượng.")
        return said

    def build(self) -> Definition:
        """Return the definition with what was typed."""
        said = {name: value for name, value in self.cleaned_data.items() if name in Definition.model_fields}
        said["domain"] = domain_of(self.cleaned_data, self.known)
        kept = {int(number) for number in self.cleaned_data.get("flags") or ()}
        said["flags"] = tuple(flag for number, flag in enumerate(self.definition.flags) if number in kept)
        said["keywords"] = tuple(lines_of(said["keywords"]))
        said["sources"] = tuple(lines_of(said["sources"]))
        return value_of(Definition, self.definition.model_dump() | said)  # type: ignore[no-any-return]
