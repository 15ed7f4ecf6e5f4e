"""Signing with a token of this computer: the page, the agent and the browser between them."""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from motcua.signing.agent.openers import Pkcs12Opener
from motcua.signing.agent.pairing import Pairing
from motcua.signing.agent.protocol import Protocol
from motcua.signing.agent.server import PORTS, AgentServer, listen
from motcua.signing.agent.session import Session
from motcua.signing.providers.raw import fits
from motcua.signing.terms import KeyGoneError, SigningKey
from tests.pki import PIN, demo_pki

STATIC = Path(settings.PACKAGE_DIR) / "sites" / "static" / "signing" / "agent.js"
TEMPLATE = "signing/agent.html"


@dataclass
class Desk:
    """The house's side of the protocol: digests to sign, signatures that came; three digests at a time."""

    digests: list[bytes]
    signatures: dict[int, bytes] = field(default_factory=dict)
    certificate: bytes = b""
    parts: int = 0

    def prepare(self, asked: dict[str, str]) -> dict[str, object]:
        self.certificate = base64.b64decode(asked["certificate"])
        left = [place for place in range(len(self.digests)) if place not in self.signatures]
        self.parts += 1
        items = [
            {"id": one, "digest": base64.b64encode(self.digests[one]).decode(), "label": f"Quyết định {one}"}
            for one in left[:3]
        ]
        title = "Ký kết quả"
        return {
            "batch": "7",
            "part": str(self.parts),
            "title": title,
            "hash": "sha256",
            "left": len(left),
            "items": items,
        }

    def finish(self, sent: dict[str, list[dict[str, object]]]) -> dict[str, int]:
        for one in sent["signatures"]:
            place, signature = int(str(one["id"])), base64.b64decode(str(one["signature"]))
            assert place not in self.signatures
            assert fits(signature, self.digests[place], self.certificate)
            self.signatures[place] = signature
        return {"done": len(self.signatures), "total": len(self.digests)}


@dataclass
class Person:
    seen: list[str] = field(default_factory=list)
    says: bool = True

    def show(self, text: str) -> None:
        self.seen.append(text)

    def agrees(self, text: str) -> bool:
        self.seen.append(text)
        return self.says

    def pin(self, _text: str) -> str:
        return PIN


class LooseOpener(Pkcs12Opener):
    """A token that comes out when `pulled_after` signatures are made; once."""

    pulled_after = -1

    def open(self, certificate: bytes, pin: str) -> SigningKey:
        key, opener, whole = super().open(certificate, pin), self, Pkcs12Opener.open(self, certificate, pin)

        def sign(digests: list[bytes], *, hash_name: str = "sha256") -> list[bytes]:
            if 0 <= opener.pulled_after < len(digests):
                done, opener.pulled_after = digests[: opener.pulled_after], -1
                raise KeyGoneError("token đã rút", whole.sign(done, hash_name=hash_name))
            opener.pulled_after -= len(digests) if opener.pulled_after >= 0 else 0
            return whole.sign(digests, hash_name=hash_name)

        key.sign = sign  # type: ignore[method-assign]
        return key


@dataclass
class Scene:
    url: str
    desk: Desk
    person: Person
    opener: LooseOpener


def _page(url: str) -> str:
    from django.template.loader import render_to_string

    context = {"prepare_url": f"{url}/prepare", "finish_url": f"{url}/finish", "then_url": f"{url}/done"}
    body = render_to_string(TEMPLATE, context).replace("/static/signing/agent.js", "/agent.js")
    head = '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Ký số</title>'
    return f"{head}<main><h1>Ký số</h1>{body}</main></html>"


def _house(desk: Desk) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/agent.js":
                self._say(STATIC.read_bytes(), "text/javascript")
            elif self.path == "/done":
                self._say("<!doctype html><title>Xong</title><h1>Đã ký cả lô</h1>".encode(), "text/html; charset=utf-8")
            else:
                self._say(_page(f"http://{self.headers['Host']}").encode(), "text/html; charset=utf-8")

        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            made = desk.prepare(sent) if self.path == "/prepare" else desk.finish(sent)
            self._say(json.dumps(made).encode(), "application/json")

        def _say(self, content: bytes, media_type: str) -> None:
            ports = " ".join(f"http://127.0.0.1:{port}" for port in PORTS)
            self.send_response(200)
            self.send_header(
                "Content-Security-Policy", f"default-src 'none'; script-src 'self'; connect-src 'self' {ports}"
            )
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    pki = demo_pki()
    file = tmp_path / "token.p12"
    file.write_bytes(pki.pkcs12(pki.officer("Hoàng Mạnh Cường", "UBND phường Hạ Long")))
    desk, person, opener = (
        Desk([hashlib.sha256(bytes([one])).digest() for one in range(8)]),
        Person(),
        LooseOpener(file, PIN),
    )
    house, agent = _house(desk), listen()
    url = f"http://127.0.0.1:{house.server_port}"
    agent.protocol = Protocol(url, agent.server_port, Pairing(tmp_path / "paired.json"), Session(opener, person))
    servers: tuple[ThreadingHTTPServer | AgentServer, ...] = (house, agent)
    threads = [Thread(target=one.serve_forever, daemon=True) for one in servers]
    for thread in threads:
        thread.start()
    yield Scene(url, desk, person, opener)
    for server, thread in zip(servers, threads, strict=True):
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def page(browser: Browser, scene: Scene) -> Iterator[Page]:
    opened = browser.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(scene.url)
    yield opened
    opened.close()
    assert not errors


def _pair(page: Page, scene: Scene) -> None:
    expect(page.get_by_role("status")).to_contain_text("mã sáu chữ số")
    page.get_by_label("Mã ghép nối").fill(scene.person.seen[-1].split()[-1])
    page.get_by_role("button", name="Ghép nối").click()


def test_an_officer_signs_eight_papers_with_the_token(page: Page, scene: Scene) -> None:
    _pair(page, scene)
    expect(page.get_by_label("Chứng thư")).to_contain_text("Hoàng Mạnh Cường")
    page.get_by_role("button", name="Ký", exact=True).click()
    expect(page.get_by_role("heading", name="Đã ký cả lô")).to_be_visible()
    assert sorted(scene.desk.signatures) == list(range(8))
    assert sum("Ký kết quả: 8 nội dung" in text for text in scene.person.seen) == 1


def test_a_token_pulled_out_keeps_what_is_signed_and_goes_on(page: Page, scene: Scene) -> None:
    _pair(page, scene)
    scene.opener.pulled_after = 5
    page.get_by_role("button", name="Ký", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("cắm lại thiết bị")
    assert sorted(scene.desk.signatures) == list(range(5))
    page.get_by_role("button", name="Ký", exact=True).click()
    expect(page.get_by_role("heading", name="Đã ký cả lô")).to_be_visible()
    assert sorted(scene.desk.signatures) == list(range(8))


def test_who_says_no_at_the_agent_signs_nothing(page: Page, scene: Scene) -> None:
    _pair(page, scene)
    scene.person.says = False
    page.get_by_role("button", name="Ký", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("từ chối")
    assert not scene.desk.signatures


def test_a_paired_browser_is_known_again(page: Page, scene: Scene) -> None:
    _pair(page, scene)
    expect(page.get_by_label("Chứng thư")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Chứng thư")).to_contain_text("Hoàng Mạnh Cường")
