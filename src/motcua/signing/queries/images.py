"""The pictures that show in signatures and seals today."""

from dataclasses import dataclass

from motcua.files.queries import open_blob
from motcua.signing.appearance.stamps import MM, SEAL_TEXT_SIZE, Size
from motcua.signing.models import SealImage, SignatureImage


@dataclass(frozen=True, slots=True)
class SealPicture:
    """The picture of an agency's seal: PNG in red on a transparent ground; `diameter` in millimetres."""

    png: bytes
    diameter: int


def signature_image_now(account_id: int) -> SignatureImage | None:
    """Return the row of the picture an officer signs with, or None."""
    return SignatureImage.objects.select_related("blob").filter(account_id=account_id, until__isnull=True).first()


def seal_image_now(agency_id: int) -> SealImage | None:
    """Return the row of the picture an agency seals with, or None."""
    return SealImage.objects.select_related("blob").filter(agency_id=agency_id, until__isnull=True).first()


def signature_picture_of(account_id: int) -> bytes | None:
    """Return the PNG an officer's signature shows, or None: then it shows text."""
    found = signature_image_now(account_id)
    return _content(found.blob_id) if found else None


def seal_picture_of(agency_id: int) -> SealPicture | None:
    """Return the picture an agency's seal shows, or None: then it shows text."""
    found = seal_image_now(agency_id)
    return SealPicture(_content(found.blob_id), found.diameter) if found else None


def seal_size(picture: SealPicture | None) -> Size:
    """Return how large a seal shows, in points: its picture in its real size, without one its text."""
    return (picture.diameter * MM, picture.diameter * MM) if picture else SEAL_TEXT_SIZE


def _content(sha256: str) -> bytes:
    with open_blob(sha256) as file:
        return file.read()
