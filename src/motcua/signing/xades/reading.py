"""XML from elsewhere, read so that it can do nothing but be XML."""

from lxml import etree

from motcua.kernel.errors import Invalid, Problem

DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
MOST_BYTES = 20 * 1024 * 1024


def parser() -> etree.XMLParser:
    """Return a parser that resolves no entity, loads nothing, and bounds depth and size."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def read_xml(data: bytes) -> etree._Element:
    """Return the root of the document; raises Invalid for what is not XML, is too large, or has a DOCTYPE."""
    if len(data) > MOST_BYTES:
        raise Invalid(Problem("too_large", f"Tệp XML lớn hơn {MOST_BYTES // 1024 // 1024} MB.", "file"))
    try:
        root = etree.fromstring(data, parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Invalid(Problem("not_xml", f"Tệp không phải XML đọc được: {error}.", "file")) from error
    if root.getroottree().docinfo.doctype:
        raise Invalid(Problem("doctype", "Tệp XML có khai báo DOCTYPE; văn bản ký số không được có.", "file"))
    return root


def ds(name: str) -> str:
    """Return a name of XML signatures with its namespace."""
    return f"{{{DS}}}{name}"


def xades(name: str) -> str:
    """Return a name of XAdES with its namespace."""
    return f"{{{XADES}}}{name}"
