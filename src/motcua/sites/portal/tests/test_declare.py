"""The e-form on the way of handing in."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.dossiers.actions.request_supplement import request_supplement
from motcua.dossiers.models import Dossier, Draft, FormAnswers
from motcua.dossiers.tests.stages import renewed
from motcua.dossiers.tests.world import CODE, FORM, World, definition
from motcua.identity.models import Account
from motcua.sites.portal.tests.conftest import photo, signed_in
from motcua.sites.portal.tests.journey import ME, begun, handed_in

CHILD = {"child_name": "Nguyễn An Bình", "born": "1/3/2026", "wedded": "yes"}


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.DATA_DIR = tmp_path
    fields = [*FORM["pages"][0]["fields"], {"key": "photo", "kind": "file", "label": "Ảnh trẻ", "component": "anh"}]
    pages = [{**FORM["pages"][0], "fields": fields}, *FORM["pages"][1:]]
    return World(definition(form={**FORM, "pages": pages})).build()


@pytest.fixture
def citizen(world: World, client: Client) -> Client:
    account = Account.objects.get(pk=world.citizen.account_id)
    account.phone = "0911222333"
    account.save()
    return signed_in(client, world.citizen)


def before_form(client: Client, world: World) -> str:
    base = begun(client)
    client.post(f"{base}noi-nop/", {"agency": str(world.ward.pk), "case": "default"})
    client.post(f"{base}nop-cho-ai/", {"source": "self"})
    step = client.post(f"{base}thong-tin/", ME)
    assert step.url == f"{base}to-khai/tre/"
    return base


def declared(client: Client, world: World) -> str:
    base = before_form(client, world)
    client.post(f"{base}to-khai/tre/", CHILD)
    finished(client, base)
    return base


def finished(client: Client, base: str) -> None:
    """Fill every page after the first of the e-form."""
    client.post(f"{base}to-khai/ket-hon/", {"wedding_number": "12/2025"})
    client.post(f"{base}to-khai/anh-chi/", {"siblings.0.name": "Nguyễn An Yên", "applicant_phone": "0911222333"})
    client.post(f"{base}giay-to/", {"tep-to-khai": photo(), "go": "next"})
    client.post(f"{base}nhan-ket-qua/", {"result_channel": "in_person"})


def draft_of(base: str) -> Draft:
    return Draft.objects.get(pk=int(base.rstrip("/").rsplit("/", 1)[-1]))


def test_the_whole_way(citizen: Client, world: World) -> None:
    base = before_form(citizen, world)
    page = citizen.get(f"{base}to-khai/tre/").content.decode()
    assert "Trẻ được khai sinh" in page
    assert '<li class="done"' in page or "Tờ khai" in page
    step = citizen.post(f"{base}to-khai/tre/", CHILD)
    assert step.url == f"{base}to-khai/ket-hon/"
    step = citizen.post(step.url, {"wedding_number": "12/2025"})
    assert step.url == f"{base}to-khai/anh-chi/"
    step = citizen.post(step.url, {"siblings.0.name": "Nguyễn An Yên", "applicant_phone": "0911222333"})
    assert step.url == f"{base}giay-to/"
    citizen.post(f"{base}giay-to/", {"tep-to-khai": photo(), "go": "next"})
    citizen.post(f"{base}nhan-ket-qua/", {"result_channel": "in_person"})
    page = citizen.get(f"{base}xem-lai/").content.decode()
    for text in ("Nguyễn An Bình", "01/03/2026", "12/2025", "Nguyễn An Yên", f"{base}to-khai/anh-chi/"):
        assert text in page
    assert citizen.get(f"{base}to-khai.pdf").content.startswith(b"%PDF")
    assert handed_in(citizen, base).status_code == 302
    answers = FormAnswers.objects.get()
    assert answers.values == {
        "child_name": "Nguyễn An Bình", "born": "2026-03-01", "wedded": True, "wedding_number": "12/2025",
        "siblings": [{"name": "Nguyễn An Yên"}], "sibling_count": 1, "applicant_phone": "0911222333",
    }  # fmt: skip
    sources = {key: mark["source"] for key, mark in answers.provenance.items()}
    assert (sources["child_name"], sources["applicant_phone"]) == ("typed", "account")
    dossier = Dossier.objects.get()
    page = citizen.get(f"/ho-so/{dossier.code}/").content.decode()
    assert "12/2025" in page
    assert citizen.get(f"/ho-so/{dossier.code}/to-khai.pdf").content.startswith(b"%PDF")
    assert citizen.get("/du-lieu-cua-toi/tai/").json()["ho_so"][0]["to_khai"] == answers.values


def test_a_page_without_questions_is_skipped(citizen: Client, world: World) -> None:
    base = before_form(citizen, world)
    step = citizen.post(f"{base}to-khai/tre/", {**CHILD, "wedded": "no"})
    assert step.url == f"{base}to-khai/anh-chi/"
    assert citizen.get(f"{base}to-khai/ket-hon/").url == f"{base}to-khai/anh-chi/"


def test_what_is_wrong_is_kept_and_explained(citizen: Client, world: World) -> None:
    base = before_form(citizen, world)
    step = citizen.post(f"{base}to-khai/tre/", {"child_name": "Nguyễn An Bình", "born": "31/2/2026"})
    page = step.content.decode()
    assert step.status_code == 422
    assert 'value="31/2/2026"' in page
    assert page.index('class="summary"') < page.index("<h1>")
    assert draft_of(base).data["to-khai"]["born"] == "31/2/2026"
    assert citizen.get(f"{base}to-khai/anh-chi/").url == f"{base}to-khai/tre/"
    assert citizen.get(f"{base}giay-to/").url == f"{base}to-khai/tre/"


def test_later_and_rows_save_too(citizen: Client, world: World) -> None:
    base = before_form(citizen, world)
    step = citizen.post(f"{base}to-khai/tre/", {"child_name": "An", "go": "later"})
    assert step.url == "/ho-so/"
    assert draft_of(base).data["to-khai"]["child_name"] == "An"
    citizen.post(f"{base}to-khai/tre/", {**CHILD, "wedded": "no"})
    step = citizen.post(f"{base}to-khai/anh-chi/", {"siblings.0.name": "Yên", "go": "row+siblings"})
    page = step.content.decode()
    assert step.status_code == 200
    assert 'name="siblings.1.name"' in page
    assert draft_of(base).data["to-khai"]["siblings.0.name"] == "Yên"
    step = citizen.post(f"{base}to-khai/anh-chi/", {"siblings.0.name": "Yên", "go": "row-siblings.0"})
    assert "Yên" not in step.content.decode()
    assert "siblings.0.name" not in draft_of(base).data["to-khai"]


def test_what_the_house_knows_stands_there_with_its_source(citizen: Client, world: World) -> None:
    base = before_form(citizen, world)
    citizen.post(f"{base}to-khai/tre/", {**CHILD, "wedded": "no"})
    page = citizen.get(f"{base}to-khai/anh-chi/").content.decode()
    assert 'value="0911222333"' in page
    assert 'Điện thoại <span class="soft">(từ tài khoản của người nộp)</span>' in page
    citizen.post(f"{base}to-khai/anh-chi/", {"applicant_phone": "0987654321"})
    assert draft_of(base).data["to-khai.nguon"]["applicant_phone"]["source"] == "typed"


def test_a_file_of_the_form_lies_with_its_paper(citizen: Client, world: World) -> None:
    base = before_form(citizen, world)
    step = citizen.post(f"{base}to-khai/tre/", {**CHILD, "photo": photo("mat.png")})
    assert step.url == f"{base}to-khai/ket-hon/"
    file = draft_of(base).files.get()
    assert (file.component_key, file.name) == ("anh", "mat.png")
    again = citizen.get(f"{base}to-khai/tre/").content.decode()
    assert "Đã có 1 tệp." in again
    finished(citizen, base)
    handed_in(citizen, base)
    assert FormAnswers.objects.get().values["photo"] == 1
    component = Dossier.objects.get().components.get(key="anh")
    assert [one.name for one in component.attachments.all()] == ["mat.png"]


def test_changing_an_answer_forgets_what_hangs_on_it(citizen: Client, world: World) -> None:
    base = declared(citizen, world)
    step = citizen.post(f"{base}to-khai/tre/", {**CHILD, "wedded": "no"})
    assert step.url == f"{base}to-khai/anh-chi/"
    handed_in(citizen, base)
    assert "wedding_number" not in FormAnswers.objects.get().values


def test_a_stranger_sees_nothing_of_it(citizen: Client, world: World) -> None:
    base = declared(citizen, world)
    other = signed_in(Client(), world.other_citizen)
    assert other.get(f"{base}to-khai/tre/").status_code == 404
    assert other.get(f"{base}to-khai.pdf").status_code == 404


def test_a_procedure_of_today_without_the_form_has_no_such_page(citizen: Client, world: World) -> None:
    base = before_form(citizen, world)
    assert citizen.get(f"{base}to-khai/khong-co/").url == f"{base}to-khai/tre/"
    assert citizen.get(f"/thu-tuc/{CODE}/nop/0/to-khai/tre/").status_code == 404


def test_a_page_weighs_little(citizen: Client, world: World) -> None:
    base = before_form(citizen, world)
    assert len(citizen.get(f"{base}to-khai/tre/").content) < 14 * 1024


def test_answering_anew_what_the_officer_asked_for(citizen: Client, world: World) -> None:
    base = declared(citizen, world)
    handed_in(citizen, base)
    dossier = Dossier.objects.get()
    request_supplement(
        actor=world.clerk, dossier_id=dossier.pk, at=timezone.now(), grounds=(), fields=["wedded", "siblings"]
    )
    path = f"/ho-so/{dossier.code}/bo-sung/"
    page = citizen.get(path).content.decode()
    assert "Khai lại: Cha mẹ có đăng ký kết hôn, Anh chị em ruột." in page
    assert 'name="form.wedded"' in page
    assert 'name="form.born"' not in page
    fresh = Dossier.objects.get()
    said = {
        "key": "k1", "revision": str(fresh.revision), "form.@shown": "wedded siblings", "form.wedded": "no",
        "form.siblings.0.name": "Nguyễn An Yến",
    }  # fmt: skip
    row = citizen.post(path, {**said, "go": "row+siblings"})
    assert row.status_code == 200
    assert 'name="form.siblings.1.name"' in row.content.decode()
    wrong = citizen.post(path, {**said, "form.siblings.0.age": "-2"})
    assert wrong.status_code == 422
    assert 'value="Nguyễn An Yến"' in wrong.content.decode()
    done = citizen.post(path, said)
    assert done.url == f"/ho-so/{dossier.code}/"
    values = FormAnswers.objects.get().values
    assert (values["wedded"], values["siblings"]) == (False, [{"name": "Nguyễn An Yến"}])
    assert "wedding_number" not in values


def test_a_form_that_asks_nothing_in_this_case_is_passed_over(citizen: Client, world: World) -> None:
    pages = [{**FORM["pages"][1], "when": "case == 'other'"}]
    renewed(definition(form={"title": "Tờ khai", "pages": pages}))
    base = begun(citizen)
    citizen.post(f"{base}noi-nop/", {"agency": str(world.ward.pk), "case": "default"})
    citizen.post(f"{base}nop-cho-ai/", {"source": "self"})
    assert citizen.post(f"{base}thong-tin/", ME).url == f"{base}giay-to/"
    assert citizen.get(f"{base}to-khai/ket-hon/").status_code == 404
    citizen.post(f"{base}giay-to/", {"tep-to-khai": photo(), "go": "next"})
    citizen.post(f"{base}nhan-ket-qua/", {"result_channel": "in_person"})
    assert handed_in(citizen, base).status_code == 302
    assert FormAnswers.objects.get().values == {}
