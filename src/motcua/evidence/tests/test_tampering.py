"""Whoever owns the database changes one thing: both checkers say so, and name the act."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from motcua.evidence.actions.sequence import sequence_all
from motcua.evidence.models import Alarm, Head, Leaf
from motcua.evidence.providers.keys import read_key
from motcua.evidence.terms import FindingKind, LeafKind
from motcua.evidence.tests.rewriting import rebuild_leaves, rehash_chain, resign_heads
from motcua.evidence.tests.scene import Scene, as_superuser, make_scene
from motcua.files.queries import path_of
from motcua.journal.models import Entry, Reading

pytestmark = pytest.mark.django_db

#: Every column of a line of the journal, and what it is changed to.
COLUMNS = {
    "id": "id + 100000",
    "at": "at - interval '1 day'",
    "recorded_at": "recorded_at - interval '1 second'",
    "actor_id": "coalesce(actor_id, 0) + 1",
    "actor_name": "'Người khác'",
    "actor_title": "'Chức vụ khác'",
    "verb": "'dossier.refused'",
    "object_type": "'dossiers.other'",
    "object_id": "'999'",
    "data": 'data || \'{"code": "H49.khác"}\'',
    "previous_hash": "repeat('1', 64)",
    "hash": "repeat('0', 64)",
    "seal": "repeat('2', 64)",
}
READING_COLUMNS = {
    "id": "id + 100000",
    "at": "at - interval '1 hour'",
    "day": "day - 1",
    "actor_id": "coalesce(actor_id, 0) + 1",
    "actor_name": "'Người khác'",
    "actor_title": "'Chức vụ khác'",
    "object_type": "'dossiers.other'",
    "object_id": "'999'",
    "code": "'H49.khác'",
    "kind": "'export'",
    "purpose": "'việc khác'",
    "seal": "repeat('2', 64)",
}
FIRST, MIDDLE, LAST = 0, 4, 8
FORGE = """
INSERT INTO journal_entry (id, at, recorded_at, actor_name, actor_title, verb, object_type, object_id, data,
    previous_hash, hash, seal)
SELECT {free}, at, recorded_at, actor_name, actor_title, 'dossier.forged', object_type, object_id, data, hash,
    repeat('3', 64), seal
