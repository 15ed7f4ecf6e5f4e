"""The agent at the officer's computer: pairing, consent, PIN, batches, and everybody who should learn nothing."""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from motcua.signing.agent.openers import Pkcs11Opener, Pkcs12Opener
from motcua.signing.agent.pairing import Pairing
from motcua.signing.agent.protocol import Protocol, Reply
from motcua.signing.agent.server import AgentServer, listen
from motcua.signing.agent.session import Session
from motcua.signing.providers.raw import fits
from motcua.signing.terms import KeyGoneError, SigningKey
from motcua.signing.tests.tokens import soft_token
from tests.pki import PIN, demo_pki

HOUSE = "https://motcua.example.vn"
PAPERS = [hashlib.sha256(f"quyết định {number}".encode()).digest() for number in range(5)]


@dataclass
class Person:
    """Somebody at the computer: what they saw, what they say, which PINs they type one after the other."""

    says: bool = True
    pins: list[str] = field(default_factory=lambda: [PIN])
    seen: list[str] = field(default_factory=list)

    def show(self, text: str) -> None:
        self.seen.append(text)

    def agrees(self, text: str) -> bool:
        self.seen.append(text)
        return self.says

    def pin(self, text: str) -> str:
        self.seen.append(text)
        return self.pins.pop(0) if len(self.pins) > 1 else self.pins[0]


@dataclass
class Scene:
    person: Person
    protocol: Protocol
    secret: str = ""
    clock: float = 0.0

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        sent = {"Host": "127.0.0.1:17310", "Origin": HOUSE, "Content-Type": "application/json"}
        if self.secret:
            sent["Authorization"] = f"Bearer {self.secret}"
        content = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        return self.protocol.answer(method, path, {**sent, **headers}, content)

    def pair(self) -> None:
        self.ask("POST", "/v1/pair/begin")
        reply = self.ask("POST", "/v1/pair", {"code": self.person.seen[-1].split()[-1]})
        assert reply.status == 200
        self.secret = (reply.body or {})["secret"]

    @property
    def certificate(self) -> dict[str, Any]:
        reply = self.ask("GET", "/v1/certificates")
        (found,) = (reply.body or {})["certificates"]
        return dict(found)

    def sign(self, digests: list[bytes], **changed: Any) -> Reply:
        wish = {
            "certificate": self.certificate["id"],
            "batch": "lô 1",
            "part": "1",
            "title": "Ký kết quả",
            "hash": "sha256",
            "total": 5,
            "items": [
                {"digest": base64.b64encode(one).decode(), "label": f"QĐ {place}"} for place, one in enumerate(digests)
            ],
        }
        return self.ask("POST", "/v1/sign", {**wish, **changed})


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    pki = demo_pki()
    file = tmp_path / "chữ ký.p12"
    file.write_bytes(pki.pkcs12(pki.officer("Hoàng Mạnh Cường", "UBND phường Hạ Long")))
    return file


@pytest.fixture
def scene(tmp_path: Path, key_file: Path) -> Scene:
    person = Person()
    session = Session(Pkcs12Opener(key_file, PIN), person)
    made = Scene(person, Protocol(HOUSE, 17310, Pairing(tmp_path / "ghép nối.json"), session))
    session.clock = lambda: made.clock
    made.pair()
    return made


def signatures_of(reply: Reply) -> list[bytes]:
    return [base64.b64decode(one) for one in (reply.body or {})["signatures"]]


def error_of(reply: Reply) -> tuple[int, str]:
    return reply.status, (reply.body or {}).get("error", "")


def test_signs_a_batch_in_parts_for_one_consent_and_one_pin(scene: Scene) -> None:
    first, second = scene.sign(PAPERS[:3], part="1"), scene.sign(PAPERS[3:], part="2")
    certificate = base64.b64decode(scene.certificate["certificate"])
    signed = signatures_of(first) + signatures_of(second)
    assert all(fits(one, digest, certificate) for one, digest in zip(signed, PAPERS, strict=True))
    assert sum("Mã PIN" in text for text in scene.person.seen) == 1
    assert any("Ký kết quả: 5 nội dung" in text and "QĐ 2" in text for text in scene.person.seen)


def test_certificates_carry_their_chain(scene: Scene) -> None:
    assert "Hoàng Mạnh Cường" in scene.certificate["subject"]
    assert len(scene.certificate["chain"]) == 1


