"""What changed between two definitions, in words that an official understands; nothing is left out."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from types import NoneType
from typing import Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel

from motcua.packages.rules.diff_names import REFERENCES, Names, names_in
from motcua.packages.rules.diff_words import item_title, said, said_term, said_term_change, where_of
from motcua.packages.rules.labels import label
from motcua.procedures.terms import Definition
from motcua.processes.terms import Move, TermSpec

Kind = Literal["added", "removed", "changed", "moved"]

#: Under which heading the parts of a definition are told, in this order.
PARTS: Final[Mapping[str, str]] = {
    "cases": "Trường hợp, thời hạn, phí",
    "components": "Thành phần hồ sơ",
    "results": "Kết quả",
    "legal_basis": "Căn cứ pháp lý",
    "form": "Biểu mẫu điện tử",
    "steps": "Quy trình",
    "linked": "Liên thông",
    "papers": "Giấy tờ in ra",
    "tests": "Kiểm thử",
    "texts": "Văn bản nguồn",
    "flags": "Chỗ chưa đọc được",
}
_GENERAL: Final = "Thông tin chung"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `part`: its heading; `text`: one Vietnamese line; `path`: where, by keys ("cases.late.terms.any").

    `before`, `after`: the plain JSON values; None where there is none.
    """

    part: str
    kind: Kind
    text: str
    path: str
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the comparison stands; `names`: of steps, cases, papers and fields by their keys."""

    part: str
    path: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    names: Names = field(default_factory=dict)

    def at(self, step: str, words: str) -> "_Spot":
        where = (*self.where, words) if words else self.where
        return replace(self, path=(*self.path, step), where=where)

    def title(self, model: type[BaseModel], item: Mapping[str, Any]) -> str:
        """What an item is called; a move by the name of its step."""
        return self.names["steps"].get(item["to"], item["to"]) if model is Move else item_title(model, item)

    def say(self, place: tuple[str, str], value: Any, beside: Any = "") -> str:
        """A value in words; a key by the name of what it means."""
        if isinstance(value, list) and value:
            return ", ".join(self.say(place, one) for one in value)
        named = self.names.get(REFERENCES.get(place, ""), {}).get(value, "") if isinstance(value, str) else ""
        return f"«{named}»" if named else said(place, value, beside)

    def change(self, kind: Kind, words: str, before: Any = None, after: Any = None) -> Change:
        return Change(self.part, kind, where_of(self.where, words), ".".join(self.path), before, after)


def difference(old: Definition, new: Definition) -> tuple[Change, ...]:
    """Return every change from one definition to the other, by part, in the order of the parts."""
    return difference_of_json(old.as_json(), new.as_json())


def difference_of_json(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return the same for two definitions as plain JSON with all their fields."""
    found: list[Change] = []
    names = names_in(old, new)
    for name, info in Definition.model_fields.items():
        words = "" if name in PARTS else label("Definition", name)
        spot = _Spot(PARTS.get(name, _GENERAL), names=names).at(name, words)
        found.extend(_compare(spot, ("Definition", name), info.annotation, (old.get(name), new.get(name))))
    order = [_GENERAL, *PARTS.values()]
    return tuple(sorted(found, key=lambda change: order.index(change.part)))


_Field = tuple[str, str]
_Pair = tuple[Any, Any]


def _compare(spot: _Spot, field: _Field, kind: Any, pair: _Pair) -> Iterator[Change]:
    """Compare the values of a field, as its declared kind says."""
    if _same(*pair):
        return
    model = _model_in(kind)
    if model is TermSpec and get_origin(kind) is not dict:
        yield from _terms(spot, pair)
    elif model is None:
        yield from _plain(spot, field, pair)
    elif get_origin(kind) is tuple:
        yield from _items(spot, field, model, pair)
    elif get_origin(kind) is dict:
        yield from _by_channel(spot, field, pair)
    elif None in pair:
        yield _come_or_gone(spot, said(field, _title_in(model, pair)), pair)
    else:
        yield from _model(spot, model, pair)


