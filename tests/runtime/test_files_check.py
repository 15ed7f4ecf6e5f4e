"""`motcua files check`: a good store, a missing and a damaged content, and what the backup puts back."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.runtime.machine import motcua, processes_of

_STORE = """
from django.db import transaction
from django.utils import timezone
from motcua.files.actions.store import store_paper
from motcua.files.models import Upload
from motcua.files.actions.hold import hold
from motcua.identity.models import Account
owner = Account.objects.create(username="hoa", full_name="Hoa", kind="citizen")
for number in range(2):
    kept = store_paper(b"%PDF-1.7 " + bytes([48 + number]), name="a.pdf", at=timezone.now())
    with transaction.atomic():
        hold(kept.sha256)
        Upload.objects.create(
            account=owner, name="to-khai.pdf", size=10, received=10, blob_id=kept.sha256, expires_at=timezone.now()
        )
    print("KEPT", kept.sha256)
"""


def _check(data_dir: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return motcua("files", "check", "--data", str(data_dir), *options)


def test_what_is_lost_is_named_and_put_back_from_the_backup(data_dir: Path) -> None:
    empty = _check(data_dir)
    assert (empty.returncode, empty.stderr) == (0, "")
    assert "Kho tệp nguyên vẹn." in empty.stdout
    made = motcua("manage", "--data", str(data_dir), "shell", "-c", _STORE)
    first, second = (line.split()[1] for line in made.stdout.splitlines() if line.startswith("KEPT"))
    assert motcua("backup", "--data", str(data_dir)).returncode == 0
    places = {one: data_dir / "blobs" / one[:2] / one[2:] for one in (first, second)}
    places[first].unlink()
    places[second].write_bytes(b"%PDF-1.7 x")

    quick = json.loads(_check(data_dir, "--json", "--quick").stdout)
    assert (quick["missing"], quick["damaged"], quick["read"]) == ([first], [], 0)
    full = _check(data_dir, "--json")
    found = json.loads(full.stdout)
    assert full.returncode == 1
    assert (found["contents"], found["missing"], found["damaged"], found["miscounted"]) == (2, [first], [second], [])
    assert found["used"] == {first: ["tệp đang gửi to-khai.pdf 10/10"], second: ["tệp đang gửi to-khai.pdf 10/10"]}

    doctor = motcua("doctor", "--data", str(data_dir))
    assert doctor.returncode == 1
    assert "Kho tệp có 1 tệp nội dung bị hỏng, 1 tệp mất nội dung." in doctor.stdout
    assert "Không quét mã độc" in doctor.stdout

    told = _check(data_dir)
    assert f"✘ {first}: mất. Dùng ở: tệp đang gửi to-khai.pdf 10/10" in told.stderr
    mended = _check(data_dir, "--mend")
    assert mended.returncode == 0, mended.stderr
    assert "2 tệp đã lấy lại từ bản sao lưu." in mended.stdout
    assert places[second].read_bytes() == b"%PDF-1.7 1"
    assert "Kho tệp: 2 tệp" in motcua("doctor", "--data", str(data_dir)).stdout
    assert processes_of(data_dir) == []


def test_a_scanner_that_does_not_answer_is_told(data_dir: Path, tmp_path: Path) -> None:
    done = motcua("doctor", "--data", str(data_dir), MOTCUA_CLAMD=f"unix:{tmp_path}/clamd.ctl")
    assert done.returncode == 1
    assert "Chương trình quét mã độc không trả lời" in done.stdout
    assert "mọi tệp gửi lên bị từ chối" in done.stdout
    wrong = motcua("doctor", "--data", str(data_dir), MOTCUA_CLAMD="clamd:3310")
    assert "MOTCUA_CLAMD phải có dạng" in wrong.stdout + wrong.stderr
