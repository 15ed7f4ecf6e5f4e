"""A remote signing service on loopback that really signs; its answers have the shapes of the specification."""

import base64
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
SHA256 = "2.16.840.1.101.3.4.2.1"


@dataclass
class RemoteService:
    """What the service knows, and its moods; `asked` keeps every (method, body)."""

    key: PrivateKey
    certificates: list[bytes]
    pin: str = "12345678"
    scal: str = "2"
    multisign: int = 10
    plain_ecdsa: bool = False
    status: str = "enabled"
    #: After so many signatures it falls silent (the connection is cut); -1: never.
    falls_silent_after: int = -1
    #: How the signer proves who they are, and what is typed for it; "OTP" is the code that is good now, once.
    mode: str = "explicit"
    objects: tuple[str, ...] = ("PIN",)
    otp: str = ""
    #: Whether a further call may use an authorisation that has signatures left.
    links_calls: bool = True
    wrong_key: PrivateKey | None = None
    url: str = ""
    signed: int = 0
    asked: list[tuple[str, Any]] = field(default_factory=list)
    activations: dict[str, dict[str, Any]] = field(default_factory=dict)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    def answer(self, method: str, body: bytes, authorization: str) -> tuple[int, dict[str, Any]]:
        """Return status and JSON; raises ConnectionError when the service falls silent."""
        if method == "oauth2/token":
            form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            self.asked.append((method, form))
            if form.get("client_secret") != "bí-mật":
                return 401, {"error": "invalid_client", "error_description": "Client authentication failed"}
            return 200, {"access_token": self.token, "token_type": "Bearer", "expires_in": 3600}
        values = json.loads(body)
        self.asked.append((method, values))
        if method == "info":
            methods = ["credentials/list", "credentials/info", "credentials/authorize", "signatures/signHash"]
            return 200, {"specs": "2.0.0.2", "name": "Ký số thử", "region": "VN", "methods": methods}
        if authorization != f"Bearer {self.token}":
            return 401, {"error": "invalid_token", "error_description": "The access or refresh token is expired"}
        known = {
            "credentials/list": self._list,
            "credentials/extendTransaction": self._extend,
            "credentials/info": self._info,
            "credentials/authorize": self._authorize,
            "signatures/signHash": self._sign,
        }
        return known[method](values)

    def _list(self, _values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        return 200, {"credentialIDs": ["GX0112348"]}

    def _info(self, _values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        is_rsa = isinstance(self.key, rsa.RSAPrivateKey)
        algorithms = ["1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11"] if is_rsa else ["1.2.840.10045.4.3.2"]
        return 200, {
            "key": {"status": self.status, "algo": algorithms, "len": self.key.key_size},
            "cert": {
                "status": "valid",
                "certificates": [base64.b64encode(one).decode() for one in self.certificates],
                "issuerDN": "CN=…",
                "serialNumber": "5AAC41CD8FA22B953640",
                "subjectDN": "CN=…",
                "validFrom": "20250101100000Z",
                "validTo": "20300101095959Z",
            },
            "auth": {
                "mode": self.mode,
                "expression": " AND ".join(self.objects),
                "objects": [{"type": "Password", "id": one, "format": "N", "label": one} for one in self.objects],
            },
            "multisign": self.multisign,
            "SCAL": self.scal,
            "lang": "vi-VN",
        }

    def _authorize(self, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if self.mode == "explicit" and (wrong := self._wrong(values.get("authData", []))):
            return 400, {"error": wrong, "error_description": "The PIN or OTP is invalid"}
        if values["numSignatures"] > self.multisign:
            return 400, {"error": "invalid_request", "error_description": "Numbers of signatures is too high"}
        if self.scal == "2" and not values.get("hashes"):
            return 400, {"error": "invalid_request", "error_description": "Missing (or invalid type) array hashes"}
        return 200, self._activation(values | {"left": values["numSignatures"]})

    def _wrong(self, typed: list[dict[str, str]]) -> str:
        if "PIN" in self.objects and {"id": "PIN", "value": self.pin} not in typed:
            return "invalid_pin"
        if "OTP" in self.objects:
            if not self.otp or {"id": "OTP", "value": self.otp} not in typed:
                return "invalid_otp"
            self.otp = ""
        return ""

    def _extend(self, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        before = self.activations.pop(values.get("SAD", ""), None)
        if before is None or not self.links_calls:
            return 400, {"error": "invalid_request", "error_description": "Invalid parameter SAD"}
        return 200, self._activation(before | {"hashes": values["hashes"]})

    def _activation(self, values: dict[str, Any]) -> dict[str, Any]:
        activation = secrets.token_urlsafe(24)
        self.activations[activation] = values
        return {"SAD": activation, "expiresIn": 3600}

    def _sign(self, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        allowed = self.activations.get(values.get("SAD", ""))
        if allowed is None or allowed["left"] < len(values["hashes"]):
            return 400, {"error": "invalid_request", "error_description": "Invalid parameter SAD"}
        if self.scal == "2" and values["hashes"] != allowed["hashes"]:
            return 400, {"error": "invalid_request", "error_description": "Hash is not authorized by the SAD"}
        if values["hashAlgorithmOID"] != SHA256:
            return 400, {"error": "invalid_request", "error_description": "Invalid parameter hashAlgorithmOID"}
        if 0 <= self.falls_silent_after < self.signed + len(values["hashes"]):
            raise ConnectionError
        allowed["left"] -= len(values["hashes"])
        self.signed += len(values["hashes"])
        return 200, {"signatures": [self._signature(one) for one in values["hashes"]]}

    def _signature(self, digest: str) -> str:
        key, content = self.wrong_key or self.key, base64.b64decode(digest)
        if isinstance(key, rsa.RSAPrivateKey):
            raw = key.sign(content, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
        else:
            raw = key.sign(content, ec.ECDSA(Prehashed(hashes.SHA256())))
            if self.plain_ecdsa:
                raw = b"".join(part.to_bytes(32) for part in decode_dss_signature(raw))
        return base64.b64encode(raw).decode()


@contextmanager
def served(service: RemoteService) -> Iterator[RemoteService]:
    """Serve it on a free port of this machine; its `url` says where."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            method = self.path.removeprefix("/csc/v2/")
            try:
                status, found = service.answer(method, body, self.headers.get("Authorization", ""))
            except ConnectionError:
                self.close_connection = True
                return
            content = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json;charset=UTF-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
