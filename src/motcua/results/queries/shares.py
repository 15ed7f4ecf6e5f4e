"""Shares: the secret in their links, what a looker sees, who looked."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.crypto import salted_hmac

from motcua.dossiers.rules.masking import mask_name, mask_number
from motcua.identity.models import Account
from motcua.identity.terms import Actor
from motcua.journal.models import Reading
from motcua.journal.queries import readings_of
from motcua.kernel.errors import NotFound, NotPermitted, Problem, RuleBroken
from motcua.results.access import represents
from motcua.results.models import PaperFile, Share, StoredPaper, with_all
from motcua.results.terms import PaperKind, ShareField, ShareTo, Standing

_PAPER = StoredPaper._meta.label_lower
_LENGTH = 22
_NOTHING = Problem("no_share", "Không có giấy tờ nào được chia sẻ ở đường dẫn này. Hãy xin lại đường dẫn.")


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a paper its looker sees: names and numbers masked where the holder did not open them."""

    name: str
    kind: str
    issuer: str
    standing: Standing
    version: int
    holder: str
    personal_id: str = ""
    number: str = ""
    issued_on: date | None = None
    valid_to: date | None = None
    validity_words: str = ""
    file: PaperFile | None = None
    code: str = ""


def secret_of(share: Share) -> str:
    """Return the secret part of the link of a share."""
    return salted_hmac("results.share", f"{share.pk}:{share.nonce}", algorithm="sha256").hexdigest()[:_LENGTH]


def share_for(actor: Actor, share_id: int, secret: str, *, at: datetime) -> Share:
    """Return the share behind a link, its paper loaded, when this actor may look.

    Raises NotFound for a wrong link, RuleBroken for one that ended, NotPermitted for somebody it was not meant for.
    """
    found = Share.objects.select_related("unit").filter(pk=share_id).first()
    fits = hmac.compare_digest((secret_of(found) if found else "-" * _LENGTH).encode(), secret.encode())
    if found is None or not fits:
        raise NotFound(_NOTHING)
    if not found.is_open(at):
        raise RuleBroken(Problem("share_ended", "Người giữ giấy tờ đã dừng chia sẻ, hoặc đã hết thời hạn chia sẻ."))
    if not _is_meant(found, actor, at):
        to = f"cán bộ của {found.unit.name}" if found.unit else "một người khác"
        if found.tax_code:
            to = f"người đại diện của tổ chức có mã số thuế {found.tax_code}"
        message = f"Giấy tờ này được chia sẻ cho {to}. Hãy đăng nhập đúng tài khoản được chia sẻ."
        raise NotPermitted(Problem("not_the_receiver", message))
    found.paper = with_all(StoredPaper.objects.filter(pk=found.paper_id)).get()
    return found


def _is_meant(share: Share, actor: Actor, at: datetime) -> bool:
    match share.to:
        case ShareTo.ORGANISATION:
            mine = represents(actor.account_id, timezone.localdate(at))
            return any(one.tax_code == share.tax_code for one in mine)
        case ShareTo.PERSON:
            own = Account.objects.filter(pk=actor.account_id or 0, personal_id=share.personal_id)
            return own.exclude(identity_level="").exists()
        case ShareTo.AGENCY:
            return any(post.agency_id == share.unit_id for post in actor.postings)
        case _:
            return True


def shown_by(share: Share, *, at: datetime) -> Shown:
    """Return what the holder lets be seen."""
    paper, dates = share.paper, share.shows(ShareField.DATES)
    number = paper.holder_id or paper.holder_tax_code
    return Shown(
        name=paper.name,
        kind=PaperKind(paper.kind).label,
        issuer=paper.issuer,
        standing=paper.standing(timezone.localdate(at)),
        version=paper.version,
        holder=paper.holder_name if share.shows(ShareField.HOLDER) else mask_name(paper.holder_name),
        personal_id=number if share.shows(ShareField.PERSONAL_ID) else mask_number(number),
        number=paper.number if share.shows(ShareField.NUMBER) else "",
        issued_on=paper.issued_on if dates else None,
        valid_to=paper.valid_to if dates else None,
        validity_words=paper.validity_words if dates else "",
        file=paper.latest_file if share.shows(ShareField.FILE) else None,
    )


def public_view(paper: StoredPaper, *, at: datetime) -> Shown:
    """Return what anybody who has the look-up code of a result may know: people masked, no file."""
    return Shown(
        name=paper.name,
        kind=PaperKind(paper.kind).label,
        issuer=paper.issuer,
        standing=paper.standing(timezone.localdate(at)),
        version=paper.version,
        holder=mask_name(paper.holder_name),
        number=paper.number,
        issued_on=paper.issued_on,
        valid_to=paper.valid_to,
        validity_words=paper.validity_words,
        code=paper.issued.code,
    )


def shares_of(paper: StoredPaper) -> list[Share]:
    """Return the shares of a paper, newest first."""
    return list(paper.shares.select_related("unit").order_by("-id"))


def looks_at(papers: Iterable[StoredPaper]) -> list[Reading]:
    """Return who looked at these papers, newest first."""
    return list(readings_of(_PAPER, [str(one.pk) for one in papers]))
