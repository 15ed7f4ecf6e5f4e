"""What the process of a procedure does by itself: open and closed ways, opinions, the clock, other agencies, timers."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.access import acts_open_to, get_visible
from motcua.dossiers.actions.follow_timer import follow_timer
from motcua.dossiers.jobs import follow_timers
from motcua.dossiers.models import Dossier, TimerRing
from motcua.dossiers.queries.process_facts import facts_of, open_ways
from motcua.dossiers.queries.ringing import due_timers
from motcua.dossiers.terms import Act, Channel, Opinion, ResultChannel, Status, SuspensionKind
from motcua.dossiers.tests.checks import codes, refused_act
from motcua.dossiers.tests.stages import AT, bring, perform, submitted
from motcua.dossiers.tests.world import STEPS, World, definition, moment
from motcua.journal.actions.deliver import deliver_pending
from motcua.journal.models import OutboxEvent
from motcua.journal.queries import entries_about, verify_chain
from motcua.kernel.errors import Invalid, NotFound, RuleBroken
from motcua.notifications.models import Notice
from motcua.processes.terms import FACTS
from motcua.project.subscriptions import wire

Build = Callable[..., World]
OTHER = "H49.62"


def steps(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    """The usual steps, some of them changed by key."""
    made = deepcopy(STEPS)
    for step in made:
        step.update(changes.get(step["key"], {}))
    return made


@pytest.fixture
def build(db: None) -> Build:
    """A ward whose procedure has these steps."""

    def make(*more: dict[str, Any], **changes: dict[str, Any]) -> World:
        chain = steps(**changes)
        return World(definition(steps=[*chain[:-1], *more, chain[-1]])).build()

    return make


def note_of(dossier: Dossier, act: str) -> str:
    return dossier.moves.filter(act=act).latest("number").note


def whole(dossier: Dossier) -> None:
    """What is in memory is stored; every line of the timeline has its line in the journal."""
    stored = Dossier.objects.get(pk=dossier.pk)
    for field in Dossier._meta.concrete_fields:
        assert getattr(stored, field.attname) == getattr(dossier, field.attname), field.name
    assert list(stored.moves.order_by("number").values_list("number", flat=True)) == list(range(1, stored.revision + 1))
    assert entries_about(stored).count() == stored.revision
    assert verify_chain("dossiers.dossier", str(stored.pk)) == []


# --- facts


def test_every_fact_is_there_and_none_is_asked_for_before_it_is_read(world: World) -> None:
    dossier = bring(world, "handling")
    facts = facts_of(Dossier.objects.select_related("procedure").get(pk=dossier.pk), AT, world.specialist)
    with CaptureQueriesContext(connection) as queries:
        facts_of(dossier, AT, world.head)
    assert len(queries) == 0
    assert set(facts) == set(FACTS)
    assert {name: facts[name] for name in FACTS if name not in {"form", "components"}} == {
        "paid": True,
        "owed": 0,
        "online": True,
        "channel": "online",
        "by_post": False,
        "agency": "H49.61",
        "procedure": "1.001193",
        "case": "default",
        "copies": 1,
        "open_parts": 0,
        "open_opinions": 0,
        "done": ["receive", "assign"],
        "step": "appraise",
        "roles": ["handle"],
        "waiting_hours": 15,
        "supplement_asked": False,
        "supplement_count": 0,
        "withdrawal_asked": False,
        "today": AT.date(),
    }
    assert (facts["components"], facts["form"]) == (["to-khai"], {})


def test_facts_follow_what_happens(world: World) -> None:
    owing = bring(world, "owing", result_channel=ResultChannel.POST, result_place="Số 1")
    facts = facts_of(owing, AT)
    assert (facts["paid"], facts["owed"], facts["by_post"], facts["roles"]) == (False, 8000, True, [])
    asked = bring(world, "asked", confirmed_duplicate=True)
    assert (facts_of(asked, AT)["supplement_asked"], facts_of(asked, AT)["supplement_count"]) == (True, 1)
    consulted = bring(world, "consulted", confirmed_duplicate=True)
    assert facts_of(consulted, AT)["open_opinions"] == 1


def test_a_step_without_conditions_costs_no_query_more(build: Build) -> None:
    plain = build()
    dossier = bring(plain, "handling")
    facts_of(dossier, AT)
    with CaptureQueriesContext(connection) as queries:
        ways = open_ways(dossier, AT, plain.specialist)
    assert ([way.step.key for way in ways], len(queries)) == (["review"], 0)


# --- ways


TO_REVIEW = {"to": "review", "when": "online", "label": "Trình trưởng phòng"}
STRAIGHT = {"to": "approve", "when": "not online"}


def test_only_the_open_way_is_taken_and_a_closed_one_says_why(build: Build) -> None:
    world = build(appraise={"forward": [STRAIGHT, TO_REVIEW]})
    dossier = bring(world, "handling")
    assert [(way.step.key, way.label) for way in open_ways(dossier, AT)] == [("review", "Trình trưởng phòng")]
    error = refused_act(RuleBroken, world, Act.APPRAISE, dossier, to_step="approve")
    assert codes(error) == [("way_closed", "to_step")]
    assert error.problems[0].message == "Chưa chuyển đến được bước «Phê duyệt»: chỉ khi không nộp trực tuyến."
    assert codes(refused_act(Invalid, world, Act.APPRAISE, dossier, to_step="seal")) == [("no_such_move", "to_step")]
    done = perform(world, Act.APPRAISE, dossier)
    assert done.step_key == "review"


def test_where_no_way_is_open_the_act_is_not_offered(build: Build) -> None:
    closed = {"to": "assign", "when": "supplement_count > 2"}
    world = build(receive={"forward": [closed]})
    dossier = bring(world, "received")
    assert Act.FORWARD not in acts_open_to(world.clerk, dossier, AT)
    error = refused_act(RuleBroken, world, Act.FORWARD, dossier)
    assert codes(error)[0] == ("way_closed", "to_step")
    assert "chỉ khi số lần yêu cầu bổ sung lớn hơn 2" in error.problems[0].message


def test_ways_back_are_conditional_too(build: Build) -> None:
    world = build(appraise={"back": [{"to": "receive", "when": "not online"}]})
    dossier = bring(world, "handling")
    assert Act.SEND_BACK not in acts_open_to(world.specialist, dossier, AT)
    error = refused_act(RuleBroken, world, Act.SEND_BACK, dossier, by="specialist")
    assert "Chưa trả lại được bước «Tiếp nhận»" in error.problems[0].message


def test_a_decision_goes_along_the_open_way(build: Build) -> None:
    ways = [{"to": "seal", "when": "copies > 5"}, {"to": "deliver", "when": "copies <= 5"}]
    world = build(approve={"forward": ways})
    assert perform(world, Act.APPROVE, bring(world, "deciding")).step_key == "deliver"


def test_a_refusal_reaches_the_applicant_whatever_the_conditions_say(build: Build) -> None:
    world = build(approve={"forward": [{"to": "seal", "when": "copies > 5"}]})
    dossier = bring(world, "deciding")
    assert codes(refused_act(RuleBroken, world, Act.APPROVE, dossier))[0] == ("way_closed", "to_step")
    assert perform(world, Act.REJECT, dossier).step_key == "seal"


def test_gates_hold_only_while_their_condition_does(build: Build) -> None:
    gates = {"gates": ["opinions"], "gates_when": "online"}
    world = build(appraise=gates)
    assert codes(refused_act(RuleBroken, world, Act.APPRAISE, bring(world, "consulted")))[0] == ("gate_opinions", "")
    paper = bring(world, "consulted", confirmed_duplicate=True)
    Dossier.objects.filter(pk=paper.pk).update(channel=Channel.POST)
    assert perform(world, Act.APPRAISE, paper).step_key == "review"


def test_a_desk_step_between_decision_and_hand_out(build: Build) -> None:
    fee = {"key": "fee", "name": "Thu phí", "right": "receive", "at": "desk", "forward": ["deliver"]}
    world = build(fee, seal={"forward": ["fee"]})
    sealed = perform(world, Act.SEAL, bring(world, "sealing"), at=moment(3, 15), number="3")
    assert (sealed.step_key, sealed.status, sealed.unit_id) == ("fee", Status.FINISHED, world.desk.pk)
    done = perform(world, Act.FORWARD, sealed, by="clerk")
    assert (done.step_key, done.status) == ("deliver", Status.FINISHED)
    whole(done)


# --- opinions


CONSULTS = [
    {"key": "phuong", "unit": OTHER, "question": "Có tranh chấp?", "term": {"amount": 1, "unit": "working_day"}},
    {"key": "khac", "unit": OTHER, "question": "Góp ý thêm?", "required": False, "when": "online"},
    {"key": "giay", "unit": OTHER, "question": "Bản giấy?", "when": "not online"},
    {"key": "mat", "unit": "khong-co-don-vi", "question": "Có ai không?", "required": False},
]


def test_opinions_are_asked_for_when_the_step_begins_and_only_once(build: Build) -> None:
    world = build(appraise={"consults": CONSULTS, "gates": ["opinions"]})
    dossier = bring(world, "handling")
    asked = list(dossier.consultations.order_by("number"))
    assert [(one.origin, one.is_required, one.asked_by_id, one.asked_by_name, one.answer_due_at) for one in asked] == [
        ("appraise/phuong", True, None, "Hệ thống", moment(3, 11)),
        ("appraise/khac", False, None, "Hệ thống", None),
    ]
    assert "khong-co-don-vi" in note_of(dossier, "process_consult")
    lines = dossier.moves.filter(act="process_consult").values_list("from_step", "to_step").distinct()
    assert list(lines) == [("appraise", "appraise")]
    whole(dossier)
    assert codes(refused_act(RuleBroken, world, Act.APPRAISE, dossier))[0] == ("gate_opinions", "")
    answer = {"by": "stranger", "opinion": Opinion.AGREE, "answer": "Không"}
    perform(world, Act.ANSWER_CONSULT, dossier, at=moment(2, 15), **answer)
    back = perform(world, Act.SEND_BACK, dossier, by="specialist", at=moment(2, 16))
    again = perform(world, Act.FORWARD, back, by="clerk", at=moment(2, 16, 10))
    again = perform(world, Act.ASSIGN, again, at=moment(2, 16, 20), to_account_id="@specialist")
    assert again.consultations.count() == 2
    assert perform(world, Act.APPRAISE, again).step_key == "review"


def test_who_is_asked_and_who_waits_for_the_answer_are_told(build: Build) -> None:
    world = build(appraise={"consults": CONSULTS[:1]})
    assert world.stranger.account_id
    dossier = bring(world, "handling")
    wire()
    _deliver(AT)
    assert Notice.objects.filter(account_id=world.stranger.known_id, subject__contains=dossier.code).exists()
    perform(world, Act.ANSWER_CONSULT, dossier, at=AT, by="stranger", opinion=Opinion.AGREE, answer="Không")
    _deliver(AT)
    assert Notice.objects.filter(account_id=world.specialist.known_id, subject__startswith="Đã đủ ý kiến").exists()


def _deliver(at: datetime) -> None:
    while deliver_pending(at=at):
        pass
    assert [row.last_error for row in OutboxEvent.objects.filter(delivered_at__isnull=True)] == []


# --- the clock


def test_the_clock_stands_between_a_step_that_stops_it_and_one_that_lets_it_run(build: Build) -> None:
    world = build(appraise={"clock": "stop"}, review={"clock": "run"})
    dossier = bring(world, "handling")
    pause = dossier.suspensions.get()
    assert (pause.kind, pause.since, pause.until) == (SuspensionKind.PROCESS, moment(2, 11), None)
    assert "Thẩm định" in note_of(dossier, "process_suspend")
    whole(dossier)
    assert codes(refused_act(RuleBroken, world, Act.RESUME, dossier))[0] == ("not_suspended", "")
    asking = {"by": "specialist", "exception_reason": ""}
    assert ("clock_stands", "") in codes(refused_act(RuleBroken, world, Act.REQUEST_SUPPLEMENT, dossier, **asking))
    due = dossier.due_at
    assert due is not None
    done = perform(world, Act.APPRAISE, dossier, at=moment(3, 11))
    assert done.due_at == due + timedelta(days=1)
    assert done.suspensions.get().until == moment(3, 11)
    assert "tạm dừng chờ theo quy trình" in done.due_working["text"]
    assert note_of(done, "process_resume") == "Đến bước «Soát xét»."
    whole(done)


def test_the_clock_runs_at_the_latest_when_the_result_is_handed_out(build: Build) -> None:
    world = build(appraise={"clock": "stop"}, deliver={"clock": "run"})
    delivering = bring(world, "delivering")
    assert delivering.step_key == "deliver"
    assert not delivering.suspensions.filter(until__isnull=True).exists()


# --- other agencies


OUTSIDE = {"right": "handle", "at": "unit", "unit": OTHER}


def test_a_step_at_another_agency_is_worked_on_there(build: Build) -> None:
    world = build(appraise=OUTSIDE)
    assert world.stranger.account_id
    dossier = bring(world, "assigning")
    with pytest.raises(NotFound):
        get_visible(world.stranger, dossier.pk)
    head = {"by": "head", "at": moment(2, 11), "to_account_id": "@stranger"}
    there = perform(world, Act.ASSIGN, dossier, **head)
    assert (there.unit_id, there.holder_id) == (world.other_ward.pk, world.stranger.account_id)
    assert get_visible(world.stranger, dossier.pk).pk == dossier.pk
    assert Act.APPRAISE in acts_open_to(world.stranger, get_visible(world.stranger, dossier.pk), AT)
    back = perform(world, Act.APPRAISE, there, by="stranger")
    assert (back.step_key, back.unit_id) == ("review", world.division.pk)
    assert get_visible(world.stranger, dossier.pk).pk == dossier.pk
    whole(back)


def test_an_agency_that_is_not_there_is_refused(build: Build) -> None:
    world = build(review={"at": "unit", "unit": "H49.99"})
    error = refused_act(RuleBroken, world, Act.APPRAISE, bring(world, "handling"))
    assert codes(error) == [("unit_unknown", "to_step")]
    assert "H49.99" in error.problems[0].message


# --- timers


def timer(do: str, hours: int = 4, **more: Any) -> dict[str, Any]:
    return {"key": f"t-{do}", "after": {"amount": hours, "unit": "working_hour"}, "do": do, **more}


def ring(at: datetime) -> int:
    rung = sum(follow_timer(due, at=at) for due in list(due_timers(at)))
    wire()
    _deliver(at)
    return rung


def told(account: int | None) -> int:
    return Notice.objects.filter(account_id=account, subject__startswith="Chờ quá lâu").count()


def test_a_timer_reminds_then_tells_the_leader_once_each(build: Build) -> None:
    world = build(appraise={"timers": [timer("remind"), timer("escalate", 8)]})
    assert world.head.account_id
    dossier = bring(world, "handling")
    assert ring(moment(2, 15)) == 0
    perform(world, Act.CONSULT, dossier, at=moment(2, 15, 30))
    assert ring(moment(2, 17)) == 1
    assert (told(world.specialist.account_id), told(world.head.account_id)) == (1, 0)
    assert ring(moment(2, 17, 5)) == 0
    assert ring(moment(3, 11, 1)) == 1
    assert (told(world.specialist.account_id), told(world.head.account_id)) == (1, 1)
    assert list(TimerRing.objects.order_by("id").values_list("timer_key", flat=True)) == ["t-remind", "t-escalate"]
    back = perform(world, Act.SEND_BACK, dossier, by="specialist", at=moment(3, 14))
    perform(world, Act.FORWARD, back, by="clerk", at=moment(3, 14, 10))
    again = perform(world, Act.ASSIGN, back, at=moment(3, 14, 20), to_account_id="@specialist")
    assert ring(moment(4, 9)) == 1
    assert again.timer_rings.count() == 3


def test_a_timer_moves_on_unless_a_gate_is_closed_or_its_condition_does_not_hold(build: Build) -> None:
    moves = timer("move", to="review", when="online")
    world = build(appraise={"timers": [moves], "gates": ["opinions"]})
    dossier = bring(world, "consulted")
    assert ring(moment(3, 9)) == 0
    cancelled = perform(world, Act.CANCEL_CONSULT, dossier, at=moment(3, 10))
    assert ring(moment(3, 10, 5)) == 1
    moved = Dossier.objects.get(pk=cancelled.pk)
    assert (moved.step_key, moved.status, moved.unit_id) == ("review", Status.PROCESSING, world.division.pk)
    assert note_of(moved, "process_move") == "Hồ sơ chờ ở bước «Thẩm định» quá 4 giờ làm việc."
    whole(moved)
    assert ring(moment(3, 10, 6)) == 0
    paper = bring(world, "handling", confirmed_duplicate=True)
    Dossier.objects.filter(pk=paper.pk).update(channel=Channel.POST)
    assert ring(moment(3, 10, 7)) == 0


def test_a_timer_sends_back_to_whoever_worked_there(build: Build) -> None:
    world = build(review={"timers": [timer("move", to="appraise")]})
    bring(world, "reviewing")
    assert ring(moment(4, 10)) == 1
    sent = Dossier.objects.get()
    assert (sent.step_key, sent.holder_id) == ("appraise", world.specialist.account_id)


def test_what_came_too_late_rings_no_more(build: Build) -> None:
    world = build(appraise={"timers": [timer("remind")]})
    dossier = bring(world, "handling")
    due = list(due_timers(moment(3, 9)))
    perform(world, Act.APPRAISE, dossier, at=moment(3, 8))
    assert [follow_timer(one, at=moment(3, 9)) for one in due] == [False]
    assert list(due_timers(moment(3, 9))) == []


def test_the_job_asks_once_where_no_process_has_timers(build: Build) -> None:
    submitted(build())
    with CaptureQueriesContext(connection) as queries:
        follow_timers(0)
    assert len(queries) <= 2
