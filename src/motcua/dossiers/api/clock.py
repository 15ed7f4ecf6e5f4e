"""The acts of the clock, of endings and of new beginnings."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse

from motcua.dossiers.actions.apologise import apologise
from motcua.dossiers.actions.apology import draft_apology, drop_apology
from motcua.dossiers.actions.extend import extend_dossier
from motcua.dossiers.actions.fulfil_obligation import fulfil_obligation
from motcua.dossiers.actions.recall import recall_result
from motcua.dossiers.actions.renew import renew_dossier
from motcua.dossiers.actions.reopen import reopen_dossier
from motcua.dossiers.actions.request_obligation import request_obligation
from motcua.dossiers.actions.resume import resume_dossier
from motcua.dossiers.actions.stop import refuse_supplement, stop_dossier
from motcua.dossiers.actions.suspend import suspend_dossier
from motcua.dossiers.api import kinds
from motcua.dossiers.api import shapes_clock as shapes
from motcua.dossiers.api.answers import Json, brief, moment_of, write_once
from motcua.dossiers.api.outputs import DossierBrief, LateCauses
from motcua.dossiers.api.routes import router
from motcua.dossiers.api.shapes import ActIn
from motcua.dossiers.api.uploads import ref_of
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.rules.causes import LATE_CAUSES, Notice, Proof, Stopping
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor

_NOTICE = ("title", "amount", "number", "on", "pay_until", "pay_at")
_PROOF = ("number", "on", "amount", "note")
_STOPPING = ("ground", "reason", "basis", "asked_on", "fees", "papers")
_DECISION = ("decision_number", "decided_on", "reason")


@router.get(
    "/dossiers/late-causes",
    response=LateCauses,
    operation_id="list_late_causes",
    summary="Danh mục nguyên nhân trễ hạn",
)
def late_causes(request: HttpRequest) -> Json:  # noqa: ARG001 (a list open to every signed-in account)
    """Các nguyên nhân dùng trong `cause` của văn bản xin lỗi."""
    return {"causes": [{"code": code, "name": name} for code, name in LATE_CAUSES.items()]}


@router.post(
    "/dossiers/{int:dossier_id}/suspend",
    response=DossierBrief,
    operation_id="suspend_dossier",
    summary="Tạm dừng tính thời hạn",
)
def suspend(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.SuspendIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Lãnh đạo đơn vị dừng tính thời hạn vì một lý do mà quy định cho phép."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = suspend_dossier(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            kind=body.kind,
            reason=body.reason,
            basis=body.basis,
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/resume",
    response=DossierBrief,
    operation_id="resume_dossier",
    summary="Tiếp tục tính thời hạn",
)
def resume(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.ResumeIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Thời hạn chạy tiếp; hẹn trả lùi bằng thời gian làm việc đã tạm dừng."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = resume_dossier(actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, note=body.note)
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/request-obligation",
    response=DossierBrief,
    operation_id="request_obligation",
    summary="Yêu cầu nghĩa vụ tài chính",
)
def request_obligation_now(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.RequestObligationIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Báo người nộp khoản phải nộp theo thông báo; thời hạn tạm dừng."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = request_obligation(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            notice=Notice(**_said(body, _NOTICE)),
            file=_file(actor, body.file),
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/fulfil-obligation",
    response=DossierBrief,
    operation_id="fulfil_obligation",
    summary="Xác nhận nghĩa vụ tài chính",
)
def fulfil_obligation_now(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.FulfilObligationIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Có chứng từ nộp tiền; thời hạn chạy tiếp."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = fulfil_obligation(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            proof=Proof(**_said(body, _PROOF)),
            file=_file(actor, body.file),
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/extend",
    response=DossierBrief,
    operation_id="extend_dossier",
    summary="Xin lỗi và gia hạn",
)
def extend(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.ExcuseIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Gia hạn một lần, chậm nhất một ngày trước hẹn trả, bằng văn bản xin lỗi (Mẫu 04)."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = extend_dossier(actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, **_excuse(body))
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/apologise",
    response=DossierBrief,
    operation_id="apologise_dossier",
    summary="Xin lỗi vì trễ hạn",
)
def say_sorry(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.ExcuseIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Không còn gia hạn được: xin lỗi và hứa ngày trả; hẹn trả giữ nguyên, hồ sơ tính là trễ."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = apologise(actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, **_excuse(body))
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/draft-apology",
    response=DossierBrief,
    operation_id="draft_apology",
    summary="Soạn văn bản xin lỗi",
)
def write_apology(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.DraftApologyIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Soạn, sửa dự thảo để lãnh đạo ký, hoặc bỏ dự thảo (`drop`)."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        common: dict[str, Any] = {"actor": actor, "dossier_id": dossier_id, "at": at, "revision": body.revision}
        if body.drop:
            return brief(drop_apology(**common))
        promised_at = moment_of(body.promised_at) if body.promised_at else None
        return brief(draft_apology(**common, cause=body.cause, reason=body.reason, promised_at=promised_at))

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/stop",
    response=DossierBrief,
    operation_id="stop_dossier",
    summary="Dừng giải quyết",
)
def stop(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.StopIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Kết thúc hồ sơ không có kết quả, có thông báo nêu lý do (Mẫu 05)."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = stop_dossier(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            stopping=Stopping(**_said(body, _STOPPING)),
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/refuse-supplement",
    response=DossierBrief,
    operation_id="refuse_supplement",
    summary="Không nhận bổ sung quá hạn",
)
def refuse_supplement_now(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.RefuseSupplementIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Hết hạn bổ sung mà chưa bổ sung: kết thúc hồ sơ (Mẫu 05)."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = refuse_supplement(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            reason=body.reason,
            fees=body.fees,
            papers=body.papers,
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/recall",
    response=DossierBrief,
    operation_id="recall_result",
    summary="Thu hồi kết quả đã trả",
)
def recall(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.RecallIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Thu hồi kết quả theo quyết định; kết quả và lần trả được lưu lại."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = recall_result(
            actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, **_said(body, _DECISION)
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/reopen",
    response=DossierBrief,
    operation_id="reopen_dossier",
    summary="Giải quyết lại",
)
def reopen(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.ReopenIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Mở lại hồ sơ theo quyết định, trở về một bước thụ lý với hẹn trả mới."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = reopen_dossier(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            **_said(body, _DECISION),
            to_step=body.to_step,
            due_at=moment_of(body.due_at),
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/renew",
    response=DossierBrief,
    operation_id="renew_dossier",
    summary="Lập hồ sơ mới nối tiếp",
)
def renew(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.RenewIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Từ hồ sơ không được tiếp nhận, đã rút hoặc đã dừng; trả về hồ sơ mới."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = renew_dossier(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            confirmed_duplicate=body.confirmed_duplicate,
        )
        return brief(dossier)

    return write_once(request, key, act)


def _said(body: ActIn, names: tuple[str, ...]) -> Mapping[str, Any]:
    return {name: getattr(body, name) for name in names}


def _excuse(body: shapes.ExcuseIn) -> Mapping[str, Any]:
    return {"cause": body.cause, "reason": body.reason, "promised_at": moment_of(body.promised_at)}


def _file(actor: Actor, token: str) -> FileRef | None:
    return ref_of(actor, token, field="file") if token else None
