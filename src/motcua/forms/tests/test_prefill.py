"""First values and where they come from."""

from datetime import date

from motcua.forms.rules.prefill import first_values, provenance_after
from motcua.forms.tests.samples import WHOLE, answers, form_of

_ACCOUNT = {
    "@by": "Nguyễn Văn An",
    "@at": "2026-03-02T08:00:00+07:00",
    "name": "Nguyễn Văn An",
    "born": date(1990, 2, 1),
    "email": "an@example.vn",
    "address": "12 Đội Cấn",
    "weight": 70,
}


def test_the_parts_of_a_person_come_from_the_account() -> None:
    found = first_values(WHOLE, {"account": _ACCOUNT})
    assert found.typed == {
        "owner.name": "Nguyễn Văn An",
        "owner.born": "01/02/1990",
        "owner.address.line": "12 Đội Cấn",
        "email": "an@example.vn",
    }
    said = {"source": "account", "by": "Nguyễn Văn An", "at": "2026-03-02T08:00:00+07:00"}
    assert found.provenance == {"owner": said, "email": said}


def test_the_first_source_that_has_a_value_is_taken() -> None:
    form = form_of(
        {"key": "name", "kind": "name", "prefill": ["dossier:1.001193.child.name", "result:KQ.G15.000031.name"]},
        {"key": "firm", "kind": "organisation", "prefill": ["business"], "parts": ["name", "tax_code"]},
        {"key": "shop", "kind": "organisation", "prefill": ["business.name"], "parts": ["name"]},
        {"key": "plain", "kind": "text", "prefill": ["business"], "default": "như cũ"},
        {"key": "none", "kind": "text", "prefill": ["dossier:1.000000.x"]},
    )
    sources = {
        "dossier:1.001193": {"child": {"name": ""}, "@ref": "H26-1"},
        "result:KQ.G15.000031": {"name": "Lê Thị Bé"},
        "business": {"name": "Công ty A", "tax_code": "0100109106", "capital": 5},
    }
    found = first_values(form, sources)
    assert found.typed == {
        "name": "Lê Thị Bé",
        "firm.name": "Công ty A",
        "firm.tax_code": "0100109106",
        "shop.name": "Công ty A",
        "plain": "như cũ",
    }
    assert found.provenance["name"] == {"source": "result", "ref": "KQ.G15.000031"}
    assert "plain" not in found.provenance


def test_an_address_of_a_former_dossier_fills_its_parts() -> None:
    form = form_of({"key": "who", "kind": "person", "parts": ["name", "address"], "prefill": ["dossier:1.1.child"]})
    home = {"province": "01", "province_name": "Thành phố Hà Nội", "commune": "00004", "line": "", "text": "…"}
    found = first_values(form, {"dossier:1.1": {"child": {"name": "Bé", "address": home}}})
    assert found.typed == {"who.name": "Bé", "who.address.province": "01", "who.address.commune": "00004"}


def test_values_of_a_former_dossier_read_again() -> None:
    form = form_of(
        {"key": "day", "kind": "date", "prefill": ["dossier:1.1.day"]},
        {
            "key": "t",
            "kind": "table",
            "prefill": ["dossier:1.1.t"],
            "columns": [{"key": "n", "kind": "number", "label": "N"}],
        },
    )
    found = first_values(form, {"dossier:1.1": {"day": "2026-01-02", "t": [{"n": 5}]}})
    assert found.typed == {"day": "02/01/2026", "t.0.n": "5"}
    assert answers(form, found.typed).problems == ()


def test_what_somebody_changes_is_theirs() -> None:
    first = first_values(WHOLE, {"account": _ACCOUNT})
    typed = {**first.typed, "owner.name": "Nguyễn Văn Anh", "phone": "0912345678", "shop": ""}
    after = provenance_after(
        first.provenance, first.typed, typed, source="typed", by="An", at="2026-03-02T09:00:00+07:00"
    )
    mine = {"source": "typed", "by": "An", "at": "2026-03-02T09:00:00+07:00"}
    assert after == {"owner": mine, "email": first.provenance["email"], "phone": mine}
    gone = provenance_after(after, typed, {"phone": "0912345678"}, source="clerk", by="B", at="x")
    assert gone == {"phone": mine}
