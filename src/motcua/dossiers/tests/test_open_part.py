"""Hồ sơ liên thông: parts of a dossier at other agencies."""

from motcua.agencies.terms import Right
from motcua.dossiers.access import acts_open_to
from motcua.dossiers.actions.hand_to_parent import hand_to_parent
from motcua.dossiers.models import Delivery, Dossier
from motcua.dossiers.queries.applicant import files_open_to
from motcua.dossiers.queries.family import offered_codes, offers_of, parts_below
from motcua.dossiers.queries.finding import Wanted, find
from motcua.dossiers.rules.reasons import Ground
from motcua.dossiers.terms import Act, AttachmentPurpose, Collector, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused_act
from motcua.dossiers.tests.stages import AT, bring, file_ref, perform
from motcua.dossiers.tests.world import CODE, LAID, SINCE, STEPS, World, definition, moment
from motcua.identity.terms import SYSTEM
from motcua.journal.actions.deliver import deliver_pending
from motcua.journal.models import Entry
from motcua.journal.queries import verify_chain
from motcua.kernel.errors import Conflict, Invalid, RuleBroken
from motcua.notifications.models import Notice
from motcua.procedures.actions import import_definition, offer

OTHER, THIRD = "1.004222", "2.000555"


def linked(db: None, *, gates: tuple[str, ...] = ("parts",)) -> World:
    """A ward whose procedure has a required part in the other ward, and an optional one."""
    steps = [step | ({"gates": gates} if step["key"] == "approve" else {}) for step in STEPS]
    parts = [
        {"key": "thuong-tru", "procedure": OTHER, "name": "Đăng ký thường trú"},
        {"key": "the", "procedure": THIRD, "name": "Cấp thẻ", "required": False, "case": "default"},
    ]
    world = World(definition(steps=steps, linked=parts)).build()
    plain = [step for step in STEPS if step["key"] != "seal"]
    plain = [step | ({"forward": ["deliver"]} if step["key"] == "approve" else {}) for step in plain]
    papers = [
        {"key": "don", "name": "Tờ  khai", "originals": 1},
        {"key": "so-ho", "name": "Sổ", "originals": 1},
        {"key": "them", "name": "Ảnh khác", "copies": 1, "required": False},
    ]
    for code, name, way in ((OTHER, "Đăng ký thường trú", STEPS), (THIRD, "Cấp thẻ", plain)):
        part = definition(code=code, name=name, components=papers, steps=way)
        assert import_definition(actor=SYSTEM, definition=part, at=LAID, valid_from=SINCE).result == "taken"
        offer(
            actor=SYSTEM, code=code, agency_id=world.other_ward.pk, handling_unit_id=world.other_ward.pk,
            at=LAID, valid_from=SINCE,
        )  # fmt: skip
    return world


def _finish(world: World, part: Dossier) -> Dossier:
    """Lead a part through the other ward to its result."""
    by = "stranger"
    part = perform(world, Act.ASSIGN, part, by=by, to_account_id="@stranger")
    part = perform(world, Act.APPRAISE, part, by=by)
    part = perform(world, Act.FORWARD, part, by=by)
    part = perform(world, Act.APPROVE, part, by=by)
    if part.step_key == "seal":
        part = perform(world, Act.SEAL, part, by=by, number="7", symbol="CT", scan=file_ref())
    return part


def test_everything_goes_along(db: None) -> None:
    world = linked(db)
    dossier = perform(world, Act.OPEN_PART, bring(world, "handling"), procedure_code=OTHER)
    event = check_traces(dossier, act="open_part", verb="dossier.part_opened", by=world.specialist)
    (part,) = parts_below(dossier)
    assert (event["part_id"], event["part_code"]) == (part.pk, part.code)
    assert part.code.startswith("H49.62-")
    assert (part.agency_id, part.desk_id, part.unit_id, part.step_key) == (
        world.other_ward.pk, world.desk.pk, world.other_ward.pk, "assign",
    )  # fmt: skip
    assert (part.status, part.received_at, part.due_at) == (Status.PROCESSING, AT, moment(9, 10))
    assert (part.owner_id, part.submitter_id) == (dossier.owner_id, dossier.submitter_id)
    rows = {row.key: (row.originals, row.is_present, row.note) for row in part.components.all()}
    assert rows == {"don": (0, True, f"Theo hồ sơ {dossier.code}"), "so-ho": (0, False, "")}
    assert part.attachments.get().component == part.components.get(key="don")
    assert [move.act for move in part.moves.order_by("number")] == ["receive", "forward"]
    assert part.papers.count() == 0
    assert Entry.objects.filter(object_id=str(part.pk), object_type="dossiers.dossier").count() == part.revision
    assert verify_chain("dossiers.dossier", str(part.pk)) == []


