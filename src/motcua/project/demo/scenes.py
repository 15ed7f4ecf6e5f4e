"""What may happen next to a demo dossier: for each state, who does which act, with which words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from django.utils import timezone

from motcua.agencies.queries import unit
from motcua.agencies.terms import Right
from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.deliver_result import Collection, deliver_result
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.receive import receive_dossier
from motcua.dossiers.actions.refuse import refuse_dossier
from motcua.dossiers.actions.reject import reject_dossier
from motcua.dossiers.actions.request_supplement import request_supplement
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.actions.send_back import send_back_dossier
from motcua.dossiers.actions.supplement import supplement_dossier
from motcua.dossiers.actions.withdraw import withdraw_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.papers.templates_of import papers_open
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.rules.flow import is_assigning, is_deciding
from motcua.dossiers.rules.reasons import Ground
from motcua.dossiers.terms import Collector, Status
from motcua.identity.terms import Actor
from motcua.project.demo.cast import Cast
from motcua.project.demo.money import fees_said, owes, pay


@dataclass
class Scene:
    """The people and the dice of one dossier; `fates` holds each die once thrown."""

    cast: Cast
    scan: FileRef
    random: Random
    applicant: Actor
    fates: dict[str, bool] = field(default_factory=dict)

    def fate(self, name: str, share: float) -> bool:
        """Whether something that befalls `share` of dossiers befalls this one."""
        return self.fates.setdefault(name, self.random.random() < share)

    def spent(self, name: str) -> None:
        """It has happened and does not happen again."""
        self.fates[name] = False


#: Everything that may get in the way of a dossier.
SMOOTH = ("withdrawn", "refused", "unclear", "lacking", "negative", "sent_back", "rejected")
Fits = Callable[[Dossier, Scene], bool]
Play = Callable[[Dossier, Scene, datetime], None]
_WORKING = frozenset({Status.RECEIVED, Status.PROCESSING})


def _receiver(dossier: Dossier, scene: Scene) -> Actor:
    return scene.cast.officer(dossier.desk_id, Right.RECEIVE, scene.random)


def _handler(dossier: Dossier, scene: Scene) -> Actor:
    if dossier.holder_id is not None:
        return scene.cast.actor(dossier.holder_id)
    return scene.cast.officer(dossier.unit_id, Right.HANDLE, scene.random)


def _leader(dossier: Dossier, scene: Scene) -> Actor:
    if dossier.step.right == "lead_agency":
        return scene.cast.officer(dossier.agency_id, Right.LEAD_AGENCY, scene.random)
    return scene.cast.officer(dossier.unit_id, Right.LEAD_DIVISION, scene.random)


def _ground(dossier: Dossier, code: str, note: str) -> Ground:
    first = dossier.components.order_by("position").first()
    return Ground(code, component=first.key if first else "", note=note)


def _waits_for_desk(dossier: Dossier, _scene: Scene) -> bool:
    if dossier.status == Status.SUBMITTED:
        return True
    answered = not dossier.supplement_requests.filter(answered_at__isnull=True).exists()
    return dossier.status == Status.SUPPLEMENT_REQUESTED and not dossier.is_received and answered


def _receive(dossier: Dossier, scene: Scene, at: datetime) -> None:
    actor = _receiver(dossier, scene)
    if scene.fate("refused", 0.03):
        grounds = [_ground(dossier, "not_competent", "Nơi cư trú của chủ hồ sơ không thuộc địa bàn của cơ quan này")]
        refuse_dossier(actor=actor, dossier_id=dossier.pk, at=at, grounds=grounds)
    elif scene.fate("unclear", 0.06):
        scene.spent("unclear")
        grounds = [_ground(dossier, "illegible", "Ảnh chụp bị mờ ở trang đầu")]
        request_supplement(actor=actor, dossier_id=dossier.pk, at=at, grounds=grounds)
    else:
        fees = fees_said(dossier.definition, dossier.case_key, scene.random)
        receive_dossier(actor=actor, dossier_id=dossier.pk, at=at, fees=fees)


def _is_answered_later(dossier: Dossier, scene: Scene) -> bool:
    return dossier.status == Status.SUPPLEMENT_REQUESTED and scene.fate("answers", 0.8)


def _supplement(dossier: Dossier, scene: Scene, at: datetime) -> None:
    first = dossier.components.order_by("position").first()
    actor = scene.applicant if scene.applicant.kind == "citizen" else _receiver(dossier, scene)
    files = {first.key: [scene.scan]} if first else {}
    supplement_dossier(actor=actor, dossier_id=dossier.pk, at=at, note="Đã chụp lại bản rõ hơn.", files=files)


def _is_withdrawn(dossier: Dossier, scene: Scene) -> bool:
    return dossier.status in {Status.SUBMITTED, Status.PROCESSING} and scene.fate("withdrawn", 0.015)


def _withdraw(dossier: Dossier, scene: Scene, at: datetime) -> None:
    actor = scene.applicant if scene.applicant.kind == "citizen" else _receiver(dossier, scene)
    withdraw_dossier(
        actor=actor, dossier_id=dossier.pk, at=at, reason="Gia đình thay đổi kế hoạch, xin rút để nộp sau."
    )


def _at_desk(dossier: Dossier, _scene: Scene) -> bool:
    return dossier.status == Status.RECEIVED and dossier.step.right == "receive"


def _forward_from_desk(dossier: Dossier, scene: Scene, at: datetime) -> None:
    forward_dossier(actor=_receiver(dossier, scene), dossier_id=dossier.pk, at=at)


def _awaits_assignment(dossier: Dossier, _scene: Scene) -> bool:
    return dossier.status in _WORKING and is_assigning(dossier.definition, dossier.step)


def _assign(dossier: Dossier, scene: Scene, at: datetime) -> None:
    handler = scene.cast.officer(dossier.handling_unit_id, Right.HANDLE, scene.random)
    assign_dossier(actor=_leader(dossier, scene), dossier_id=dossier.pk, at=at, to_account_id=handler.known_id)


def _awaits_appraisal(dossier: Dossier, _scene: Scene) -> bool:
    return dossier.status in _WORKING and dossier.step.right == "handle"


def _appraise(dossier: Dossier, scene: Scene, at: datetime) -> None:
    actor = _handler(dossier, scene)
    if dossier.supplement_count == 0 and scene.fate("lacking", 0.05):
        grounds = [_ground(dossier, "wrong_content", "Thông tin kê khai chưa khớp với cơ sở dữ liệu dân cư")]
        request_supplement(actor=actor, dossier_id=dossier.pk, at=at, grounds=grounds)
        return
    is_negative = scene.fate("negative", 0.02)
    word = "không đủ điều kiện giải quyết" if is_negative else "đủ điều kiện giải quyết"
    paper = dossier.definition.results[0].name if dossier.definition.results else dossier.definition.name
    template = "" if is_negative else _template(dossier, at)
    text = f"Dự thảo {paper} của {dossier.owner.name}." if not is_negative else "Không đủ điều kiện theo quy định."
    opinion = f"Hồ sơ đầy đủ, hợp lệ; {word}."
    appraise_dossier(
        actor=actor,
        dossier_id=dossier.pk,
        at=at,
        opinion=opinion,
        text="" if template else text,
        template=template,
        is_negative=is_negative,
    )


def _template(dossier: Dossier, at: datetime) -> str:
    """The procedure's own paper of the result, where the answers that fill it are there."""
    if getattr(dossier, "answers", None) is None:
        return ""
    return next((one.key for one in papers_open(dossier, at=at) if one.kind == "result"), "")


