"""Ghi lần mở tệp của hồ sơ: other rooms write down for whoever it concerns that a file was opened."""

from datetime import datetime
from typing import Protocol

from motcua.dossiers.models import Attachment
from motcua.identity.terms import Actor


class Watcher(Protocol):
    """Hears of every file of a dossier that is handed out, `code` that of the dossier."""

    def __call__(self, *, actor: Actor, file: Attachment, code: str, at: datetime) -> None: ...


_WATCHERS: list[Watcher] = []


def watch_files(watcher: Watcher) -> None:
    """Let a room hear of opened files; safe to call again."""
    if watcher not in _WATCHERS:
        _WATCHERS.append(watcher)


def tell_opened(*, actor: Actor, file: Attachment, code: str, at: datetime) -> None:
    """Ghi lần mở tệp: whoever watches hears of it, by whatever door the file was opened (pages, API)."""
    for watcher in _WATCHERS:
        watcher(actor=actor, file=file, code=code, at=at)