def _same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same; 0, 0.0 and false are not."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _model_in(kind: Any) -> type[BaseModel] | None:
    """The model a field holds, alone, in a list or in a mapping."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    inner = [one for one in get_args(kind) if one not in (NoneType, Ellipsis)]
    return next((found for one in reversed(inner) if (found := _model_in(one))), None)


def _title_in(model: type[BaseModel], pair: _Pair) -> str:
    return item_title(model, next(one for one in pair if one is not None))


def _come_or_gone(spot: _Spot, words: str, pair: _Pair) -> Change:
    if pair[0] is None:
        return spot.change("added", f"thêm {words}", after=pair[1])
    return spot.change("removed", f"bỏ {words}", before=pair[0])


def _model(spot: _Spot, model: type[BaseModel], pair: _Pair) -> Iterator[Change]:
    for name, info in model.model_fields.items():
        is_list = get_origin(info.annotation) is tuple and _model_in(info.annotation) is not None
        inner = spot.at(name, "" if is_list else label(model.__name__, name).lower())
        yield from _compare(inner, (model.__name__, name), info.annotation, (pair[0].get(name), pair[1].get(name)))


def _terms(spot: _Spot, pair: _Pair) -> Iterator[Change]:
    """A term that is another: said in one phrase; its note and its mark by themselves."""
    old, new = pair
    if old is None or new is None:
        yield _come_or_gone(spot, said_term(old or new), pair)
        return
    if (old["amount"], old["unit"]) != (new["amount"], new["unit"]):
        yield spot.change("changed", said_term_change(old, new), old, new)
    for name in ("note", "unverified"):
        yield from _plain(spot.at(name, label("TermSpec", name).lower()), ("TermSpec", name), (old[name], new[name]))


def _by_channel(spot: _Spot, field: _Field, pair: _Pair) -> Iterator[Change]:
    """Terms by channel."""
    for channel in dict.fromkeys([*pair[0], *pair[1]]):
        inner = spot.at(channel, said(field, channel))
        yield from _compare(inner, field, TermSpec, (pair[0].get(channel), pair[1].get(channel)))


def _items(spot: _Spot, field: _Field, model: type[BaseModel], pair: _Pair) -> Iterator[Change]:
    old, new = _by_identity(model, *pair)
    for identity in dict.fromkeys([*old, *new]):
        before, after = old.get(identity), new.get(identity)
        words = f"{label(*field).lower()} «{spot.title(model, after if after is not None else before or {})}»"
        if before is None or after is None:
            yield _come_or_gone(spot.at(identity, ""), words, (before, after))
        else:
            yield from _model(spot.at(identity, words), model, (before, after))
    yield from _order(spot, field, model, old, new)


_IDENTITIES: Final[Mapping[str, str]] = {"Fee": "name", "LegalBasis": "number", "Option": "value", "Move": "to"}


_Items = Mapping[str, Mapping[str, Any]]


def _by_identity(
    model: type[BaseModel], old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> tuple[_Items, _Items]:
    """The items by what makes each of them itself; where nothing does, by their place after what stayed the same."""
    name = "key" if "key" in model.model_fields else _IDENTITIES.get(model.__name__, "")
    if name:
        return _named(name, old), _named(name, new)
    return _aligned(old, new)


def _named(name: str, items: Sequence[Mapping[str, Any]]) -> _Items:
    seen: Counter[str] = Counter()
    found = {}
    for item in items:
        identity = str(item[name])
        seen[identity] += 1
        found[identity if seen[identity] == 1 else f"{identity}#{seen[identity]}"] = item
    return found


def _aligned(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> tuple[_Items, _Items]:
    was, is_now = ([json.dumps(one, sort_keys=True) for one in items] for items in (old, new))
    before, after = {}, {}
    for _, first, last, begin, end in SequenceMatcher(None, was, is_now, autojunk=False).get_opcodes():
        for place in range(max(last - first, end - begin)):
            identity = str(begin + place) if begin + place < end else f"-{first + place}"
            if first + place < last:
                before[identity] = old[first + place]
            if begin + place < end:
                after[identity] = new[begin + place]
    return before, after


def _order(
    spot: _Spot,
    field: _Field,
    model: type[BaseModel],
    old: _Items,
    new: _Items,
) -> Iterator[Change]:
    before, after = [one for one in old if one in new], [one for one in new if one in old]
    if before != after:
        titles = [", ".join(f"«{spot.title(model, new[one])}»" for one in order) for order in (before, after)]
        words = f"thứ tự {label(*field).lower()}: {titles[0]} → {titles[1]}"
        yield spot.change("moved", words, before, after)


def _plain(spot: _Spot, field: _Field, pair: _Pair) -> Iterator[Change]:
    old, new = pair
    if _same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys([*old, *new]):
            yield from _entry(spot.at(str(name), f"«{name}»"), field, (old.get(name), new.get(name)), (old, new))
    elif isinstance(old, list) and isinstance(new, list):
        yield spot.change("changed", _list_words(spot, field, old, new), old, new)
    else:
        yield spot.change("changed", f"{spot.say(field, old, new)} → {spot.say(field, new, old)}", old, new)


def _entry(spot: _Spot, field: _Field, pair: _Pair, both: _Pair) -> Iterator[Change]:
    name = spot.path[-1]
    if name not in both[0]:
        yield spot.change("added", f"thêm {said(field, pair[1])}", after=pair[1])
    elif name not in both[1]:
        yield spot.change("removed", f"bỏ {said(field, pair[0])}", before=pair[0])
    elif not _same(*pair):
        yield spot.change("changed", f"{said(field, *pair)} → {said(field, *reversed(pair))}", *pair)


def _list_words(spot: _Spot, field: _Field, old: list[Any], new: list[Any]) -> str:
    gone = [spot.say(field, one) for one in old if one not in new]
    come = [spot.say(field, one) for one in new if one not in old]
    if not gone and not come:
        return f"{spot.say(field, old)} → {spot.say(field, new)}"
    parts = [f"bỏ {', '.join(gone)}"] if gone else []
    return "; ".join([*parts, *([f"thêm {', '.join(come)}"] if come else [])])
