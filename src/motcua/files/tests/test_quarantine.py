"""What nobody holds: noted, put away, brought back, removed; whoever is killed wherever, no content is lost."""

import hashlib
import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from motcua.files.actions import quarantine, shelves
from motcua.files.actions.check_contents import compare_places
from motcua.files.actions.check_counts import check_counts
from motcua.files.actions.hold import hold, release
from motcua.files.actions.quarantine import Tidied, tidy
from motcua.files.actions.shelves import quarantined_path_of, take_back
from motcua.files.actions.store import store_paper
from motcua.files.models import Blob, Upload
from motcua.files.queries import open_blob, path_of
from motcua.files.tests.conftest import AT
from motcua.identity.models import Account
from motcua.journal.models import Entry
from motcua.kernel.errors import NotFound

CONTENT = b"%PDF-1.7 a paper"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
DAY = timedelta(days=1)
#: First seen unused, put away, removed.
SEEN, AWAY, GONE = AT, AT + 14 * DAY, AT + 44 * DAY


def store(at: datetime = AT) -> str:
    return store_paper(CONTENT, name="a.pdf", at=at).sha256


def put_away() -> None:
    store()
    tidy(at=SEEN)
    tidy(at=AWAY)
    assert quarantined_path_of(SHA256).exists()


def held() -> None:
    with transaction.atomic():
        hold(SHA256)


def read() -> bytes:
    with open_blob(SHA256) as file:
        return file.read()


def state() -> tuple[int, bool, bool]:
    """How many hold it, is it in quarantine by its row, is it on its shelf."""
    blob = Blob.objects.get(pk=SHA256)
    return blob.references, blob.quarantined_at is not None, path_of(SHA256).exists()


@pytest.mark.usefixtures("committed", "data_dir")
def test_from_the_shelf_into_quarantine_and_out_of_the_house() -> None:
    store()
    assert tidy(at=SEEN) == Tidied(noted=1)
    assert tidy(at=AWAY - DAY) == Tidied()
    assert tidy(at=AWAY) == Tidied(put_away=1)
    assert state() == (0, True, False)
    assert read() == CONTENT
    assert tidy(at=GONE - DAY) == Tidied()
    assert tidy(at=GONE) == Tidied(removed=1)
    assert not Blob.objects.exists()
    assert not quarantined_path_of(SHA256).exists()
    entry = Entry.objects.filter(verb="blob.removed", object_id=SHA256).latest("id")
    assert entry.data["size"] == len(CONTENT)
    assert tidy(at=GONE + DAY) == Tidied()


@pytest.mark.usefixtures("committed", "data_dir")
def test_what_is_held_stays_however_old() -> None:
    store()
    tidy(at=SEEN)
    held()
    assert tidy(at=GONE) == Tidied()
    with transaction.atomic():
        release(SHA256)
    assert tidy(at=GONE) == Tidied(noted=1)  # its days begin anew
    assert tidy(at=GONE + 13 * DAY) == Tidied()


@pytest.mark.usefixtures("committed", "data_dir")
@pytest.mark.parametrize("again", [held, store])
def test_out_of_quarantine_by_holding_or_storing_again(again: Callable[[], object]) -> None:
    put_away()
    again()
    assert state() == (int(again is held), False, True)
    assert not quarantined_path_of(SHA256).exists()
    assert read() == CONTENT
    assert tidy(at=GONE).removed == 0


@pytest.mark.usefixtures("committed", "data_dir")
def test_an_act_that_is_undone_leaves_it_in_quarantine() -> None:
    put_away()
    with transaction.atomic():
        hold(SHA256)
        transaction.set_rollback(True)
    assert state() == (0, True, True)  # the file was brought back, the row was not
    assert compare_places(at=AWAY).moved == 1
    assert state() == (0, True, False)
    assert tidy(at=GONE).removed == 1
    assert not path_of(SHA256).exists()


