"""Nộp thay: who typed, who agreed, how many one helper may have; counted apart, brokers found."""

from dataclasses import replace
from typing import Any

import pytest

from motcua.agencies.terms import Right
from motcua.dossiers.actions.limit_helpers import limit_helpers
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.models import Dossier, HelperLimit
from motcua.dossiers.queries.assistance import assisted_counts, brokers, limit_of
from motcua.dossiers.rules.application import ComponentFacts
from motcua.dossiers.rules.helping import USUAL, Limit
from motcua.dossiers.terms import AttachmentPurpose, Channel, Consent, Source
from motcua.dossiers.tests.checks import codes, refused
from motcua.dossiers.tests.stages import AT, bring, file_ref
from motcua.dossiers.tests.world import OWNER, SUBMITTER, World, moment
from motcua.identity.models import Account
from motcua.identity.terms import Actor
from motcua.journal.models import Entry
from motcua.kernel.errors import Invalid, NotPermitted, RuleBroken


def assisted(world: World, by: Actor | None = None, **changes: Any) -> Dossier:
    """An online dossier that the clerk typed for the owner."""
    facts: dict[str, Any] = {
        "channel": Channel.ONLINE,
        "source": Source.ASSISTED,
        "consent": Consent.SPOKEN,
        "components": (ComponentFacts("to-khai", files=(file_ref(),)),),
        "confirmed_duplicate": True,
    }
    application = world.application(**facts | changes)
    return submit_dossier(actor=by or world.clerk, application=application, at=AT)


def brought(world: World, source: Source = Source.PROXY, **changes: Any) -> Dossier:
    """A dossier at the desk that somebody brought for the owner."""
    facts = {"submitter": SUBMITTER, "source": source, "relation": "Giấy ủy quyền số 12", "confirmed_duplicate": True}
    return take_in_dossier(actor=world.clerk, application=world.application(**facts | changes), at=AT)


def limited(world: World, source: Source, a_day: int, opened: int = 9, by: Actor | None = None) -> HelperLimit:
    """The chair limits helpers at the desk of the ward."""
    return limit_helpers(
        actor=by or world.chair,
        desk_id=world.desk.pk,
        source=source,
        limit=Limit(a_day, opened),
        on=AT.date(),
        at=AT,
        reason="Chống môi giới",
    )


def test_typed_for_the_citizen(world: World) -> None:
    Account.objects.filter(pk=world.citizen.account_id).update(personal_id=OWNER.personal_id)
    dossier = assisted(world, consent=Consent.SIGNED, consent_files=(file_ref(),))
    stored = Dossier.objects.select_related("owner").get(pk=dossier.pk)
    assert (stored.assisted_by_id, stored.consent, stored.source) == (
        world.clerk.account_id, Consent.SIGNED, Source.ASSISTED,
    )  # fmt: skip
    assert (stored.owner.account_id, stored.submitter_id) == (world.citizen.account_id, stored.owner_id)
    assert stored.answer_due_at is not None
    assert stored.attachments.filter(purpose=AttachmentPurpose.CONSENT).count() == 1
    assert Entry.objects.get(verb="dossier.submitted").actor_id == world.clerk.account_id


def test_never_without_consent_nor_by_others(world: World) -> None:
    file_ref()
    error = refused(Invalid, lambda: assisted(world, consent=Consent.NONE))
    assert codes(error) == [("no_consent", "consent")]
    for who in (world.specialist, world.stranger):
        refused(NotPermitted, lambda who=who: assisted(world, by=who))


def test_a_parent_needs_the_childs_birthday_and_the_relation(world: World) -> None:
    child = replace(OWNER, personal_id="", born=moment(1, 8).date().replace(year=2016))
    dossier = brought(world, Source.PARENT, owner=child, relation="mẹ đẻ")
    assert (dossier.consent, dossier.relation, dossier.assisted_by_id) == (Consent.LAW, "mẹ đẻ", None)
    error = refused(Invalid, lambda: brought(world, Source.PARENT, owner=replace(child, born=None), relation=" "))
    assert codes(error) == [("required", "owner.born"), ("required", "relation")]


def test_one_helper_has_a_limit_a_day(world: World) -> None:
    limited(world, Source.ASSISTED, 2)
    for _ in range(2):
        assisted(world)
    error = refused(RuleBroken, lambda: assisted(world))
    assert codes(error) == [("helper_limit_day", "submitter.name")]
    assert world.clerk.name in error.problems[0].message
    assisted(world, by=world.second_clerk)
    limited(world, Source.ASSISTED, 3)
    assisted(world)


