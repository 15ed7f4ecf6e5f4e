"""A program that talks to the API with a bearer token, as an integrator's does."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from motcua.dossiers.tests.world import World
from motcua.identity.actions import issue_token
from motcua.identity.terms import SYSTEM, Actor

_KEYS = count(1)
PROBLEM = "application/problem+json"


class Program:
    """Sends requests as one actor; every write gets a fresh Idempotency-Key unless one is given."""

    def __init__(self, token: str = "") -> None:
        self.token = token
        self.client = Client(raise_request_exception=True)

    def get(self, path: str, *, purpose: str = "", **query: Any) -> Answer:
        """Get it; `purpose` as it stands in the header."""
        headers = self._headers() | ({"X-Purpose": purpose} if purpose else {})
        return Answer(self.client.get(f"/api/v1{path}", query, headers=headers))

    def post(self, path: str, body: Any = None, *, key: str | None = "", raw: bytes | None = None) -> Answer:
        """Post JSON (nothing at all when `body` is None); `key` None sends no Idempotency-Key."""
        headers = self._headers()
        if key is not None:
            headers["Idempotency-Key"] = key or f"k{next(_KEYS)}"
        data = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        url = f"/api/v1{path}"
        return Answer(self.client.generic("POST", url, data, content_type="application/json", headers=headers))

    def upload(self, name: str, content: bytes, media_type: str, *, key: str = "") -> Answer:
        from django.core.files.uploadedfile import SimpleUploadedFile

        headers = {**self._headers(), "Idempotency-Key": key or f"k{next(_KEYS)}"}
        file = SimpleUploadedFile(name, content, media_type)
        return Answer(self.client.post("/api/v1/uploads", {"file": file}, headers=headers))

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


class Answer:
    """What came back. Every refusal is checked on the way: problem+json, Vietnamese, status in body and head alike."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        self.status = response.status_code
        if self.status >= 400:
            self._check_refusal()

    @property
    def content(self) -> bytes:
        streamed = getattr(self.response, "streaming_content", None)
        return b"".join(streamed) if streamed is not None else self.response.content

    @property
    def json(self) -> Any:
        return json.loads(self.response.content)

    @property
    def fields(self) -> list[str]:
        """Where the problems lie."""
        return sorted(problem.get("field", "") for problem in self.json["problems"])

    @property
    def codes(self) -> list[str]:
        return sorted(problem["code"] for problem in self.json["problems"])

    def _check_refusal(self) -> None:
        assert self.response["Content-Type"] == PROBLEM, self.response.content
        body = self.json
        assert body["status"] == self.status
        assert body["problems"]
        assert {"type", "title", "detail"} <= body.keys()
        for problem in body["problems"]:
            assert problem["message"].endswith("."), problem
            assert not problem["message"].isascii(), problem


def program_of(actor: Actor) -> Program:
    """A program with a new token of the actor."""
    assert actor.account_id is not None
    token = issue_token(actor=SYSTEM, account_id=actor.account_id, name="kiểm thử", at=timezone.now())
    return Program(token)


def application(world: World, **changes: Any) -> dict[str, Any]:
    """The body of a complete dossier for the desk of the ward."""
    body: dict[str, Any] = {
        "procedure": world.definition.code,
        "agency": "H49.61",
        "owner": {"name": "Nguyễn Thị Hoà", "personal_id": "022190001234", "phone": "0912345678"},
        "components": [{"key": "to-khai", "originals": 1}],
        "receive": True,
    }
    return body | changes
