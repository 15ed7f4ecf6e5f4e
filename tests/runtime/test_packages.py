"""A package goes from a folder into one installation, out of it as a zip, and into a second, empty one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from motcua.packages.folders import write_folder
from motcua.packages.tests.samples import sample_files
from tests.runtime.machine import motcua


def _json(*arguments: str, code: int = 0) -> Any:
    done = motcua("packages", *arguments, "--json")
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def test_a_package_travels_from_one_installation_to_another(data_dir: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    shutil.copytree(data_dir, second)
    folder, packed = tmp_path / "khai-sinh", tmp_path / "khai-sinh.zip"
    write_folder(sample_files(), folder)
    here, there = ("--data", str(data_dir)), ("--data", str(second))

    done = _json("install", str(folder), "--publish", "--from", "2026-01-01", *here)
    assert (done["code"], done["result"], done["number"]) == ("1.001193", "published", 1)
    assert _json("install", str(folder), "--publish", *here)["result"] == "unchanged"
    assert _json("pack", "1.001193", "--to", str(packed), *here)["path"] == str(packed)

    assert _json("install", str(packed), *there)["result"] == "drafted"
    assert _json("install", str(packed), "--publish", "--from", "2026-01-01", *there)["result"] == "published"
    assert _json("diff", str(packed), "1.001193@2", *there) == {"changes": []}
    again = tmp_path / "again.zip"
    _json("pack", "1.001193", "--to", str(again), *there)
    assert again.read_bytes() == packed.read_bytes()


def test_what_the_catalogue_does_not_have_is_told(data_dir: Path, tmp_path: Path) -> None:
    done = motcua("packages", "pack", "9.999999", "--to", str(tmp_path / "x.zip"), "--data", str(data_dir))
    assert done.returncode == 1
    assert "Trong danh mục không có thủ tục 9.999999." in done.stderr
    assert not (tmp_path / "x.zip").exists()
