"""Lấy ý kiến, trả lời, rút yêu cầu."""

from motcua.dossiers.access import acts_open_to, get_visible, sees_whole
from motcua.dossiers.actions.consult import Question
from motcua.dossiers.models import Consultation
from motcua.dossiers.queries.work import Box, Work
from motcua.dossiers.terms import Act, AttachmentPurpose, Opinion
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused, refused_act
from motcua.dossiers.tests.stages import AT, bring, everyone, file_ref, perform
from motcua.dossiers.tests.world import STEPS, World, definition, moment
from motcua.identity.terms import SYSTEM
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken

DUE = moment(6, 17)


def _questions(world: World) -> list[Question]:
    return [Question(world.other_ward.pk, " Có tranh chấp? ", DUE), Question(world.ward.pk, "Ý kiến chủ tịch?")]


def test_many_at_once_and_the_dossier_stays(world: World) -> None:
    before = bring(world, "handling")
    dossier = perform(world, Act.CONSULT, before, questions=_questions(world))
    event = check_traces(dossier, act="consult", verb="dossier.opinion_asked", by=world.specialist)
    assert (event["unit_ids"], event["numbers"]) == ([world.other_ward.pk, world.ward.pk], [1, 2])
    assert event["journal"]["units"] == [world.other_ward.name, world.ward.name]
    assert (dossier.unit_id, dossier.holder_id, dossier.status, dossier.due_at) == (
        before.unit_id, before.holder_id, before.status, before.due_at,
    )  # fmt: skip
    first, second = dossier.consultations.order_by("number")
    assert (first.question, first.answer_due_at, first.asked_by_name) == ("Có tranh chấp?", DUE, world.specialist.name)
    assert second.answer_due_at is None
    again = perform(world, Act.CONSULT, dossier, questions="?second_division")
    assert again.consultations.latest("number").number == 3


def test_by_whoever_handles_or_leads(world: World) -> None:
    check_who(world, Act.CONSULT, may=["specialist", "head", "chair"])


def test_at_the_desk_only_leaders_ask(world: World) -> None:
    check_who(world, Act.CONSULT, stage="received", may=["chair"])


def test_gate(world: World) -> None:
    check_gate(world, Act.CONSULT, again=None)


def test_not_once_it_is_decided(world: World) -> None:
    error = refused_act(RuleBroken, world, Act.CONSULT, bring(world, "sealing"), by="chair")
    assert codes(error)[0] == ("wrong_status", "")


def test_everything_wrong_at_once(world: World) -> None:
    dossier = bring(world, "handling")
    far = world._unit("UBND tỉnh Bắc Ninh", "province", None, agency_code="H05")
    asked = [
        Question(far.pk, ""),
        Question(0, "x" * 4001),
        Question(world.division.pk, "Hỏi chính mình", AT),
        Question(world.ward.pk, "Một"),
        Question(world.ward.pk, "Hai"),
    ]
    assert codes(refused_act(Invalid, world, Act.CONSULT, dossier, questions=asked)) == [
        ("required", "questions.0.text"),
        ("unit_unknown", "questions.0.unit"),
        ("too_long", "questions.1.text"),
        ("unit_unknown", "questions.1.unit"),
        ("due_passed", "questions.2.due"),
        ("asks_itself", "questions.2.unit"),
        ("asked_twice", "questions.4.unit"),
    ]
    assert codes(refused_act(Invalid, world, Act.CONSULT, dossier, questions=[])) == [("required", "questions.0.unit")]
    many = [Question(world.ward.pk, "Hỏi")] * 21
    assert codes(refused_act(Invalid, world, Act.CONSULT, dossier, questions=many)) == [("too_many", "questions")]


def test_an_answer_with_its_paper(world: World) -> None:
    before = bring(world, "consulted")
    dossier = perform(world, Act.ANSWER_CONSULT, before, answer=" Không có ", file=file_ref())
    event = check_traces(dossier, act="answer_consult", verb="dossier.opinion_given", by=world.stranger)
    assert (event["number"], event["open_count"]) == (1, 0)
    assert event["journal"]["opinion"] == "agree"
    said = Consultation.objects.get()
    assert (said.opinion, said.answer, said.answered_by_name, said.answered_at) == (
        Opinion.AGREE, "Không có", world.stranger.name, AT,
    )  # fmt: skip
    assert said.attachment is not None
    assert said.attachment.purpose == AttachmentPurpose.OPINION
    assert (dossier.step_key, dossier.holder_id) == (before.step_key, before.holder_id)


def test_each_question_has_its_own_answer(world: World) -> None:
    dossier = perform(world, Act.CONSULT, bring(world, "consulted"), questions="?ward", at=moment(3, 8))
    assert codes(refused_act(NotFound, world, Act.ANSWER_CONSULT, dossier, number=2)) == [("no_question", "number")]
    answered = perform(world, Act.ANSWER_CONSULT, dossier, by="chair", number=2)
    assert check_traces(answered, act="answer_consult", verb="dossier.opinion_given", by=world.chair)["open_count"] == 1
    perform(world, Act.ANSWER_CONSULT, answered)
    assert not Consultation.objects.filter(answered_at=None).exists()


