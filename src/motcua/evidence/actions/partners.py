"""Trao đổi đầu sổ định kỳ với các cơ quan đã đăng ký."""

from datetime import datetime, timedelta

from django.conf import settings

from motcua.evidence.actions.exchange import exchange_with
from motcua.evidence.models import Partner, Witnessed
from motcua.journal.terms import Recorder
from motcua.kernel.calling import CallError
from motcua.kernel.errors import MotCuaError

#: A round that comes a little early is the round of its hour.
_SLACK = timedelta(minutes=5)


def keep_partner(seen: Witnessed, *, at: datetime) -> Partner:
    """Đăng ký cơ quan trao đổi: heads were exchanged with that house; from now on they are by themselves."""
    partner, _made = Partner.objects.get_or_create(url=seen.url, defaults={"since": at})
    _note(partner, at, origin=seen.origin, error=seen.problem)
    return partner


def exchange_with_partners(*, actor: Recorder, at: datetime) -> int:
    """Trao đổi đầu sổ: with every registered house whose time has come; return how many answered well.

    One that does not answer is noted and tried in the next round; the others do not wait for it. Must not be called in
    a transaction.
    """
    good = 0
    pause = timedelta(hours=settings.EVIDENCE_EXCHANGE_HOURS) - _SLACK
    for partner in Partner.objects.all():
        if partner.tried_at is not None and at - partner.tried_at < pause:
            continue
        try:
            seen = exchange_with(actor=actor, url=partner.url, at=at)
        except CallError as error:
            _note(partner, at, error=f"Không gọi được: {error}")
        except MotCuaError as error:
            _note(partner, at, error=error.problems[0].message)
        else:
            _note(partner, at, origin=seen.origin, error=seen.problem)
            good += not seen.problem
    return good


def drop_partner(url: str) -> bool:
    """Thôi trao đổi với một cơ quan; what was seen of it stays for ever. Return whether it was registered."""
    return bool(Partner.objects.filter(url=url.rstrip("/")).delete()[0])


def _note(partner: Partner, at: datetime, *, origin: str = "", error: str) -> None:
    partner.tried_at, partner.error = at, error
    partner.origin = origin or partner.origin
    if not error:
        partner.good_at = at
    partner.save()
