"""The acts between units: opinions, handing over, transferring, parts, checks, shelves, corrections."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse

from motcua.dossiers.actions.answer_consult import answer_consult
from motcua.dossiers.actions.cancel_consult import cancel_consult
from motcua.dossiers.actions.check_papers import Check, check_papers
from motcua.dossiers.actions.consult import Question, consult
from motcua.dossiers.actions.decide_correction import decide_correction
from motcua.dossiers.actions.open_part import open_part
from motcua.dossiers.actions.rebase import rebase_dossier
from motcua.dossiers.actions.shelve import shelve_dossier
from motcua.dossiers.actions.take_back import take_back
from motcua.dossiers.actions.take_over import refuse_hand_over, take_over
from motcua.dossiers.actions.transfer import transfer_dossier
from motcua.dossiers.api import kinds
from motcua.dossiers.api import shapes_exchange as shapes
from motcua.dossiers.api.answers import Json, brief, moment_of, write_once
from motcua.dossiers.api.intake import unit_named
from motcua.dossiers.api.outputs import DossierBrief
from motcua.dossiers.api.routes import router
from motcua.dossiers.api.uploads import ref_of
from motcua.identity.requests import actor_in


@router.post(
    "/dossiers/{int:dossier_id}/consult", response=DossierBrief, operation_id="consult_dossier", summary="Lấy ý kiến"
)
def ask_opinions(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.ConsultIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Hỏi một hoặc nhiều cơ quan, đơn vị cùng lúc; hồ sơ vẫn ở đơn vị đang xử lý."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        questions = [
            Question(unit_named(one.unit, f"questions.{place}.unit").id, one.text, one.answer_due_at)
            for place, one in enumerate(body.questions)
        ]
        dossier = consult(actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, questions=questions)
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/answer-consult",
    response=DossierBrief,
    operation_id="answer_consult",
    summary="Trả lời ý kiến",
)
def give_opinion(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.AnswerConsultIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Trả lời câu hỏi gửi đến đơn vị của tài khoản, có thể kèm một tệp."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = answer_consult(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            opinion=body.opinion,
            answer=body.answer,
            file=ref_of(actor, body.file, field="file") if body.file else None,
            number=body.number,
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/cancel-consult",
    response=DossierBrief,
    operation_id="cancel_consult",
    summary="Rút yêu cầu lấy ý kiến",
)
def cancel_opinion(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.CancelConsultIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Rút một câu hỏi chưa được trả lời, có lý do."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = cancel_consult(
            actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, number=body.number, reason=body.reason
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/take-over",
    response=DossierBrief,
    operation_id="take_over_dossier",
    summary="Nhận bàn giao",
)
def confirm_hand_over(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.TakeOverIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Xác nhận đã nhận đủ hồ sơ giấy và hồ sơ điện tử do nơi khác chuyển đến."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = take_over(actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, note=body.note)
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/refuse-hand-over",
    response=DossierBrief,
    operation_id="refuse_hand_over",
    summary="Từ chối nhận bàn giao",
)
def decline_hand_over(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.ReasonIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Từ chối nhận, có lý do; hồ sơ trở về nơi giao."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = refuse_hand_over(
            actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, reason=body.reason
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/take-back",
    response=DossierBrief,
    operation_id="take_back_dossier",
    summary="Thu hồi hồ sơ vừa chuyển",
)
def recover(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.ReasonIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Lấy lại hồ sơ vừa chuyển khi nơi nhận chưa nhận và chưa xử lý."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = take_back(actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, reason=body.reason)
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/transfer",
    response=DossierBrief,
    operation_id="transfer_dossier",
    summary="Chuyển đơn vị thụ lý",
)
def transfer(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.TransferIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Đơn vị khác của cùng cơ quan thụ lý hồ sơ từ nay; bước không đổi."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        to = unit_named(body.to, "to")
        dossier = transfer_dossier(
            actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, to_unit_id=to.id, reason=body.reason
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/rebase",
    response=DossierBrief,
    operation_id="rebase_dossier",
    summary="Chuyển sang phiên bản thủ tục mới",
)
def rebase(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.RebaseIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Hồ sơ đi tiếp theo phiên bản mới nhất đang có hiệu lực của thủ tục; ngày hẹn trả và câu trả lời được giữ."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = rebase_dossier(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            to_step=body.to_step,
            reason=body.reason,
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/parts",
    response=DossierBrief,
    operation_id="open_part",
    summary="Mở hồ sơ thành phần liên thông",
)
def begin_part(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.OpenPartIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Mở hồ sơ thành phần ở cơ quan khác; người nộp không nộp lại gì. Trả về hồ sơ chính."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        agency = unit_named(body.agency, "agency") if body.agency else None
        dossier = open_part(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            procedure_code=body.procedure,
            agency_id=agency.id if agency else None,
            case_key=body.case,
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/check-papers",
    response=DossierBrief,
    operation_id="check_papers",
    summary="Đánh dấu giấy tờ đã kiểm tra",
)
def mark_papers(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.CheckPapersIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Ghi đã xem bản nào của từng giấy tờ và số trang."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        checks = {name: Check(one.seen, one.pages) for name, one in body.checks.items()}
        dossier = check_papers(actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, checks=checks)
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/shelve",
    response=DossierBrief,
    operation_id="shelve_dossier",
    summary="Ghi nơi để hồ sơ giấy",
)
def shelve(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.ShelveIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Ghi kệ, ô để hồ sơ giấy; để trống là bỏ ghi."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = shelve_dossier(actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, shelf=body.shelf)
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/decide-correction",
    response=DossierBrief,
    operation_id="decide_correction",
    summary="Duyệt đính chính",
)
def settle_correction(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.DecideCorrectionIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Đồng ý hoặc không đồng ý đề nghị đính chính đang chờ."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = decide_correction(
            actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, approve=body.approve, note=body.note
        )
        return brief(dossier)

    return write_once(request, key, act)
