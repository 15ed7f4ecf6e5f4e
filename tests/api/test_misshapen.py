"""Bodies that are not what they should be: always 422 with every problem under its own name, never 500."""

import json
from typing import Any

import pytest

from motcua.dossiers.tests.world import World
from tests.api.conftest import Programs
from tests.api.program import Program, application

ACTS = (
    "receive", "refuse", "request-supplement", "supplement", "assign", "forward", "appraise", "send-back",
    "approve", "reject", "seal", "deliver", "withdraw", "correct",
)  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"{", "json_invalid"),
        (b"{'a': 1}", "json_invalid"),
        (b'{"at": NaN}', "json_invalid"),
        (b'{"revision": ' + b"9" * 5000 + b"}", "json_invalid"),
        (b'{"note": "\xc3\x28"}', "not_utf8"),
        ("{}".encode("utf-16"), "not_utf8"),
        (b'{"at": null, "at": null}', "json_name_twice"),
        (b"[" * 100_000, "json_too_deep"),
        (b'{"at": ' + b"[" * 60 + b"]" * 60 + b"}", "json_too_deep"),
        (b"[]", "shape_model_attributes_type"),
        (b'"x"', "shape_model_attributes_type"),
        (b"1", "shape_model_attributes_type"),
        (b"null", "shape_model_attributes_type"),
    ],
)
def test_what_is_no_json_object(programs: Programs, raw: bytes, code: str) -> None:
    answer = programs.clerk.post("/dossiers/1/receive", raw=raw)
    assert (answer.status, answer.codes) == (422, [code])


@pytest.mark.parametrize("act", ACTS)
def test_every_act_names_every_wrong_field(programs: Programs, act: str) -> None:
    body = {"at": "30/02/2026", "revision": "ba", "no_such": 1, "note": 5, "reason": ["x"], "\u0000": 1, "\ud800": 2}
    answer = programs.clerk.post(f"/dossiers/{programs.received()}/{act}", body)
    assert answer.status == 422
    assert {"at", "revision", "no_such"} <= set(answer.fields)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"owner": None}, "owner"),
        ({"owner": "Hoà"}, "owner"),
        ({"owner": {}}, "owner.name"),
        ({"owner": {"name": 1}}, "owner.name"),
        ({"owner": {"name": "Hoà\u0000"}}, "owner.name"),
        ({"owner": {"name": "\ud800"}}, "owner.name"),
        ({"owner": {"name": "H" * 10_000}}, "owner.name"),
        ({"owner": {"name": "Hoà", "born": "30/02/1990"}}, "owner.born"),
        ({"owner": {"name": "Hoà", "born": "1990-02-30"}}, "owner.born"),
        ({"owner": {"name": "Hoà", "born": 0}}, "owner.born"),
        ({"owner": {"name": "Hoà", "age": 4}}, "owner.age"),
        ({"components": {"key": "to-khai"}}, "components"),
        ({"components": [{"originals": 1}]}, "components.0.key"),
        ({"components": [{"key": "to-khai", "originals": -1}]}, "components.0.originals"),
        ({"components": [{"key": "to-khai", "originals": 10**30}]}, "components.0.originals"),
        ({"components": [{"key": "to-khai", "originals": 1.5}]}, "components.0.originals"),
        ({"components": [{"key": "to-khai", "originals": True}]}, "components.0.originals"),
        ({"components": [{"key": "to-khai", "files": [1]}]}, "components.0.files.0"),
        ({"components": [{"key": "to-khai", "originals": 1, "files": ["x"]}]}, "components.0.files.0"),
        ({"components": [{"key": "to-khai"}] * 201}, "components"),
        ({"components": [{"key": "to-khai", "originals": 1}, {"key": "la"}]}, "components.1"),
        ({"components": [{"key": "to-khai", "originals": 1}] * 2}, "components.0"),
        ({"components": [{"key": "to-khai", "originals": 1, "note": "x" * 501}]}, "components.0"),
        ({"components": []}, "components"),
        ({"proxy_files": ["x", "y"]}, "proxy_files.1"),
        ({"set_count": 0}, "set_count"),
        ({"set_count": -5}, "set_count"),
        ({"set_count": "2"}, "set_count"),
        ({"channel": "pigeon"}, "channel"),
        ({"source": "hired"}, "submitter.name"),
        ({"receive": "yes"}, "receive"),
        ({"receive": 1}, "receive"),
        ({"case": "no-such"}, "case"),
        ({"procedure": "9.999999"}, "procedure"),
        ({"procedure": "\u0000"}, "procedure"),
        ({"agency": "H99.99"}, "agency"),
        ({"agency": "khong-co"}, "agency"),
        ({"desk": "khong-co"}, "desk"),
        ({"desk": "ubnd-phuong-hong-gai"}, "desk"),
        ({"result_channel": "post"}, "result_place"),
        ({"abstract": "x" * 1001}, "abstract"),
        ({"external_code": "x" * 101}, "external_code"),
        ({"at": 0}, "at"),
        ({"at": "2026-03-02"}, "at"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "at"),
        ({"at": "9999-12-31T23:59:59-12:00"}, "at"),
        ({"at": "2026-02-30T09:00:00"}, "at"),
        ({"at": "12345678901"}, "at"),
    ],
)
def test_a_dossier_with_one_thing_wrong(programs: Programs, world: World, change: dict[str, Any], field: str) -> None:
    answer = programs.clerk.post("/dossiers", application(world, **change))
    assert answer.status == 422
    assert field in answer.fields


