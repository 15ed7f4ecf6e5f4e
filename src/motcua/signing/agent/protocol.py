"""The loopback protocol, version 1 (docs/howto/agent-protocol.md): what is answered to which request."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from motcua.signing.agent.pairing import Pairing
from motcua.signing.agent.session import RefusedError, Session, Wish

MOST_BYTES = 256 * 1024
_MOST_ITEMS = 100
_DIGEST_BYTES = {"sha256": 32, "sha384": 48, "sha512": 64}


@dataclass(frozen=True, slots=True)
class Reply:
    """HTTP status, JSON body (None: no body) and headers."""

    status: int
    body: dict[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Protocol:
    """The agent of one house: `origin` is its address ("https://motcua.tinh.gov.vn"), `port` ours."""

    origin: str
    port: int
    pairing: Pairing
    session: Session
    _lock: Lock = field(default_factory=Lock)

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Return what is answered. Whoever is not the house, or asks by another name, learns nothing."""
        if headers.get("Host", "") not in {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}:
            return Reply(403)
        if headers.get("Origin", "") != self.origin:
            return Reply(403)
        if method == "OPTIONS":
            return Reply(204, headers=self._cors())
        with self._lock:
            reply = self._answer(method, path, headers, body)
        return Reply(reply.status, reply.body, self._cors())

    def _answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        secret = headers.get("Authorization", "").removeprefix("Bearer ")
        paired = bool(secret) and self.pairing.knows(self.origin, secret)
        try:
            match method, path:
                case "GET", "/v1/hello":
                    return Reply(200, {"agent": "motcua", "version": 1, "paired": paired})
                case "POST", "/v1/pair/begin":
                    self.session.asker.show(f"Mã ghép nối với {self.origin}: {self.pairing.begin()}")
                    return Reply(200, {})
                case "POST", "/v1/pair":
                    return self._pair(_values(headers, body))
                case _ if not paired:
                    raise RefusedError(401, "not_paired", "Trang này chưa được ghép nối với chương trình ký số.")
                case "GET", "/v1/certificates":
                    return Reply(200, {"certificates": self.session.certificates()})
                case "POST", "/v1/sign":
                    signatures = self.session.sign(_wish(_values(headers, body)))
                    return Reply(200, {"signatures": [_text(one) for one in signatures]})
                case _:
                    raise RefusedError(404, "no_such_method", "Chương trình ký số không có việc này.")
        except RefusedError as refused:
            said = {"error": refused.code, "message": str(refused), "signatures": [_text(one) for one in refused.done]}
            return Reply(refused.status, said)

    def _pair(self, values: Mapping[str, Any]) -> Reply:
        secret = self.pairing.finish(self.origin, str(values.get("code", "")))
        if secret is None:
            raise RefusedError(403, "wrong_code", "Mã ghép nối không đúng hoặc đã hết hạn; hãy lấy mã mới.")
        return Reply(200, {"secret": secret})

    def _cors(self) -> dict[str, str]:
        return {
            "Access-Control-Allow-Origin": self.origin,
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": "authorization, content-type",
            "Access-Control-Allow-Private-Network": "true",
            "Access-Control-Max-Age": "600",
            "Vary": "Origin",
        }


def _values(headers: Mapping[str, str], body: bytes) -> Mapping[str, Any]:
    """Return the JSON object sent; only a page that was let in by a preflight can send that media type."""
    if headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
        raise RefusedError(415, "not_json", "Yêu cầu phải là application/json.")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, "not_json", "Yêu cầu không phải JSON đọc được.") from error
    if not isinstance(found, dict):
        raise RefusedError(400, "not_json", "Yêu cầu phải là một đối tượng JSON.")
    return found


def _wish(values: Mapping[str, Any]) -> Wish:
    hash_name, items = str(values.get("hash", "")), values.get("items")
    if hash_name not in _DIGEST_BYTES or not isinstance(items, list) or not 0 < len(items) <= _MOST_ITEMS:
        raise RefusedError(400, "bad_request", f"Mỗi lần ký từ 1 đến {_MOST_ITEMS} nội dung, băm bằng SHA-256 trở lên.")
    digests = [_digest(item, _DIGEST_BYTES[hash_name]) for item in items]
    labels = [str(item.get("label", ""))[:200] for item in items]
    total = values.get("total")
    return Wish(
        certificate=str(values.get("certificate", "")),
        batch=str(values.get("batch", ""))[:100],
        part=str(values.get("part", ""))[:100],
        title=str(values.get("title", ""))[:200],
        total=total if isinstance(total, int) and total >= len(items) else len(items),
        hash_name=hash_name,
        digests=tuple(digests),
        labels=tuple(labels),
    )


def _digest(item: object, length: int) -> bytes:
    try:
        digest = base64.b64decode(str(item["digest"]) if isinstance(item, dict) else "", validate=True)
    except (KeyError, binascii.Error, ValueError) as error:
        raise RefusedError(400, "bad_digest", "Mã băm cần ký không đúng dạng.") from error
    if len(digest) != length:
        raise RefusedError(400, "bad_digest", "Mã băm cần ký không đúng độ dài.")
    return digest


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
