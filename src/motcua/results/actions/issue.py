"""Vào sổ kết quả điện tử."""

import textwrap
from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.dossiers.models import Dossier, Result
from motcua.files.actions.hold import hold
from motcua.identity.terms import SYSTEM
from motcua.journal.actions import emit, record
from motcua.procedures.terms import ResultPaper
from motcua.results.actions.add_file import ARCHIVED, add_what_is_archived
from motcua.results.actions.keys import key_in_use
from motcua.results.events import ResultIssued
from motcua.results.models import IssuedResult, PaperFile, StoredPaper, with_all
from motcua.results.rules.codes import new_code
from motcua.results.rules.qr import LONGEST_NAME, Claims, signed_text
from motcua.results.rules.sharing import last_digits
from motcua.results.rules.validity import valid_until
from motcua.results.terms import PaperKind


@transaction.atomic
def issue_result(*, dossier_id: int, at: datetime) -> IssuedResult | None:
    """Vào sổ kết quả điện tử: the sealed result of a dossier becomes an entry of the register and a paper of its owner.

    The same result stands there once, however often this is called; when it comes with a file later, the file is
    added. One sealed anew, or handed over again after it was recalled, is a new version that replaces the one before.
    Returns None for a dossier without a sealed result.
    """
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related("owner", "agency").get(pk=dossier_id)
    result = Result.objects.filter(dossier=dossier, sealed_at__isnull=False).select_related("scan", "sealed_by").first()
    if result is None or result.issued_on is None or result.sealed_at is None:
        return None
    before = with_all(StoredPaper.objects.filter(dossier=dossier, kind=PaperKind.RESULT)).order_by("-version").first()
    if before is not None and not _is_other(before, result, at):
        _add_scan(before, result, at)
        return before.issued
    paper = _paper(dossier, result, before, at)
    issued = _enter(paper, dossier, result, at)
    emit(ResultIssued(paper_id=paper.pk, dossier_id=dossier.pk, code=issued.code, version=paper.version), at=at)
    data = {"code": dossier.code, "look_up": issued.code, "number": paper.number, "version": paper.version}
    record(SYSTEM, "result.issued", paper, at=at, data={**data, "sha256": _sha256(result)}, is_new=True)
    add_what_is_archived(paper, _sha256(result), at)
    return issued


def _is_other(before: StoredPaper, result: Result, at: datetime) -> bool:
    """Whether the dossier's result is not the one that stands in the register, or stands there revoked until now."""
    if before.issued.sealed_at != result.sealed_at:
        return True
    return before.is_revoked and before.revocation.revoked_at < at


def _paper(dossier: Dossier, result: Result, before: StoredPaper | None, at: datetime) -> StoredPaper:
    kind = _kind_of(dossier, result)
    issued_on = result.issued_on or at.date()
    paper = StoredPaper.objects.create(
        kind=PaperKind.RESULT,
        holder_name=dossier.owner.name,
        holder_id=dossier.owner.personal_id,
        holder_tax_code=dossier.owner.tax_code,
        paper_code=kind.code,
        name=result.name,  # its own where it has one: "Bản sao chứng thực: Bằng tốt nghiệp"
        number=str(result),
        issuer=dossier.agency.name,
        agency_id=dossier.agency_id,
        issued_on=issued_on,
        valid_from=issued_on,
        valid_to=valid_until(kind.validity, issued_on),
        validity_words=kind.validity,
        version=before.version + 1 if before else 1,
        replaces=before,
        dossier=dossier,
        deposited_at=at,
        deposited_by_id=result.sealed_by_id,
        deposited_by_name=result.sealed_by.full_name if result.sealed_by else SYSTEM.name,
    )
    _add_scan(paper, result, at)
    return paper


def _kind_of(dossier: Dossier, result: Result) -> ResultPaper:
    """What the procedure says of this result: the one of that name, else its first; a refusal is none of them."""
    if result.is_negative:
        return ResultPaper(name=result.name)
    known = dossier.definition.results
    return next((one for one in known if one.name == result.name), known[0] if known else ResultPaper(name=result.name))


def _add_scan(paper: StoredPaper, result: Result, at: datetime) -> None:
    if result.scan is None or paper.files.filter(blob_id=result.scan.blob_id).exists():
        return
    hold(result.scan.blob_id)
    reason = "" if not paper.files.exists() else ARCHIVED
    PaperFile.objects.create(
        paper=paper, blob_id=result.scan.blob_id, name=result.scan.name, reason=reason, added_at=at
    )
    if reason:
        record(SYSTEM, "result.file_added", paper, at=at, data={"sha256": result.scan.blob_id})


def _enter(paper: StoredPaper, dossier: Dossier, result: Result, at: datetime) -> IssuedResult:
    private, key = key_in_use(at=at)
    code = new_code()
    claims = Claims(
        agency_code=dossier.agency.agency_code or dossier.agency.slug,
        agency=_short(paper.issuer),
        code=code,
        paper_code=paper.paper_code,
        name=_short(paper.name),
        number=paper.number,
        issued_on=paper.issued_on or at.date(),
        holder=_short(paper.holder_name),
        holder_digits=last_digits(paper.holder_id or paper.holder_tax_code),
        version=paper.version,
        sha256=_sha256(result),
        valid_from=paper.valid_from,
        valid_to=paper.valid_to,
    )
    return IssuedResult.objects.create(
        paper=paper,
        code=code,
        sealed_at=result.sealed_at or at,
        signer_name=result.signer_name,
        signer_title=result.signer_title,
        is_negative=result.is_negative,
        qr_text=signed_text(claims, private, kid=key.kid, at=at, address=settings.BASE_URL),
        key=key,
    )


def _sha256(result: Result) -> str:
    return result.scan.blob_id if result.scan else ""


def _short(text: str) -> str:
    return textwrap.shorten(text, LONGEST_NAME, placeholder=" …")
