"""Was a step done in time when it was given on? The column "kết quả giải quyết" of the control sheet (Mẫu 06)."""

from datetime import datetime

from django.db.models import TextChoices

from motcua.deadlines.terms import VIET_NAM


class Punctual(TextChoices):
    """How the end of a step stands to its deadline."""

    UNTIMED = "", "Không quy định"
    EARLY = "early", "Trước hạn"
    ON_TIME = "on_time", "Đúng hạn"
    LATE = "late", "Quá hạn"


def punctual(done_at: datetime, due_at: datetime | None) -> Punctual:
    """Return whether what was done at `done_at` was in time: early on a day before the deadline's, late after it."""
    if due_at is None:
        return Punctual.UNTIMED
    if done_at > due_at:
        return Punctual.LATE
    same_day = done_at.astimezone(VIET_NAM).date() == due_at.astimezone(VIET_NAM).date()
    return Punctual.ON_TIME if same_day else Punctual.EARLY