def _awaits_review(dossier: Dossier, _scene: Scene) -> bool:
    step = dossier.step
    leads = step.right in {"lead_division", "lead_agency"}
    return dossier.status in _WORKING and leads and not is_deciding(dossier.definition, step)


def _review(dossier: Dossier, scene: Scene, at: datetime) -> None:
    actor = _leader(dossier, scene)
    if dossier.step.back and scene.fate("sent_back", 0.05):
        scene.spent("sent_back")
        reason = "Bổ sung căn cứ pháp lý vào dự thảo rồi trình lại."
        send_back_dossier(actor=actor, dossier_id=dossier.pk, at=at, reason=reason)
    else:
        forward_dossier(actor=actor, dossier_id=dossier.pk, at=at)


def _awaits_decision(dossier: Dossier, _scene: Scene) -> bool:
    return dossier.status == Status.PROCESSING and is_deciding(dossier.definition, dossier.step)


def _decide(dossier: Dossier, scene: Scene, at: datetime) -> None:
    actor, draft = _leader(dossier, scene), dossier.drafts.count()
    if scene.fate("rejected", 0.01):
        reason = "Chưa đủ điều kiện theo quy định của pháp luật về lĩnh vực này."
        reject_dossier(actor=actor, dossier_id=dossier.pk, at=at, draft_number=draft, reason=reason)
    else:
        approve_dossier(actor=actor, dossier_id=dossier.pk, at=at, draft_number=draft)


def _awaits_seal(dossier: Dossier, _scene: Scene) -> bool:
    return dossier.status == Status.FINISHED and dossier.step.right == "seal"


def _seal(dossier: Dossier, scene: Scene, at: datetime) -> None:
    actor = scene.cast.officer(dossier.agency_id, Right.SEAL, scene.random)
    short = unit(dossier.agency_id).short_name or "UBND"
    symbol = "UBND" if short.startswith("UBND") else "".join(word[0] for word in short.split()).upper()
    number = f"{Dossier.objects.filter(agency_id=dossier.agency_id, result__sealed_at__isnull=False).count() + 1:02d}"
    seal_result(actor=actor, dossier_id=dossier.pk, at=at, number=number, symbol=f"KQ-{symbol}", scan=scene.scan)


def _awaits_collection(dossier: Dossier, _scene: Scene) -> bool:
    return dossier.status == Status.FINISHED and dossier.step.right == "receive"


def _deliver(dossier: Dossier, scene: Scene, at: datetime) -> None:
    collection = Collection(Collector.SUBMITTER, signed_by_hand=True)
    deliver_result(actor=_receiver(dossier, scene), dossier_id=dossier.pk, at=at, collection=collection)


#: Tried in order; the first that fits is played.
def _owes(dossier: Dossier, _scene: Scene) -> bool:
    return owes(dossier)


def _pay(dossier: Dossier, scene: Scene, at: datetime) -> None:
    pay(dossier, scene.cast, scene.random, at, now=timezone.now())


SCENES: tuple[tuple[Fits, Play], ...] = (
    (_is_withdrawn, _withdraw),
    (_owes, _pay),
    (_waits_for_desk, _receive),
    (_is_answered_later, _supplement),
    (_at_desk, _forward_from_desk),
    (_awaits_assignment, _assign),
    (_awaits_appraisal, _appraise),
    (_awaits_review, _review),
    (_awaits_decision, _decide),
    (_awaits_seal, _seal),
    (_awaits_collection, _deliver),
)
