"""Lists, filters, pages, my queue; and how many queries they take."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.api import outputs
from motcua.dossiers.tests.world import MONDAY, World
from tests.api.conftest import Programs
from tests.api.program import Program, application

CEILING = 15


def _codes(program: Program, **query: Any) -> list[str]:
    answer = program.get("/dossiers", **query)
    assert answer.status == 200, answer.json
    return [row["code"][-4:] for row in answer.json["dossiers"]]


def test_filters(programs: Programs, world: World) -> None:
    clerk = programs.clerk
    first = programs.received()
    owner = {"name": "Đặng Văn Ất", "personal_id": "022085000001", "phone": "0387654321"}
    programs.received(owner=owner)
    programs.submitted(external_code="VNEID-77")
    clerk.post(f"/dossiers/{first}/forward")
    assert _codes(clerk) == ["0003", "0002", "0001"]
    assert _codes(clerk, q="nguyen thi hoa") == ["0003", "0001"]
    assert _codes(clerk, q="dang van at") == ["0002"]
    assert _codes(clerk, q="0387 654 321") == ["0002"]
    assert _codes(clerk, q="022085000001") == ["0002"]
    assert _codes(clerk, q="H49.61-260302-0003") == ["0003"]
    assert _codes(clerk, q="vneid-77") == ["0003"]
    assert _codes(clerk, q="khong ai") == []
    assert _codes(clerk, q="!!!") == []
    assert _codes(clerk, status=1) == ["0003"]
    assert _codes(clerk, status=4) == ["0001"]
    assert _codes(clerk, unit=world.division.slug) == ["0001"]
    assert _codes(clerk, due_before="2026-03-06T00:00:00+07:00") == ["0002", "0001"]
    assert _codes(clerk, due_before=(MONDAY - timedelta(days=1)).isoformat()) == []
    assert _codes(programs.citizen) == ["0003"]
    assert _codes(programs.overseer) == ["0003", "0002", "0001"]


def test_pages(programs: Programs) -> None:
    for number in range(5):
        programs.received(abstract=f"Hồ sơ {number}", confirmed_duplicate=True)
    seen: list[str] = []
    cursor = ""
    while True:
        page = programs.clerk.get("/dossiers", limit=2, cursor=cursor).json
        outputs.DossierPage.model_validate(page, extra="forbid")
        seen += [row["code"] for row in page["dossiers"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 5
    assert seen == sorted(seen, reverse=True)


def test_my_queue(programs: Programs) -> None:
    for _ in range(3):
        programs.received(confirmed_duplicate=True)
    first = programs.clerk.get("/queue", limit=2).json
    outputs.QueuePage.model_validate(first, extra="forbid")
    assert first["counts"]["cho-chuyen"] == 3
    rest = programs.clerk.get("/queue", limit=2, cursor=first["next_cursor"]).json
    assert len(rest["dossiers"]) == 1
    assert programs.clerk.get("/queue", box="cho-chuyen").json["dossiers"]
    assert programs.clerk.get("/queue", box="cho-tiep-nhan").json["dossiers"] == []
    assert programs.citizen.get("/queue").json["dossiers"] == []


def test_ceilings_of_queries(programs: Programs) -> None:
    dossier_id = programs.at_step("deliver")
    for _ in range(3):
        programs.received(confirmed_duplicate=True)
    for path in ("/dossiers", "/queue", f"/dossiers/{dossier_id}", f"/dossiers/{dossier_id}/timeline", "/procedures"):
        programs.clerk.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert programs.clerk.get(path).status == 200
        assert len(queries) <= CEILING, (path, [query["sql"][:90] for query in queries])


def test_everything_of_one_dossier(programs: Programs) -> None:
    at = f"/dossiers/{programs.at_step('deliver')}"
    whole = programs.clerk.get(at).json
    outputs.DossierWhole.model_validate(whole, extra="forbid")
    outputs.Timeline.model_validate(programs.clerk.get(f"{at}/timeline").json, extra="forbid")
    assert whole["acts"][0] == "deliver"
    assert whole["result"]["symbol"] == "GKS"
    assert whole["components"][0]["originals"] == 1
    assert whole["owner_party"]["personal_id"] == "022190001234"


def test_the_reasons(programs: Programs) -> None:
    found = programs.citizen.get("/dossiers/reasons").json
    outputs.Reasons.model_validate(found, extra="forbid")
    assert {"missing", "other"} <= {reason["code"] for reason in found["reasons"]}


def test_what_a_search_may_not_show(programs: Programs, world: World) -> None:
    programs.received()
    assert programs.stranger.get("/dossiers", q="nguyen thi hoa").json["dossiers"] == []
    made = programs.clerk.post("/dossiers", application(world, confirmed_duplicate=True))
    assert programs.other_citizen.get("/dossiers", q=made.json["code"]).json["dossiers"] == []
