"""Nhập danh mục quốc gia: what each row becomes, twice, beside people's versions, and what the export gives back."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from motcua.identity.terms import ANONYMOUS, SYSTEM
from motcua.importing.actions import import_file
from motcua.importing.models import SourceRecord
from motcua.importing.queries import exported
from motcua.importing.terms import Report
from motcua.importing.tests import samples
from motcua.journal.models import Entry, OutboxEvent
from motcua.kernel.errors import NotPermitted
from motcua.procedures.actions import create_draft_version, import_definition, retire
from motcua.procedures.models import Domain, Procedure, ProcedureVersion
from motcua.procedures.queries import current_version
from motcua.procedures.rules.reading import definition_from
from motcua.procedures.terms import Definition

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def bring(tmp_path: Path):
    """Import rows from a file of lines."""

    def run(*rows: dict[str, Any] | str, at: datetime = AT, name: str = "rows.jsonl") -> Report:
        path = tmp_path / name
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        path.write_text("\n".join(lines), encoding="utf-8")
        return import_file(actor=SYSTEM, path=path, at=at)

    return run


def figures(report: Report) -> tuple[int, int, int, int]:
    return (report.taken, report.changed, report.unchanged, report.refused)


def everything() -> tuple[int, ...]:
    tables = (Domain, Procedure, ProcedureVersion, SourceRecord, Entry, OutboxEvent)
    return tuple(model.objects.count() for model in tables)


def codes(report: Report) -> list[str]:
    return [reason.reason_code for reason in report.reasons]


def own(**changes: Any) -> Definition:
    """A procedure people configured: with a process, in force."""
    return definition_from(
        {
            "code": "1.900001",
            "name": "Cấp giấy phép thử",
            "domain": {"code": "THU", "name": "Lĩnh vực thử"},
            "level": "province",
            "service_level": "full",
            "cases": [{"key": "default", "name": "Chung", "terms": {"any": {"amount": 6, "unit": "working_day"}}}],
            "components": [{"key": "don", "name": "Đơn", "originals": 1}],
            "results": [{"name": "Giấy phép thử"}],
            "chain": "desk",
            **changes,
        }
    )


def test_every_shape_is_taken_and_the_second_run_changes_nothing(bring) -> None:
    rows = [samples.portal(), samples.tables(), samples.archive(), samples.exchange()]
    first = bring(*rows)
    assert figures(first) == (4, 0, 0, 0)
    before = everything()
    second = bring(*rows)
    assert (figures(second), second.reasons) == ((0, 0, 4, 0), [])
    assert everything() == before
    version = current_version("1.900001", AT)
    assert version.content.cases[0].terms["online"].amount == 4


def test_a_bad_row_is_told_and_stops_nothing(bring) -> None:
    report = bring(samples.portal(), "{broken", {"ma_thu_tuc": "1.900009"}, samples.tables())
    assert figures(report) == (2, 0, 0, 2)
    refused = [(reason.row, reason.reason_code) for reason in report.reasons if reason.result == "refused"]
    assert refused == [(2, "row_not_read"), (3, "no_name")]
    assert report.rows == 4


def test_a_changed_record_becomes_a_new_version(bring) -> None:
    bring(samples.portal())
    report = bring(samples.portal(so_quyet_dinh="13/QĐ-BT"), at=AT.replace(day=5))
    assert figures(report) == (0, 1, 0, 0)
    assert [version.content.decision for version in ProcedureVersion.objects.order_by("number")] == [
        "12/QĐ-BT",
        "13/QĐ-BT",
    ]
    assert SourceRecord.objects.get().version == ProcedureVersion.objects.latest("number")


def test_one_code_twice_in_a_file(bring) -> None:
    rows = [samples.portal(), samples.portal(), samples.portal(ten_thu_tuc="Tên khác")]
    report = bring(*rows)
    assert figures(report) == (2, 0, 1, 0)
    assert codes(report) == ["same_row_twice", "same_code_twice"]
    assert Procedure.objects.get().name == "Cấp giấy phép thử"
    assert figures(bring(*rows)) == (0, 0, 3, 0)
    assert figures(bring(*reversed(rows))) == (0, 0, 3, 0)
    changed = bring(samples.portal(ten_thu_tuc="Tên mới"), rows[2])
    assert figures(changed) == (0, 1, 1, 0)
    assert Procedure.objects.get().name == "Tên mới"


def test_a_list_says_less_than_a_record_that_is_there(bring) -> None:
    bring(samples.portal())
    report = bring(samples.listed())
    assert (figures(report), "richer_record" in codes(report)) == ((0, 0, 1, 0), True)
    assert ProcedureVersion.objects.count() == 1
    assert sorted(SourceRecord.objects.values_list("kind", flat=True)) == ["list", "portal"]


def test_a_list_first_then_the_record(bring) -> None:
    assert figures(bring(samples.listed())) == (1, 0, 0, 0)
    assert figures(bring(samples.portal())) == (0, 1, 0, 0)
    version = current_version("1.900001", AT)
    assert version.content.cases[0].terms
    assert figures(bring(samples.listed())) == (0, 0, 1, 0)


def test_people_s_own_version_holds_and_the_difference_is_offered(bring) -> None:
    import_definition(actor=SYSTEM, definition=own(), at=AT)
    report = bring(samples.portal(), at=AT.replace(day=4))
    assert (figures(report), codes(report)[0]) == ((0, 1, 0, 0), "difference_offered")
    live = ProcedureVersion.objects.get(published_at__isnull=False)
    assert live.content == own()
    draft = ProcedureVersion.objects.get(published_at__isnull=True).content
    assert (draft.steps, draft.cases, draft.components) == (own().steps, own().cases, own().components)
    assert draft.decision == "12/QĐ-BT"
    assert {flag.code for flag in draft.flags} == {"term_differs", "fee_differs", "components_differ"}
    before = everything()
    assert figures(bring(samples.portal())) == (0, 0, 1, 0)
    assert everything() == before


def test_a_draft_that_people_write_is_left_alone(bring) -> None:
    import_definition(actor=SYSTEM, definition=own(), at=AT)
    written = own(summary="Đang viết.")
    create_draft_version(actor=SYSTEM, definition=written, at=AT)
    report = bring(samples.portal())
    assert (figures(report), codes(report)[0]) == ((0, 0, 1, 0), "own_version_kept")
    assert ProcedureVersion.objects.get(published_at__isnull=True).content == written
    assert SourceRecord.objects.count() == 1


def test_what_was_abolished_here_is_not_published_again(bring) -> None:
    import_definition(actor=SYSTEM, definition=own(), at=AT)
    retire(actor=SYSTEM, code="1.900001", retired_on=AT.date(), reason="QĐ 1", at=AT)
    report = bring(samples.portal())
    assert (figures(report), codes(report)[0]) == ((0, 0, 1, 0), "retired_here")
    assert not Procedure.objects.get().is_listed


def test_what_a_rule_forbids_to_publish_is_kept_and_told(bring) -> None:
    bring(samples.portal(), at=AT.replace(day=9))
    report = bring(samples.portal(ten_thu_tuc="Tên mới"), at=AT)
    assert (figures(report), codes(report)) == ((0, 1, 0, 0), ["valid_from_too_early"])
    assert Procedure.objects.get().name == "Cấp giấy phép thử"


def test_the_export_gives_every_word_back(bring) -> None:
    rows = [samples.portal(), samples.tables(), samples.archive(), samples.exchange(), samples.listed()]
    odd = samples.portal(ma_thu_tuc="1.900007", trinh_tu_thuc_hien="Tệp có ký tự \0 và \ud800 lạ,\r\nBước  2")
    bring(*rows, json.dumps(odd))
    given = [record["source"] for line in exported() for record in line["sources"]]
    assert sorted(map(json.dumps, given)) == sorted(map(json.dumps, [*rows, odd]))
    lines = list(exported())
    assert [line["code"] for line in lines] == sorted(line["code"] for line in lines)
    assert all(line["definition"] for line in lines)
    assert [line["code"] for line in exported("exchange")] == ["1.900003.H90"]


def test_journal_and_flags(bring) -> None:
    report = bring(samples.archive())
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"source_record.kept", "procedure.imported", "procedure.published"} <= verbs
    assert report.flagged == 1
    assert {"code_missing", "domain_missing"} <= set(codes(report))


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    report = import_file(actor=SYSTEM, path=tmp_path / "none.json", at=AT)
    assert (report.rows, report.faults, codes(report)) == (0, 1, ["file_not_read_to_end"])


def test_whose_right_it_is(tmp_path: Path) -> None:
    with pytest.raises(NotPermitted):
        import_file(actor=ANONYMOUS, path=tmp_path / "none.json", at=AT)
