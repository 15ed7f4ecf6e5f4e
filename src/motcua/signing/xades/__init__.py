"""XAdES signatures (ETSI EN 319 132-1) for data and messages."""

from motcua.signing.xades.checking import verify_xml
from motcua.signing.xades.making import payload_of, sign_bytes, sign_xml

__all__ = ["payload_of", "sign_bytes", "sign_xml", "verify_xml"]
