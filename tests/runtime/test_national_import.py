"""`motcua procedures import` and `export`: on a running installation and on one that rests."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from motcua.importing.tests import samples
from tests.runtime.machine import Up, motcua, processes_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl.gz"
    lines = [json.dumps(samples.portal()), "{broken", json.dumps(samples.exchange(), ensure_ascii=False)]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def _report(out: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(out)
    return said


def test_import_beside_a_running_installation(up: Up, file: Path, tmp_path: Path) -> None:
    where = ("--data", str(up.data_dir))
    first = motcua("procedures", "import", str(file), "--json", *where)
    assert first.returncode == 0, first.stderr
    report = _report(first.stdout)
    assert [report[key] for key in ("taken", "changed", "unchanged", "refused")] == [2, 0, 0, 1]
    assert report["reasons"][0].keys() >= {"row", "code", "result", "field", "reason"}
    assert "Đã đọc 3 dòng." in first.stderr
    second = _report(motcua("procedures", "import", str(file), "--json", *where).stdout)
    assert [second[key] for key in ("taken", "changed", "unchanged", "refused")] == [0, 0, 2, 1]
    target = tmp_path / "out.jsonl"
    assert motcua("procedures", "export", str(target), *where).returncode == 0
    given = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [one["sources"][0]["source"] for one in given] == [samples.portal(), samples.exchange()]
    assert up.status("/thu-tuc/1.900001/") == 200


def test_import_starts_the_database_for_itself(data_dir: Path, file: Path) -> None:
    done = motcua("procedures", "import", str(file), "--data", str(data_dir))
    assert done.returncode == 0, done.stderr
    assert "Nhận mới 2, thay đổi 0, không đổi 0, từ chối 1" in done.stdout
    assert processes_of(data_dir) == []


def test_a_cut_file_is_taken_as_far_as_it_goes(data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.gz"
    lines = [
        json.dumps(samples.portal(ma_thu_tuc=f"1.9{number:05}", x=f"{hash(number * 7919)}")) for number in range(40)
    ]
    packed = gzip.compress("\n".join(lines).encode())
    path.write_bytes(packed[: len(packed) * 2 // 3])
    done = motcua("procedures", "import", str(path), "--json", "--data", str(data_dir))
    report = _report(done.stdout)
    assert (done.returncode, report["faults"]) == (1, 1)
    assert report["taken"] > 0
    assert report["taken"] + report["refused"] == report["rows"]


def test_a_file_that_is_not_there(data_dir: Path, tmp_path: Path) -> None:
    done = motcua("procedures", "import", str(tmp_path / "none.json"), "--json", "--data", str(data_dir))
    assert (done.returncode, done.stdout) == (1, "")
    assert "Không có tệp" in done.stderr


def test_an_export_of_an_unknown_kind(data_dir: Path) -> None:
    done = motcua("procedures", "export", "--kind", "khac", "--data", str(data_dir))
    assert done.returncode == 1
    assert "Không có loại nguồn «khac»" in done.stderr
