"""A payment platform on loopback that answers as the national one does, well or badly, as told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from motcua.payments.rules.platform import ASK_FIELDS, CALLBACK_FIELDS, INIT_FIELDS, is_genuine, signed

PARTNER, SECRET = "DT01", "khoa-bi-mat-cua-doi-tac"


@dataclass
class FakePlatform:
    """What it was sent, and how it behaves: `mood` = good, cut, slow, garbage, error, redirect, or of QUERY's answer:
    other, partner, forged, unsigned, contrary."""

    mood: str = "good"
    states: dict[str, str] = field(default_factory=dict)
    amounts: dict[str, str] = field(default_factory=dict)
    heard: list[dict[str, Any]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, message: dict[str, Any]) -> bytes:
        """Answer a message with a right signature; a wrong one is told so."""
        self.heard.append(message)
        fields = INIT_FIELDS if message["LoaiBanTin"] == "INIT" else ASK_FIELDS
        if not is_genuine(message, fields, SECRET):
            return json.dumps({"error_code": "97", "message": "sai mã xác thực"}).encode()
        reference = str(message["MaThamChieu"])
        if message["LoaiBanTin"] == "INIT":
            self.states[reference], self.amounts[reference] = "khoi-tao", str(message["SoTien"])
            page = json.dumps({"UrlThanhToan": f"{self.url}/tra-tien/{reference}"})
            return json.dumps({"error_code": "0", "message": page}).encode()
        if message["LoaiBanTin"] == "GET_BILL":
            return b"%PDF-1.4 bien lai"
        return json.dumps(self._state_of(reference)).encode()

    def _state_of(self, reference: str) -> dict[str, Any]:
        """The answer to QUERY."""
        code = "99" if self.mood == "contrary" else "00"
        said = {**dict.fromkeys(CALLBACK_FIELDS, ""), "LoaiBanTin": "QUERY", "MaThamChieu": reference}
        said |= {"MaDoiTac": PARTNER, "SoTien": self.amounts.get(reference, ""), "MaGiaoDich": "GD1", "MaLoi": code}
        said |= {"other": {"MaThamChieu": "khac"}, "partner": {"MaDoiTac": "DT02"}}.get(self.mood, {})
        whole = signed(said, CALLBACK_FIELDS, SECRET if self.mood != "forged" else "khoa khac")
        if self.mood == "unsigned":
            del whole["MaXacThuc"]
        return {**whole, "TrangThaiGD": self.states.get(reference, "")}


def callback_of(
    reference: str, amount: int, *, code: str = "00", secret: str = SECRET, **changes: str
) -> dict[str, Any]:
    """What the platform calls back with."""
    message = {
        "LoaiBanTin": "CONFIRM", "MaLoi": code, "MaDoiTac": PARTNER, "MaThamChieu": reference, "SoTien": str(amount),
        "MaTienTe": "VND", "MaGiaoDich": "GD1", "MaNganHang": "VCB", "ThoiGianGD": "20260302091600",
        "ThongTinGiaoDich": "x", **changes,
    }  # fmt: skip
    return signed(message, CALLBACK_FIELDS, secret)


@contextmanager
def running() -> Iterator[FakePlatform]:
    """Let the platform listen on a free port of loopback."""
    platform = FakePlatform()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            platform.headers.append(self.headers.get("Authorization", ""))
            if platform.mood == "cut":
                self.connection.close()
                return
            if platform.mood == "slow":
                time.sleep(1.5)
            self.send_response({"error": 500, "redirect": 302}.get(platform.mood, 200))
            if platform.mood == "redirect":
                self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            bad = {"garbage": b"<html>", "error": b"", "list": b"[]", "no": b'{"error_code": "5"}'}
            page = b'{"error_code": "0", "message": {"UrlThanhToan": "javascript:x"}}'
            body = {**bad, "page": page}.get(platform.mood)
            self.wfile.write(platform.answer(json.loads(content)) if body is None else body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    platform.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield platform
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
