"""Vào sổ kết quả: once, with everything on it, a new version for a new result; revoked by decisions."""

from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.dossiers.actions.deliver_result import Collection
from motcua.dossiers.models import Result
from motcua.dossiers.terms import Act, Collector
from motcua.dossiers.tests.stages import DECISION, bring, perform
from motcua.dossiers.tests.world import OWNER, World, moment
from motcua.files.models import Blob
from motcua.files.queries import recount
from motcua.identity.terms import SYSTEM
from motcua.journal.actions.deliver import deliver_pending
from motcua.journal.queries import entries_about, verify_chain
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, RuleBroken
from motcua.results.actions.issue import issue_result
from motcua.results.actions.revoke import revoke_paper
from motcua.results.models import IssuedResult, PaperFile, ResultKey, StoredPaper
from motcua.results.providers.key import key_path
from motcua.results.queries.papers import by_code, by_hashes, revoked_codes, versions_of
from motcua.results.rules.qr import read_qr
from motcua.results.terms import Standing
from motcua.results.tests.world import LATER, SEALED, file, issued, paper, sealed

REVOKED = {"decision_number": "9/QĐ-UBND", "decided_on": date(2026, 3, 5), "reason": "Cấp sai người"}


def test_an_entry_says_everything(world: World) -> None:
    scan = file()
    found = issued(world, scan=scan)
    assert (found.name, found.paper_code, found.number) == ("Giấy khai sinh", "KQ.G15.000031", "12/GKS")
    assert (found.holder_name, found.holder_id) == (OWNER.name, OWNER.personal_id)
    assert (found.issuer, found.issued_on, found.valid_to) == (world.ward.name, date(2026, 3, 3), date(2026, 9, 3))
    assert found.deposited_by_name == "Cán bộ van-thu"
    assert found.latest_file is not None
    assert found.latest_file.blob_id == scan.sha256
    assert found.standing(LATER.date()) == Standing.VALID
    assert found.standing(date(2026, 9, 4)) == Standing.EXPIRED
    assert by_code(found.issued.code.lower()) == found
    assert by_hashes([scan.sha256]) == found
    assert recount() == []
    assert Blob.objects.get(pk=scan.sha256).references == 2


def test_its_qr_code_says_the_same(world: World) -> None:
    found = issued(world)
    keys = {key.kid: key.as_key() for key in ResultKey.objects.all()}
    claims = read_qr(found.issued.qr_text, keys).claims
    assert claims is not None
    assert (claims.code, claims.name, claims.number) == (found.issued.code, found.name, found.number)
    assert (claims.holder, claims.holder_digits) == (OWNER.name, "234")
    assert claims.sha256 == found.files.get().blob_id
    assert OWNER.personal_id not in found.issued.qr_text


def test_the_key_is_readable_for_the_house_only(world: World) -> None:
    issued(world)
    path = key_path()
    assert path.stat().st_mode & 0o077 == 0
    assert path.is_relative_to(Path(path.anchor))


def test_another_key_retires_the_one_before_and_old_codes_stay_genuine(world: World) -> None:
    first = issued(world)
    key_path().unlink()
    second = issued(world, number="13", confirmed_duplicate=True)
    assert first.issued.key_id != second.issued.key_id
    assert ResultKey.objects.filter(retired_at__isnull=True).count() == 1
    keys = {key.kid: key.as_key() for key in ResultKey.objects.all()}
    assert read_qr(first.issued.qr_text, keys).is_genuine
    assert read_qr(second.issued.qr_text, keys).is_genuine


def test_it_is_entered_once(world: World) -> None:
    found = issued(world)
    again = issue_result(dossier_id=found.dossier_id or 0, at=SEALED)
    assert again is not None
    assert again.pk == found.pk
    assert IssuedResult.objects.count() == 1
    assert entries_about(found).count() == 1


def test_the_event_enters_it(world: World) -> None:
    dossier = sealed(world)
    deliver_pending(at=SEALED)
    deliver_pending(at=SEALED)
    assert IssuedResult.objects.get().paper.dossier_id == dossier.pk


def test_what_is_not_sealed_is_not_entered(world: World) -> None:
    assert issue_result(dossier_id=bring(world, "sealing").pk, at=SEALED) is None


def test_a_file_that_comes_later_is_added(world: World) -> None:
    dossier = bring(world, "sealing")
    perform(world, Act.SEAL, dossier, at=SEALED, number="12", symbol="GKS")
    entry = issue_result(dossier_id=dossier.pk, at=SEALED)
    assert entry is not None
    assert paper(entry.pk).latest_file is None
    result = Result.objects.get(dossier=dossier)
    for number in (1, 2):
        ref = file(content=b"%%PDF-1.7 %d" % number)
        attached = dossier.attachments.create(blob_id=ref.sha256, name=ref.name, purpose="result", added_at=SEALED)
        Result.objects.filter(pk=result.pk).update(scan=attached)
        issue_result(dossier_id=dossier.pk, at=LATER)
    assert PaperFile.objects.filter(paper=entry.paper).count() == 2
    assert [one.verb for one in entries_about(entry.paper)] == ["result.issued", "result.file_added"]


