"""What the register says of a file or of a QR code that somebody holds."""

from dataclasses import dataclass

from motcua.results.models import PaperFile, ResultKey, StoredPaper, with_all
from motcua.results.queries.papers import by_code
from motcua.results.rules.keys import Key
from motcua.results.rules.qr import Read, read_qr
from motcua.results.rules.revisions import hashes_of


@dataclass(frozen=True, slots=True)
class Match:
    """A paper of the register to which a file belongs. `is_exact`: byte for byte; else something was added to it.

    `is_archived`: it is exactly the version with proofs, not the one that was issued.
    """

    paper: StoredPaper
    is_exact: bool
    is_archived: bool = False


def match_file(content: bytes) -> Match | None:
    """Return the paper that this file is, or once was; None for one we never issued (three queries)."""
    whole, *earlier = hashes_of(content)
    known = dict(
        PaperFile.objects.filter(blob_id__in=[whole, *earlier]).order_by("-id").values_list("blob_id", "paper")
    )
    name = next((one for one in (whole, *earlier) if one in known), "")
    if not name:
        return None
    paper = with_all(StoredPaper.objects.filter(pk=known[name])).get()
    issued, is_exact = paper.issued_file, name == whole
    return Match(paper, is_exact, is_archived=is_exact and issued is not None and name != issued.blob_id)


@dataclass(frozen=True, slots=True)
class Scanned:
    """A QR code: what it says, and the paper as the register has it now (None: only what it says is known)."""

    read: Read
    paper: StoredPaper | None


def scanned(text: str) -> Scanned:
    """Return what a QR code says and how its paper stands now (three queries)."""
    read = read_qr(text, known_keys())
    return Scanned(read, by_code(read.claims.code) if read.claims else None)


def known_keys() -> dict[str, Key]:
    """Return every key that ever signed QR codes here."""
    return {key.kid: key.as_key() for key in ResultKey.objects.order_by("id")}
