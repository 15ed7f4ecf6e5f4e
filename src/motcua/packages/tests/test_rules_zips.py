"""Zips: the same bytes each time; hostile ones are refused."""

import contextlib
import io
import stat
import zipfile
from collections.abc import Callable

import pytest

from motcua.kernel.errors import Invalid
from motcua.packages.rules.zips import files_in_zip, zip_of
from motcua.packages.terms import LARGEST_FILE, LARGEST_PACKAGE, MOST_FILES
from motcua.packages.tests.samples import sample_files


def _zip(fill: Callable[[zipfile.ZipFile], object]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    return out.getvalue()


def _codes(data: bytes) -> list[str]:
    with pytest.raises(Invalid) as refused:
        files_in_zip(data)
    return [problem.code for problem in refused.value.problems]


def test_the_same_files_give_the_same_bytes() -> None:
    files = sample_files()
    packed = zip_of(files)
    assert zip_of(dict(reversed(files.items()))) == packed
    assert files_in_zip(packed) == files
    assert b"1980" not in packed  # dates are numbers of the format, not words
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_folder_around_everything_is_taken_away() -> None:
    files = sample_files()
    inside = {f"khai-sinh/{name}": data for name, data in files.items()}
    assert files_in_zip(zip_of(inside)) == files
    assert files_in_zip(zip_of({**inside, "__MACOSX/khai-sinh/._form.yaml": b"x"})) == files


def test_folders_that_are_no_package_stay() -> None:
    several = {"a/procedure.yaml": b"", "b/procedure.yaml": b""}
    assert files_in_zip(zip_of(several)) == several
    assert files_in_zip(zip_of({"a/x.txt": b""})) == {"a/x.txt": b""}


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/etc/passwd", "a\\..\\x", "C:/x", "a//b", "papers/../../x.yaml"]
)
def test_names_that_lead_outside(name: str) -> None:
    assert _codes(_zip(lambda archive: archive.writestr(zipfile.ZipInfo(name), b"x"))) == ["zip_path"]


def test_links() -> None:
    entry = zipfile.ZipInfo("form.yaml")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    assert _codes(_zip(lambda archive: archive.writestr(entry, "/etc/passwd"))) == ["zip_link"]


def test_passwords() -> None:
    data = bytearray(_zip(lambda archive: archive.writestr("form.yaml", b"x")))
    central = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    assert _codes(bytes(data)) == ["zip_encrypted"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice() -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        archive.writestr("form.yaml", b"a")
        archive.writestr("form.yaml", b"b")

    assert _codes(_zip(fill)) == ["zip_twice"]


def test_too_many_files() -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        for number in range(MOST_FILES + 1):
            archive.writestr(f"texts/t{number}.txt", b"")

    assert _codes(_zip(fill)) == ["too_many_files"]


def test_bombs() -> None:
    assert _codes(_zip(lambda archive: archive.writestr("a.txt", b"0" * (LARGEST_FILE + 1)))) == ["file_too_large"]

    def fill(archive: zipfile.ZipFile) -> None:
        for number in range(LARGEST_PACKAGE // LARGEST_FILE + 1):
            archive.writestr(f"{number}.txt", b"0" * LARGEST_FILE)

    assert _codes(_zip(fill)) == ["package_too_large"]
    assert _codes(b"PK" + b"0" * LARGEST_PACKAGE) == ["package_too_large"]


def test_a_size_that_lies_is_not_believed() -> None:
    data = bytearray(_zip(lambda archive: archive.writestr("a.txt", b"0" * (2 * LARGEST_FILE))))
    central = data.index(b"PK\x01\x02")
    data[22:26] = data[central + 24 : central + 28] = (5).to_bytes(4, "little")
    assert _codes(bytes(data)) in (["zip_unreadable"], ["file_too_large"])


@pytest.mark.parametrize("cut", [3, 40, 200])
def test_what_is_no_zip(cut: int) -> None:
    assert _codes(zip_of(sample_files())[:-cut]) == ["zip_unreadable"]
    assert _codes(b"PK\x03\x04 nothing") == ["zip_unreadable"]


@pytest.mark.parametrize("kind", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_zip_is_refused_whichever_byte_is_wrong(kind: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        archive.writestr("papers/đơn.yaml", b"code: 1\n" * 9)
    whole = out.getvalue()
    for place in range(len(whole)):
        for wrong in (0x00, 0x80, 0xFF):
            with contextlib.suppress(Invalid):
                files_in_zip(whole[:place] + bytes([wrong]) + whole[place + 1 :])
