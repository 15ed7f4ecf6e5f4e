"""Trying out: as the citizen, then as the clerk; what was tried becomes a test; nothing real is touched."""

from typing import Any

from django.http import HttpResponse

from motcua.dossiers.models import Dossier, Draft
from motcua.sites.studio.tests.conftest import Bench, said, text_of
from motcua.sites.studio.tests.test_make import make
from motcua.sites.studio.trial import MOST_TRIALS, Trial, keep_trial, trial_in

PAGE = "thu/khai/nguoi-ban-va-mat-hang/"
TYPED = {
    "ho_va_ten_nguoi_ban": "Trần Thị Bưởi",
    "co_ban_thuc_an_khong": "no",
    "mat_hang.0.ten_hang": "Bánh mì",
    "mat_hang.0.so_luong": "20",
}


def begun(bench: Bench, **more: Any) -> None:
    make(bench)
    page = bench.send("thu/", channel="in_person", at="08:00 02/03/2026", **more)
    assert page.headers["Location"].endswith(PAGE)


def fill(bench: Bench, status: int = 303, **typed: str) -> HttpResponse:
    page = bench.client.post(bench.url(PAGE), {"go": "next", **typed})
    assert page.status_code == status
    return page


def test_the_citizen_sees_every_problem(bench: Bench) -> None:
    begun(bench)
    page = text_of(fill(bench, 422, **{"mat_hang.0.ten_hang": "Bánh mì", "mat_hang.0.so_luong": "nhiều"}))
    for words in ("Họ và tên người bán", "Có bán thức ăn không", "Số lượng"):
        assert words in page
    assert 'value="nhiều"' in page


def test_conditions_and_checks_work(bench: Bench) -> None:
    begun(bench)
    asked = text_of(fill(bench, 200, **{**TYPED, "co_ban_thuc_an_khong": "yes"}))
    assert "Số giấy chứng nhận an toàn thực phẩm" in asked
    refused = text_of(fill(bench, 422, **{**TYPED, "mat_hang.0.so_luong": "101"}))
    assert "Chỉ được bán tối đa 100 món." in refused


def test_what_comes_of_it(bench: Bench) -> None:
    begun(bench)
    fill(bench, **TYPED)
    shown = bench.get("thu/ket-qua/")
    for words in ("Tờ khai được nhận", "20.000 đồng", "09/03/2026", "Giấy khám sức khỏe", "Trần Thị Bưởi"):
        assert words in shown
    printed = bench.client.get(bench.url("thu/to-khai.pdf"))
    assert printed.content.startswith(b"%PDF")
    paper = bench.client.get(bench.url("van-ban/giay-phep.pdf"))
    assert paper.content.startswith(b"%PDF")
    assert "Trần Thị Bưởi" in bench.get("sua/van-ban/0/")


def test_the_clerk_goes_where_a_way_is_open(bench: Bench) -> None:
    begun(bench)
    work = "thu/giai-quyet/"
    assert "Đang ở bước: Tiếp nhận hồ sơ" in bench.get(work)
    bench.client.post(bench.url(work), {"go": "deliver"})  # no way leads there
    assert "Đang ở bước: Tiếp nhận hồ sơ" in bench.get(work)
    for key in ("appraise", "approve"):
        bench.client.post(bench.url(work), {"go": key})
    at_approve = bench.get(work)
    assert "Đang đóng" not in at_approve
    assert "Trả lại: Thẩm định hồ sơ" in at_approve
    assert 'value="receive"' not in at_approve
    bench.client.post(bench.url(work), {"go": "facts", "paid": "on", "supplement_asked": "on"})
    assert 'value="receive"' in bench.get(work)
    for key in ("seal", "deliver"):
        bench.client.post(bench.url(work), {"go": key})
    assert "Hồ sơ đã đến bước cuối" in bench.get(work)
    bench.client.post(bench.url(work), {"go": "restart"})
    assert "Đang ở bước: Tiếp nhận hồ sơ" in bench.get(work)


def test_a_gate_is_told(bench: Bench) -> None:
    begun(bench)
    bench.send("sua/buoc/0/", name="Tiếp nhận hồ sơ", right="receive", at="desk", gates=["paid"])
    bench.client.post(bench.url("thu/giai-quyet/"), {"go": "facts"})
    shown = bench.get("thu/giai-quyet/")
    assert "người nộp đã nộp đủ tiền" in shown
    assert 'value="appraise"' not in shown


def test_what_was_tried_becomes_a_test_that_runs(bench: Bench) -> None:
    begun(bench)
    fill(bench, **TYPED)
    answer = bench.client.post(bench.url("thu/luu-bai-thu/"))
    assert answer.headers["Location"].endswith("sua/bai-thu/0/")
    test = said().tests[0]
    assert (test.expect.fees, test.expect.problems, test.expect.components) == (20000, (), ("giay-kham-suc-khoe",))
    assert test.expect.values == {"tong_so_luong": 20}
    assert "đều đạt" in bench.get("chay-thu/")
    bench.send("sua/truong-hop/0/khoan-thu/0/", name="Lệ phí cấp phép", kind="charge", amount="30000")
    assert "phải là 20.000 đồng" in bench.get("chay-thu/")
    page = bench.send("xin-cong-bo/", status=409, on="02/03/2026")
    assert "không đạt" in text_of(page)


def test_nothing_real_is_touched_and_the_trial_ends(bench: Bench) -> None:
    begun(bench)
    fill(bench, **TYPED)
    bench.client.post(bench.url("thu/giai-quyet/"), {"go": "appraise"})
    assert (Dossier.objects.count(), Draft.objects.count()) == (0, 0)
    assert bench.client.post(bench.url("thu/xong/")).status_code == 303
    for rest in (PAGE, "thu/ket-qua/", "thu/giai-quyet/"):
        assert bench.client.get(bench.url(rest)).headers["Location"].endswith("/thu/")
    assert bench.client.post(bench.url("thu/luu-bai-thu/")).headers["Location"].endswith("/thu/")


def test_a_session_holds_few_trials(bench: Bench) -> None:
    request = bench.client.get(bench.url()).wsgi_request
    for number in range(MOST_TRIALS + 1):
        keep_trial(request, f"9.00000{number}", Trial())
    assert trial_in(request, "9.000000") is None
    assert trial_in(request, f"9.00000{MOST_TRIALS}") == Trial()


def test_a_procedure_without_form_or_steps(bench: Bench) -> None:
    bench.send("thu/", channel="in_person")
    shown = bench.get("thu/ket-qua/")
    assert "không có trường hợp" in shown
    answer = bench.client.get(bench.url("thu/giai-quyet/"))
    assert answer.headers["Location"].endswith("phan/quy-trinh/")