def test_a_finished_batch_is_forgotten(scene: Scene) -> None:
    scene.sign(PAPERS)
    scene.person.says = False
    assert error_of(scene.sign(PAPERS, batch="lô 2")) == (403, "declined")


def test_the_same_part_is_not_signed_twice(scene: Scene) -> None:
    scene.sign(PAPERS[:3])
    assert error_of(scene.sign(PAPERS[:3])) == (409, "replayed")


def test_more_than_was_shown_is_not_signed(scene: Scene) -> None:
    scene.sign(PAPERS[:3], part="1")
    assert error_of(scene.sign(PAPERS[:3], part="2")) == (403, "too_many")
    scene.person.says = False
    assert error_of(scene.sign(PAPERS[3:], part="3")) == (403, "declined")


def test_after_a_quarter_of_an_hour_the_person_is_asked_again(scene: Scene) -> None:
    scene.sign(PAPERS[:1], part="1")
    scene.clock += 15 * 60 + 1
    scene.person.says = False
    assert error_of(scene.sign(PAPERS[1:2], part="2")) == (403, "declined")


def test_a_wrong_pin_may_be_typed_three_times(scene: Scene) -> None:
    scene.person.pins = ["1", "2", PIN]
    assert scene.sign(PAPERS).status == 200
    scene.person.pins = ["1", "2", "3", PIN]
    assert error_of(scene.sign(PAPERS, batch="lô 2")) == (403, "wrong_pin")


def test_a_key_that_is_gone_leaves_what_was_signed(scene: Scene, key_file: Path) -> None:
    class Loose:
        """A token that comes out after two signatures."""

        def __init__(self, key: SigningKey) -> None:
            self.certificate, self.chain, self.algorithm, self._key = key.certificate, key.chain, key.algorithm, key

        def sign(self, digests: Any, *, hash_name: str = "sha256") -> list[bytes]:
            raise KeyGoneError("token đã rút", self._key.sign(digests[:2], hash_name=hash_name))

        def close(self) -> None:
            self._key.close()

    class LooseOpener(Pkcs12Opener):
        def open(self, certificate: bytes, pin: str) -> SigningKey:
            return Loose(super().open(certificate, pin))

    scene.protocol.session.opener = LooseOpener(key_file, PIN)
    reply = scene.sign(PAPERS)
    assert error_of(reply) == (503, "key_gone")
    assert len(signatures_of(reply)) == 2
    scene.protocol.session.opener = Pkcs12Opener(key_file, PIN)
    assert len(signatures_of(scene.sign(PAPERS[2:], part="1b"))) == 3


def test_a_file_that_was_taken_away_is_told(scene: Scene, key_file: Path) -> None:
    key_file.unlink()
    assert error_of(scene.sign(PAPERS)) == (503, "key_gone")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"certificate": "0" * 64}, "no_such_certificate"),
        ({"hash": "sha1"}, "bad_request"),
        ({"items": []}, "bad_request"),
        ({"items": "x"}, "bad_request"),
        ({"items": [{"digest": "AAAA"}]}, "bad_digest"),
        ({"items": [{"digest": "không phải"}]}, "bad_digest"),
        ({"items": [3]}, "bad_digest"),
        ({"items": [{"digest": "A" * 44}] * 101}, "bad_request"),
    ],
)
def test_wishes_that_are_not_signed(scene: Scene, changed: dict[str, Any], code: str) -> None:
    assert error_of(scene.sign(PAPERS, **changed))[1] == code


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://kẻ-xấu.example"},
        {"Origin": "https://motcua.example.vn.evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Host": "motcua.example.vn"},
        {"Host": "evil.example:17310"},
        {"Host": "127.0.0.1:80"},
        {"Host": ""},
    ],
)
@pytest.mark.parametrize("path", ["/v1/hello", "/v1/certificates", "/v1/pair/begin"])
def test_strangers_learn_nothing(scene: Scene, headers: dict[str, str], path: str) -> None:
    seen = len(scene.person.seen)
    reply = scene.ask("POST" if "begin" in path else "GET", path, **headers)
    assert (reply.status, reply.body, dict(reply.headers)) == (403, None, {})
    assert len(scene.person.seen) == seen


