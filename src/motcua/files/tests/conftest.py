"""Files of every kind, good and bad, and a data folder for each test."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from PIL import Image
from pytest_django import DjangoDbBlocker

from motcua.journal.tests.own_database import own_database

AT = datetime(2026, 2, 12, 9, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def data_dir(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    return tmp_path


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let several connections see one another's blobs, in a database that nobody else has and that goes afterwards."""
    with own_database(django_db_blocker):
        yield


def pdf(change: Callable[[pikepdf.Pdf], object] = lambda _: None, pages: int = 1, **options: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        change(made)
        made.save(out, deterministic_id=True, **options)
    return out.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, format=kind, **options)
    return out.getvalue()


def office(extra: dict[str, bytes] | None = None, main: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": b"<Types/>", main: b"<w/>", **(extra or {})}.items():
            archive.writestr(name, content)
    return out.getvalue()
