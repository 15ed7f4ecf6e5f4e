"""Remote signing: the API of the Cloud Signature Consortium, version 2.

The service keeps the key; we send digests. Fields and methods are those of "Architectures and protocols for remote
signature applications" 2.0.0.2, §11: info, credentials/list, credentials/info, credentials/authorize,
credentials/extendTransaction, signatures/signHash.

What a signer has to do for a credential (`auth.mode`): "explicit" a PIN or a code of an application, typed here;
"implicit" a yes on the telephone, asked for by the service itself. "oauth2code" (the service's own page) and codes that
the service sends for each time (`ChallengeResponse`) are told and not taken.
"""

import base64
import binascii
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from motcua.kernel.calling import CallError, call, is_safe_address
from motcua.kernel.errors import Invalid, MotCuaError, NotPermitted, Problem
from motcua.signing.providers.raw import algorithm_of, as_der, fits
from motcua.signing.terms import Algorithm, KeyGoneError

_HASH_OIDS = {
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
#: Kind of key and hash → algorithms to sign with, the most exact first; a service lists those it takes.
_SIGN_OIDS: Mapping[tuple[Algorithm, str], tuple[str, ...]] = {
    ("rsa", "sha256"): ("1.2.840.113549.1.1.11", "1.2.840.113549.1.1.1"),
    ("rsa", "sha384"): ("1.2.840.113549.1.1.12", "1.2.840.113549.1.1.1"),
    ("rsa", "sha512"): ("1.2.840.113549.1.1.13", "1.2.840.113549.1.1.1"),
    ("ecdsa", "sha256"): ("1.2.840.10045.4.3.2", "1.2.840.10045.2.1"),
    ("ecdsa", "sha384"): ("1.2.840.10045.4.3.3", "1.2.840.10045.2.1"),
    ("ecdsa", "sha512"): ("1.2.840.10045.4.3.4", "1.2.840.10045.2.1"),
}
#: Hashes in one call; an authorisation may hold for more of them.
_MOST_AT_ONCE = 50
#: Seconds a call may take, and one that waits for somebody to say yes on a telephone.
_PATIENCE, _TELEPHONE = 30.0, 120.0
#: A SAD is good for an hour where the service does not say how long (§11.7); a moment less is relied on.
_SAD_SECONDS, _SAD_MARGIN = 3600, 20
_MOST_LISTED = 20
_SENT = "challenge"
_OK = 200
_UNAVAILABLE = frozenset({408, 429, 500, 502, 503, 504})
#: Errors of §11 that the signer can do something about.
_ERRORS: Mapping[str, tuple[str, str]] = {
    "invalid_pin": ("wrong_pin", "Mã PIN của dịch vụ ký số từ xa chưa đúng; hãy nhập lại."),
    "invalid_otp": ("wrong_otp", "Mã OTP chưa đúng hoặc đã hết hạn; hãy lấy mã mới rồi nhập lại."),
    "invalid_token": ("token_expired", "Phiên với dịch vụ ký số từ xa đã hết hạn; hãy kết nối lại."),
    "invalid_client": ("bad_client", "Dịch vụ ký số từ xa không nhận mã ứng dụng; hãy báo người quản trị."),
    "access_denied": ("denied", "Bạn hoặc dịch vụ ký số từ xa đã từ chối yêu cầu ký này."),
    "credential_locked": ("locked", "Khóa ký số từ xa đang bị khóa; hãy liên hệ nhà cung cấp."),
}


@dataclass(frozen=True, slots=True)
class CscService:
    """A service and how we are known there. `url`: what stands before "/csc/v2/", https or this machine.

    `token_url`: where access tokens come from when that is not url/csc/v2/oauth2/token.
    """

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str = "dịch vụ ký số từ xa"
    token_url: str = ""

    def __post_init__(self) -> None:
        if not all(is_safe_address(one) for one in (self.url, self.token_url or self.url)):
            raise Invalid(Problem("unsafe_address", "Địa chỉ dịch vụ ký số từ xa phải bắt đầu bằng https://.", "url"))

    def token(self) -> str:
        """Return an access token by the client credentials grant (§8.2, scope "service")."""
        asked = {"grant_type": "client_credentials", "client_id": self.client_id, "client_secret": self.client_secret}
        body = urlencode({**asked, "scope": "service"}).encode()
        address = self.token_url or self._address("oauth2/token")
        found = self._read(address, body, {"Content-Type": "application/x-www-form-urlencoded"})
        return _text(found, "access_token")

    def ask(
        self, method: str, values: Mapping[str, Any], *, token: str = "", seconds: float = _PATIENCE
    ) -> dict[str, Any]:
        """POST a method of §11 and return its answer; raises MotCuaError for refusals, KeyGoneError for silence."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        return self._read(self._address(method), json.dumps(values).encode(), headers, seconds=seconds)

    def _address(self, method: str) -> str:
        return f"{self.url.rstrip('/')}/csc/v2/{method}"

    def _read(
        self, address: str, body: bytes, headers: Mapping[str, str], *, seconds: float = _PATIENCE
    ) -> dict[str, Any]:
        try:
            answer = call(address, body=body, headers=headers, seconds=seconds)
        except CallError as error:
            raise KeyGoneError(f"Không gọi được {self.name}: {error}") from error
        found = _json(answer.body)
        if answer.status == _OK and found is not None:
            return found
        if answer.status in _UNAVAILABLE or answer.status == _OK:
            raise KeyGoneError(f"{self.name} đang không trả lời được (HTTP {answer.status}).")
        raise _refusal(answer.status, found or {}, self.name)


@dataclass(frozen=True, slots=True)
class Credential:
    """A key at the service: its certificates (DER), what it can do, and what the signer has to type.

    `most` signatures an authorisation; `pins_hashes` (SCAL 2): an authorisation holds for those very hashes. `asks`:
    the names of what is typed; `once`: those of them that are good for one time; `mode`: see above.
    """

    id: str
    certificate: bytes
    chain: tuple[bytes, ...]
    algorithms: frozenset[str]
    most: int
    pins_hashes: bool
    asks: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    mode: str = "explicit"
    name: str = ""

    def refusal(self) -> str:
        """Return why this house cannot sign with it; "" when it can."""
        if self.mode == "oauth2code":
            return "Khóa này đòi xác nhận từng lần trên trang của nhà cung cấp (oauth2code); hệ thống chưa ký được."
        if self.mode == _SENT:
            return "Khóa này gửi mã riêng cho từng lần ký (ChallengeResponse); hệ thống chưa ký được."
        if self.mode not in {"explicit", "implicit"}:
            return f"Khóa này có cách xác nhận hệ thống không biết ({self.mode})."
        if len(set(self.asks) - set(self.once)) > 1 or len(self.once) > 1:
            return "Khóa này đòi nhiều hơn một PIN hoặc nhiều hơn một mã dùng một lần; hệ thống chưa ký được."
        return ""


def about(service: CscService) -> dict[str, str]:
    """Return what the service says of itself (info): name, version of the specification, region, its methods."""
    found = service.ask("info", {"lang": "vi-VN"})
    said = {name: str(found.get(name, ""))[:200] for name in ("name", "specs", "region", "description")}
    methods = found.get("methods", [])
    return said | {"methods": ", ".join(str(one) for one in methods)[:1000] if isinstance(methods, list) else ""}


def credentials(service: CscService, *, token: str, user: str = "") -> tuple[str, ...]:
    """Return the ids of the usable credentials of a signer (credentials/list).

    `user`: the signer's name at the service, where its token is the house's and not the signer's.
    """
    found = service.ask("credentials/list", {"onlyValid": True} | ({"userID": user} if user else {}), token=token)
    listed = found.get("credentialIDs", [])
    return tuple(str(one) for one in listed[:_MOST_LISTED]) if isinstance(listed, list) else ()


def credential(service: CscService, credential_id: str, *, token: str) -> Credential:
    """Return what the service says of a credential (credentials/info); raises Invalid when it cannot sign."""
    asked = {"credentialID": credential_id, "certificates": "chain", "certInfo": True, "authInfo": True}
    found = service.ask("credentials/info", asked, token=token)
    key, cert, auth = (_part(found, name) for name in ("key", "cert", "auth"))
    if key.get("status") != "enabled" or cert.get("status", "valid") != "valid":
        message = "Khóa ký số từ xa này không còn dùng được (bị khóa, hết hạn hoặc đã thu hồi)."
        raise Invalid(Problem("credential_unusable", message, "credential"))
    certificates = [_bytes(one) for one in cert.get("certificates", [])]
    if not certificates:
        raise Invalid(Problem("no_certificate", "Dịch vụ ký số từ xa không cho biết chứng thư.", "credential"))
    return Credential(
        id=credential_id,
        certificate=certificates[0],
        chain=tuple(certificates[1:]),
        algorithms=frozenset(str(one) for one in key.get("algo", [])),
        most=max(1, _number(found.get("multisign"))),
        pins_hashes=str(found.get("SCAL", "1")) == "2",
        **_asked(auth),
        name=str(cert.get("subjectDN", ""))[:300],
    )


def _asked(auth: Mapping[str, Any]) -> dict[str, Any]:
    """What the signer has to type. A service that says nothing of it wants a PIN, as the specification's example."""
    mode = str(auth.get("mode", "explicit"))
    listed = auth.get("objects", [])
    objects = [_part({"one": one}, "one") for one in listed] if isinstance(listed, list) else []
    if any(one.get("type") == "ChallengeResponse" for one in objects):
        mode = _SENT
    asks = tuple(str(one.get("id", "")) for one in objects if one.get("id"))
    once = tuple(
        str(one["id"]) for one in objects if one.get("id") and (one.get("generator") or "OTP" in str(one["id"]).upper())
    )
    return {"mode": mode, "asks": asks, "once": once}


class CscKey:
    """A credential behind the port `SigningKey`; `secrets` is what the signer typed: {"PIN": …, "OTP": …}.

    One authorisation serves as many signatures as the credential allows, over several calls of `sign`, so that a code
    that is good for one time signs more than one paper.
    """

    def __init__(
        self, service: CscService, known: Credential, *, token: str, secrets: Mapping[str, str] | None = None
    ) -> None:
        self.certificate, self.chain = known.certificate, known.chain
        self.algorithm: Algorithm = algorithm_of(known.certificate)
        self._service, self._known, self._token = service, known, token
        self._secrets = dict(secrets or {})
        self._foreseen = 0
        self._sad = _Activation()

    def foresee(self, count: int) -> None:
        """Say how many signatures will be wanted in all: one authorisation is asked for as many of them as it may."""
        self._foreseen = count

    def sign(self, digests: Sequence[bytes], *, hash_name: str = "sha256") -> list[bytes]:
        """Return raw signatures, in order; each was checked against the certificate.

        Raises KeyGoneError with what is done when the service falls silent, when a one-time code is used up, or when it
        answers with a signature of another key; MotCuaError when it refuses the first of them.
        """
        done: list[bytes] = []
        lot = min(self._known.most, _MOST_AT_ONCE)
        self._foreseen = max(self._foreseen, len(digests))
        for start in range(0, len(digests), lot):
            try:
                done += self._sign_some(digests[start : start + lot], hash_name)
            except KeyGoneError as error:
                raise KeyGoneError(str(error), done) from error
            except MotCuaError as error:
                if not done:
                    raise
                raise KeyGoneError(error.problems[0].message, done) from error
        return done

    def close(self) -> None:
        """Forget what the signer typed and what it allowed."""
        self._secrets.clear()
        self._sad = _Activation()

    def _sign_some(self, digests: Sequence[bytes], hash_name: str) -> list[bytes]:
        hashes = [base64.b64encode(one).decode() for one in digests]
        asked: dict[str, Any] = {
            "credentialID": self._known.id,
            "hashes": hashes,
            "hashAlgorithmOID": _HASH_OIDS[hash_name],
        }
        asked["signAlgo"] = self._sign_oid(hash_name)
        found = self._signed(asked)
        self._sad.left -= len(digests)
        self._foreseen -= len(digests)
        listed = found.get("signatures", [])
        signatures = [as_der(_bytes(one), self.certificate) for one in listed] if isinstance(listed, list) else []
        if len(signatures) != len(digests) or not all(
            fits(signature, digest, self.certificate, hash_name=hash_name)
            for signature, digest in zip(signatures, digests, strict=True)
        ):
            raise KeyGoneError(f"{self._service.name} trả về chữ ký không khớp với chứng thư hoặc với nội dung cần ký.")
        return signatures

    def _signed(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        before = self._sad.value
        try:
            return self._with_activation(self._activation(asked), asked)
        except MotCuaError:
            if not before or self._is_typed_once:
                raise
        return self._with_activation(self._authorise(asked), asked)  # its authorisations are good for one call

    def _with_activation(self, activation: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        return self._service.ask("signatures/signHash", {**asked, "SAD": activation}, token=self._token)

    @property
    def _is_typed_once(self) -> bool:
        return any(name in self._secrets for name in self._known.once)

    def _activation(self, asked: Mapping[str, Any]) -> str:
        """The authorisation that stands, while it is good for so many; else a new one."""
        count, sad = len(asked["hashes"]), self._sad
        if not sad.is_good_for(count):
            return self._authorise(asked)
        if not self._known.pins_hashes:
            return sad.value
        try:
            wanted = {name: asked[name] for name in ("credentialID", "hashes", "hashAlgorithmOID")}
            wanted["SAD"] = sad.value
            sad.take(self._service.ask("credentials/extendTransaction", wanted, token=self._token))
        except MotCuaError:
            return self._authorise(asked)  # a service that does not link calls: each is authorised by itself
        return sad.value

    def _authorise(self, asked: Mapping[str, Any]) -> str:
        if self._sad.value and self._is_typed_once:
            message = f"Mỗi mã dùng một lần ký được nhiều nhất {self._known.most} văn bản; hãy nhập mã mới để ký tiếp."
            raise KeyGoneError(message)
        named = ("credentialID", *(("hashes", "hashAlgorithmOID") if self._known.pins_hashes else ()))
        wanted: dict[str, Any] = {name: asked[name] for name in named}
        count = min(self._known.most, max(self._foreseen, len(asked["hashes"])))
        wanted["numSignatures"] = count
        wanted["authData"] = [{"id": name, "value": value} for name, value in self._secrets.items()]
        seconds = _TELEPHONE if self._known.mode == "implicit" else _PATIENCE
        found = self._service.ask("credentials/authorize", wanted, token=self._token, seconds=seconds)
        self._sad = _Activation(left=count)
        self._sad.take(found)
        return self._sad.value

    def _sign_oid(self, hash_name: str) -> str:
        fitting = _SIGN_OIDS[self.algorithm, hash_name]
        return next((one for one in fitting if one in self._known.algorithms), fitting[0])


@dataclass(slots=True)
class _Activation:
    """Signature activation data (SAD): for how many signatures more, and until when by this machine's running clock."""

    value: str = ""
    left: int = 0
    until: float = 0.0

    def is_good_for(self, count: int) -> bool:
        return bool(self.value) and self.left >= count and time.monotonic() < self.until

    def take(self, found: Mapping[str, Any]) -> None:
        self.value = _text(found, "SAD")
        self.until = time.monotonic() + (_number(found.get("expiresIn"), _SAD_SECONDS) - _SAD_MARGIN)


def _refusal(status: int, found: Mapping[str, Any], name: str) -> MotCuaError:
    error, said = str(found.get("error", "")), str(found.get("error_description", ""))[:300]
    if error in _ERRORS:
        code, message = _ERRORS[error]
        return NotPermitted(Problem(code, message, "pin"))
    return Invalid(Problem("csc_refused", f"{name} không nhận yêu cầu (HTTP {status}): {said or error or 'không rõ'}."))


def _json(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _part(found: Mapping[str, Any], name: str) -> dict[str, Any]:
    part = found.get(name)
    return part if isinstance(part, dict) else {}


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    if not isinstance(value, str) or not value:
        raise KeyGoneError(f"Dịch vụ ký số từ xa trả lời thiếu {name}.")
    return value


def _bytes(value: object) -> bytes:
    try:
        return base64.b64decode(str(value), validate=False)
    except binascii.Error as error:
        raise KeyGoneError("Dịch vụ ký số từ xa trả lời sai dạng Base64.") from error


def _number(value: object, otherwise: int = 1) -> int:
    return value if isinstance(value, int) else otherwise
