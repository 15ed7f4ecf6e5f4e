"""Making XAdES signatures: B-B, and B-T when an authority stamps them.

signxml builds them; it wants a private key, so `_KeyAbroad` lets it sign with any `SigningKey`. C14N 1.1 is signxml's
default and the only one its own check accepts.
"""

import base64
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml.algorithms import SignatureConstructionMethod
from signxml.xades.xades import XAdESDataObjectFormat, XAdESSigner

from motcua.kernel.errors import Invalid, Problem
from motcua.signing.terms import SigningKey, Stamper
from motcua.signing.xades.reading import DS, XADES, ds, read_xml, xades
from motcua.trust.terms import UnstampedError

_METHODS = {"rsa": "rsa-sha256", "ecdsa": "ecdsa-sha256"}


class _KeyAbroad:
    """What signxml needs of a private key, done by a `SigningKey`."""

    def __init__(self, key: SigningKey) -> None:
        self._key = key
        self._public: Any = x509.load_der_x509_certificate(key.certificate).public_key()

    @property
    def key_size(self) -> int:
        return int(self._public.key_size)

    def public_key(self) -> Any:
        """Return the public key, for KeyValue."""
        return self._public

    def sign(self, data: bytes, **_how: object) -> bytes:
        """Return the raw signature of the data's SHA-256 (the method was chosen by the kind of key)."""
        (signature,) = self._key.sign([hashlib.sha256(data).digest()])
        return signature


class _Signer(XAdESSigner):
    """signxml's signer, told when it is: time is an argument."""

    def __init__(self, *, at: datetime, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._at = at

    def add_signing_time(
        self,
        signed_signature_properties: Any,
        sig_root: Any,  # noqa: ARG002 (the shape is signxml's)
        signing_settings: Any,  # noqa: ARG002 (as above)
    ) -> None:
        """Put the claimed time (ETSI EN 319 132-1, 5.2.1) of the act."""
        element = etree.SubElement(signed_signature_properties, xades("SigningTime"), nsmap=self.namespaces)
        element.text = self._at.astimezone(UTC).isoformat(timespec="seconds")


def sign_xml(data: bytes, key: SigningKey, *, at: datetime, stamper: Stamper | None = None) -> bytes:
    """Return the XML document with an enveloped XAdES signature as the last child of its root.

    It signs the whole document, so one that is signed already is refused: envelop that by `sign_bytes`. Raises Invalid
    for XML that cannot be signed, KeyGoneError and TrustStoppedError from key and stamper. Without an answer of the
    stamper it stays B-B.
    """
    root = read_xml(data)
    if root.find(f".//{ds('Signature')}") is not None:
        message = "Tệp XML này đã có chữ ký số; hãy ký cả tệp như một gói dữ liệu."
        raise Invalid(Problem("already_signed", message, "file"))
    return _signed(root, key, at, stamper, SignatureConstructionMethod.enveloped, "text/xml")


def sign_bytes(
    data: bytes, key: SigningKey, *, at: datetime, media_type: str = "application/json", stamper: Stamper | None = None
) -> bytes:
    """Return an XML signature that envelops any bytes (in Base64, so that not one changes); see `payload_of`."""
    text = base64.b64encode(data).decode()
    return _signed(text, key, at, stamper, SignatureConstructionMethod.enveloping, media_type)


def payload_of(signed: bytes) -> bytes:
    """Return the bytes that `sign_bytes` enveloped; raises Invalid when there are none. Verify them first."""
    found = read_xml(signed).findall(f"{ds('Object')}[@Id='object']")
    try:
        (one,) = found
        return base64.b64decode(one.text or "", validate=True)
    except ValueError as error:
        raise Invalid(Problem("no_payload", "Tệp XML không chứa gói dữ liệu đã ký.", "file")) from error


def _signed(
    data: Any,
    key: SigningKey,
    at: datetime,
    stamper: Stamper | None,
    method: SignatureConstructionMethod,
    media_type: str,
) -> bytes:
    signer = _Signer(
        at=at,
        method=method,
        signature_algorithm=_METHODS[key.algorithm],
        digest_algorithm="sha256",
        data_object_format=XAdESDataObjectFormat(Description="Dữ liệu ký số", MimeType=media_type),
    )
    chain = [x509.load_der_x509_certificate(one) for one in (key.certificate, *key.chain)]
    pem = [one.public_bytes(Encoding.PEM).decode() for one in chain]
    abroad: Any = _KeyAbroad(key)
    root = signer.sign(data, key=abroad, cert=pem, always_add_key_value=False)
    if stamper is not None:
        _stamp(root, stamper.stamp)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _stamp(root: etree._Element, stamp: Callable[[bytes], bytes]) -> None:
    """Add a SignatureTimeStamp (ETSI EN 319 132-1, 5.3) over the canonical SignatureValue."""
    signature = root if root.tag == ds("Signature") else root.find(f".//{ds('Signature')}")
    value = signature.find(ds("SignatureValue")) if signature is not None else None
    properties = signature.find(f".//{xades('QualifyingProperties')}") if signature is not None else None
    if value is None or properties is None:
        raise ValueError("no XAdES signature was made")
    try:
        token = stamp(hashlib.sha256(etree.tostring(value, method="c14n")).digest())
    except UnstampedError:
        return
    unsigned = etree.SubElement(properties, xades("UnsignedProperties"), nsmap={"xades": XADES, "ds": DS})
    signature_properties = etree.SubElement(unsigned, xades("UnsignedSignatureProperties"))
    stamped = etree.SubElement(signature_properties, xades("SignatureTimeStamp"))
    method = etree.SubElement(stamped, ds("CanonicalizationMethod"))
    method.set("Algorithm", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315")
    etree.SubElement(stamped, xades("EncapsulatedTimeStamp")).text = base64.b64encode(token).decode()
