"""Words of the room: an e-form (biểu mẫu điện tử) and a paper's template (khuôn giấy tờ) as plain frozen values.

One `Form` makes the screen, the printed sheet, the checks, the data schema and the API. Expressions read the values of
the form by the keys of its fields; parts of a composite value by a dot (`mother.name`); a column of a table as a list
(`members.share`).
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field as Of

from motcua.kernel.values import FieldKey, Formula, Key, Value, Words

FieldKind = Literal[
    "text",
    "long_text",
    "name",
    "phone",
    "email",
    "person",
    "organisation",
    "address",
    "date",
    "partial_date",
    "time",
    "money",
    "number",
    "yes_no",
    "choice",
    "choices",
    "table",
    "file",
    "land_parcel",
    "map_point",
    "consent",
    "computed",
    "section",
    "information",
]

#: Kinds that hold no value: words between the questions.
WORDLESS: frozenset[FieldKind] = frozenset({"section", "information"})

#: Parts of a composite value, in the order they are asked. A field may ask for some of them only (`parts`).
PARTS: dict[FieldKind, tuple[str, ...]] = {
    "person": ("name", "personal_id", "born", "gender", "ethnicity", "nationality", "phone", "address"),
    "organisation": ("name", "tax_code", "representative", "phone", "email", "address"),
    "address": ("province", "commune", "line"),
    "land_parcel": ("sheet", "number", "area", "address"),
    "map_point": ("latitude", "longitude"),
}

#: Lists that choices may be looked up in, besides a form's own options.
Lookup = Literal["", "ethnicities", "nationalities", "provinces", "communes", "relations", "business_lines"]

#: Where a value may come from, kept beside it (`Provenance.source`).
Origin = Literal["typed", "clerk", "account", "dossier", "result", "business", "computed", "imported"]


class Option(Value):
    """One of the answers of a choice: `value` is kept, `label` is read."""

    value: Annotated[str, Of(min_length=1, max_length=120)]
    label: Words


class Field(Value):
    """A question of a form.

    `when`: asked only while it holds (else its value is none). `required`, or `required_when`. `value` is the formula
    of a computed field. `prefill`: where a first value comes from, the first that has one: "account.full_name",
    "dossier:1.001193.child_name", "result:KQ.G15.000031.name", "business.name". `units_on`: a formula for the day
    whose two-level units an address uses ("" = today). `component`: the paper a file belongs to.
    """

    key: FieldKey
    kind: FieldKind
    label: Words
    hint: Annotated[str, Of(max_length=2000)] = ""
    required: bool = False
    required_when: Formula = ""
    when: Formula = ""
    default: Annotated[str, Of(max_length=500)] = ""
    value: Formula = ""
    unit: Annotated[str, Of(max_length=40)] = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: Annotated[int, Of(ge=0, le=9)] = 0
    max_length: Annotated[int, Of(ge=1, le=20000)] | None = None
    pattern: Annotated[str, Of(max_length=200)] = ""
    pattern_message: Annotated[str, Of(max_length=300)] = ""
    options: tuple[Option, ...] = ()
    lookup: Lookup = ""
    parts: tuple[str, ...] = ()
    optional_parts: tuple[str, ...] = ()
    columns: tuple["Field", ...] = ()
    min_rows: Annotated[int, Of(ge=0, le=500)] = 0
    max_rows: Annotated[int, Of(ge=1, le=500)] = 50
    prefill: tuple[Annotated[str, Of(max_length=200)], ...] = ()
    units_on: Formula = ""
    component: str = ""
    text: Annotated[str, Of(max_length=8000)] = ""

    @property
    def asked_parts(self) -> tuple[str, ...]:
        """The parts asked for of a composite value; none for a plain one."""
        return self.parts or PARTS.get(self.kind, ())


class FormPage(Value):
    """One screen of a form: one idea."""

    key: Key
    title: Words
    hint: Annotated[str, Of(max_length=2000)] = ""
    when: Formula = ""
    fields: tuple[Field, ...] = ()


class Check(Value):
    """What must hold across fields: `holds` is the formula; when it does not, `message` is shown at `field`."""

    key: Key
    holds: Formula
    message: Words
    field: str = ""
    when: Formula = ""
    basis: Annotated[str, Of(max_length=300)] = ""


class Form(Value):
    """An e-form: pages of fields, checks across them. `number` and `basis` name the official form.

    `component`: the paper of the dossier that this form is, so that whoever fills it in need not hand that paper in.
    """

    title: Words
    number: Annotated[str, Of(max_length=120)] = ""
    basis: Annotated[str, Of(max_length=300)] = ""
    addressee: Annotated[str, Of(max_length=300)] = ""
    component: Annotated[str, Of(max_length=60)] = ""
    pages: tuple[FormPage, ...] = ()
    checks: tuple[Check, ...] = ()
    unverified: bool = False

    def fields(self) -> Iterator[Field]:
        """Yield every field of every page, in order; columns of tables are inside their table."""
        for page in self.pages:
            yield from page.fields

    def field(self, key: str) -> Field | None:
        """The field of that key, or None."""
        return next((one for one in self.fields() if one.key == key), None)


class Block(Value):
    """A piece of a paper. `text` may hold expressions in braces: "Họ tên: {mother.name}".

    heading, text (left), centred, fields (label and value of the form fields in `keys`, all when none), table (the
    rows of the table field `keys[0]`), list (one line an element of the formula `items`), signatures (`text` one
    signer a line, "Chức danh | Họ tên"), space.
    """

    kind: Literal["heading", "text", "centred", "fields", "table", "list", "signatures", "space"]
    text: Annotated[str, Of(max_length=8000)] = ""
    keys: tuple[str, ...] = ()
    items: Formula = ""
    when: Formula = ""


class PaperTemplate(Value):
    """A paper a procedure makes: declaration (the printed form), result (what the applicant gets), letter, record.

    `result`: index of the result it is, from 0; `step`: at which step it is drafted ("" = on demand).
    """

    key: Key
    name: Words
    kind: Literal["declaration", "result", "letter", "record"]
    title: Words
    symbol: Annotated[str, Of(max_length=40)] = ""
    step: str = ""
    when: Formula = ""
    blocks: tuple[Block, ...] = ()
