"""`motcua packages …`: check, test, compare, pack and install packages of procedures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from motcua.project.commands.package_sources import definition_at, in_words, read_source, tell_faults
from motcua.project.commands.shell import inside
from motcua.project.runtime.console import complain, say
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation


def say_json(value: Any) -> None:
    """Print JSON for programs."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def check(sources: Sequence[str], *, as_json: bool) -> int:
    """Check packages; 1 when one of them has a fault."""
    from motcua.packages.rules.checker import checked

    told, faulty = [], False
    for source in sources:
        read = read_source(source)
        problems, warnings = checked(read)
        faulty = faulty or bool(problems)
        told.append({
            "source": source,
            "code": read.definition.code if read.definition else None,
            "problems": [one.as_dict() for one in problems],
            "warnings": [one.as_dict() for one in warnings],
        })  # fmt: skip
        if not as_json:
            for one in problems:
                complain(in_words(source, one))
            for one in warnings:
                complain(f"{in_words(source, one)} (lưu ý)")
            say(f"{source}: {f'{len(problems)} lỗi' if problems else 'không có lỗi'}, {len(warnings)} lưu ý.")
    if as_json:
        say_json({"packages": told})
    return int(faulty)


def test(sources: Sequence[str], *, as_json: bool) -> int:
    """Run the tests of packages; 1 when one fails or a package cannot be read."""
    from motcua.packages.rules.testing import run_tests
    from motcua.packages.standard import shipped_places, standard_calendar

    told, failed = [], False
    for source in sources:
        read = read_source(source)
        if read.definition is None:
            tell_faults(source, read)
            told.append({"source": source, "problems": [one.as_dict() for one in read.problems], "tests": []})
            failed = True
            continue
        outcomes = run_tests(read.definition, calendar=standard_calendar(), places=shipped_places())
        failed = failed or not all(one.passed for one in outcomes)
        told.append({"source": source, "problems": [], "tests": [_outcome(one) for one in outcomes]})
        if not as_json:
            _say_outcomes(source, outcomes)
    if as_json:
        say_json({"packages": told})
    return int(failed)


def _outcome(outcome: Any) -> dict[str, Any]:
    findings = [{**asdict(one), "text": one.text} for one in outcome.findings]
    return {"key": outcome.key, "name": outcome.name, "passed": outcome.passed, "findings": findings}


def _say_outcomes(source: str, outcomes: Sequence[Any]) -> None:
    for outcome in outcomes:
        say(f"{'Đạt      ' if outcome.passed else 'Không đạt'}  {outcome.name} ({outcome.key})")
        for finding in outcome.findings:
            say(f"           {finding.text}")
    passed = sum(one.passed for one in outcomes)
    say(f"{source}: {passed}/{len(outcomes)} kiểm thử đạt." if outcomes else f"{source}: gói không có kiểm thử nào.")


def diff(installation: Installation, old: str, new: str, *, as_json: bool) -> int:
    """Say what changed from one package to the other; 1 when something did."""
    from motcua.packages.rules.diff import difference

    changes = difference(definition_at(installation, old), definition_at(installation, new))
    if as_json:
        say_json({"changes": [asdict(change) for change in changes]})
        return int(bool(changes))
    for part, group in groupby(changes, key=lambda change: change.part):
        say(f"{part}:")
        for change in group:
            say(f"  {change.text}")
    say(f"{len(changes)} chỗ khác nhau." if changes else "Hai gói giống hệt nhau.")
    return int(bool(changes))


def pack(installation: Installation, source: str, *, to: str, as_json: bool) -> int:
    """Write a package as a zip, or as a new folder."""
    from motcua.packages.folders import write_folder
    from motcua.packages.rules.files import files_of
    from motcua.packages.rules.zips import zip_of

    definition = definition_at(installation, source)
    files = files_of(definition)
    target = Path(to or f"{definition.code}.zip")
    if target.suffix == ".zip":
        _write_new(target, zip_of(files))
    else:
        write_folder(files, target)
    if as_json:
        say_json({"code": definition.code, "path": str(target), "files": sorted(files)})
    else:
        say(f"Đã đóng gói thủ tục {definition.code} vào {target} ({len(files)} tệp).")
    return 0


def _write_new(target: Path, data: bytes) -> None:
    try:
        with target.open("xb") as opened:
            opened.write(data)
    except FileExistsError as error:
        if target.is_file() and target.read_bytes() == data:
            return
        raise StartError(f"{target} đã có.", "Hãy chọn tên khác bằng --to.") from error
    except OSError as error:
        raise StartError(f"Không ghi được {target}: {error.strerror}.") from error


def install(installation: Installation, source: str, *, publish: bool, since: str, again: bool, as_json: bool) -> int:
    """Install a package into the catalogue; 1 when it is refused."""
    valid_from = _day(since)
    definition = definition_at(installation, source)
    with inside(installation):
        from django.utils import timezone

        from motcua.identity.terms import SYSTEM
        from motcua.packages.actions import install_package

        done = install_package(
            actor=SYSTEM,
            definition=definition,
            at=timezone.now(),
            publish=publish,
            valid_from=valid_from,
            again=again,
        )
    if as_json:
        say_json({**asdict(done), "problems": [one.as_dict() for one in done.problems]})
    else:
        for one in done.problems:
            complain(f"{source}: {one.message}")
        say(f"Thủ tục {done.code}: {_RESULTS[done.result].format(number=done.number)}")
    return int(done.result == "refused")


_RESULTS = {
    "drafted": "đã thành bản thảo, phiên bản {number}.",
    "proposed": "phiên bản {number} chờ người thứ hai duyệt.",
    "published": "đã công bố phiên bản {number}.",
    "unchanged": "danh mục đã ghi đúng như vậy, không đổi gì.",
    "refused": "không cài, không ghi gì.",
}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise StartError(f"«{text}» không phải ngày; hãy viết như 2026-07-01.") from error


def write_schemas(folder: str) -> int:
    """Write the JSON Schemas of the files of a package into a folder."""
    from motcua.packages.rules.schemas import schema_files

    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name, data in schema_files().items():
        (target / name).write_bytes(data)
        say(str(target / name))
    return 0
