"""Sắp xếp trang quét: what the clerk does to pages before the papers are confirmed."""

import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from motcua.files.actions.hold import hold, release
from motcua.files.actions.store import store_paper
from motcua.files.queries import path_of
from motcua.files.terms import MediaType
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Conflict, Invalid, NotFound, Problem
from motcua.scanning.access import lock_stack
from motcua.scanning.actions.open_stack import READ_JOB
from motcua.scanning.engine.reading import reader_missing
from motcua.scanning.engine.running import ReaderDiedError, read_again
from motcua.scanning.models import ScannedPage, Stack
from motcua.scanning.terms import PageKind, StackState


class Arrangement(StrEnum):
    """What may be done to one page."""

    DROP = "drop"
    KEEP = "keep"
    UP = "up"
    DOWN = "down"
    SPLIT = "split"
    JOIN = "join"
    LEFT = "left"
    RIGHT = "right"
    TURN = "turn"
    MOVE = "move"


#: Degrees clockwise.
_TURNS: Final[Mapping[Arrangement, int]] = {Arrangement.LEFT: 270, Arrangement.RIGHT: 90, Arrangement.TURN: 180}


def arrange(
    *, actor: Actor, stack_id: int, page_id: int, how: Arrangement, at: datetime, component_key: str = ""
) -> Stack:
    """Sắp xếp trang: drop or keep it, move it, turn it (it is read again), begin a new paper with it.

    `component_key` is where `MOVE` puts it. Raises NotFound, Invalid for an unknown component, Conflict.
    """
    if how in _TURNS:
        return _turn(actor, stack_id, page_id, _TURNS[how], at)
    with transaction.atomic():
        stack, page = _locked(actor, stack_id, page_id, at)
        if how is Arrangement.MOVE:
            _move(stack, page, component_key)
        else:
            _SIMPLE[how](stack, page)
        return _done(actor, stack, page, how, at)


def _turn(actor: Actor, stack_id: int, page_id: int, turn: int, at: datetime) -> Stack:
    """Turn and read outside any transaction, then put the new picture in the place of the old."""
    with transaction.atomic():
        stack, page = _locked(actor, stack_id, page_id, at)
    before = page.blob_id
    with tempfile.TemporaryDirectory(dir=Path(settings.DATA_DIR)) as folder:
        target = Path(folder) / "page.jpg"
        try:
            facts = read_again(path_of(before), target, turn=turn, dpi=page.dpi, reads=not reader_missing())
        except ReaderDiedError as error:
            raise Conflict(Problem("not_turned", "Không xoay được trang này; hãy thử lại.")) from error
        stored = store_paper(target.read_bytes(), name="trang.jpg", at=at, media_type=MediaType.JPEG.value)
    with transaction.atomic():
        stack, page = _locked(actor, stack_id, page_id, at)
        if page.blob_id != before:
            raise Conflict(Problem("arranged_meanwhile", "Có người vừa xoay trang này; hãy xem lại."))
        hold(stored.sha256)
        release(before)
        page.blob_id, page.lines = stored.sha256, facts["lines"]
        page.width, page.height = facts["width"], facts["height"]
        page.save(update_fields=["blob", "lines", "width", "height"])
        return _done(actor, stack, page, "turn", at, turned=turn)


def read_anew(*, actor: Actor, stack_id: int, at: datetime) -> Stack:
    """Đọc lại xấp giấy: try once more what could not be read; pages that are there stay."""
    with transaction.atomic():
        stack = lock_stack(actor, stack_id, at=at)
        if stack.state != StackState.FAILED:
            raise Conflict(Problem("not_failed", "Xấp giấy này đã được đọc."))
        stack.state, stack.problem = StackState.READING, ""
        stack.save(update_fields=["state", "problem"])
        record(actor, "stack.arranged", stack, at=at, data={"code": stack.dossier.code, "how": "read_anew"})
        app.configure_task(READ_JOB).defer(stack_id=stack.pk)
    return stack


def _locked(actor: Actor, stack_id: int, page_id: int, at: datetime) -> tuple[Stack, ScannedPage]:
    stack = lock_stack(actor, stack_id, at=at)
    page = stack.pages.filter(pk=page_id).first()
    if page is None:
        raise NotFound(Problem("no_page", "Không tìm thấy trang này trong xấp giấy."))
    return stack, page


def _move(stack: Stack, page: ScannedPage, component_key: str) -> None:
    if not stack.dossier.components.filter(key=component_key).exists():
        raise Invalid(Problem("unknown_component", "Hãy chọn giấy tờ mà trang này thuộc về.", "component_key"))
    page.component_key, page.is_dropped = component_key, False
    page.save(update_fields=["component_key", "is_dropped"])


def _drop(_stack: Stack, page: ScannedPage) -> None:
    page.is_dropped = True
    page.save(update_fields=["is_dropped"])


def _keep(_stack: Stack, page: ScannedPage) -> None:
    page.is_dropped, page.kind = False, PageKind.PAGE
    page.save(update_fields=["is_dropped", "kind"])


def _split(_stack: Stack, page: ScannedPage) -> None:
    page.starts_paper = True
    page.save(update_fields=["starts_paper"])


def _join(_stack: Stack, page: ScannedPage) -> None:
    page.starts_paper = False
    page.save(update_fields=["starts_paper"])


def _up(stack: Stack, page: ScannedPage) -> None:
    _swap(page, _beside(stack, page).filter(order__lt=page.order).order_by("-order").first())


def _down(stack: Stack, page: ScannedPage) -> None:
    _swap(page, _beside(stack, page).filter(order__gt=page.order).order_by("order").first())


def _beside(stack: Stack, page: ScannedPage) -> QuerySet[ScannedPage]:
    return stack.pages.filter(component_key=page.component_key, is_dropped=False)


def _swap(page: ScannedPage, other: ScannedPage | None) -> None:
    if other is not None:
        page.order, other.order = other.order, page.order
        page.starts_paper, other.starts_paper = other.starts_paper, page.starts_paper
        ScannedPage.objects.bulk_update([page, other], ["order", "starts_paper"])


_SIMPLE: Final[Mapping[Arrangement, Callable[[Stack, ScannedPage], None]]] = {
    Arrangement.DROP: _drop,
    Arrangement.KEEP: _keep,
    Arrangement.SPLIT: _split,
    Arrangement.JOIN: _join,
    Arrangement.UP: _up,
    Arrangement.DOWN: _down,
}


def _done(actor: Actor, stack: Stack, page: ScannedPage, how: str, at: datetime, **more: int) -> Stack:
    stack.revision += 1
    stack.save(update_fields=["revision"])
    facts = {"code": stack.dossier.code, "page": page.file_page + 1, "how": str(how), **more}
    record(actor, "stack.arranged", stack, at=at, data={**facts, "paper": page.component_key})
    return stack
