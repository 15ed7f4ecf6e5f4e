"""What scanners type: cards old and new, typed over by input methods, and everything that is no card."""

from datetime import date

import pytest

from motcua.dossiers.tests.world import World
from motcua.sites.desk.identity_card import HOW_TO_SWITCH_OFF, reading_of
from motcua.sites.desk.tests.conftest import SignIn

OLD = "022090001234|012345678|Trần Văn Đức|05091990|Nam|Tổ 3, Hồng Gai, Quảng Ninh|01012022"
NEW = OLD + "||Trần Văn Cha|Lê Thị Mẹ|"


@pytest.mark.parametrize("text", [OLD, NEW, f"  {OLD}\n", OLD.replace("Trần Văn Đức", "TRẦN VĂN ĐỨC")])
def test_a_card_is_read(text: str) -> None:
    reading = reading_of(text, today=date(2026, 3, 2))
    assert reading.card is not None
    assert reading.card.personal_id == "022090001234"
    assert reading.card.name.upper() == "TRẦN VĂN ĐỨC"
    assert reading.card.born == date(1990, 9, 5)
    assert reading.card.address == "Tổ 3, Hồng Gai, Quảng Ninh"
    assert reading.problems == []


@pytest.mark.parametrize(
    "text",
    [
        OLD.replace("Trần Văn Đức", "Tra6n Va8n D9u7c1"),  # VNI left its digits
        OLD.replace("Trần Văn Đức", "Tran Van Ducs"),  # Telex left its letters
        OLD.replace("|Nam|", "|Namf|"),
    ],
)
def test_an_input_method_is_noticed(text: str) -> None:
    reading = reading_of(text)
    assert reading.is_mangled
    assert [one.message for one in reading.problems] == [HOW_TO_SWITCH_OFF]
    assert reading.card is not None
    assert (reading.card.personal_id, reading.card.name, reading.card.address) == ("022090001234", "", "")
    assert reading.card.born == date(1990, 9, 5)


def test_what_the_page_saw_counts_as_well() -> None:
    assert reading_of(OLD, changed=True).is_mangled
    assert not reading_of(OLD.replace("Trần Văn Đức", "Alex Nguyễn")).is_mangled


def test_a_scanner_without_vietnamese_letters_is_told_apart() -> None:
    reading = reading_of(OLD.replace("Trần Văn Đức", "Tr?n V?n D?c"))
    assert [one.code for one in reading.problems] == ["letters_lost"]


def test_wrong_digits_are_said() -> None:
    assert [one.code for one in reading_of(OLD.replace("05091990", "05091991")).problems] == ["personal_id_birth_year"]
    assert [one.code for one in reading_of(OLD.replace("05091990", "45091990")).problems] == ["card_day"]
    assert [one.code for one in reading_of(OLD, today=date(1989, 1, 1)).problems] == ["born_in_future"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "nhập tay"),
        ("abc", "nhập tay"),
        ("https://example.vn/x", "địa chỉ trang"),
        ("IDVNM0900012349022090001234<<", "MRZ"),
        ("DN4222212345678|54|01|1|", "bảo hiểm"),
        ("022090001234|012345678", "nhập tay"),
    ],
)
def test_what_is_no_card_is_named(text: str, word: str) -> None:
    reading = reading_of(text)
    assert reading.card is None
    assert word in reading.problems[0].message


def test_the_scripts_of_the_desk_are_answered(world: World, sign_in: SignIn) -> None:
    client, dossier = sign_in(world.clerk), world.received()
    said = client.post("/mot-cua/can-cuoc/", {"text": OLD}).json()
    assert said["fields"] == {
        "personal_id": "022090001234", "name": "Trần Văn Đức", "born": "05/09/1990",
        "address": "Tổ 3, Hồng Gai, Quảng Ninh",
    }  # fmt: skip
    mangled = client.post("/mot-cua/can-cuoc/", {"text": OLD, "changed": "1"}).json()
    assert set(mangled["fields"]) == {"personal_id", "born"}
    home = f"/mot-cua/ho-so/{dossier.code}/"
    for text in (dossier.code, dossier.code.lower(), f"http://motcua.vn/tra-cuu/{dossier.code}/{'x' * 20}/"):
        assert client.post("/mot-cua/can-cuoc/", {"text": text}).json() == {"url": home}
    assert "url" not in sign_in(world.stranger).post("/mot-cua/can-cuoc/", {"text": dossier.code}).json()
