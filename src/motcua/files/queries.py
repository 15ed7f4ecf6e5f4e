"""Reading what is kept. Who may read is decided by the room that refers to the blob."""

import contextlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final
from uuid import UUID

from django.conf import settings
from django.db import connection, models

from motcua.files.models import Blob, Upload
from motcua.files.rules.places import blob_path, quarantine_path
from motcua.files.terms import Fault, Limits, StoredFile
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotFound, Problem, RuleBroken

#: The folders below DATA/blobs and its quarantine.
FOLDERS: Final = tuple(f"{number:02x}" for number in range(256))


def limits() -> Limits:
    """Return the limits of this installation (`MOTCUA_MAX_UPLOAD_MB`)."""
    return Limits(size=settings.MAX_UPLOAD_BYTES)


def path_of(sha256: str) -> Path:
    """Return where the content lies; raises ValueError for anything but a SHA-256 in hex."""
    return blob_path(Path(settings.DATA_DIR), sha256)


def blob_of(sha256: str) -> Blob:
    """Return the blob; raises NotFound."""
    found = Blob.objects.filter(pk=sha256).first()
    if found is None:
        raise NotFound(_missing())
    return found


def open_blob(sha256: str) -> BinaryIO:
    """Open the content for reading, at its start; the caller closes it. Raises NotFound.

    It may be moved between shelf and quarantine at this moment: the shelf is looked at again at the end.
    """
    with contextlib.suppress(ValueError):
        shelf = path_of(sha256)
        for path in (shelf, quarantine_path(Path(settings.DATA_DIR), sha256), shelf):
            with contextlib.suppress(FileNotFoundError):
                return path.open("rb")
    raise NotFound(_missing())


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A kept content to be read where it is needed, also in a process without a database."""

    places: tuple[Path, ...]

    def made(self) -> bytes:
        """Read it; raises NotFound. It may be moved at this moment: the shelf is looked at again at the end."""
        for path in (*self.places, self.places[0]):
            with contextlib.suppress(FileNotFoundError):
                return path.read_bytes()
        raise NotFound(_missing())


def kept_paper(sha256: str) -> KeptPaper:
    """Return where a content is to be read; raises ValueError for anything but a SHA-256 in hex."""
    return KeptPaper((path_of(sha256), quarantine_path(Path(settings.DATA_DIR), sha256)))


def refuse_infected(blob: Blob) -> None:
    """Raise RuleBroken for a content in which malware was found: nobody reads it any more."""
    if blob.fault == Fault.INFECTED:
        raise RuleBroken(Problem("file_infected", "Tệp này có mã độc nên đã bị chặn; quản trị viên đã được báo."))


def _missing() -> Problem:
    return Problem("file_missing", "Không tìm thấy tệp này trong kho lưu trữ.")


@dataclass(frozen=True, slots=True)
class Miscount:
    """A blob whose counter differs from the rows that refer to it."""

    sha256: str
    references: int
    owners: int


def owner_columns() -> list[tuple[type[models.Model], str]]:
    """Return every model of every room with a foreign key to Blob, and the name of that field."""
    found = [
        (relation.related_model, relation.field.name)
        for relation in Blob._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel) and isinstance(relation.related_model, type)
    ]
    return sorted(found, key=lambda one: (one[0]._meta.label_lower, one[1]))


def owners_of(sha256: str) -> int:
    """Return how many rows refer to a blob."""
    columns = owner_columns()
    return sum(model._base_manager.filter(**{f"{field}_id": sha256}).count() for model, field in columns)


def where_used(names: Collection[str]) -> "dict[str, list[models.Model]]":
    """Return for each of these blobs the rows that refer to it, a row's dossier with it; one query for each column."""
    found: dict[str, list[models.Model]] = {name: [] for name in names}
    for model, field in owner_columns():
        rows = model._base_manager.filter(**{f"{field}__in": found}).order_by("pk")
        has_dossier = any(one.name == "dossier" for one in model._meta.fields)
        for row in rows.select_related("dossier") if has_dossier else rows:
            found[getattr(row, f"{field}_id")].append(row)
    return found


def recount(most: int = 1000) -> list[Miscount]:
    """Return the blobs whose counter is wrong, `most` at most. Reads every row that refers to a blob, in one query."""
    quote = connection.ops.quote_name
    rows = " UNION ALL ".join(
        f"SELECT {quote(f'{field}_id')} AS sha256 FROM {quote(model._meta.db_table)}"  # noqa: S608 (our own names)
        for model, field in owner_columns()
    )
    statement = f"""
        SELECT blob.sha256, blob."references", coalesce(owner.number, 0) FROM files_blob AS blob
        LEFT JOIN (SELECT sha256, count(*) AS number FROM ({rows}) AS one WHERE sha256 IS NOT NULL GROUP BY 1) AS owner
            ON owner.sha256 = blob.sha256
        WHERE blob."references" <> coalesce(owner.number, 0) ORDER BY 1 LIMIT %s"""  # noqa: S608 (as above)
    with connection.cursor() as cursor:
        cursor.execute(statement, [most])
        return [Miscount(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Condition:
    """How the store is: contents by fault, in quarantine, not scanned; the oldest and newest reading of all."""

    faults: dict[str, int]
    contents: int
    bytes: int
    quarantined: int
    not_scanned: int
    not_checked: int
    oldest_check: datetime | None
    newest_check: datetime | None


def condition() -> Condition:
    """Return how the store is: one pass over the rows of the contents."""
    found: dict[str, Any] = Blob.objects.aggregate(
        contents=models.Count("pk"),
        bytes=models.Sum("size"),
        quarantined=models.Count("quarantined_at"),
        not_scanned=models.Count("pk", filter=models.Q(scanned_at__isnull=True)),
        not_checked=models.Count("pk", filter=models.Q(checked_at__isnull=True)),
        oldest_check=models.Min("checked_at"),
        newest_check=models.Max("checked_at"),
    )
    return Condition(faults=_faults(), **{**found, "bytes": found["bytes"] or 0})


def faulty_blobs() -> "models.QuerySet[Blob]":
    """Return the contents that are missing, damaged or infected, the newest finding first."""
    return Blob.objects.exclude(fault="").order_by("-fault_found_at", "pk")


def fault_warning() -> str:
    """Say in one sentence that contents are lost, damaged or infected; "" when none is."""
    said = [f"{count} tệp {Fault(fault).label}" for fault, count in sorted(_faults().items())]
    return f"Kho tệp có {', '.join(said)}." if said else ""


def _faults() -> dict[str, int]:
    return dict(faulty_blobs().order_by().values_list("fault").annotate(count=models.Count("pk")))


def upload_of(actor: Actor, upload_id: str) -> Upload:
    """Return how far a file of the actor's has come; raises NotFound."""
    try:
        found = Upload.objects.filter(pk=UUID(upload_id), account_id=actor.account_id or 0).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound(Problem("no_upload", "Lần gửi tệp này không còn; hãy chọn lại tệp."))
    return found


def arrived(actor: Actor, upload_id: str) -> StoredFile:
    """Return a file of the actor's that came whole and was accepted; raises NotFound, Invalid with what was wrong."""
    found = upload_of(actor, upload_id)
    if found.problems:
        raise Invalid([Problem("file_refused", text) for text in found.problems])
    if found.blob is None:
        raise Invalid(Problem("file_on_its_way", f"Tệp «{found.name}» chưa gửi xong; hãy chọn lại tệp."))
    return StoredFile(found.blob.sha256, found.blob.size, found.blob.media_type, found.name)
