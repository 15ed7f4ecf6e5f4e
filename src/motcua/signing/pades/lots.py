"""Some papers at a time with one key: made, prepared, signed in one call, stamped, handed back or left in a file."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from motcua.kernel.errors import MotCuaError, Problem
from motcua.signing.pades.prepared import Prepared
from motcua.signing.pades.sign import Signed, finish_paper, prepare
from motcua.signing.terms import KeyGoneError, SignaturePlan, SigningKey, Stamper
from motcua.trust.terms import Level

#: A lot whose papers are longer together is signed in parts: scans must not fill the memory.
_MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Job:
    """A paper, the signature it is to get, and the empty fields to be made for those that come later."""

    pdf: bytes
    plan: SignaturePlan
    reserve: tuple[SignaturePlan, ...] = ()

    def made(self) -> "Job":
        """It is made already."""
        return self


class Recipe(Protocol):
    """A paper that is made where it is signed, perhaps in another process: a value that needs no database."""

    def made(self) -> Job:
        """Make it; raises MotCuaError with the reason when it cannot be signed."""


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A signed paper that its process left in a file, flushed to the disk; whoever takes it moves or removes it."""

    path: Path
    level: Level

    @property
    def content(self) -> bytes:
        """Read it."""
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one paper: it is signed, or there are problems and it is as it was."""

    signed: Signed | SignedFile | None
    problems: tuple[Problem, ...] = ()


Lot = list[tuple[int, Recipe]]
#: What is done of a lot, and what ended it before its end: key or authority gone, or an error nobody foresaw.
Results = tuple[list[tuple[int, Outcome]], Exception | None]


@dataclass(slots=True)
class Bench:
    """What a process signs with: a key, perhaps authorities of time, perhaps a folder for what is done."""

    key: SigningKey
    stamper: Stamper | None = None
    folder: Path | None = None

    def sign(self, lot: Lot) -> Results:
        """Sign some papers with as few calls to the key as their length allows.

        What is done is returned also when something ends it in the middle; the others of the lot were not touched.
        """
        results = list[tuple[int, Outcome]]()
        try:
            for part in self._parts(lot, results):
                self._finish(part, results)
        except Exception as error:
            return results, error
        return results, None

    def _parts(self, lot: Lot, results: list[tuple[int, Outcome]]) -> Iterator[list[tuple[int, Prepared]]]:
        ready, size = list[tuple[int, Prepared]](), 0
        for index, recipe in lot:
            try:
                job = recipe.made()
                one = prepare(job.pdf, job.plan, self.key.certificate, self.key.chain, reserve=job.reserve)
            except MotCuaError as error:
                results.append((index, Outcome(None, error.problems)))
                continue
            ready.append((index, one))
            size += len(one.content)
            if size > _MOST_BYTES:
                yield ready
                ready, size = [], 0
        if ready:
            yield ready

    def _finish(self, ready: Sequence[tuple[int, Prepared]], results: list[tuple[int, Outcome]]) -> None:
        gone: KeyGoneError | None = None
        try:
            raw: Sequence[bytes] = self.key.sign([prepared.digest for _, prepared in ready])
        except KeyGoneError as error:
            raw, gone = error.done, KeyGoneError(str(error))
        ahead = self._stamped_ahead(ready, raw)
        for (index, prepared), signature in zip(ready, raw, strict=False):
            stamper = ahead or self.stamper
            try:
                signed = finish_paper(prepared, signature, stamper=stamper)
            except MotCuaError as error:
                results.append((index, Outcome(None, error.problems)))
            else:
                results.append((index, Outcome(self._left(signed))))
        if gone is not None:
            raise gone

    def _stamped_ahead(self, ready: Sequence[tuple[int, Prepared]], raw: Sequence[bytes]) -> "Stamper | None":
        """Ask for the timestamps of a lot at once, where the stamper can: a far authority is waited for once a lot."""
        many = getattr(self.stamper, "stamp_many", None)
        if self.stamper is None or many is None:
            return None
        wanted = [
            sha256(signature).digest()
            for (_, prepared), signature in zip(ready, raw, strict=False)
            if prepared.level is not Level.B
        ]
        return _Ahead(self.stamper, dict(zip(wanted, many(wanted), strict=True)))

    def _left(self, signed: Signed) -> Signed | SignedFile:
        if self.folder is None:
            return signed
        handle, name = tempfile.mkstemp(dir=self.folder, suffix=".pdf")
        with os.fdopen(handle, "wb") as file:
            file.write(signed.content)
            file.flush()
            os.fsync(file.fileno())
        return SignedFile(Path(name), signed.level)


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A stamper that has most of its tokens already; for the others the authorities are asked one by one."""

    stamper: Stamper
    tokens: dict[bytes, bytes | None]

    def stamp(self, digest: bytes, *, hash_name: str = "sha256") -> bytes:
        """Return the token."""
        return self.tokens.get(digest) or self.stamper.stamp(digest, hash_name=hash_name)
