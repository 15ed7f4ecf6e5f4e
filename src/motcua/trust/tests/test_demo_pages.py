"""The demo's own authorities at /pki-mau/: only in demo mode, only from this very machine."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from asn1crypto import tsp
from django.test import Client

from motcua.trust.pki.folder import make, open_folder, pki_folder
from motcua.trust.rules.stamps import Asked, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(tmp_path: Path, settings) -> Path:
    make(pki_folder(tmp_path))
    settings.DATA_DIR = tmp_path
    settings.DEMO = True
    return tmp_path


def _question() -> bytes:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": sha256(b"x").digest()}
    return tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "nonce": 5, "cert_req": True}).dump()


def _ask(client: Client, **more: str):
    return client.post("/pki-mau/tsa/1", _question(), content_type="application/timestamp-query", **more)


def test_programs_of_this_machine_get_a_timestamp(data: Path, client: Client):
    answer = _ask(client)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/timestamp-reply"
    asked = Asked(sha256(b"x").digest(), "sha256", 5, datetime.now(UTC))
    assert token_of(answer.content, asked, [open_folder(pki_folder(data)).root.certificate])


def test_lists_and_certificates_are_there(data: Path, client: Client):
    assert client.get("/pki-mau/crl/officers.crl")["Content-Type"] == "application/pkix-crl"
    assert client.get("/pki-mau/ca/root.cer").status_code == 200
    assert client.get("/pki-mau/ca/nobody.cer").status_code == 404
    assert client.post("/pki-mau/ocsp/officers", b"x", content_type="application/ocsp-request").status_code == 200


def test_other_machines_get_nothing(data: Path, client: Client):
    assert _ask(client, REMOTE_ADDR="203.0.113.9").status_code == 404
    assert _ask(client, REMOTE_ADDR="").status_code == 404


def test_outside_a_demo_there_is_nothing(data: Path, client: Client, settings):
    settings.DEMO = False
    assert _ask(client).status_code == 404
    assert client.get("/pki-mau/crl/officers.crl").status_code == 404


def test_without_a_hierarchy_there_is_nothing(tmp_path: Path, client: Client, settings):
    settings.DATA_DIR, settings.DEMO = tmp_path, True
    assert _ask(client).status_code == 404


def test_a_long_question_is_refused(data: Path, client: Client):
    answer = client.post("/pki-mau/tsa/1", b"x" * 20_000, content_type="application/timestamp-query")
    assert answer.status_code == 413
