"""Lists: overdue by both rules, a second supplement, corrections, acts keyed in later."""

from datetime import timedelta

from django.test import Client

from motcua.dossiers.actions.correct import correct_dossier
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.queries.lateness import PAGE_SIZE, judge, late_page
from motcua.dossiers.tests.world import World, moment
from motcua.sites.backoffice.tests.conftest import text_of


def _late(world: World) -> Dossier:
    dossier = world.received(at=moment(2, 8))
    Dossier.objects.filter(pk=dossier.pk).update(due_at=moment(1, 17), original_due_at=moment(1, 17))
    return dossier


def _asked_twice(world: World, dossier: Dossier) -> None:
    for number in (1, 2):
        SupplementRequest.objects.create(
            dossier=dossier,
            number=number,
            items=[],
            reason=f"thiếu ảnh {number}",
            exception_reason="lãnh đạo cho phép" if number > 1 else "",
            requested_at=moment(2, 8, number),
            requested_by_id=world.clerk.known_id,
            answered_at=moment(2, 8, number + 1),
        )
    Dossier.objects.filter(pk=dossier.pk).update(supplement_count=2)


def test_overdue_by_agency_and_dossier(world: World, overseer: Client) -> None:
    dossier = _late(world)
    page = text_of(overseer.get("/giam-sat/qua-han/?tu=01/03/2026&den=02/03/2026"))
    assert "UBND phường Hồng Gai" in page
    assert "So theo ngày (báo cáo của địa phương)" in page
    assert "Quyết định 766/QĐ-TTg" in page
    shown = text_of(overseer.get(f"/giam-sat/qua-han/{world.ward.slug}/?tu=01/03/2026"))
    assert dossier.code in shown
    assert shown.count("Đang xử lý quá hạn") == 2
    assert dossier.code not in text_of(
        overseer.get(f"/giam-sat/qua-han/{world.ward.slug}/?tu=02/03/2025&den=01/03/2026")
    )
    assert overseer.get("/giam-sat/qua-han/?tu=xx").status_code == 422


def test_the_two_rules_may_differ(world: World, overseer: Client) -> None:
    dossier = world.received(at=moment(2, 8))
    _asked_twice(world, dossier)
    shown = text_of(overseer.get(f"/giam-sat/qua-han/{world.ward.slug}/"))
    assert shown.count("Đang xử lý trong hạn") == 1
    assert shown.count("Đang xử lý quá hạn") == 1


def test_what_is_not_overseen_is_not_listed(world: World, ward_overseer: Client) -> None:
    dossier = _late(world)
    _asked_twice(world, dossier)
    for path in (f"qua-han/{world.ward.slug}/", "qua-han/", "bo-sung-lan-hai/", "dinh-chinh/", "nhap-sau/"):
        page = text_of(ward_overseer.get(f"/giam-sat/{path}"))
        assert dossier.code not in page
    assert "UBND phường Hồng Gai" not in text_of(ward_overseer.get("/giam-sat/qua-han/"))


def test_pages_of_overdue_dossiers(world: World) -> None:
    base = _late(world)
    copies = []
    for number in range(PAGE_SIZE + 5):
        copy = Dossier.objects.get(pk=base.pk)
        copy.pk, copy.code = None, f"H49.61-260302-{number + 500:04d}"
        copies.append(copy)
    Dossier.objects.bulk_create(copies)
    at = moment(2, 9, 15)
    first = late_page(Dossier.objects.all(), at, "")
    second = late_page(Dossier.objects.all(), at, first.next_cursor)
    assert len(first.rows) == PAGE_SIZE
    assert len(second.rows) == 6
    assert not second.next_cursor
    assert not {one.dossier.pk for one in first.rows} & {one.dossier.pk for one in second.rows}


def test_a_finished_dossier_in_time_is_not_late(world: World) -> None:
    dossier = world.received(at=moment(2, 8))
    Dossier.objects.filter(pk=dossier.pk).update(status=9, finished_at=moment(2, 9))
    (judged,) = judge(Dossier.objects.all(), moment(2, 9, 15) + timedelta(days=30))
    assert not judged.is_late


def test_second_supplements(world: World, overseer: Client) -> None:
    dossier = world.received(at=moment(2, 8))
    _asked_twice(world, dossier)
    page = text_of(overseer.get("/giam-sat/bo-sung-lan-hai/"))
    assert dossier.code in page
    assert "thiếu ảnh 2" in page
    assert "lãnh đạo cho phép" in page


def test_corrections_without_their_values(world: World, overseer: Client) -> None:
    dossier = world.received(at=moment(2, 8))
    changes = {"owner.phone": "0988888888"}
    correct_dossier(actor=world.clerk, dossier_id=dossier.pk, at=moment(2, 9), changes=changes, reason="ghi nhầm")
    page = text_of(overseer.get("/giam-sat/dinh-chinh/"))
    assert "Đã sửa: Số điện thoại chủ hồ sơ" in page
    assert "ghi nhầm" in page
    assert "0988888888" not in page


def test_acts_keyed_in_later(world: World, overseer: Client) -> None:
    early = world.received(at=moment(2, 7))
    page = text_of(overseer.get("/giam-sat/nhap-sau/"))
    assert early.code in page
    assert "nhập sau" in page
