"""Tiếp nhận hồ sơ nộp trực tiếp."""

from datetime import timedelta

import pytest
from django.utils import timezone

from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.models import CodeCounter
from motcua.dossiers.rules.application import ComponentFacts, PartyFacts
from motcua.dossiers.terms import Channel, ResultChannel, Source, Status
from motcua.dossiers.tests.checks import check_traces, codes, outcome, paper_of, refused
from motcua.dossiers.tests.stages import AT, everyone, file_ref
from motcua.dossiers.tests.world import World, definition, moment
from motcua.kernel.errors import Conflict, Invalid, RuleBroken


def test_it_is_received_at_once(world: World) -> None:
    components = (ComponentFacts("anh", copies=2, note="4×6"), ComponentFacts("to-khai", originals=1))
    dossier = world.received(AT, components=components, set_count=2, abstract="Sinh đôi")
    event = check_traces(dossier, act="receive", verb="dossier.received", by=world.clerk)
    assert (dossier.status, dossier.step_key, dossier.unit_id) == (Status.RECEIVED, "receive", world.desk.pk)
    assert (dossier.submitted_at, dossier.received_at, dossier.receiver_name) == (AT, AT, world.clerk.name)
    assert dossier.holder_id == world.clerk.account_id
    assert dossier.due_at == dossier.original_due_at == moment(9, 10)
    assert dossier.step_due_at == moment(4, 16)
    assert event["journal"]["channel"] == "in_person"
    paper = paper_of(dossier, "receipt")
    assert [(one["name"], one["originals"], one["copies"], one["note"]) for one in paper["components"]] == [
        ("Tờ khai", 1, 0, ""),
        ("Ảnh", 0, 2, "4×6"),
    ]
    assert (paper["set_count"], paper["owner"], paper["online"]) == (2, None, False)
    assert paper["request"] == "Đăng ký khai sinh – Sinh đôi (cơ quan giải quyết: UBND phường Hồng Gai)"
    assert dossier.tracking_token in paper["tracking_url"]


def test_codes_run_by_agency_and_day(world: World) -> None:
    taken = [world.received(at, confirmed_duplicate=True).code[-11:] for at in (AT, AT, moment(5, 0), AT)]
    assert taken == ["260304-0001", "260304-0002", "260305-0001", "260304-0003"]
    assert set(CodeCounter.objects.values_list("agency", "last")) == {(world.ward.pk, 3), (world.ward.pk, 1)}


def test_a_refused_one_takes_no_number(world: World) -> None:
    assert world.clerk.account_id
    refused(Invalid, lambda: world.received(AT, set_count=0))
    missing = (ComponentFacts("to-khai", originals=1, files=()), ComponentFacts("giay-la", copies=1))
    assert codes(refused(Invalid, lambda: world.received(AT, components=missing))) == [
        ("unknown_component", "components.giay-la")
    ]
    assert world.received(AT).code == "H49.61-260304-0001"


def test_who(world: World) -> None:
    actors = everyone(world)
    for channel in (Channel.IN_PERSON, Channel.POST, Channel.ONLINE):
        application = world.application(channel=channel)
        found = {
            name: outcome(lambda actor=actor, one=application: take_in_dossier(actor=actor, application=one, at=AT))
            for name, actor in actors.items()
        }
        may = {"clerk", "second_clerk", "system"}
        assert found == {name: "done" if name in may else "NotPermitted" for name in actors}


def test_a_second_one_is_asked_about(world: World) -> None:
    first = world.received(AT)
    error = refused(Conflict, lambda: world.received(AT))
    assert first.code in error.problems[0].message


def test_the_past_but_not_the_future(world: World) -> None:
    assert world.clerk.account_id
    error = refused(RuleBroken, lambda: world.received(timezone.now() + timedelta(minutes=5)))
    assert codes(error) == [("in_future", "at")]
    assert world.received(timezone.now() + timedelta(minutes=1)).pk


def test_somebody_else_brought_it(world: World) -> None:
    submitter = PartyFacts(name="Trần Văn Bình", personal_id="001085001234", phone="0987654321")
    dossier = world.received(
        AT,
        submitter=submitter,
        source=Source.PROXY,
        relation="Giấy ủy quyền số 12 ngày 02/03/2026",
        proxy_files=(file_ref(),),
        result_channel=ResultChannel.POST,
        result_place="12 Lê Lợi",
    )
    paper = paper_of(dossier, "receipt")
    assert (paper["submitter"]["name"], paper["owner"]["name"]) == ("Trần Văn Bình", "Nguyễn Thị Hoà")
    assert paper["submitter_role"] == "Người được ủy quyền: Giấy ủy quyền số 12 ngày 02/03/2026"
    assert paper["result_place"] == "Nhận qua bưu chính công ích: 12 Lê Lợi"


def test_present_only_papers_online_and_no_step_terms(world: World) -> None:
    components = [
        {"key": "cccd", "name": "Căn cước", "originals": 1, "present_only": True},
        {"key": "to-khai", "name": "Tờ khai", "originals": 1},
    ]
    steps = [{name: value for name, value in step.items() if name != "term"} for step in _steps()]
    world.definition = definition(code="1.001194", components=components, steps=steps)
    world.build()
    handed = (ComponentFacts("to-khai", files=(file_ref(),)), ComponentFacts("cccd", originals=1))
    dossier = world.received(AT, channel=Channel.ONLINE, components=handed)
    assert dossier.step_due_at is None


def _steps() -> list[dict[str, object]]:
    return [step.model_dump(mode="json", exclude_none=True) for step in definition().steps]


@pytest.mark.parametrize(
    ("term", "due", "words"),
    [
        ({"amount": 0, "unit": "same_day"}, moment(4, 17), "Trong ngày làm việc"),
        ({"amount": 4, "unit": "working_hour"}, moment(4, 16), "04 giờ làm việc"),
        ({"amount": 3, "unit": "day"}, moment(9, 7), "03 ngày"),
    ],
)
def test_every_unit_of_term(world: World, term: dict[str, object], due: object, words: str) -> None:
    world.definition = definition(code="1.001194", cases=[{"key": "default", "name": "x", "terms": {"any": term}}])
    world.build()
    dossier = world.received(AT)
    assert dossier.due_at == due
    paper = paper_of(dossier, "receipt")
    assert (paper["term_text"], paper["fees_text"]) == (words, "Không thu")
