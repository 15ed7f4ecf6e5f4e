"""Remote signing: the API of the Cloud Signature Consortium, version 2.

The service keeps the key; we send digests. Fields and methods are those of "Architectures and protocols for remote
signature applications" 2.0.0.2, §11: credentials/list, credentials/info, credentials/authorize, signatures/signHash.
"""

import base64
import binascii
import json
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
_MOST_AT_ONCE = 50
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
    """A service and how we are known there. `url`: what stands before "/csc/v2/", https or this machine."""

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str = "dịch vụ ký số từ xa"

    def __post_init__(self) -> None:
        if not is_safe_address(self.url):
            raise Invalid(Problem("unsafe_address", "Địa chỉ dịch vụ ký số từ xa phải bắt đầu bằng https://.", "url"))

    def token(self) -> str:
        """Return an access token by the client credentials grant (§8.2, scope "service")."""
        asked = {"grant_type": "client_credentials", "client_id": self.client_id, "client_secret": self.client_secret}
        body = urlencode({**asked, "scope": "service"}).encode()
        found = self._read("oauth2/token", body, {"Content-Type": "application/x-www-form-urlencoded"})
        return _text(found, "access_token")

    def ask(self, method: str, values: Mapping[str, Any], *, token: str) -> dict[str, Any]:
        """POST a method of §11 and return its answer; raises MotCuaError for refusals, KeyGoneError for silence."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        return self._read(method, json.dumps(values).encode(), headers)

    def _read(self, method: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        try:
            answer = call(f"{self.url.rstrip('/')}/csc/v2/{method}", body=body, headers=headers, seconds=30)
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

    `most` signatures an authorisation; `pins_hashes` (SCAL 2): an authorisation holds for those very hashes.
    """

    id: str
    certificate: bytes
    chain: tuple[bytes, ...]
    algorithms: frozenset[str]
    most: int
    pins_hashes: bool
    asks: tuple[str, ...] = ()


def credentials(service: CscService, *, token: str) -> tuple[str, ...]:
    """Return the ids of the signer's usable credentials (credentials/list)."""
    found = service.ask("credentials/list", {"onlyValid": True}, token=token)
    return tuple(str(one) for one in found.get("credentialIDs", []))


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
        most=max(1, min(_MOST_AT_ONCE, _number(found.get("multisign")))),
        pins_hashes=str(found.get("SCAL", "1")) == "2",
        asks=tuple(str(_part({"one": one}, "one").get("id", "")) for one in auth.get("objects", [])),
    )


class CscKey:
    """A credential behind the port `SigningKey`; `secrets` is what the signer typed: {"PIN": …, "OTP": …}."""

    def __init__(
        self, service: CscService, known: Credential, *, token: str, secrets: Mapping[str, str] | None = None
    ) -> None:
        self.certificate, self.chain = known.certificate, known.chain
        self.algorithm: Algorithm = algorithm_of(known.certificate)
        self._service, self._known, self._token = service, known, token
        self._secrets = dict(secrets or {})

    def sign(self, digests: Sequence[bytes], *, hash_name: str = "sha256") -> list[bytes]:
        """Return raw signatures, in order; each was checked against the certificate.

        Authorises as many at once as the credential allows. Raises KeyGoneError with what is done when the service
        falls silent or answers with a signature of another key, MotCuaError when it refuses the first of them.
        """
        done: list[bytes] = []
        for start in range(0, len(digests), self._known.most):
            try:
                done += self._sign_some(digests[start : start + self._known.most], hash_name)
            except KeyGoneError as error:
                raise KeyGoneError(str(error), done) from error
            except MotCuaError as error:
                if not done:
                    raise
                raise KeyGoneError(error.problems[0].message, done) from error
        return done

    def close(self) -> None:
        """Forget what the signer typed."""
        self._secrets.clear()

    def _sign_some(self, digests: Sequence[bytes], hash_name: str) -> list[bytes]:
        hashes = [base64.b64encode(one).decode() for one in digests]
        asked: dict[str, Any] = {
            "credentialID": self._known.id,
            "hashes": hashes,
            "hashAlgorithmOID": _HASH_OIDS[hash_name],
        }
        activation = self._authorise(asked)
        found = self._service.ask(
            "signatures/signHash",
            {**asked, "SAD": activation, "signAlgo": self._sign_oid(hash_name)},
            token=self._token,
        )
        signatures = [as_der(_bytes(one), self.certificate) for one in found.get("signatures", [])]
        if len(signatures) != len(digests) or not all(
            fits(signature, digest, self.certificate, hash_name=hash_name)
            for signature, digest in zip(signatures, digests, strict=True)
        ):
            raise KeyGoneError(f"{self._service.name} trả về chữ ký không khớp với chứng thư hoặc với nội dung cần ký.")
        return signatures

    def _authorise(self, asked: Mapping[str, Any]) -> str:
        wanted: dict[str, Any] = dict(asked) if self._known.pins_hashes else {"credentialID": self._known.id}
        wanted["numSignatures"] = len(asked["hashes"])
        wanted["authData"] = [{"id": name, "value": value} for name, value in self._secrets.items()]
        return _text(self._service.ask("credentials/authorize", wanted, token=self._token), "SAD")

    def _sign_oid(self, hash_name: str) -> str:
        fitting = _SIGN_OIDS[self.algorithm, hash_name]
        return next((one for one in fitting if one in self._known.algorithms), fitting[0])


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


def _number(value: object) -> int:
    return value if isinstance(value, int) else 1
