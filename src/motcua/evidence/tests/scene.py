"""A small log with signed heads, and ways to tamper with it as somebody who owns the database."""

import importlib.util
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import connection, transaction

from motcua.evidence.actions.check_log import check_log
from motcua.evidence.actions.make_head import make_head
from motcua.evidence.actions.sequence import sequence_all
from motcua.evidence.models import Head
from motcua.evidence.providers.keys import new_key, read_key
from motcua.evidence.queries.bundle import Wanted, write_bundle
from motcua.evidence.queries.heads import origin_of_log
from motcua.evidence.terms import Finding
from motcua.files.actions.store import store_paper
from motcua.journal.actions.note_reading import note_reading
from motcua.journal.actions.record import record
from motcua.journal.models import Entry, StoredReply
from motcua.journal.terms import ReadingKind
from motcua.journal.tests.test_record import AT, Clerk

ROOT = Path(__file__).resolve().parents[4]


def load_verifier() -> ModuleType:
    """Load the stand-alone verifier from its file, as somebody without our software runs it."""
    spec = importlib.util.spec_from_file_location("verify_evidence", ROOT / "verifier" / "motcua_verify_evidence.py")
    if spec is None or spec.loader is None:
        raise ImportError("the stand-alone verifier is not there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VERIFIER = load_verifier()


@dataclass
class Scene:
    """A log of nine acts on three things, readings, a file that an act attached, and a head after every third act."""

    folder: Path
    key: Path
    settings: Any
    entries: list[Entry] = field(default_factory=list)
    blob: str = ""
    at: datetime = AT

    def act(self, thing: StoredReply, verb: str, **data: Any) -> Entry:
        """Do something to a thing."""
        with transaction.atomic():
            entry = record(Clerk(), verb, thing, at=self.at, data={"code": f"H49.{thing.key}", **data})
        self.entries.append(entry)
        return entry

    def thing(self, key: str) -> StoredReply:
        """Return a thing to act on."""
        return StoredReply.objects.get_or_create(
            scope="evidence", key=key, defaults={"fingerprint": "f", "status": 200}
        )[0]

    def head(self) -> Head:
        """Take everything in and sign a head."""
        self.at += timedelta(minutes=5)
        sequence_all(at=self.at)
        made = make_head(at=self.at)
        assert made is not None
        return made

    def public_key(self) -> str:
        """Return the public key as the auditor holds it."""
        return read_key(self.key, pin="", name=origin_of_log()).public.text()

    def findings(self, *, earlier: Sequence[str] = ()) -> list[Finding]:
        """Return what `motcua evidence check --blobs` finds."""
        return list(check_log(actor=Clerk(), at=self.at, with_blobs=True, earlier=earlier).findings)

    def export(self, name: str = "bundle.zip", **wanted: Any) -> Path:
        """Write a bundle with the contents of its files."""
        path = self.folder / name
        write_bundle(path, Wanted(with_blobs=True, **wanted), at=self.at)
        return path

    def verify(self, *more: str, bundle: Path | None = None) -> tuple[int, list[str]]:
        """Run the stand-alone verifier on a fresh export; return its exit code and its findings' sentences."""
        path = bundle or self.export()
        out = run_verifier([str(path), "--key", self.public_key(), *more])
        return out[0], [one["message"] for one in out[1].get("findings", [])] or [out[1].get("error", "")]


def run_verifier(arguments: list[str]) -> tuple[int, dict[str, Any]]:
    """Run its main function with `--json`; return the exit code and what it printed."""
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = VERIFIER.main([*arguments, "--json"])
    return int(code), json.loads(out.getvalue())


def make_scene(folder: Path, settings: Any) -> Scene:
    """Make the log."""
    key = folder / "outside" / "head.pem"
    settings.DATA_DIR = folder / "data"
    settings.DATA_DIR.mkdir()
    new_key(key, data=settings.DATA_DIR)
    settings.EVIDENCE_KEY = str(key)
    scene = Scene(folder, key, settings)
    paper = store_paper(b"%PDF-1.7 to khai", name="to-khai.pdf", at=AT)
    scene.blob = paper.sha256
    things = [scene.thing(name) for name in "abc"]
    for step in ("submitted", "received", "approved"):
        for thing in things:
            more = {"file": paper.sha256} if (step, thing.key) == ("submitted", "b") else {}
            scene.act(thing, f"dossier.{step}", **more)
        note_reading(Clerk(), things[0], kind=ReadingKind.WORK, purpose=step, at=scene.at, code="H49.a")
        scene.head()
    return scene


@contextmanager
def as_superuser(*tables: str) -> Iterator[Any]:
    """Tamper as whoever owns the database: triggers off, and on again afterwards."""
    named = tables or ("journal_entry", "journal_reading", "evidence_leaf", "evidence_head", "evidence_stamp")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in named:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in named:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
