"""Long-term proof: B-LTA for pyHanko and for our own verification, also when certificates have ended."""

import io
from dataclasses import replace
from datetime import datetime, timedelta

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.kernel.errors import Invalid, Unavailable
from motcua.signing.pades import complete_archive, renew_archive, sign_pdf
from motcua.signing.pades.archive import authority_of, last_stamp
from motcua.signing.tests.pades.scene import AT, judged, officer, paper, plan, sound, with_streams
from motcua.trust.store import TrustStore
from motcua.trust.terms import Level, Role, UnstampedError
from motcua.trust.verifying.engine import verify_pdf
from tests.pki import demo_pki

LATER = AT + timedelta(days=1)


def signed(*, stamped: bool = True, pdf: bytes | None = None) -> bytes:
    stamper = demo_pki().stamper(at=AT) if stamped else None
    once = sign_pdf(pdf or paper(), plan(seen=True), officer("rsa2048"), stamper=stamper)
    return sign_pdf(once, plan("seal-1", Role.SEAL), demo_pki().agency().signing_key(), stamper=stamper)


def completed(pdf: bytes, at: datetime = LATER) -> bytes:
    pki = demo_pki()
    return complete_archive(pdf, pki.stamper(at=at), pki.fetcher(at=at), pki.trust_store(), at=at)


@pytest.mark.parametrize("base", [paper, lambda: with_streams(paper())])
def test_a_completed_paper_is_b_lta_for_everybody(base) -> None:  # type: ignore[no-untyped-def]  # parametrised
    done = completed(signed(pdf=base()))
    sound(done, 2)
    assert [one.modification_level.name for one in judged(done)] == ["FORM_FILLING", "LTA_UPDATES"]
    verdict = verify_pdf(done, trust=demo_pki().trust_store(), at=LATER + timedelta(hours=1))
    assert verdict.valid, verdict
    assert {one.level for one in verdict.signatures if one.kind == "pades"} == {Level.LTA}


def test_it_can_be_proved_when_every_certificate_has_ended_as_long_as_it_was_renewed() -> None:
    pki = demo_pki()
    ends = AT + timedelta(days=300)
    first = pki.stamper_between(AT - timedelta(days=1), ends, at=AT)
    holder = pki.officer(valid=(AT - timedelta(days=1), AT + timedelta(days=100)))
    once = sign_pdf(paper(), plan(), holder.signing_key(), stamper=first)
    done = complete_archive(once, first, pki.fetcher(at=AT), pki.trust_store(), at=AT)
    renewal = AT + timedelta(days=250)
    renewed = renew_archive(done, pki.stamper(at=renewal), pki.fetcher(at=renewal), pki.trust_store(), at=renewal)
    after = ends + timedelta(days=100)
    good = verify_pdf(renewed, trust=pki.trust_store(), at=after)
    assert good.valid, good
    assert not verify_pdf(done, trust=pki.trust_store(), at=after).valid
    assert last_stamp(renewed) == (renewal, pki.tsa[0].certificate.public_bytes(Encoding.DER))


def test_an_unstamped_signature_gets_its_time_from_the_archive() -> None:
    done = completed(signed(stamped=False))
    verdict = verify_pdf(done, trust=demo_pki().trust_store(), at=LATER + timedelta(hours=1))
    assert verdict.valid
    assert {one.time for one in verdict.signatures if one.kind == "pades"} == {LATER}


def test_renewing_adds_a_timestamp_with_a_stronger_digest_and_keeps_what_was_there() -> None:
    pki = demo_pki()
    done = completed(signed())
    at = LATER + timedelta(days=1)
    renewed = renew_archive(done, pki.stamper(at=at), pki.fetcher(at=at), pki.trust_store(), at=at, hash_name="sha512")
    assert renewed.startswith(done)
    sound(renewed, 2)
    with pikepdf.open(io.BytesIO(done)) as before, pikepdf.open(io.BytesIO(renewed)) as after:
        assert [str(one.T) for one in after.Root.AcroForm.Fields][-2:] == ["archive-1", "archive-2"]
        for kind in ("/Certs", "/OCSPs"):
            old, new = ([one.read_bytes() for one in pdf.Root.DSS[kind]] for pdf in (before, after))
            assert new[: len(old)] == old
            assert len(set(new)) == len(new)


def test_lists_are_taken_where_nobody_answers_at_once() -> None:
    pki = demo_pki()
    fetcher = pki.fetcher(at=LATER)
    fetcher.no_ocsp = True
    done = complete_archive(signed(), pki.stamper(at=LATER), fetcher, pki.trust_store(), at=LATER)
    with pikepdf.open(io.BytesIO(done)) as opened:
        assert "/OCSPs" not in opened.Root.DSS
        assert len(opened.Root.DSS.CRLs) >= 2
    assert verify_pdf(done, trust=pki.trust_store(), at=LATER).valid


def test_what_is_missing_leaves_the_paper_as_it_was() -> None:
    pki = demo_pki()
    silent, away = pki.fetcher(at=LATER), pki.stamper(at=LATER)
    silent.no_ocsp = silent.no_crl = True
    away.down = True
    for stamper, fetcher, store, code in (
        (pki.stamper(at=LATER), silent, pki.trust_store(), "sign_no_answer"),
        (pki.stamper(at=LATER), pki.fetcher(at=LATER), TrustStore.of([]), "sign_no_root"),
    ):
        with pytest.raises(Unavailable) as refused:
            complete_archive(signed(), stamper, fetcher, store, at=LATER)
        assert refused.value.problems[0].code == code
    with pytest.raises(UnstampedError):
        complete_archive(signed(), away, pki.fetcher(at=LATER), pki.trust_store(), at=LATER)
    with pytest.raises(Invalid) as refused_too:
        completed(paper())
    assert refused_too.value.problems[0].code == "sign_not_signed"
    with pytest.raises(Invalid) as not_archived:
        renew_archive(signed(), pki.stamper(), pki.fetcher(), pki.trust_store(), at=LATER)
    assert not_archived.value.problems[0].code == "sign_not_archived"


def test_a_paper_is_signed_on_after_it_was_archived() -> None:
    done = completed(signed())
    again = sign_pdf(done, replace(plan("certifier-1", Role.CERTIFIER), at=LATER), officer(), stamper=None)
    sound(again, 3)


def test_the_authority_of_a_token_is_named_by_the_token() -> None:
    token = demo_pki().stamper(which=1).stamp(bytes(32))
    assert authority_of(token) == demo_pki().tsa[1].certificate.public_bytes(Encoding.DER)
