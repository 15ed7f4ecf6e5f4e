"""The list by readiness, its filters, what few queries it takes; packages out and in; who may open the studio."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.tests.world import CODE, MONDAY, World, definition
from motcua.identity.terms import SYSTEM
from motcua.procedures.actions import import_definition
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.queries import readiness_counts
from motcua.procedures.rules.readiness import readiness_of
from motcua.procedures.terms import Definition
from motcua.sites.studio.tests.conftest import NEW, Bench, said, text_of
from motcua.sites.studio.tests.test_make import make

HOME = "/quan-tri/xuong/"
#: Signed-in pages ask who is there (6); the list itself: rows, counts, waiting drafts, fields.
MOST_QUERIES = 12


def _more(number: int) -> None:
    for index in range(number):
        one = definition(code=f"2.{index:06d}", name=f"Thủ tục số {index}")
        assert import_definition(actor=SYSTEM, definition=one, at=MONDAY).result == "taken"


def test_the_list_takes_few_queries_however_long(author: Client, world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert author.get(HOME).status_code == 200
        return len(seen)

    asked()
    few = asked()
    _more(40)
    assert asked() == few
    assert few <= MOST_QUERIES
    first = text_of(author.get(HOME))
    assert first.count("Thủ tục số") < 40
    assert "sau=" in first


def test_filters_and_search(bench: Bench, author: Client) -> None:
    make(bench)
    for query, is_there in (
        ("", True),
        ("?q=ban+hang+rong", True),
        ("?q=khai+sinh", False),
        ("?loc=ban-thao", True),
        ("?loc=toan-trinh", True),
        ("?loc=thong-tin", False),
        ("?loc=co-bieu-mau", True),
        ("?loc=chua-bai-thu", True),
        ("?loc=cat-thoi-han", True),
        ("?loc=bon-tai-cho", False),
        ("?loc=cho-duyet", False),
        ("?linh-vuc=DD", False),
    ):
        assert (NEW in text_of(author.get(f"{HOME}{query}"))) is is_there, query
    assert "giảm 5 ngày" in text_of(author.get(HOME))


def test_counts_say_what_the_rule_says() -> None:
    told = Definition.model_validate(
        {
            **definition().model_dump(),
            "steps": [
                {"key": "receive", "name": "A", "right": "receive", "at": "desk", "forward": ["appraise"]},
                {"key": "appraise", "name": "B", "right": "handle", "at": "desk", "forward": ["approve"]},
                {"key": "approve", "name": "C", "right": "lead_agency", "at": "desk", "forward": ["deliver"]},
                {"key": "deliver", "name": "D", "right": "receive", "at": "desk"},
            ],
        }
    )
    ready = readiness_of(told)
    assert (ready.centre_steps, ready.is_four_at_centre, ready.is_sealed_at_centre) == (4, True, False)
    assert readiness_of(definition()).centre_steps == 2


def test_counts_in_the_database(bench: Bench) -> None:
    make(bench)
    counts = readiness_counts()
    wanted = {"": 2, "drafts": 1, "waiting": 0, "full": 2, "with_form": 1, "without_form": 1, "term_cut": 1}
    assert {name: counts[name] for name in wanted} == wanted


def test_a_package_goes_out_and_in_again(bench: Bench, author: Client) -> None:
    make(bench)
    before = said()
    content = author.get(f"{HOME}{NEW}.zip").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "form.yaml" in archive.namelist()
    bench.send("bo-ban-thao/")
    file = SimpleUploadedFile("goi.zip", content)
    assert author.post(f"{HOME}goi/", {"key": "u", "file": file}).status_code == 303
    assert said() == before


def test_a_package_does_not_overwrite_a_draft(bench: Bench, author: Client) -> None:
    make(bench)
    content = author.get(f"{HOME}{NEW}.zip").content
    bench.send("them/ket-qua/", name="Khác")
    page = author.post(f"{HOME}goi/", {"key": "u", "file": SimpleUploadedFile("goi.zip", content)})
    assert page.status_code == 409
    assert "đang có bản thảo" in text_of(page)


def test_a_broken_package_tells_every_fault(author: Client, world: World) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("procedure.yaml", "format: 1\ncode: x\nname: ''\n")
        archive.writestr("form.yaml", "title: A\nla: 1\n")
    page = author.post(f"{HOME}goi/", {"key": "u", "file": SimpleUploadedFile("goi.zip", buffer.getvalue())})
    assert page.status_code == 422
    shown = text_of(page)
    assert "procedure.yaml" in shown
    assert "form.yaml" in shown
    assert Procedure.objects.count() == 1


def test_bpmn_goes_out_and_in_again(bench: Bench) -> None:
    make(bench)
    before = said().steps
    content = bench.client.get(bench.url("quy-trinh.bpmn")).content
    bench.send("quy-trinh/mau/", chain="division")
    assert said().steps != before
    bench.send("quy-trinh/bpmn/", file=SimpleUploadedFile("a.bpmn", content))
    assert said().steps == before


def test_only_administrators_of_the_catalogue(ward_admin: Client, world: World) -> None:
    for address in (HOME, f"{HOME}moi/", f"{HOME}{CODE}/", f"{HOME}{CODE}.zip", f"{HOME}danh-sach.xlsx", f"{HOME}goi/"):
        assert ward_admin.get(address).status_code == 403


def test_a_simulation_tells_queues(bench: Bench) -> None:
    make(bench)
    typed = {"dossiers": "20", "per_day": "5", "staff_receive": "1", "staff_appraise": "2"}
    page = text_of(bench.client.post(bench.url("mo-phong/"), {"key": "s", **typed}))
    assert "20/20" in page
    assert "Hàng đợi dài nhất" in page
    wrong = bench.client.post(bench.url("mo-phong/"), {"key": "s", "dossiers": "501", "per_day": ""})
    assert wrong.status_code == 422
    assert "Tối đa 500 hồ sơ" in text_of(wrong)


def test_flags_are_ticked_off(bench: Bench) -> None:
    draft = ProcedureVersion.objects.get(procedure__code=NEW)
    flags = [{"field": "cases", "code": "term", "message": f"Chưa đọc được thời hạn {number}."} for number in (1, 2)]
    ProcedureVersion.objects.filter(pk=draft.pk).update(definition={**draft.definition, "flags": flags})
    assert "Chưa đọc được thời hạn 2." in bench.get()
    typed = {"name": "A", "domain": "HT", "level": "commune", "service_level": "full", "applicants": ["citizen"]}
    bench.send("thong-tin/", **typed, flags=["1"])
    assert [flag.message for flag in said().flags] == ["Chưa đọc được thời hạn 2."]
