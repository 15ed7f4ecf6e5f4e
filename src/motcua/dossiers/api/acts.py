"""The acts of the desk and of the applicant."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.correct import correct_dossier
from motcua.dossiers.actions.deliver_result import Collection, deliver_result
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.receive import receive_dossier
from motcua.dossiers.actions.refuse import refuse_dossier
from motcua.dossiers.actions.request_supplement import request_supplement
from motcua.dossiers.actions.supplement import supplement_dossier
from motcua.dossiers.actions.withdraw import withdraw_dossier
from motcua.dossiers.api import shapes
from motcua.dossiers.api.answers import brief, moment_of, write_once
from motcua.dossiers.api.uploads import ref_of
from motcua.dossiers.rules.reasons import Ground
from motcua.identity.queries import account_by_username
from motcua.identity.requests import actor_in

router = Router()


@router.post("/dossiers/{int:dossier_id}/receive", summary="Tiếp nhận")
def receive(request: HttpRequest, dossier_id: int, body: shapes.ActIn) -> HttpResponse:
    """Accept a submitted dossier; the statutory clock starts."""
    actor, at = actor_in(request), moment_of(body.at)
    return write_once(
        request,
        lambda: (200, brief(receive_dossier(actor=actor, dossier_id=dossier_id, at=at, revision=body.revision))),
    )


@router.post("/dossiers/{int:dossier_id}/refuse", summary="Từ chối tiếp nhận")
def refuse(request: HttpRequest, dossier_id: int, body: shapes.RefuseIn) -> HttpResponse:
    """Refuse in writing, with at least one reason."""
    actor, at = actor_in(request), moment_of(body.at)
    grounds = grounds_of(body.grounds)
    return write_once(
        request,
        lambda: (
            200,
            brief(refuse_dossier(actor=actor, dossier_id=dossier_id, at=at, grounds=grounds, revision=body.revision)),
        ),
    )


@router.post("/dossiers/{int:dossier_id}/request-supplement", summary="Yêu cầu bổ sung")
def ask_supplement(request: HttpRequest, dossier_id: int, body: shapes.RequestSupplementIn) -> HttpResponse:
    """Say everything that is missing, at once; a running clock stops."""
    actor, at = actor_in(request), moment_of(body.at)
    grounds = grounds_of(body.grounds)
    return write_once(
        request,
        lambda: (
            200,
            brief(
                request_supplement(
                    actor=actor,
                    dossier_id=dossier_id,
                    at=at,
                    grounds=grounds,
                    answer_until=body.answer_until,
                    exception_reason=body.exception_reason,
                    revision=body.revision,
                )
            ),
        ),
    )


@router.post("/dossiers/{int:dossier_id}/supplement", summary="Bổ sung hồ sơ")
def supplement(request: HttpRequest, dossier_id: int, body: shapes.SupplementIn) -> HttpResponse:
    """Answer a request for a supplement; a stopped clock runs on."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> tuple[int, dict[str, object]]:
        files = {
            key: [ref_of(actor, token, field=f"files.{key}") for token in tokens] for key, tokens in body.files.items()
        }
        dossier = supplement_dossier(
            actor=actor, dossier_id=dossier_id, at=at, note=body.note, files=files, revision=body.revision
        )
        return 200, brief(dossier)

    return write_once(request, act)


@router.post("/dossiers/{int:dossier_id}/assign", summary="Phân công")
def assign(request: HttpRequest, dossier_id: int, body: shapes.AssignIn) -> HttpResponse:
    """Give the dossier to a specialist of the unit."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> tuple[int, dict[str, object]]:
        to = account_by_username(body.to, field="to")
        dossier = assign_dossier(
            actor=actor, dossier_id=dossier_id, at=at, to_account_id=to.pk, note=body.note, revision=body.revision
        )
        return 200, brief(dossier)

    return write_once(request, act)


@router.post("/dossiers/{int:dossier_id}/forward", summary="Chuyển bước tiếp theo")
def forward(request: HttpRequest, dossier_id: int, body: shapes.ForwardIn) -> HttpResponse:
    """Hand the dossier over to the next step."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> tuple[int, dict[str, object]]:
        dossier = forward_dossier(
            actor=actor, dossier_id=dossier_id, at=at, to_step=body.to_step, note=body.note, revision=body.revision
        )
        return 200, brief(dossier)

    return write_once(request, act)


@router.post("/dossiers/{int:dossier_id}/deliver", summary="Trả kết quả")
def deliver(request: HttpRequest, dossier_id: int, body: shapes.DeliverIn) -> HttpResponse:
    """Hand the result over against identity and signature."""
    actor, at = actor_in(request), moment_of(body.at)
    collection = Collection(**body.model_dump(exclude={"at", "revision"}))

    def act() -> tuple[int, dict[str, object]]:
        dossier = deliver_result(
            actor=actor, dossier_id=dossier_id, at=at, collection=collection, revision=body.revision
        )
        return 200, brief(dossier)

    return write_once(request, act)


@router.post("/dossiers/{int:dossier_id}/withdraw", summary="Rút hồ sơ")
def withdraw(request: HttpRequest, dossier_id: int, body: shapes.WithdrawIn) -> HttpResponse:
    """Take the dossier back."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> tuple[int, dict[str, object]]:
        dossier = withdraw_dossier(
            actor=actor, dossier_id=dossier_id, at=at, reason=body.reason, revision=body.revision
        )
        return 200, brief(dossier)

    return write_once(request, act)


@router.post("/dossiers/{int:dossier_id}/correct", summary="Đính chính thông tin")
def correct(request: HttpRequest, dossier_id: int, body: shapes.CorrectIn) -> HttpResponse:
    """Mend a slip before receipt; after it correct with a reason."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> tuple[int, dict[str, object]]:
        dossier = correct_dossier(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            changes=body.changes,
            reason=body.reason,
            revision=body.revision,
        )
        return 200, brief(dossier)

    return write_once(request, act)


def grounds_of(body: list[shapes.GroundIn]) -> list[Ground]:
    """Return the reasons of a body as plain values."""
    return [Ground(**one.model_dump()) for one in body]
