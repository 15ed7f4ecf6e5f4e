"""The acts of specialists, leaders and the clerk who seals."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse

from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.reject import reject_dossier
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.actions.send_back import send_back_dossier
from motcua.dossiers.api import kinds, shapes
from motcua.dossiers.api.answers import Json, brief, moment_of, write_once
from motcua.dossiers.api.outputs import DossierBrief
from motcua.dossiers.api.routes import router
from motcua.dossiers.api.uploads import ref_of
from motcua.identity.requests import actor_in


@router.post(
    "/dossiers/{int:dossier_id}/appraise",
    response=DossierBrief,
    operation_id="appraise_dossier",
    summary="Thẩm định, trình kết quả",
)
def appraise(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.AppraiseIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Nêu ý kiến, dự thảo kết quả (soạn nội dung hoặc đính kèm tệp) rồi trình bước sau."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = appraise_dossier(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            opinion=body.opinion,
            text=body.text,
            file=ref_of(actor, body.file, field="file") if body.file else None,
            is_negative=body.proposal == "reject",
            to_step=body.to_step,
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/send-back",
    response=DossierBrief,
    operation_id="send_back_dossier",
    summary="Trả lại bước trước",
)
def send_back(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.SendBackIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Trả hồ sơ về bước trước, có lý do."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = send_back_dossier(
            actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, reason=body.reason, to_step=body.to_step
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/approve", response=DossierBrief, operation_id="approve_dossier", summary="Phê duyệt"
)
def approve(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.ApproveIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Phê duyệt đúng phiên bản dự thảo đã đọc (`draft_number`)."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = approve_dossier(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            draft_number=body.draft_number,
            note=body.note,
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/reject", response=DossierBrief, operation_id="reject_dossier", summary="Không phê duyệt"
)
def reject(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.RejectIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Quyết định không giải quyết; lý do thành văn bản trả lời."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = reject_dossier(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            draft_number=body.draft_number,
            reason=body.reason,
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/seal", response=DossierBrief, operation_id="seal_dossier", summary="Cấp số, đóng dấu"
)
def seal(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.SealIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Cấp số cho kết quả và lưu bản chụp đã đóng dấu."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = seal_result(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            number=body.number,
            symbol=body.symbol,
            issued_on=body.issued_on,
            scan=ref_of(actor, body.scan, field="scan") if body.scan else None,
        )
        return brief(dossier)

    return write_once(request, key, act)
