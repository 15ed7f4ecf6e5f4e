"""A token of software (SoftHSM) for tests: its own folder, its own PIN, keys and certificates put on it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11.constants import Attribute
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from tests.pki import Holder

PIN = "12345678"
_PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")


@dataclass(frozen=True)
class SoftToken:
    """A token: the library and the label it is found by."""

    module: str
    label: str

    def put(self, holder: Holder, key_id: bytes = b"\1", label: str = "ky-so", **attributes: Any) -> None:
        """Put a holder's key, certificate and chain on the token."""
        extra = {Attribute[name]: value for name, value in attributes.items()}
        with self.open() as session:
            session.create_object(_key_attributes(holder) | {Attribute.ID: key_id, Attribute.LABEL: label} | extra)
            for number, der in enumerate((holder.der, *holder.chain_der)):
                named = {
                    Attribute.ID: key_id if number == 0 else b"\xff",
                    Attribute.LABEL: label,
                    Attribute.TOKEN: True,
                }
                session.create_object(decode_x509_certificate(der) | named)

    def open(self) -> Any:
        """Open a session that may write."""
        return pkcs11.lib(self.module).get_token(token_label=self.label).open(user_pin=PIN, rw=True)


def _key_attributes(holder: Holder) -> dict[Any, Any]:
    is_rsa = isinstance(holder.key, rsa.RSAPrivateKey)
    shape = PrivateFormat.TraditionalOpenSSL
    der = holder.key.private_bytes(Encoding.DER, shape, NoEncryption())
    attributes = decode_rsa_private_key(der) if is_rsa else decode_ec_private_key(der)
    return attributes | {
        Attribute.TOKEN: True,
        Attribute.SENSITIVE: True,
        Attribute.SIGN: True,
        Attribute.PRIVATE: True,
    }


@contextmanager
def soft_token(folder: Path, label: str = "thu-token") -> Iterator[SoftToken]:
    """Make a token in a folder; skips where SoftHSM is not installed. The library starts anew with every token."""
    module = next((place for place in _PLACES if Path(place).exists()), "")
    if not module:
        pytest.skip("SoftHSM is not installed")
    folder.joinpath("tokens").mkdir(parents=True)
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    _restart(module)
    make = ["softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", PIN, "--pin", PIN]
    subprocess.run(make, check=True, capture_output=True)
    _restart(module)
    try:
        yield SoftToken(module, label)
    finally:
        pull_out(module)
        os.environ.pop("SOFTHSM2_CONF")
        if before is not None:
            os.environ["SOFTHSM2_CONF"] = before


def pull_out(module: str) -> None:
    """Take the library away from under its sessions, as when a token is pulled out."""
    library = pkcs11.lib(module)
    if library.initialized:
        library.finalize()


def _restart(module: str) -> None:
    pull_out(module)
    pkcs11.lib(module)
