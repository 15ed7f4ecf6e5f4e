"""Chia sẻ giấy tờ, dừng chia sẻ, xem giấy tờ được chia sẻ."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from motcua.agencies.models import Unit
from motcua.identity.actions.count_try import count_try
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.journal.actions.note_reading import note_reading
from motcua.journal.terms import ReadingKind
from motcua.kernel.checks import tidy_number
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.kernel.text import clean
from motcua.results.access import lock_share, own_paper
from motcua.results.models import Share
from motcua.results.queries.concerned import purpose_of
from motcua.results.queries.shares import share_for
from motcua.results.rules.sharing import Wish, problems_of_wish
from motcua.results.terms import ShareTo

_NONCE_BYTES = 12
MOST_SHARES = 50
_MOST_LOOKS, _SPAN = 120, timedelta(minutes=15)


@transaction.atomic
def share_paper(*, actor: Actor, paper_id: int, wish: Wish, at: datetime) -> Share:
    """Chia sẻ giấy tờ: the holder opens a paper for a purpose and a time, showing only the fields they chose.

    Raises NotPermitted for an account nobody vouched for, NotFound, Invalid with every problem, RuleBroken with too
    many open shares.
    """
    paper = own_paper(actor, paper_id)
    problems = problems_of_wish(wish, at=at)
    agency = Unit.objects.filter(pk=wish.unit_id or 0).first() if wish.to == ShareTo.AGENCY else None
    if wish.unit_id is not None and wish.to == ShareTo.AGENCY and agency is None:
        problems.append(Problem("no_unit", "Không có cơ quan này.", "unit"))
    if problems:
        raise Invalid(problems)
    if paper.shares.filter(ended_at__isnull=True, until__gt=at).count() >= MOST_SHARES:
        message = f"Giấy tờ này đang có {MOST_SHARES} lượt chia sẻ. Hãy dừng bớt rồi chia sẻ thêm."
        raise RuleBroken(Problem("too_many_shares", message))
    share = Share.objects.create(
        paper=paper,
        account_id=actor.known_id,
        nonce=secrets.token_urlsafe(_NONCE_BYTES),
        to=wish.to,
        personal_id=tidy_number(wish.personal_id) if wish.to == ShareTo.PERSON else "",
        tax_code=tidy_number(wish.tax_code) if wish.to == ShareTo.ORGANISATION else "",
        unit=agency,
        purpose=clean(wish.purpose),
        fields=sorted(wish.fields),
        made_at=at,
        until=wish.until,
    )
    data = {"share": share.pk, "to": wish.to, "purpose": share.purpose, "fields": share.fields}
    record(actor, "paper.shared", paper, at=at, data={**data, "until": wish.until.isoformat()})
    return share


@transaction.atomic
def end_share(*, actor: Actor, share_id: int, at: datetime) -> Share:
    """Dừng chia sẻ: from now on the link shows nothing; a second time changes nothing. Raises NotFound."""
    share = lock_share(actor, share_id)
    if share.is_open(at):
        share.ended_at = at
        share.save(update_fields=["ended_at"])
        record(actor, "paper.share_ended", share.paper, at=at, data={"share": share.pk})
    return share


@transaction.atomic
def look_at_share(*, actor: Actor, share_id: int, secret: str, at: datetime) -> Share:
    """Xem giấy tờ được chia sẻ: return it with its paper, and write down for the holder who looked and what for.

    Raises what `share_for` raises, RuleBroken when the link is called again and again.
    """
    share = share_for(actor, share_id, secret, at=at)
    if not count_try({f"results:share:{share.pk}": _MOST_LOOKS}, span=_SPAN, at=at):
        raise RuleBroken(Problem("too_many_looks", "Đường dẫn này được mở quá nhiều lần. Hãy đợi 15 phút rồi mở lại."))
    if actor.account_id != share.account_id:
        note_reading(
            actor, share.paper, kind=ReadingKind.LOOK_UP, purpose=purpose_of(share), at=at, code=share.paper.number
        )
    return share
