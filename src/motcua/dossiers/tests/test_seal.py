"""Cấp số, đóng dấu."""

from datetime import date

import pytest

from motcua.dossiers.models import Result
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused_act
from motcua.dossiers.tests.stages import AT, bring, file_ref, perform
from motcua.dossiers.tests.world import World, moment
from motcua.kernel.errors import Conflict, Invalid, NotPermitted, RuleBroken


def test_a_number_and_the_scan(world: World) -> None:
    dossier = perform(world, Act.SEAL, bring(world, "sealing"), scan=file_ref())
    event = check_traces(dossier, act="seal", verb="dossier.result_sealed", by=world.sealer)
    assert event["result_number"] == "15/GKS"
    assert (event["journal"]["number"], event["journal"]["scan"]) == ("15/GKS", file_ref().sha256)
    assert (dossier.status, dossier.step_key, dossier.unit_id) == (Status.FINISHED, "deliver", world.desk.pk)
    result = Result.objects.get()
    assert (result.number, result.symbol, result.issued_on) == ("15", "GKS", date(2026, 3, 4))
    assert (result.sealed_at, result.sealed_by_id) == (AT, world.sealer.account_id)
    assert result.scan is not None
    assert result.scan.purpose == "result"


def test_without_symbol_on_an_earlier_day(world: World) -> None:
    dossier = perform(world, Act.SEAL, bring(world, "sealing"), symbol="", issued_on=date(2026, 3, 3))
    assert dossier.moves.latest("number").note == "Số 15"
    assert Result.objects.get().issued_on == date(2026, 3, 3)


def test_the_day_is_that_of_viet_nam(world: World) -> None:
    perform(world, Act.SEAL, bring(world, "sealing"), at=moment(4, 1))
    assert Result.objects.get().issued_on == date(2026, 3, 4)


def test_who(world: World) -> None:
    check_who(world, Act.SEAL, may=["sealer", "system"])


def test_gate(world: World) -> None:
    check_gate(world, Act.SEAL, again=Conflict)


@pytest.mark.parametrize(
    ("stage", "by", "error"), [("deciding", "sealer", NotPermitted), ("deciding", "system", RuleBroken)]
)
def test_only_what_is_approved(world: World, stage: str, by: str, error: type) -> None:
    refused_act(error, world, Act.SEAL, bring(world, stage), by=by)


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"number": "\u200b"}, [("required", "number")]),
        ({"number": "1" * 61}, [("too_long", "number")]),
        (
            {"symbol": "x" * 61, "issued_on": date(2026, 3, 5)},
            [("too_long", "number"), ("issued_in_future", "issued_on")],
        ),
        ({"issued_on": date(2026, 3, 2)}, [("issued_before_approval", "issued_on")]),
    ],
)
def test_what_is_wrong(world: World, facts: dict[str, object], wanted: list[tuple[str, str]]) -> None:
    assert codes(refused_act(Invalid, world, Act.SEAL, bring(world, "sealing"), **facts)) == wanted


@pytest.mark.parametrize("symbol", ["GKS", ""])
def test_a_number_is_given_once_a_year(world: World, symbol: str) -> None:
    first = perform(world, Act.SEAL, bring(world, "sealing"), symbol=symbol)
    second = bring(world, "sealing", confirmed_duplicate=True)
    error = refused_act(Conflict, world, Act.SEAL, second, symbol=symbol)
    assert codes(error) == [("number_taken", "number")]
    assert first.code in error.problems[0].message
    assert perform(world, Act.SEAL, second, symbol=symbol, number="16").step_key == "deliver"
    Result.objects.filter(dossier=first).update(issued_on=date(2025, 12, 31))
    third = bring(world, "sealing", confirmed_duplicate=True)
    assert perform(world, Act.SEAL, third, symbol=symbol).step_key == "deliver"


def test_the_number_of_a_recalled_result_stays_its_own(world: World) -> None:
    recalled = perform(world, Act.REOPEN, bring(world, "recalled"), at=moment(4, 10))
    number, symbol = recalled.recalled_results.values_list("result__number", "result__symbol").get()
    other = bring(world, "sealing", confirmed_duplicate=True)
    error = refused_act(Conflict, world, Act.SEAL, other, at=moment(4, 15), number=number, symbol=symbol)
    assert codes(error) == [("number_taken", "number")]
    assert f"cấp rồi thu hồi trong năm 2026 cho kết quả của hồ sơ {recalled.code}" in error.problems[0].message
    assert perform(world, Act.SEAL, other, at=moment(4, 15), number=number, symbol="KHAC").step_key == "deliver"
