"""Whoever edits a dossier straight in the database is found out: the dossier, the column and the act are named."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import BooleanField, CharField, DateField, DateTimeField, Field, TextField

from motcua.dossiers.actions.tell_standing import tell_standings
from motcua.dossiers.models import Apology, Delivery, Dossier, Move, Result, SupplementRequest, Suspension
from motcua.dossiers.models.attested import Attested
from motcua.dossiers.queries.attesting import check_dossiers, tell_rows, untold
from motcua.dossiers.rules.attesting import Line, differences
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.stages import AT, DEEDS, STAGES, bring, perform
from motcua.dossiers.tests.world import World
from motcua.evidence.actions.check_log import check_log
from motcua.evidence.actions.export import export_bundle
from motcua.evidence.providers.keys import new_key
from motcua.evidence.queries.bundle import Wanted
from motcua.evidence.queries.check_heads import own_keys
from motcua.evidence.terms import FindingKind
from motcua.evidence.tests.scene import run_verifier
from motcua.identity.terms import SYSTEM
from motcua.journal.models import Entry

#: A stage at which the dossier has such a row.
STAGE_WITH = {
    Dossier: "delivered",
    Move: "delivered",
    Result: "delivered",
    Delivery: "delivered",
    Suspension: "answered",
    SupplementRequest: "answered",
    Apology: "extended",
}


def messages() -> list[str]:
    return [one.message for one in check_dossiers()]


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def other_value(field: "Field[Any, Any]") -> str:
    """SQL of another value than the column has."""
    name = field.column
    if isinstance(field, DateTimeField | DateField):
        return f"coalesce({name}, now()) {'-' if name == 'since' else '+'} interval '1 day'"
    if isinstance(field, BooleanField):
        return f"NOT {name}"
    if isinstance(field, TextField | CharField):
        return f"{name} || 'x'"
    return "CASE status WHEN 2 THEN 4 ELSE 2 END" if name == "status" else f"coalesce({name}, 0) + 1"


@pytest.mark.parametrize("model", STAGE_WITH, ids=lambda model: str(model._meta.model_name))
def test_every_column_edited_in_the_database(world: World, model: type[Attested]) -> None:
    dossier = bring(world, STAGE_WITH[model])
    assert messages() == []
    row = model._default_manager.filter(pk=dossier.pk) if model is Dossier else model._default_manager.all()
    pk = row.order_by("-pk")[0].pk
    fields = {one.attname: one for one in model._meta.concrete_fields}
    for name in model.ATTESTED:
        with transaction.atomic():
            field = fields[name]
            run(f"UPDATE {model._meta.db_table} SET {field.column} = {other_value(field)} WHERE id = %s", pk)  # noqa: S608
            found = messages()
            transaction.set_rollback(True)
        assert len(found) == 1, (name, found)
        assert dossier.code.replace("x", "") in found[0]
        assert str(field.verbose_name) in found[0], (name, found)


@pytest.mark.parametrize("act", DEEDS)
def test_every_act_tells_what_it_wrote(world: World, act: Act) -> None:
    perform(world, act, bring(world, DEEDS[act].stage))
    assert messages() == []
    assert untold() == 0


@pytest.mark.parametrize("stage", ["recalled", "reopened", "withdrawn", "stopped", "refused"])
def test_every_end(world: World, stage: str) -> None:
    assert stage in STAGES
    bring(world, stage)
    assert messages() == []


def test_the_due_day_is_named_with_both_values_and_the_act(world: World) -> None:
    dossier = bring(world, "handling")
    assert dossier.due_at is not None
    run("UPDATE dossiers_dossier SET due_at = due_at + interval '9 days' WHERE id = %s", dossier.pk)
    (found,) = [one for one in check_log(actor=SYSTEM, at=AT).findings if one.kind == FindingKind.ROW_CHANGED]
    said = [f"{moment.astimezone():%d/%m/%Y}" for moment in (dossier.due_at, dossier.due_at + timedelta(days=9))]
    assert all(word in found.message for word in (dossier.code, "hẹn trả", "dossier.received", *said))
    assert found.facts["field"] == "dossier.due_at"


def test_an_edit_before_an_act_that_wrote_the_column_anew(world: World) -> None:
    dossier = bring(world, "handling")
    run("UPDATE dossiers_dossier SET due_at = due_at + interval '1 hour' WHERE id = %s", dossier.pk)
    perform(world, Act.EXTEND, dossier)
    (found,) = check_dossiers()
    assert found.kind == FindingKind.ROW_BETWEEN
    assert all(word in found.message for word in (dossier.code, "hẹn trả", "dossier.extended"))


def test_an_edit_that_later_acts_do_not_touch_stays_found(world: World) -> None:
    dossier = bring(world, "received")
    run("UPDATE dossiers_dossier SET received_at = received_at - interval '3 days' WHERE id = %s", dossier.pk)
    perform(world, Act.FORWARD, dossier)
    assert any("tiếp nhận lúc" in said and dossier.code in said for said in messages())


def test_rows_of_the_timeline_deleted_inserted_and_swapped(world: World) -> None:
    dossier = bring(world, "handling")
    first = Move.objects.order_by("number")[0]
    copied = "act, at, 'Người khác', '', status, '', to_step, to_unit_id, ''"
    columns = "act, at, actor_name, actor_title, status, from_step, to_step, to_unit_id, note"
    insert = f"INSERT INTO dossiers_move (dossier_id, number, {columns}) SELECT dossier_id, 99, {copied}"
    swap = "SET at = (SELECT at FROM dossiers_move WHERE number = 2)"
    for statement, kind, words in (
        ("DELETE FROM dossiers_move", FindingKind.ROW_GONE, f"quá trình xử lý {first.pk}"),
        (f"{insert} FROM dossiers_move", FindingKind.ROW_ADDED, "quá trình xử lý"),
        (f"UPDATE dossiers_move {swap}", FindingKind.ROW_CHANGED, "«lúc»"),
    ):
        with transaction.atomic():
            run(f"{statement} WHERE id = %s", first.pk)
            (found,) = check_dossiers()
            transaction.set_rollback(True)
        assert found.kind == kind
        assert all(word in found.message for word in (dossier.code, words)), found.message


def test_a_whole_dossier_removed_or_forged(world: World) -> None:
    kept, gone = bring(world, "submitted"), bring(world, "submitted", confirmed_duplicate=True)
    run("DELETE FROM dossiers_move WHERE dossier_id = %s", gone.pk)
    with transaction.atomic():
        run("SET CONSTRAINTS ALL DEFERRED")
        run("DELETE FROM dossiers_dossier WHERE id = %s", gone.pk)
        (found,) = check_dossiers()
        transaction.set_rollback(True)
    assert (found.kind, gone.code in found.message) == (FindingKind.ROW_GONE, True)
    columns = ", ".join(str(one.column) for one in Dossier._meta.concrete_fields if one.name not in {"id", "code"})
    run(
        f"INSERT INTO dossiers_dossier (code, {columns}) SELECT 'H49.giả', {columns} FROM dossiers_dossier"  # noqa: S608
        " WHERE id = %s",
        kept.pk,
    )
    assert any("H49.giả" in said and "không việc nào" in said for said in messages())


def test_a_bundle_tells_the_rows_as_the_journal_does(world: World) -> None:
    dossier = bring(world, "delivered")
    (told,) = tell_rows(dossier.code)
    assert told["last"] == Entry.objects.filter(object_type="dossiers.dossier").latest("id").pk
    assert {name.partition(" ")[0] for name in told["rows"]} == {"dossier", "move", "result", "delivery"}


def test_dossiers_older_than_the_word_of_the_journal() -> None:
    old = [Line({}, None), Line({"verb": "x"}, {"dossier": {"due_at": ["a", "b"]}})]
    rows = {"dossier": {"due_at": "b", "code": "H49"}, "move 1": {"at": "c"}}
    assert differences(old, rows) == []
    (found,) = differences(old, {**rows, "dossier": {"due_at": "z"}})
    assert (found.kind, found.said, found.now) == (FindingKind.ROW_CHANGED, "b", "z")


def test_old_dossiers_are_told_once(world: World) -> None:
    dossier = bring(world, "extended")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_entry SET data = data - 'rows'")
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
    assert (messages(), untold()) == ([], 1)
    assert tell_standings(at=AT) == 1
    assert (messages(), untold(), tell_standings(at=AT)) == ([], 0, 0)
    run("UPDATE dossiers_apology SET promised_at = promised_at + interval '1 day' WHERE dossier_id = %s", dossier.pk)
    (found,) = messages()
    assert "hẹn trả mới" in found
    perform(world, Act.WITHDRAW, dossier, by="clerk")
    assert messages() == [found]


def test_an_edited_column_is_not_covered_up_by_telling_it_again(world: World) -> None:
    dossier = bring(world, "handling")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_entry SET data = data - 'rows' WHERE verb = 'dossier.submitted'")
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
    run("UPDATE dossiers_dossier SET due_at = due_at + interval '1 day' WHERE id = %s", dossier.pk)
    assert tell_standings(at=AT) == 1
    assert any("hẹn trả" in said for said in messages())


class TestStandAlone:
    """The verifier, which has nothing of ours, says the same of a bundle."""

    @pytest.fixture
    def kept(self, world: World, tmp_path: Path, settings: Any) -> Dossier:
        key = tmp_path / "outside" / "head.pem"
        settings.DATA_DIR = tmp_path / "data"
        settings.DATA_DIR.mkdir()
        new_key(key, data=settings.DATA_DIR)
        settings.EVIDENCE_KEY = str(key)
        return bring(world, "delivered")

    @staticmethod
    def _verify(folder: Path, code: str = "") -> list[str]:
        export_bundle(actor=SYSTEM, path=folder / "b.zip", wanted=Wanted(code=code), at=AT)
        key = own_keys()[0].text()
        out = run_verifier([str(folder / "b.zip"), "--key", key])[1]
        return [one["message"] for one in out.get("findings", [out])]

    @pytest.mark.parametrize("is_part", [False, True])
    def test_whole_and_edited(self, kept: Dossier, tmp_path: Path, is_part: bool) -> None:
        code = kept.code if is_part else ""
        assert self._verify(tmp_path, code) == []
        run("UPDATE dossiers_dossier SET due_at = due_at + interval '9 days' WHERE id = %s", kept.pk)
        run("UPDATE dossiers_move SET at = at - interval '1 hour' WHERE dossier_id = %s AND number = 3", kept.pk)
        run("DELETE FROM dossiers_delivery WHERE dossier_id = %s", kept.pk)
        found = self._verify(tmp_path, code)
        assert len(found) == 3, found
        for said, words in zip(sorted(found), ("trả kết quả", "«hẹn trả»", "«lúc»"), strict=True):
            assert words in said, found
            assert kept.code in said

    def test_an_edit_between_two_acts(self, world: World, kept: Dossier, tmp_path: Path) -> None:
        run("UPDATE dossiers_dossier SET ended_at = ended_at - interval '1 hour' WHERE id = %s", kept.pk)
        perform(world, Act.RECALL, kept)
        (found,) = self._verify(tmp_path)
        assert all(word in found for word in (kept.code, "kết thúc lúc", "trước việc"))