FROM journal_entry WHERE id = %s
"""


@pytest.fixture
def scene(tmp_path: Path, settings: Any) -> Scene:
    return make_scene(tmp_path, settings)


def _set(table: str, column: str, value: str) -> str:
    return f"UPDATE {table} SET {column} = {value} WHERE id = %s"  # noqa: S608 (constants of this file)


def assert_both_find(scene: Scene, *words: str) -> None:
    """Both checkers find something, and one sentence of each says all these words."""
    found = [one.message for one in scene.findings()]
    assert any(all(word in said for word in words) for said in found), found
    code, said_alone = scene.verify()
    assert code == 1
    assert any(all(word in said for word in words) for said in said_alone), said_alone


def test_a_whole_log(scene: Scene) -> None:
    assert scene.findings() == []
    assert scene.verify() == (0, [""])
    assert scene.verify(bundle=scene.export(code="H49.b")) == (0, [""])
    earlier = scene.folder / "head.txt"
    earlier.write_text(Head.objects.order_by("id")[0].note, encoding="utf-8")
    assert scene.verify("--earlier", str(earlier)) == (0, [""])
    assert scene.findings(earlier=[earlier.read_text(encoding="utf-8")]) == []


@pytest.mark.parametrize("place", [FIRST, MIDDLE, LAST])
@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_line(scene: Scene, column: str, place: int) -> None:
    entry = scene.entries[place]
    with as_superuser() as cursor:
        cursor.execute(_set("journal_entry", column, COLUMNS[column]), [entry.pk])
    assert_both_find(scene, f"Dòng nhật ký số {entry.pk}")


@pytest.mark.parametrize("place", [FIRST, MIDDLE, LAST])
def test_a_deleted_line(scene: Scene, place: int) -> None:
    entry = scene.entries[place]
    with as_superuser() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE id = %s", [entry.pk])
    assert_both_find(scene, f"Dòng nhật ký số {entry.pk}", "xóa", entry.verb, str(entry.data["code"]), entry.actor_name)


@pytest.mark.parametrize("free", ["(SELECT min(id) - 1 FROM journal_entry)", "nextval('journal_entry_id_seq')"])
def test_an_inserted_line(scene: Scene, free: str) -> None:
    with as_superuser() as cursor:
        cursor.execute(FORGE.format(free=free), [scene.entries[LAST].pk])
    assert_both_find(scene, "dossier.forged", "Dòng nhật ký số")


def test_a_copied_line_that_keeps_its_seal(scene: Scene) -> None:
    with as_superuser() as cursor:
        cursor.execute("ALTER TABLE journal_entry DROP CONSTRAINT journal_one_chain_per_object")
        cursor.execute(
            "INSERT INTO journal_entry (at, recorded_at, actor_id, actor_name, actor_title, verb, object_type,"
            " object_id, data, previous_hash, hash, seal) SELECT at, recorded_at, actor_id, actor_name, actor_title,"
            " verb, object_type, object_id, data, previous_hash, hash, seal FROM journal_entry WHERE id = %s"
            " RETURNING id",
            [scene.entries[MIDDLE].pk],
        )
        copied = cursor.fetchone()[0]
    found = scene.findings()
    assert [one.kind for one in found] == [FindingKind.INSERTED]
    assert f"Dòng nhật ký số {copied}" in found[0].message
    code, said = scene.verify()
    assert code == 1
    assert any(f"Dòng nhật ký số {copied}" in one for one in said)


@pytest.mark.parametrize("place", [FIRST, MIDDLE, LAST])
def test_a_changed_line_whose_chain_is_hashed_anew(scene: Scene, place: int) -> None:
    entry = scene.entries[place]
    with as_superuser() as cursor:
        cursor.execute("UPDATE journal_entry SET actor_name = 'Người khác' WHERE id = %s", [entry.pk])
        rehash_chain(cursor, entry.object_type, entry.object_id)
    assert_both_find(scene, f"Dòng nhật ký số {entry.pk}", "Người khác")


@pytest.mark.parametrize("place", [FIRST, MIDDLE, LAST])
def test_a_changed_line_with_leaves_and_tree_built_anew(scene: Scene, place: int) -> None:
    entry = scene.entries[place]
    with as_superuser() as cursor:
        cursor.execute("UPDATE journal_entry SET at = at - interval '3 days' WHERE id = %s", [entry.pk])
        rehash_chain(cursor, entry.object_type, entry.object_id)
        rebuild_leaves(cursor)
    assert_both_find(scene, entry.verb, str(entry.data["code"]), entry.actor_name)


@pytest.mark.parametrize("place", [FIRST, MIDDLE, LAST])
def test_a_deleted_line_with_leaves_and_tree_built_anew(scene: Scene, place: int) -> None:
    entry, before = scene.entries[place], scene.export("before.zip")
    with as_superuser() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE id = %s", [entry.pk])
        rehash_chain(cursor, entry.object_type, entry.object_id)
        rebuild_leaves(cursor)
    assert {one.kind for one in scene.findings()} & {FindingKind.ROOT, FindingKind.HEAD}
    code, said = scene.verify("--earlier", str(before))
    assert code == 1
    assert any(f"Dòng nhật ký số {entry.pk}" in one and entry.verb in one for one in said)


@pytest.mark.parametrize("column", READING_COLUMNS)
def test_a_changed_reading(scene: Scene, column: str) -> None:
    reading = Reading.objects.order_by("id")[1]
    with as_superuser() as cursor:
        cursor.execute(_set("journal_reading", column, READING_COLUMNS[column]), [reading.pk])
    assert_both_find(scene, f"Lượt xem dữ liệu cá nhân số {reading.pk}")


def test_a_deleted_and_an_inserted_reading(scene: Scene) -> None:
    reading = Reading.objects.order_by("id")[0]
    with as_superuser() as cursor:
        cursor.execute("DELETE FROM journal_reading WHERE id = %s", [reading.pk])
        cursor.execute(
            "INSERT INTO journal_reading (at, day, actor_name, actor_title, object_type, object_id, code, kind,"
            " purpose) VALUES (now(), now()::date, 'Người khác', '', 'x', '1', 'H49.a', 'work', 'bịa') RETURNING id"
        )
        forged = cursor.fetchone()[0]
    assert_both_find(scene, f"Lượt xem dữ liệu cá nhân số {reading.pk}", "xóa")
    assert_both_find(scene, f"Lượt xem dữ liệu cá nhân số {forged}")


@pytest.mark.parametrize("how", ["changed", "truncated", "removed", "swapped"])
def test_a_file_on_disk(scene: Scene, how: str) -> None:
    path = path_of(scene.blob)
    content = path.read_bytes()
    if how == "removed":
        path.unlink()
    elif how == "truncated":
        path.write_bytes(content[:-1])
    else:
        path.write_bytes(content[::-1] if how == "swapped" else b"X" + content[1:])
    assert_both_find(scene, scene.blob, "dossier.submitted", "H49.b")
    code, said = scene.verify("--blobs", str(scene.settings.DATA_DIR / "blobs"))
    assert code == 1
    assert any(scene.blob in one for one in said)


def test_a_file_and_its_row_removed(scene: Scene) -> None:
    path_of(scene.blob).unlink()
    with as_superuser() as cursor:
        cursor.execute("DELETE FROM files_blob WHERE sha256 = %s", [scene.blob])
    assert_both_find(scene, scene.blob, "dossier.submitted")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence_leaf SET hash = decode(repeat('ab', 32), 'hex') WHERE seq = {seq}",
        'UPDATE evidence_leaf SET about = about || \'{{"actor": "Người khác"}}\' WHERE seq = {seq}',
        "DELETE FROM evidence_leaf WHERE seq = {seq}",
    ],
)
def test_a_tampered_leaf(scene: Scene, statement: str) -> None:
    entry = scene.entries[MIDDLE]
    seq = Leaf.objects.get(kind=LeafKind.ENTRY, source_id=entry.pk).seq
    with as_superuser() as cursor:
        cursor.execute(statement.format(seq=seq))
    found = scene.findings()
    assert any(f"Dòng nhật ký số {entry.pk}" in one.message for one in found)
    assert scene.verify()[0] == 1


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM evidence_head WHERE id = (SELECT min(id) FROM evidence_head)",
        "DELETE FROM evidence_head WHERE id = (SELECT max(id) FROM evidence_head)",
        "UPDATE evidence_head SET root = repeat('0', 64) WHERE id = (SELECT min(id) FROM evidence_head)",
        "UPDATE evidence_head SET note = replace(note, 'at 2', 'at 1') WHERE id = (SELECT max(id) FROM evidence_head)",
    ],
)
def test_a_tampered_head(scene: Scene, statement: str) -> None:
    kept = scene.folder / "kept.txt"
    kept.write_text(Head.objects.order_by("-id")[0].note, encoding="utf-8")
    with as_superuser() as cursor:
        cursor.execute(statement)
    assert {one.kind for one in scene.findings()} & {FindingKind.HEAD, FindingKind.SIGNATURE, FindingKind.ROOT}


def test_who_owns_everything_is_caught_by_a_head_kept_elsewhere(scene: Scene) -> None:
    kept = scene.folder / "kept.txt"
    kept.write_text(Head.objects.order_by("-id")[0].note, encoding="utf-8")
    bundle, entry = scene.export("before.zip"), scene.entries[MIDDLE]
    with as_superuser() as cursor:
        cursor.execute("UPDATE journal_entry SET at = at - interval '3 days' WHERE id = %s", [entry.pk])
        rehash_chain(cursor, entry.object_type, entry.object_id, seal_key=scene.settings.JOURNAL_KEYS[0])
        rebuild_leaves(cursor)
        resign_heads(cursor, read_key(scene.key, pin="", name=Head.objects.all()[0].origin))
    Path(f"{scene.key}.last").write_text(Head.objects.order_by("-id")[0].note, encoding="utf-8")
    scene.act(scene.thing("d"), "dossier.submitted")
    scene.head()
    assert scene.findings() == []  # everything fits: only somebody outside can know better
    assert scene.verify() == (0, [""])
    found = scene.findings(earlier=[kept.read_text(encoding="utf-8")])
    assert any(entry.verb in one.message and "H49.b" in one.message for one in found)
    code, said = scene.verify("--earlier", str(kept))
    assert code == 1
    assert any("lịch sử đã bị viết lại" in one and entry.verb in one for one in said)
    code, said = scene.verify("--earlier", str(bundle))
    assert any(f"Dòng nhật ký số {entry.pk}" in one and "at trước là" in one for one in said)
    assert scene.verify("--earlier", str(kept), bundle=scene.export(code="H49.b"))[0] == 1


def test_the_end_cut_off_is_missed_by_what_lies_beside_the_key(scene: Scene) -> None:
    gone = scene.entries[LAST]
    size = Head.objects.order_by("-id")[1].size
    with as_superuser() as cursor:
        cursor.execute("DELETE FROM evidence_leaf WHERE seq >= %s", [size])
        cursor.execute("DELETE FROM evidence_head WHERE size > %s", [size])
        cursor.execute("DELETE FROM journal_entry WHERE id >= %s", [scene.entries[6].pk])
        cursor.execute("DELETE FROM journal_reading WHERE purpose = 'approved'")
        cursor.execute("DELETE FROM evidence_tile")
        rebuild_leaves(cursor)
    assert not Entry.objects.filter(pk=gone.pk).exists()
    assert {one.kind for one in scene.findings()} == {FindingKind.HEAD}


def test_a_line_written_later_that_says_it_is_older(scene: Scene) -> None:
    """Who also has the programs' secret seals a line of his own: it is in the log, at its true place."""
    newest = scene.at = timezone.now() + timedelta(hours=3)
    scene.act(scene.thing("d"), "dossier.submitted")
    scene.head()
    forged = scene.act(scene.thing("d"), "dossier.received")
    assert forged.recorded_at < newest - timedelta(hours=1)
    scene.head()
    assert {one.kind for one in scene.findings()} == {FindingKind.LATE}
    assert_both_find(scene, f"Dòng nhật ký số {forged.pk}", "dossier.received", "lùi ngày")


