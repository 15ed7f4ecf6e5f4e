"""An evidence bundle: what somebody needs to check the log, or one dossier's part of it, without our software."""

import base64
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from django.db import connection
from django.db.models import Q

from motcua.evidence.models import Head, Leaf
from motcua.evidence.queries.beside import rows_beside, words_beside
from motcua.evidence.queries.check_rows import rows_outside
from motcua.evidence.queries.heads import head_of_size, origin_of_log
from motcua.evidence.queries.rows import ENTRIES_BY_ID, READINGS_BY_ID
from motcua.evidence.queries.tree import head_covering, latest_head, prove, prove_growth, tree_size
from motcua.evidence.rules.leaves import Row, entry_row, reading_row
from motcua.evidence.terms import LeafKind
from motcua.files.queries import open_blob
from motcua.journal.models import Entry
from motcua.kernel.errors import NotFound, Problem

FORMAT: Final = "motcua-evidence-1"
_NAMES: Final = {
    LeafKind.ORIGIN: "origin",
    LeafKind.ENTRY: "entry",
    LeafKind.READING: "reading",
    LeafKind.BLOB: "blob",
}
_AT_ONCE: Final = 2000
_DIGEST: Final = re.compile(r"\b[0-9a-f]{64}\b")
_ROWS: Final = ((LeafKind.ENTRY, ENTRIES_BY_ID, entry_row), (LeafKind.READING, READINGS_BY_ID, reading_row))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What goes into a bundle: one dossier's part by its code, or everything; sizes of heads kept elsewhere."""

    code: str = ""
    with_blobs: bool = False
    sizes: Sequence[int] = ()
    verbs: Mapping[str, str] = field(default_factory=dict)


def write_bundle(path: Path, wanted: Wanted, *, at: datetime) -> int:
    """Write the bundle; return how many leaves it has. Raises NotFound for a code that no leaf speaks of."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        heads = _heads_for(wanted)
        digests: dict[str, None] = {}
        count = 0
        with bundle.open("leaves.jsonl", "w", force_zip64=True) as file:
            for line in _lines(wanted, digests):
                file.write(_json(line))
                count += 1
        if wanted.code and not count:
            raise NotFound(Problem("no_evidence", "Sổ bằng chứng chưa có việc nào của hồ sơ này."))
        _put(bundle, "outside.jsonl", _outside(wanted))
        with bundle.open("rows.jsonl", "w", force_zip64=True) as file:
            file.writelines(map(_json, rows_beside(wanted.code)))
        _put(bundle, "heads.jsonl", (_head_line(head) for head in heads))
        _put(bundle, "consistency.jsonl", _growth(heads) if wanted.code else ())
        _put(bundle, "blobs.jsonl", _blobs(bundle, list(digests), wanted))
        bundle.writestr("manifest.json", json.dumps(_manifest(wanted, at), ensure_ascii=False, indent=1))
    return count


def _manifest(wanted: Wanted, at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "origin": origin_of_log(),
        "scope": "dossier" if wanted.code else "all",
        "code": wanted.code,
        "size": tree_size(),
        "made_at": at.isoformat(),
        "with_blobs": wanted.with_blobs,
        "verbs": dict(wanted.verbs),
        "words": words_beside(),
    }


def _heads_for(wanted: Wanted) -> list[Head]:
    """Return the heads that go in: all, or for one dossier the newest, the first over each act, those asked for."""
    if not wanted.code:
        return list(Head.objects.order_by("id"))
    found = [latest_head(), *(head_of_size(size) for size in wanted.sizes)]
    found += [head_covering(seq) for seq in _leaves_of(wanted.code).values_list("seq", flat=True)]
    return sorted({head.size: head for head in found if head}.values(), key=lambda head: head.size)


def _leaves_of(code: str) -> Any:
    """Return the leaves that speak of a dossier, and those of every further act on the same objects."""
    named = Leaf.objects.filter(about__code=code)
    objects = {str(one) for one in named.values_list("about__object", flat=True)}
    ids: list[int] = []
    for thing in objects:
        object_type, _, object_id = thing.partition(" ")
        ids += Entry.objects.filter(object_type=object_type, object_id=object_id).values_list("pk", flat=True)
    return Leaf.objects.filter(Q(about__code=code) | Q(kind=LeafKind.ENTRY, source_id__in=ids)).order_by("seq")


def _lines(wanted: Wanted, digests: dict[str, None]) -> Iterator[dict[str, Any]]:
    if not wanted.code:
        yield from _stretches(digests)
        return
    leaves = list(_leaves_of(wanted.code))
    lines = list(_told(leaves, digests))
    files = list(Leaf.objects.filter(subject__in=list(digests)).order_by("seq"))
    for leaf, line in zip([*leaves, *files], [*lines, *_told(files, {})], strict=True):
        proof = prove(leaf)
        if proof:
            line |= {"head": proof.head.size, "path": [one.hex() for one in proof.path]}
        yield line


def _stretches(digests: dict[str, None]) -> Iterator[dict[str, Any]]:
    last = -1
    while leaves := list(Leaf.objects.filter(seq__gt=last).order_by("seq")[:_AT_ONCE]):
        yield from _told(leaves, digests)
        last = leaves[-1].seq


def _told(leaves: Sequence[Leaf], digests: dict[str, None]) -> Iterator[dict[str, Any]]:
    """Yield the line of each leaf, its row's content with it; notes the files that are spoken of."""
    rows = {kind: _rows(sql, as_row, kind, leaves) for kind, sql, as_row in _ROWS}
    for leaf in leaves:
        kind = LeafKind(leaf.kind)
        row = rows[kind].get(leaf.source_id or 0) if kind in rows else None
        content = row.content.decode() if row else (None if kind in rows else leaf.content)
        if kind == LeafKind.BLOB:
            digests[leaf.subject] = None
        elif row:
            digests.update(dict.fromkeys(_digests_in(row)))
        about = {} if kind not in rows else leaf.about
        line = {
            "seq": leaf.seq,
            "kind": _NAMES[kind],
            "hash": bytes(leaf.hash).hex(),
            "content": content,
            "about": about,
        }
        yield line | ({"subject": leaf.subject} if leaf.subject else {"id": leaf.source_id})


