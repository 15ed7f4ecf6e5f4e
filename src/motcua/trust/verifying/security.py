"""The store of proofs inside a PDF (DSS, PAdES): certificates, OCSP answers and CRLs it brings along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from motcua.trust.verifying.chain import Evidence, is_readable
from motcua.trust.verifying.fields import entry

_MOST = 500
_MOST_BYTES = 16 * 1024 * 1024


def evidence_of(reader: PdfFileReader) -> Evidence:
    """Return what the DSS holds; what cannot be read there is left out, it proves nothing."""
    store = entry(reader.root, "/DSS")
    if not isinstance(store, generic.DictionaryObject):
        return Evidence()
    return Evidence(
        certificates=list(_all(store, "/Certs", x509.Certificate)),
        ocsps=list(_all(store, "/OCSPs", ocsp.OCSPResponse)),
        crls=list(_all(store, "/CRLs", crl.CertificateList)),
    )


def _all(store: generic.DictionaryObject, key: str, kind: Any) -> Iterator[Any]:
    array = entry(store, key)
    if not isinstance(array, generic.ArrayObject):
        return
    for raw in list(array)[:_MOST]:
        try:
            stream = raw.get_object()
            value = kind.load(stream.data[:_MOST_BYTES]) if isinstance(stream, generic.StreamObject) else None
            if is_readable(value):
                yield value
        except (PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError):
            continue
