"""An electronic certified copy from the scan of the original to the sealed result of its dossier."""

import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from motcua.certification.actions.copy_papers import copy_to_certify
from motcua.certification.actions.electronic import Compared, certify_copy, compare_copy, seal_copy
from motcua.certification.actions.enter import Line, enter_certification
from motcua.certification.models import CertificationEntry, CertifiedCopy
from motcua.certification.terms import CHECKS, BookKind
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.send_back import send_back_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import ComponentFacts
from motcua.dossiers.terms import Status
from motcua.dossiers.tests.world import MONDAY, World
from motcua.files.queries import open_blob, recount
from motcua.journal.models import OutboxEvent
from motcua.kernel.errors import Conflict, Invalid, MotCuaError, NotFound, NotPermitted, RuleBroken
from motcua.scanning.actions.binding import Pen
from motcua.scanning.actions.open_stack import open_stack
from motcua.scanning.actions.read_stack import read_pages
from motcua.scanning.models import Stack
from motcua.scanning.terms import Purpose
from motcua.scanning.tests.conftest import key_of, small_stack
from tests.pki import PIN

AT = [MONDAY + timedelta(minutes=10 * step) for step in range(1, 6)]


@pytest.fixture
def dossier(world: World) -> Dossier:
    return forwarded(world)


def forwarded(world: World) -> Dossier:

    papers = (ComponentFacts("ban-chinh", originals=1),)
    found = world.received(components=papers, confirmed_duplicate=True)
    return forward_dossier(actor=world.clerk, dossier_id=found.pk, at=MONDAY)


def scanned(world: World, dossier: Dossier, pages: int = 2, *, at: datetime = MONDAY) -> Stack:
    stack = open_stack(
        actor=world.specialist,
        dossier_id=dossier.pk,
        files=[small_stack(pages)],
        at=at,
        component_key="ban-chinh",
        purpose=Purpose.CERTIFY,
    )
    return read_pages(stack_id=stack.pk, at=at)


def compared(world: World, stack: Stack, *, at: datetime = AT[0], **more: Any) -> CertifiedCopy:
    facts = Compared(**{"revision": 1, "paper_name": "Bằng tốt nghiệp", "checks": set(CHECKS), "fee": 4000} | more)
    return compare_copy(actor=world.specialist, stack_id=stack.pk, compared=facts, at=at)


def test_from_the_original_to_the_sealed_copy(world: World, dossier: Dossier, tmp_path: Path) -> None:
    copy = compared(world, scanned(world, dossier))
    assert (copy.entry.number, copy.entry.pages, copy.entry.fee, copy.entry.is_electronic) == (1, 2, 4000, True)
    dossier.refresh_from_db()
    assert dossier.step_key == "approve"
    certify_copy(actor=world.chair, dossier_id=dossier.pk, pen=Pen(key_of(world.chair, world.ward), PIN), at=AT[1])
    seal = key_of(world.sealer, world.ward, of_agency=True)
    seal_copy(actor=world.sealer, dossier_id=dossier.pk, pen=Pen(seal, PIN), at=AT[2])
    dossier.refresh_from_db()
    assert (dossier.status, dossier.step_key) == (Status.FINISHED, "deliver")
    result = dossier.result
    assert (result.number, result.symbol) == ("1", "SCT/BS")
    assert result.scan is not None
    path = tmp_path / "copy.pdf"
    with open_blob(result.scan.blob_id) as file:
        path.write_bytes(file.read())
    told = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid") == 2
    assert "certifier-1" in told
    said = " ".join(
        subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout.split()
    )
    assert "Chứng thực bản sao điện tử đúng với bản chính." in said
    assert "Số chứng thực: 1, quyển số 01/2026-SCT/BS" in said
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 3
        assert pdf.open_metadata().get("pdfaid:part") == "2"
    entry = CertificationEntry.objects.get()
    assert (entry.certifier_name, entry.certified_at) == (world.chair.name, AT[1])
    event = OutboxEvent.objects.get(name="certification.copy_certified")
    assert event.payload["sha256"] == result.scan.blob_id
    assert recount() == []


def test_a_line_of_another_book_is_not_its_number(world: World, dossier: Dossier) -> None:
    line = Line("Giấy ủy quyền nhận lương hưu")
    enter_certification(actor=world.specialist, dossier_id=dossier.pk, kind=BookKind.SIGNATURE, line=line, at=MONDAY)
    copy = compared(world, scanned(world, dossier, 1))
    assert (copy.entry.book.kind, copy.entry.paper_name) == (BookKind.COPY, "Bằng tốt nghiệp")


def test_compared_anew_the_testimony_says_what_holds_and_the_line_stands(world: World, dossier: Dossier) -> None:
    first = compared(world, scanned(world, dossier))
    send_back_dossier(actor=world.chair, dossier_id=dossier.pk, at=AT[1], reason="Thiếu trang, sai tên giấy tờ")
    again = compared(world, scanned(world, dossier, 3, at=AT[2]), at=AT[2], paper_name="Bằng thạc sĩ")
    assert again.entry.pk == first.entry.pk
    again.entry.refresh_from_db()
    assert (again.entry.paper_name, again.entry.pages) == ("Bằng tốt nghiệp", 2)
    assert (again.entry.paper_now, again.entry.pages_now) == ("Bằng thạc sĩ", "3")
    paper = copy_to_certify(world.chair, dossier.pk, at=AT[3]).job.pdf
    told = subprocess.run(["pdftotext", "-", "-"], input=paper, capture_output=True, check=True).stdout.decode()
    assert "Giấy tờ được chứng thực: Bằng thạc sĩ, gồm 3 trang." in " ".join(told.split())


def test_every_point_must_hold_before_there_is_a_number(world: World, dossier: Dossier) -> None:
    stack = scanned(world, dossier)
    with pytest.raises(Invalid) as told:
        compared(world, stack, checks={"whole"}, paper_name="")
    assert len(told.value.problems) == len(CHECKS)
    with pytest.raises(Conflict):
        compared(world, stack, revision=7)
    assert not CertificationEntry.objects.exists()
    assert Stack.objects.get().is_open


def test_who_is_not_the_certifier_signs_nothing(world: World, dossier: Dossier) -> None:
    compared(world, scanned(world, dossier))
    own = Pen(key_of(world.specialist, world.ward), PIN)
    for actor in (world.specialist, world.stranger, world.sealer):
        with pytest.raises((NotPermitted, NotFound)):
            certify_copy(actor=actor, dossier_id=dossier.pk, pen=own, at=AT[1])
    with pytest.raises(RuleBroken, match="chính bạn"):
        certify_copy(actor=world.chair, dossier_id=dossier.pk, pen=own, at=AT[1])
    with pytest.raises(MotCuaError):
        seal_copy(actor=world.sealer, dossier_id=dossier.pk, pen=own, at=AT[1])
    assert CertifiedCopy.objects.get().certified_at is None


def test_the_seal_is_the_agencys_own_key(world: World, dossier: Dossier) -> None:
    compared(world, scanned(world, dossier))
    certify_copy(actor=world.chair, dossier_id=dossier.pk, pen=Pen(key_of(world.chair, world.ward), PIN), at=AT[1])
    with pytest.raises(RuleBroken, match="cơ quan"):
        seal_copy(actor=world.sealer, dossier_id=dossier.pk, pen=Pen(key_of(world.sealer, world.ward), PIN), at=AT[2])
    assert CertifiedCopy.objects.get().sealed_at is None
