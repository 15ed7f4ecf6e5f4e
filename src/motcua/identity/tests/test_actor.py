"""The actor in several capacities, pure."""

from datetime import UTC, datetime, timedelta
from typing import cast

from django.utils.functional import SimpleLazyObject

from motcua.agencies.terms import Right
from motcua.identity.terms import SYSTEM, Actor, ActorPosting, DelegationKind, Mandate, Scope

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def mandate(number: int, kind: DelegationKind = DelegationKind.KT, scope: Scope | None = None) -> Mandate:
    return Mandate(
        delegation_id=number,
        kind=kind,
        giver_name="Hoàng Mạnh Cường",
        giver_title="Chủ tịch",
        basis="12/QĐ-UBND",
        since=NOW,
        until=NOW + timedelta(days=1),
        scope=scope or Scope(),
        stands_for=77 if kind == DelegationKind.LEAVE else None,
    )


def posting(*rights: Right, given: Mandate | None = None) -> ActorPosting:
    return ActorPosting(1, "Phó Chủ tịch", 2, 2, (1, 2), frozenset(rights), "UBND phường", given)


OWN = posting(Right.OVERSEE)
WHOLE = posting(Right.LEAD_AGENCY, given=mandate(5))
CIVIL = posting(Right.SEAL, given=mandate(6, scope=Scope(frozenset({"HT"}), frozenset({"1.2"}))))
AWAY = posting(Right.HANDLE, given=mandate(7, DelegationKind.LEAVE))
ACTOR = Actor(9, "Lê Văn B", "officer", (OWN, WHOLE, CIVIL, AWAY))


def test_a_scoped_right_counts_only_inside_its_scope() -> None:
    assert ACTOR.has(Right.SEAL)
    assert not ACTOR.has(Right.SEAL, agency_id=2)
    assert ACTOR.has(Right.SEAL, agency_id=2, domain="HT")
    assert ACTOR.has(Right.SEAL, unit_id=2, procedure="1.2", domain="DD")
    assert not ACTOR.has(Right.SEAL, unit_id=2, procedure="1.3", domain="DD")
    assert not ACTOR.has(Right.SEAL, unit_id=3, domain="HT")
    assert not ACTOR.has(Right.SEAL, domain="DD")
    assert ACTOR.has(Right.LEAD_AGENCY, agency_id=2, procedure="1.3")
    assert (ACTOR.units_with(Right.SEAL), ACTOR.agencies_with(Right.SEAL)) == (frozenset(), frozenset())
    assert not ACTOR.reaches(Right.SEAL, (1, 2))
    assert SYSTEM.has(Right.SEAL, agency_id=2)


def test_inside_its_scope_it_holds_like_any_other() -> None:
    inside = ACTOR.within(procedure="9.9", domain="HT")
    assert inside.has(Right.SEAL, agency_id=2)
    assert inside.units_with(Right.SEAL) == {2}
    assert not ACTOR.within(procedure="9.9", domain="DD").has(Right.SEAL)
    plain = Actor(9, "B", "officer", (OWN,))
    assert plain.within(procedure="9.9", domain="DD") is plain


def test_capacities() -> None:
    assert [one.mandate and one.mandate.delegation_id for one in ACTOR.capacities()] == [None, 5, 6, 7]
    chosen = ACTOR.preferring(6).capacities()
    assert [one.mandate and one.mandate.delegation_id for one in chosen] == [6, None, 5, 7]
    assert [one.postings for one in chosen] == [(CIVIL,), (OWN,), (WHOLE,), (AWAY,)]
    assert ACTOR.preferring(99).capacities()[0].mandate is None
    plain = Actor(9, "B", "officer", (OWN,))
    assert plain.capacities() == [plain]
    assert ACTOR.mandate is None
    assert Actor(9, "B", "officer").mandate is None


def test_titles_say_for_whom() -> None:
    own, whole, _, away = ACTOR.capacities()
    assert ACTOR.title == own.title == "Phó Chủ tịch – UBND phường"
    assert whole.title == "Phó Chủ tịch – UBND phường, ký thay Chủ tịch Hoàng Mạnh Cường"
    assert away.title == "Phó Chủ tịch – UBND phường, làm thay Chủ tịch Hoàng Mạnh Cường"


def test_only_while_in_force() -> None:
    assert ACTOR.at(NOW) == ACTOR
    assert ACTOR.at(NOW - timedelta(seconds=1)).postings == (OWN,)
    assert ACTOR.at(NOW + timedelta(days=1)).postings == (OWN,)
    assert (ACTOR.stands_for, ACTOR.at(NOW - timedelta(days=1)).stands_for) == ({77}, frozenset())


def test_an_actor_found_only_when_asked_for_takes_on_posts_and_the_house() -> None:
    """In a request the actor stands behind a lazy object, of which no copy can be made from outside."""
    lazy = cast(Actor, SimpleLazyObject(lambda: ACTOR))
    assert lazy.holding([OWN]).postings == (OWN,)
    assert lazy.as_house().is_system
    assert lazy.as_house().name == ACTOR.name
