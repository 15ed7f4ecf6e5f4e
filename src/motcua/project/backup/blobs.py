"""Files of dossiers in the backup: each content once, under its SHA-256, copied when new, never deleted."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from motcua.project.backup.store import CHUNK, Store

QUARANTINE = "quarantine"
_FOLDER, _REST = re.compile(r"[0-9a-f]{2}"), re.compile(r"[0-9a-f]{62}")


def copy_new(data_dir: Path, store: Store, *, since: float = 0.0) -> int:
    """Copy what the backup has not; return how many. Folders not changed after `since` (time.time()) are passed by.

    A content that nobody holds any more lies in `quarantine` for a while: the database still speaks of it, so it is
    copied too. A content that is not what its name says is not: the backup then asks for it again.
    """
    source, copied = data_dir / "blobs", 0
    for folder in [*_folders(source), *_folders(source / QUARANTINE)]:
        if folder.stat().st_mtime < since:
            continue
        there = store.blobs / folder.name
        have = {entry.name for entry in os.scandir(there)} if there.is_dir() else set()
        for entry in os.scandir(folder):
            if _REST.fullmatch(entry.name) and entry.name not in have:
                copied += _copied(Path(entry.path), there / entry.name)
    return copied


def _copied(source: Path, target: Path) -> bool:
    """Copy one new content; False when it was moved or removed since it was listed, or is damaged."""
    try:
        whole = _copy(source, target) == target.parent.name + target.name
    except FileNotFoundError:
        target.with_name(target.name + ".new").unlink(missing_ok=True)
        return False
    if not whole:
        target.unlink()
    return whole


def put_back(store: Store, data_dir: Path, digests: Iterable[str]) -> list[str]:
    """Copy these contents into a data folder; return those that are missing or not what their name says."""
    lost = []
    for digest in digests:
        source = store.blobs / digest[:2] / digest[2:]
        target = data_dir / "blobs" / digest[:2] / digest[2:]
        if not source.is_file() or _copy(source, target) != digest:
            target.unlink(missing_ok=True)
            lost.append(digest)
    return lost


def broken(store: Store, digests: Iterable[str]) -> Iterator[str]:
    """Which of these contents are missing from the backup or not what their name says."""
    for digest in digests:
        path = store.blobs / digest[:2] / digest[2:]
        if not path.is_file() or _digest(path) != digest:
            yield digest


def _folders(source: Path) -> list[Path]:
    return [one for one in source.iterdir() if _FOLDER.fullmatch(one.name)] if source.is_dir() else []


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(source: Path, target: Path) -> str:
    """Copy one content, on disk before it has its name; return the SHA-256 of what was read."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = target.with_name(target.name + ".new")
    digest = hashlib.sha256()
    with source.open("rb") as reading, half.open("wb") as writing:
        while chunk := reading.read(CHUNK):
            digest.update(chunk)
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    half.replace(target)
    return digest.hexdigest()
