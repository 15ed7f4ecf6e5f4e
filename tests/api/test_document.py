"""The description of the API: whole, in Vietnamese, true."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from motcua.project.api import api


@pytest.fixture
def document(db: None) -> dict[str, Any]:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content)
    return found


def _operations(document: dict[str, Any]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    return {
        operation["operationId"]: (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_the_required_routes_are_there(document: dict[str, Any]) -> None:
    assert {name: f"{method} {path}" for name, (method, path, _) in _operations(document).items()} == {
        "list_agencies": "get /api/v1/agencies",
        "compute_due_date": "post /api/v1/deadlines/compute",
        "list_procedures": "get /api/v1/procedures",
        "show_procedure": "get /api/v1/procedures/{code}",
        "show_form": "get /api/v1/procedures/{code}/form",
        "create_dossier": "post /api/v1/dossiers",
        "list_dossiers": "get /api/v1/dossiers",
        "my_queue": "get /api/v1/queue",
        "list_reasons": "get /api/v1/dossiers/reasons",
        "get_dossier": "get /api/v1/dossiers/{dossier_id}",
        "get_timeline": "get /api/v1/dossiers/{dossier_id}/timeline",
        "get_paper": "get /api/v1/dossiers/{dossier_id}/papers/{paper_id}",
        "get_file": "get /api/v1/dossiers/{dossier_id}/files/{file_id}",
        "upload_file": "post /api/v1/uploads",
        "signing_queue": "get /api/v1/signing/queue",
        "open_signing": "post /api/v1/signing/batches",
        "get_signing": "get /api/v1/signing/batches/{batch_id}",
        "prepare_signing": "post /api/v1/signing/batches/{batch_id}/prepare",
        "take_signatures": "post /api/v1/signing/batches/{batch_id}/signatures",
        "receive_dossier": "post /api/v1/dossiers/{dossier_id}/receive",
        "refuse_dossier": "post /api/v1/dossiers/{dossier_id}/refuse",
        "request_supplement": "post /api/v1/dossiers/{dossier_id}/request-supplement",
        "supplement_dossier": "post /api/v1/dossiers/{dossier_id}/supplement",
        "assign_dossier": "post /api/v1/dossiers/{dossier_id}/assign",
        "forward_dossier": "post /api/v1/dossiers/{dossier_id}/forward",
        "appraise_dossier": "post /api/v1/dossiers/{dossier_id}/appraise",
        "send_back_dossier": "post /api/v1/dossiers/{dossier_id}/send-back",
        "approve_dossier": "post /api/v1/dossiers/{dossier_id}/approve",
        "reject_dossier": "post /api/v1/dossiers/{dossier_id}/reject",
        "seal_dossier": "post /api/v1/dossiers/{dossier_id}/seal",
        "deliver_dossier": "post /api/v1/dossiers/{dossier_id}/deliver",
        "withdraw_dossier": "post /api/v1/dossiers/{dossier_id}/withdraw",
        "correct_dossier": "post /api/v1/dossiers/{dossier_id}/correct",
        "consult_dossier": "post /api/v1/dossiers/{dossier_id}/consult",
        "answer_consult": "post /api/v1/dossiers/{dossier_id}/answer-consult",
        "cancel_consult": "post /api/v1/dossiers/{dossier_id}/cancel-consult",
        "take_over_dossier": "post /api/v1/dossiers/{dossier_id}/take-over",
        "refuse_hand_over": "post /api/v1/dossiers/{dossier_id}/refuse-hand-over",
        "take_back_dossier": "post /api/v1/dossiers/{dossier_id}/take-back",
        "transfer_dossier": "post /api/v1/dossiers/{dossier_id}/transfer",
        "rebase_dossier": "post /api/v1/dossiers/{dossier_id}/rebase",
        "open_part": "post /api/v1/dossiers/{dossier_id}/parts",
        "check_papers": "post /api/v1/dossiers/{dossier_id}/check-papers",
        "shelve_dossier": "post /api/v1/dossiers/{dossier_id}/shelve",
        "decide_correction": "post /api/v1/dossiers/{dossier_id}/decide-correction",
        "list_late_causes": "get /api/v1/dossiers/late-causes",
        "suspend_dossier": "post /api/v1/dossiers/{dossier_id}/suspend",
        "resume_dossier": "post /api/v1/dossiers/{dossier_id}/resume",
        "request_obligation": "post /api/v1/dossiers/{dossier_id}/request-obligation",
        "fulfil_obligation": "post /api/v1/dossiers/{dossier_id}/fulfil-obligation",
        "extend_dossier": "post /api/v1/dossiers/{dossier_id}/extend",
        "apologise_dossier": "post /api/v1/dossiers/{dossier_id}/apologise",
        "draft_apology": "post /api/v1/dossiers/{dossier_id}/draft-apology",
        "stop_dossier": "post /api/v1/dossiers/{dossier_id}/stop",
        "refuse_supplement": "post /api/v1/dossiers/{dossier_id}/refuse-supplement",
        "recall_result": "post /api/v1/dossiers/{dossier_id}/recall",
        "reopen_dossier": "post /api/v1/dossiers/{dossier_id}/reopen",
        "renew_dossier": "post /api/v1/dossiers/{dossier_id}/renew",
        "add_charge": "post /api/v1/dossiers/{dossier_id}/charges",
        "collect_cash": "post /api/v1/dossiers/{dossier_id}/collect",
        "request_payment": "post /api/v1/dossiers/{dossier_id}/request-payment",
        "waive_charge": "post /api/v1/dossiers/{dossier_id}/waive",
        "refund_charge": "post /api/v1/dossiers/{dossier_id}/refund",
        "correct_payment": "post /api/v1/dossiers/{dossier_id}/correct-payment",
        "show_bill": "get /api/v1/dossiers/{dossier_id}/bill",
    }


def test_every_operation_speaks_vietnamese(document: dict[str, Any]) -> None:
    for name, (_, _, operation) in _operations(document).items():
        assert not operation["summary"].isascii(), name
        assert not operation["description"].isascii(), name
        assert all(not tag.isascii() for tag in operation["tags"]), name


def test_every_operation_says_how_it_answers_and_refuses(document: dict[str, Any]) -> None:
    for name, (method, _, operation) in _operations(document).items():
        answers = operation["responses"]
        (done,) = [answer for status, answer in answers.items() if status.startswith("2")]
        assert all(content["schema"] for content in done["content"].values()), name
        assert "422" in answers
        refusals = {status: answer for status, answer in answers.items() if status.startswith("4")}
        for answer in refusals.values():
            assert answer["content"] == {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            }
        if operation.get("security"):
            assert operation["security"] == [{"BearerToken": []}]
            assert {"401", "404"} <= answers.keys()
        if method == "post" and operation.get("security"):
            assert {"403", "409", "413"} <= answers.keys(), name
            (key,) = [one for one in operation["parameters"] if one["in"] == "header"]
            assert (key["name"], key["required"]) == ("Idempotency-Key", True)


def test_bodies_are_needed_only_where_something_is_missing_without(document: dict[str, Any]) -> None:
    needed = {
        name for name, (_, _, operation) in _operations(document).items()
        if operation.get("requestBody", {}).get("required")
    }  # fmt: skip
    assert needed == {
        "add_charge",
        "answer_consult",
        "apologise_dossier",
        "approve_dossier",
        "assign_dossier",
        "compute_due_date",
        "create_dossier",
        "decide_correction",
        "extend_dossier",
        "open_part",
        "open_signing",
        "prepare_signing",
        "reject_dossier",
        "reopen_dossier",
        "stop_dossier",
        "suspend_dossier",
        "take_signatures",
        "transfer_dossier",
        "upload_file",
    }


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    named = {piece.split('"')[0] for piece in text.split("#/components/schemas/")[1:]}
    assert named <= document["components"]["schemas"].keys()
    assert document["components"]["securitySchemes"]["BearerToken"]["scheme"] == "bearer"


def test_no_two_patterns_hide_each_other() -> None:
    """Two routers with one path would answer 405 for the methods of the second."""
    patterns = [str(one.pattern) for one in get_resolver(None).url_patterns if str(one.pattern) == "api/v1/"]
    assert len(patterns) == 1
    routes = [(router.prefix, path) for router in api._get_bound_routers() for path in router.path_operations]
    assert len(routes) == len(set(routes))
