"""The draft of a result as the paper that is initialled, and later signed by the leader (ADR 0025)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import pikepdf

from motcua.agencies.queries import unit as unit_by_id
from motcua.dossiers.models import Dossier, DraftInitials, DraftResult
from motcua.dossiers.papers.result import blank_signing, compose_result
from motcua.files.queries import open_blob
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.signing.appearance.blanks import rooms_of
from motcua.signing.appearance.places import place_of
from motcua.signing.appearance.stamps import initial_stamp
from motcua.signing.pades.many import Job
from motcua.signing.queries.images import seal_picture_of, seal_size, signature_picture_of
from motcua.signing.terms import Placement, SignaturePlan
from motcua.trust.terms import Role

ROLE_OF: Final = {"content": Role.INITIAL_CONTENT, "form": Role.INITIAL_FORM}
_SIGNER_FIELD, _SEAL_FIELD = "signer-1", "seal-1"


def role_at(dossier: Dossier) -> Role | None:
    """Return what whoever hands on from the dossier's step initials; None for nothing."""
    return ROLE_OF.get(dossier.step.initials)


def asks_initials(dossier: Dossier) -> bool:
    """Return whether any step of the dossier's process has initials."""
    return any(step.initials for step in dossier.definition.steps)


def later_roles(dossier: Dossier, *, after: Role) -> tuple[Role, ...]:
    """Return the initials that other steps of the process give, so that their fields are made with the first."""
    asked = {ROLE_OF[step.initials] for step in dossier.definition.steps if step.initials}
    return tuple(sorted(asked - {after}))


def standing(draft: DraftResult) -> list[DraftInitials]:
    """Return the initials on that version of the draft, in the order they were made."""
    if draft.pk is None:
        return []
    return sorted(draft.initials.all(), key=lambda one: (one.at, one.pk))


def refuse_without_initials(dossier: Dossier, *, is_new: bool) -> None:
    """Raise Invalid when the step demands initials on the draft that is handed on and it has none (`is_new`: never)."""
    if not dossier.step.initials_required or (role := role_at(dossier)) is None:
        return
    latest = None if is_new else dossier.drafts.order_by("-number").first()
    if latest is not None and role in {one.role for one in standing(latest)}:
        return
    message = (
        f"Bước này phải {role.label.lower()} dự thảo: hãy chọn khóa ký, nhập PIN rồi chuyển. Chưa có khóa thì đưa khóa "
        "vào ở mục Tài khoản, hoặc nhờ người quản trị xin cấp chứng thư."
    )
    raise Invalid(Problem("initials_demanded", message, "key_ref"))


def first_paper(dossier: Dossier, draft: DraftResult, symbol: str, at: datetime) -> bytes:
    """Return the draft as PDF with rooms for number, day and signer; an attached PDF byte for byte."""
    return compose_result(dossier, draft, blank_signing(symbol, at), at=at)


def last_paper(dossier: Dossier, initials: Sequence[DraftInitials]) -> bytes:
    """Return the paper with the initials made last; raises RuleBroken when the dossier says something else since.

    The paper must begin, byte for byte, with what the draft gives now: whoever initialled has seen just that.
    """
    first, last = initials[0], initials[-1]
    with open_blob(last.paper.blob_id) as content:
        pdf = content.read()
    if not pdf.startswith(first_paper(dossier, first.draft, first.symbol, first.at)):
        names = ", ".join(one.name for one in initials)
        message = f"Hồ sơ đã đổi sau khi {names} ký nháy, chữ ký nháy không còn đúng: hãy trả lại để ký nháy lại."
        raise RuleBroken(Problem("initials_fell", message))
    return pdf


def initialled_paper(dossier: Dossier, draft: DraftResult, symbol: str) -> bytes | None:
    """Return the initialled paper that the leader signs, None for a draft without initials; raises RuleBroken."""
    found = standing(draft)
    if not found:
        return None
    if found[0].symbol != symbol:
        both = f"Ký hiệu trên bản ký nháy ({found[0].symbol}) khác ký hiệu sẽ cấp ({symbol})"
        message = f"{both}: hãy trả lại để ký nháy lại."
        raise RuleBroken(Problem("initials_fell", message))
    return last_paper(dossier, found)


def plan_of(
    pdf: bytes, role: Role, *, actor: Actor, agency_id: int, at: datetime, later: Sequence[Role], is_first: bool
) -> Job:
    """Return the job of these initials; the first keep rooms and fields for everything that comes later."""
    plan = SignaturePlan(
        name=f"{role.value}-1",
        role=role,
        at=at,
        reason=role.label,
        place=unit_by_id(agency_id).name,
        placement=_place(pdf, role),
        appearance=initial_stamp(signature_picture_of(actor.known_id), name=actor.name),
        blanks=rooms_of(pdf) if is_first else (),
    )
    if not is_first:
        return Job(pdf, plan)
    size = seal_size(seal_picture_of(agency_id))
    empty = [SignaturePlan(f"{one.value}-1", one, at, placement=_place(pdf, one)) for one in later]
    empty.append(SignaturePlan(_SIGNER_FIELD, Role.SIGNER, at, placement=_place(pdf, Role.SIGNER)))
    empty.append(SignaturePlan(_SEAL_FIELD, Role.SEAL, at, placement=_place(pdf, Role.SEAL, size)))
    return Job(pdf, plan, tuple(empty))


def _place(pdf: bytes, role: Role, size: tuple[float, float] | None = None) -> Placement:
    try:
        return place_of(pdf, role, size=size)
    except pikepdf.PdfError as error:
        message = "Tệp PDF đính kèm bị khóa hoặc hỏng nên không ký được; hãy đính kèm bản khác."
        raise RuleBroken(Problem("pdf_closed", message)) from error
