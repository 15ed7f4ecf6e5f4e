"""Signatures on papers, judged by pyHanko, pdfsig and qpdf."""

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import cms

from motcua.kernel.errors import Invalid
from motcua.signing.pades import Prepared, finish, finish_paper, prepare, sign_paper, sign_pdf
from motcua.signing.terms import Placement, SignaturePlan
from motcua.signing.tests.pades.scene import AT, SEAL_BOX, judged, officer, paper, plan, sound, stamp, with_streams
from motcua.trust.terms import Level, Role, TrustStoppedError
from tests.pki import demo_pki


@pytest.mark.parametrize("key", ["rsa2048", "rsa3072", "p256"])
@pytest.mark.parametrize("seen", [True, False])
def test_a_signature_with_any_key_is_valid_for_pyhanko(key: str, seen: bool) -> None:
    signed = sign_pdf(paper(), plan(seen=seen), officer(key), stamper=demo_pki().stamper())
    sound(signed, 1)
    assert signed.startswith(paper())
    (verdict,) = judged(signed)
    assert verdict.timestamp_validity
    assert verdict.timestamp_validity.trusted


@pytest.mark.parametrize("base", [paper, lambda: with_streams(paper()), lambda: paper().rstrip(b"\n")])
def test_signer_seal_and_initials_stand_one_after_another(base) -> None:  # type: ignore[no-untyped-def]  # parametrised
    seal = plan("seal-1", Role.SEAL, seen=True)
    signed = sign_pdf(base(), plan(seen=True), officer(), stamper=demo_pki().stamper(), reserve=[seal])
    signed = sign_pdf(signed, seal, demo_pki().agency().signing_key(), stamper=demo_pki().stamper())
    unforeseen = plan("initial_content-1", Role.INITIAL_CONTENT, seen=True)
    signed = sign_pdf(signed, unforeseen, officer("rsa2048"), stamper=None)
    signed = sign_pdf(signed, plan("other-1", Role.OTHER), officer(), stamper=None)
    sound(signed, 4)
    names = [one.field_name for one in judged_fields(signed)]
    assert names == ["signer-1", "seal-1", "initial_content-1", "other-1"]


def judged_fields(pdf: bytes):  # type: ignore[no-untyped-def]  # of pyHanko
    from pyhanko.pdf_utils.reader import PdfFileReader

    return PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures


def test_pdfsig_agrees(tmp_path: Path) -> None:
    signed = sign_pdf(paper(), plan(seen=True), officer("rsa2048"), stamper=None)
    signed = sign_pdf(signed, plan("seal-1", Role.SEAL), officer(), stamper=None)
    tmp_path.joinpath("signed.pdf").write_bytes(signed)
    asked = ["pdfsig", "-nocert", str(tmp_path / "signed.pdf")]
    said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    assert said.count("Signature is Valid") == 2
    assert said.count("ETSI.CAdES.detached") == 2
    assert said.count("Not total document signed") == 1


def test_the_dictionary_says_when_why_and_where_and_the_cms_is_baseline() -> None:
    signed = sign_pdf(paper(), plan(), officer(), stamper=demo_pki().stamper())
    with pikepdf.open(io.BytesIO(signed)) as opened:
        value = opened.Root.AcroForm.Fields[0].V
        assert (value.SubFilter, str(value.M)) == ("/ETSI.CAdES.detached", "D:20261122163000+07'00'")
        assert (str(value.Reason), str(value.Location)) == ("Phê duyệt", "Hạ Long")
        content = cms.ContentInfo.load(bytes(value.Contents))["content"]
    signer = content["signer_infos"][0]
    kinds = {one["type"].native for one in signer["signed_attrs"]}
    assert kinds == {"content_type", "message_digest", "signing_certificate_v2", "cms_algorithm_protection"}
    assert [one["type"].native for one in signer["unsigned_attrs"]] == ["signature_time_stamp_token"]
    assert len(content["certificates"]) == 2


