"""Lập giấy tờ cho người nộp: the data of Mẫu 01, 02, 03 and of the hand-over note is fixed when the act is done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Apology, Delivery, Dossier, DossierComponent, IssuedPaper, Result, SupplementRequest
from motcua.dossiers.papers import compose, compose_flow
from motcua.dossiers.papers.data import PaperData
from motcua.dossiers.papers.forms import Form, form_set_for
from motcua.dossiers.rules.causes import Stopping
from motcua.dossiers.rules.titles import signing_title
from motcua.dossiers.rules.verifying import paper_line
from motcua.identity.terms import Actor
from motcua.kernel.inserting import insert


def issue_receipt(
    actor: Actor,
    dossier: Dossier,
    *,
    at: datetime,
    correction: str = "",
    version: int | None = None,
    components: Sequence[DossierComponent] | None = None,
    receiver: tuple[str, str] | None = None,
) -> IssuedPaper:
    """Lập Mẫu 01, giấy tiếp nhận hồ sơ và hẹn trả kết quả; again, as a new version, after a correction.

    `version` spares the look for earlier ones when there can be none, `components` that for what was just written;
    `receiver` signs when not the actor (name and title).
    """
    data = compose.receipt(dossier, receiver=receiver or _signatory(actor, dossier), components=components)
    return _issue(actor, dossier, Form.RECEIPT, data, at=at, correction=correction, version=version)


def issue_supplement_slip(actor: Actor, dossier: Dossier, request: SupplementRequest, *, at: datetime) -> IssuedPaper:
    """Lập Mẫu 02, phiếu yêu cầu bổ sung, hoàn thiện hồ sơ."""
    data = compose.supplement_slip(dossier, request, adviser=_signatory(actor, dossier))
    return _issue(actor, dossier, Form.SUPPLEMENT, data, at=at)


def issue_refusal(actor: Actor, dossier: Dossier, *, at: datetime, reason: str) -> IssuedPaper:
    """Lập Mẫu 03, phiếu từ chối tiếp nhận giải quyết hồ sơ."""
    data = compose.refusal(dossier, at=at, reason=reason, refuser=_signatory(actor, dossier))
    return _issue(actor, dossier, Form.REFUSAL, data, at=at)


def issue_handover_note(
    actor: Actor, dossier: Dossier, result: Result, delivery: Delivery, *, at: datetime
) -> IssuedPaper:
    """Lập giấy biên nhận trả kết quả."""
    data = compose.handover_note(dossier, result, delivery, giver=_signatory(actor, dossier))
    return _issue(actor, dossier, Form.HANDOVER, data, at=at)


def issue_apology(actor: Actor, dossier: Dossier, apology: Apology, *, at: datetime) -> IssuedPaper:
    """Lập Mẫu 04, văn bản xin lỗi, for the agency; before the due moment of the dossier is moved."""
    return _issue(actor, dossier, Form.APOLOGY, compose.apology(dossier, apology, at=at), at=at)


def issue_stop(actor: Actor, dossier: Dossier, stopping: Stopping, *, stage: str, at: datetime) -> IssuedPaper:
    """Lập Mẫu 05, thông báo dừng giải quyết hồ sơ."""
    data = compose.stop(dossier, stopping, stage=stage, at=at, signer=_signatory(actor, dossier))
    return _issue(actor, dossier, Form.STOP, data, at=at)


def issue_group_receipt(actor: Actor, dossiers: Sequence[Dossier], *, at: datetime) -> IssuedPaper:
    """Lập Mẫu 01 cho một lượt nộp nhiều hồ sơ: kept with the first of them, each time one more joins a new version."""
    data = compose_flow.group_receipt(dossiers, receiver=_signatory(actor, dossiers[0]))
    return _issue(actor, dossiers[0], Form.GROUP_RECEIPT, data, at=at)


def _issue(
    actor: Actor,
    dossier: Dossier,
    form: Form,
    data: PaperData,
    *,
    at: datetime,
    correction: str = "",
    version: int | None = None,
) -> IssuedPaper:
    number = version or dossier.papers.filter(form=form).count() + 1
    if number > 1 and form == Form.RECEIPT:
        data = data.reprinted(version=number, at=at, correction=correction)
    data = replace(data, verify_url=compose.verify_url(dossier, form, number))
    paper = IssuedPaper(
        dossier=dossier,
        form=form,
        form_set=form_set_for(form, at.astimezone(VIET_NAM).date()),
        version=number,
        data=data.to_json(),
        issued_at=at,
        issued_by=actor.name,
    )
    dossier.note_for_journal("papers", paper_line(form, number, paper.data))
    return insert(paper)


def _signatory(actor: Actor, dossier: Dossier) -> tuple[str, str]:
    acting = dossier.acting_as(actor)
    return actor.name, signing_title(acting, unit_ids=(dossier.unit_id, dossier.desk_id))
