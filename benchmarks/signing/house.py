"""A leader's gesture over many results and the clerk's over the same, as the worker does them: where the time goes.

Every result is a text of the specialist: it is numbered, set in the layout of Decree 30, signed, kept as a file and
approved as an act of its own; then sealed, numbered and issued. Durable database, timestamps over HTTP.
"""

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from benchmarks.ground import Ground, ground
from benchmarks.machine import cpu_seconds
from benchmarks.signing.authority import Authority, authority

if TYPE_CHECKING:
    from benchmarks.province import Ward
    from motcua.dossiers.models import Dossier
    from motcua.identity.terms import Actor
    from motcua.signing.models import SigningBatch

_LINES = 14
_TEXT = "QUYẾT ĐỊNH\nCăn cứ Luật Tổ chức chính quyền địa phương;\n" + "\n".join(
    f"Điều {number}. Cho phép người có tên trong hồ sơ thực hiện công việc đã đăng ký theo quy định của pháp luật."
    for number in range(1, _LINES)
)


@dataclass
class Parts:
    """Seconds by the clock of what this process does with a batch, and statements to the database."""

    seconds: dict[str, float] = field(default_factory=dict)
    statements: int = 0

    def watched(self, name: str, do: Callable[..., Any]) -> Callable[..., Any]:
        """Return `do`, timed."""

        @functools.wraps(do)
        def timed(*args: Any, **named: Any) -> Any:
            begun = perf_counter()
            try:
                return do(*args, **named)
            finally:
                self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - begun

        return timed

    def counted(self, execute: Callable[..., Any], *args: Any) -> Any:
        """Count a statement."""
        self.statements += 1
        return execute(*args)


