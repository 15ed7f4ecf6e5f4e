"""The store of files as the administrator of the whole installation sees it."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.tests.stages import FILE, bring
from motcua.dossiers.tests.world import MONDAY, World
from motcua.files.models import Blob
from motcua.files.terms import Fault
from motcua.sites.backoffice.tests.conftest import text_of

_CEILING = 24  # one for each column that refers to a file


def test_faulty_files_come_with_the_dossiers_that_use_them(world: World, admin: Client) -> None:
    assert "Không có tệp nào mất" in text_of(admin.get("/quan-tri/kho-tep/"))
    assert "tệp mất, hỏng" not in text_of(admin.get("/quan-tri/"))
    codes = [bring(world, "submitted", confirmed_duplicate=True).code for _each in range(3)]
    Blob.objects.filter(pk=FILE.sha256).update(fault=Fault.DAMAGED, fault_found_at=MONDAY)
    Blob.objects.create(
        pk="cd" * 32,
        size=2048,
        media_type="application/pdf",
        created_at=MONDAY,
        fault=Fault.INFECTED,
        fault_found_at=MONDAY,
    )
    with CaptureQueriesContext(connection) as queries:
        page = text_of(admin.get("/quan-tri/kho-tep/"))
    assert len(queries) <= _CEILING
    for said in (
        *codes,
        FILE.name,
        "nội dung bị hỏng",
        "có mã độc, đã chặn",
        "Không nơi nào",
        "không được quét mã độc",
    ):
        assert said in page, said
    home = text_of(admin.get("/quan-tri/"))
    assert "<b>2</b><span>tệp mất, hỏng hoặc có mã độc" in home
    assert "/quan-tri/kho-tep/" in home


def test_an_administrator_of_one_ward_does_not_see_the_files_of_all(world: World, ward_admin: Client) -> None:
    Blob.objects.create(
        pk="cd" * 32,
        size=1,
        media_type="application/pdf",
        created_at=MONDAY,
        fault=Fault.MISSING,
        fault_found_at=MONDAY,
    )
    assert ward_admin.get("/quan-tri/kho-tep/").status_code == 403
    home = text_of(ward_admin.get("/quan-tri/"))
    assert "tệp mất, hỏng" not in home
    assert "kho-tep" not in home
