"""What may be delegated to whom, pure."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.identity.rules.delegations import (
    Giver,
    Grant,
    Receiver,
    Standing,
    Validity,
    bare_title,
    crosses,
    makes_circle,
    problems_of_circle,
    problems_of_grant,
    problems_of_overlap,
    signing_lines,
)
from motcua.identity.rules.leaves import Leave, problems_of_leave
from motcua.identity.terms import DelegationKind, Scope

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
WEEK = Validity(NOW, NOW + timedelta(days=7))
HEAD = frozenset({"lead_agency"})
GRANT = Grant(
    kind=DelegationKind.KT, rights=HEAD, validity=WEEK, basis_number="12/QĐ-UBND", basis_date=date(2026, 3, 1)
)
#: The chair of a ward (unit 2 of province 1), a deputy there, the head of a division (unit 3) below.
CHAIR = Giver(own=HEAD, path=(1, 2), account_ids=frozenset({10}))
DEPUTY = Receiver(posts=((2, (1, 2), frozenset()),), account_ids=frozenset({11}))
DIVISION_HEAD = Receiver(posts=((3, (1, 2, 3), frozenset({"lead_division"})),), account_ids=frozenset({12}))
SPECIALIST = Receiver(posts=((3, (1, 2, 3), frozenset({"handle"})),), account_ids=frozenset({13}))
ELSEWHERE = Receiver(posts=((9, (8, 9), frozenset({"lead_division"})),), account_ids=frozenset({14}))
LIMITED = Scope(domains=frozenset({"HT"}))


def found(grant: Grant = GRANT, giver: Giver = CHAIR, receiver: Receiver = DEPUTY) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in problems_of_grant(grant, giver, receiver, at=NOW)]


@pytest.mark.parametrize(
    ("kind", "receiver", "scope"),
    [
        (DelegationKind.KT, DEPUTY, Scope()),
        (DelegationKind.TL, DIVISION_HEAD, Scope()),
        (DelegationKind.TUQ, DIVISION_HEAD, LIMITED),
        (DelegationKind.PHAN_CAP, SPECIALIST, Scope()),
    ],
)
def test_nothing_is_wrong(kind: DelegationKind, receiver: Receiver, scope: Scope) -> None:
    assert found(replace(GRANT, kind=kind, scope=scope), receiver=receiver) == []


@pytest.mark.parametrize(
    ("grant", "giver", "receiver", "wanted"),
    [
        (replace(GRANT, rights=frozenset()), CHAIR, DEPUTY, [("no_rights", "rights")]),
        (
            replace(GRANT, kind=DelegationKind.PHAN_CAP, rights=frozenset({"admin"})),
            CHAIR,
            DEPUTY,
            [("right_not_delegable", "rights")],
        ),
        (GRANT, replace(CHAIR, own=frozenset()), DEPUTY, [("right_not_owned", "rights")]),
        (GRANT, replace(CHAIR, own=frozenset(), borrowed=HEAD), DEPUTY, [("delegated_only", "rights")]),
        (
            replace(GRANT, validity=Validity(NOW - timedelta(days=1))),
            CHAIR,
            DEPUTY,
            [("starts_in_past", "starts_at")],
        ),
        (
            replace(GRANT, validity=Validity(NOW, NOW)),
            CHAIR,
            DEPUTY,
            [("ends_before_start", "ends_at")],
        ),
        (
            replace(GRANT, validity=Validity(NOW - timedelta(minutes=10), NOW - timedelta(minutes=5))),
            CHAIR,
            DEPUTY,
            [("ends_in_past", "ends_at")],
        ),
        (GRANT, CHAIR, replace(DEPUTY, is_active=False), [("receiver_inactive", "receiver")]),
        (GRANT, CHAIR, replace(DEPUTY, posts=()), [("receiver_without_post", "receiver")]),
        (GRANT, CHAIR, replace(DEPUTY, account_ids=frozenset({10})), [("to_oneself", "receiver")]),
        (GRANT, CHAIR, DIVISION_HEAD, [("wrong_receiver", "receiver")]),
        (replace(GRANT, kind=DelegationKind.TL), CHAIR, DEPUTY, [("wrong_receiver", "receiver")]),
        (replace(GRANT, kind=DelegationKind.TL), CHAIR, SPECIALIST, [("wrong_receiver", "receiver")]),
        (
            replace(GRANT, kind=DelegationKind.PHAN_CAP),
            CHAIR,
            ELSEWHERE,
            [("other_province", "receiver"), ("wrong_receiver", "receiver")],
        ),
        (
            replace(GRANT, rights=frozenset({"receive"})),
            replace(CHAIR, own=frozenset({"receive"})),
            DEPUTY,
            [("not_for_signing", "rights")],
        ),
        (replace(GRANT, kind=DelegationKind.LEAVE), CHAIR, DEPUTY, [("declare_leave", "kind")]),
        (GRANT, replace(CHAIR, is_agency=True), DEPUTY, [("agency_only_assigns", "kind")]),
        (
            replace(GRANT, basis_number="", basis_date=None),
            CHAIR,
            DEPUTY,
            [("required", "basis_number"), ("required", "basis_date")],
        ),
        (replace(GRANT, basis_date=date(2026, 3, 9)), CHAIR, DEPUTY, [("basis_in_future", "basis_date")]),
        (replace(GRANT, reason="x" * 1001), CHAIR, DEPUTY, [("too_long", "reason")]),
        (
            replace(GRANT, kind=DelegationKind.TUQ, validity=Validity(NOW)),
            CHAIR,
            DIVISION_HEAD,
            [("end_needed", "ends_at"), ("scope_needed", "domains")],
        ),
    ],
)
def test_what_is_wrong(grant: Grant, giver: Giver, receiver: Receiver, wanted: list[tuple[str, str]]) -> None:
    assert found(grant, giver, receiver) == wanted


def test_every_problem_at_once() -> None:
    bad = Grant(kind=DelegationKind.TUQ, rights=frozenset({"seal"}), validity=Validity(NOW - timedelta(days=9)))
    codes = {code for code, _ in found(bad, receiver=DEPUTY)}
    assert codes == {
        "right_not_owned", "starts_in_past", "not_for_signing", "wrong_receiver", "required", "end_needed",
        "scope_needed",
    }  # fmt: skip


OTHER = Standing(
    text="Ký thay cho Phó Chủ tịch B",
    rights=HEAD,
    validity=WEEK,
    scope=Scope(),
    from_unit_id=2,
    givers=frozenset({10}),
    receivers=frozenset({15}),
)


def overlaps(other: Standing, *, confirmed: bool = False) -> list[str]:
    return [one.code for one in problems_of_overlap(GRANT, CHAIR, DEPUTY, [other], confirmed=confirmed)]


def test_the_same_powers_for_two_are_said_and_confirmed() -> None:
    assert overlaps(OTHER) == ["overlap"]
    assert OTHER.text in problems_of_overlap(GRANT, CHAIR, DEPUTY, [OTHER], confirmed=False)[0].message
    assert overlaps(OTHER, confirmed=True) == []
    assert overlaps(replace(OTHER, receivers=frozenset({11})), confirmed=True) == ["overlap_same"]
    assert overlaps(replace(OTHER, from_unit_id=7)) == []
    assert overlaps(replace(OTHER, rights=frozenset({"seal"}))) == []
    assert overlaps(replace(OTHER, validity=Validity(NOW + timedelta(days=8)))) == []


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (Scope(), LIMITED, True),
        (LIMITED, Scope(domains=frozenset({"DD"})), False),
        (LIMITED, LIMITED, True),
        (Scope(procedures=frozenset({"1.1"})), Scope(procedures=frozenset({"1.2"})), False),
        (LIMITED, Scope(procedures=frozenset({"1.1"})), True),
    ],
)
def test_where_scopes_meet(one: Scope, other: Scope, meet: bool) -> None:
    assert crosses(replace(GRANT, scope=one), replace(OTHER, scope=other)) is meet


def test_no_circle() -> None:
    back = replace(OTHER, givers=frozenset({11}), receivers=frozenset({16}))
    round_ = replace(OTHER, givers=frozenset({16}), receivers=frozenset({10}))
    assert problems_of_circle(GRANT, CHAIR, DEPUTY, [back]) == []
    assert [one.code for one in problems_of_circle(GRANT, CHAIR, DEPUTY, [back, round_])] == ["circle"]
    elsewhen = replace(round_, validity=Validity(NOW + timedelta(days=30)))
    assert problems_of_circle(GRANT, CHAIR, DEPUTY, [back, elsewhen]) == []


_PEOPLE = st.integers(0, 6)
_EDGES = st.lists(st.tuples(st.frozensets(_PEOPLE, max_size=2), st.frozensets(_PEOPLE, max_size=2)), max_size=8)


@given(givers=st.frozensets(_PEOPLE), receivers=st.frozensets(_PEOPLE), edges=_EDGES)
def test_a_circle_is_a_way_back(
    givers: frozenset[int],
    receivers: frozenset[int],
    edges: list[tuple[frozenset[int], frozenset[int]]],
) -> None:
    steps = {(tail, head) for tails, heads in edges for tail in tails for head in heads}
    way = set(steps)
    for _ in range(7):
        way |= {(a, d) for a, b in way for c, d in steps if b == c}
    wanted = any(one == two or (one, two) in way for one in receivers for two in givers)
    assert makes_circle(givers, receivers, edges) is wanted


_MOMENTS = st.integers(0, 40).map(lambda hours: NOW + timedelta(hours=hours))
_SPANS = st.builds(
    lambda start, length: Validity(start, start + timedelta(hours=length) if length else None),
    _MOMENTS,
    st.integers(0, 10),
)


@given(one=_SPANS, other=_SPANS, at=_MOMENTS)
def test_spans_overlap_when_a_moment_lies_in_both(one: Validity, other: Validity, at: datetime) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    if one.holds_at(at) and other.holds_at(at):
        assert one.overlaps(other)
    if one.overlaps(other):
        first = max(one.starts, other.starts)
        assert one.holds_at(first)
        assert other.holds_at(first)


@given(
    domains=st.frozensets(st.sampled_from("ABC")),
    procedures=st.frozensets(st.sampled_from("123")),
    procedure=st.sampled_from("123"),
    domain=st.sampled_from("ABC"),
)
def test_a_scope_covers_what_it_names(
    domains: frozenset[str], procedures: frozenset[str], procedure: str, domain: str
) -> None:
    scope = Scope(domains, procedures)
    covered = scope.covers(procedure=procedure, domain=domain)
    assert covered == (scope.is_everything or domain in domains or procedure in procedures)
    assert Scope(domains | {domain}, procedures).covers(procedure=procedure, domain=domain)


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        (DelegationKind.KT, ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (DelegationKind.TL, ["TL. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (DelegationKind.TUQ, ["TUQ. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (DelegationKind.PHAN_CAP, ["Phó Chủ tịch Ủy ban nhân dân"]),
        (None, ["Phó Chủ tịch Ủy ban nhân dân"]),
    ],
)
def test_what_stands_above_a_signature(kind: DelegationKind | None, lines: list[str]) -> None:
    assert signing_lines(kind, "Chủ tịch Ủy ban nhân dân", "Phó Chủ tịch Ủy ban nhân dân") == lines
    assert bare_title("Chánh Văn phòng") == "Chánh Văn phòng"
    assert signing_lines(None, "", "") == []


LEAVE = Leave(validity=WEEK, is_oneself=False, is_active=True, units=frozenset({3}), stand_in_units=frozenset({3, 4}))
AWAY = replace(OTHER, rights=frozenset({"handle"}), is_leave=True)


def leave_codes(leave: Leave = LEAVE, standing: tuple[Standing, ...] = ()) -> list[str]:
    return [one.code for one in problems_of_leave(leave, 20, 21, standing, at=NOW)]


@pytest.mark.parametrize(
    ("leave", "wanted"),
    [
        (LEAVE, []),
        (replace(LEAVE, is_oneself=True), ["own_stand_in"]),
        (replace(LEAVE, is_active=False), ["stand_in_inactive"]),
        (replace(LEAVE, units=frozenset({5})), ["stand_in_elsewhere"]),
        (replace(LEAVE, units=frozenset()), ["nothing_to_handle"]),
        (replace(LEAVE, validity=Validity(NOW)), ["required"]),
        (replace(LEAVE, validity=Validity(NOW - timedelta(days=2), WEEK.ends)), ["starts_in_past"]),
        (replace(LEAVE, reason="x" * 1001), ["too_long"]),
    ],
)
def test_who_may_be_absent(leave: Leave, wanted: list[str]) -> None:
    assert leave_codes(leave) == wanted


@pytest.mark.parametrize(
    ("givers", "receivers", "wanted"),
    [
        ({20}, {22}, ["absent_already"]),
        ({21}, {22}, ["stand_in_absent"]),
        ({22}, {20}, ["stands_in_now"]),
        ({22}, {21}, []),
    ],
)
def test_absences_do_not_chain(givers: set[int], receivers: set[int], wanted: list[str]) -> None:
    other = replace(AWAY, givers=frozenset(givers), receivers=frozenset(receivers))
    assert leave_codes(standing=(other,)) == wanted
    assert leave_codes(standing=(replace(other, validity=Validity(NOW + timedelta(days=9))),)) == []
    assert leave_codes(standing=(replace(other, is_leave=False),)) == []
