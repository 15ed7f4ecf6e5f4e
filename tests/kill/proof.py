"""`python -m tests.kill.proof --data FOLDER --ledger FILE`: hold the database against the clients' ledger.

Prints what was counted as JSON; each figure under "wrong" must be 0.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from motcua.project.backup.check import check_backup
from motcua.project.backup.store import Store
from motcua.project.commands.shell import inside
from motcua.project.runtime.console import say
from motcua.project.runtime.installation import Installation
from tests.kill.ledger import Known, read

QUIET_SECONDS = 300.0
#: The acts of a life as the timeline, and as journal and outbox know them.
LIFE = (
    ("submit", "dossier.submitted"),
    ("receive", "dossier.received"),
    ("forward", "dossier.forwarded"),
    ("assign", "dossier.assigned"),
    ("appraise", "dossier.appraised"),
    ("forward", "dossier.forwarded"),
    ("approve", "dossier.approved"),
    ("seal", "dossier.result_sealed"),
    ("deliver", "dossier.result_delivered"),
)
ACTS, VERBS = [act for act, _ in LIFE], [verb for _, verb in LIFE]


def main() -> int:
    """Count, and print what was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--ledger", type=Path, required=True)
    options = parser.parse_args()
    installation = Installation(options.data)
    with inside(installation):
        found = prove(options.ledger)
    found["wrong"] |= backup(installation, found["counted"])
    say(json.dumps(found, ensure_ascii=False))
    return 0


def prove(ledger: Path) -> dict[str, Any]:
    """Return {"counted": …, "wrong": …}."""
    known = read(ledger)
    wait_until_quiet()
    counted: dict[str, int] = {"acts sent": known.sent, "acknowledged": known.done, "sent again": known.repeated}
    wrong: dict[str, int] = {"refused": len(known.refusals)}
    for part in (acts_against, codes, outbox, effects, messages, jobs, blobs):
        found, bad = part(known.dossiers)
        counted |= found
        wrong |= bad
    return {"counted": counted, "wrong": wrong, "refusals": known.refusals[:5]}


def wait_until_quiet() -> None:
    """Wait until the outbox is empty and no job is left: whatever was interrupted must be taken up again."""
    from motcua.journal.models import OutboxEvent

    until = time.monotonic() + QUIET_SECONDS
    while time.monotonic() < until:
        if not OutboxEvent.objects.filter(delivered_at__isnull=True).exists() and not unfinished_jobs():
            return
        time.sleep(0.5)


def unfinished_jobs() -> int:
    """How many jobs wait or are being done (or were, when their worker was killed)."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    return int(ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).count())


Found = tuple[dict[str, int], dict[str, int]]


def acts_against(known: dict[str, Known]) -> Found:
    """Every acknowledged act once, others at most once: timeline, journal, outbox are one beginning of a life."""
    from motcua.dossiers.models import Dossier
    from motcua.dossiers.queries.journal import chain_problems

    moves, verbs, events = _by_dossier()
    counted = {"dossiers": 0, "acts in the database": 0, "unacknowledged acts done": 0}
    wrong = Counter[str]()
    by_person = defaultdict(list)
    for dossier in Dossier.objects.select_related("owner"):
        by_person[dossier.owner.personal_id].append(dossier)
    for person, one in known.items():
        sent, done = ([act for act in acts if act != "upload"] for acts in (one.sent, one.done))
        found = by_person.pop(person, [])
        wrong["dossiers doubled"] += len(found) > 1
        wrong["acknowledged acts missing"] += len(done) if not found else 0
        for dossier in found[:1]:
            have = moves[dossier.pk]
            counted["dossiers"] += 1
            counted["acts in the database"] += len(have)
            counted["unacknowledged acts done"] += max(len(have) - len(done), 0)
            wrong["acknowledged acts missing"] += max(len(done) - len(have), 0)
            wrong["acts nobody sent, or doubled"] += max(len(have) - len(sent), 0)
            wrong["timelines out of order"] += have != ACTS[: len(have)] or dossier.revision != len(have)
            wrong["journal differs"] += verbs[dossier.pk] != VERBS[: len(have)]
            wrong["outbox differs"] += events[dossier.pk] != VERBS[: len(have)]
            wrong["journal chains broken"] += bool(chain_problems(dossier))
            wrong["other codes than answered"] += not one.codes <= {dossier.code}
    wrong["dossiers nobody sent"] = len(by_person)
    return counted, dict(wrong)


def _by_dossier() -> tuple[dict[int, list[str]], dict[int, list[str]], dict[int, list[str]]]:
    from motcua.dossiers.models import Move
    from motcua.journal.models import Entry, OutboxEvent

    moves, verbs, events = (defaultdict[int, list[str]](list) for _ in range(3))
    for dossier_id, act in Move.objects.order_by("dossier_id", "number").values_list("dossier_id", "act"):
        moves[dossier_id].append(act)
    for object_id, verb in (
        Entry.objects.filter(object_type="dossiers.dossier").order_by("id").values_list("object_id", "verb")
    ):
        verbs[int(object_id)].append(verb)
    for name, payload in OutboxEvent.objects.order_by("id").values_list("name", "payload"):
        if "dossier_id" in payload and name.startswith("dossier."):
            events[payload["dossier_id"]].append(name)
    return moves, verbs, events


def codes(_known: dict[str, Known]) -> Found:
    """The numbers of an agency's day run from 1 without gap or double, up to what its counter says."""
    from motcua.dossiers.models import CodeCounter, Dossier

    numbers = defaultdict(list)
    for agency_id, code in Dossier.objects.values_list("agency_id", "code"):
        numbers[agency_id, code.split("-")[1]].append(int(code.split("-")[2]))
    doubles = sum(len(some) - len(set(some)) for some in numbers.values())
    gaps = sum(sorted(some) != list(range(1, len(some) + 1)) for some in numbers.values())
    last = Counter(CodeCounter.objects.values_list("last", flat=True))
    return {}, {
        "codes doubled": doubles,
        "codes with gaps": gaps,
        "counters off": last != Counter(map(len, numbers.values())),
    }


