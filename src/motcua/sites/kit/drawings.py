"""Drawings of our own making that go into pages as they are."""

from django.utils.safestring import SafeString, mark_safe

from motcua.files.papers import qr_svg


def qr(text: str) -> SafeString:
    """Return the QR code of an address of this house as SVG; it is made of digits and path commands only."""
    return mark_safe(qr_svg(text))  # noqa: S308
