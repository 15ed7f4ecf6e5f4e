"""Checking what somebody drops: a file in a child process with bounds, a picture of a QR code, a text."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import zxingcpp
from django.core.files.uploadedfile import UploadedFile as AnyUpload
from django.http import HttpRequest
from django.utils import timezone
from PIL import Image

from motcua.files.queries import limits
from motcua.files.rules.checks import content_problems
from motcua.files.rules.images import image_problems
from motcua.files.rules.names import clean_name, size_in_words
from motcua.files.web.uploads import OversizedFile
from motcua.identity.actions.count_try import count_try
from motcua.results.models import StoredPaper
from motcua.results.queries.checking import Match, match_file, scanned
from motcua.results.rules.qr import Claims, data_of
from motcua.sites.kit.verdict import Face, SignatureFace, face_of, face_of_qr, signature_faces
from motcua.sites.portal.codes_in_pdf import codes_in_pdf
from motcua.trust.actions.open_services import open_fetcher
from motcua.trust.providers.house import house_store
from motcua.trust.terms import PaperVerdict
from motcua.trust.verifying.bounded import verify_bounded

if TYPE_CHECKING:
    UploadedFile = AnyUpload[bytes]
else:
    UploadedFile = AnyUpload  # generic for the type checker only

_SPAN: Final = timedelta(minutes=15)
_MOST_FROM_ADDRESS: Final = 30
_WIDEST: Final = 2400
_PDF_WITHIN: Final = 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one file or code: the line, the signatures, what the register or the QR code says."""

    face: Face
    name: str = ""
    signatures: list[SignatureFace] = field(default_factory=list)
    paper: StoredPaper | None = None
    claims: Claims | None = None
    sha256: str = ""


def may_check(request: HttpRequest, at: datetime) -> bool:
    """Count one more file from this address, and return whether it may be checked: a check costs seconds of work."""
    address = request.META.get("REMOTE_ADDR", "").upper()
    return count_try({f"check:address:{address}": _MOST_FROM_ADDRESS}, span=_SPAN, at=at)


def check_upload(upload: UploadedFile, at: datetime) -> Answer:
    """Return what is true of a file that was dropped; it is kept nowhere."""
    name = clean_name(upload.name or "tep")
    if isinstance(upload, OversizedFile):
        largest = size_in_words(limits().size)
        text = f"Tệp nặng {size_in_words(upload.size or 0)}; ở đây kiểm tra được tệp đến {largest}."
        return Answer(Face("warn", "Tệp quá lớn.", text), name)
    content = upload.read()
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return check_pdf(content, name, at)
    if (said := text_in_picture(upload)) is not None:
        return check_text(said, at, name=name)
    text = "Hãy chọn tệp PDF có chữ ký số, hoặc ảnh chụp rõ mã QR xác thực."
    return Answer(Face("warn", "Tệp này không phải PDF và không có mã QR xác thực.", text), name)


def check_pdf(content: bytes, name: str, at: datetime) -> Answer:
    """Return what is true of a PDF: its signatures, and whether it is what was issued."""
    verdict: PaperVerdict = verify_bounded(content, trust=house_store(), at=at, online=open_fetcher())
    match: Match | None = match_file(content)
    if match is None and not verdict.signatures and not verdict.error:
        text = next(filter(data_of, codes_in_pdf(content)), "")
        if text:
            return _unsigned_with_code(text, name, verdict.sha256, at)
    return Answer(
        face=face_of(verdict, match, today=timezone.localdate(at)),
        name=name,
        signatures=signature_faces(verdict),
        paper=match.paper if match else None,
        sha256=verdict.sha256,
    )


def _unsigned_with_code(text: str, name: str, sha256: str, at: datetime) -> Answer:
    """A scan, a print to PDF, a slip: its QR code may be genuine, the rest of it proves nothing."""
    found = check_text(text, at, name=name)
    if found.face.tone != "good":
        return replace(found, sha256=sha256)
    headline = "Tệp này không có chữ ký số; mã QR trên tệp thì là thật."
    told = "Chỉ mã QR kiểm tra được. Hãy so từng dòng trên tệp với những dòng dưới đây, hoặc xin tệp có chữ ký số."
    return replace(found, face=Face("warn", headline, told), sha256=sha256)


def check_text(text: str, at: datetime, *, name: str = "") -> Answer:
    """Return what is true of a QR code by its text."""
    if (other := _other_code(text)) is not None:
        return Answer(other, name)
    found = scanned(text)
    face = face_of_qr(found.read, found.paper, today=timezone.localdate(at))
    return Answer(face, name, paper=found.paper, claims=found.read.claims)


def _other_code(text: str) -> Face | None:
    """What to say of a QR code of this house that vouches for nothing: where it leads to, what to scan instead."""
    path = urlsplit(text.strip()).path.lower() if not data_of(text) else ""
    if path.startswith("/tra-cuu/"):
        instead = "Mã này chỉ để xem hồ sơ đến đâu. Hãy gửi tệp PDF kết quả, hoặc mã QR trên phiếu xác thực."
        return Face("warn", "Đây là mã tra cứu hồ sơ, không phải mã xác thực.", instead)
    if path.startswith("/xac-minh/"):
        return Face("warn", "Đây là mã của một giấy trong hồ sơ.", f"Mở địa chỉ này để xem giấy có thật không: {text}")
    return None


def text_in_picture(upload: UploadedFile) -> str | None:
    """Return the text of the QR code in a picture, of several the one that vouches for a result.

    None when it is no picture or shows none.
    """
    upload.seek(0)
    kind, problems = content_problems(
        upload, name=clean_name(upload.name or "anh"), declared_type="", limits=limits(), field=""
    )
    if problems or kind is None or not kind.is_image or image_problems(upload, "", limits()):
        return None
    upload.seek(0)
    with Image.open(upload) as picture:
        picture.draft("L", (_WIDEST, _WIDEST))
        picture.thumbnail((_WIDEST, _WIDEST))
        found = zxingcpp.read_barcodes(
            picture.convert("L"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        )
    texts = [str(one.text) for one in found]
    return next(filter(data_of, texts), texts[0] if texts else None)
