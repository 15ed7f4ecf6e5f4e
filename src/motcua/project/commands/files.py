"""`motcua files check`."""

from __future__ import annotations

import json
import sys
from typing import Any

from motcua.project.commands.shell import inside
from motcua.project.runtime.console import complain, say
from motcua.project.runtime.installation import Installation

_SAID_EVERY = 2000
_MOST_NAMED = 20


def check(installation: Installation, *, quick: bool, mend: bool, as_json: bool) -> int:
    """Compare files, rows and counters, read every content back unless `quick`; return 1 when something is wrong.

    What was found becomes part of the journal. Counters and places are put right; with `mend` missing and damaged
    contents are taken from the backup where it has them whole.
    """
    with inside(installation):
        found = _find(quick=quick)
        found["mended"] = _mend(installation, [*found["missing"], *found["damaged"]]) if mend else []
        for name in ("missing", "damaged"):
            found[name] = [one for one in found[name] if one not in found["mended"]]
        found["used"] = _used([*found["missing"], *found["damaged"], *found["infected"]])
    if as_json:
        say(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _tell(found)
    return 1 if found["used"] or found["miscounted"] else 0


def _find(*, quick: bool) -> dict[str, Any]:
    from dataclasses import asdict

    from django.utils import timezone

    from motcua.files.actions.check_contents import Reading, compare_places, read_everything
    from motcua.files.actions.check_counts import check_counts
    from motcua.files.queries import condition, faulty_blobs
    from motcua.files.terms import Fault

    def told(done: Reading) -> None:
        if done.contents % _SAID_EVERY == 0:
            complain(f"Đã đọc {done.contents} tệp, {done.bytes / 1024**3:.1f} GB…")

    at = timezone.now()
    places = compare_places(at=at)
    counts = check_counts(at=at)
    read = Reading() if quick else read_everything(at=at, told=told)
    state, faults = condition(), dict(faulty_blobs().values_list("pk", "fault"))
    return {
        "contents": state.contents,
        "bytes": state.bytes,
        "quarantined": state.quarantined,
        "not_scanned": state.not_scanned,
        "read": read.contents,
        **{fault.value: sorted(pk for pk, one in faults.items() if one == fault) for fault in Fault},
        "miscounted": [asdict(one) for one in counts],
        "strays": places.strays,
        "moved": places.moved,
    }


def _mend(installation: Installation, wanted: list[str]) -> list[str]:
    """Take contents from the backup; return those that are whole again."""
    from django.utils import timezone

    from motcua.files.actions.check_contents import look_again
    from motcua.project.backup import blobs
    from motcua.project.backup.settings import backup_settings
    from motcua.project.backup.store import Store

    store = Store(backup_settings(installation).folder)
    lacking = set(blobs.broken(store, wanted))
    whole = [one for one in wanted if one not in lacking]
    blobs.put_back(store, installation.data_dir, whole)
    return [one for one in whole if not look_again(one, at=timezone.now())]


def _used(wanted: list[str]) -> dict[str, list[str]]:
    from motcua.files.queries import where_used

    return {sha256: [_words(row) for row in rows] for sha256, rows in where_used(wanted).items()}


def _words(row: Any) -> str:
    dossier = getattr(row, "dossier", None)
    return f"{row._meta.verbose_name} {row}" + (f" (hồ sơ {dossier.code})" if dossier is not None else "")


def _tell(found: dict[str, Any]) -> None:
    size = f"{found['bytes'] / 1024**3:.1f} GB"
    say(f"{found['contents']} tệp, {size}; {found['quarantined']} tệp đang cách ly; đã đọc lại {found['read']} tệp.")
    for name, words in (("missing", "mất"), ("damaged", "hỏng"), ("infected", "có mã độc, đã chặn")):
        for sha256 in found[name][:_MOST_NAMED]:
            complain(f"✘ {sha256}: {words}. Dùng ở: {'; '.join(found['used'][sha256]) or 'không nơi nào'}")
        if len(found[name]) > _MOST_NAMED:
            complain(f"✘ … và {len(found[name]) - _MOST_NAMED} tệp khác {words}.")
    for one in found["miscounted"]:
        complain(f"✘ {one['sha256']}: đếm {one['references']} nơi giữ, thật ra {one['owners']}; đã sửa.")
    for number, words in (
        (len(found["mended"]), "tệp đã lấy lại từ bản sao lưu"),
        (found["strays"], "tệp không có dòng nào đã được ghi vào sổ"),
        (found["moved"], "tệp nằm sai chỗ đã được chuyển lại"),
    ):
        if number:
            say(f"{number} {words}.")
    whole = not found["used"] and not found["miscounted"]
    say("Kho tệp nguyên vẹn." if whole else "Kho tệp có lỗi; xem docs/vi/kho-tep.md.")
    if found["not_scanned"] and sys.stdout.isatty():
        say(f"{found['not_scanned']} tệp chưa từng được quét mã độc.")
