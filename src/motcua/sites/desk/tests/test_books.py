"""Books of certification and electronic copies on their pages."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.certification.models import CertificationBook, CertificationEntry, CertifiedCopy
from motcua.certification.terms import CHECKS
from motcua.certification.tests.conftest import copies_world
from motcua.certification.tests.test_books import taken
from motcua.certification.tests.test_electronic import forwarded
from motcua.dossiers.tests.world import MONDAY, World
from motcua.scanning.actions.read_stack import read_pages
from motcua.scanning.models import Stack
from motcua.scanning.tests.conftest import key_of
from motcua.sites.desk.tests.browser import hidden_fields, text_of
from motcua.sites.desk.tests.conftest import SignIn
from tests import scans
from tests.pki import PIN


@pytest.fixture
def world(db: None) -> Any:
    with time_machine.travel(datetime.fromisoformat(MONDAY.isoformat()), tick=False):
        yield copies_world()


def test_the_leader_searches_corrects_and_closes(world: World, sign_in: SignIn) -> None:
    (entry,) = taken(world)
    chair, where = sign_in(world.chair), f"/mot-cua/chung-thuc/so/{entry.book_id}/"
    assert where in text_of(chair.get("/mot-cua/chung-thuc/so/"))
    assert "Bằng đại học" in text_of(chair.get(f"{where}?tim=1"))
    assert "Không có dòng nào khớp" in text_of(chair.get(f"{where}?tim=khong-co"))
    fix = f"{where}dong/{entry.pk}/"
    said = hidden_fields(chair.get(fix)) | {"field": "paper_name", "value": "Bằng kỹ sư", "reason": "Ghi nhầm"}
    assert chair.post(fix, said).status_code == 303
    assert "trước ghi «Bằng đại học»" in text_of(chair.get(where))
    assert chair.get(f"{where[:-1]}.pdf").content.startswith(b"%PDF-")
    assert chair.get(f"{where[:-1]}.xlsx").content.startswith(b"PK")
    assert chair.post(where, hidden_fields(chair.get(where))).status_code == 303
    assert CertificationBook.objects.get().closing_count == 1
    assert chair.post(where, hidden_fields(chair.get(where))).status_code == 422
    again = hidden_fields(chair.get(where)) | {"reason": "Khóa nhầm"}
    assert chair.post(where, again).status_code == 303
    assert sign_in(world.stranger).get(where).status_code == 404


def test_a_signature_is_entered(world: World, sign_in: SignIn) -> None:
    dossier = taken(world)[0].dossier
    clerk, where = sign_in(world.clerk), f"/mot-cua/chung-thuc/ghi-so/{dossier.code}/"
    typed = {"kind": "signature", "paper_name": "Giấy ủy quyền", "pages": "1", "copies": "2", "fee": "10000"}
    assert clerk.post(where, hidden_fields(clerk.get(where)) | typed).status_code == 303
    entry = CertificationEntry.objects.get(book__kind="signature")
    assert (entry.number, entry.copies, entry.fee) == (1, 2, 10000)


def test_an_electronic_copy_goes_from_hand_to_hand(world: World, sign_in: SignIn) -> None:
    dossier = forwarded(world)
    where = f"/mot-cua/chung-thuc/dien-tu/{dossier.code}/"
    specialist = sign_in(world.specialist)
    file = SimpleUploadedFile("bang.pdf", scans.stack([scans.numbered(1)]), "application/pdf")
    brought = specialist.post(where, hidden_fields(specialist.get(where)) | {"scan": file})
    stack = Stack.objects.get()
    assert brought.headers["Location"] == f"/mot-cua/chung-thuc/doi-chieu/{stack.pk}/"
    read_pages(stack_id=stack.pk, at=MONDAY)
    compare = brought.headers["Location"]
    typed = hidden_fields(specialist.get(compare)) | {"paper_name": "Bằng tốt nghiệp", "fee": "2000"}
    assert specialist.post(compare, typed).status_code == 422
    typed = hidden_fields(specialist.get(compare)) | {"paper_name": "Bằng tốt nghiệp", "fee": "2000"}
    assert specialist.post(compare, typed | {"checks": list(CHECKS)}).status_code == 303
    for actor, of_agency in ((world.chair, False), (world.sealer, True)):
        ref = key_of(actor, world.ward, of_agency=of_agency)
        signer = sign_in(actor)
        pressed = hidden_fields(signer.get(where)) | {"key_ref": ref}
        assert signer.post(where, pressed | {"pin": "0"}).status_code == 422
        pressed = hidden_fields(signer.get(where)) | {"key_ref": ref}
        assert signer.post(where, pressed | {"pin": PIN}).status_code == 303
    copy = CertifiedCopy.objects.get()
    assert copy.certified_at is not None
    assert copy.sealed_at is not None
    assert "không chờ việc nào" in text_of(sign_in(world.clerk).get(where))