def test_either_code_finds_it(db: None) -> None:
    world = linked(db)
    dossier = perform(world, Act.OPEN_PART, bring(world, "handling"), procedure_code=OTHER)
    (part,) = parts_below(dossier)
    for text in (dossier.code, part.code):
        found = {one.pk for one in find(world.stranger, Wanted(text=text), at=AT).rows}
        assert found == {dossier.pk, part.pk}
    changed = perform(world, Act.CORRECT, dossier, by="clerk", changes={"owner.phone": "0922222222"})
    part.refresh_from_db()
    assert "0922222222" in part.search_keys
    assert part.code.lower() in changed.search_keys


def test_the_applicant_knows_one_dossier(db: None) -> None:
    world = linked(db)
    dossier = perform(world, Act.OPEN_PART, bring(world, "handling"), procedure_code=OTHER)
    assert [one.pk for one in find(world.citizen, Wanted(), at=AT).rows] == [dossier.pk]
    (part,) = parts_below(dossier)
    perform(world, Act.ASSIGN, part, by="stranger", to_account_id="@stranger")
    grounds = (Ground("illegible", "don", note="Mờ"),)
    perform(world, Act.REQUEST_SUPPLEMENT, part, by="stranger", exception_reason="", grounds=grounds)
    while deliver_pending(at=AT):
        pass
    told = Notice.objects.filter(account_id=world.citizen.account_id)
    assert not told.filter(body__contains=part.code).exists()
    assert not told.filter(subject__contains=part.code).exists()
    assert told.filter(subject=f"Cần bổ sung hồ sơ {dossier.code}", link=f"/ho-so/{dossier.code}/").exists()
    assert told.filter(subject=f"Hồ sơ {dossier.code} được giải quyết liên thông").exists()


def test_the_result_comes_back_by_itself(db: None) -> None:
    world = linked(db)
    dossier = perform(world, Act.OPEN_PART, bring(world, "deciding"), by="clerk", procedure_code=OTHER)
    assert codes(refused_act(RuleBroken, world, Act.APPROVE, dossier))[0] == ("gate_parts", "")
    (part,) = parts_below(dossier)
    sealed = _finish(world, part)
    assert Act.DELIVER not in acts_open_to(world.clerk, sealed, AT)
    assert codes(refused_act(RuleBroken, world, Act.DELIVER, sealed))[0] == ("part", "")
    assert codes(refused_act(RuleBroken, world, Act.CORRECT, part, by="clerk"))[0] == ("part", "")
    while deliver_pending(at=AT):
        pass
    fresh, ended = Dossier.objects.get(pk=dossier.pk), Dossier.objects.get(pk=part.pk)
    assert (ended.status, ended.ended_at) == (Status.DELIVERED, AT)
    delivery = Delivery.objects.get(dossier=ended)
    assert (delivery.collector, delivery.name, delivery.delivered_by_id) == (Collector.PARENT, world.ward.name, None)
    assert [move.act for move in fresh.moves.order_by("-number")[:2]] == ["part_done", "open_part"]
    assert fresh.moves.latest("number").note == "Đăng ký thường trú: Giấy khai sinh số 7/CT"
    file = fresh.attachments.get(purpose=AttachmentPurpose.RESULT)
    assert file.name == "Kết quả Đăng ký thường trú – to-khai.pdf"
    assert Entry.objects.filter(object_id=str(part.pk), object_type="dossiers.dossier").count() == ended.revision
    assert Entry.objects.filter(object_id=str(fresh.pk), object_type="dossiers.dossier").count() == fresh.revision
    assert not hand_to_parent(part_id=part.pk, at=AT)
    assert Notice.objects.filter(
        account_id=world.chair.account_id, subject__startswith="Có kết quả liên thông"
    ).exists()
    assert file not in files_open_to(world.citizen, fresh)
    assert perform(world, Act.APPROVE, fresh).status == Status.FINISHED
    approved = Dossier.objects.get(pk=fresh.pk)
    perform(world, Act.DELIVER, perform(world, Act.SEAL, approved, scan=file_ref()))
    assert file in files_open_to(world.citizen, Dossier.objects.get(pk=fresh.pk))


