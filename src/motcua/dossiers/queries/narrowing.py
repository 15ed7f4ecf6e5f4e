"""Narrowing a list of dossiers: by words, numbers, status, procedure, span of the due moment, place and person."""

from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils import timezone

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier, SupplementRequest, Suspension
from motcua.dossiers.rules.search import shelf_key, wanted_keys
from motcua.dossiers.terms import ENDED, OF_OTHER_ACTS, Status

_ONE_DAY = timedelta(days=1)


class Due(TextChoices):
    """How near the appointment is, and what stands still; no dossier is in two of them."""

    LATE = "qua-han", "Quá hạn"
    TODAY = "hom-nay", "Hẹn trả hôm nay"
    TOMORROW = "ngay-mai", "Hẹn trả ngày mai"
    LATER = "con-han", "Hẹn trả sau ngày mai"
    WAITING = "cho", "Đang chờ người nộp"
    SUSPENDED = "tam-dung", "Đang tạm dừng tính hạn"


class Holder(TextChoices):
    """Who has the dossier, beside the number of an account."""

    ME = "toi", "Tôi"
    NOBODY = "chua-giao", "Chưa giao cho ai"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; every part may be empty, then it does not narrow."""

    text: str = ""
    status: int | None = None
    unit_id: int | None = None
    due: str = ""
    procedure: str = ""
    domain: str = ""
    channel: str = ""
    holder: str = ""
    shelf: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not any(str(getattr(self, one.name) or "").strip() for one in fields(self))


def narrowed(
    found: QuerySet[Dossier], wanted: Wanted, at: datetime, *, account_id: int | None = None
) -> QuerySet[Dossier]:
    """Return the dossiers that fit everything wanted; `account_id` is whoever asks (`Holder.ME`).

    Words without a letter or digit ("@@@") fit nothing.
    """
    if wanted.text.strip():
        keys = wanted_keys(wanted.text)
        found = found.filter(search_keys__contains=keys) if all(keys) and keys else found.none()
    equal = {
        "status": wanted.status,
        "unit_id": wanted.unit_id,
        "procedure__code": wanted.procedure,
        "procedure__domain__code": wanted.domain,
        "channel": wanted.channel,
    }
    found = found.filter(**{name: value for name, value in equal.items() if value not in {None, ""}})
    if wanted.shelf.strip():
        key = shelf_key(wanted.shelf)
        found = found.filter(search_keys__contains=[key]) if key else found.none()
    if wanted.holder:
        found = found.filter(_held(wanted.holder, account_id))
    return found.filter(due_in(wanted.due, at)) if wanted.due in Due.values else found


def _held(holder: str, account_id: int | None) -> Q:
    if holder == Holder.NOBODY:
        return Q(holder_id__isnull=True)
    if holder == Holder.ME:
        return Q(holder_id=account_id)
    return Q(holder_id=int(holder)) if holder.isdecimal() and len(holder) < _LONGEST_ID else Q(pk__in=[])


_LONGEST_ID = 18


def due_in(due: str, at: datetime) -> Q:
    """Return the condition of a span: by the appointment, before receipt by the moment the desk must have answered."""
    today = datetime.combine(timezone.localdate(at, VIET_NAM), time.min, VIET_NAM)
    tomorrow, later = today + _ONE_DAY, today + 2 * _ONE_DAY
    stands = Q(status__in=sorted({*ENDED, Status.FINISHED})) | waits() | is_suspended()
    waiting, suspended = waits(), is_suspended() & ~waits() & ~Q(status__in=sorted(ENDED))
    spans = {
        Due.LATE: _between(None, today) | Q(received_at__isnull=True, answer_due_at__gte=today, answer_due_at__lt=at),
        Due.TODAY: _between(today, tomorrow) & ~Q(received_at__isnull=True, answer_due_at__lt=at),
        Due.TOMORROW: _between(tomorrow, later),
        Due.LATER: _between(later, None),
    }
    if due == Due.WAITING:
        return waiting
    return suspended if due == Due.SUSPENDED else spans[Due(due)] & ~stands


def _between(first: datetime | None, before: datetime | None) -> Q:
    received, answered = Q(received_at__isnull=False), Q(received_at__isnull=True)
    if first is not None:
        received, answered = received & Q(due_at__gte=first), answered & Q(answer_due_at__gte=first)
    if before is not None:
        received, answered = received & Q(due_at__lt=before), answered & Q(answer_due_at__lt=before)
    return received | answered


def open_request() -> Exists:
    """Whether a request to supplement is still unanswered."""
    return Exists(SupplementRequest.objects.filter(dossier=OuterRef("pk"), answered_at__isnull=True))


def waits() -> Q:
    """Whether the next move is the applicant's: to supplement, to pay, to collect."""
    asked = Q(Q(status=Status.SUPPLEMENT_REQUESTED) & Q(open_request()))
    return asked | Q(status=Status.OBLIGATION_REQUESTED) | Q(status=Status.FINISHED, step_key="deliver")


def is_suspended() -> Q:
    """Whether the clock was stopped by an act of its own, not by a request to the applicant."""
    running = Suspension.objects.filter(dossier=OuterRef("pk"), until__isnull=True)
    return Q(Exists(running.exclude(kind__in=sorted(OF_OTHER_ACTS))))
