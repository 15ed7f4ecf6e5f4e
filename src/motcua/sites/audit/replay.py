"""A dossier step by step: what each act left, from the journal and the timeline, as it was then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from motcua.agencies.queries import unit as unit_by_id
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.rules.causes import pause_words
from motcua.dossiers.terms import ENDED, Status
from motcua.journal.models import Entry
from motcua.procedures.rules.selection import step_of
from motcua.sites.audit.rows import is_backdated
from motcua.sites.audit.verbs import verb_text
from motcua.sites.audit.words import ACTS, corrections_of, facts_of
from motcua.sites.kit.clock import Clock, clock_of
from motcua.sites.kit.words import moment_text


@dataclass(frozen=True, slots=True)
class State:
    """How a dossier stood after an act."""

    status: int = 0
    step: str = ""
    unit: str = ""
    holder: str = ""
    due_at: datetime | None = None
    step_due_at: datetime | None = None
    paused_since: datetime | None = None
    paused_for: str = ""
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """One act: the entry of the journal, the state it left, what it changed."""

    number: int
    entry: Entry
    title: str
    state: State
    changes: Sequence[tuple[str, str, str]]
    facts: Sequence[tuple[str, str]]
    note: str = ""
    corrections: Sequence[tuple[str, str, str]] = field(default=())

    @property
    def is_backdated(self) -> bool:
        """Whether it was keyed in later than it happened."""
        return is_backdated(self.entry)

    @property
    def is_reading(self) -> bool:
        """Whether somebody only looked."""
        return self.entry.verb == "dossier.read"

    def clock(self) -> Clock:
        """Return the clock as it stood then."""
        state = self.state
        if state.due_at is None and state.status in ENDED:
            return Clock("none", "Hồ sơ đã kết thúc")
        return clock_of(
            due_at=state.due_at,
            at=self.entry.at,
            finished_at=state.finished_at,
            paused_since=state.paused_since,
            paused_for=state.paused_for,
        )


def moments_of(dossier: Dossier, entries: Sequence[Entry]) -> list[Moment]:
    """Return every act of the dossier in the order of writing (two queries)."""
    moves = list(dossier.moves.select_related("to_holder").order_by("number"))
    requests = list(dossier.supplement_requests.order_by("number")) if dossier.supplement_count else []
    due = {one.number: one.due_after for one in requests}
    found: list[Moment] = []
    state = State()
    for number, (entry, move) in enumerate(_paired(entries, moves), start=1):
        after = _after(dossier, state, entry, move, due)
        found.append(
            Moment(
                number=number,
                entry=entry,
                title=verb_text(entry.verb),
                state=after,
                changes=_changes(state, after),
                facts=[fact for fact in facts_of(entry) if fact[0] != "Hẹn trả"],
                note=move.note if move else "",
                corrections=corrections_of(entry),
            )
        )
        state = after
    return found


def _paired(entries: Sequence[Entry], moves: Sequence[Move]) -> Iterator[tuple[Entry, Move | None]]:
    """Yield each entry with its move: the next one of that act at that moment."""
    left = list(moves)
    for entry in entries:
        act = ACTS.get(entry.verb)
        move = next((one for one in left if one.act == act and one.at == entry.at), None)
        move = move or next((one for one in left if one.act == act), None) if act else None
        if move is not None:
            left.remove(move)
        yield entry, move


def _after(dossier: Dossier, before: State, entry: Entry, move: Move | None, due: dict[int, datetime | None]) -> State:
    if move is None:
        return before
    due_at = _due_at(before, entry, due)
    paused_for = _paused_for(before, entry, move)
    finished = before.finished_at or entry.at if move.status in (Status.FINISHED, Status.DELIVERED) else None
    return replace(
        before,
        status=move.status,
        step=step_of(dossier.definition, move.to_step).name,
        unit=unit_by_id(move.to_unit_id).name,
        holder=move.to_holder.full_name if move.to_holder else "",
        due_at=due_at,
        step_due_at=move.step_due_at,
        paused_since=(before.paused_since or entry.at) if paused_for else None,
        paused_for=paused_for,
        finished_at=finished,
    )


#: Verbs that tell what the due moment is from then on.
_NAMING_DUE = frozenset(
    {
        "dossier.received",
        "dossier.resumed",
        "dossier.obligation_fulfilled",
        "dossier.extended",
        "dossier.reopened",
    }
)
_RUNNING_ON = frozenset({"dossier.supplemented", "dossier.obligation_fulfilled", "dossier.resumed"})
_STANDING_STILL = {
    "dossier.supplement_requested": "chờ người nộp bổ sung",
    "dossier.obligation_requested": "chờ nộp nghĩa vụ tài chính",
}


def _paused_for(before: State, entry: Entry, move: Move) -> str:
    """Return what the clock waits for after the act; "" while it runs."""
    if entry.verb in _RUNNING_ON or move.status in ENDED:
        return ""
    if entry.verb == "dossier.suspended":
        return pause_words(str(entry.data.get("kind", "")))
    return _STANDING_STILL.get(entry.verb, before.paused_for)


def _due_at(before: State, entry: Entry, due: dict[int, datetime | None]) -> datetime | None:
    text = str(entry.data.get("due_at", ""))
    if entry.verb in _NAMING_DUE and text:
        return datetime.fromisoformat(text)
    if entry.verb == "dossier.supplemented":
        number = entry.data.get("number")
        return due.get(number if isinstance(number, int) else 0) or before.due_at
    return before.due_at


_SHOWN = (("status", "Trạng thái"), ("step", "Bước"), ("unit", "Nơi giữ"), ("holder", "Người xử lý"))


def _changes(before: State, after: State) -> list[tuple[str, str, str]]:
    found = []
    for name, label in _SHOWN:
        old, new = _text(name, getattr(before, name)), _text(name, getattr(after, name))
        if old != new:
            found.append((label, old or "–", new or "–"))
    for name, label in (("due_at", "Hẹn trả"), ("step_due_at", "Hạn của bước")):
        first, second = getattr(before, name), getattr(after, name)
        if first != second:
            found.append((label, moment_text(first) if first else "–", moment_text(second) if second else "–"))
    return found


def _text(name: str, value: int | str) -> str:
    if name == "status":
        return str(Status(value).label) if value else ""
    return str(value)
