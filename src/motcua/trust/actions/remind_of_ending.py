"""Báo chứng thư số sắp hết hạn."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.agencies.models.span import holds_on
from motcua.agencies.terms import Right
from motcua.identity.models import Posting
from motcua.notifications.actions.notify import notify_accounts
from motcua.notifications.terms import NoticeKind
from motcua.trust.models import Certificate
from motcua.trust.queries import administrators_of, ending, renewed_ids
from motcua.trust.rules.windows import alarm_due
from motcua.trust.terms import HolderKind, RuleKind


def remind_of_ending(*, at: datetime, days: Mapping[RuleKind, int]) -> int:
    """Báo sắp hết hạn: tell holder and administrators of each certificate whose alarm has come; once an alarm.

    A holder who has a newer certificate already is left alone. Returns how many certificates were told of.
    """
    rows = list(ending(at, days))
    renewed = renewed_ids(rows, at)
    told = 0
    for row in rows:
        kind = alarm_due(row.valid_to, at, days)
        if kind is not None and row.pk not in renewed:
            _tell(row, kind, at)
            told += 1
    return told


@transaction.atomic
def _tell(row: Certificate, kind: RuleKind, at: datetime) -> None:
    until = timezone.localtime(row.valid_to)
    left = (row.valid_to - at).days
    key = f"certificate:{row.pk}:{kind.value}"
    subject = f"Chứng thư số của {row.name} còn {left} ngày" if left else f"Chứng thư số của {row.name} hết hạn hôm nay"
    body = f"Hết hạn lúc {until:%H:%M ngày %d/%m/%Y}. Sau lúc đó không ký được bằng chứng thư này; hãy đề nghị gia hạn."
    administrators = administrators_of(row.unit.path, at)
    notify_accounts(
        account_ids=administrators,
        kind=NoticeKind.WORK,
        subject=subject,
        body=body,
        link=f"/quan-tri/chung-thu/{row.pk}/",
        key=key,
        at=at,
    )
    holders = [one for one in _holders(row, at) if one not in administrators]
    own = f"/tai-khoan/khoa-ky/{'toi' if row.account_id else row.unit_id}/"
    notify_accounts(account_ids=holders, kind=NoticeKind.WORK, subject=subject, body=body, link=own, key=key, at=at)


def _holders(row: Certificate, at: datetime) -> list[int]:
    """The officer, or those who keep the seal of the agency."""
    if row.holder_kind == HolderKind.OFFICER:
        return [row.account_id] if row.account_id is not None else []
    on = timezone.localdate(at)
    keepers = Posting.objects.filter(
        holds_on(on),
        holds_on(on, "post__"),
        post__unit__agency_id=row.unit_id,
        post__rights__contains=[Right.SEAL.value],
    )
    return sorted(set(keepers.values_list("account_id", flat=True)))