@pytest.mark.parametrize("secret", ["", "x", "Bearer"])
def test_unpaired_pages_may_only_say_hello(scene: Scene, secret: str) -> None:
    headers = {"Authorization": f"Bearer {secret}"}
    assert scene.ask("GET", "/v1/hello", **headers).body == {"agent": "motcua", "version": 1, "paired": False}
    for method, path in (("GET", "/v1/certificates"), ("POST", "/v1/sign"), ("GET", "/v1/anything")):
        assert error_of(scene.ask(method, path, **headers)) == (401, "not_paired")


def test_a_code_holds_for_three_tries(scene: Scene) -> None:
    scene.ask("POST", "/v1/pair/begin")
    code = scene.person.seen[-1].split()[-1]
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(3):
        assert error_of(scene.ask("POST", "/v1/pair", {"code": wrong})) == (403, "wrong_code")
    assert error_of(scene.ask("POST", "/v1/pair", {"code": code})) == (403, "wrong_code")


def test_a_code_pairs_once(scene: Scene) -> None:
    assert error_of(scene.ask("POST", "/v1/pair", {"code": ""})) == (403, "wrong_code")


def test_secrets_are_kept_as_hashes_for_their_owner_only(scene: Scene, tmp_path: Path) -> None:
    file = tmp_path / "ghép nối.json"
    assert scene.secret not in file.read_text("utf-8")
    assert file.stat().st_mode & 0o077 == 0
    assert Pairing(file).knows(HOUSE, scene.secret)
    assert not Pairing(file).knows("https://other.example", scene.secret)
    Pairing(file).forget(HOUSE)
    assert not Pairing(file).knows(HOUSE, scene.secret)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"3", b"[" * 100_000])
def test_bodies_that_are_no_request(scene: Scene, body: bytes) -> None:
    assert error_of(scene.ask("POST", "/v1/sign", body)) == (400, "not_json")


def test_a_form_of_another_page_cannot_send(scene: Scene) -> None:
    assert error_of(scene.ask("POST", "/v1/sign", {}, **{"Content-Type": "text/plain"})) == (415, "not_json")


@pytest.fixture
def server(scene: Scene) -> Iterator[AgentServer]:
    made = listen((0,))
    scene.protocol.port = made.server_port
    made.protocol = scene.protocol
    thread = Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def _send(
    server: AgentServer, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request(method, path, body, {"Origin": HOUSE, **headers})
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def test_over_a_socket_with_the_headers_browsers_want(server: AgentServer) -> None:
    status, headers, _ = _send(server, "OPTIONS", "/v1/sign", **{"Access-Control-Request-Private-Network": "true"})
    assert status == 204
    assert headers["Access-Control-Allow-Origin"] == HOUSE
    assert headers["Access-Control-Allow-Private-Network"] == "true"
    assert json.loads(_send(server, "GET", "/v1/hello")[2])["version"] == 1
    assert _send(server, "GET", "/v1/hello", Origin="https://other.example")[0] == 403


def test_a_huge_body_is_not_read(server: AgentServer) -> None:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.putrequest("POST", "/v1/sign")
    connection.putheader("Content-Length", str(10**9))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_a_second_agent_takes_the_next_port(server: AgentServer) -> None:
    other = listen((server.server_port, 0))
    assert other.server_port != server.server_port
    other.server_close()


def test_a_token_signs_and_says_when_it_is_gone(scene: Scene, tmp_path: Path) -> None:
    pki = demo_pki()
    with soft_token(tmp_path / "softhsm") as token:
        token.put(pki.officer("Lê Thị Hoa", "UBND phường Hạ Long", key="rsa2048"))
        scene.protocol.session.opener = Pkcs11Opener(token.module, token.label)
        known = scene.certificate
        signed, certificate = signatures_of(scene.sign(PAPERS)), base64.b64decode(known["certificate"])
        assert all(fits(one, digest, certificate) for one, digest in zip(signed, PAPERS, strict=True))
        scene.person.pins = ["0000", PIN]
        assert scene.sign(PAPERS, batch="lô 2").status == 200
        scene.protocol.session.opener = Pkcs11Opener(token.module, "token khác")
        assert (scene.ask("GET", "/v1/certificates").body or {})["certificates"] == []
        wish = {"certificate": known["id"], "hash": "sha256"}
        items = [{"digest": base64.b64encode(PAPERS[0]).decode()}]
        assert error_of(scene.ask("POST", "/v1/sign", {**wish, "items": items})) == (404, "no_such_certificate")
