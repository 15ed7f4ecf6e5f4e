"""Whatever JSON comes, no answer is 500."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.dossiers.tests.world import World
from tests.api.conftest import Programs
from tests.api.program import application

_TEXTS = st.one_of(
    st.text(st.characters(), max_size=30),
    st.sampled_from(["", "to-khai", "H49.61", "1.001193", "2026-03-02T09:15:00", "2026-02-30", "owner.name", "0"]),
)
_NUMBERS = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none())
_VALUES = st.recursive(
    _TEXTS | _NUMBERS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=8,
)
_NAMES = st.sampled_from(
    ["at", "revision", "grounds", "answer_until", "note", "files", "to", "to_step", "opinion", "text", "file", "reason",
     "draft_number", "number", "symbol", "issued_on", "scan", "collector", "name", "phone", "changes"]
)  # fmt: skip
_FILTERS = st.sampled_from(["q", "status", "unit", "due_before", "cursor", "limit"])
_ACTS = st.sampled_from(["receive", "refuse", "request-supplement", "forward", "withdraw", "correct", "deliver"])
_FEW = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@_FEW
@given(data=st.data())
def test_a_dossier_with_parts_of_any_kind(programs: Programs, world: World, data: st.DataObject) -> None:
    body = application(world, confirmed_duplicate=True)
    names = st.sampled_from([*body, "submitter", "desk", "case", "channel", "at", "set_count", "abstract", "source"])
    body |= data.draw(st.dictionaries(names, _VALUES, min_size=1, max_size=3))
    if data.draw(st.booleans()):
        inner = st.sampled_from(["name", "kind", "personal_id", "born", "phone", "email", "tax_code"])
        body["owner"] = data.draw(st.dictionaries(inner, _VALUES, max_size=4))
    assert programs.clerk.post("/dossiers", body).status in {201, 403, 409, 413, 422}


@_FEW
@given(act=_ACTS, body=st.dictionaries(_NAMES, _VALUES, max_size=4))
def test_acts_with_bodies_of_any_kind(programs: Programs, act: str, body: dict[str, Any]) -> None:
    dossier_id = programs.fuzzed or programs.received()
    programs.fuzzed = dossier_id
    assert programs.clerk.post(f"/dossiers/{dossier_id}/{act}", body).status in {200, 403, 409, 422}


@_FEW
@given(raw=st.binary(max_size=60) | _VALUES.map(lambda value: json.dumps(value).encode()))
def test_bodies_of_any_bytes(programs: Programs, raw: bytes) -> None:
    assert programs.clerk.post("/dossiers", raw=raw).status == 422


@_FEW
@given(
    query=st.dictionaries(
        st.sampled_from(["q", "status", "unit", "due_before", "cursor", "limit"]), st.text(), max_size=3
    )
)
def test_queries_of_any_text(programs: Programs, query: dict[str, str]) -> None:
    clean = {name: value.encode("utf-8", "replace").decode() for name, value in query.items()}
    assert programs.clerk.get("/dossiers", **clean).status in {200, 422}
