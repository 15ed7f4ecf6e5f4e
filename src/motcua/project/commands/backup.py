"""`motcua backup …` and `motcua restore`."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from motcua.project.backup.check import Verdict, check_backup
from motcua.project.backup.keep import thin_out
from motcua.project.backup.restore import restore
from motcua.project.backup.server import Server, address_of
from motcua.project.backup.settings import BackupSettings, backup_settings
from motcua.project.backup.store import Manifest, Store
from motcua.project.backup.stream import Follower, known_line, line_of
from motcua.project.backup.take import take_backup
from motcua.project.runtime.console import complain, say, table
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation
from motcua.project.runtime.postgres import DATABASE, ROLE, SUPERUSER

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?")


@contextlib.contextmanager
def server_of(installation: Installation) -> Iterator[Server]:
    """The installation's database; the embedded one is started for that long when it does not run."""
    with installation.database() as url:
        yield address_of(url) if installation.external_url else _running_server(installation)


def _running_server(installation: Installation) -> Server:
    """The database, which somebody else keeps running. Raises StartError."""
    if installation.external_url:
        return address_of(installation.external_url)
    return Server(installation.postgres(tied=False).attached().address(SUPERUSER), DATABASE, ROLE)


def back_up(installation: Installation) -> None:
    """Take a backup now."""
    settings = _settings(installation)
    store = Store(settings.folder).make()
    with server_of(installation) as server:
        line = ""
        if settings.is_on and server.may_replicate:
            line = line_of(installation, server, store)
        made = take_backup(installation, server, store, line=line or known_line(installation))
    thin_out(store, keep_days=settings.keep_days, now=made.finished)
    say(f"Đã sao lưu vào {store.base(made.id)} ({made.size / 1024**2:.1f} MB).")


def list_backups(installation: Installation) -> None:
    """Say which backups there are and up to when each can be carried on."""
    store = Store(_settings(installation).folder)
    rows = [[one.id, _words(one.finished), _kind(one), f"{one.size / 1024**2:.1f}"] for one in store.manifests()]
    if not rows:
        say(f"Chưa có bản sao lưu nào trong {store.folder}.")
        return
    say(table(["Bản", "Xong lúc", "Khôi phục được", "MB"], rows))


def check(installation: Installation, *, folder: str, backup: str) -> int:
    """Try the newest backup out, or the one named. Returns 0 when it is good."""
    store = Store(folder or _settings(installation).folder)
    found = {one.id: one for one in store.manifests()}
    if not found:
        raise StartError(f"Không có bản sao lưu nào trong {store.folder}.")
    chosen = found.get(backup) if backup else list(found.values())[-1]
    if chosen is None:
        raise StartError(f"Không có bản sao lưu «{backup}».", "Xem các bản đang có: motcua backup list.")
    say(f"Đang kiểm tra bản {chosen.id}: khôi phục thử vào một thư mục tạm…")
    verdict = check_backup(store, chosen)
    _say_verdict(verdict)
    return 1 if verdict.problems else 0


def _say_verdict(verdict: Verdict) -> None:
    for problem in verdict.problems:
        complain(f"✘ {problem}")
    if verdict.problems:
        complain(f"Bản {verdict.manifest.id} KHÔNG dùng được như đã ghi.")
        return
    say(_count_table(verdict.counts))
    last = _words(verdict.last_change) if verdict.last_change else _words(verdict.manifest.finished)
    say(f"✔ Bản {verdict.manifest.id} khôi phục được, thay đổi cuối cùng lúc {last}.")
    say(f"✔ {verdict.chains} chuỗi nhật ký nguyên vẹn, {verdict.files} tệp đính kèm đúng mã băm.")


def follow(installation: Installation) -> None:
    """Follow every change and take the daily backup, until told to stop (`motcua up` runs this by itself)."""
    settings = _settings(installation)
    Follower(installation, _running_server(installation), settings).run()


def put_back(installation: Installation, *, folder: str, to: str) -> int:
    """Restore into the (empty) data folder. Returns 1 when a file of a dossier could not be found."""
    moment = moment_in(to) if to else None
    done = restore(installation, Store(folder), to=moment)
    say(_count_table(done.counts))
    last = _words(done.last_change) if done.last_change else f"lúc sao lưu, {_words(done.manifest.finished)}"
    say(f"Đã khôi phục vào {installation.data_dir} từ bản {done.manifest.id}; thay đổi cuối cùng: {last}.")
    if done.manifest.kind != "physical" and moment is not None:
        say("Bản này là bản kết xuất: chỉ có trạng thái lúc sao lưu, không có thay đổi sau đó.")
    say(f"Các thiết lập cũ nằm trong {installation.data_dir / 'settings.env'}. Chạy: motcua up --data THƯ_MỤC_ĐÓ")
    for digest in done.lost_files:
        complain(f"✘ Tệp đính kèm {digest} không có trong bản sao lưu.")
    return 1 if done.lost_files else 0


def moment_in(text: str) -> datetime:
    """Read a moment; without a zone it is Vietnam time. Raises StartError."""
    if not _MOMENT.fullmatch(text.strip()):
        raise StartError(f"Không hiểu thời điểm «{text}».", 'Hãy viết như --to "2026-11-22 14:05" (giờ Việt Nam).')
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise StartError(f"Không có thời điểm «{text}».") from error
    return found if found.tzinfo else found.replace(tzinfo=_HERE)


def _settings(installation: Installation) -> BackupSettings:
    return backup_settings(installation)


def _kind(one: Manifest) -> str:
    if one.kind != "physical":
        return "đúng lúc sao lưu (bản kết xuất)"
    return "mọi thời điểm về sau" if one.line else "đúng lúc sao lưu"


def _words(moment: datetime) -> str:
    return f"{moment.astimezone(_HERE):%H:%M:%S %d/%m/%Y}"


def _count_table(counts: dict[str, int]) -> str:
    return table(["Bảng", "Số dòng"], [[name, str(count)] for name, count in counts.items()])