def test_a_refusal_is_entered_as_one(world: World) -> None:
    dossier = bring(world, "deciding")
    perform(world, Act.REJECT, dossier, at=moment(3, 14))
    perform(world, Act.SEAL, dossier, at=SEALED, number="13", symbol="TB")
    entry = issue_result(dossier_id=dossier.pk, at=SEALED)
    assert entry is not None
    assert entry.is_negative
    assert entry.paper.paper_code == ""


def test_the_database_refuses_changes(world: World) -> None:
    found = issued(world)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE results_storedpaper SET holder_name = 'X' WHERE id = %s", [found.pk])
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM results_issuedresult")


def test_a_recalled_result_is_revoked_and_a_new_one_replaces_it(world: World) -> None:
    first = issued(world)
    dossier = first.dossier
    assert dossier is not None
    perform(world, Act.DELIVER, dossier, at=moment(4, 8))
    perform(world, Act.RECALL, dossier, at=moment(4, 9), **DECISION)
    deliver_pending(at=LATER)
    assert paper(first.pk).standing(LATER.date()) == Standing.REVOKED
    assert paper(first.pk).revocation.decision_number == DECISION["decision_number"]
    assert revoked_codes(LATER.date()) == [first.issued.code]
    perform(world, Act.REOPEN, dossier, at=moment(4, 10))
    solve_anew(world, dossier.pk)
    deliver_pending(at=LATER)
    second, old = versions_of(paper(first.pk))
    assert (second.version, second.replaces_id, old.pk) == (2, first.pk, first.pk)
    assert second.standing(LATER.date()) == Standing.VALID
    assert by_code(first.issued.code) == old
    assert verify_chain("results.storedpaper", str(first.pk)) == []


def solve_anew(world: World, pk: int) -> None:
    from motcua.dossiers.models import Dossier

    dossier = Dossier.objects.get(pk=pk)
    perform(world, Act.APPRAISE, dossier, at=moment(4, 11))
    perform(world, Act.FORWARD, dossier, by="head", at=moment(4, 13))
    perform(world, Act.APPROVE, dossier, at=moment(4, 14), draft_number=2)
    perform(world, Act.SEAL, dossier, at=moment(4, 15), number="14", symbol="GKS", scan=file(content=b"%PDF-1.7 moi"))


def test_one_handed_over_again_holds_again(world: World) -> None:
    first = issued(world)
    dossier = first.dossier
    assert dossier is not None
    perform(world, Act.DELIVER, dossier, at=moment(4, 8))
    perform(world, Act.RECALL, dossier, at=moment(4, 9), **DECISION)
    perform(world, Act.DELIVER, dossier, at=moment(4, 11), collection=Collection(Collector.OWNER))
    deliver_pending(at=LATER)
    again, old = versions_of(paper(first.pk))
    assert (again.version, again.number, again.standing(LATER.date())) == (2, first.number, Standing.VALID)
    assert old.standing(LATER.date()) == Standing.REVOKED


def test_one_solved_anew_before_delivery_is_revoked(world: World) -> None:
    first = issued(world)
    assert first.dossier is not None
    perform(world, Act.REOPEN, first.dossier, at=moment(4, 10))
    deliver_pending(at=LATER)
    assert paper(first.pk).is_revoked


def test_the_leader_revokes_by_a_decision(world: World) -> None:
    found = issued(world)
    revoke_paper(actor=world.chair, paper_id=found.pk, at=LATER, **REVOKED)
    assert paper(found.pk).revocation.revoked_by_name == world.chair.name
    assert entries_about(found).latest("pk").verb == "paper.revoked"
    with pytest.raises(RuleBroken):
        revoke_paper(actor=world.chair, paper_id=found.pk, at=LATER, **REVOKED)


@pytest.mark.parametrize(
    ("role", "error"),
    [
        ("clerk", NotPermitted),
        ("sealer", NotPermitted),
        ("head", NotPermitted),
        ("overseer", NotPermitted),
        ("admin", NotFound),
        ("stranger", NotFound),
        ("citizen", NotFound),
    ],
)
def test_nobody_else_revokes(world: World, role: str, error: type[Exception]) -> None:
    found = issued(world)
    with pytest.raises(error):
        revoke_paper(actor=getattr(world, role), paper_id=found.pk, at=LATER, **REVOKED)
    assert not paper(found.pk).is_revoked


def test_a_decision_must_be_named(world: World) -> None:
    found = issued(world)
    with pytest.raises(Invalid) as caught:
        revoke_paper(actor=world.chair, paper_id=found.pk, at=LATER, decision_number="", decided_on=None, reason="")
    assert {one.field for one in caught.value.problems} == {"decision_number", "decided_on", "reason"}
    early = {**REVOKED, "decided_on": date(2026, 3, 2)}
    with pytest.raises(RuleBroken):
        revoke_paper(actor=SYSTEM, paper_id=found.pk, at=LATER, **early)
    assert StoredPaper.objects.filter(revocation__isnull=True).count() == 1