def test_who_answers(world: World) -> None:
    check_who(world, Act.ANSWER_CONSULT, may=["stranger"])


def test_the_agency_leads_its_divisions(world: World) -> None:
    dossier = perform(world, Act.CONSULT, bring(world, "handling"), questions="?second_division")
    assert Act.ANSWER_CONSULT in acts_open_to(world.chair, dossier, AT)
    assert Act.ANSWER_CONSULT not in acts_open_to(world.head, dossier, AT)


def test_gate_of_answers(world: World) -> None:
    dossier = perform(world, Act.ANSWER_CONSULT, bring(world, "consulted"))
    refused_act(NotPermitted, world, Act.ANSWER_CONSULT, dossier)
    asked = perform(world, Act.CONSULT, dossier, questions="?other_ward")
    refused_act(Conflict, world, Act.ANSWER_CONSULT, asked, revision=asked.revision - 1)
    perform(world, Act.REQUEST_SUPPLEMENT, asked, by="specialist", exception_reason="")
    perform(world, Act.WITHDRAW, asked, by="clerk")
    assert codes(refused_act(RuleBroken, world, Act.ANSWER_CONSULT, asked))[0] == ("wrong_status", "")


def test_an_answer_has_words(world: World) -> None:
    dossier = bring(world, "consulted")
    assert codes(refused_act(Invalid, world, Act.ANSWER_CONSULT, dossier, answer=" ")) == [("required", "answer")]


def test_taking_a_question_back(world: World) -> None:
    assert world.stranger.account_id
    dossier = perform(world, Act.CANCEL_CONSULT, bring(world, "consulted"))
    event = check_traces(dossier, act="cancel_consult", verb="dossier.opinion_cancelled", by=world.specialist)
    assert (event["number"], event["unit_id"]) == (1, world.other_ward.pk)
    assert Consultation.objects.get().cancelled_at == AT
    assert dossier.moves.latest("number").note == f"{world.other_ward.name}. Đã có tài liệu"
    refused(NotFound, lambda: get_visible(world.stranger, dossier.pk))


def test_who_takes_it_back(world: World) -> None:
    actors, dossier = everyone(world), bring(world, "consulted")
    open_to = {name for name, actor in actors.items() if Act.CANCEL_CONSULT in acts_open_to(actor, dossier, AT)}
    assert open_to == {"specialist", "second_specialist", "head", "chair"}
    refused_act(NotPermitted, world, Act.CANCEL_CONSULT, dossier, by="stranger")
    refused_act(NotPermitted, world, Act.CANCEL_CONSULT, dossier, by="clerk")


def test_what_cannot_be_taken_back(world: World) -> None:
    dossier = bring(world, "consulted")
    assert codes(refused_act(NotFound, world, Act.CANCEL_CONSULT, dossier, number=7)) == [("no_question", "number")]
    assert codes(refused_act(Invalid, world, Act.CANCEL_CONSULT, dossier, reason="")) == [("required", "reason")]
    done = perform(world, Act.CANCEL_CONSULT, dossier)
    assert codes(refused_act(RuleBroken, world, Act.CANCEL_CONSULT, done))[0] == ("no_question", "")


def test_a_step_may_wait_for_every_opinion(db: None) -> None:
    steps = [step | ({"gates": ["opinions"]} if step["key"] == "appraise" else {}) for step in STEPS]
    world = World(definition(steps=steps)).build()
    dossier = bring(world, "consulted")
    assert codes(refused_act(RuleBroken, world, Act.APPRAISE, dossier))[0] == ("gate_opinions", "")
    assert Act.APPRAISE not in acts_open_to(world.specialist, dossier, AT)
    answered = perform(world, Act.ANSWER_CONSULT, dossier)
    assert perform(world, Act.APPRAISE, answered).step_key == "review"


def test_what_waits_for_the_asked_and_what_they_see(world: World) -> None:
    dossier = bring(world, "consulted")
    mine = Work(world.stranger, AT)
    assert mine.counts()[Box.OPINION] == mine.counts()[Box.ALL] == 1
    assert [one.pk for one in mine.page(Box.OPINION).rows] == [dossier.pk]
    assert not sees_whole(world.stranger, dossier)
    assert all(sees_whole(actor, dossier) for actor in (world.clerk, world.overseer, world.citizen, SYSTEM))
    perform(world, Act.ANSWER_CONSULT, dossier)
    assert Work(world.stranger, AT).counts()[Box.ALL] == 0
    assert Box.OPINION not in Work(world.clerk, AT).boxes()
