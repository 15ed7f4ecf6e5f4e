"""Đưa xấp giấy vào số hóa."""

from collections.abc import Sequence
from datetime import datetime

import pikepdf
from django.db import transaction
from procrastinate.contrib.django import app

from motcua.dossiers.access import get_visible
from motcua.files.actions.hold import hold
from motcua.files.queries import open_blob
from motcua.files.rules.checks import recognise
from motcua.files.terms import MediaType, StoredFile
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid, Problem
from motcua.scanning.access import dossier_to_digitise
from motcua.scanning.engine.reading import reader_missing
from motcua.scanning.models import Stack, StackFile
from motcua.scanning.terms import MOST_FILES, MOST_PAGES, Purpose

READ_JOB = "scanning.read_stack"
_KINDS = {MediaType.PDF, MediaType.JPEG, MediaType.PNG}


def open_stack(
    *,
    actor: Actor,
    dossier_id: int,
    files: Sequence[StoredFile],
    at: datetime,
    component_key: str = "",
    purpose: Purpose = Purpose.DIGITISE,
) -> Stack:
    """Đưa xấp giấy vào số hóa: files that were stored already (checked as hostile) are handed to the reader.

    `component_key`: whose pages they are where no separator sheet says so ("" = the clerk says it later). Raises
    Invalid with every problem: no file, a kind that holds no pages, more than `MOST_PAGES` pages in all.
    """
    dossier = dossier_to_digitise(actor, dossier_id, at)
    if component_key and not dossier.components.filter(key=component_key).exists():
        raise Invalid(Problem("unknown_component", "Hồ sơ không có thành phần này.", "component_key"))
    total = _pages_of(files)
    with transaction.atomic():
        stack = Stack.objects.create(
            dossier_id=get_visible(actor, dossier_id).pk,
            purpose=purpose,
            component_key=component_key,
            opened_by_id=actor.known_id,
            opened_by_name=actor.name,
            opened_at=at,
            total=total,
            is_read=not reader_missing(),
        )
        for place, file in enumerate(files):
            hold(file.sha256)
            StackFile.objects.create(stack=stack, position=place, blob_id=file.sha256, name=file.name)
        data = {"code": dossier.code, "files": [file.sha256 for file in files], "pages": total, "purpose": purpose}
        record(actor, "stack.opened", stack, at=at, data=data, is_new=True)
        app.configure_task(READ_JOB).defer(stack_id=stack.pk)
    return stack


def _pages_of(files: Sequence[StoredFile]) -> int:
    """Return how many pages the files hold; raises Invalid."""
    if not files:
        raise Invalid(Problem("no_files", "Hãy chọn tệp quét (PDF) hoặc ảnh chụp giấy tờ.", "files"))
    if len(files) > MOST_FILES:
        message = f"Mỗi lần tối đa {MOST_FILES} tệp; hãy chia xấp giấy làm nhiều lần."
        raise Invalid(Problem("too_many_files", message, "files"))
    problems, total = [], 0
    for file in files:
        with open_blob(file.sha256) as content:
            kind = recognise(content)
            if kind not in _KINDS:
                message = f"Tệp “{file.name}” không phải bản quét: hãy gửi PDF, ảnh JPG hoặc PNG."
                problems.append(Problem("not_a_scan", message, "files"))
                continue
            content.seek(0)
            total += 1 if kind.is_image else _pdf_pages(content)
    if total > MOST_PAGES:
        message = f"Xấp giấy có {total} trang; mỗi lần tối đa {MOST_PAGES} trang. Hãy chia làm nhiều lần."
        problems.append(Problem("too_many_pages", message, "files"))
    if problems:
        raise Invalid(problems)
    return total


def _pdf_pages(content: "object") -> int:
    with pikepdf.open(content) as pdf:  # type: ignore[arg-type]
        return len(pdf.pages)