def test_and_a_limit_of_open_ones(world: World) -> None:
    limited(world, Source.PROXY, 9, 1)
    brought(world)
    error = refused(RuleBroken, lambda: brought(world, submitter=replace(SUBMITTER, phone="0911222333")))
    assert codes(error) == [("helper_limit_open", "submitter.name")]
    other = replace(SUBMITTER, personal_id="001085009999", phone="0911222333", name="Lê Văn Khác")
    brought(world, submitter=other)
    brought(world, Source.HIRED)
    brought(world, Source.PARENT, owner=replace(OWNER, personal_id="", born=moment(1, 8).date().replace(year=2016)))


def test_limits_begin_on_a_day_and_give_way(world: World) -> None:
    assert limit_of(world.desk.pk, Source.PROXY, on=AT.date()) == USUAL[Source.PROXY]
    first = limited(world, Source.PROXY, 3)
    assert limit_of(world.desk.pk, Source.PROXY, on=AT.date()) == Limit(3, 9)
    assert limit_of(world.division.pk, Source.PROXY, on=AT.date()) == USUAL[Source.PROXY]
    second = limited(world, Source.PROXY, 4)
    assert not HelperLimit.objects.filter(pk=first.pk).exists()
    HelperLimit.objects.create(
        source=Source.PROXY, most_a_day=1, most_open=1, set_at=AT, valid_from=AT.date(), reason="Chung"
    )
    assert limit_of(world.desk.pk, Source.PROXY, on=AT.date()) == Limit(second.most_a_day, 9)
    assert limit_of(world.division.pk, Source.PROXY, on=AT.date()) == Limit(1, 1)
    entry = Entry.objects.filter(verb="helper_limit.set").latest("pk")
    assert (entry.data["most_a_day"], entry.data["reason"]) == (4, "Chống môi giới")


def test_only_leaders_set_limits(world: World) -> None:
    assert world.chair.account_id
    for who in (world.clerk, world.head, world.specialist, world.stranger, world.overseer):
        refused(NotPermitted, lambda who=who: limited(world, Source.PROXY, 3, by=who))
    assert limited(world, Source.PROXY, 3, by=world.admin)
    centre = world.officer("giam-doc", world.desk, "Giám đốc", Right.LEAD_DIVISION)
    assert limited(world, Source.PROXY, 5, by=centre)
    error = refused(Invalid, lambda: limited(world, Source.SELF, 0))
    assert codes(error) == [("not_limited", "source"), ("limit_range", "most_a_day")]


def test_counted_apart(world: World, django_assert_num_queries: Any) -> None:
    assisted(world)
    assisted(world, consent=Consent.CODE)
    assisted(world, by=world.second_clerk, consent=Consent.SIGNED, consent_files=(file_ref(),))
    bring(world, "submitted", confirmed_duplicate=True)
    with django_assert_num_queries(1):
        rows = assisted_counts(Dossier.objects.all(), since=moment(4, 0), until=moment(5, 0))
    assert [(one.name, one.count, one.open, one.signed, one.spoken, one.coded) for one in rows] == [
        (world.clerk.name, 2, 2, 0, 1, 1), (world.second_clerk.name, 1, 1, 1, 0, 0),
    ]  # fmt: skip
    assert assisted_counts(Dossier.objects.all(), since=moment(5, 0), until=moment(6, 0)) == []


@pytest.mark.parametrize(("at_least", "found"), [(2, 2), (3, 0)])
def test_the_same_hand_for_many_owners(world: World, at_least: int, found: int) -> None:
    for number, name in enumerate(("Lê Văn Một", "Lê Văn Hai")):
        brought(world, owner=replace(OWNER, name=name, personal_id=f"02219000555{number}"))
    brought(world, Source.POST_OFFICE, owner=replace(OWNER, name="Lê Văn Ba", personal_id="022190005559"))
    rows = brokers(Dossier.objects.all(), since=moment(4, 0), until=moment(5, 0), at_least=at_least)
    assert len(rows) == found
    if rows:
        assert {(one.by, one.number) for one in rows} == {
            ("số định danh", SUBMITTER.personal_id), ("điện thoại", SUBMITTER.phone),
        }  # fmt: skip
        assert {(one.owners, one.dossiers) for one in rows} == {(2, 2)}
