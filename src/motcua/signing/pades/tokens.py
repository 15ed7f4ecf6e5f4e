"""What lies inside signatures: the certificates of a CMS and of the timestamps in it, when a stamp was made."""

from collections.abc import Iterator
from datetime import UTC, datetime

from motcua.kernel import der

_TIMESTAMP = der.object_id("1.2.840.113549.1.9.16.2.14")
_CERTIFICATES, _UNSIGNED = 0xA0, 0xA1
_GENERALIZED_TIME = 0x18
_MOST_DEEP = 4


def certificates_in(cms: bytes) -> list[bytes]:
    """Return the certificates (DER) of a SignedData and of the timestamps over its signatures; raises DerError."""
    return list(dict.fromkeys(_certificates(cms, _MOST_DEEP)))


def _certificates(cms: bytes, depth: int) -> Iterator[bytes]:
    if not depth:
        return
    parts = _signed_data(cms)
    for part in parts:
        if part.tag == _CERTIFICATES:
            yield from (one.encoded for one in part.children() if one.tag == der.SEQUENCE)
    for signer in parts[-1].children():
        for token in _tokens(signer):
            yield from _certificates(token, depth - 1)


def _signed_data(cms: bytes) -> list[der.Value]:
    content = der.read(cms).children()
    return content[1].children()[0].children() if len(content) > 1 else []


def _tokens(signer: der.Value) -> Iterator[bytes]:
    for part in signer.children():
        if part.tag == _UNSIGNED:
            for attribute in part.children():
                kind, values = attribute.children()
                if kind.encoded == _TIMESTAMP:
                    yield from (value.encoded for value in values.children())


def signer_of_token(token: bytes) -> tuple[bytes, bytes]:
    """Return issuer (Name, DER) and serial number (INTEGER, DER) of the authority that made a timestamp."""
    signer = _signed_data(token)[-1].children()[0].children()
    issuer, serial = signer[1].children()
    return issuer.encoded, serial.encoded


def moment_of(token: bytes) -> datetime:
    """Return when a timestamp was made (genTime, without fractions); raises DerError."""
    encapsulated = _signed_data(token)[2].children()
    info = der.read(encapsulated[1].children()[0].content)
    for part in info.children():
        if part.tag == _GENERALIZED_TIME:
            return datetime.strptime(part.content[:14].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    raise der.DerError("a timestamp without a time")
