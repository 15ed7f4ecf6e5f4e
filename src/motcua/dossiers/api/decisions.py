"""The acts of specialists, leaders and the clerk who seals."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.reject import reject_dossier
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.actions.send_back import send_back_dossier
from motcua.dossiers.api import shapes
from motcua.dossiers.api.answers import brief, moment_of, write_once
from motcua.dossiers.api.uploads import ref_of
from motcua.identity.requests import actor_in

router = Router()


@router.post("/dossiers/{int:dossier_id}/appraise", summary="Thẩm định, trình kết quả")
def appraise(request: HttpRequest, dossier_id: int, body: shapes.AppraiseIn) -> HttpResponse:
    """State an opinion, draft the result, pass it on."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> tuple[int, dict[str, object]]:
        dossier = appraise_dossier(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            opinion=body.opinion,
            text=body.text,
            file=ref_of(actor, body.file, field="file") if body.file else None,
            is_negative=body.proposal == "reject",
            to_step=body.to_step,
            revision=body.revision,
        )
        return 200, brief(dossier)

    return write_once(request, act)


@router.post("/dossiers/{int:dossier_id}/send-back", summary="Trả lại bước trước")
def send_back(request: HttpRequest, dossier_id: int, body: shapes.SendBackIn) -> HttpResponse:
    """Return the dossier to an earlier step with the reason."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> tuple[int, dict[str, object]]:
        dossier = send_back_dossier(
            actor=actor, dossier_id=dossier_id, at=at, reason=body.reason, to_step=body.to_step, revision=body.revision
        )
        return 200, brief(dossier)

    return write_once(request, act)


@router.post("/dossiers/{int:dossier_id}/approve", summary="Phê duyệt")
def approve(request: HttpRequest, dossier_id: int, body: shapes.ApproveIn) -> HttpResponse:
    """Approve that very version of the draft."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> tuple[int, dict[str, object]]:
        dossier = approve_dossier(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            draft_number=body.draft_number,
            note=body.note,
            revision=body.revision,
        )
        return 200, brief(dossier)

    return write_once(request, act)


@router.post("/dossiers/{int:dossier_id}/reject", summary="Không phê duyệt")
def reject(request: HttpRequest, dossier_id: int, body: shapes.RejectIn) -> HttpResponse:
    """Decide against the application; the reason becomes a negative result."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> tuple[int, dict[str, object]]:
        dossier = reject_dossier(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            draft_number=body.draft_number,
            reason=body.reason,
            revision=body.revision,
        )
        return 200, brief(dossier)

    return write_once(request, act)


@router.post("/dossiers/{int:dossier_id}/seal", summary="Cấp số, đóng dấu")
def seal(request: HttpRequest, dossier_id: int, body: shapes.SealIn) -> HttpResponse:
    """Number the result and keep the scan of the sealed paper."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> tuple[int, dict[str, object]]:
        dossier = seal_result(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            number=body.number,
            symbol=body.symbol,
            issued_on=body.issued_on,
            scan=ref_of(actor, body.scan, field="scan") if body.scan else None,
            revision=body.revision,
        )
        return 200, brief(dossier)

    return write_once(request, act)
