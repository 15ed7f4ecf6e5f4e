"""Papers nobody attacked are valid: else every refusal below would mean nothing."""

from datetime import timedelta

from motcua.trust.terms import Level, Role
from tests.attacks.forging import cms_of, signed_with, simple_paper
from tests.attacks.scene import AT, BOTH, agency, judge, officer, sealed, signed
from tests.pki import demo_pki


def test_signed_and_sealed_by_our_engine() -> None:
    verdict = judge(sealed(), demanded=BOTH)
    assert (verdict.valid, verdict.reason_code, verdict.error) == (True, "", "")
    signer, seal = verdict.signatures
    assert (signer.role, signer.revision, signer.level) == (Role.SIGNER, 2, Level.T)
    assert (seal.role, seal.revision, seal.covers_whole_file) == (Role.SEAL, 3, True)
    assert (signer.signer, signer.agency) == ("Hoàng Mạnh Cường", "Ủy ban nhân dân phường Hạ Long")
    assert seal.agency == "Ủy ban nhân dân phường Hạ Long"
    assert (signer.time, seal.time) == (AT, AT + timedelta(minutes=1))
    assert (signer.time_source, signer.revocation) == ("timestamp", "good")
    assert [change.code for change in signer.changed_after] == ["signature_added"]
    assert len(signer.path) == 3


def test_signed_by_hand() -> None:
    stamp = demo_pki().stamper(at=AT).stamp
    once = signed_with(simple_paper(), cms_of(officer(), at=AT, stamp=stamp))
    twice = signed_with(once, cms_of(agency(), at=AT, stamp=stamp), name="seal-1")
    verdict = judge(twice, demanded=BOTH)
    assert verdict.valid, verdict


def test_without_an_answer_about_revocation_it_is_undecided_not_forged() -> None:
    verdict = judge(signed(), online=False)
    assert (verdict.valid, verdict.reason_code) == (False, "revocation_unknown")
    assert (verdict.signatures[0].intact, verdict.signatures[0].trusted) == (True, None)
