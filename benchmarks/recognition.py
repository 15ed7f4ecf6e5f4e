"""`python -m benchmarks.recognition [--papers N] [--processes N]`: how well Vietnamese papers are read, by condition.

Birth papers with names, numbers and dates drawn anew (set by Typst, 13 points, Liberation Serif) come in as scanners
and telephones give them; each goes through the same child process as at the counter. Printed for every condition:
words read exactly (with every mark), fields found, fields exactly right, and the fields that are wrong although the
reader calls itself sure (no thick border warns the clerk): those must be none. Made papers are cleaner than worn ones:
the figures are an upper bound for good prints, nothing is said of handwriting.
"""

import argparse
import random
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageEnhance

from benchmarks import machine

_PROVINCES: Final = ("01", "22", "31", "48", "79")
_FAMILY: Final = ("NGUYỄN", "TRẦN", "LÊ", "PHẠM", "HOÀNG", "VŨ", "ĐẶNG", "BÙI", "ĐỖ", "DƯƠNG")
_MIDDLE: Final = ("THỊ", "NGỌC", "THÙY", "BẢO", "QUỲNH", "KHÁNH", "MỸ")
_GIVEN: Final = ("HOA", "ÁNH", "LỰU", "PHƯỢNG", "YẾN", "DIỆU", "THẮM", "NGUYỆT", "TUYẾT", "HƯỜNG")


@dataclass
class Tally:
    """What was read under one condition."""

    words: int = 0
    right_words: int = 0
    fields: int = 0
    found: int = 0
    right: int = 0
    sure_and_wrong: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a field is wrong and the reader sure of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recognition", description=__doc__)
    parser.add_argument("--papers", type=int, default=3, help="of each condition")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    print(machine.description())
    chance, began = random.Random(20261122), time.monotonic()
    papers = [_paper(chance) for _ in range(options.papers)]
    print(f"{'condition':24} {'words right':>12} {'fields found':>13} {'fields right':>13}  wrong but sure")
    total = Tally()
    for name, change in _conditions().items():
        one = _measured(papers, change, options.processes)
        _show(name, one)
        for key in ("words", "right_words", "fields", "found", "right"):
            setattr(total, key, getattr(total, key) + getattr(one, key))
        total.sure_and_wrong += one.sure_and_wrong
    _show("all", total)
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if total.sure_and_wrong else 0


def _conditions() -> Mapping[str, Callable[[Image.Image], Image.Image]]:
    return {
        "straight, 200 dpi": _scanned,
        "aslant 7° to the left": lambda page: _scanned(page, skew=7),
        "aslant 7° to the right": lambda page: _scanned(page, skew=-7),
        "upside down": lambda page: _scanned(page, turn=180),
        "lying on its side": lambda page: _scanned(page, turn=90, skew=1),
        "dark copy": lambda page: ImageEnhance.Brightness(_scanned(page, noise=0.15)).enhance(0.55),
        "pink paper": lambda page: Image.blend(_scanned(page), Image.new("RGB", page.size, (255, 120, 150)), 0.3),
        "150 dpi": lambda page: _smaller(_scanned(page), 150),
        "photo of a telephone": _photo,
    }


def _paper(chance: random.Random) -> tuple[str, dict[str, str]]:
    """A birth paper as Typst source, and what its fields say."""
    from tests import scans

    name = " ".join(chance.choice(part) for part in (_FAMILY, _MIDDLE, _GIVEN))
    born = f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/2026"
    truth = {
        "number": f"{chance.randint(1, 9999):04d}/2026/CS",
        "mother_name": name,
        "mother_personal_id": f"0{chance.choice(_PROVINCES)}1{chance.randint(80, 99)}{chance.randint(0, 999_999):06d}",
        "child_born": born,
    }
    day, month, year = born.split("/")
    source = scans.birth_certificate(name, number=truth["number"])
    source = source.replace("022196001234", truth["mother_personal_id"])
    return source.replace("ngày 20 tháng 11 năm 2026", f"ngày {day} tháng {month} năm {year}"), truth


def _measured(
    papers: Sequence[tuple[str, dict[str, str]]], change: Callable[[Image.Image], Image.Image], processes: int
) -> Tally:
    from motcua.scanning.engine.running import StackFile, read_stack
    from motcua.scanning.rules.fields import values_in
    from motcua.scanning.terms import SURE, ReadPage
    from tests import scans

    tally, fields = Tally(), _fields()
    with tempfile.TemporaryDirectory() as folder:
        said = []
        for place, (source, _) in enumerate(papers):
            path = Path(folder) / f"{place}.jpg"
            page = change(scans.drawn(source))
            page.save(path, quality=80, **({"dpi": page.info["dpi"]} if "dpi" in page.info else {}))
            said.append(StackFile(path, "image/jpeg"))
        for facts in read_stack(said, Path(folder), processes=processes):
            if "lines" not in facts:
                continue
            source, truth = papers[int(facts["file"])]
            read = ReadPage.from_json(facts["lines"])
            _count_words(tally, source, read)
            for value in values_in(fields, [read]):
                if value.key in truth:
                    _count_field(tally, value.key, value.value, truth[value.key], is_sure=value.confidence >= SURE)
    return tally


def _fields() -> Any:
    import yaml

    from motcua.procedures.terms import Component

    raw = yaml.safe_load(files("motcua.project").joinpath("packages", "1.001193", "procedure.yaml").read_text("utf-8"))
    return next(Component(**one) for one in raw["components"] if one["key"] == "giay-chung-sinh").fields


def _count_words(tally: Tally, source: str, read: Any) -> None:
    lines = (line for line in source.splitlines() if line and not line.startswith("#"))
    wanted = Counter(_bare(" ".join(lines)).split())
    said = Counter(_bare(" ".join(word.text for line in read.lines for word in line)).split())
    tally.words += wanted.total()
    tally.right_words += (wanted & said).total()


def _count_field(tally: Tally, key: str, value: str, truth: str, *, is_sure: bool) -> None:
    tally.fields += 1
    tally.found += bool(value)
    if unicodedata.normalize("NFC", value) == truth:
        tally.right += 1
    elif value and is_sure:
        tally.sure_and_wrong.append(f"{key}: «{value}» for «{truth}»")


def _bare(text: str) -> str:
    kept = "".join(letter if letter.isalnum() or letter in "/-" else " " for letter in text)
    return unicodedata.normalize("NFC", kept)


def _show(name: str, one: Tally) -> None:
    shares = (one.right_words / one.words, one.found / one.fields, one.right / one.fields)
    said = "; ".join(one.sure_and_wrong) or "none"
    print(f"{name:24} {shares[0]:12.1%} {shares[1]:13.1%} {shares[2]:13.1%}  {said}")


def _scanned(page: Image.Image, **how: Any) -> Image.Image:
    from tests import scans

    made = scans.scanned(page, **how)
    made.info["dpi"] = (scans.DPI, scans.DPI)
    return made


def _smaller(page: Image.Image, dpi: int) -> Image.Image:
    from tests import scans

    made = page.resize((round(page.width * dpi / scans.DPI), round(page.height * dpi / scans.DPI)))
    made.info["dpi"] = (dpi, dpi)
    return made


def _photo(page: Image.Image) -> Image.Image:
    from tests import scans

    return scans.photographed(page)


if __name__ == "__main__":
    raise SystemExit(main())
