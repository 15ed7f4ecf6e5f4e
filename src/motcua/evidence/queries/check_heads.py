"""Whether the heads are what was signed, and all there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motcua.evidence.models import Head
from motcua.evidence.providers.keys import KeyProblemError, fits, head_key, remembered
from motcua.evidence.queries.check_rows import Known
from motcua.evidence.queries.heads import origin_of_log
from motcua.evidence.rules.notes import BadNoteError, PublicKey, digest_of, read_note, signed_text
from motcua.evidence.rules.wording import moment_words, sentence
from motcua.evidence.terms import Finding, FindingKind


@dataclass(frozen=True, slots=True)
class Heads:
    """What the heads gave: roots to compare with, and what is wrong with them."""

    known: tuple[Known, ...]
    findings: tuple[Finding, ...]
    unsigned: int


def own_keys() -> list[PublicKey]:
    """Return the public key of this installation; none when it has none or cannot be opened."""
    try:
        key = head_key(origin_of_log())
    except KeyProblemError:
        return []
    return [key.public] if key else []


def check_heads(keys: Sequence[PublicKey], earlier: Iterable[str] = ()) -> Heads:
    """Check every head: its columns beside its note, its signature, that it follows the one before.

    `keys` are those to trust; `earlier` are notes of this log kept elsewhere. Raises BadNoteError for one of these
    that is no note.
    """
    findings: list[Finding] = []
    known: list[Known] = []
    notes: set[str] = set()
    before, unsigned, seen_signed = None, 0, False
    for head in Head.objects.order_by("id").iterator():
        problem = _problem_of(head, before)
        if problem:
            findings.append(_finding(FindingKind.HEAD, head.size, problem))
        why = _signature_problem(head.note, keys)
        unsigned += not why and not _is_signed(head.note)
        if why or (seen_signed and not _is_signed(head.note)):
            findings.append(_signature_finding(head, why or "không có chữ ký, trong khi đầu sổ trước đó có"))
        seen_signed = seen_signed or _is_signed(head.note)
        notes.add(digest_of(head.note))
        known.append(Known(head.size, head.root, head.at.isoformat()))
        before = head
    for note in filter(None, [remembered(), *earlier]):
        known += _kept_elsewhere(note, notes, keys, findings)
    return Heads(tuple(known), tuple(findings), unsigned)


def _problem_of(head: Head, before: Head | None) -> str:
    """Say what is wrong with a head beside its signature; "" when nothing is."""
    try:
        said = read_note(head.note)[0]
    except BadNoteError as error:
        return str(error)
    columns = (head.origin, head.size, head.root, head.at, head.previous)
    if columns != (said.origin, said.size, said.root.hex(), said.at, said.previous):
        return "không khớp văn bản đã ký của chính nó"
    if said.previous != (digest_of(before.note) if before else ""):
        return "không nối tiếp đầu sổ đứng trước: có đầu sổ đã bị sửa hoặc bị xóa"
    if before and said.size < before.size:
        return "nhỏ hơn đầu sổ đứng trước"
    return ""


def _is_signed(note: str) -> bool:
    return bool(note.partition("\n\n")[2].strip())


def _signature_problem(note: str, keys: Sequence[PublicKey]) -> str:
    """Say why no trusted key signed the note; "" for one that is signed well, or that nobody signed."""
    try:
        signatures = read_note(note)[1]
    except BadNoteError:
        return "không đọc được"
    if not signatures or not keys:
        return ""
    text = signed_text(note).encode()
    for name, key_id, signature in signatures:
        for key in keys:
            if (key.name, key.id) == (name, key_id):
                return "" if fits(key, text, signature) else "chữ ký không khớp văn bản"
    return "không do khóa nào được tin cậy ký"


def _kept_elsewhere(note: str, notes: set[str], keys: Sequence[PublicKey], findings: list[Finding]) -> list[Known]:
    """Return the root of a note that was kept outside; it must be among the heads and signed like them."""
    said = read_note(note)[0]
    at = said.at.isoformat()
    if said.origin != origin_of_log():
        facts = {"origin": origin_of_log(), "why": f"đầu sổ đưa vào là của {said.origin}"}
        findings.append(Finding(FindingKind.WITNESS, sentence(FindingKind.WITNESS, facts), facts))
        return []
    if why := _signature_problem(note, keys):
        findings.append(_finding(FindingKind.SIGNATURE, said.size, why, at))
        return []
    if digest_of(note) not in notes:
        why = f"đầu sổ ký lúc {moment_words(at)}, được giữ ở nơi khác, không còn trong cơ sở dữ liệu"
        findings.append(_finding(FindingKind.HEAD, said.size, why, at))
    return [Known(said.size, said.root.hex(), at, is_kept=True)]


def _signature_finding(head: Head, why: str) -> Finding:
    return _finding(FindingKind.SIGNATURE, head.size, why, head.at.isoformat())


def _finding(kind: FindingKind, size: int, why: str, at: str = "") -> Finding:
    facts = {"size": size, "why": why, "at": at}
    return Finding(kind, sentence(kind, facts), facts)
