"""Xác nhận số hóa: pages, values and signature in one gesture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.agencies.queries import unit
from motcua.dossiers.actions.digitise import Scan, attach_scans
from motcua.dossiers.models import Attachment
from motcua.dossiers.rules.application import FileRef
from motcua.files.actions.store import store_paper
from motcua.files.terms import StoredFile
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean
from motcua.scanning.access import get_stack, lock_stack
from motcua.scanning.actions.binding import Pen, pdf_of, signed_by_digitiser, unsigned, with_key
from motcua.scanning.actions.let_go import let_go
from motcua.scanning.events import PaperDigitised
from motcua.scanning.models import DigitisedPaper, Stack
from motcua.scanning.queries import Laid, Paper, laid_out, next_versions, signature_demanded
from motcua.scanning.rules.numbers import digitised_number, file_name
from motcua.scanning.rules.papers import value_problems
from motcua.scanning.terms import Purpose, StackState
from motcua.signing.pades.sign import Signed
from motcua.trust.terms import Level


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the clerk confirms: the revision they saw, the values by the names of the form, with which key."""

    revision: int
    values: Mapping[str, str] = field(default_factory=dict)
    pen: Pen = field(default_factory=Pen)


def confirm_stack(*, actor: Actor, stack_id: int, confirmed: Confirmed, at: datetime) -> list[DigitisedPaper]:
    """Xác nhận số hóa: every paper becomes a PDF/A, signed by the clerk, and takes its place in the dossier.

    Bound and signed outside the transaction; inside it nothing is done when somebody arranged pages meanwhile. The
    stack as it came is let go then. Raises Invalid with every problem of the values, RuleBroken, Conflict.
    """
    stack, papers = ready_papers(actor, stack_id, confirmed, at)
    signed = _signed(actor, stack, papers, confirmed.pen, at)
    names = [file_name(one.number) for one in papers]
    files = [store_paper(one.content, name=name, at=at) for one, name in zip(signed, names, strict=True)]
    levels = [one.level for one in signed]
    return write_papers(actor, stack_id, confirmed, Made(papers, levels, files), at)


@dataclass(frozen=True, slots=True)
class Ready:
    """A paper that may be signed: its number and its values."""

    paper: Paper
    number: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """Papers with their signed files, in order."""

    papers: Sequence[Ready]
    levels: Sequence[Level]
    files: Sequence[StoredFile]


def ready_papers(actor: Actor, stack_id: int, confirmed: Confirmed, at: datetime) -> tuple[Stack, list[Ready]]:
    """Return the papers of a stack as they were confirmed; raises Invalid with every problem, RuleBroken, Conflict."""
    with transaction.atomic():
        lock_stack(actor, stack_id, at=at, revision=confirmed.revision)
    stack = get_stack(actor, stack_id)
    laid = laid_out(stack)
    values = _values(laid, confirmed.values)
    if problems := _problems(stack, laid, values, confirmed.pen):
        raise Invalid(problems)
    return stack, [Ready(paper, _number(stack, paper), values[place]) for place, paper in enumerate(laid.papers)]


def _values(laid: Laid, typed: Mapping[str, str]) -> list[dict[str, str]]:
    """The values of each paper by the key of their field; what the form did not bring is what was read."""
    return [
        {one.field.key: clean(typed.get(one.name, one.found.value)) for one in paper.values} for paper in laid.papers
    ]


def _problems(stack: Stack, laid: Laid, values: Sequence[Mapping[str, str]], pen: Pen) -> list[Problem]:
    problems = []
    if stack.purpose != Purpose.DIGITISE:
        problems.append(Problem("other_purpose", "Xấp giấy này để chứng thực bản sao điện tử."))
    if laid.homeless:
        message = f"Còn {len(laid.homeless)} trang chưa thuộc giấy tờ nào; hãy chuyển vào giấy tờ hoặc bỏ trang."
        problems.append(Problem("homeless_pages", message))
    if not laid.papers:
        problems.append(Problem("no_papers", "Chưa có giấy tờ nào để số hóa."))
    if signature_demanded(stack.dossier) and not pen.key_ref:
        message = "Bản số hóa phải được cán bộ số hóa ký số; hãy chọn chứng thư số và nhập PIN."
        problems.append(Problem("signature_demanded", message, "key_ref", "Thông tư 01/2023/TT-VPCP"))
    for paper, said in zip(laid.papers, values, strict=True):
        fields = [one.field for one in paper.values]
        problems += value_problems(paper.grouped, fields, said, name=paper.name)
    return problems


