"""The client of authorities of time: what is no answer to the question is none."""

import pickle
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.trust.pki.authority import Wish
from motcua.trust.pki.hierarchy import authority_name, make_stamper
from motcua.trust.pki.keys import make_key
from motcua.trust.pki.stamping import Stamping
from motcua.trust.providers import tsa
from motcua.trust.providers.tsa import StampingClient, StampingService
from motcua.trust.rules.stamps import Asked, BadStampError, token_of
from motcua.trust.rules.windows import Window
from motcua.trust.terms import TrustStoppedError, UnstampedError
from tests.pki import EXPIRED, GOOD, demo_pki

AT = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
DIGEST = sha256(b"van ban").digest()
ASKED = Asked(DIGEST, "sha256", 77, AT)


def _question(*, digest: bytes = DIGEST, nonce: int | None = 77, certificates: bool = True) -> bytes:
    facts = {
        "version": "v1",
        "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest},
        "cert_req": certificates,
    }
    if nonce is not None:
        facts["nonce"] = nonce
    return tsp.TimeStampReq(facts).dump()


def _refused(reply: bytes, asked: Asked = ASKED) -> str:
    with pytest.raises(BadStampError) as caught:
        token_of(reply, asked, [demo_pki().root])
    return str(caught.value)


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def test_a_good_answer_is_taken():
    for stamping in demo_pki().tsa:
        assert token_of(stamping.answer(_question(), at=AT), ASKED, [demo_pki().root])


@pytest.mark.parametrize(
    ("question", "at", "word"),
    [
        (_question(digest=sha256(b"x").digest()), AT, "một văn bản khác"),
        (_question(nonce=78), AT, "lần hỏi này"),
        (_question(nonce=None), AT, "lần hỏi này"),
        (_question(), AT + timedelta(minutes=6), "lệch quá 5 phút"),
        (_question(), AT - timedelta(minutes=6), "lệch quá 5 phút"),
        (b"x", AT, "từ chối"),
    ],
)
def test_an_answer_to_another_question_is_none(question, at, word):
    assert word in _refused(demo_pki().tsa[0].answer(question, at=at))


@pytest.mark.parametrize("reply", [b"", b"x", b"\x30\x00", b"\x30\x80", b"\x30\x03\x02\x01\x00", b"\xff" * 3000])
def test_what_cannot_be_read_is_refused(reply):
    assert _refused(reply)


def test_every_changed_byte_of_the_token_is_found_or_harmless():
    reply = demo_pki().tsa[0].answer(_question(), at=AT)
    good = 0
    for place in range(0, len(reply), 7):
        bad = bytearray(reply)
        bad[place] ^= 1
        try:
            token_of(bytes(bad), ASKED, [demo_pki().root])
        except BadStampError:
            continue
        good += 1
    assert good <= 9  # bytes nobody signs: the words around the token, attributes no one reads


def test_an_authority_nobody_believes_is_refused():
    assert "gốc tin cậy" in _refused(demo_pki().untrusted.stampers[0].answer(_question(), at=AT))


def test_one_without_certificates_is_refused():
    assert _refused(demo_pki().tsa[0].answer(_question(certificates=False), at=AT))


def test_only_an_authority_of_time_may_stamp():
    officer = demo_pki().officer()
    assert _refused(Stamping(officer.certificate, officer.key, officer.chain).answer(_question(), at=AT))


def test_an_authority_that_has_ended_is_refused():
    above = demo_pki().trusted.stamping_issuer
    ended = make_stamper(above, 9, valid_from=EXPIRED[0], valid_to=EXPIRED[1])
    assert "không có hiệu lực" in _refused(ended.answer(_question(), at=AT))


def test_another_certificate_with_the_same_key_is_refused():
    above, key = demo_pki().trusted.stamping_issuer, make_key()
    one = above.issue(Wish(authority_name("a"), key.public_key(), *GOOD, usage="stamp", serial=5))
    other = one
    while other == one or len(_der(other)) != len(_der(one)):  # signatures differ in length
        other = above.issue(Wish(authority_name("b"), key.public_key(), *GOOD, usage="stamp", serial=5))
    reply = Stamping(one, key, (above.certificate,)).answer(_question(), at=AT)
    swapped = reply.replace(_der(one), _der(other))
    assert swapped != reply
    assert "không nêu tên" in _refused(swapped)


class _Tsa:
    """An authority of time on loopback that can be told how to behave."""

    def __init__(self, stamping: Stamping) -> None:
        self.stamping, self.asked, self.status, self.body = stamping, 0, 200, b""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.asked += 1
                question = self.rfile.read(int(self.headers["Content-Length"]))
                body = outer.body or outer.stamping.answer(question, at=AT)
                self.send_response(outer.status)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/tsa"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def two() -> Iterator[tuple[_Tsa, _Tsa]]:
    first, second = (_Tsa(one) for one in demo_pki().tsa)
    yield first, second
    first.stop()
    second.stop()


