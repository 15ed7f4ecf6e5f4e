"""A dossier at every place of its life, and each act with facts that fit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.correct import correct_dossier
from motcua.dossiers.actions.deliver_result import Collection, deliver_result
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.receive import receive_dossier
from motcua.dossiers.actions.refuse import refuse_dossier
from motcua.dossiers.actions.reject import reject_dossier
from motcua.dossiers.actions.request_supplement import request_supplement
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.actions.send_back import send_back_dossier
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.actions.supplement import supplement_dossier
from motcua.dossiers.actions.withdraw import withdraw_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import ComponentFacts, FileRef
from motcua.dossiers.rules.reasons import Ground
from motcua.dossiers.terms import Act, Channel, Collector
from motcua.dossiers.tests.world import World, moment
from motcua.files.models import Blob
from motcua.identity.terms import ANONYMOUS, SYSTEM, Actor

#: When the act under test is done: after everything that leads to any stage.
AT = moment(4, 10)
_MORNING = moment(2, 8)
FILE = FileRef("ab" * 32, "to-khai.pdf")


@dataclass(frozen=True)
class Deed:
    """An act: the function, the stage from which it is usually done, by whom, and with which facts."""

    do: Callable[..., Dossier]
    stage: str
    by: str
    facts: Mapping[str, Any] = field(default_factory=dict)


_GROUNDS = (Ground("illegible", "to-khai", note="Trang 2 mờ"),)

DEEDS: Mapping[Act, Deed] = {
    Act.RECEIVE: Deed(receive_dossier, "submitted", "clerk"),
    Act.REFUSE: Deed(refuse_dossier, "submitted", "clerk", {"grounds": _GROUNDS}),
    Act.REQUEST_SUPPLEMENT: Deed(
        request_supplement,
        "received",
        "clerk",
        {"grounds": _GROUNDS, "exception_reason": "Mới phát hiện"},
    ),
    Act.SUPPLEMENT: Deed(supplement_dossier, "asked", "citizen", {"note": "Đã chụp lại"}),
    Act.ASSIGN: Deed(assign_dossier, "assigning", "head", {"to_account_id": "@second_specialist"}),
    Act.FORWARD: Deed(forward_dossier, "received", "clerk"),
    Act.APPRAISE: Deed(appraise_dossier, "handling", "specialist", {"opinion": "Đủ điều kiện", "text": "Dự thảo"}),
    Act.SEND_BACK: Deed(send_back_dossier, "deciding", "chair", {"reason": "Sai tên mẹ"}),
    Act.APPROVE: Deed(approve_dossier, "deciding", "chair", {"draft_number": 1}),
    Act.REJECT: Deed(reject_dossier, "deciding", "chair", {"draft_number": 1, "reason": "Trái Điều 16"}),
    Act.SEAL: Deed(seal_result, "sealing", "sealer", {"number": "15", "symbol": "GKS"}),
    Act.DELIVER: Deed(deliver_result, "delivering", "clerk", {"collection": Collection(Collector.OWNER)}),
    Act.WITHDRAW: Deed(withdraw_dossier, "submitted", "citizen", {"reason": "Nộp nhầm"}),
    Act.CORRECT: Deed(
        correct_dossier,
        "submitted",
        "citizen",
        {"changes": {"owner.phone": "0911111111"}, "reason": "Ghi sai"},
    ),
}


ROLES = (
    "clerk", "second_clerk", "specialist", "second_specialist", "head", "chair", "sealer", "overseer", "admin",
    "stranger", "citizen", "other_citizen", "system", "anonymous",
)  # fmt: skip


def role(world: World, name: str) -> Actor:
    """Whoever plays the role in the ward."""
    found: Actor = {"system": SYSTEM, "anonymous": ANONYMOUS}.get(name) or getattr(world, name)
    return found


def everyone(world: World) -> dict[str, Actor]:
    """Every role of the ward by its name."""
    return {name: role(world, name) for name in ROLES}


def perform(
    world: World, act: Act, dossier: Dossier, *, by: Actor | str = "", at: datetime = AT, **facts: Any
) -> Dossier:
    """Do the act with facts that fit, unless others are given; "@head" stands for the account of the head."""
    deed = DEEDS[act]
    actor = by if isinstance(by, Actor) else role(world, by or deed.by)
    said = {
        name: role(world, value[1:]).account_id if isinstance(value, str) and value.startswith("@") else value
        for name, value in {**deed.facts, **facts}.items()
    }
    return deed.do(actor=actor, dossier_id=dossier.pk, at=at, **said)


def file_ref() -> FileRef:
    """A file in the store."""
    Blob.objects.get_or_create(pk=FILE.sha256, defaults={"size": 9, "media_type": "application/pdf", "created_at": AT})
    return FILE


def submitted(world: World, at: datetime = _MORNING, **changes: Any) -> Dossier:
    """An online dossier that the citizen handed in for himself."""
    facts = {"channel": Channel.ONLINE, "components": (ComponentFacts("to-khai", files=(file_ref(),)),)}
    return submit_dossier(actor=world.citizen, application=world.application(**facts | changes), at=at)


#: Stage → the stage before it, the act that leads on, its moment, and facts other than the usual ones.
_PATH: Mapping[str, tuple[str, Act, datetime, dict[str, Any]]] = {
    "received": ("submitted", Act.RECEIVE, moment(2, 9, 15), {}),
    "assigning": ("received", Act.FORWARD, moment(2, 10), {}),
    "handling": (
        "assigning", Act.ASSIGN, moment(2, 11), {"to_account_id": "@specialist"},
    ),
    "reviewing": ("handling", Act.APPRAISE, moment(3, 9), {}),
    "deciding": ("reviewing", Act.FORWARD, moment(3, 10), {"by": "head"}),
    "sealing": ("deciding", Act.APPROVE, moment(3, 14), {}),
    "delivering": ("sealing", Act.SEAL, moment(3, 15), {"number": "12"}),
    "delivered": ("delivering", Act.DELIVER, moment(4, 8), {}),
    "asked_early": ("submitted", Act.REQUEST_SUPPLEMENT, moment(2, 8, 30), {"exception_reason": ""}),
    "answered_early": ("asked_early", Act.SUPPLEMENT, moment(2, 8, 45), {}),
    "asked": (
        "handling", Act.REQUEST_SUPPLEMENT, moment(2, 14), {"by": "specialist", "exception_reason": ""},
    ),
    "answered": ("asked", Act.SUPPLEMENT, moment(2, 16), {}),
    "withdrawn": ("submitted", Act.WITHDRAW, moment(2, 9), {}),
    "refused": ("submitted", Act.REFUSE, moment(2, 9), {}),
}  # fmt: skip
STAGES = ("submitted", *_PATH)


def bring(world: World, stage: str, **changes: Any) -> Dossier:
    """Hand a dossier in and lead it to the stage; `changes` to the application."""
    if stage == "submitted":
        return submitted(world, **changes)
    before, act, at, facts = _PATH[stage]
    return perform(world, act, bring(world, before, **changes), at=at, **facts)
