"""Reading back: bounded, going on where it stopped, and what it says of a content that is missing or damaged."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from motcua.files.actions import check_contents
from motcua.files.actions.check_contents import Reading, compare_places, read_back, read_everything
from motcua.files.actions.hold import hold
from motcua.files.actions.quarantine import tidy
from motcua.files.actions.shelves import put_away
from motcua.files.actions.store import store_paper
from motcua.files.models import Blob
from motcua.files.queries import condition, fault_warning, faulty_blobs, open_blob, path_of
from motcua.files.tests.conftest import AT
from motcua.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
DAY = timedelta(days=1)
ALL = 10**9


def store(number: int = 0) -> str:
    return store_paper(b"%%PDF-1.7 %06d" % number, name="a.pdf", at=AT).sha256


def damage(sha256: str) -> None:
    """One bit turned, the length as before."""
    content = bytearray(path_of(sha256).read_bytes())
    content[-1] ^= 1
    path_of(sha256).write_bytes(content)


def said(verb: str, sha256: str) -> list[object]:
    return [one.data["fault"] for one in Entry.objects.filter(verb=verb, object_id=sha256).order_by("id")]


def test_good_contents_are_remembered_as_read() -> None:
    names = {store(1), store(2)}
    assert read_back(at=AT, most_bytes=ALL) == Reading(contents=2, bytes=2 * 15)
    assert set(Blob.objects.filter(checked_at=AT).values_list("pk", flat=True)) == names
    assert read_back(at=AT + 27 * DAY, most_bytes=ALL).contents == 0
    assert read_back(at=AT + 28 * DAY, most_bytes=ALL).contents == 2


def test_each_round_reads_so_much_and_the_next_goes_on() -> None:
    for number in range(7):
        store(number)
    rounds = [read_back(at=AT + timedelta(minutes=5 * one), most_bytes=40).contents for one in range(4)]
    assert rounds == [3, 3, 1, 0]
    store(8)
    assert read_back(at=AT + DAY, most_bytes=40).contents == 1


def test_killed_in_the_middle_it_goes_on_with_the_batch_it_was_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_contents, "_BATCH", 2)
    names = sorted(store(number) for number in range(6))
    real, read = check_contents._fault_in, list[str]()

    def dies_at_the_fourth(blob: Blob) -> object:
        if len(read) == 3:
            raise KeyboardInterrupt
        read.append(blob.pk)
        return real(blob)

    with monkeypatch.context() as patch:
        patch.setattr(check_contents, "_fault_in", dies_at_the_fourth)
        with pytest.raises(KeyboardInterrupt):
            read_back(at=AT, most_bytes=ALL)
    assert list(Blob.objects.filter(checked_at=AT).order_by("pk").values_list("pk", flat=True)) == names[:2]
    assert read_back(at=AT, most_bytes=ALL).contents == 4


def test_missing_and_damaged_are_told_once_and_kept_in_sight() -> None:
    gone, spoilt, good = store(1), store(2), store(3)
    path_of(gone).unlink()
    damage(spoilt)
    assert sorted(read_back(at=AT, most_bytes=ALL).faulty) == sorted([gone, spoilt])
    assert {one.pk: (one.fault, one.fault_found_at) for one in faulty_blobs()} == {
        gone: ("missing", AT),
        spoilt: ("damaged", AT),
    }
    assert Blob.objects.get(pk=good).fault == ""
    assert fault_warning() == "Kho tệp có 1 tệp nội dung bị hỏng, 1 tệp mất nội dung."
    assert condition().faults == {"missing": 1, "damaged": 1}
    assert sorted(read_back(at=AT + DAY, most_bytes=ALL).faulty) == sorted([gone, spoilt])
    assert (said("blob.faulty", gone), said("blob.faulty", spoilt)) == (["missing"], ["damaged"])


def test_what_was_put_back_is_whole_again() -> None:
    spoilt = store()
    content = path_of(spoilt).read_bytes()
    damage(spoilt)
    read_back(at=AT, most_bytes=ALL)
    path_of(spoilt).write_bytes(content)
    assert read_back(at=AT + DAY, most_bytes=ALL).faulty == []
    assert (fault_warning(), said("blob.mended", spoilt)) == ("", ["damaged"])


def test_the_next_upload_of_the_same_content_mends_it() -> None:
    spoilt = store()
    hold(spoilt)
    damage(spoilt)
    read_back(at=AT, most_bytes=ALL)
    store()
    assert (fault_warning(), said("blob.mended", spoilt)) == ("", ["damaged"])
    assert read_everything(at=AT).faulty == []


def test_everything_is_read_on_demand() -> None:
    for number in range(3):
        store(number)
    read_back(at=AT, most_bytes=ALL)
    heard = list[int]()
    assert read_everything(at=AT + DAY, told=lambda one: heard.append(one.contents)).contents == 3
    assert heard == [3]


def test_a_content_in_quarantine_is_read_too() -> None:
    away = store()
    tidy(at=AT)
    tidy(at=AT + 14 * DAY)
    assert read_back(at=AT + 14 * DAY, most_bytes=ALL).faulty == []
    assert condition().quarantined == 1
    assert compare_places(at=AT + 14 * DAY).missing == []
    assert Blob.objects.get(pk=away).fault == ""


def test_comparing_finds_what_is_gone_without_reading() -> None:
    gone, moved = store(1), store(2)
    path_of(gone).unlink()
    put_away(moved)
    found = compare_places(at=AT)
    assert (found.missing, found.moved, found.strays) == ([gone], 1, 0)
    assert path_of(moved).exists()
    assert said("blob.faulty", gone) == ["missing"]
    assert compare_places(at=AT).missing == [gone]
    assert said("blob.faulty", gone) == ["missing"]


def test_a_file_without_a_row_gets_one_and_goes_the_way_of_the_unused(data_dir: Path) -> None:
    stray = store()
    Blob.objects.all().delete()  # as if the process had been killed between file and row
    written = path_of(stray).stat().st_mtime
    os.utime(path_of(stray), (AT.timestamp(), AT.timestamp()))
    assert written != AT.timestamp()
    assert compare_places(at=AT + DAY / 2).strays == 0  # an upload on its way
    assert compare_places(at=AT + 2 * DAY).strays == 1
    assert Blob.objects.get(pk=stray).references == 0
    (data_dir / "blobs" / stray[:2] / "notes.txt").write_text("not ours")
    os.utime(data_dir / "blobs" / stray[:2] / "notes.txt", (AT.timestamp(), AT.timestamp()))
    assert compare_places(at=AT + 2 * DAY).strays == 0
    tidy(at=AT + 2 * DAY)
    assert tidy(at=AT + 16 * DAY).put_away == 1
    assert store() == stray
    with open_blob(stray) as file:
        assert file.read().startswith(b"%PDF")
