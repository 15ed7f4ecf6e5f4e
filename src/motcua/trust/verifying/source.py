"""The file as bytes on disk or in memory: opened without reading it all, cut off at the end of an earlier revision."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

#: Larger files are refused (setting of the caller; the engine's own need is a few megabytes whatever the size).
MOST_BYTES = 2 * 1024**3
_CHUNK = 1024 * 1024
_WHERE_HEADER = 1024
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")


class UnreadableError(Exception):
    """The file cannot be judged; `code` is one of `words.UNREADABLE`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@contextmanager
def opened(content: bytes | Path, *, most_bytes: int = MOST_BYTES) -> Iterator[Source]:
    """Give the file as a source. Raises UnreadableError."""
    if isinstance(content, Path):
        with _file(content) as stream:
            yield Source(stream, _size(os.fstat(stream.fileno()).st_size, most_bytes), content)
    else:
        yield Source(io.BytesIO(content), _size(len(content), most_bytes), None, content)


class Source:
    """A file of `size` bytes. `stream` belongs to one reader at a time; `prefix` gives independent ones."""

    def __init__(self, stream: IO[bytes], size: int, path: Path | None, content: bytes = b"") -> None:
        self.stream, self.size, self.path, self.content = stream, size, path, content
        self.sha256 = ""

    def prefix(self, length: int) -> BinaryIO:
        """Return the first bytes as a stream of their own; nothing is copied for a file on disk."""
        if self.path is None:
            return io.BytesIO(self.content[:length])
        raw = cast("io.RawIOBase", _Prefix(self.path.open("rb", buffering=0), length))
        return io.BufferedReader(raw, _CHUNK // 16)

    def hash(self) -> str:
        """Return the SHA-256 of the whole file."""
        digest = hashlib.sha256()
        self.stream.seek(0)
        while chunk := self.stream.read(_CHUNK):
            digest.update(chunk)
        self.sha256 = digest.hexdigest()
        return self.sha256

    def digest(self, byte_range: tuple[int, int, int, int], algorithm: str) -> bytes:
        """Return the digest of two stretches, read in pieces; raises ValueError for an unknown algorithm."""
        digest = hashlib.new(algorithm, usedforsecurity=False)
        for start, length in (byte_range[:2], byte_range[2:]):
            self.stream.seek(start)
            left = length
            while left > 0 and (chunk := self.stream.read(min(left, _CHUNK))):
                digest.update(chunk)
                left -= len(chunk)
        return digest.digest()

    def tail(self, start: int, most: int = 4096) -> bytes:
        """Return up to so many bytes from a place on."""
        self.stream.seek(start)
        return self.stream.read(most)

    def check_header(self) -> None:
        """Raise UnreadableError for what is not a PDF at all."""
        head = self.tail(0, _WHERE_HEADER)
        if not head:
            raise UnreadableError("empty")
        if b"%PDF-" not in head:
            raise UnreadableError("detached" if _is_cms(head) else "not_pdf")


def _is_cms(head: bytes) -> bool:
    """Whether these are the first bytes of a signature on its own (CMS signed data, DER or PEM)."""
    return (head[:1] == b"\x30" and _SIGNED_DATA in head[:64]) or head.startswith(
        (b"-----BEGIN PKCS7", b"-----BEGIN CMS")
    )


class _Prefix(io.RawIOBase):
    def __init__(self, file: io.FileIO, limit: int) -> None:
        self._file, self._limit = file, limit

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        if whence == os.SEEK_END:
            return self._file.seek(self._limit + offset)
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        room = max(0, min(len(buffer), self._limit - self._file.tell()))
        return self._file.readinto(memoryview(buffer)[:room]) or 0

    def close(self) -> None:
        self._file.close()
        super().close()


def _file(path: Path) -> IO[bytes]:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise UnreadableError("not_a_file")
        return path.open("rb")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UnreadableError("missing") from error
    except PermissionError as error:
        raise UnreadableError("no_permission") from error
    except (OSError, ValueError) as error:
        raise UnreadableError("missing") from error


def _size(size: int, most: int) -> int:
    if size > most:
        raise UnreadableError("too_large")
    return size