def _client(two: tuple[_Tsa, _Tsa], *, since: datetime | None = None) -> tuple[StampingClient, list[tuple[str, bool]]]:
    heard: list[tuple[str, bool]] = []
    services = [StampingService(one.url, name) for one, name in zip(two, "AB", strict=True)]
    window = Window(since, timedelta(hours=24))
    client = StampingClient(services, demo_pki().anchors(), window, lambda: AT)
    client.heard = lambda service, error: heard.append((service.name, not error))
    return client, heard


def test_the_first_authority_is_asked(two):
    client, heard = _client(two)
    assert client.stamp(DIGEST)
    assert client.stamp(sha256(b"y").digest())
    assert heard == [("A", True), ("A", True)]
    assert client.last_good == AT


@pytest.mark.parametrize(("status", "body"), [(500, b""), (302, b""), (200, b"x"), (200, b"x" * 100_000)])
def test_the_second_stands_in_and_the_first_rests(two, status, body):
    two[0].status, two[0].body = status, body
    client, heard = _client(two)
    assert client.stamp(DIGEST)
    assert client.stamp(DIGEST)
    assert heard == [("A", False), ("B", True), ("B", True)]
    assert two[0].asked == 1


def test_when_nobody_answers_the_window_opens_and_then_stops(two):
    for one in two:
        one.status = 503
    client, _heard = _client(two)
    with pytest.raises(UnstampedError):
        client.stamp(DIGEST)
    assert client.window.since == AT
    assert client.failures == 1
    late, _heard = _client(two, since=AT - timedelta(hours=24))
    with pytest.raises(TrustStoppedError):
        late.stamp(DIGEST)


def test_a_good_answer_closes_the_window(two):
    client, _heard = _client(two, since=AT - timedelta(days=9))
    assert client.stamp(DIGEST)
    assert client.window.since is None


def test_a_client_goes_to_another_process(two):
    client, _heard = _client(two, since=AT)
    other = pickle.loads(pickle.dumps(client))  # noqa: S301 (our own)
    assert other.window == client.window
    assert [one.url for one in other.services] == [one.url for one in two]


def test_an_authority_of_ones_own_may_be_pinned(two):
    foreign = _Tsa(demo_pki().untrusted.stampers[0])
    pinned = demo_pki().untrusted.stamping_issuer.certificate.public_bytes(Encoding.DER)
    window = Window(None, timedelta(hours=1))
    try:
        believed = StampingClient([StampingService(foreign.url, "F", pinned)], [], window, lambda: AT)
        assert believed.stamp(DIGEST)
        assert believed.probe(believed.services[0], DIGEST) == ""
        with pytest.raises(UnstampedError):
            StampingClient([StampingService(foreign.url, "F")], [], window, lambda: AT).stamp(DIGEST)
    finally:
        foreign.stop()


def test_nobody_is_asked_at_other_schemes():
    client = StampingClient([StampingService("file:///etc/passwd")], [], Window(None, timedelta(0)), lambda: AT)
    with pytest.raises(TrustStoppedError):
        client.stamp(DIGEST)


def _digests(number: int) -> list[bytes]:
    return [sha256(b"%d" % one).digest() for one in range(number)]


def _imprint(token: bytes | None) -> bytes:
    assert token
    signed = cms.ContentInfo.load(token)["content"]
    return bytes(signed["encap_content_info"]["content"].parsed["message_imprint"]["hashed_message"].native)


@pytest.mark.parametrize("far", [0.0, 10.0])
def test_many_are_stamped_each_its_own_however_far_the_authority(two, monkeypatch, far):
    monkeypatch.setattr(tsa, "_FAR_SECONDS", far)
    client, heard = _client(two)
    digests = _digests(21)
    assert [_imprint(one) for one in client.stamp_many(digests)] == digests
    assert heard == [("A", True)] * 21
    assert client.last_good == AT
    assert client.stamp_many([]) == []


@pytest.mark.parametrize("far", [0.0, 10.0])
def test_an_authority_that_stops_in_the_middle_leaves_the_rest_to_be_asked_for(two, monkeypatch, far):
    monkeypatch.setattr(tsa, "_FAR_SECONDS", far)
    client, _ = _client(two)
    digests = _digests(20)
    answer = two[0].stamping.answer
    left = threading.Semaphore(5)

    class Failing:
        def answer(self, question: bytes, *, at: datetime) -> bytes:
            return answer(question, at=at) if left.acquire(blocking=False) else b"?"

    two[0].stamping = Failing()
    found = client.stamp_many(digests)
    done = [one for one in found if one]
    assert len(done) == 5
    assert [_imprint(client.stamp(digest)) for digest, one in zip(digests, found, strict=True) if not one] == [
        digest for digest, one in zip(digests, found, strict=True) if not one
    ]
    assert two[1].asked == 15


def test_nobody_there_leaves_all_to_be_asked_for(two):
    client, _ = _client(two)
    for one in two:
        one.body = b"?"
    assert client.stamp_many(_digests(3)) == [None] * 3
    with pytest.raises(UnstampedError):
        client.stamp(DIGEST)
    assert client.stamp_many(_digests(3)) == [None] * 3
