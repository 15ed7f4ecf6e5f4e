"""Every real record of the trial data: none is lost, terms and papers are machine-readable, the rest says why."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from motcua.importing.national.definition import definition_of
from motcua.importing.national.parsing import Parsed, parse
from motcua.importing.national.reading import rows_of
from motcua.importing.national.shapes import NationalRecord, record_of
from motcua.importing.tests.trial import FOLDER, needs_trial_data
from motcua.procedures.terms import Definition, DomainSpec

pytestmark = needs_trial_data

FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".csv") if FOLDER.is_dir() else []
ENOUGH = 0.98
#: A term stated in the cell: a number with its unit, or the same day. A bare number names no unit and states none.
_STATED = re.compile(r"\d\s*\(?(?:ngày|giờ|tháng|năm|tuần|phút)|trong ngày|ngay sau khi", re.IGNORECASE)
_WHY = {"term_without_unit", "term_not_stated", "term_not_read", "ways_not_stated"}


@cache
def _read(name: str) -> list[tuple[NationalRecord, Parsed, Definition]]:
    domains: dict[str, DomainSpec] = {}
    found = []
    for row in rows_of(FOLDER / name):
        assert row.value is not None, row
        record = record_of(row.value)
        parsed = parse(record)
        found.append((record, parsed, definition_of(record, parsed, domains)))
    return found


def _term_cells(record: NationalRecord) -> Iterator[str]:
    """The term column of a record, independent of how the parsers see it."""
    for way in record.ways:
        yield f"{way.term} {way.unit}"
    if not record.ways:
        glued = record.texts.get("ways", "")
        yield from re.findall(r"(?:Trực tiếp|Trực tuyến|Dịch vụ bưu chính)(\d[\d.,]*\s?(?:Ngày|Giờ|Tháng|Năm)?)", glued)


@pytest.mark.parametrize("name", FILES)
def test_no_row_is_lost(name: str) -> None:
    assert all(definition.code and definition.name for _, _, definition in _read(name))


def test_terms_that_are_stated_are_machine_readable() -> None:
    stating = [
        definition
        for name in FILES
        for record, _, definition in _read(name)
        if any(_STATED.search(cell) for cell in _term_cells(record))
    ]
    readable = [definition for definition in stating if any(case.terms for case in definition.cases)]
    assert len(stating) > 1100
    assert len(readable) >= ENOUGH * len(stating)


def test_papers_that_are_listed_are_machine_readable() -> None:
    listing = [
        (definition, parsed)
        for name in FILES
        for record, parsed, definition in _read(name)
        if record.papers or re.search(r"\w", record.texts.get("components", "").replace("--", ""))
    ]
    readable = [
        definition
        for definition, parsed in listing
        if parsed.papers.papers and any(paper.originals is not None for paper in parsed.papers.papers)
    ]
    assert len(listing) > 1300
    assert len(readable) >= ENOUGH * len(listing)


@pytest.mark.parametrize("name", FILES)
def test_what_is_not_readable_says_why(name: str) -> None:
    for _, _, definition in _read(name):
        codes = {flag.code for flag in definition.flags}
        if not any(case.terms for case in definition.cases):
            assert codes & _WHY, definition.code
        if not definition.components:
            assert codes & {"components_not_stated", "components_not_read"} or definition.texts["components"]


@pytest.mark.parametrize("name", FILES)
def test_every_text_of_the_source_is_kept(name: str) -> None:
    for record, _, definition in _read(name):
        kept = {field: text.replace("\0", "").strip() for field, text in record.texts.items()}
        assert definition.texts == {field: text for field, text in kept.items() if text}