def test_two_lines_that_change_places(scene: Scene) -> None:
    first, second = scene.entries[0], scene.entries[1]
    columns = "at, actor_name, verb, object_id, data, previous_hash, hash, seal"
    with as_superuser() as cursor:
        cursor.execute("ALTER TABLE journal_entry DROP CONSTRAINT journal_one_chain_per_object")
        cursor.execute(
            f"UPDATE journal_entry a SET ({columns}) = (SELECT {columns} FROM journal_entry b"  # noqa: S608
            " WHERE b.id = %s::bigint + %s::bigint - a.id) WHERE a.id IN (%s, %s)",
            [first.pk, second.pk, first.pk, second.pk],
        )
    assert_both_find(scene, f"Dòng nhật ký số {first.pk}")
    assert_both_find(scene, f"Dòng nhật ký số {second.pk}")


def test_a_line_that_waits_for_its_turn_is_changed_or_removed(scene: Scene) -> None:
    waiting = scene.act(scene.thing("a"), "dossier.extended")
    with as_superuser() as cursor:
        cursor.execute("UPDATE journal_entry SET at = at + interval '1 day' WHERE id = %s", [waiting.pk])
    assert_both_find(scene, f"Dòng nhật ký số {waiting.pk}", "dossier.extended")


@pytest.mark.parametrize(
    "statement", ["size = size + 1", "media_type = 'text/html'", "created_at = created_at - interval '1 day'"]
)
def test_the_row_of_a_file(scene: Scene, statement: str) -> None:
    with as_superuser() as cursor:
        cursor.execute(f"UPDATE files_blob SET {statement} WHERE sha256 = %s", [scene.blob])  # noqa: S608
    found = [one.message for one in scene.findings()]
    assert any(scene.blob in said and "dossier.submitted" in said for said in found), found


