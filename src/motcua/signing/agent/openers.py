"""Where the agent finds its key: a token, or a PKCS#12 file for those without one."""

from collections.abc import Sequence
from pathlib import Path

from motcua.kernel.errors import Invalid, MotCuaError
from motcua.signing.agent.session import WrongPinError
from motcua.signing.providers.pkcs11 import Pkcs11Key, TokenKey, certificates_on
from motcua.signing.providers.pkcs12 import Pkcs12Key
from motcua.signing.terms import KeyGoneError, SigningKey

Certificates = Sequence[tuple[bytes, tuple[bytes, ...]]]


class Pkcs11Opener:
    """A token by its vendor's library. Certificates are read without a PIN, anew each time: tokens come and go."""

    def __init__(self, module: str, token: str) -> None:
        self._module, self._token = module, token

    def certificates(self) -> Certificates:
        """Return the certificates on the token, none while it is not there."""
        try:
            return [(one.certificate, one.chain) for one in certificates_on(self._module, self._token)]
        except MotCuaError:
            return []

    def open(self, certificate: bytes, pin: str) -> SigningKey:
        """Open the key of the certificate for a batch; raises WrongPinError, KeyGoneError."""
        try:
            found = next(one for one in certificates_on(self._module, self._token) if one.certificate == certificate)
            return Pkcs11Key(TokenKey(self._module, self._token, key_id=found.key_id), pin)
        except StopIteration as error:
            raise KeyGoneError("chứng thư không còn trên thiết bị") from error
        except MotCuaError as error:
            problem = error.problems[0]
            raise (WrongPinError if problem.field == "pin" else KeyGoneError)(problem.message) from error


class Pkcs12Opener:
    """A key file. Its certificates are encrypted too, so the PIN is typed once at the start, and not kept."""

    def __init__(self, file: Path, pin: str) -> None:
        self._file = file
        key = self._read(pin)
        self._certificates = ((key.certificate, key.chain),)
        key.close()

    def certificates(self) -> Certificates:
        """Return the one certificate and its chain."""
        return self._certificates

    def open(self, certificate: bytes, pin: str) -> SigningKey:
        """Open the key for a batch; raises WrongPinError, and KeyGoneError when the file went away or was replaced."""
        key = self._read(pin)
        if key.certificate != certificate:
            key.close()
            raise KeyGoneError("tệp khóa đã bị thay")
        return key

    def _read(self, pin: str) -> Pkcs12Key:
        try:
            return Pkcs12Key(self._file.read_bytes(), pin)
        except OSError as error:
            raise KeyGoneError(f"không đọc được tệp khóa: {error.strerror}") from error
        except Invalid as error:
            raise WrongPinError(error.problems[0].message) from error
