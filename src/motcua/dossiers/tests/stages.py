"""A dossier at every place of its life, and each act with facts that fit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from motcua.dossiers.actions.add_charge import add_charge
from motcua.dossiers.actions.answer_consult import answer_consult
from motcua.dossiers.actions.apologise import apologise
from motcua.dossiers.actions.apology import draft_apology
from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.cancel_consult import cancel_consult
from motcua.dossiers.actions.check_papers import Check, check_papers
from motcua.dossiers.actions.collect_cash import collect_cash
from motcua.dossiers.actions.consult import Question, consult
from motcua.dossiers.actions.correct import correct_dossier
from motcua.dossiers.actions.correct_payment import correct_payment
from motcua.dossiers.actions.decide_correction import decide_correction
from motcua.dossiers.actions.deliver_result import Collection, deliver_result
from motcua.dossiers.actions.extend import extend_dossier
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.fulfil_obligation import fulfil_obligation
from motcua.dossiers.actions.open_part import open_part
from motcua.dossiers.actions.rebase import rebase_dossier
from motcua.dossiers.actions.recall import recall_result
from motcua.dossiers.actions.receive import receive_dossier
from motcua.dossiers.actions.refund_charge import refund_charge
from motcua.dossiers.actions.refuse import refuse_dossier
from motcua.dossiers.actions.reject import reject_dossier
from motcua.dossiers.actions.renew import renew_dossier
from motcua.dossiers.actions.reopen import reopen_dossier
from motcua.dossiers.actions.request_obligation import request_obligation
from motcua.dossiers.actions.request_payment import request_payment
from motcua.dossiers.actions.request_supplement import request_supplement
from motcua.dossiers.actions.resume import resume_dossier
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.actions.send_back import send_back_dossier
from motcua.dossiers.actions.shelve import shelve_dossier
from motcua.dossiers.actions.stop import refuse_supplement, stop_dossier
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.actions.supplement import supplement_dossier
from motcua.dossiers.actions.suspend import suspend_dossier
from motcua.dossiers.actions.take_back import take_back
from motcua.dossiers.actions.take_over import take_over
from motcua.dossiers.actions.transfer import transfer_dossier
from motcua.dossiers.actions.waive_charge import waive_charge
from motcua.dossiers.actions.withdraw import withdraw_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import ComponentFacts, FileRef
from motcua.dossiers.rules.causes import Notice, Proof, Stopping
from motcua.dossiers.rules.reasons import Ground
from motcua.dossiers.terms import Act, Channel, Collector, Opinion, Seen, StopGround, SuspensionKind
from motcua.dossiers.tests.world import CODE, World, moment
from motcua.files.models import Blob
from motcua.identity.terms import ANONYMOUS, SYSTEM, Actor
from motcua.payments.actions.correct import Refund
from motcua.payments.terms import Charge, FeeKind, Method
from motcua.procedures.actions import import_definition
from motcua.procedures.terms import Definition

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

#: A notice to pay.
NOTICE = Notice("Lệ phí trước bạ", 500_000, "TB-12", date(2026, 3, 2), date(2026, 4, 1), "Kho bạc Nhà nước khu vực III")
_CAUSE = {"cause": "overload", "reason": "Hồ sơ tăng gấp đôi"}
STOPPING = Stopping(
    StopGround.BY_LAW, reason="Đất đang bị kê biên", basis="Luật Thi hành án dân sự", fees="Không thu", papers="Trả đủ"
)
DECISION = {"decision_number": "12/QĐ-UBND", "decided_on": date(2026, 3, 4), "reason": "Kết quả ghi sai tên"}

_REFUND = Refund("", "Thu nhầm", Method.TRANSFER, "0071000123456", "Vietcombank")

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
    Act.ADD_CHARGE: Deed(add_charge, "received", "clerk", {"charges": [Charge(FeeKind.CHARGE, "Lệ phí", 8000)]}),
    Act.COLLECT_CASH: Deed(collect_cash, "owing", "clerk"),
    Act.REQUEST_PAYMENT: Deed(request_payment, "owing", "clerk"),
    Act.WAIVE_CHARGE: Deed(waive_charge, "owing", "clerk", {"ground": "Người có công", "basis": "Điều 10"}),
    Act.REFUND_CHARGE: Deed(refund_charge, "paid", "clerk", {"refunded": _REFUND, "cancel": True}),
    Act.CORRECT_PAYMENT: Deed(correct_payment, "owing", "clerk", {"reason": "Nhập nhầm"}),
    Act.WITHDRAW: Deed(withdraw_dossier, "submitted", "citizen", {"reason": "Nộp nhầm"}),
    Act.CORRECT: Deed(
        correct_dossier,
        "submitted",
        "citizen",
        {"changes": {"owner.phone": "0911111111"}, "reason": "Ghi sai"},
    ),
    Act.DECIDE_CORRECTION: Deed(decide_correction, "correcting", "head", {"approve": True, "note": "Đúng căn cước"}),
    Act.CONSULT: Deed(consult, "handling", "specialist", {"questions": "?other_ward"}),
    Act.ANSWER_CONSULT: Deed(
        answer_consult, "consulted", "stranger", {"opinion": Opinion.AGREE, "answer": "Đất không có tranh chấp"}
    ),
    Act.CANCEL_CONSULT: Deed(cancel_consult, "consulted", "specialist", {"reason": "Đã có tài liệu"}),
    Act.TAKE_OVER: Deed(take_over, "assigning", "head", {"note": "Đủ giấy"}),
    Act.TAKE_BACK: Deed(take_back, "assigning", "clerk", {"reason": "Chuyển nhầm"}),
    Act.TRANSFER: Deed(
        transfer_dossier, "handling", "head", {"to_unit_id": "#second_division", "reason": "Đúng chức năng"}
    ),
    Act.REBASE: Deed(rebase_dossier, "outdated", "head", {"reason": "Theo quyết định công bố mới"}),
    Act.OPEN_PART: Deed(open_part, "handling", "specialist", {"procedure_code": CODE}),
    Act.CHECK_PAPERS: Deed(check_papers, "received", "clerk", {"checks": {"to-khai": Check(Seen.ORIGINAL, 2)}}),
    Act.SHELVE: Deed(shelve_dossier, "received", "clerk", {"shelf": "Kệ 3 – Ô 12"}),
    Act.SUSPEND: Deed(
        suspend_dossier,
        "handling",
        "head",
        {"kind": SuspensionKind.PUBLIC_NOTICE, "reason": "Niêm yết 15 ngày", "basis": "Luật Đất đai"},
    ),
    Act.RESUME: Deed(resume_dossier, "suspended", "specialist", {"note": "Không ai khiếu nại"}),
    Act.REQUEST_OBLIGATION: Deed(request_obligation, "handling", "specialist", {"notice": NOTICE}),
    Act.FULFIL_OBLIGATION: Deed(
        fulfil_obligation, "obliged", "specialist", {"proof": Proof("CT-01", date(2026, 3, 4), NOTICE.amount)}
    ),
    Act.EXTEND: Deed(extend_dossier, "handling", "chair", {**_CAUSE, "promised_at": moment(20, 9, 15, month=4)}),
    Act.APOLOGISE: Deed(apologise, "extended", "chair", {**_CAUSE, "promised_at": moment(21, 9, 15, month=5)}),
    Act.DRAFT_APOLOGY: Deed(
        draft_apology, "handling", "specialist", {**_CAUSE, "promised_at": moment(21, 9, 15, month=9)}
    ),
    Act.STOP: Deed(stop_dossier, "handling", "chair", {"stopping": STOPPING}),
    Act.REFUSE_SUPPLEMENT: Deed(
        refuse_supplement, "asked_too_long", "clerk", {"fees": "Không thu", "papers": "Trả lại tại quầy"}
    ),
    Act.RECALL: Deed(recall_result, "delivered", "chair", DECISION),
    Act.REOPEN: Deed(
        reopen_dossier,
        "delivering",
        "chair",
        {**DECISION, "to_step": "appraise", "due_at": moment(18, 9, 15)},
    ),
    Act.RENEW: Deed(renew_dossier, "withdrawn", "citizen"),
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
    """Do the act with facts that fit, unless others are given; see `_meant` for short ways to say them."""
    deed = DEEDS[act]
    actor = by if isinstance(by, Actor) else role(world, by or deed.by)
    said = {name: _meant(world, value) for name, value in {**deed.facts, **facts}.items()}
    return deed.do(actor=actor, dossier_id=dossier.pk, at=at, **said)


def _meant(world: World, value: Any) -> Any:
    """Read "@head" as that account, "#division" as that unit, "?division" as a question to that unit."""
    if not isinstance(value, str) or value[:1] not in _SHORTHANDS:
        return value
    return _SHORTHANDS[value[0]](world, value[1:])


_SHORTHANDS: Mapping[str, Callable[[World, str], Any]] = {
    "@": lambda world, name: role(world, name).account_id,
    "#": lambda world, name: getattr(world, name).pk,
    "?": lambda world, name: [Question(getattr(world, name).pk, "Đất có tranh chấp không?")],
}


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
    "owing": ("received", Act.ADD_CHARGE, moment(2, 10), {}),
    "paid": ("owing", Act.COLLECT_CASH, moment(2, 10, 5), {}),
    "owing_at_end": ("delivering", Act.ADD_CHARGE, moment(3, 16), {}),
    "asked_early": ("submitted", Act.REQUEST_SUPPLEMENT, moment(2, 8, 30), {"exception_reason": ""}),
    "answered_early": ("asked_early", Act.SUPPLEMENT, moment(2, 8, 45), {}),
    "asked": (
        "handling", Act.REQUEST_SUPPLEMENT, moment(2, 14), {"by": "specialist", "exception_reason": ""},
    ),
    "answered": ("asked", Act.SUPPLEMENT, moment(2, 16), {}),
    "correcting": (
        "handling",
        Act.CORRECT,
        moment(2, 14),
        {"by": "clerk", "changes": {"owner.name": "Nguyễn Thị Hậu"}},
    ),
    "consulted": ("handling", Act.CONSULT, moment(2, 15), {}),
    "suspended": ("handling", Act.SUSPEND, moment(2, 14), {}),
    "obliged": ("handling", Act.REQUEST_OBLIGATION, moment(2, 14), {}),
    "extended": ("handling", Act.EXTEND, moment(3, 9), {}),
    "asked_too_long": (
        "handling", Act.REQUEST_SUPPLEMENT, moment(2, 14),
        {"by": "specialist", "exception_reason": "", "answer_until": date(2026, 3, 3)},
    ),
    "stopped": ("handling", Act.STOP, moment(3, 9), {}),
    "recalled": ("delivered", Act.RECALL, moment(4, 9), {}),
    "reopened": ("delivering", Act.REOPEN, moment(4, 9), {}),
    "withdrawn": ("submitted", Act.WITHDRAW, moment(2, 9), {}),
    "refused": ("submitted", Act.REFUSE, moment(2, 9), {}),
}  # fmt: skip
STAGES = ("submitted", *_PATH, "outdated")


def outdated(world: World, stage: str = "handling", **changes: Any) -> Dossier:
    """A dossier whose procedure says something else since 02/3/2026."""
    dossier = bring(world, stage, **changes)
    second = world.definition.model_copy(update={"summary": "Đổi từ ngày 02/3/2026."})
    renewed(second)
    return dossier


def renewed(definition: Definition, *, valid_from: date = date(2026, 3, 2)) -> None:
    """Publish the next version of a procedure."""
    outcome = import_definition(actor=SYSTEM, definition=definition, at=moment(3, 7), valid_from=valid_from)
    assert not outcome.problems, outcome.problems


def bring(world: World, stage: str, **changes: Any) -> Dossier:
    """Hand a dossier in and lead it to the stage; `changes` to the application."""
    if stage == "submitted":
        return submitted(world, **changes)
    if stage == "outdated":
        return outdated(world, **changes)
    before, act, at, facts = _PATH[stage]
    return perform(world, act, bring(world, before, **changes), at=at, **facts)
