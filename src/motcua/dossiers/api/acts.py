"""The acts of the desk and of the applicant."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse

from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.correct import correct_dossier
from motcua.dossiers.actions.deliver_result import Collection, deliver_result
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.receive import receive_dossier
from motcua.dossiers.actions.refuse import refuse_dossier
from motcua.dossiers.actions.request_supplement import request_supplement
from motcua.dossiers.actions.supplement import supplement_dossier
from motcua.dossiers.actions.withdraw import withdraw_dossier
from motcua.dossiers.api import kinds, shapes
from motcua.dossiers.api.answers import Json, brief, moment_of, write_once
from motcua.dossiers.api.declaring import typed_on
from motcua.dossiers.api.outputs import DossierBrief
from motcua.dossiers.api.routes import router
from motcua.dossiers.api.uploads import refs_of
from motcua.dossiers.rules.corrections import CORRECTABLE
from motcua.dossiers.rules.reasons import Ground
from motcua.identity.queries import account_by_username
from motcua.identity.requests import actor_in


@router.post(
    "/dossiers/{int:dossier_id}/receive", response=DossierBrief, operation_id="receive_dossier", summary="Tiếp nhận"
)
def receive(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.ActIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Tiếp nhận hồ sơ đã nộp: lập giấy tiếp nhận và hẹn trả (Mẫu 01), thời hạn bắt đầu tính."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = receive_dossier(actor=actor, dossier_id=dossier_id, at=at, revision=body.revision)
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/refuse",
    response=DossierBrief,
    operation_id="refuse_dossier",
    summary="Từ chối tiếp nhận",
)
def refuse(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.RefuseIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Từ chối bằng văn bản (Mẫu 03), nêu ít nhất một lý do; danh mục lý do: GET /dossiers/reasons."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = refuse_dossier(
            actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, grounds=grounds_of(body.grounds)
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/request-supplement",
    response=DossierBrief,
    operation_id="request_supplement",
    summary="Yêu cầu bổ sung",
)
def ask_supplement(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.RequestSupplementIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Nêu mọi giấy tờ còn thiếu trong một lần (Mẫu 02); thời hạn đang chạy thì tạm dừng."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = request_supplement(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            grounds=grounds_of(body.grounds),
            answer_until=body.answer_until,
            exception_reason=body.exception_reason,
            fields=body.fields,
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/supplement",
    response=DossierBrief,
    operation_id="supplement_dossier",
    summary="Bổ sung hồ sơ",
)
def supplement(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.SupplementIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Trả lời yêu cầu bổ sung; thời hạn đang tạm dừng thì chạy tiếp."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        tokens = {f"files.{name}.{index}": one for name, some in body.files.items() for index, one in enumerate(some)}
        refs = refs_of(actor, tokens)
        files = {
            name: [refs[f"files.{name}.{index}"] for index in range(len(some))] for name, some in body.files.items()
        }
        dossier = supplement_dossier(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            note=body.note,
            files=files,
            form=typed_on(actor, dossier_id, body.form),
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/assign", response=DossierBrief, operation_id="assign_dossier", summary="Phân công"
)
def assign(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.AssignIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Giao hồ sơ cho một chuyên viên của đơn vị; `to` là tên đăng nhập."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        to = account_by_username(body.to, field="to")
        dossier = assign_dossier(
            actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, to_account_id=to.pk, note=body.note
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/forward",
    response=DossierBrief,
    operation_id="forward_dossier",
    summary="Chuyển bước tiếp theo",
)
def forward(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.ForwardIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Chuyển hồ sơ sang bước tiếp theo; `to_step` để trống là bước thường lệ."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = forward_dossier(
            actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, to_step=body.to_step, note=body.note
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/deliver", response=DossierBrief, operation_id="deliver_dossier", summary="Trả kết quả"
)
def deliver(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.DeliverIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Trả kết quả cho người nhận, có giấy tờ tùy thân và chữ ký; hồ sơ kết thúc."""
    actor, at = actor_in(request), moment_of(body.at)
    collection = Collection(**body.model_dump(exclude={"at", "revision"}))

    def act() -> Json:
        dossier = deliver_result(
            actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, collection=collection
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/withdraw", response=DossierBrief, operation_id="withdraw_dossier", summary="Rút hồ sơ"
)
def withdraw(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.WithdrawIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Rút hồ sơ theo yêu cầu của người nộp, có lý do; hồ sơ kết thúc."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = withdraw_dossier(
            actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, reason=body.reason
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/correct",
    response=DossierBrief,
    operation_id="correct_dossier",
    summary="Đính chính thông tin",
)
def correct(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.CorrectIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Sửa chỗ ghi sai trước khi tiếp nhận; sau khi tiếp nhận thì đính chính có lý do và in lại Mẫu 01."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = correct_dossier(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            changes=body.changes,
            reason=body.reason,
            form=typed_on(actor, dossier_id, body.form),
            form_keys=body.form,
        )
        return brief(dossier)

    return write_once(
        request, key, act, named=lambda field: f"changes.{field}" if field in {*CORRECTABLE, *body.changes} else field
    )


def grounds_of(body: list[shapes.GroundIn]) -> list[Ground]:
    """Return the reasons of a body as plain values."""
    return [Ground(**one.model_dump()) for one in body]
