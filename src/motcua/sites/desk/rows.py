"""Dossiers as rows of a list: what each waits for and how urgent it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.steps import steps_of
from motcua.dossiers.terms import ENDED, Status
from motcua.sites.kit.clock import Clock, clock_of
from motcua.sites.kit.words import local_date, moment_text


@dataclass(frozen=True, slots=True)
class Row:
    """One dossier of a list. `waits_for`: whom it waits for when the next move is not ours."""

    dossier: Dossier
    step: str
    face: Clock
    waits_for: str = ""
    is_today: bool = False

    @property
    def tone(self) -> str:
        """The class of the row: late, today, soon, paused … as the clock says."""
        return "today" if self.is_today and self.face.state == "soon" else self.face.state

    @property
    def why(self) -> str:
        """What the clock means and how it was reckoned, in one or two sentences."""
        due = self.face.due_at
        said = [self.face.note or self.face.text.rstrip(".") + "."]
        if due is not None and self.dossier.received_at is not None:
            said.append(f"Hẹn trả {moment_text(due)}.")
            said.append(str(self.dossier.due_working.get("text", "")))
        if self.waits_for:
            said.append("Trong lúc chờ, thời hạn của cơ quan không chạy.")
        return " ".join(filter(None, said))

    @property
    def is_answered(self) -> bool:
        """Whether a supplement came and the office has to look at it before it takes the dossier in."""
        return bool(getattr(self.dossier, "answered", False))


def rows_of(dossiers: Sequence[Dossier], at: datetime) -> list[Row]:
    """Return the rows of dossiers that `queries.work.ordered` annotated (no query for steps met before)."""
    steps = steps_of(dossier.version_id for dossier in dossiers)
    return [_row(one, steps[one.version_id][one.step_key].name, at) for one in dossiers]


def _row(dossier: Dossier, step: str, at: datetime) -> Row:
    face = face_of_row(dossier, at)
    is_today = face.due_at is not None and local_date(face.due_at) == local_date(at)
    return Row(dossier, step, face, _waits_for(dossier), is_today)


def face_of_row(dossier: Dossier, at: datetime) -> Clock:
    """Return the clock of a row in one line."""
    waits = bool(getattr(dossier, "waits", False))
    if dossier.status in ENDED and dossier.finished_at is None:
        return Clock("none", "Đã kết thúc")
    if dossier.received_at is None and not waits:
        return first_answer_face(dossier, at)
    if paused_for := _paused_for(dossier, waits=waits):
        return Clock("paused", paused_for, due_at=dossier.due_at)
    done = dossier.finished_at
    if done is not None and dossier.status == Status.FINISHED and not waits:
        done = None
    face = clock_of(due_at=dossier.due_at, at=at, finished_at=done, working=working_days(dossier.due_working))
    tomorrow = local_date(at) + timedelta(days=1)
    if face.state in {"open", "soon"} and face.due_at is not None and local_date(face.due_at) == tomorrow:
        return replace(face, state="soon", short="Hẹn trả ngày mai")
    return face


def _paused_for(dossier: Dossier, *, waits: bool) -> str:
    """Return what the clock of a row waits for; "" while it runs."""
    if waits and dossier.status == Status.SUPPLEMENT_REQUESTED:
        return "Chờ người nộp bổ sung"
    if dossier.status == Status.OBLIGATION_REQUESTED:
        return "Chờ nộp nghĩa vụ tài chính"
    return "Đang tạm dừng tính hạn" if getattr(dossier, "suspended", False) else ""


def _why_it_stands(dossier: Dossier, *, waits: bool) -> str:
    if waits and dossier.status == Status.SUPPLEMENT_REQUESTED:
        return "Chờ người nộp bổ sung"
    if dossier.status == Status.OBLIGATION_REQUESTED:
        return "Chờ nộp nghĩa vụ tài chính"
    return "Đang tạm dừng tính hạn" if getattr(dossier, "suspended", False) else ""


def first_answer_face(dossier: Dossier, at: datetime) -> Clock:
    """Return the clock of a dossier that was not taken in yet: until when it must be answered."""
    until = dossier.answer_due_at
    if until is None:
        return Clock("open", "Chờ tiếp nhận")
    if until < at:
        return Clock("late", "Quá hạn trả lời", due_at=until, label="Hạn trả lời người nộp")
    hour = moment_text(until).split(",")[0]
    today = local_date(until) == local_date(at)
    text = f"Trả lời trước {hour} hôm nay" if today else f"Trả lời trước {hour}, {local_date(until):%d/%m}"
    return Clock("soon" if today else "open", text, due_at=until, label="Hạn trả lời người nộp")


def working_days(working: dict[str, Any]) -> list[date]:
    """Return the working days of the term from the stored working of the due moment."""
    return [date.fromisoformat(str(day)) for day in _list(working.get("days"))]


def _list(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else ()


def _waits_for(dossier: Dossier) -> str:
    if not getattr(dossier, "waits", False):
        return ""
    return "Chờ người nộp đến nhận" if dossier.status == Status.FINISHED else "Chờ người nộp"