def test_an_alarm_or_a_witnessed_head_removed(scene: Scene) -> None:
    with as_superuser() as cursor:
        cursor.execute(FORGE.format(free="nextval('journal_entry_id_seq')"), [scene.entries[LAST].pk])
    sequence_all(at=scene.at)
    assert Alarm.objects.count() == 1
    with as_superuser("evidence_alarm") as cursor:
        cursor.execute("DELETE FROM evidence_alarm")
    assert any(one.kind == FindingKind.UNSEALED for one in scene.findings())


def test_an_old_backup_of_everything_is_missed_by_what_lies_beside_the_key(scene: Scene) -> None:
    size, keep = Head.objects.order_by("-id")[1].size, Head.objects.order_by("-id")[1].pk
    with as_superuser() as cursor:
        cursor.execute("DELETE FROM evidence_head WHERE id > %s", [keep])
        kept = Leaf.objects.filter(seq__lt=size)
        ids = list(kept.filter(kind=LeafKind.ENTRY).values_list("source_id", flat=True))
        cursor.execute("DELETE FROM journal_entry WHERE id <> ALL(%s)", [ids])
        ids = list(kept.filter(kind=LeafKind.READING).values_list("source_id", flat=True))
        cursor.execute("DELETE FROM journal_reading WHERE id <> ALL(%s)", [ids])
        cursor.execute("DELETE FROM evidence_leaf WHERE seq >= %s", [size])
        rebuild_leaves(cursor)
    assert {one.kind for one in scene.findings()} == {FindingKind.HEAD}
    kept_note = Path(f"{scene.key}.last")
    note = kept_note.read_text(encoding="utf-8")
    kept_note.unlink()
    (scene.folder / "head.txt").write_text(note, encoding="utf-8")
    assert scene.verify("--earlier", str(scene.folder / "head.txt"))[0] == 1
