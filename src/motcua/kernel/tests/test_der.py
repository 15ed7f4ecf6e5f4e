"""The DER writer against asn1crypto."""

import pytest
from asn1crypto import core
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import der

ARCS = st.tuples(st.integers(0, 2), st.integers(0, 39), st.lists(st.integers(0, 2**70), max_size=12))


@given(st.integers(-(2**600), 2**600))
def test_integers_are_the_shortest(number: int) -> None:
    assert der.integer(number) == core.Integer(number).dump()


@given(st.binary(max_size=70_000))
def test_lengths_of_any_size(content: bytes) -> None:
    assert der.octet_string(content) == core.OctetString(content).dump()
    assert der.read(der.octet_string(content) + b"\0\0").content == content


@given(ARCS)
def test_object_identifiers(arcs: tuple[int, int, list[int]]) -> None:
    dotted = ".".join(str(arc) for arc in (arcs[0], arcs[1], *arcs[2]))
    assert der.object_id(dotted) == core.ObjectIdentifier(dotted).dump()


@given(st.lists(st.integers(-300, 70_000), max_size=40))
def test_sequences_and_sets(numbers: list[int]) -> None:
    class Numbers(core.SequenceOf):
        _child_spec = core.Integer

    class Set(core.SetOf):
        _child_spec = core.Integer

    parts = [der.integer(one) for one in numbers]
    assert der.sequence(*parts) == Numbers(numbers).dump()
    assert der.set_of(*parts) == Set(numbers).dump(force=True)
    assert [one.encoded for one in der.read(der.sequence(*parts)).children()] == parts


@given(st.binary(max_size=60))
def test_reading_anything_ends_in_values_or_one_error(data: bytes) -> None:
    try:
        value = der.read(data)
        inside = value.children()
    except der.DerError:
        return
    assert b"".join(one.encoded for one in inside) == value.content
    assert data.startswith(value.encoded)


@pytest.mark.parametrize(
    "broken", [b"", b"\x30", b"\x30\x05\x00", b"\x30\x81\x05", b"\x30\x80", b"\x1f\x01\x00", b"\x30\x82\x00\x01\x00"]
)
def test_what_is_no_der(broken: bytes) -> None:
    with pytest.raises(der.DerError):
        der.read(broken)
