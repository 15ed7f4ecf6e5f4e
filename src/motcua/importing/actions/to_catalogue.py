"""Đưa bản ghi quốc gia vào danh mục thủ tục."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.identity.terms import Actor
from motcua.importing.models import SourceRecord
from motcua.importing.national.difference import offered
from motcua.importing.terms import KIND_RANK, Kind
from motcua.procedures.actions import create_draft_version, import_definition
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.terms import Definition


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stood: which of its code in the file, the file's name, the row."""

    occurrence: int
    file: str
    row: int | None


@dataclass(frozen=True, slots=True)
class Put:
    """What became of the catalogue; `keeps_own`: what holds stays (people's own, or a richer record's).

    `was_there`: the procedure was in the catalogue before; `notes` are (code, sentence).
    """

    is_written: bool = False
    was_there: bool = False
    keeps_own: bool = False
    notes: tuple[tuple[str, str], ...] = ()


def put_into_catalogue(*, actor: Actor, source: SourceRecord, definition: Definition, at: datetime) -> Put:
    """Đưa vào danh mục: publish what the record says, unless a richer record or people's own version holds.

    Runs in the transaction that keeps the record. Raises NotPermitted.
    """
    if source.occurrence > 1:
        return Put()
    procedure = Procedure.objects.filter(code=source.code).first()
    if _has_richer(source):
        return _kept("richer_record", "Đã có bản ghi chi tiết hơn của mã này; bản này chỉ được lưu.")
    if procedure is None:
        return _published(actor, source, definition, at, was_there=False)
    live = procedure.versions.filter(published_at__isnull=False, valid_to__isnull=True).first()
    if live is not None and not SourceRecord.objects.filter(version=live).exists():
        return _draft_offered(actor, live, definition, at)
    if live is None and procedure.versions.filter(published_at__isnull=False).exists():
        return _kept("retired_here", "Thủ tục đã bãi bỏ tại đây: chỉ lưu bản ghi, không công bố lại.")
    return _published(actor, source, definition, at, was_there=True)


def _kept(code: str, message: str) -> Put:
    return Put(keeps_own=True, was_there=True, notes=((code, message),))


def _has_richer(source: SourceRecord) -> bool:
    rank = KIND_RANK[_kind(source.kind)]
    richer = [kind for kind, other in KIND_RANK.items() if other > rank]
    return SourceRecord.objects.filter(code=source.code, kind__in=richer).exists()


def _kind(text: str) -> Kind:
    return next(kind for kind in KIND_RANK if kind == text)


def _published(actor: Actor, source: SourceRecord, definition: Definition, at: datetime, *, was_there: bool) -> Put:
    """Publish it, beside a draft that people work on; where a rule forbids that, the record is kept and it is told."""
    with transaction.atomic():
        outcome = import_definition(actor=actor, definition=definition, at=at)
    if outcome.result == "refused":
        notes = tuple(
            (problem.code, f"Đã lưu nhưng chưa công bố được: {problem.message}") for problem in outcome.problems
        )
        return Put(was_there=was_there, notes=notes)
    source.version = ProcedureVersion.objects.filter(
        procedure__code=source.code, published_at__isnull=False, valid_to__isnull=True
    ).first()
    source.save(update_fields=["version"])
    return Put(is_written=True, was_there=was_there)


def _draft_offered(actor: Actor, live: ProcedureVersion, definition: Definition, at: datetime) -> Put:
    """People's own version holds; what the record says otherwise is offered as a draft where there is none."""
    if live.procedure.versions.filter(published_at__isnull=True).exists():
        message = "Thủ tục có cấu hình riêng và đang có bản soạn dở: chỉ lưu bản ghi."
        return _kept("own_version_kept", message)
    draft = offered(live.content, definition)
    if draft is None:
        message = "Thủ tục có cấu hình riêng, không khác bản ghi quốc gia."
        return _kept("own_version_kept", message)
    create_draft_version(actor=actor, definition=draft, at=at)
    message = "Thủ tục có cấu hình riêng nên giữ nguyên; chỗ khác với bản ghi quốc gia nằm ở bản soạn mới để xem."
    return Put(is_written=True, keeps_own=True, was_there=True, notes=(("difference_offered", message),))