def test_an_optional_part_does_not_hold_the_parent_up(db: None) -> None:
    world = linked(db)
    dossier = perform(world, Act.OPEN_PART, bring(world, "deciding"), by="clerk", procedure_code=THIRD)
    (part,) = parts_below(dossier)
    assert hand_to_parent(part_id=dossier.pk, at=AT) is False
    assert perform(world, Act.APPROVE, dossier).status == Status.FINISHED
    decided = _finish(world, part)
    assert decided.step_key == "deliver"
    assert hand_to_parent(part_id=part.pk, at=AT) is True
    assert Dossier.objects.get(pk=dossier.pk).attachments.filter(purpose=AttachmentPurpose.RESULT).count() == 0


def test_withdrawn_with_its_parent(db: None) -> None:
    world = linked(db)
    dossier = perform(world, Act.OPEN_PART, bring(world, "handling"), procedure_code=OTHER)
    perform(world, Act.WITHDRAW, dossier)
    while deliver_pending(at=AT):
        pass
    (part,) = parts_below(dossier)
    assert part.status == Status.WITHDRAWN


def test_where_it_may_be_opened(db: None) -> None:
    world = linked(db)
    dossier = bring(world, "handling")
    said = {"procedure_code": "9.999999"}
    assert codes(refused_act(Invalid, world, Act.OPEN_PART, dossier, **said)) == [("no_procedure", "procedure")]
    said = {"procedure_code": OTHER, "agency_id": world.ward.pk}
    assert codes(refused_act(Invalid, world, Act.OPEN_PART, dossier, **said)) == [("not_offered", "agency")]
    said = {"procedure_code": OTHER, "case_key": "la"}
    assert codes(refused_act(Invalid, world, Act.OPEN_PART, dossier, **said)) == [("unknown_case", "case_key")]
    third = world._unit("UBND phường Hà Tu", "commune", world.province, agency_code="H49.63")
    offer(actor=SYSTEM, code=OTHER, agency_id=third.pk, handling_unit_id=third.pk, at=LAID, valid_from=SINCE)
    assert codes(refused_act(Invalid, world, Act.OPEN_PART, dossier, procedure_code=OTHER)) == [("required", "agency")]
    opened = perform(world, Act.OPEN_PART, dossier, procedure_code=OTHER, agency_id=third.pk)
    second = refused_act(Conflict, world, Act.OPEN_PART, opened, procedure_code=OTHER, agency_id=third.pk)
    assert codes(second) == [("part_open", "procedure")]
    (part,) = parts_below(opened)
    worker = world.officer("ha-tu", third, "Trưởng phòng", Right.LEAD_DIVISION, Right.HANDLE)
    below = refused_act(RuleBroken, world, Act.OPEN_PART, part, by="clerk", procedure_code=CODE)
    assert codes(below)[0] == ("part_of_part", "")
    assert Act.OPEN_PART not in acts_open_to(worker, part, AT)


def test_what_may_be_chosen(db: None) -> None:
    world = linked(db)
    assert [one.agency_id for one in offers_of([OTHER], AT)[OTHER]] == [world.other_ward.pk]
    assert offers_of([], AT) == {}
    assert {one.code: one.agency_ids for one in offered_codes(AT)} == {
        CODE: (world.ward.pk,), OTHER: (world.other_ward.pk,), THIRD: (world.other_ward.pk,),
    }  # fmt: skip


def test_who_opens(world: World) -> None:
    check_who(world, Act.OPEN_PART, may=["clerk", "second_clerk", "specialist"], late=["head"])


def test_gate(world: World) -> None:
    check_gate(world, Act.OPEN_PART, again=None)
