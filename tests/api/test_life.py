"""The whole life of a dossier over the API, and each act's happy path."""

from motcua.dossiers.api import outputs
from motcua.dossiers.tests.world import World
from tests.api.conftest import PDF, Programs
from tests.api.program import application

PDF_2 = PDF + b"\n"


def test_from_the_desk_to_the_applicant(programs: Programs, world: World) -> None:
    made = programs.clerk.post("/dossiers", application(world))
    assert made.status == 201
    outputs.DossierMade.model_validate(made.json, extra="forbid")
    assert (made.json["code"], made.json["status"], made.json["due_at"]) == (
        "H49.61-260302-0001",
        2,
        "2026-03-05T09:15:00+07:00",
    )
    assert made.json["warnings"] == []
    at = f"/dossiers/{made.json['id']}"
    world.specialist  # noqa: B018 (makes the account)
    acts = [
        (programs.clerk, "forward", None),
        (programs.head, "assign", {"to": "chuyen-vien", "note": "Làm sớm"}),
        (programs.specialist, "appraise", {"opinion": "Đủ điều kiện", "text": "Giấy khai sinh"}),
        (programs.head, "send-back", {"reason": "Sai họ tên cha"}),
        (programs.specialist, "appraise", {"opinion": "Đã sửa", "text": "Giấy khai sinh, bản 2"}),
        (programs.head, "forward", {}),
        (programs.chair, "approve", {"draft_number": 2}),
        (programs.sealer, "seal", {"number": "12", "symbol": "GKS", "issued_on": "2026-03-02"}),
        (programs.clerk, "deliver", {"signed_by_hand": True}),
    ]
    for program, act, body in acts:
        answer = program.post(f"{at}/{act}", body)
        assert answer.status == 200, (act, answer.json)
        outputs.DossierBrief.model_validate(answer.json, extra="forbid")
    assert answer.json["status"] == 10
    whole = programs.clerk.get(at).json
    assert whole["result"]["number"] == "12"
    assert whole["result"]["draft_number"] == 2
    assert [paper["form"] for paper in whole["papers"]] == ["receipt", "handover"]
    moves = programs.clerk.get(f"{at}/timeline").json["moves"]
    assert [move["act"] for move in moves] == [
        "receive", "forward", "assign", "appraise", "send_back", "appraise", "forward", "approve", "seal", "deliver",
    ]  # fmt: skip
    assert moves[0]["act_label"] == "Tiếp nhận"


def test_online_with_a_supplement(programs: Programs, world: World) -> None:
    dossier_id = programs.submitted()
    at = f"/dossiers/{dossier_id}"
    assert programs.citizen.get(at).json["acts"] == ["withdraw", "correct"]
    asked = programs.clerk.post(
        f"{at}/request-supplement",
        {
            "grounds": [{"code": "illegible", "component": "to-khai", "note": "Trang 2 mờ"}],
            "answer_until": "2026-03-10",
        },
    )
    assert (asked.status, asked.json["status"]) == (200, 5)
    refused = programs.citizen.post(f"{at}/supplement")
    assert (refused.status, refused.fields) == (422, ["files"])
    upload = programs.citizen.upload("trang-2.pdf", PDF_2, "application/pdf").json["upload"]
    answered = programs.citizen.post(f"{at}/supplement", {"files": {"to-khai": [upload]}, "note": "Chụp lại"})
    assert answered.status == 200, answered.json
    received = programs.clerk.post(f"{at}/receive")
    assert (received.status, received.json["status"]) == (200, 2), received.json
    files = programs.citizen.get(at).json["components"][0]["files"]
    assert [file["name"] for file in files] == ["to-khai.pdf", "trang-2.pdf"]
    assert programs.citizen.get(f"{at}/files/{files[1]['id']}").content == PDF_2
    assert programs.citizen.get(f"{at}/files/999999").status == 404
    papers = programs.citizen.get(at).json["papers"]
    assert [paper["form"] for paper in papers] == ["supplement", "receipt"]
    first = programs.citizen.get(f"{at}/papers/{papers[1]['id']}")
    assert first.response["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF")
    assert programs.clerk.get(f"{at}/papers/{papers[1]['id']}").content == first.content
    assert programs.citizen.get(f"{at}/papers/999999").status == 404


def test_refused_at_the_desk(programs: Programs) -> None:
    at = f"/dossiers/{programs.submitted()}"
    assert programs.clerk.post(f"{at}/refuse").fields == ["grounds"]
    wrong = programs.clerk.post(f"{at}/refuse", {"grounds": [{"code": "no-such"}, {"code": "other", "component": "x"}]})
    assert wrong.status == 422
    assert wrong.fields == [
        "grounds.0.code", "grounds.0.remedy", "grounds.1.component", "grounds.1.note", "grounds.1.remedy",
    ]  # fmt: skip
    done = programs.clerk.post(f"{at}/refuse", {"grounds": [{"code": "not_competent"}]})
    assert (done.status, done.json["status"]) == (200, 3)


def test_rejected_by_the_leader(programs: Programs) -> None:
    at = f"/dossiers/{programs.at_step('approve')}"
    assert programs.chair.post(f"{at}/reject", {"draft_number": 1}).fields == ["reason"]
    assert programs.chair.post(f"{at}/reject", {"draft_number": 7, "reason": "Không"}).status == 409
    done = programs.chair.post(f"{at}/reject", {"draft_number": 1, "reason": "Không đủ điều kiện"})
    assert (done.status, done.json["is_negative"]) == (200, True)


def test_withdrawn(programs: Programs) -> None:
    at = f"/dossiers/{programs.submitted()}"
    assert programs.citizen.post(f"{at}/withdraw").fields == ["reason"]
    assert programs.citizen.post(f"{at}/withdraw", {"reason": "Nộp nhầm nơi"}).json["status"] == 7
    assert programs.clerk.post(f"{at}/receive").status == 409


def test_corrected(programs: Programs) -> None:
    at = f"/dossiers/{programs.received()}"
    wrong = programs.clerk.post(
        f"{at}/correct", {"changes": {"owner.phone": "12", "owner.height": "1", "abstract": "a"}}
    )
    assert (wrong.status, wrong.fields) == (422, ["changes.owner.height", "changes.owner.phone", "reason"])
    assert programs.clerk.post(f"{at}/correct", {"reason": "x"}).status == 422
    body = {"changes": {"owner.phone": "0987 654 321"}, "reason": "Ghi nhầm"}
    assert programs.clerk.post(f"{at}/correct", body).status == 200
    assert programs.clerk.get(at).json["owner_party"]["phone"] == "0987654321"


def test_a_draft_and_a_scan_as_files(programs: Programs) -> None:
    at = f"/dossiers/{programs.at_step('appraise')}"
    draft = programs.specialist.upload("du-thao.pdf", PDF_2, "application/pdf").json["upload"]
    done = programs.specialist.post(f"{at}/appraise", {"opinion": "Đủ", "file": draft})
    assert done.status == 200, done.json
    programs.head.post(f"{at}/forward")
    programs.chair.post(f"{at}/approve", {"draft_number": 1})
    foreign = programs.sealer.post(f"{at}/seal", {"number": "1", "scan": draft})
    assert (foreign.status, foreign.fields, foreign.codes) == (422, ["scan"], ["bad_upload"])
    scan = programs.sealer.upload("ban-dau-do.pdf", PDF_2, "application/pdf").json["upload"]
    assert programs.sealer.post(f"{at}/seal", {"number": "1", "scan": scan}).status == 200
    assert [file["purpose"] for file in programs.clerk.get(at).json["other_files"]] == ["draft", "result"]
