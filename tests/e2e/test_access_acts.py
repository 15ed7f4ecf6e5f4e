"""Nobody is kept out of any act: its page is opened by somebody to whom it is open, with data and with errors."""

from datetime import datetime

from motcua.deadlines.terms import VIET_NAM
from motcua.sites.desk.forms.registry import FORMS
from tests.e2e import citizen, officer
from tests.e2e.acts import Acts
from tests.e2e.axe import faults
from tests.e2e.citizen import ADOPTION
from tests.e2e.people import House
from tests.runtime.machine import motcua

WARD = "Ủy ban nhân dân phường Hồng Gai"
LATER = """
from datetime import date
from motcua.dossiers.models import SupplementRequest
asked = SupplementRequest.objects.filter(dossier__code={code!r})
print(asked.update(answer_until=date(2026, 1, 5)))
"""
NEWER = """
from django.utils import timezone
from motcua.identity.terms import SYSTEM
from motcua.procedures.actions import import_definition
from motcua.procedures.models import ProcedureVersion
held = ProcedureVersion.objects.get(procedure__code={code!r}, published_at__isnull=False, valid_to__isnull=True).content
newer = held.model_copy(update={{"summary": held.summary + " Bản mới."}})
print(import_definition(actor=SYSTEM, definition=newer, at=timezone.now()).result)
"""


def test_every_act_is_open_to_everybody(house: House) -> None:
    """One test, so that what all journeys saw together is known however the tests are spread over processes."""
    seen: set[str] = set()
    ways = (_the_usual_way, _what_happens_on_the_way, _what_did_not_come, _when_the_procedure_changes)
    found = [fault for way in ways for fault in way(house, seen)]
    assert not found, "\n".join(found)
    assert seen == set(FORMS)


def _the_usual_way(house: House, seen: set[str]) -> list[str]:
    tour = Acts(house, _handed_in(house), seen)
    tour.look("tiepnhan")
    with house.visitor("tiepnhan", javascript=True) as page:
        officer.receive(page, tour.code)
        page.goto(f"/mot-cua/ho-so/{tour.code}/bien-nhan/")
        tour.found += faults(page, "receipt")
    tour.look("truongphong")
    tour.do("truongphong", officer.assign, "Trần Đức Kiên")
    tour.look("chuyenvien")
    tour.do("chuyenvien", officer.appraise, "Đồng ý.")
    tour.look("truongphong")
    tour.do("truongphong", officer.forward)
    tour.look("lanhdao")
    tour.do("lanhdao", officer.approve, "Đồng ý.")
    tour.look("vanthu")
    tour.do("vanthu", officer.seal, tour.code[-4:])
    tour.look("tiepnhan")
    tour.do("tiepnhan", officer.collect)
    tour.look_for("tiepnhan", "hoan-tien", "tra-ket-qua")
    tour.do("tiepnhan", officer.deliver)
    tour.look_for("lanhdao", "thu-hoi-ket-qua")
    decision = {"decision_number": "12/QĐ-UBND", "decided_on": _today(), "reason": "Ghi sai tên trên kết quả."}
    tour.play("lanhdao", "thu-hoi-ket-qua", **decision)
    tour.look_for("lanhdao", "giai-quyet-lai")
    return tour.found


def _what_happens_on_the_way(house: House, seen: set[str]) -> list[str]:
    tour = Acts(house, _handed_in(house), seen)
    tour.do("tiepnhan", officer.receive)
    tour.look_for("tiepnhan", "thu-hoi")
    tour.play("tiepnhan", "dinh-chinh", owner__address="Số 9 phố Hàng Nồi", reason="Ghi nhầm số nhà.")
    tour.look_for("truongphong", "duyet-dinh-chinh")
    tour.play("truongphong", "lay-y-kien", questions__0__unit=WARD, questions__0__text="Có cần xác minh thêm không?")
    tour.look_for("truongphong", "rut-y-kien")
    tour.look_for("lanhdao", "tra-loi-y-kien")
    tour.play("lanhdao", "tra-loi-y-kien", opinion="agree", answer="Không cần xác minh thêm.")
    tour.do("truongphong", officer.assign, "Trần Đức Kiên")
    pause = {"reason": "Niêm yết công khai 15 ngày.", "basis": "Nghị định 118/2025/NĐ-CP"}
    tour.play("truongphong", "tam-dung", kind="public_notice", **pause)
    tour.look_for("truongphong", "tiep-tuc")
    tour.play("truongphong", "tiep-tuc", note="Đã niêm yết xong.")
    notice = {"title": "Lệ phí trước bạ", "amount": "1.250.000", "number": "12/TB", "on": _today()}
    tour.play("chuyenvien", "yeu-cau-nghia-vu", **notice)
    tour.look_for("chuyenvien", "xac-nhan-nghia-vu")
    tour.play("chuyenvien", "xac-nhan-nghia-vu", number="000123", on=_today())
    tour.play("lanhdao", "gia-han", cause="coordination", reason="Chờ xác minh.")
    tour.look_for("lanhdao", "xin-loi")
    ending = {"reason": "Chủ hồ sơ đã mất.", "basis": "Luật Hộ tịch", "fees": "Không thu.", "papers": "Không có."}
    tour.play("lanhdao", "dung", ground="other", **ending)
    tour.look_for("tiepnhan", "lap-lai")
    return tour.found


def _what_did_not_come(house: House, seen: set[str]) -> list[str]:
    tour = Acts(house, _handed_in(house), seen)
    tour.do("tiepnhan", officer.ask)
    tour.look_for("tiepnhan", "bo-sung")
    done = motcua("manage", "shell", "-c", LATER.format(code=tour.code), MOTCUA_DATA=str(house.folder))
    assert done.stdout.strip().endswith("1"), done.stdout + done.stderr
    tour.look_for("tiepnhan", "khong-nhan-bo-sung")
    return tour.found


def _when_the_procedure_changes(house: House, seen: set[str]) -> list[str]:
    tour = Acts(house, _handed_in(house), seen)
    tour.do("tiepnhan", officer.receive)
    done = motcua("manage", "shell", "-c", NEWER.format(code=ADOPTION), MOTCUA_DATA=str(house.folder))
    assert done.stdout.strip().endswith("changed"), done.stdout + done.stderr
    tour.look_for("truongphong", "chuyen-phien-ban")
    return tour.found


def _handed_in(house: House) -> str:
    with house.visitor("congdan") as page:
        return citizen.hand_in(page, ADOPTION)


def _today() -> str:
    return f"{datetime.now(VIET_NAM):%d/%m/%Y}"
