"""A key of the heads in a PKCS#11 device (HSM, token): `pkcs11:token=…;object=…?module-path=/…/lib.so`."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pkcs11
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pkcs11.util.ec import encode_ec_public_key, encode_ecdsa_signature

from motcua.evidence.providers.keys import KeyProblemError, attributes_of, spki
from motcua.evidence.rules.notes import ECDSA, PublicKey


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """A P-256 key that never leaves its device; each signature opens a session of its own.

    The hash is made here: not every device knows ECDSA with SHA-256 in one.
    """

    public: PublicKey
    _token: Any
    _pin: str
    _label: str

    def sign(self, text: bytes) -> bytes:
        """Return the ECDSA signature (DER) over the text; raises KeyProblemError when the device is away."""
        try:
            with self._token.open(user_pin=self._pin or None) as session:
                key = session.get_key(label=self._label, object_class=pkcs11.ObjectClass.PRIVATE_KEY)
                raw = key.sign(sha256(text).digest(), mechanism=pkcs11.Mechanism.ECDSA)
        except pkcs11.PKCS11Error as error:
            raise KeyProblemError(f"Thiết bị giữ khóa ký đầu sổ không trả lời: {type(error).__name__}.") from error
        return bytes(encode_ecdsa_signature(raw))


def device_key(uri: str, *, pin: str, name: str) -> DeviceKey:
    """Return the key that a PKCS#11 URI names; raises KeyProblemError."""
    said = attributes_of(uri)
    if not said.get("module-path") or not said.get("object"):
        raise KeyProblemError("Địa chỉ PKCS#11 của khóa ký đầu sổ phải có object và module-path.")
    pin = pin or said.get("pin-value", "")
    try:
        token = pkcs11.lib(said["module-path"]).get_token(token_label=said.get("token"))
        with token.open(user_pin=pin or None) as session:
            found: Any = session.get_key(label=said["object"], object_class=pkcs11.ObjectClass.PUBLIC_KEY)
            public = serialization.load_der_public_key(encode_ec_public_key(found))
    except (pkcs11.PKCS11Error, RuntimeError, ValueError) as error:
        raise KeyProblemError(f"Không dùng được thiết bị giữ khóa ký đầu sổ: {type(error).__name__}.") from error
    if not isinstance(public, ec.EllipticCurvePublicKey) or not isinstance(public.curve, ec.SECP256R1):
        raise KeyProblemError("Khóa ký đầu sổ trên thiết bị phải là ECDSA P-256.")
    return DeviceKey(PublicKey(name, ECDSA, spki(public)), token, pin, said["object"])
