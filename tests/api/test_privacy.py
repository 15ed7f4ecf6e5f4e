"""People's data through the API: who reads it in full, who says what for first, and what is kept of it."""

from typing import Any
from urllib.parse import quote

import pytest

from motcua.agencies.terms import Right
from motcua.dossiers.api import outputs
from motcua.dossiers.models import Attachment, Dossier
from motcua.dossiers.tests.world import World
from motcua.journal.models import Reading
from tests.api.conftest import Programs
from tests.api.program import Answer, Program, program_of

_WHY = "Trả lời phản ánh số 12/PA, giảm 5% phí"
_NUMBER = "022190001234"


@pytest.fixture
def colleague(world: World) -> Program:
    """A specialist of another division of the same ward."""
    return program_of(world.officer("phong-khac", world.second_division, "Chuyên viên", Right.HANDLE))


def _ask(program: Program, path: str, purpose: str = "") -> Answer:
    return program.get(path, purpose=quote(purpose))


def _readings() -> list[Any]:
    return list(Reading.objects.order_by("id").values_list("kind", "purpose"))


def test_who_works_on_it_reads_in_full_and_it_is_kept(programs: Programs, world: World) -> None:
    path = f"/dossiers/{programs.received()}"
    for _ in range(2):
        whole = _ask(programs.clerk, path).json
        assert (whole["people"], whole["owner_party"]["personal_id"]) == (True, _NUMBER)
    row = Reading.objects.get()
    assert (row.kind, row.actor_id, row.code) == ("work", world.clerk.account_id, whole["code"])


def test_a_colleague_sees_masked_numbers_until_they_say_why(programs: Programs, colleague: Program) -> None:
    path = f"/dossiers/{programs.received()}"
    answer = _ask(colleague, path)
    outputs.DossierWhole.model_validate(answer.json, extra="forbid")
    party = answer.json["owner_party"]
    assert not answer.json["people"]
    assert (party["name"], party["personal_id"], party["phone"]) == ("Nguyễn Thị Hoà", "•••••••••234", "•••••••678")
    assert _NUMBER not in answer.content.decode()
    assert _readings() == []
    assert _ask(colleague, path, "abc").codes == ["purpose_missing"]
    assert _ask(colleague, path, _WHY).json["owner_party"]["personal_id"] == _NUMBER
    assert _readings() == [("look_up", _WHY)]


def test_papers_and_files_cannot_be_masked(programs: Programs, colleague: Program) -> None:
    dossier = Dossier.objects.get(pk=programs.submitted())
    assert programs.clerk.post(f"/dossiers/{dossier.pk}/receive").status == 200
    paper, file = dossier.papers.get(), Attachment.objects.get(dossier=dossier)
    for path in (f"/dossiers/{dossier.pk}/papers/{paper.pk}", f"/dossiers/{dossier.pk}/files/{file.pk}"):
        refused = _ask(colleague, path)
        assert (refused.status, refused.fields, refused.codes) == (422, ["X-Purpose"], ["purpose_missing"])
        assert _ask(colleague, path, _WHY).content.startswith(b"%PDF")
        assert _ask(programs.clerk, path).content.startswith(b"%PDF")
        assert _ask(programs.citizen, path).content.startswith(b"%PDF")
    assert [kind for kind, _purpose in _readings()] == ["look_up", "work"]


def test_an_overseer_says_why_before_anything(programs: Programs) -> None:
    dossier_id = programs.received()
    for path in (f"/dossiers/{dossier_id}", f"/dossiers/{dossier_id}/timeline", f"/dossiers/{dossier_id}/bill"):
        assert _ask(programs.overseer, path).codes == ["purpose_missing"]
        assert _readings() in ([], [("oversight", _WHY)])
        assert _ask(programs.overseer, path, _WHY).status == 200
    assert _readings() == [("oversight", _WHY)]


def test_a_purpose_may_come_as_plain_utf_8(programs: Programs, colleague: Program) -> None:
    """As `curl -H 'X-Purpose: …'` sends it; a server hands the bytes on as Latin-1."""
    path = f"/dossiers/{programs.received()}"
    why = "Phối hợp xác minh theo đề nghị của Phòng Kinh tế"
    assert colleague.get(path, purpose=why.encode().decode("latin-1")).status == 200
    assert _readings() == [("look_up", why)]


def test_people_read_their_own_data_without_a_note(programs: Programs) -> None:
    path = f"/dossiers/{programs.submitted()}"
    assert _ask(programs.citizen, path).json["owner_party"]["personal_id"] == _NUMBER
    assert _readings() == []


def test_lists_tell_no_numbers(programs: Programs, colleague: Program) -> None:
    programs.received()
    for program in (colleague, programs.overseer, programs.clerk):
        for path in ("/dossiers", "/queue"):
            assert _NUMBER not in _ask(program, path).content.decode()
            assert "0912345678" not in _ask(program, path).content.decode()


def test_the_description_says_where_the_purpose_goes(programs: Programs) -> None:
    document = programs.clerk.client.get("/api/v1/openapi.json").json()
    for name in ("", "/timeline", "/bill", "/papers/{paper_id}", "/files/{file_id}"):
        parameters = document["paths"][f"/api/v1/dossiers/{{dossier_id}}{name}"]["get"]["parameters"]
        (found,) = [one for one in parameters if one["in"] == "header"]
        assert (found["name"], found["required"]) == ("X-Purpose", False)
        assert "mục đích" in found["description"].lower()
