"""Definitions made by hypothesis: every part of every value, with the texts that files get wrong."""

from datetime import date, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from motcua.procedures.terms import CODE_PATTERN, Definition

_AWKWARD = (
    *("", "yes", "no", "null", "~", "true", "1.001193", "007", "0912345678", "12:30", "2026-03-02", "1e5", "=", "<<"),
    *(
        "- a",
        "a: b",
        "#x",
        "'",
        '"',
        "{a}",
        "[1",
        "a\nb",
        "a\n\n  b\n",
        "đ\r\nĐ",
        "x\ty",
        "&a",
        "*a",
        "!a",
        "%",
        "@",
        "`",
    ),
    *(
        "\ufeffa",
        "a\u2028b",
        "\x85",
        "\x00",
        "\x07",
        "😀",
        "a" * 200,
        "Họ tên: {mother.name}",
        "|",
        ">",
        "? a",
        ".5",
        "+1",
    ),
)
_CHARACTERS = st.characters(exclude_categories=["Cs"])
_TEXT = st.one_of(st.sampled_from(_AWKWARD), st.text(_CHARACTERS, max_size=30))
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), _TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_TEXT, inner, max_size=3)),
    max_leaves=5,
)
_DEEPEST = 7


def definitions() -> st.SearchStrategy[Definition]:
    """Any definition at all; it need not fit to be published."""
    return _model(Definition, 0)


def _model(kind: type[BaseModel], depth: int) -> st.SearchStrategy[Any]:
    wanted = {name: _field(one, depth) for name, one in kind.model_fields.items() if one.is_required()}
    others = {name: _field(one, depth) for name, one in kind.model_fields.items() if not one.is_required()}
    return st.fixed_dictionaries(wanted, optional=others).map(kind.model_validate)


def _field(one: FieldInfo, depth: int) -> st.SearchStrategy[Any]:
    return _of(one.annotation, tuple(one.metadata), depth)


def _of(kind: Any, bounds: tuple[Any, ...], depth: int) -> st.SearchStrategy[Any]:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _of(inner[0], (*_flat(inner[1:]), *bounds), depth)
    if origin in (Union, UnionType):
        return st.one_of(*(_of(one, bounds, depth) for one in inner))
    if origin is tuple:
        if depth >= _DEEPEST:
            return st.just(())
        return st.lists(_of(inner[0], (), depth + 1), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(_of(inner[0], (), depth), _of(inner[1], (), depth + 1), max_size=2)
    return _plain(kind, bounds, depth)


def _flat(parts: Any) -> tuple[Any, ...]:
    return tuple(one for part in parts for one in (part.metadata if isinstance(part, FieldInfo) else (part,)))


def _plain(kind: Any, bounds: tuple[Any, ...], depth: int) -> st.SearchStrategy[Any]:
    if kind is str:
        return _text(bounds)
    if kind is int:
        low = next((one.ge for one in bounds if isinstance(one, Ge)), -(10**12))
        high = next((one.le for one in bounds if isinstance(one, Le)), 10**12)
        return st.integers(low, high)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _model(kind, depth + 1)
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    simple = {
        bool: st.booleans(),
        Decimal: st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9),
        date: st.dates(),
        datetime: st.datetimes(),
        NoneType: st.none(),
        Any: _JSON,
    }
    return simple[kind] if kind in simple else st.sampled_from(list(kind))


def _text(bounds: tuple[Any, ...]) -> st.SearchStrategy[str]:
    pattern = next((found for one in bounds if (found := getattr(one, "pattern", None))), None)
    if pattern == CODE_PATTERN:
        return st.from_regex(r"[0-9]\.[0-9]{6}(\.[A-Z0-9]{1,3})?", fullmatch=True)
    if pattern:
        return st.from_regex(pattern.removeprefix("^").removesuffix("$"), fullmatch=True)
    least = next((one.min_length for one in bounds if isinstance(one, MinLen)), 0)
    most = next((one.max_length for one in bounds if isinstance(one, MaxLen)), 10**6)
    return _TEXT.filter(lambda text: least <= len(text.strip()) and len(text) <= most)
