"""Words of the room: kinds of notices, channels, who is told, how sending may fail."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices


class NoticeKind(TextChoices):
    """What a notice wants of its reader; the channels hang on it (`rules/channels.py`)."""

    PROGRESS = "progress", "Tiến độ hồ sơ"
    ACTION = "action", "Cần ông/bà thực hiện"
    OUTCOME = "outcome", "Kết quả giải quyết"
    INFORMATION = "information", "Thông tin"
    WORK = "work", "Việc cần xử lý"


class Channel(TextChoices):
    """The ways out of the house; the notice inside it needs none of them."""

    EMAIL = "email", "Thư điện tử"
    SMS = "sms", "Tin nhắn SMS"
    ZALO = "zalo", "Tin nhắn Zalo"


class DeliveryState(TextChoices):
    """Where a message is on its way."""

    WAITING = "waiting", "Chờ gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Không gửi được"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody to tell. With an account: a notice inside the house; with e-mail or phone: messages as well."""

    account_id: int | None = None
    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message ready to leave by a channel.

    `address`: an e-mail address, or a phone number 0XXXXXXXXX; `text`: the message as its reader sees it, for SMS
    at most 160 characters of the GSM alphabet; `link`: absolute, "" for none.
    """

    id: int
    created_at: datetime
    recipient_name: str
    address: str
    subject: str
    text: str
    link: str


class SendError(Exception):
    """Base of what a provider may raise; its text is kept as the delivery's last error."""


class RefusedError(SendError):
    """This message will never be taken (no such mailbox, forbidden number): give up."""


class TryLaterError(SendError):
    """This message was not taken now (mailbox full, greylisting): try it again."""


class UnavailableError(SendError):
    """The server does not answer or lets nobody in: the whole channel waits."""
