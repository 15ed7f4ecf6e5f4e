"""The verdict on a signed PDF."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pikepdf
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from motcua.trust.store import TrustStore
from motcua.trust.terms import Change, Fetcher, PaperVerdict, Role, SignatureVerdict
from motcua.trust.verifying.fields import Found, entry, signatures_of
from motcua.trust.verifying.judging import Context, judge_signatures
from motcua.trust.verifying.locks import Lock
from motcua.trust.verifying.refusing import unreadable
from motcua.trust.verifying.revisions import compare
from motcua.trust.verifying.security import evidence_of
from motcua.trust.verifying.source import Source, UnreadableError, opened
from motcua.trust.verifying.updates import is_revision, touched_by, writes_twice
from motcua.trust.verifying.words import ALLOWED, PAPER, SIGNATURE, change_sentence

_BROKEN = (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, OverflowError)
_EOF = b"%%EOF"
_TAIL = 1024
_MOST_TRIES, _MOST_IN_MEMORY = 8, 64 * 1024 * 1024


def verify_pdf(
    content: bytes | Path,
    *,
    trust: TrustStore,
    at: datetime,
    online: Fetcher | None = None,
    demanded: Sequence[Role] = (),
    expected_sha256: str = "",
) -> PaperVerdict:
    """Return what is true of a signed PDF; never raises for what the file holds.

    `at`: the moment of the question. `online`: asked for revocation where the paper and the store have no answer.
    `demanded`: roles that must have signed; `expected_sha256`: of the file as it was issued, where that is known (when
    the last signature was cut off the rest is whole in itself: only these two can tell). Runs in this process; for
    files of strangers use `bounded.verify_bounded`.
    """
    for name in ("pyhanko", "pyhanko_certvalidator", "pikepdf"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with opened(content) as source:
            source.check_header()
            source.hash()
            verdict = _verify(source, Context(trust=trust, at=at, online=online), demanded)
            verdict = replace(verdict, sha256=source.sha256, size=source.size, checked_at=at)
    except UnreadableError as error:
        verdict = unreadable(error.code, at=at)
    except MemoryError:
        verdict = unreadable("too_much_memory", at=at)
    except Exception:  # a file nobody thought of must get a refusal, not a crash
        logging.getLogger(__name__).exception("a file could not be judged")
        verdict = unreadable("crashed", at=at)
    if expected_sha256 and verdict.sha256 and verdict.sha256 != expected_sha256.lower():
        return _refused(verdict, "other_file")
    return verdict


def _verify(source: Source, context: Context, demanded: Sequence[Role]) -> PaperVerdict:
    try:
        reader, warnings = _reader(source)
    except UnreadableError as error:
        if error.code != "damaged":
            raise
        return _verify_rest(source, context, demanded, "appended")
    if reader is None:
        return _verify_rest(source, context, demanded, "truncated")
    return _judged(source, reader, warnings, context, demanded)


def _judged(
    source: Source, reader: PdfFileReader, warnings: list[str], context: Context, demanded: Sequence[Role]
) -> PaperVerdict:
    try:
        found = signatures_of(reader, source.stream, source.size)
        context.evidence = evidence_of(reader)
    except UnreadableError:
        raise
    except _BROKEN as error:
        raise UnreadableError("damaged") from error
    pages = _pages(reader)
    if reader.xrefs.hybrid_xrefs_present and found:
        return PaperVerdict(valid=False, reason_code="hybrid", reason=PAPER["hybrid"], pages=pages)
    changes = _changes(source, reader, found) if found else {}
    signatures = judge_signatures(source, found, changes, context)
    verdict = _summary(signatures, _unique(changes), demanded, pages)
    return replace(verdict, facts={"warnings": warnings} if warnings else {})


def _reader(source: Source) -> tuple[PdfFileReader | None, list[str]]:
    """Return the file as pyHanko reads it, None when its end is missing; raises UnreadableError."""
    if _EOF not in source.tail(max(0, source.size - _TAIL), _TAIL):  # the parser would look for it byte by byte
        return None, []
    for strict in (True, False):
        try:
            reader = PdfFileReader(source.stream, strict=strict)
            warnings = [] if strict else ["sloppy"]
            if "/Encrypt" in reader.trailer:
                _open_without_password(reader)
                warnings.append("encrypted")
            entry(reader.root, "/Pages")
        except (UnreadableError, MemoryError):
            raise
        except Exception:  # noqa: S112 the parser of strangers' files: whatever it stumbles over, it is not readable
            continue
        return reader, warnings
    raise UnreadableError("damaged")


def _open_without_password(reader: PdfFileReader) -> None:
    try:
        opened = reader.decrypt(b"").status != AuthStatus.FAILED
    except Exception as error:
        raise UnreadableError("encrypted") from error
    if not opened:
        raise UnreadableError("encrypted")


def _verify_rest(source: Source, context: Context, demanded: Sequence[Role], code: str) -> PaperVerdict:
    """Judge the last revision that can be read and is signed, and say (`code`) that this is not the file."""
    for rest in _earlier(source):
        try:
            reader, warnings = _reader(rest)
            verdict = _judged(rest, reader, warnings, context, demanded) if reader else None
        except UnreadableError:
            continue
        if verdict and verdict.signatures:
            return _refused(verdict, code)
    return _verify_moved(source, context, demanded, "damaged" if code == "appended" else code)


def _verify_moved(source: Source, context: Context, demanded: Sequence[Role], code: str) -> PaperVerdict:
    """Say whose signatures they are where something was put before the header, so that no byte is in its place."""
    skipped = source.tail(0, _TAIL).find(b"%PDF-")
    if skipped <= 0 or source.size > _MOST_IN_MEMORY:
        raise UnreadableError(code)
    content = source.tail(skipped, source.size)
    moved = Source(io.BytesIO(content), len(content), None, content)
    reader, warnings = _reader(moved)
    if reader is None:
        raise UnreadableError(code)
    verdict = _judged(moved, reader, warnings, context, demanded)
    if not verdict.signatures:
        return verdict
    why, said = "resaved", SIGNATURE["resaved"]
    moved_ones = (replace(one, intact=False, trusted=None, reason_code=why, reason=said) for one in verdict.signatures)
    return replace(verdict, valid=False, signatures=tuple(moved_ones), reason_code=why, reason=said)


def _earlier(source: Source) -> Iterator[Source]:
    """Give the file cut at its last few "%%EOF"."""
    end = source.size
    for _ in range(_MOST_TRIES):
        end = _last_whole_revision(source, end)
        if not end:
            break
        if end < source.size:
            yield Source(source.prefix(end), end, source.path, source.content[:end])
        end -= len(_EOF)


def _last_whole_revision(source: Source, before: int) -> int:
    """Return where the last "%%EOF" ends, 0 when there is none; looks from the end, a megabyte at a time."""
    step, overlap, end = 1024 * 1024, 8, before
    while end > 0:
        start = max(0, end - step)
        place = source.tail(start, end - start).rfind(_EOF)
        if place >= 0:
            after = start + place + len(_EOF)
            ends = source.tail(after, 2)
            return after + len(ends) - len(ends.lstrip(b"\r\n"))
        if start == 0:
            return 0
        end = start + overlap
    return 0


def _changes(source: Source, reader: PdfFileReader, found: Sequence[Found]) -> dict[int, list[Change]]:
    """Return by the end of what each signature signs what changed after it (up to the end of the file)."""
    ends = sorted({one.end for one in found if one.gap_fits and one.end <= source.size})
    changes: dict[int, list[Change]] = {}
    later: list[Change] = []
    newer: tuple[int, pikepdf.Pdf | None] = (source.size, None)
    for end in reversed(ends):
        locks = tuple(one.lock for one in found if one.end <= end)
        older, between = _between(source, reader, end, newer, locks)
        later = [*between, *(change for change in later if change not in between)]
        changes[end] = later
        newer = (end, older)
    return changes


def _between(
    source: Source, reader: PdfFileReader, end: int, newer: tuple[int, pikepdf.Pdf | None], locks: Sequence[Lock]
) -> tuple[pikepdf.Pdf | None, list[Change]]:
    until, later = newer
    rest = source.tail(end, 64) if until - end <= 64 else b"x"  # noqa: PLR2004 a few line ends
    if not rest[: until - end].strip(b" \t\r\n\x00"):
        return later, [_change("padding_added")] if until - end > 2 else []  # noqa: PLR2004 one line end
    if not is_revision(reader, end, until):
        return None, [_change("appended")]
    try:
        new = later or pikepdf.open(source.prefix(until), attempt_recovery=False, suppress_warnings=True)
        old = pikepdf.open(source.prefix(end), attempt_recovery=False, suppress_warnings=True)
        touched = touched_by(source, reader, end, until)
        changes = compare(old, new, touched=touched, locks=locks, signed_to=end)
        if _doubts(new) > _doubts(old) or writes_twice(source, reader, end, until):  # it can be read in two ways
            changes.append(_change("unreadable_revision"))
        return old, changes
    except (pikepdf.PdfError, *_BROKEN):
        return None, [_change("unreadable_revision")]


def _doubts(pdf: pikepdf.Pdf) -> int:
    """Return how often qpdf was not sure what it read; pages it completes in memory are no doubt."""
    return sum("repairing" not in warning for warning in pdf.get_warnings())


def _change(code: str) -> Change:
    return Change(code, change_sentence(code), allowed=code in ALLOWED)


def _unique(changes: dict[int, list[Change]]) -> tuple[Change, ...]:
    every = changes[min(changes)] if changes else []
    return tuple(dict.fromkeys(every))


def _summary(
    signatures: Sequence[SignatureVerdict], changes: Sequence[Change], demanded: Sequence[Role], pages: int
) -> PaperVerdict:
    code, what = "", ""
    missing = tuple(role for role in demanded if not any(one.role == role and good(one) for one in signatures))
    forbidden = [change for change in changes if not change.allowed]
    worst = next((one for one in signatures if not one.intact), None)
    worst = worst or next((one for one in signatures if one.trusted is False), None)
    undecided = next((one for one in signatures if one.trusted is None), None)
    if not signatures:
        code = "not_signed"
    elif worst is not None and not worst.intact:
        code = worst.reason_code
    elif forbidden:
        code = "appended" if forbidden[0].code == "appended" else "changed"
        what = "; ".join(change.text for change in forbidden[:5])
    elif worst is not None or undecided is not None:
        code = (worst or undecided or signatures[0]).reason_code
    elif all(one.kind == "timestamp" for one in signatures):
        code = "only_timestamps"
    elif missing:
        code, what = "missing_signature", ", ".join(role.label for role in missing)
    return PaperVerdict(
        valid=not code,
        reason_code=code,
        reason=_sentence(code, what, worst or undecided),
        pages=pages,
        signatures=tuple(signatures),
        changes=tuple(changes),
        missing_roles=missing,
    )


def good(signature: SignatureVerdict) -> bool:
    """Whether a signature is intact and trusted."""
    return signature.intact and signature.trusted is True


def _sentence(code: str, what: str, signature: SignatureVerdict | None) -> str:
    if code in PAPER:
        return PAPER[code].format(what=what)
    return signature.reason if signature else ""


def _refused(verdict: PaperVerdict, code: str) -> PaperVerdict:
    return replace(verdict, valid=False, reason_code=code, reason=PAPER[code])


def _pages(reader: PdfFileReader) -> int:
    count: object = 0
    with suppress(*_BROKEN):
        count = entry(reader.root["/Pages"], "/Count", 0)
    return int(count) if isinstance(count, int) and 0 <= count < 10_000_000 else 0  # noqa: PLR2004 sane
