"""Everything that may be wrong with what is handed in: pure."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.application import (
    Application,
    ComponentFacts,
    FileRef,
    PartyFacts,
    problems_in_application,
    problems_of_people,
    warnings_in_application,
)
from motcua.dossiers.rules.corrections import CORRECTABLE, one_name, parse_day, tidy_value
from motcua.dossiers.terms import Channel, PartyKind, ResultChannel, Source
from motcua.dossiers.tests.world import OWNER, definition

TODAY = date(2026, 3, 4)
SUBMITTER = PartyFacts(name="Trần Văn Bình", personal_id="001085001234", phone="0987654321")
GOOD = Application(
    procedure_code="1.001193",
    agency_id=1,
    case_key="default",
    channel=Channel.IN_PERSON,
    owner=OWNER,
    components=(ComponentFacts("to-khai", originals=1),),
)


def _found(online: bool = False, content: Any = None, **changes: Any) -> list[tuple[str, str]]:
    application = replace(GOOD, **changes)
    problems = problems_in_application(application, content or definition(), today=TODAY, online=online)
    assert all(problem.message for problem in problems)
    return [(problem.code, problem.field) for problem in problems]


def _owner(**changes: Any) -> PartyFacts:
    return replace(OWNER, **changes)


def test_nothing_is_wrong() -> None:
    assert _found() == []
    assert _found(submitter=SUBMITTER, source=Source.PROXY, relation="Giấy ủy quyền số 12") == []
    assert warnings_in_application(GOOD) == []


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"owner": _owner(name="")}, [("required", "owner.name")]),
        ({"owner": _owner(name="A" * 10_000)}, [("too_long", "owner.name")]),
        ({"owner": _owner(personal_id="02219000123")}, [("personal_id_format", "owner.personal_id")]),
        ({"owner": _owner(personal_id="٠٢٢١٩٠٠٠١٢٣٤")}, [("personal_id_format", "owner.personal_id")]),
        (
            {"owner": _owner(personal_id="022190001234", born=date(1991, 1, 1))},
            [("personal_id_birth_year", "owner.personal_id")],
        ),
        ({"owner": _owner(personal_id="022090001234", born=date(1990, 1, 1))}, []),
        (
            {"owner": _owner(personal_id="", born=date(2026, 3, 5))},
            [("born_in_future", "owner.born"), ("required", "owner.personal_id")],
        ),
        ({"owner": _owner(personal_id="C1234567", born=date(1890, 1, 1))}, [("born_too_long_ago", "owner.born")]),
        ({"owner": _owner(tax_code="01001091")}, [("tax_code_format", "owner.tax_code")]),
        ({"owner": _owner(phone="0112345678")}, [("phone_format", "owner.phone")]),
        ({"owner": _owner(phone="")}, [("required", "owner.phone")]),
        (
            {"owner": _owner(email="a@b"), "abstract": "x" * 1001},
            [("email_format", "owner.email"), ("too_long", "abstract")],
        ),
        ({"owner": _owner(email=f"{'a' * 250}@b.vn")}, [("too_long", "owner.email")]),
        ({"owner": _owner(kind=PartyKind.ORGANISATION)}, [("organisation_unknown", "owner.tax_code")]),
        ({"source": Source.PROXY}, [("submitter_missing", "submitter.name"), ("no_proxy_paper", "proxy_files")]),
        (
            {"submitter": replace(SUBMITTER, phone="", personal_id="")},
            [("required", "submitter.phone"), ("required", "submitter.personal_id")],
        ),
        ({"owner": _owner(phone="", personal_id=""), "submitter": SUBMITTER}, []),
        ({"result_channel": ResultChannel.POST}, [("required", "result_place")]),
        ({"result_place": "x" * 501}, [("too_long", "result_place")]),
        ({"case_key": "x"}, [("unknown_case", "case_key")]),
        ({"components": ()}, [("missing_component", "components.to-khai")]),
        ({"components": (ComponentFacts("to-khai"),)}, [("missing_component", "components.to-khai")]),
        ({"components": (*GOOD.components, ComponentFacts("x", copies=1))}, [("unknown_component", "components.x")]),
        (
            {"components": (*GOOD.components, ComponentFacts("to-khai", copies=1))},
            [("component_twice", "components.to-khai")],
        ),
        (
            {"components": (ComponentFacts("to-khai", originals=1001, note="x" * 501),)},
            [("copies", "components.to-khai"), ("too_long", "components.to-khai")],
        ),
        ({"components": (ComponentFacts("to-khai", originals=1, copies=-1),)}, [("copies", "components.to-khai")]),
        ({"set_count": 101}, [("set_count", "set_count")]),
        ({"external_code": "x" * 101}, [("too_long", "external_code")]),
    ],
)
def test_what_is_wrong(changes: dict[str, Any], wanted: list[tuple[str, str]]) -> None:
    assert _found(**changes) == wanted


def test_online_papers_are_files() -> None:
    assert _found(online=True) == [("missing_component", "components.to-khai")]
    assert _found(online=True, components=(ComponentFacts("to-khai", files=(FileRef("ab" * 32, "x.pdf"),)),)) == []
    shown = definition(components=[{"key": "cccd", "name": "Căn cước", "originals": 1, "present_only": True}])
    assert _found(online=True, content=shown, components=()) == []
    assert _found(content=shown, components=()) == [("missing_component", "components.cccd")]


def test_a_procedure_that_is_only_described_online() -> None:
    described = definition(service_level="information")
    assert _found(online=True, content=described)[0] == ("not_online", "channel")
    assert _found(content=described) == []


def test_a_case_without_a_term_for_the_channel() -> None:
    only_online = definition(cases=[{"key": "default", "name": "x", "terms": {"online": {"amount": 1, "unit": "day"}}}])
    assert _found(content=only_online) == [("no_term", "channel")]


def test_everything_at_once_in_the_order_of_the_form() -> None:
    bad = PartyFacts(name="", personal_id="1", born=date(2027, 1, 1), tax_code="1", phone="1", email="1")
    fields = [field for _code, field in _found(
        case_key="default", owner=bad, submitter=bad, result_channel=ResultChannel.POST, components=(), set_count=0,
        abstract="x" * 1001,
    )]  # fmt: skip
    party = ["name", "personal_id", "born", "tax_code", "phone", "email"]
    assert fields == [
        *(f"owner.{name}" for name in party), *(f"submitter.{name}" for name in party), "result_place",
        "components.to-khai", "set_count", "abstract",
    ]  # fmt: skip


def test_a_check_digit_warns_and_never_blocks() -> None:
    odd = replace(GOOD, owner=_owner(tax_code="0100109107"), submitter=replace(SUBMITTER, tax_code="0100109106"))
    assert [(one.code, one.field) for one in warnings_in_application(odd)] == [
        ("tax_code_check_digit", "owner.tax_code")
    ]
    assert problems_of_people(odd, today=TODAY) == []


@given(
    name=st.text(max_size=400), phone=st.text(max_size=20), number=st.text(max_size=20), address=st.text(max_size=20)
)
def test_any_text_is_judged(name: str, phone: str, number: str, address: str) -> None:
    owner = PartyFacts(name=name, phone=phone, personal_id=number, tax_code=number, email=phone, address=address)
    for problem in problems_of_people(replace(GOOD, owner=owner), today=TODAY):
        assert problem.field.startswith("owner.")


@pytest.mark.parametrize(
    ("name", "typed", "tidy"),
    [
        ("owner.personal_id", " c 123.4567 ", "C1234567"),
        ("owner.phone", "+84 (912) 345-678", "0912345678"),
        ("owner.born", "5/9/1990", "05/09/1990"),
        ("owner.born", "31/02/1990", "31/02/1990"),
        ("owner.name", "Ða\u0300o\n Thị", "Đào Thị"),
        ("abstract", "Một\r\nhai", "Một\nhai"),
        ("owner.tax_code", "0100109106-001", "0100109106-001"),
    ],
)
def test_corrections_are_tidied(name: str, typed: str, tidy: str) -> None:
    assert name in CORRECTABLE
    assert tidy_value(name, typed) == tidy
    assert tidy_value(name, tidy) == tidy


@given(day=st.dates(date(1900, 1, 1)))
def test_days_are_read_as_written(day: date) -> None:
    assert parse_day(f"{day:%d/%m/%Y}") == day
    assert parse_day(day.isoformat()) is None


def test_one_party_has_one_name() -> None:
    class _Same:
        owner_id = submitter_id = 7

    assert one_name(_Same(), "submitter.phone") == "owner.phone"
    assert one_name(_Same(), "abstract") == "abstract"
    assert one_name(object(), "submitter.phone") == "submitter.phone"
