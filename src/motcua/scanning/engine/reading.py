"""Reading writing with Tesseract, one page a call, one thread a call."""

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

from motcua.scanning.terms import Box, Line, ReadPage, Word

LANGUAGE: Final = "vie"
_LONGEST_SECONDS: Final = 90
_WORD_LEVEL: Final = "5"
_LEAST_TRUST: Final = 2.0


@cache
def reader_missing() -> str:
    """Return what is missing for reading scans on this machine, in words; "" when everything is there."""
    if shutil.which("tesseract") is None:
        return "Máy chủ chưa cài chương trình đọc chữ (gói tesseract-ocr và tesseract-ocr-vie)."
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False, timeout=20)
    if LANGUAGE not in listed.stdout.split():
        return "Máy chủ chưa cài dữ liệu đọc tiếng Việt (gói tesseract-ocr-vie)."
    return ""


def read_page(picture: Path, *, dpi: int) -> ReadPage:
    """Return the lines of an upright picture; nothing where nothing was read in time."""
    said = _run(picture, "-l", LANGUAGE, "--dpi", str(dpi), "--psm", "3", "tsv")
    return ReadPage(tuple(_lines(said)))


def turn_of(picture: Path) -> int:
    """Return by how many degrees clockwise to turn a picture so that its writing stands upright: 0, 90, 180, 270.

    0 where the program is not sure.
    """
    said = _run(picture, "--psm", "0", "-l", "osd")
    facts = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    try:
        sure = float(facts.get("Orientation confidence", "0"))
        return int(facts.get("Rotate", "0")) if sure >= _LEAST_TRUST else 0
    except ValueError:
        return 0


def _run(picture: Path, *options: str) -> str:
    command = ["tesseract", str(picture), "stdout", *options]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_LONGEST_SECONDS, env=environment)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 else ""


def _lines(table: str) -> Iterator[Line]:
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = (row for row in rows if row.get("level") == _WORD_LEVEL and (row.get("text") or "").strip())
    places = ("block_num", "par_num", "line_num")
    for _, found in groupby(words, key=lambda row: tuple(row[name] for name in places)):
        yield tuple(_word(row) for row in found)


def _word(row: dict[str, str]) -> Word:
    box = Box(*(int(row[name]) for name in ("left", "top", "width", "height")))
    return Word(row["text"].strip(), float(row["conf"]), box)
