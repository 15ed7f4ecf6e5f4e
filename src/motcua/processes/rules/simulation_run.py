"""The events of a simulation: dossiers come, wait, are worked on, leave along an open way, or cannot."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from heapq import heappop, heappush
from random import Random

from motcua.deadlines.terms import VIET_NAM
from motcua.processes.rules.drawing_facts import drawn, draws_for
from motcua.processes.rules.lengths import hours_of
from motcua.processes.rules.moves import (
    consults_due,
    formulas_of,
    gates_closed,
    names_read,
    open_back_moves,
    open_moves,
    timers_running,
)
from motcua.processes.rules.simulation_clock import WorkClock
from motcua.processes.rules.simulation_pool import Pool, Simulated, Tally, pool_key
from motcua.processes.rules.simulation_terms import Practice
from motcua.processes.rules.walk import by_key
from motcua.processes.rules.wording import in_words
from motcua.processes.rules.works import Work, after_decision, work_at
from motcua.processes.terms import FIRST_STEP, LAST_STEP, Gate, Move, Step, TermSpec

_MOST_VISITS = 60
_MOST_CHECKS = 60
_MOST_SENT_BACK = 3
_CHECK_EVERY = timedelta(hours=8)
_GATE_WORDS: Mapping[Gate, str] = {
    "paid": "chưa nộp đủ tiền",
    "parts": "hồ sơ liên thông chưa xong",
    "opinions": "chưa đủ ý kiến",
}

Event = tuple[datetime, int, Callable[[datetime], None]]


class Run:
    """One simulation under way; `dossiers`, `pools` and `tallies` are what there is to tell afterwards."""

    def __init__(
        self,
        steps: Sequence[Step],
        *,
        clock: WorkClock,
        staff: Mapping[str, int],
        random: Random,
        facts: Mapping[str, object],
        practice: Practice,
    ) -> None:
        self.steps = steps
        self.known = by_key(steps)
        self.clock = clock
        self.random = random
        self.practice = practice
        self.dossiers: list[Simulated] = []
        self.pools: dict[str, Pool] = {}
        self.tallies = {key: Tally() for key in self.known}
        self.pool_of = {key: self._pool(step, staff) for key, step in self.known.items()}
        self.works: dict[str, Work] = {key: work_at(steps, step) for key, step in self.known.items()}
        self._events: list[Event] = []
        self._count = 0
        self._given = facts
        formulas = [formula for step in self.known.values() for _, formula in formulas_of(step)]
        self._read = names_read(formulas)
        self._draws = draws_for(formulas, facts)
        self._gates = {gate for step in self.known.values() for gate in step.gates}

    # --- time

    def hand_in(self, number: int, at: datetime) -> None:
        """Let a dossier come at `at`."""
        facts = drawn(self._draws, self._given, self.random)
        dossier = Simulated(number, facts, at, self.known[FIRST_STEP], at)
        self.dossiers.append(dossier)
        self._later(at, lambda now: self._begin(dossier, now))

    def run(self) -> None:
        """Let everything happen until nothing happens any more."""
        while self._events:
            now, _, act = heappop(self._events)
            act(now)

    def hours_between(self, begins: datetime, ends: datetime) -> float:
        """Return working hours."""
        return self.clock.between(begins, ends) / timedelta(hours=1)

    def _later(self, at: datetime, act: Callable[[datetime], None]) -> None:
        self._count += 1
        heappush(self._events, (at, self._count, act))

    def _in_working_hours(self, now: datetime, hours: float) -> datetime:
        return self.clock.add(now, timedelta(hours=hours))

    # --- what comes from outside

    def _begin(self, dossier: Simulated, now: datetime) -> None:
        self._expect_money(dossier, now)
        self._expect_parts(dossier, now)
        self._arrive(dossier, dossier.step, now)

    def _expect_money(self, dossier: Simulated, now: datetime) -> None:
        """Somebody who has not paid pays some time later, unless the facts given say that nobody does."""
        matters = "paid" in self._gates or self._read & {"paid", "owed"}
        if not matters or "paid" in self._given:
            return
        dossier.facts["paid"] = self.random.random() < 0.5  # noqa: PLR2004 (one in two)
        if not dossier.facts["paid"]:
            self._later(
                self._in_working_hours(now, self.random.uniform(0, self.practice.payer)), _paying(self, dossier)
            )

    def _expect_parts(self, dossier: Simulated, now: datetime) -> None:
        matters = "parts" in self._gates or "open_parts" in self._read
        if not matters or "open_parts" in self._given:
            return
        dossier.parts = self.random.choice((0, 1, 1, 2))
        for _ in range(dossier.parts):
            self._later(self._in_working_hours(now, self.random.uniform(1, self.practice.parts)), _part(self, dossier))

    def again(self, dossier: Simulated, now: datetime) -> None:
        """Something came in: a dossier that waited at its step tries again to leave."""
        if dossier.ready and not dossier.is_over:
            self._leave(dossier, now)

    # --- at a step

    def _arrive(self, dossier: Simulated, step: Step, now: datetime) -> None:
        dossier.step, dossier.entered_at, dossier.ready, dossier.checks = step, now, False, 0
        dossier.visit += 1
        dossier.path.append(step.key)
        if dossier.visit > _MOST_VISITS:
            dossier.stuck = f"Đi vòng quá {_MOST_VISITS} bước mà không tới bước trả kết quả."
            return
        self._turn_clock(dossier, step, now)
        tally = self.tallies[step.key]
        tally.visits += 1
        tally.waiting += 1
        tally.longest_queue = max(tally.longest_queue, tally.waiting)
        facts = self._facts(dossier, now)
        for consult in consults_due(step, facts):
            self._ask(dossier, consult.term, now, required=consult.required)
        for timer in timers_running(step, facts):
            if timer.do == "move" and timer.to in self.known:
                self._later(
                    self.clock.due(now, timer.after), _timed(self, dossier, dossier.visit, self.known[timer.to])
                )
        pool = self.pools[self.pool_of[step.key]]
        pool.queue.append(dossier.number)
        self._work(pool, now)

    def _turn_clock(self, dossier: Simulated, step: Step, now: datetime) -> None:
        if step.clock == "stop" and dossier.paused_since is None:
            dossier.paused_since = now
        elif step.clock == "run" and dossier.paused_since is not None:
            dossier.pauses.append((dossier.paused_since, now))
            dossier.paused_since = None

    def _ask(self, dossier: Simulated, term: TermSpec | None, now: datetime, *, required: bool) -> None:
        hours = max(hours_of(term), 1) * self.random.uniform(0.2, self.practice.answer)
        if required:
            dossier.opinions += 1
            self._later(self._in_working_hours(now, hours), _answer(self, dossier))

    def _work(self, pool: Pool, now: datetime) -> None:
        while pool.queue and pool.is_free:
            dossier = self.dossiers[pool.queue.popleft()]
            tally = self.tallies[dossier.step.key]
            pool.busy += 1
            tally.waiting -= 1
            begins = self.clock.align(now)
            tally.waits.append(self.hours_between(dossier.entered_at, begins))
            effort = self._effort(dossier.step)
            tally.work += effort
            pool.work += effort
            self._later(self._in_working_hours(begins, effort), _worked(self, pool, dossier, dossier.visit))

    def _effort(self, step: Step) -> float:
        share = hours_of(step.term) * self.practice.effort
        usual = min(max(share, self.practice.least_effort), self.practice.most_effort)
        return usual * self.random.uniform(0.5, 2)

    def worked(self, pool: Pool, dossier: Simulated, visit: int, now: datetime) -> None:
        """Somebody is done with a dossier: the next one, please; this one leaves when it may."""
        pool.busy -= 1
        if not dossier.is_over and dossier.visit == visit:
            dossier.ready = True
            self._leave(dossier, now)
        self._work(pool, now)

    def timed(self, dossier: Simulated, visit: int, step: Step, now: datetime) -> None:
        """A timer moves a dossier that is still at the same step."""
        if dossier.is_over or dossier.visit != visit:
            return
        pool = self.pools[self.pool_of[dossier.step.key]]
        if dossier.number in pool.queue:
            pool.queue.remove(dossier.number)
            self.tallies[dossier.step.key].waiting -= 1
        self._go(dossier, step, now)

    # --- leaving

    def _leave(self, dossier: Simulated, now: datetime) -> None:
        step, work = dossier.step, self.works[dossier.step.key]
        facts = self._facts(dossier, now)
        if self._is_sent_back(dossier, facts, work, now):
            return
        if missing := _missing(dossier, work):
            dossier.stuck = missing
        elif step.key == LAST_STEP:
            self._finish(dossier, now)
        elif gates := gates_closed(step, facts):
            self._wait(dossier, now, "; ".join(_GATE_WORDS[gate] for gate in gates))
        elif target := self._target(work, open_moves(step, facts)):
            dossier.drafted = dossier.drafted or work == "appraise"
            dossier.decided = dossier.decided or work == "decide"
            if work == "take_in":
                dossier.received_at = now
            self._go(dossier, target, now)
        else:
            closed = "; ".join(f"tới “{way.to}” khi {in_words(way.when)}" for way in step.forward) or "không có"
            self._wait(dossier, now, f"mọi đường đi tiếp đều đóng ({closed})")

    def _is_sent_back(self, dossier: Simulated, facts: Mapping[str, object], work: Work, now: datetime) -> bool:
        """By chance, or because what the step decides on is missing: the only thing that a leader can do then."""
        ways = [way for way in open_back_moves(dossier.step, facts) if way.to in self.known]
        if not ways or dossier.sent_back >= _MOST_SENT_BACK or dossier.decided:
            return False
        needs = work == "decide" and not dossier.drafted
        if not needs and self.random.random() >= self.practice.send_back:
            return False
        dossier.sent_back += 1
        self._go(dossier, self.known[ways[0].to], now)
        return True

    def _target(self, work: Work, ways: Sequence[Move]) -> Step | None:
        ways = [way for way in ways if way.to in self.known]
        if work == "decide":
            return after_decision(self.steps, ways)
        if len(ways) > 1 and self.random.random() < self.practice.other_way:
            return self.known[self.random.choice(ways[1:]).to]
        if work == "assign":
            return next((self.known[way.to] for way in ways if self.known[way.to].right == "handle"), None)
        return self.known[ways[0].to] if ways else None

    def _go(self, dossier: Simulated, target: Step, now: datetime) -> None:
        self._count_stay(dossier, now)
        self._arrive(dossier, target, now)

    def _count_stay(self, dossier: Simulated, now: datetime) -> None:
        step, tally = dossier.step, self.tallies[dossier.step.key]
        tally.stays.append(self.hours_between(dossier.entered_at, now))
        if step.term is not None and self.clock.is_late(dossier.entered_at, step.term, now):
            tally.late += 1

    def _finish(self, dossier: Simulated, now: datetime) -> None:
        self._count_stay(dossier, now)
        if dossier.paused_since is not None:
            dossier.stuck = "Thời hạn vẫn dừng khi trả kết quả: không bước nào cho tính tiếp."
        dossier.ended_at = now

    def _wait(self, dossier: Simulated, now: datetime, why: str) -> None:
        """Wait for what is still to come; when nothing is, the dossier is stuck."""
        if self._something_comes(dossier):
            return
        by_time = self._read & {"waiting_hours", "today"}
        timed = any(timer.do == "move" for timer in dossier.step.timers)
        if (by_time or timed) and dossier.checks < _MOST_CHECKS:
            dossier.checks += 1
            visit = dossier.visit
            self._later(self.clock.add(now, _CHECK_EVERY), _checked(self, dossier, visit))
        else:
            dossier.stuck = f"Nằm lại ở bước “{dossier.step.name}”: {why}."

    def _something_comes(self, dossier: Simulated) -> bool:
        pays = "paid" not in self._given and dossier.facts.get("paid") is False
        return pays or dossier.opinions > 0 or (dossier.parts > 0 and "open_parts" not in self._given)

    def _facts(self, dossier: Simulated, now: datetime) -> dict[str, object]:
        facts = {
            "open_opinions": dossier.opinions,
            "open_parts": dossier.parts,
            "paid": True,
            **dossier.facts,
            "step": dossier.step.key,
            "done": list(dict.fromkeys(dossier.path[:-1])),
        }
        if "waiting_hours" in self._read:
            facts["waiting_hours"] = self.hours_between(dossier.entered_at, now)
        if "today" in self._read and "today" not in self._given:
            facts["today"] = now.astimezone(VIET_NAM).date()
        return facts

    def _pool(self, step: Step, staff: Mapping[str, int]) -> str:
        key = pool_key(step, staff)
        self.pools.setdefault(key, Pool(max(staff.get(key, 1), 1)))
        return key


def _missing(dossier: Simulated, work: Work) -> str:
    """What the running house would refuse the step's act for, in words; "" when nothing is missing."""
    if work == "decide" and not dossier.drafted:
        return f"Bước “{dossier.step.name}” quyết định mà chưa bước nào thẩm định, dự thảo kết quả."
    if work in {"seal", "deliver"} and not dossier.decided:
        return f"Tới bước “{dossier.step.name}” mà chưa lãnh đạo nào quyết định kết quả."
    return ""


def _paying(run: Run, dossier: Simulated) -> Callable[[datetime], None]:
    def act(now: datetime) -> None:
        dossier.facts |= {"paid": True, **({"owed": 0} if "owed" in dossier.facts else {})}
        run.again(dossier, now)

    return act


def _part(run: Run, dossier: Simulated) -> Callable[[datetime], None]:
    def act(now: datetime) -> None:
        dossier.parts -= 1
        run.again(dossier, now)

    return act


def _answer(run: Run, dossier: Simulated) -> Callable[[datetime], None]:
    def act(now: datetime) -> None:
        dossier.opinions -= 1
        run.again(dossier, now)

    return act


def _worked(run: Run, pool: Pool, dossier: Simulated, visit: int) -> Callable[[datetime], None]:
    return lambda now: run.worked(pool, dossier, visit, now)


def _timed(run: Run, dossier: Simulated, visit: int, step: Step) -> Callable[[datetime], None]:
    return lambda now: run.timed(dossier, visit, step, now)


def _checked(run: Run, dossier: Simulated, visit: int) -> Callable[[datetime], None]:
    return lambda now: run.again(dossier, now) if dossier.visit == visit else None
