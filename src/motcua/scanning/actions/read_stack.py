"""Đọc xấp giấy: the work of the job, page by page, with its progress in the row."""

import logging
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from motcua.files.actions.hold import hold
from motcua.files.actions.store import store_paper
from motcua.files.queries import path_of
from motcua.files.terms import MediaType
from motcua.scanning.engine.reading import reader_missing
from motcua.scanning.engine.running import ReaderDiedError, StackFile, read_stack
from motcua.scanning.models import ScannedPage, Stack
from motcua.scanning.rules.grouping import Laid, foreign_marks, placed
from motcua.scanning.terms import LEAST_DPI, PageKind, SheetMark, StackState

_log = logging.getLogger(__name__)
_FILE_STEP = 10_000
_DIED = (
    "Không đọc hết được xấp giấy: có trang làm chương trình đọc dừng lại. Tệp quét vẫn được giữ; hãy bấm đọc lại, hoặc "
    "quét lại ở 200–300 dpi rồi gửi lại."
)


def read_pages(*, stack_id: int, at: datetime) -> Stack:
    """Đọc xấp giấy: every page becomes a row, pages are given to papers by the separator sheets.

    Safe to run twice: pages that are there stay. What goes wrong is kept with the stack, in words.
    """
    stack = Stack.objects.select_related("dossier").get(pk=stack_id)
    if stack.state != StackState.READING:
        return stack
    problems: list[str] = []
    known = set(stack.pages.values_list("file_position", "file_page"))
    try:
        with tempfile.TemporaryDirectory(prefix="scan-", dir=_folder()) as folder:
            for facts in read_stack(_files(stack), Path(folder), reads=not reader_missing()):
                _take(stack, facts, known, problems, at)
    except ReaderDiedError:
        _log.exception("stack %s", stack_id)
        return _settle(stack, StackState.FAILED, _DIED, problems, at)
    if not stack.pages.exists():
        return _settle(stack, StackState.FAILED, problems[0] if problems else "Xấp giấy không có trang nào.", [], at)
    return _finish(stack, problems, at)


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "blobs" / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _files(stack: Stack) -> list[StackFile]:
    return [
        StackFile(path_of(file.blob_id), file.blob.media_type)
        for file in stack.files.select_related("blob").order_by("position")
    ]


def _take(stack: Stack, facts: dict[str, Any], known: set[tuple[int, int]], problems: list[str], at: datetime) -> None:
    """Keep one page, or what was wrong with it."""
    if "pages" in facts:
        Stack.objects.filter(pk=stack.pk).update(total=facts["pages"])
        return
    place = (int(facts["file"]), int(facts["page"]))
    if "problem" in facts:
        problems.append(f"Tệp {place[0] + 1}, trang {place[1] + 1}: {facts['problem']}")
    elif place not in known:
        _keep(stack, facts, place, at)
    Stack.objects.filter(pk=stack.pk).update(done=stack.pages.count() + len(problems))


def _keep(stack: Stack, facts: dict[str, Any], place: tuple[int, int], at: datetime) -> None:
    content = Path(facts["target"]).read_bytes()
    stored = store_paper(content, name="trang.jpg", at=at, media_type=MediaType.JPEG.value)
    with transaction.atomic():
        hold(stored.sha256)
        ScannedPage.objects.create(
            stack=stack,
            order=place[0] * _FILE_STEP + place[1],
            file_position=place[0],
            file_page=place[1],
            kind=facts["kind"],
            is_dropped=facts["kind"] != PageKind.PAGE,
            blob_id=stored.sha256,
            width=facts["width"],
            height=facts["height"],
            dpi=facts["dpi"],
            source_dpi=facts["source_dpi"],
            lines=facts["lines"],
            mark=facts.get("mark"),
        )


def _finish(stack: Stack, problems: list[str], at: datetime) -> Stack:
    """Give the pages to papers by the separator sheets, and say what the clerk should look at."""
    pages = list(stack.pages.order_by("order"))
    laid = [Laid(page.pk, PageKind(page.kind), SheetMark(**page.mark) if page.mark else None) for page in pages]
    code, keys = stack.dossier.code, list(stack.dossier.components.values_list("key", flat=True))
    for page, where in zip(pages, placed(laid, dossier_code=code, components=keys), strict=True):
        page.component_key = where.component_key or stack.component_key
        page.is_dropped = where.is_dropped
    ScannedPage.objects.bulk_update(pages, ["component_key", "is_dropped"])
    warnings = list(problems)
    warnings += [
        f"Có tờ phân cách của hồ sơ khác ({one}); hãy xem lại các trang sau nó."
        for one in foreign_marks(laid, dossier_code=code)
    ]
    faint = [
        place
        for place, page in enumerate(pages, start=1)
        if 0 < page.source_dpi < LEAST_DPI - 5 and not page.is_dropped
    ]
    if faint:
        said = ", ".join(map(str, faint[:10]))
        warnings.append(f"Trang {said} dưới {LEAST_DPI} dpi; nên quét lại (Nghị định 30/2020/NĐ-CP, Phụ lục I).")
    if pages and all(page.is_dropped for page in pages):
        warnings.append("Mọi trang đều trắng hoặc là tờ phân cách; hãy kiểm tra máy quét có đặt úp giấy không.")
    return _settle(stack, StackState.READY, "", warnings, at)


def _settle(stack: Stack, state: StackState, problem: str, warnings: list[str], at: datetime) -> Stack:
    stack.refresh_from_db()
    stack.state, stack.problem, stack.warnings, stack.read_at = state, problem, warnings, at
    stack.save(update_fields=["state", "problem", "warnings", "read_at"])
    return stack