@pytest.mark.usefixtures("committed", "data_dir")
def test_an_act_undone_just_before_the_end_leaves_nothing_behind() -> None:
    put_away()
    take_back(SHA256)
    assert tidy(at=GONE).removed == 1
    assert not path_of(SHA256).exists()
    assert not quarantined_path_of(SHA256).exists()


@pytest.mark.usefixtures("committed", "data_dir")
def test_what_is_gone_from_quarantine_cannot_be_held() -> None:
    put_away()
    quarantined_path_of(SHA256).unlink()
    with pytest.raises(NotFound):
        held()
    store()
    held()
    assert read() == CONTENT


class Killed(BaseException):
    """The process ends here."""


Death = Callable[[str, pytest.MonkeyPatch], None]


def killed(*_args: object) -> None:
    raise Killed


def tidy_and_die(death: Death, name: str, monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Be killed in a round, before or after this move of a file."""
    with monkeypatch.context() as patch:
        death(name, patch)
        with pytest.raises(Killed):
            tidy(at=at)


def before_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Die just before a file is moved."""
    monkeypatch.setattr(quarantine, name, killed)


def after_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Die just after a file was moved, before the transaction ends."""
    real = getattr(shelves, name)

    def move(sha256: str) -> None:
        real(sha256)
        raise Killed

    monkeypatch.setattr(quarantine, name, move)


DEATHS = [before_file, after_file]


@pytest.mark.usefixtures("committed", "data_dir")
@pytest.mark.parametrize("death", DEATHS)
@pytest.mark.parametrize("again", [held, store])
def test_killed_while_putting_away(death: Death, again: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    store()
    tidy(at=SEEN)
    tidy_and_die(death, "put_away", monkeypatch, AWAY)
    assert read() == CONTENT
    again()
    compare_places(at=AWAY)
    assert state() == (int(again is held), False, True)
    assert read() == CONTENT


@pytest.mark.usefixtures("committed", "data_dir")
@pytest.mark.parametrize("death", DEATHS)
@pytest.mark.parametrize("again", [held, store])
def test_killed_while_removing(death: Death, again: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    put_away()
    tidy_and_die(death, "put_away", monkeypatch, GONE)
    again()
    assert state() == (int(again is held), False, True)
    assert read() == CONTENT


@pytest.mark.usefixtures("committed", "data_dir")
@pytest.mark.parametrize("death", DEATHS)
def test_killed_after_the_row_was_removed(death: Death, monkeypatch: pytest.MonkeyPatch) -> None:
    put_away()
    tidy_and_die(death, "throw_away", monkeypatch, GONE)
    assert not Blob.objects.exists()
    with pytest.raises(NotFound):
        held()
    store()  # the same content comes once more before the sweep
    tidy(at=GONE)
    assert read() == CONTENT
    assert not quarantined_path_of(SHA256).exists()


@pytest.mark.usefixtures("committed", "data_dir")
def test_a_file_left_without_its_row_is_swept(monkeypatch: pytest.MonkeyPatch) -> None:
    put_away()
    tidy_and_die(before_file, "throw_away", monkeypatch, GONE)
    assert quarantined_path_of(SHA256).exists()
    assert tidy(at=GONE).swept == 1
    assert not quarantined_path_of(SHA256).exists()


@pytest.mark.usefixtures("committed", "data_dir")
def test_a_machine_that_stopped_between_file_and_row_when_it_was_held() -> None:
    put_away()
    Blob.objects.update(references=1, quarantined_at=None, unowned_since=None)  # the row reached the disk, the move not
    assert read() == CONTENT
    assert tidy(at=GONE) == Tidied()
    assert compare_places(at=GONE).moved == 1
    assert state() == (1, False, True)


@pytest.mark.usefixtures("committed", "data_dir")
def test_a_row_that_was_never_counted_keeps_its_content() -> None:
    put_away()
    account = Account.objects.create(username="hoa", full_name="hoa", kind="citizen", personal_id="022190000009")
    upload = Upload.objects.create(account=account, name="a", size=1, blob_id=SHA256, expires_at=GONE)
    try:
        assert tidy(at=GONE).removed == 0
        assert state() == (1, False, True)
        assert Entry.objects.filter(verb="blob.miscounted", object_id=SHA256).latest("id").data["owners"] == 1
        Blob.objects.update(references=7)
        assert [(one.references, one.owners) for one in check_counts(at=GONE)] == [(7, 1)]
        assert state()[0] == 1
        assert check_counts(at=GONE) == []
    finally:
        upload.delete()
        account.delete()


@pytest.mark.usefixtures("committed", "data_dir")
@pytest.mark.parametrize("again", [held, store])
def test_whoever_comes_while_it_is_removed_waits_and_finds_it_or_not(
    again: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    put_away()
    take_back(SHA256)  # by an act that was undone: whoever looks before the lock sees it there
    reached, outcome = threading.Event(), list[BaseException | None]()

    def come() -> None:
        try:
            reached.wait()
            again()
            outcome.append(None)
        except NotFound as error:
            outcome.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=come)
    real = shelves.put_away

    def slowly(sha256: str) -> None:
        reached.set()
        _wait_until_somebody_waits_for_the_row()
        real(sha256)

    with monkeypatch.context() as patch:
        patch.setattr(quarantine, "put_away", slowly)
        other.start()
        assert tidy(at=GONE).removed == 1
    other.join()
    if again is store:
        assert outcome == [None]
        assert read() == CONTENT
        assert state() == (0, False, True)
    else:
        assert isinstance(outcome[0], NotFound)  # the act fails as a whole; nothing refers to what is not there


@pytest.mark.usefixtures("committed", "data_dir")
def test_who_holds_it_first_keeps_it() -> None:
    put_away()
    with transaction.atomic():
        hold(SHA256)
        round_of_another = threading.Thread(target=_tidy_and_close)
        round_of_another.start()
        round_of_another.join()  # it does not wait for the lock, it leaves the blob alone
    assert state() == (1, False, True)
    assert read() == CONTENT


@pytest.mark.usefixtures("committed", "data_dir")
@pytest.mark.parametrize("at", [AWAY, GONE])
def test_who_comes_between_looking_and_locking_is_seen(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    if at == GONE:
        put_away()
    else:
        store()
        tidy(at=SEEN)
    real = quarantine._names

    def slowly(found: Any) -> list[str]:
        names = real(found)
        if names:
            held()
        return names

    with monkeypatch.context() as patch:
        patch.setattr(quarantine, "_names", slowly)
        assert tidy(at=at) == Tidied()
    assert state() == (1, False, True)
    assert read() == CONTENT


@pytest.mark.usefixtures("committed")
def test_temporary_files_of_the_killed_are_swept(data_dir: Path) -> None:
    store()
    left = data_dir / "blobs" / "incoming" / "tmpabc"
    left.write_bytes(b"half")
    os.utime(left, (AT.timestamp(), AT.timestamp()))
    assert tidy(at=AT + DAY).swept == 0
    assert tidy(at=AT + 3 * DAY).swept == 1
    assert not left.exists()


@pytest.mark.django_db
def test_days_are_settings(settings: Any, data_dir: Path) -> None:
    settings.KEEP_UNUSED_DAYS, settings.QUARANTINE_DAYS = 8, 1
    store()
    tidy(at=SEEN)
    assert tidy(at=SEEN + 8 * DAY).put_away == 1
    assert tidy(at=SEEN + 9 * DAY).removed == 1


def _tidy_and_close() -> None:
    try:
        tidy(at=GONE)
    finally:
        connection.close()


def _wait_until_somebody_waits_for_the_row() -> None:
    with connection.cursor() as cursor:
        for _ in range(20_000):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits")
