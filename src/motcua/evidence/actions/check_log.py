"""Kiểm tra sổ bằng chứng."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.evidence.actions.sequence import sequence_all
from motcua.evidence.models import Head
from motcua.evidence.queries.beside import check_beside
from motcua.evidence.queries.check_blobs import check_blobs
from motcua.evidence.queries.check_heads import check_heads, own_keys
from motcua.evidence.queries.check_rows import Pass, look_outside, read_log
from motcua.evidence.queries.tree import latest_head, tree_size
from motcua.evidence.rules.notes import PublicKey
from motcua.evidence.terms import Finding
from motcua.journal.actions import record
from motcua.journal.terms import Recorder


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check saw: leaves, heads, the newest one, how many are unsigned, and every finding."""

    size: int
    heads: int
    head: Head | None
    unsigned: int
    findings: tuple[Finding, ...]


def check_log(
    *,
    actor: Recorder,
    at: datetime,
    with_blobs: bool = False,
    keys: Sequence[PublicKey] = (),
    earlier: Sequence[str] = (),
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Checked:
    """Kiểm tra sổ bằng chứng: read everything again and say what is not as it was, each act by its name.

    Files are always looked for, and read with `with_blobs`. `keys`: further public keys that signed heads; `earlier`:
    notes kept elsewhere. That it was checked becomes an entry of the journal. `progress` hears (done, to do).
    """
    sequence_all(at=at)
    size = tree_size()
    heads = check_heads([*own_keys(), *keys], earlier)
    done: Pass = read_log(heads.known, size, lambda read: progress(read, size))
    look_outside(done)
    findings = [*done.findings, *heads.findings]
    findings += check_blobs(read_all=with_blobs, progress=lambda _read: progress(size, size))
    findings += check_beside()
    head = latest_head()
    if head is not None:
        data = {"leaves": size, "findings": len(findings), "blobs": with_blobs, "root": head.root}
        with transaction.atomic():
            locked = Head.objects.select_for_update().get(pk=head.pk)
            record(actor, "evidence.checked", locked, at=at, data=data)
    return Checked(size, Head.objects.count(), head, heads.unsigned, tuple(findings))
