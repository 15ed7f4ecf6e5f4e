"""Thông báo."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.kernel.checks import tidy_phone
from motcua.kernel.text import clean
from motcua.notifications.models import Delivery, Notice
from motcua.notifications.providers.choice import switched_on
from motcua.notifications.rules.channels import ways_out
from motcua.notifications.rules.texts import chat_text, sms_text
from motcua.notifications.terms import Channel, NoticeKind, Recipient


@transaction.atomic
def notify(
    *,
    to: Recipient,
    kind: NoticeKind,
    subject: str,
    body: str,
    link: str = "",
    key: str,
    at: datetime,
    short: str = "",
) -> Notice | None:
    """Thông báo: tell somebody once; return the notice inside the house (None without an account).

    `key` names what happened; with the same key nobody is told again. `link` is a path of this house (/ho-so/…).
    `short` is what SMS and Zalo say, in accented Vietnamese; without it the subject. Messages only wait here:
    `jobs.send_due` sends them.
    """
    notice = None
    if to.account_id is not None:
        facts = {"kind": kind, "subject": clean(subject), "body": body, "link": link, "created_at": at}
        notice, _ = Notice.objects.get_or_create(account_id=to.account_id, key=key, defaults=facts)
    reachable = Recipient(name=to.name, phone=tidy_phone(to.phone), email=to.email.strip())
    full_link = f"{settings.BASE_URL}{link}" if link else ""
    Delivery.objects.bulk_create(
        [
            Delivery(
                notice=notice,
                key=key,
                channel=channel,
                recipient_name=clean(to.name),
                address=address,
                subject=clean(subject),
                text=_text(channel, body or subject, short or subject, full_link),
                link=full_link,
                created_at=at,
                next_try_at=at,
            )
            for channel, address in ways_out(kind, reachable, switched_on=switched_on())
        ],
        ignore_conflicts=True,
    )
    return notice


def notify_accounts(
    *,
    account_ids: Iterable[int],
    kind: NoticeKind,
    subject: str,
    body: str,
    link: str = "",
    key: str,
    at: datetime,
) -> None:
    """Thông báo nội bộ: tell many accounts once each, inside the house only (one query)."""
    facts = {"kind": kind, "subject": clean(subject), "body": body, "link": link, "created_at": at}
    Notice.objects.bulk_create(
        [Notice(account_id=account_id, key=key, **facts) for account_id in account_ids], ignore_conflicts=True
    )


def _text(channel: Channel, body: str, short: str, link: str) -> str:
    if channel == Channel.SMS:
        return sms_text(short, link)
    return chat_text(short, link) if channel == Channel.ZALO else body