def test_every_problem_at_once(programs: Programs, world: World) -> None:
    owner = {"name": "", "personal_id": "12", "phone": "1", "email": "x", "born": "2030-01-01"}
    wrong = application(world, owner=owner, agency="khong-co", desk="cung-khong", proxy_files=["x"])
    assert programs.clerk.post("/dossiers", wrong).fields == [
        "agency", "desk", "owner.born", "owner.email", "owner.name", "owner.personal_id", "owner.phone",
        "proxy_files.0",
    ]  # fmt: skip
    shapes = {"owner": {"name": 1, "born": "x"}, "channel": 1, "set_count": "y", "extra": True}
    answer = programs.clerk.post("/dossiers", shapes, key=None)
    assert answer.fields == [
        "Idempotency-Key", "channel", "extra", "owner.born", "owner.name", "procedure", "set_count",
    ]  # fmt: skip


def test_no_body_names_what_is_missing(programs: Programs) -> None:
    dossier_id = programs.received()
    missing = {act: programs.clerk.post(f"/dossiers/{dossier_id}/{act}") for act in ("assign", "approve", "reject")}
    assert {act: answer.fields for act, answer in missing.items()} == {
        "assign": ["to"],
        "approve": ["draft_number"],
        "reject": ["draft_number"],
    }
    assert programs.clerk.post("/dossiers").fields == ["owner", "procedure"]


def test_problems_of_the_acts_carry_the_names_of_the_request(programs: Programs) -> None:
    at = f"/dossiers/{programs.at_step('assign')}"
    assert programs.head.post(f"{at}/assign", {"to": "ai-do\u0000"}).fields == ["to"]
    assert programs.head.post(f"{at}/assign", {"to": "ai-do"}).fields == ["to"]
    assert programs.head.post(f"{at}/assign", {"to": "tiep-nhan"}).fields == ["to"]
    assert programs.head.post(f"{at}/send-back", {"to_step": "seal"}).fields == ["reason", "to_step"]
    at = f"/dossiers/{programs.at_step('appraise')}"
    assert programs.specialist.post(f"{at}/appraise", {"file": "x"}).fields == ["file"]
    assert programs.specialist.post(f"{at}/appraise", {"proposal": "perhaps"}).fields == ["proposal"]
    assert programs.specialist.post(f"{at}/appraise").fields == ["opinion", "text"]
    at = f"/dossiers/{programs.at_step('seal')}"
    assert programs.sealer.post(f"{at}/seal", {"issued_on": "2026-03-03"}).fields == ["issued_on", "number"]
    at = f"/dossiers/{programs.at_step('deliver')}"
    wrong = {"collector": "proxy", "personal_id": "1", "phone": "2"}
    assert programs.clerk.post(f"{at}/deliver", wrong).fields == ["name", "personal_id", "phone", "proxy_paper"]


def test_the_moment_of_an_act(programs: Programs) -> None:
    at = f"/dossiers/{programs.received()}"
    for moment in (
        "2026-03-02T08:00:00+07:00",
        "2026-03-02T10:00:00+07:00",
        "2026-03-02T10:00:00",
        "2099-01-01T00:00Z",
    ):
        answer = programs.clerk.post(f"{at}/forward", {"at": moment})
        assert (answer.status, answer.fields) == (409, ["at"]), moment
    assert programs.clerk.post(f"{at}/forward", {"at": "2026-03-02T09:15:00"}).status == 200


def test_a_stale_revision(programs: Programs) -> None:
    at = f"/dossiers/{programs.received()}"
    assert programs.clerk.post(f"{at}/forward", {"revision": 7}).status == 409
    assert programs.clerk.post(f"{at}/forward", {"revision": 1}).status == 200