def measure(count: int) -> None:
    """Print what a batch of so many takes with one process and with two."""
    print(f"\nin the house: results composed, signed, approved; then sealed and issued; {count} papers")
    with ground(durable=True) as here, authority() as there:
        from benchmarks.province import build

        ward = build(1, at=datetime.now(UTC))[0]
        keys = _keys(ward)
        for processes, papers in ((2, min(count, 48)), (1, count // 2), (2, count)):
            dossiers = _waiting(ward, papers)
            name = "to warm up" if papers < count // 2 else f"{processes} process(es)"
            _gestures(name, processes, dossiers, ward, keys, here, there)


def _keys(ward: "Ward") -> tuple[str, str]:
    from motcua.agencies.terms import Right
    from motcua.dossiers.tests.keys import agency_key, officer_key

    at = datetime.now(UTC)
    return officer_key(ward.people[Right.LEAD_AGENCY], ward.agency, at), agency_key(ward.agency, at)


def _waiting(ward: "Ward", count: int) -> "list[Dossier]":
    """Lead so many dossiers to the leader, by the acts of the room."""
    from motcua.agencies.terms import Right
    from motcua.dossiers.actions.appraise import appraise_dossier
    from motcua.dossiers.actions.assign import assign_dossier
    from motcua.dossiers.actions.forward import forward_dossier
    from motcua.dossiers.actions.take_in import take_in_dossier

    random, found = Random(count), []
    people, handler = ward.people, ward.people[Right.HANDLE].known_id
    for number in range(count):
        at = datetime.now(UTC)
        application = _application(ward, count * 10_000 + number, random)
        pk = take_in_dossier(actor=people[Right.RECEIVE], application=application, at=at).pk
        forward_dossier(actor=people[Right.RECEIVE], dossier_id=pk, at=at)
        assign_dossier(actor=people[Right.LEAD_DIVISION], dossier_id=pk, at=at, to_account_id=handler)
        appraise_dossier(actor=people[Right.HANDLE], dossier_id=pk, at=at, opinion="Đủ điều kiện", text=_TEXT)
        found.append(forward_dossier(actor=people[Right.LEAD_DIVISION], dossier_id=pk, at=at))
    return found


def _application(ward: "Ward", number: int, random: Random) -> Any:
    from benchmarks.people import CODE, PAPERS, somebody
    from motcua.dossiers.rules.application import Application, ComponentFacts, PartyFacts
    from motcua.dossiers.terms import Channel

    who = somebody(number, random)
    return Application(
        procedure_code=CODE,
        agency_id=ward.agency.pk,
        case_key="default",
        channel=Channel.IN_PERSON,
        owner=PartyFacts(name=who.name, personal_id=who.personal_id, phone=who.phone, address=who.address),
        components=tuple(ComponentFacts(key, originals=1) for key in PAPERS),
    )


def _gestures(
    name: str,
    processes: int,
    dossiers: "list[Dossier]",
    ward: "Ward",
    keys: tuple[str, str],
    here: Ground,
    there: Authority,
) -> None:
    from motcua.agencies.terms import Right
    from motcua.dossiers.models import Dossier
    from motcua.dossiers.tests.keys import press_seal, press_sign

    leader, clerk = ward.people[Right.LEAD_AGENCY], ward.people[Right.SEAL]
    press = f"{processes}-{len(dossiers)}"
    _gesture(f"{name}, signed", press_sign, leader, dossiers, keys[0], press, processes, here, there)
    signed = list(Dossier.objects.filter(pk__in=[one.pk for one in dossiers]).order_by("pk"))
    _gesture(f"{name}, sealed", press_seal, clerk, signed, keys[1], press, processes, here, there)


def _gesture(
    name: str,
    press: "Callable[..., SigningBatch]",
    actor: "Actor",
    dossiers: "list[Dossier]",
    key: str,
    press_key: str,
    processes: int,
    here: Ground,
    there: Authority,
) -> None:
    count, at = len(dossiers), datetime.now(UTC)
    begun = perf_counter()
    batch = press(actor, dossiers, key, at, key=press_key)
    pressed = perf_counter() - begun
    server = int((here.installation.postgres_dir / "postmaster.pid").read_text().split()[0])
    parts = Parts()
    before = cpu_seconds(os.getpid()), cpu_seconds(server), there.cpu(), process_time()
    begun = perf_counter()
    applied = _worked(batch.pk, processes, parts, there)
    wall = perf_counter() - begun
    after = cpu_seconds(os.getpid()), cpu_seconds(server), there.cpu(), process_time()
    assert applied == count, f"{applied} of {count}"
    own, base, served, mine = (now - then for now, then in zip(after, before, strict=True))
    is_below = base > 0 and own > base + served + mine
    others = max(own - mine - served - (base if is_below else 0.0), 0.0)
    each = 1000 / count
    cpu = (
        f"here {mine * each:.1f}, others {others * each:.1f}, database {base * each:.1f}, authority {served * each:.1f}"
    )
    print(
        f"{name:<24}{count:>4} papers: the press {pressed:.2f} s, the work {wall:.2f} s = {count / wall:.1f} a second"
    )
    print(f"{'':<24}ms of processor a paper: {cpu}; {parts.statements / count:.1f} statements a paper")
    clock = ", ".join(f"{part} {seconds * each:.1f}" for part, seconds in parts.seconds.items())
    rest = (wall - sum(parts.seconds.values())) * each
    print(f"{'':<24}ms by the clock a paper, here: {clock}, waiting and else {rest:.1f}", flush=True)


def _worked(batch_id: int, processes: int, parts: Parts, there: Authority) -> int:
    """Do what the job does; return how many papers were signed and their acts done."""
    from django.db import connection

    from motcua.signing.actions import work_signing as working
    from motcua.signing.actions.offices import office_of
    from motcua.signing.actions.presses import ServerPresses
    from motcua.signing.models import SigningBatch
    from motcua.trust.providers.tsa import StampingClient
    from motcua.trust.rules.windows import Window

    batch = SigningBatch.objects.get(pk=batch_id)
    office = office_of(batch)
    client = there.stamper()
    stampers = functools.partial(StampingClient, client.services, client.anchors, Window(None, timedelta(hours=1)))
    presses = ServerPresses(stampers, processes=processes)
    watched = _Watched(parts.watched("preparing", office.paper), parts.watched("the act", office.apply))
    kept, working.keep_signed = working.keep_signed, parts.watched("keeping the file", working.keep_signed)
    try:
        with connection.execute_wrapper(parts.counted):
            working.work_signing(batch_id=batch_id, office=watched, presses=presses, at=datetime.now(UTC))
    finally:
        working.keep_signed = kept
    return batch.items.filter(state="applied").count()


@dataclass(frozen=True)
class _Watched:
    """An office whose work is timed."""

    paper: Callable[..., Any]
    apply: Callable[..., None]
