"""Try a backup out: files against their checksums, then a restore into a scratch folder, counts and chains."""

from __future__ import annotations

import gzip
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby, pairwise
from pathlib import Path

from motcua.journal.rules.chain import problems_in_chain
from motcua.project.backup import blobs
from motcua.project.backup.links import links_in
from motcua.project.backup.recover import Target, recovered
from motcua.project.backup.restore import load, look
from motcua.project.backup.server import Server, address_of
from motcua.project.backup.store import LOGICAL, Manifest, Store, problems_of_files
from motcua.project.backup.take import DUMP
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.postgres import EmbeddedPostgres

_SEGMENT = 24
_MOST_NAMED = 5


@dataclass
class Verdict:
    """What was found. Good when `problems` is empty."""

    manifest: Manifest
    problems: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    last_change: datetime | None = None
    chains: int = 0
    files: int = 0


def check_backup(store: Store, manifest: Manifest) -> Verdict:
    """Check one backup with everything after it; needs room for the database once more beside the backups."""
    verdict = Verdict(manifest, [*problems_of_files(store, manifest), *problems_of_changes(store, manifest)])
    if verdict.problems:
        return verdict
    folder = Path(tempfile.mkdtemp(prefix="scratch-", dir=store.folder))
    try:
        _try_out(store, verdict, folder)
    except StartError as error:
        verdict.problems.append(str(error))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return verdict


def problems_of_changes(store: Store, manifest: Manifest) -> Iterator[str]:
    """Say which files of changes after a backup are missing or cannot be read."""
    folder = store.wal_of(manifest.line)
    if not manifest.line or not folder.is_dir():
        return
    there = {path.name[:_SEGMENT]: path for path in folder.iterdir() if _is_segment(path.name)}
    wanted = sorted(name for name in there if name >= manifest.first_segment)
    for name, following in pairwise(wanted):
        if _number(following) != _number(name) + 1:
            yield f"Dòng thay đổi bị đứt sau tệp {name}."
    for name in wanted:
        if there[name].suffix == ".gz" and not _opens(there[name]):
            yield f"Tệp thay đổi {name} đã hỏng."


def _is_segment(name: str) -> bool:
    return len(name) >= _SEGMENT and all(letter in "0123456789ABCDEF" for letter in name[:_SEGMENT])


def _number(name: str) -> int:
    """Place of a segment (16 MB each, 256 to a "file" of 4 GB)."""
    return int(name[8:16], 16) * 256 + int(name[16:24], 16)


def _opens(path: Path) -> bool:
    try:
        with gzip.open(path) as file:
            while file.read(1024 * 1024):
                pass
    except (OSError, EOFError, zlib.error):
        return False
    return True


def _try_out(store: Store, verdict: Verdict, folder: Path) -> None:
    manifest = verdict.manifest
    if manifest.kind == LOGICAL:
        with EmbeddedPostgres(folder / "pg", durable=False, log_file=folder / "postgres.log") as empty:
            server = address_of(empty.url())
            load(server, store.base(manifest.id) / DUMP)
            verdict.last_change = datetime.fromisoformat(manifest.started_at).astimezone(UTC)
            _compare(store, verdict, server)
        return
    target = Target(store, manifest, None)
    with recovered(target, folder / "pg", log_file=folder / "postgres.log") as (running, last):
        verdict.last_change = last
        _compare(store, verdict, address_of(running.url()))


def _compare(store: Store, verdict: Verdict, server: Server) -> None:
    verdict.counts, digests = look(server)
    for table, least in verdict.manifest.counts_before.items():
        have = verdict.counts.get(table, 0)
        if have < least:
            verdict.problems.append(f"Bảng {table} chỉ còn {have} dòng, lúc sao lưu có {least}.")
    lost = list(blobs.broken(store, digests))
    verdict.files = len(digests)
    verdict.problems += [f"Tệp đính kèm {digest} thiếu hoặc hỏng." for digest in lost[:_MOST_NAMED]]
    if len(lost) > _MOST_NAMED:
        verdict.problems.append(f"… và {len(lost) - _MOST_NAMED} tệp đính kèm khác.")
    if "journal_entry" in verdict.counts:
        _chains(verdict, server)


def _chains(verdict: Verdict, server: Server) -> None:
    for (kind, number), links in groupby(links_in(server), key=lambda one: (one[0], one[1])):
        verdict.chains += 1
        if problems_in_chain(link for _kind, _number, link in links):
            verdict.problems.append(f"Chuỗi nhật ký của {kind} {number} không nguyên vẹn.")