def _digests_in(row: Row) -> list[str]:
    """Return what may be a file's SHA-256 in the data of an entry."""
    if row.kind != LeafKind.ENTRY:
        return []
    return _DIGEST.findall(str(json.loads(row.content)["data"]))


def _rows(sql: str, as_row: Any, kind: LeafKind, leaves: Iterable[Leaf]) -> dict[int, Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [[leaf.source_id for leaf in leaves if leaf.kind == kind]])
        return {row.source_id: row for row in map(as_row, cursor.fetchall())}


def _outside(wanted: Wanted) -> Iterator[dict[str, Any]]:
    """Yield the rows that are not in the log though they should be; not those that only wait for their turn."""
    for row in rows_outside():
        if not wanted.code or row.about["code"] == wanted.code:
            line = {"seq": None, "kind": _NAMES[row.kind], "id": row.source_id}
            yield {**line, "content": row.content.decode(), "about": row.about}


def _head_line(head: Head) -> dict[str, Any]:
    return {"note": head.note, "stamps": [base64.b64encode(one.token).decode() for one in head.stamps.order_by("id")]}


def _growth(heads: Sequence[Head]) -> Iterator[dict[str, Any]]:
    for old, new in pairwise(heads):
        yield {"from": old.size, "to": new.size, "path": [one.hex() for one in prove_growth(old.size, new.size)]}


def _blobs(bundle: zipfile.ZipFile, digests: Sequence[str], wanted: Wanted) -> Iterator[dict[str, Any]]:
    """Yield a line for each file of the log; its content goes into the bundle when that is wanted."""
    for start in range(0, len(digests), _AT_ONCE):
        some = digests[start : start + _AT_ONCE]
        gone = Entry.objects.filter(object_type="files.blob", object_id__in=some, verb="blob.removed")
        removed = set(gone.values_list("object_id", flat=True))
        for leaf in Leaf.objects.filter(subject__in=some).order_by("seq"):
            size = json.loads(leaf.content)["size"]
            yield {"seq": leaf.seq, "sha256": leaf.subject, "size": size, "removed": leaf.subject in removed}
            if wanted.with_blobs:
                _put_content(bundle, leaf.subject)


def _put_content(bundle: zipfile.ZipFile, digest: str) -> None:
    try:
        with open_blob(digest) as source:
            content = source.read()
    except (NotFound, OSError):
        return
    bundle.writestr(f"blobs/{digest[:2]}/{digest[2:]}", content)


def _put(bundle: zipfile.ZipFile, name: str, lines: Iterable[dict[str, Any]]) -> None:
    bundle.writestr(name, b"".join(map(_json, lines)))


def _json(line: Mapping[str, Any]) -> bytes:
    return json.dumps(line, ensure_ascii=False).encode() + b"\n"


def proof_json(leaf: Leaf) -> dict[str, Any]:
    """Return the proof of one act as JSON values; its head and path are there once a head has it."""
    line = next(iter(_told([leaf], {})))
    proof = prove(leaf)
    if proof:
        line |= {"head": proof.head.size, "path": [one.hex() for one in proof.path], "note": proof.head.note}
    return {"format": FORMAT, "origin": origin_of_log(), **line}
