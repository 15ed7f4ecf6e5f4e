"""The hierarchy of a demo in a folder: made once, private, what it revokes is seen at the next question."""

import stat
import threading
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from motcua.kernel.calling import call
from motcua.project.commands.pki import answer, server_for
from motcua.trust.pki.folder import DEMO_PIN, issue_file, make, open_folder, revoke
from motcua.trust.pki.hierarchy import MARK, demo_holder_name
from motcua.trust.pki.serving import serve
from motcua.trust.providers.tsa import StampingService, ask
from motcua.trust.rules.certificates import read_file
from motcua.trust.store import TrustStore

AT = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("data") / "pki"
    make(made)
    return made


def _officer(folder: Path) -> tuple[x509.Certificate, bytes]:
    subject = demo_holder_name("Hoàng Mạnh Cường", agency="Ủy ban nhân dân phường Hồng Gai")
    issuer = open_folder(folder).issuers["officers"]
    return issue_file(issuer, subject, valid_from=AT - timedelta(days=1), valid_to=AT + timedelta(days=9))


def test_made_twice_it_is_the_same(folder: Path):
    assert make(folder).root.certificate == open_folder(folder).root.certificate


def test_keys_are_for_the_owner_only(folder: Path):
    for path in folder.glob("*.pem"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_anchor_lies_where_a_store_finds_it(folder: Path):
    store = TrustStore.load(folder / "trust", shipped=False)
    assert [one.certificate for one in store.anchors] == [
        open_folder(folder).root.certificate.public_bytes(Encoding.DER)
    ]
    assert MARK in store.anchors[0].name
    assert len(store.intermediates) == 3


def test_the_key_file_says_that_it_is_a_demo(folder: Path):
    certificate, file = _officer(folder)
    found = read_file(file, pin=DEMO_PIN)
    assert found.certificate.content == certificate.public_bytes(Encoding.DER)
    assert MARK in found.certificate.name
    assert len(found.chain) == 1


def test_a_long_name_keeps_its_mark():
    name = demo_holder_name("Trung tâm Phục vụ hành chính công " * 4, agency="x")
    said = str(name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)
    assert said.endswith(f"({MARK})")
    assert len(said) <= 64


def test_what_is_revoked_is_said_at_the_next_question(folder: Path):
    certificate, _file = _officer(folder)
    issuer = open_folder(folder).issuers["officers"].certificate
    question = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA256()).build()

    def status(at: datetime) -> ocsp.OCSPCertStatus:
        served = serve(folder, "ocsp", "officers", question.public_bytes(Encoding.DER), at=at)
        return ocsp.load_der_ocsp_response(served.body).certificate_status

    assert status(AT) is ocsp.OCSPCertStatus.GOOD
    revoke(folder, "officers", certificate.serial_number, at=AT, reason="keyCompromise")
    revoke(folder, "officers", certificate.serial_number, at=AT + timedelta(days=1))
    assert status(AT - timedelta(seconds=1)) is ocsp.OCSPCertStatus.GOOD
    assert status(AT) is ocsp.OCSPCertStatus.REVOKED
    listed = x509.load_der_x509_crl(serve(folder, "crl", "officers", b"", at=AT).body)
    row = listed.get_revoked_certificate_by_serial_number(certificate.serial_number)
    assert row is not None
    assert row.revocation_date_utc == AT
    with pytest.raises(KeyError):
        revoke(folder, "nobody", 1, at=AT)


@pytest.mark.parametrize(
    ("path", "post"),
    [
        ("/pki-mau/tsa/3", True), ("/pki-mau/tsa/1", False), ("/pki-mau/ocsp/x", True), ("/pki-mau/crl/x.crl", False),
        ("/pki-mau/x/root", False), ("/", False), ("/pki-mau/crl/../root", False), ("/pki-mau/crl/root", True),
    ],
)  # fmt: skip
def test_other_addresses_have_nothing(folder: Path, path: str, post: bool):
    assert answer(folder, path, b"", post=post, at=AT).status == 404


def test_it_serves_on_loopback(folder: Path):
    with server_for(folder, port=0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}/pki-mau"
        anchors = [open_folder(folder).root.certificate]
        digest = sha256(b"x").digest()
        assert ask(StampingService(f"{base}/tsa/2"), digest, "sha256", anchors=anchors, at=datetime.now(UTC))
        assert call(f"{base}/ca/root.cer").body == anchors[0].public_bytes(Encoding.DER)
        assert call(f"{base}/tsa/1", body=b"x" * 20_000).status == 413
        server.shutdown()
