"""Who may call: no token, wrong, expired, revoked; scopes and rights; what each may see."""

from datetime import timedelta

import pytest
from django.test import Client

from motcua.dossiers.tests.world import MONDAY, World
from motcua.identity.actions import issue_token
from motcua.identity.actions.issue_token import revoke
from motcua.identity.models import Account, ApiToken
from motcua.identity.terms import SYSTEM
from tests.api.conftest import PDF, Programs
from tests.api.program import Program, application
from tests.api.test_misshapen import ACTS

READS = ("", "/timeline", "/papers/1", "/files/1")


def _everything(program: Program, dossier_id: int) -> dict[str, int]:
    at = f"/dossiers/{dossier_id}"
    found = {f"POST {act}": program.post(f"{at}/{act}", {}).status for act in ACTS}
    found |= {f"GET {path}": program.get(f"{at}{path}").status for path in READS}
    found |= {f"GET {path}": program.get(path).status for path in ("/dossiers", "/queue", "/dossiers/reasons")}
    found["POST /dossiers"] = program.post("/dossiers", {}).status
    found["POST /uploads"] = program.upload("a.pdf", PDF, "application/pdf").status
    return found


def test_without_a_living_token(programs: Programs, world: World) -> None:
    dossier_id = programs.received()
    account_id = world.clerk.account_id
    assert account_id is not None
    expired = issue_token(
        actor=SYSTEM, account_id=account_id, name="cũ", at=MONDAY - timedelta(9), expires_at=MONDAY - timedelta(1)
    )
    revoked = issue_token(actor=SYSTEM, account_id=account_id, name="thu hồi", at=MONDAY)
    revoke(actor=SYSTEM, token_id=ApiToken.objects.get(name="thu hồi").pk, reason="Lộ khóa.", at=MONDAY)
    for token in ("", "wrong", "mc_" + "x" * 43, "x" * 5000, expired, revoked):
        assert set(_everything(Program(token), dossier_id).values()) == {401}, token[:20]


def test_a_refusal_for_want_of_a_token_names_the_scheme(programs: Programs) -> None:
    answer = programs.nobody.get("/queue")
    assert answer.response["WWW-Authenticate"] == "Bearer"
    assert answer.codes == ["token_needed"]


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "Bearer ", "bearer x", "Token x", "Bearer é"])
def test_odd_headers(world: World, header: str) -> None:
    assert Client().get("/api/v1/queue", headers={"Authorization": header}).status_code == 401


def test_the_name_of_the_scheme_in_any_case(programs: Programs) -> None:
    for scheme in ("bearer", "BEARER"):
        headers = {"Authorization": f"{scheme} {programs.clerk.token}"}
        assert Client().get("/api/v1/queue", headers=headers).status_code == 200


def test_a_session_is_no_token(programs: Programs, world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    account = Account.objects.get(pk=world.clerk.account_id)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/v1/queue").status_code == 401
    answer = client.post(f"/api/v1/dossiers/{programs.received()}/forward", headers={"Idempotency-Key": "1"})
    assert answer.status_code == 401


def test_a_deactivated_account_has_no_token(programs: Programs, world: World) -> None:
    program = programs.clerk
    assert program.get("/queue").status == 200
    Account.objects.filter(pk=world.clerk.account_id).update(is_active=False)
    assert program.get("/queue").status == 401


def test_what_is_not_theirs_is_not_there(programs: Programs) -> None:
    dossier_id = programs.submitted()
    for program in (programs.stranger, programs.other_citizen):
        found = _everything(program, dossier_id)
        own = {found.pop(name) for name in ("GET /dossiers", "GET /queue", "GET /dossiers/reasons")}
        assert own == {200}
        assert (found.pop("POST /dossiers"), found.pop("POST /uploads")) == (422, 201)
        assert {found.pop(f"POST {act}") for act in ("assign", "approve", "reject")} == {422}
        assert set(found.values()) == {404}
        assert program.get("/dossiers").json["dossiers"] == []


def test_seeing_is_not_doing(programs: Programs) -> None:
    at = f"/dossiers/{programs.received()}"
    seen = programs.overseer.get(at, purpose="Giám sát tiến độ")
    assert (seen.status, seen.json["acts"]) == (200, [])
    for act, body in [("forward", {}), ("refuse", {"grounds": [{"code": "other"}]}), ("withdraw", {"reason": "x"})]:
        answer = programs.overseer.post(f"{at}/{act}", body)
        assert (answer.status, answer.codes) == (403, ["no_right"]), act
    assert programs.sealer.post(f"{at}/seal", {"number": "1"}).status == 403
    assert programs.specialist.post(f"{at}/forward").status == 403


def test_a_citizen_hands_in_online_only(programs: Programs, world: World) -> None:
    refused = programs.citizen.post("/dossiers", application(world))
    assert (refused.status, refused.codes) == (403, ["not_your_desk"])
    refused = programs.citizen.post("/dossiers", application(world, receive=False))
    assert refused.status == 403
    assert programs.stranger.post("/dossiers", application(world, desk="khong-co")).status == 422
    assert programs.overseer.post("/dossiers", application(world, channel="online", receive=False)).status == 403


def test_a_duplicate_is_asked_about(programs: Programs, world: World) -> None:
    programs.received()
    again = programs.clerk.post("/dossiers", application(world))
    assert (again.status, again.fields) == (409, ["confirmed_duplicate"])
    assert programs.clerk.post("/dossiers", application(world, confirmed_duplicate=True)).status == 201


def test_public_routes_need_no_token(programs: Programs) -> None:
    assert programs.nobody.get("/agencies").json["items"]
    assert programs.nobody.get("/procedures", q="khai sinh").json["procedures"]
    assert programs.nobody.get("/procedures/1.001193").status == 200
    question = {"received_at": "2026-02-12T09:15:00+07:00", "amount": 3, "unit": "working_day", "agency": "H49.61"}
    answer = programs.nobody.post("/deadlines/compute", question, key=None)
    assert answer.status == 200
    assert answer.json["due_at"].startswith("2026-02-")
    assert answer.json["working"]


def test_wrong_questions_about_deadlines(programs: Programs) -> None:
    wrong: dict[str, object] = {"received_at": "30/02/2026", "amount": -1, "unit": "moon"}
    assert programs.nobody.post("/deadlines/compute", wrong, key=None).fields == ["received_at", "unit"]
    assert programs.nobody.post("/deadlines/compute", key=None).status == 422
    for change in ({"agency": "\0"}, {"amount": 10**30}, {"received_at": "\ud800"}, {"unit": 1}, {"extra": 1}):
        question = {"received_at": "2026-02-12T09:15", "amount": 1, "unit": "day", **change}
        assert programs.nobody.post("/deadlines/compute", question, key=None).status in {200, 404, 422}, change