def outbox(_known: dict[str, Known]) -> Found:
    """Every event is delivered, and none had to be tried again."""
    from motcua.journal.models import OutboxEvent

    rows = OutboxEvent.objects.all()
    failed = rows.exclude(last_error="").count() + rows.filter(attempts__gt=1).count()
    return {"events": rows.count()}, {
        "events not delivered": rows.filter(delivered_at__isnull=True).count(),
        "events whose handler failed": failed,
    }


def effects(_known: dict[str, Known]) -> Found:
    """Each event had its effect: handing all of them over once more (undone at the end) adds nothing."""
    from django.db import transaction

    from motcua.journal.actions.deliver import _hand_over
    from motcua.journal.models import OutboxEvent
    from motcua.notifications.models import Delivery, Notice

    before = Notice.objects.count(), Delivery.objects.count()
    with transaction.atomic():
        for row in OutboxEvent.objects.order_by("id"):
            _hand_over(row)
        after = Notice.objects.count(), Delivery.objects.count()
        transaction.set_rollback(True)
    missing = sum(late - early for early, late in zip(before, after, strict=True))
    return {"notices": before[0], "messages": before[1]}, {"effects missing": missing}


def messages(_known: dict[str, Known]) -> Found:
    """Nobody is told the same twice; no message is given up or forgotten."""
    from django.db.models import Count

    from motcua.notifications.models import Delivery, Notice

    notices = Notice.objects.values("account_id", "key").annotate(n=Count("pk")).filter(n__gt=1).count()
    doubled = Delivery.objects.values("key", "channel", "address").annotate(n=Count("pk")).filter(n__gt=1).count()
    forgotten = Delivery.objects.filter(state="waiting", next_try_at__isnull=True).count()
    return {"messages sent": Delivery.objects.filter(state="sent").count()}, {
        "notices doubled": notices,
        "messages doubled": doubled,
        "messages forgotten": forgotten,
        "messages given up": Delivery.objects.filter(state="failed").count(),
    }


def jobs(_known: dict[str, Known]) -> Found:
    """No job is left undone, none failed."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    failed = ProcrastinateJob.objects.filter(status__in=["failed", "aborted"]).count()
    return {}, {"jobs left undone": unfinished_jobs(), "jobs failed": failed}


def blobs(_known: dict[str, Known]) -> Found:
    """Every file is there, whole, and counted right by whatever refers to it."""
    import hashlib

    from motcua.files.models import Blob
    from motcua.files.queries import path_of, recount

    rows = list(Blob.objects.all())
    broken = sum(
        not path_of(row.sha256).exists() or hashlib.sha256(path_of(row.sha256).read_bytes()).hexdigest() != row.sha256
        for row in rows
    )
    return {"files": len(rows)}, {"files broken": broken, "files miscounted": len(recount())}


def backup(installation: Installation, counted: dict[str, int]) -> dict[str, int]:
    """The continuous backup, killed and taken up again as often, gives everything back."""
    store = Store(installation.data_dir / "backup")
    manifests = store.manifests()
    if not manifests:
        return {"backups missing": 1}
    verdict = check_backup(store, manifests[-1])
    restored = verdict.counts.get("dossiers_move", 0)
    return {"backup broken": len(verdict.problems), "acts not in backup": counted["acts in the database"] - restored}


if __name__ == "__main__":
    raise SystemExit(main())
