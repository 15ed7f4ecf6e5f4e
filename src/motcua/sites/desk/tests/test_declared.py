"""The e-form at the counter and on the desk: typed, read, answered anew, put right."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from motcua.agencies.terms import Right
from motcua.dossiers.actions.compose import save_draft, save_form_page, start_draft
from motcua.dossiers.models import Dossier, FormAnswers
from motcua.dossiers.queries.drafts import counter_code
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.stages import renewed
from motcua.dossiers.tests.world import MONDAY, TYPED, World, definition_with_form
from motcua.journal.models import Entry, Reading
from motcua.procedures.models import Procedure
from motcua.sites.desk.tests.browser import hidden_fields, text_of
from motcua.sites.desk.tests.conftest import SignIn
from motcua.sites.desk.tests.test_intake import ADDRESS
from motcua.sites.desk.tests.test_intake import TYPED as PARTY

ANSWERS = {f"form.{name}": value for name, value in TYPED.items()}


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.DATA_DIR = tmp_path
    return World(definition_with_form()).build()


def take_in(client: Client, **typed: Any) -> Any:
    page = client.get(ADDRESS)
    return client.post(ADDRESS, hidden_fields(page) | PARTY | typed)


def act(client: Client, dossier: Dossier, slug: str, **typed: Any) -> Any:
    path = f"/mot-cua/ho-so/{dossier.code}/{slug}/"
    return client.post(path, hidden_fields(client.get(path)) | typed)


class TestCounter:
    def test_the_clerk_types_the_form(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.clerk)
        page = text_of(client.get(ADDRESS))
        assert 'name="form.child_name"' in page
        assert 'name="form.wedding_number"' not in page
        answer = take_in(client, **ANSWERS)
        assert answer.status_code == 302, text_of(answer)
        answers = FormAnswers.objects.get()
        assert (answers.values["child_name"], answers.values["sibling_count"]) == ("Nguyễn An Bình", 1)
        assert answers.provenance["born"]["source"] == "clerk"

    def test_on_paper_nothing_is_typed(self, world: World, sign_in: SignIn) -> None:
        assert take_in(sign_in(world.clerk)).status_code == 302
        assert not FormAnswers.objects.exists()

    def test_a_refusal_keeps_everything_and_asks_what_is_missing(self, world: World, sign_in: SignIn) -> None:
        page = take_in(sign_in(world.clerk), **{**ANSWERS, "form.wedded": "yes", "form.born": "31/2/2026"})
        assert page.status_code == 422
        text = text_of(page)
        assert 'name="form.wedding_number"' in text
        assert 'value="31/2/2026"' in text
        assert 'value="Nguyễn An Bình"' in text
        assert "Hãy nhập “Số giấy kết hôn”." in text
        assert not Dossier.objects.exists()

    def test_rows_and_conditions_without_a_script(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.clerk)
        page = text_of(take_in(client, **ANSWERS, go="row+siblings"))
        assert 'name="form.siblings.1.name"' in page
        assert "chỗ cần sửa" not in page
        assert 'value="Trần Văn Đức"' in page
        page = text_of(take_in(client, **{**ANSWERS, "form.wedded": "yes"}, fill="form"))
        assert 'name="form.wedding_number"' in page
        assert not Dossier.objects.exists()

    def test_the_key_holds_for_the_form_too(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.clerk)
        said = hidden_fields(client.get(ADDRESS)) | PARTY | ANSWERS
        first, second = client.post(ADDRESS, said), client.post(ADDRESS, said)
        assert first["Location"] == second["Location"]
        assert Dossier.objects.count() == 1
        other = client.post(ADDRESS, said | {"form.child_name": "Nguyễn Khác"})
        assert other.status_code == 409

    def test_what_a_citizen_prepared_is_taken_over_by_its_code(self, world: World, sign_in: SignIn) -> None:
        draft = start_draft(actor=world.citizen, procedure_id=Procedure.objects.get().pk, at=MONDAY)
        save_draft(
            actor=world.citizen, draft_id=draft.pk, page="thong-tin", values={"owner-name": "Lê Thị Na"}, at=MONDAY
        )
        save_form_page(actor=world.citizen, draft_id=draft.pk, page="tre", typed=TYPED, marks={}, at=MONDAY)
        client = sign_in(world.clerk)
        wrong = take_in(client, draft_code=f"{draft.pk}-000000", fill="draft")
        assert "Không có bản soạn sẵn mang mã này" in text_of(wrong)
        code = counter_code(draft)
        page = take_in(client, draft_code=code, fill="draft")
        text = text_of(page)
        assert 'value="Lê Thị Na"' in text
        assert 'value="Nguyễn An Yên"' in text
        assert Entry.objects.filter(verb="draft.taken", object_id=str(draft.pk)).count() == 1
        done = take_in(client, **{**ANSWERS, "form.child_name": "Nguyễn An"}, draft_code=code)
        assert done.status_code == 302, text_of(done)
        sources = {key: mark["source"] for key, mark in FormAnswers.objects.get().provenance.items()}
        assert (sources["child_name"], sources["siblings"]) == ("clerk", "typed")

    def test_it_weighs_little(self, world: World, sign_in: SignIn) -> None:
        assert len(sign_in(world.clerk).get(ADDRESS).content) < 40 * 1024


class TestDossierPage:
    def test_who_works_on_it_reads_it(self, world: World, sign_in: SignIn) -> None:
        dossier = world.received(form=TYPED)
        client = sign_in(world.clerk)
        page = text_of(client.get(f"/mot-cua/ho-so/{dossier.code}/"))
        assert "Nguyễn An Yên" in page
        assert f"(từ {world.clerk.name} nhập)" in page
        assert Reading.objects.filter(kind="work").count() == 1
        pdf = client.get(f"/mot-cua/ho-so/{dossier.code}/to-khai.pdf")
        assert pdf.content.startswith(b"%PDF")

    def test_a_colleague_says_why_first(self, world: World, sign_in: SignIn) -> None:
        dossier = world.received(form=TYPED)
        colleague = world.officer("phong-khac", world.second_division, "Chuyên viên", Right.HANDLE)
        client = sign_in(colleague)
        page = text_of(client.get(f"/mot-cua/ho-so/{dossier.code}/"))
        assert "Nguyễn An Yên" not in page
        assert "Tờ khai điện tử chỉ hiện sau khi nêu mục đích xem" in page
        assert client.get(f"/mot-cua/ho-so/{dossier.code}/to-khai.pdf").status_code == 302


class TestActs:
    def test_asking_for_an_answer_anew_and_getting_it(self, world: World, sign_in: SignIn) -> None:
        dossier = world.received(form=TYPED)
        client = sign_in(world.clerk)
        done = act(client, dossier, "yeu-cau-bo-sung", fields=["child_name"])
        assert done.status_code == 302, text_of(done)
        page = text_of(client.get(f"/mot-cua/ho-so/{dossier.code}/bo-sung/"))
        assert 'name="form.child_name"' in page
        assert 'name="form.born"' not in page
        done = act(client, dossier, "bo-sung", **{"form.child_name": "Nguyễn An"})
        assert done.status_code == 302, text_of(done)
        assert FormAnswers.objects.get().values["child_name"] == "Nguyễn An"
        page = text_of(client.get(f"/mot-cua/ho-so/{dossier.code}/"))
        assert "Nguyễn An Bình" in page  # in the history

    def test_putting_an_answer_right(self, world: World, sign_in: SignIn) -> None:
        dossier = world.received(form=TYPED)
        clerk = sign_in(world.clerk)
        typed = {**ANSWERS, "form.child_name": "Nguyễn An"}
        wrong = act(clerk, dossier, "dinh-chinh", **{**typed, "form.born": "x"}, reason="Ghi sai")
        assert wrong.status_code == 422
        assert 'value="Nguyễn An"' in text_of(wrong)
        row = act(clerk, dossier, "dinh-chinh", **typed, go="row+siblings")
        assert 'name="form.siblings.1.name"' in text_of(row)
        done = act(clerk, dossier, "dinh-chinh", **typed, **PARTY_SAME, reason="Ghi sai")
        assert done.status_code == 302, text_of(done)
        assert FormAnswers.objects.get().values["child_name"] == "Nguyễn An Bình"
        head = sign_in(world.head)
        page = text_of(head.get(f"/mot-cua/ho-so/{dossier.code}/duyet-dinh-chinh/"))
        assert "Tờ khai: Họ tên trẻ" in page
        assert "Nguyễn An Bình" in page

    def test_another_version_of_the_procedure(self, world: World, sign_in: SignIn) -> None:
        dossier = world.received(form=TYPED)
        client = sign_in(world.head)
        path = f"/mot-cua/ho-so/{dossier.code}/chuyen-phien-ban/"
        assert client.get(path).status_code == 302
        renewed(definition_with_form(components=[{"key": "chung-sinh", "name": "Giấy chứng sinh", "originals": 1}]))
        page = text_of(client.get(path))
        assert "Cần thêm giấy tờ: Giấy chứng sinh." in page
        refused = act(client, dossier, "chuyen-phien-ban", reason="")
        assert refused.status_code == 422
        done = act(client, dossier, "chuyen-phien-ban", reason="Theo quyết định mới")
        assert done.status_code == 302, text_of(done)
        assert Dossier.objects.get().version.number == 2
        assert Act.REBASE.label in text_of(client.get(f"/mot-cua/ho-so/{dossier.code}/"))


PARTY_SAME = {
    "owner.name": "Nguyễn Thị Hoà", "owner.personal_id": "022190001234", "owner.phone": "0912345678",
    "owner.address": "Tổ 1, khu 2", "set_count": "1", "result_channel": "in_person",
}  # fmt: skip