@pytest.mark.parametrize("number", ["99999999999999999999", "9" * 5000, "0", "-1", "x", "1.0", "%00", "1%00"])
def test_no_such_dossier(programs: Programs, number: str) -> None:
    for answer in (
        programs.clerk.get(f"/dossiers/{number}"),
        programs.clerk.get(f"/dossiers/{number}/timeline"),
        programs.clerk.get(f"/dossiers/{number}/papers/{number}"),
        programs.clerk.get(f"/dossiers/{number}/files/{number}"),
        programs.clerk.post(f"/dossiers/{number}/receive"),
        programs.clerk.post(f"/dossiers/{number}/deliver", {}),
    ):
        assert answer.status == 404


@pytest.mark.parametrize("path", ["/no-such", "/dossiers/", "/dossiers/1/close", "/dossiers/1/receive/", "/"])
def test_no_such_address(programs: Programs, path: str) -> None:
    assert programs.clerk.get(path).status == 404
    assert programs.nobody.get(path).status == 404


def test_wrong_methods(programs: Programs) -> None:
    for method, path in [
        ("DELETE", "/dossiers"), ("PUT", "/dossiers/1"), ("PATCH", "/dossiers/1"), ("GET", "/dossiers/1/receive"),
        ("POST", "/agencies"), ("GET", "/deadlines/compute"), ("GET", "/uploads"),
    ]:  # fmt: skip
        headers = {"Authorization": f"Bearer {programs.clerk.token}"}
        response = programs.clerk.client.generic(method, f"/api/v1{path}", headers=headers)
        assert response.status_code == 405
        assert response["Content-Type"] == "application/problem+json"
        assert response["Allow"]
        assert method in json.loads(response.content)["detail"]


def test_a_body_that_is_too_big(programs: Programs) -> None:
    answer = programs.clerk.post("/dossiers", raw=b'{"abstract": "' + b"x" * (3 * 1024 * 1024) + b'"}')
    assert (answer.status, answer.codes) == (413, ["too_big"])


def _queries(program: Program) -> dict[str, Any]:
    bad_cursors = ["x", "é", "W10", "WyJhIl0", "W251bGxd", "WzFlOTk5XQ", "WyJcdTAwMDAiXQ", "WzEsMiwzXQ", "A" * 1000]
    wanted: dict[str, Any] = {}
    for path in ("/dossiers", "/queue", "/procedures", "/agencies"):
        for cursor in bad_cursors:
            wanted[f"{path} {cursor}"] = program.get(path, cursor=cursor)
    return wanted


def test_garbage_for_a_cursor(programs: Programs) -> None:
    found = {
        name: (answer.status, answer.fields if answer.status == 422 else None)
        for name, answer in _queries(programs.clerk).items()
    }
    assert {status for status, _ in found.values()} <= {200, 422}
    mine = {name: status for name, (status, fields) in found.items() if name.startswith(("/dossiers", "/queue"))}
    assert set(mine.values()) == {422}
    assert {tuple(fields) for _, fields in found.values() if fields} == {("cursor",)}


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("/dossiers", {"status": "11"}, "status"),
        ("/dossiers", {"status": "x"}, "status"),
        ("/dossiers", {"unit": "khong-co"}, "unit"),
        ("/dossiers", {"unit": "\0"}, "unit"),
        ("/dossiers", {"q": "\0"}, "q"),
        ("/dossiers", {"q": "x" * 301}, "q"),
        ("/dossiers", {"due_before": "hôm qua"}, "due_before"),
        ("/dossiers", {"due_before": "0001-01-01T00:00:00+14:00"}, "due_before"),
        ("/dossiers", {"limit": "0"}, "limit"),
        ("/dossiers", {"limit": "1000000000000000000000"}, "limit"),
        ("/queue", {"box": "x"}, "box"),
        ("/queue", {"limit": "-1"}, "limit"),
        ("/procedures", {"q": "\0"}, "q"),
        ("/procedures", {"level": "x"}, "level"),
        ("/procedures", {"agency": "x"}, "agency"),
        ("/agencies", {"q": "\0"}, "q"),
        ("/agencies", {"on": "30/02/2026"}, "on"),
        ("/agencies", {"kind": "x"}, "kind"),
    ],
)
def test_wrong_queries(programs: Programs, path: str, query: dict[str, str], field: str) -> None:
    answer = programs.clerk.get(path, **query)
    assert answer.status == 422
    assert field in answer.fields


def test_strange_addresses_of_public_routes(programs: Programs) -> None:
    for code in ("%00", "khong-co", "x" * 3000, "%F0%9F%92%A9"):
        assert programs.nobody.get(f"/procedures/{code}").status == 404
    assert programs.nobody.get("/procedures", agency="9" * 25).status == 200
