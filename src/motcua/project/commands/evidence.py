"""`motcua evidence …`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.project.commands.shell import inside
from motcua.project.runtime.console import complain, say
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation

if TYPE_CHECKING:
    from motcua.evidence.rules.notes import PublicKey

_TOLD_EVERY = 100_000


def check(
    installation: Installation, *, with_blobs: bool, keys: Sequence[str], earlier: Sequence[str], as_json: bool
) -> int:
    """Read the whole log again; return 1 when something is not what it was."""
    with inside(installation):
        from django.utils import timezone

        from motcua.evidence.actions.check_log import check_log
        from motcua.evidence.queries.beside import count_untold
        from motcua.identity.terms import SYSTEM
        from motcua.sites.audit.verbs import in_words

        found = check_log(
            actor=SYSTEM,
            at=timezone.now(),
            with_blobs=with_blobs,
            keys=_keys(keys),
            earlier=_notes(earlier),
            progress=_tell_progress,
        )
        messages = [in_words(one.message) for one in found.findings]
        old = count_untold()
        head = found.head
    if as_json:
        findings = [
            {"kind": one.kind, "message": said, "facts": dict(one.facts)}
            for one, said in zip(found.findings, messages, strict=True)
        ]
        about = {"whole": not findings, "leaves": found.size, "heads": found.heads, "unsigned": found.unsigned}
        say(json.dumps({**about, "findings": findings}, ensure_ascii=False, indent=1, default=str))
        return 1 if findings else 0
    for said in messages:
        complain(said)
    say(f"Đã đọc {found.size} lá, {found.heads} đầu sổ.")
    if head is not None:
        say(f"Đầu sổ mới nhất: {head.size} lá, ký lúc {timezone.localtime(head.at):%H:%M:%S %d/%m/%Y}.")
    if found.unsigned:
        say(f"{found.unsigned} đầu sổ không có chữ ký: hãy đặt MOTCUA_EVIDENCE_KEY (xem docs/vi/bang-chung.md).")
    if old:
        say(f"{old} hồ sơ có từ trước khi nhật ký ghi các cột của hồ sơ: hãy chạy «motcua evidence attest» một lần.")
    say(f"Có {len(messages)} chỗ sai khác." if messages else "Sổ bằng chứng nguyên vẹn.")
    return 1 if messages else 0


def export(installation: Installation, *, to: Path, code: str, with_blobs: bool, earlier: Sequence[str]) -> int:
    """Write an evidence bundle."""
    with inside(installation):
        from django.utils import timezone

        from motcua.evidence.actions.export import export_bundle
        from motcua.evidence.queries.bundle import Wanted
        from motcua.evidence.rules.notes import read_note
        from motcua.identity.terms import SYSTEM
        from motcua.kernel.errors import MotCuaError
        from motcua.sites.audit.verbs import VERBS

        sizes = [read_note(note)[0].size for note in _notes(earlier)]
        wanted = Wanted(code=code.strip().upper(), with_blobs=with_blobs, sizes=sizes, verbs=VERBS)
        try:
            count = export_bundle(actor=SYSTEM, path=to, wanted=wanted, at=timezone.now())
        except MotCuaError as error:
            to.unlink(missing_ok=True)
            raise StartError(error.problems[0].message) from error
        except OSError as error:
            raise StartError(f"Không ghi được {to}. Hãy xem thư mục ấy có thật, còn chỗ và ghi được.") from error
    say(f"Đã ghi {count} lá vào {to}.")
    say("Kiểm tra: python3 motcua_verify_evidence.py " + f"{to.name} --key <khóa công khai giữ ở nơi khác>")
    return 0


def prove(installation: Installation, *, entry: int) -> int:
    """Print the proof of one line of the journal; 1 when the log has no such line yet."""
    with inside(installation):
        from motcua.evidence.queries.bundle import proof_json
        from motcua.evidence.queries.tree import leaf_of
        from motcua.evidence.terms import LeafKind

        leaf = leaf_of(LeafKind.ENTRY, entry)
        if leaf is None:
            complain(f"Dòng nhật ký số {entry} chưa có trong sổ bằng chứng.")
            return 1
        say(json.dumps(proof_json(leaf), ensure_ascii=False, indent=1))
    return 0


def head(installation: Installation, *, only_last: bool) -> int:
    """Sign a head now and print the newest one."""
    with inside(installation):
        from django.utils import timezone

        from motcua.evidence.actions.make_head import make_head
        from motcua.evidence.actions.sequence import sequence_all
        from motcua.evidence.models import Alarm
        from motcua.evidence.providers.keys import KeyProblemError
        from motcua.evidence.queries.tree import latest_head, tree_size

        if not only_last:
            sequence_all(at=timezone.now())
            try:
                made = make_head(at=timezone.now())
            except KeyProblemError as error:
                raise StartError(str(error)) from error
            newest = latest_head()
            if made is None and (newest is None or newest.size != tree_size()):
                alarm = Alarm.objects.first()
                complain(f"Không ký: {alarm.message if alarm else 'sổ còn trống.'}")
                return 1
        newest = latest_head()
        if newest is None:
            complain("Chưa có đầu sổ nào.")
            return 1
        say(newest.note.rstrip("\n"))
    return 0


def exchange(installation: Installation, *, url: str, key: str, stop: bool = False) -> int:
    """Exchange heads with another house, now and then by itself; 1 when theirs contradicts what we saw before."""
    with inside(installation):
        from django.utils import timezone

        from motcua.evidence.actions.exchange import exchange_with
        from motcua.evidence.actions.partners import drop_partner, keep_partner
        from motcua.identity.terms import SYSTEM
        from motcua.kernel.calling import CallError
        from motcua.kernel.errors import MotCuaError

        if stop:
            was_there = drop_partner(url)
            say(f"Thôi trao đổi với {url}." if was_there else f"Không trao đổi định kỳ với {url}.")
            return 0
        try:
            given = _keys([key])[0] if key else None
            seen = exchange_with(actor=SYSTEM, url=url, key=given, at=timezone.now())
            keep_partner(seen, at=timezone.now())
        except CallError as error:
            told = f"Không gọi được {url}. Hãy xem địa chỉ, mạng và bên ấy có đang chạy không.\nLỗi: {error}"
            raise StartError(told) from error
        except MotCuaError as error:
            raise StartError(error.problems[0].message) from error
        if seen.problem:
            complain(f"BÁO ĐỘNG: sổ của {seen.origin} không nối tiếp đầu sổ đã giữ: {seen.problem}.")
            return 1
        say(f"Đã giữ đầu sổ của {seen.origin}: {seen.size} lá, nối tiếp đầu sổ đã giữ từ trước.")
    return 0


def attest(installation: Installation) -> int:
    """Let the journal take the word for dossiers that are older than its word about rows."""
    with inside(installation):
        from django.utils import timezone

        from motcua.dossiers.actions.tell_standing import tell_standings

        count = tell_standings(at=timezone.now())
    say(f"Đã ghi hiện trạng của {count} hồ sơ vào nhật ký.")
    return 0


def restored(installation: Installation, *, reason: str) -> int:
    """Say that the log went back because a backup was restored, and sign on."""
    with inside(installation):
        from django.utils import timezone

        from motcua.evidence.actions.restored import accept_restored
        from motcua.identity.terms import SYSTEM
        from motcua.kernel.errors import MotCuaError

        try:
            made = accept_restored(actor=SYSTEM, reason=reason, at=timezone.now())
        except MotCuaError as error:
            raise StartError(error.problems[0].message) from error
        say(f"Đã ghi vào nhật ký và ký đầu sổ {made.size} lá. Hãy báo các cơ quan đang giữ đầu sổ của bạn.")
    return 0


def new_key(installation: Installation, file: Path) -> int:
    """Make a key of the heads outside the data folder."""
    from motcua.evidence.providers.keys import KeyProblemError
    from motcua.evidence.providers.keys import new_key as make_key

    try:
        make_key(file, data=installation.data_dir)
    except KeyProblemError as error:
        raise StartError(str(error)) from error
    say(f"Đã tạo {file}. Đặt MOTCUA_EVIDENCE_KEY={file.absolute()} rồi khởi động lại.")
    say("Hãy giữ một bản ở nơi an toàn, ngoài máy chủ. In khóa công khai: motcua evidence key show")
    return 0


def show_key(installation: Installation) -> int:
    """Print the public key, for those who check."""
    with inside(installation):
        from motcua.evidence.providers.keys import KeyProblemError, head_key
        from motcua.evidence.queries.heads import origin_of_log

        try:
            key = head_key(origin_of_log())
        except KeyProblemError as error:
            raise StartError(str(error)) from error
        if key is None:
            complain("Chưa đặt MOTCUA_EVIDENCE_KEY. Tạo khóa: motcua evidence key new TỆP")
            return 1
        say(key.public.text())
    return 0


def _keys(given: Sequence[str]) -> list[PublicKey]:
    from motcua.evidence.rules.notes import BadNoteError, read_public_key

    found = []
    for one in given:
        text = Path(one).read_text(encoding="utf-8") if Path(one).is_file() else one
        try:
            found += [read_public_key(line) for line in text.splitlines() if line.strip()]
        except BadNoteError as error:
            raise StartError(f"Khóa công khai không đọc được: {error}.") from error
    return found


def _notes(paths: Sequence[str]) -> list[str]:
    """Return the heads kept elsewhere: as text, or in JSON under "note"."""
    from motcua.evidence.rules.notes import BadNoteError, read_note

    found = []
    for one in paths:
        try:
            text = Path(one).read_text(encoding="utf-8")
            note = str(json.loads(text)["note"]) if text.lstrip().startswith("{") else text
            if not note.endswith("\n"):
                note += "\n"
            read_note(note)
        except OSError as error:
            raise StartError(f"Không đọc được {one}.") from error
        except (ValueError, KeyError, BadNoteError) as error:
            raise StartError(f"{one} không phải đầu sổ. Hãy chọn tệp tải ở /bang-chung/.") from error
        found.append(note)
    return found


def _tell_progress(done: int, total: int) -> None:
    if done % _TOLD_EVERY < 4096 and done > _TOLD_EVERY:  # noqa: PLR2004 (leaves are read in stretches of 4096)
        complain(f"Đã đọc {done}/{total} lá…")