def test_metadata_stays_as_it_was_and_tags_of_reserved_fields_come_with_the_first_signature() -> None:
    seal = plan("seal-1", Role.SEAL, seen=True)
    signed = sign_pdf(paper(), plan(seen=True), officer(), stamper=None, reserve=[seal])
    with pikepdf.open(io.BytesIO(paper())) as before, pikepdf.open(io.BytesIO(signed)) as after:
        assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()
        assert str(before.docinfo.ModDate) == str(after.docinfo.ModDate)
        fields = list(after.Root.AcroForm.Fields)
        keys = dict(zip(*[iter(after.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
        for field in fields:
            element = keys[int(field.StructParent)]
            assert (element.S, element.K.Type, element.K.Obj.objgen) == ("/Form", "/OBJR", field.objgen)
            assert element.objgen in [kid.objgen for kid in after.Root.StructTreeRoot.K[0].K]
            assert str(field.TU)
            assert int(field.F) & 4
        assert int(after.Root.StructTreeRoot.ParentTreeNextKey) == int(fields[-1].StructParent) + 1


def test_the_picture_is_a_form_with_its_fonts_embedded_and_no_tags() -> None:
    signed = sign_pdf(paper(), plan(seen=True), officer(), stamper=None)
    with pikepdf.open(io.BytesIO(signed)) as opened:
        form = opened.Root.AcroForm.Fields[0].AP.N
        (font,) = form.Resources.Font.values()
        assert font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
        assert b"BDC" not in form.read_bytes()
        assert form.Subtype == "/Form"


def test_without_a_timestamp_the_signature_says_it_is_b_b() -> None:
    silent, level_b = demo_pki().stamper(), plan(level=Level.B)
    silent.down = True
    assert sign_paper(paper(), plan(), officer(), stamper=silent).level is Level.B
    assert sign_paper(paper(), plan(), officer(), stamper=None).level is Level.B
    assert sign_paper(paper(), level_b, officer(), stamper=demo_pki().stamper()).level is Level.B
    assert sign_paper(paper(), plan(), officer(), stamper=demo_pki().stamper()).level is Level.T
    silent.stopped = True
    with pytest.raises(TrustStoppedError):
        sign_paper(paper(), plan(), officer(), stamper=silent)


def test_a_digest_is_signed_elsewhere_and_the_paper_finished_in_another_process() -> None:
    key = officer("rsa2048")
    prepared = prepare(paper(), plan(seen=True), key.certificate, key.chain)
    raw = key.sign([prepared.digest])[0]
    whole = Prepared.from_json(prepared.to_json())
    apart = Prepared.from_json(prepared.to_json(with_content=False), prepared.content)
    assert whole == apart == prepared
    assert "content" not in prepared.to_json(with_content=False)
    assert finish(whole, raw, stamper=None) == finish_paper(apart, raw, stamper=None).content
    sound(finish(whole, raw, stamper=None), 1)


def test_a_signature_of_another_key_or_paper_is_not_taken() -> None:
    key, other = officer(), officer("rsa2048")
    prepared = prepare(paper(), plan(), key.certificate, key.chain)
    for raw in (other.sign([prepared.digest])[0], key.sign([bytes(32)])[0], b"", b"\x30\x00"):
        with pytest.raises(Invalid) as refused:
            finish(prepared, raw, stamper=None)
        assert [one.code for one in refused.value.problems] == ["sign_signature_mismatch"]


def test_what_was_prepared_cannot_be_exchanged() -> None:
    prepared = prepare(paper(), plan(), officer().certificate)
    facts = prepared.to_json(with_content=False)
    bad = [{}, facts | {"format": 2}, facts | {"level": "B-X"}, facts | {"hole": None}]
    for one in bad:
        with pytest.raises(Invalid):
            Prepared.from_json(one, prepared.content)
    with pytest.raises(Invalid):
        Prepared.from_json(facts, paper())


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"at": AT.replace(year=2001)}, "sign_certificate_not_yet"),
        ({"at": AT.replace(year=2061)}, "sign_certificate_expired"),
        ({"placement": Placement(2, SEAL_BOX.box)}, "sign_no_such_page"),
        ({"placement": SEAL_BOX, "appearance": b"%PDF-1.7"}, "sign_bad_appearance"),
        ({"placement": SEAL_BOX, "appearance": paper()}, "sign_bad_appearance"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused(changed: dict[str, object], code: str) -> None:
    wish = replace(plan(), **changed)  # type: ignore[arg-type]  # fields of a plan
    with pytest.raises(Invalid) as refused:
        sign_pdf(paper(), wish, officer(), stamper=None)
    assert [one.code for one in refused.value.problems] == [code]


def test_a_field_is_signed_once() -> None:
    signed = sign_pdf(paper(), plan(), officer(), stamper=None)
    with pytest.raises(Invalid) as refused:
        sign_pdf(signed, plan(), officer(), stamper=None)
    assert refused.value.problems[0].code == "sign_field_taken"


def test_a_picture_is_drawn_in_the_box_of_a_reserved_field() -> None:
    seal = SignaturePlan("seal-1", Role.SEAL, AT, placement=SEAL_BOX)
    first = sign_pdf(paper(), plan(), officer(), stamper=None, reserve=[seal])
    signed = sign_pdf(first, replace(seal, appearance=stamp()), officer(), stamper=None)
    sound(signed, 2)
    with pikepdf.open(io.BytesIO(signed)) as opened:
        field = opened.Root.AcroForm.Fields[1]
        assert [float(edge) for edge in field.Rect] == list(SEAL_BOX.box)
        assert field.AP.N.Resources.Font
