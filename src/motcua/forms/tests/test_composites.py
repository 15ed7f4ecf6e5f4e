"""People, organisations, addresses, parcels, points."""

from datetime import date
from decimal import Decimal

from motcua.forms.tests.samples import answers, codes, form_of

_PERSON = {"key": "mother", "kind": "person", "label": "Mẹ"}
_GIVEN = {
    "mother.name": "Trần Thị Ba",
    "mother.personal_id": "001190000001",
    "mother.born": "1/1/1990",
    "mother.gender": "female",
}


def test_a_person_is_held_against_the_personal_number() -> None:
    form = form_of({**_PERSON, "parts": ["name", "personal_id", "born", "gender"]})
    found = answers(form, _GIVEN)
    assert found.problems == ()
    assert found.values["mother"] == {
        "name": "Trần Thị Ba",
        "personal_id": "001190000001",
        "born": date(1990, 1, 1),
        "gender": "female",
    }
    assert codes(form, {**_GIVEN, "mother.born": "1/1/1991"}) == {"mother.personal_id": ["personal_id_birth_year"]}
    assert codes(form, {**_GIVEN, "mother.gender": "male"}) == {"mother.personal_id": ["personal_id_gender"]}
    assert codes(form, {**_GIVEN, "mother.born": "3/3/2026"})["mother.born"] == ["born_in_future"]
    assert codes(form, {**_GIVEN, "mother.personal_id": "12"}) == {"mother.personal_id": ["personal_id_format"]}


def test_problems_of_a_part_say_whose_it_is() -> None:
    form = form_of({**_PERSON, "parts": ["name", "phone"], "required": True})
    assert [problem.message for problem in answers(form, {}).problems] == [
        "Mẹ: hãy nhập “Họ, chữ đệm, tên”.",
        "Mẹ: hãy nhập “Số điện thoại”.",
    ]


def test_a_person_not_required_is_asked_for_whole_once_begun() -> None:
    form = form_of({**_PERSON, "parts": ["name", "born", "phone"], "optional_parts": ["phone"]})
    assert answers(form, {}).values == {}
    assert answers(form, {"mother.name": " "}).problems == ()
    assert codes(form, {"mother.name": "Trần Thị Ba"}) == {"mother.born": ["required"]}


def test_an_organisation_has_its_tax_code_checked() -> None:
    form = form_of({"key": "firm", "kind": "organisation", "parts": ["name", "tax_code"]})
    found = answers(form, {"firm.name": "Công ty A", "firm.tax_code": "0100 109 106"})
    assert found.values["firm"] == {"name": "Công ty A", "tax_code": "0100109106"}
    assert codes(form, {"firm.name": "A", "firm.tax_code": "1"}) == {"firm.tax_code": ["tax_code_format"]}


def test_an_address_keeps_codes_names_and_one_line() -> None:
    form = form_of({"key": "home", "kind": "address", "required": True})
    typed = {"home.province": "thành phố hà nội", "home.commune": "Phường Ba Đình", "home.line": "Số 1"}
    assert answers(form, typed).values["home"] == {
        "province": "01",
        "province_name": "Thành phố Hà Nội",
        "commune": "00004",
        "commune_name": "Phường Ba Đình",
        "line": "Số 1",
        "text": "Số 1, Phường Ba Đình, Thành phố Hà Nội",
    }


def test_an_address_uses_the_units_of_its_day() -> None:
    fields = (
        {"key": "since", "kind": "date"},
        {"key": "home", "kind": "address", "units_on": "since", "optional_parts": ["line"]},
    )
    form = form_of(*fields)
    old = answers(form, {"since": "1/6/2024", "home.province": "46", "home.commune": "19789"})
    assert old.problems == ()
    assert old.values["home"]["text"] == "Phường Đông Ba, Tỉnh Thừa Thiên Huế"  # type: ignore[index]
    new = {"since": "1/8/2025", "home.province": "46", "home.commune": "19789"}
    assert codes(form, new) == {"home.commune": ["unknown_option"]}


def test_a_commune_of_another_province_is_refused_and_a_missing_one_asked_for() -> None:
    form = form_of({"key": "home", "kind": "address", "required": True, "optional_parts": ["line"]})
    assert codes(form, {"home.province": "46", "home.commune": "00004"}) == {"home.commune": ["unknown_option"]}
    assert codes(form, {"home.province": "46"}) == {"home.commune": ["required"]}
    assert codes(form, {}) == {"home.province": ["required"]}


def test_the_address_of_a_person_can_leave_out_the_house() -> None:
    form = form_of({**_PERSON, "parts": ["name", "address"], "optional_parts": ["address.line"], "required": True})
    typed = {"mother.name": "Ba", "mother.address.province": "01", "mother.address.commune": "00004"}
    assert answers(form, typed).problems == ()
    assert codes(form, {"mother.name": "Ba", "mother.address.province": "99"}) == {
        "mother.address.province": ["unknown_option"]
    }


def test_parcels_and_points() -> None:
    form = form_of(
        {"key": "land", "kind": "land_parcel", "parts": ["sheet", "number", "area"]}, {"key": "at", "kind": "map_point"}
    )
    typed = {
        "land.sheet": "12",
        "land.number": "34",
        "land.area": "1.120,5 m²",
        "at.latitude": "21.0285",
        "at.longitude": "105,8542",
    }
    assert answers(form, typed).values == {
        "land": {"sheet": "12", "number": "34", "area": Decimal("1120.5")},
        "at": {"latitude": Decimal("21.0285"), "longitude": Decimal("105.8542")},
    }
    assert codes(form, {"at.latitude": "48.85", "at.longitude": "2.35"}) == {
        "at.latitude": ["too_large"],
        "at.longitude": ["too_small"],
    }
    assert codes(form, {"at.latitude": "21"}) == {"at.longitude": ["required"]}