def _number(stack: Stack, paper: Paper) -> str:
    owner = stack.dossier.owner
    code = paper.component.key if not paper.grouped.part else f"{paper.component.key}-{paper.grouped.part + 1}"
    return digitised_number(owner.personal_id or owner.tax_code, stack.dossier.procedure.code, code)


def _signed(actor: Actor, stack: Stack, papers: Sequence[Ready], pen: Pen, at: datetime) -> list[Signed]:
    agency = unit(unit(stack.dossier.desk_id).agency_id).name
    contents = [pdf_of(one.paper, number=one.number, author=agency, at=at) for one in papers]
    if not pen.key_ref:
        return unsigned(contents)
    return with_key(
        actor,
        pen,
        at,
        lambda key, stamper: signed_by_digitiser(contents, actor=actor, agency=agency, at=at, key=key, stamper=stamper),
    )


@transaction.atomic
def write_papers(actor: Actor, stack_id: int, confirmed: Confirmed, made: Made, at: datetime) -> list[DigitisedPaper]:
    """Give signed papers their places in the dossier and let the stack go; raises Conflict when it was rearranged."""
    stack = lock_stack(actor, stack_id, at=at, revision=confirmed.revision)
    scans = [
        Scan(one.paper.component.key, FileRef(file.sha256, file.name), len(one.paper.pages))
        for one, file in zip(made.papers, made.files, strict=True)
    ]
    dossier, attachments = attach_scans(actor=actor, dossier_id=stack.dossier_id, at=at, scans=scans)
    versions = next_versions(dossier, [one.number for one in made.papers])
    is_signed = bool(confirmed.pen.key_ref)
    papers = [
        _paper(actor, stack, ready, attachment, versions[ready.number], level if is_signed else None, at)
        for ready, attachment, level in zip(made.papers, attachments, made.levels, strict=True)
    ]
    let_go(stack, StackState.CONFIRMED, at=at)
    data = {"code": dossier.code, "numbers": [one.number for one in papers], "signed": is_signed}
    record(actor, "stack.confirmed", stack, at=at, data=data)
    return papers


def _paper(
    actor: Actor,
    stack: Stack,
    ready: Ready,
    attachment: Attachment,
    version: int,
    level: Level | None,
    at: datetime,
) -> DigitisedPaper:
    dossier, component = stack.dossier, ready.paper.component
    paper = DigitisedPaper.objects.create(
        dossier=dossier,
        component=component,
        attachment=attachment,
        stack=stack,
        number=ready.number,
        version=version,
        name=ready.paper.name,
        pages=len(ready.paper.pages),
        values=_kept_values(ready),
        agency_id=unit(dossier.desk_id).agency_id,
        digitised_by_id=actor.known_id,
        digitised_by_name=actor.name,
        digitised_at=at,
        is_signed=level is not None,
        level=level.value if level else "",
    )
    data = {"code": dossier.code, "number": paper.number, "file": attachment.blob_id, "paper": component.key}
    record(actor, "paper.digitised", paper, at=at, data=data, is_new=True)
    event = PaperDigitised(
        paper_id=paper.pk,
        dossier_id=dossier.pk,
        component_key=component.key,
        number=paper.number,
        title=paper.name,
        sha256=attachment.blob_id,
        owner_id=dossier.owner.personal_id,
        owner_name=dossier.owner.name,
        tax_code=dossier.owner.tax_code,
        agency_id=paper.agency_id,
        is_signed=paper.is_signed,
    )
    emit(event, at=at)
    return paper


def _kept_values(ready: Ready) -> list[dict[str, Any]]:
    return [
        {
            "key": one.field.key,
            "label": one.field.label,
            "kind": one.field.kind,
            "value": ready.values[one.field.key],
            "read": one.found.value,
            "confidence": one.found.confidence,
            "page": one.found.page + 1,
        }
        for one in ready.paper.values
    ]
