"""Lập bản số hóa: the pages of a paper as one signed PDF/A; nothing is written to the database here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from motcua.files.queries import open_blob
from motcua.identity.terms import Actor
from motcua.kernel.errors import Problem, RuleBroken
from motcua.scanning.engine.binding import BoundPage, bound
from motcua.scanning.models import ScannedPage
from motcua.scanning.queries import Paper
from motcua.signing.actions.presses import check_pin, opener, revocation_at, stampers_at
from motcua.signing.appearance.places import place_of
from motcua.signing.appearance.stamps import digitiser_stamp
from motcua.signing.pades.lots import Job
from motcua.signing.pades.sign import Signed, sign_paper
from motcua.signing.queries.keys import officer_keys
from motcua.signing.terms import KeyChoice, KeyGoneError, KeyKind, SignaturePlan, SigningKey, Stamper
from motcua.trust.terms import Level, Role, TrustStoppedError

FIELD = "digitiser-1"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Pen:
    """With which key somebody signs: the reference of the register and its PIN; `key_ref` "": unsigned."""

    key_ref: str = ""
    pin: str = ""


def pens_of(actor: Actor, at: datetime) -> list[KeyChoice]:
    """Return the keys that the server opens with the clerk's PIN; a token at the clerk's computer signs in a queue."""
    return [one for one in officer_keys(actor.account_id, at) if one.kind is not KeyKind.AGENT]


def with_key(
    actor: Actor,
    pen: Pen,
    at: datetime,
    work: Callable[[SigningKey, Stamper | None], _T],
    *,
    known: Sequence[KeyChoice] | None = None,
) -> _T:
    """Open the actor's own key, or one of those `known` (of the agency), do the work with it, close it.

    Raises RuleBroken for a key that is not theirs, is gone, revoked, or when trust services stopped; Invalid for a
    wrong PIN.
    """
    if pen.key_ref not in {one.ref for one in (pens_of(actor, at) if known is None else known)}:
        whose = "chính bạn" if known is None else "cơ quan"
        raise RuleBroken(Problem("not_your_key", f"Hãy chọn chứng thư số còn hiệu lực của {whose}.", "key_ref"))
    check_pin(pen.key_ref, pen.pin)
    try:
        revocation_at(at)(int(pen.key_ref))
        key = opener(pen.key_ref, pen.pin)()
        try:
            stampers = stampers_at(at)
            return work(key, stampers() if stampers else None)
        finally:
            key.close()
    except KeyGoneError as gone:
        raise RuleBroken(Problem("key_gone", f"Khóa ký không còn kết nối: {gone}", "key_ref")) from gone
    except TrustStoppedError as away:
        message = f"Chưa ký được: dịch vụ tin cậy ngừng quá lâu. {away} Các trang vẫn được giữ; hãy thử lại sau."
        raise RuleBroken(Problem("trust_stopped", message)) from away


def pdf_of(paper: Paper, *, number: str, author: str, at: datetime) -> bytes:
    """Return the PDF/A of a paper, not signed yet."""
    return bound([_bound_page(page) for page in paper.pages], title=f"{paper.name} ({number})", author=author, at=at)


def signed_by_digitiser(
    contents: Sequence[bytes], *, actor: Actor, agency: str, at: datetime, key: SigningKey, stamper: Stamper | None
) -> list[Signed]:
    """Return the papers signed by the clerk who digitised them, top right on the first page."""
    stamp = digitiser_stamp(name=actor.name, agency=agency, at=at)
    return [sign_paper(content, _plan(content, stamp, agency, at), key, stamper=stamper) for content in contents]


def digitiser_job(content: bytes, *, actor: Actor, agency: str, at: datetime) -> Job:
    """Return a paper with the signature it is to get from the clerk, for a key that is elsewhere."""
    return Job(content, _plan(content, digitiser_stamp(name=actor.name, agency=agency, at=at), agency, at))


def unsigned(contents: Sequence[bytes]) -> list[Signed]:
    """Return the papers as they are, where no signature is demanded."""
    return [Signed(content, Level.B) for content in contents]


def _plan(content: bytes, stamp: bytes, agency: str, at: datetime) -> SignaturePlan:
    return SignaturePlan(
        name=FIELD,
        role=Role.DIGITISER,
        at=at,
        reason="Số hóa giấy tờ theo Thông tư 01/2023/TT-VPCP",
        place=agency,
        placement=place_of(content, Role.DIGITISER),
        appearance=stamp,
    )


def _bound_page(page: ScannedPage) -> BoundPage:
    with open_blob(page.blob_id) as file:
        return BoundPage(file.read(), page.width, page.height, page.dpi, page.read)
