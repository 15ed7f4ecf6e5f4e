"""Signature and seal side by side: neither text covers the other, the paper's words or a picture."""

from functools import partial

import pypdfium2
import pytest

from motcua.files.documents import DocumentKind
from motcua.signing.appearance.pictures import seal_picture, signature_picture
from motcua.signing.appearance.places import place_of
from motcua.signing.appearance.stamps import (
    SEAL_SIZE,
    SEAL_TEXT_SIZE,
    SEALED_SHARE,
    SIGNER_SIZE,
    digitiser_stamp,
    seal_stamp,
    signer_stamp,
)
from motcua.signing.appearance.wishes import SignatureWish
from motcua.signing.pades import sign_pdf
from motcua.signing.terms import SignaturePlan
from motcua.signing.tests.test_appearance import foreign
from motcua.trust.terms import Role
from tests.papers.official import official_pdf
from tests.papers.signing import AT, NAME, hand, seal
from tests.papers.texts import overlapping, read
from tests.pki import demo_pki

SHORT = "UBND xã Tân Tiến"
LONG = "Ủy ban nhân dân phường Thành phố Phan Rang – Tháp Chàm, quận Nam Trung Bộ, tỉnh Khánh Hòa mở rộng"
PAPERS = {
    "ours": lambda: official_pdf(DocumentKind.DECISION),
    "letter": lambda: official_pdf(DocumentKind.LETTER),
    "titled": lambda: foreign((60, 700, "Noi dung"), (350, 400, "KT. GIAM DOC"), (365, 310, "Nguyen Van A")),
    "words beside": lambda: foreign(
        (60, 355, "Noi nhan: " + "nhu tren, " * 3), (350, 400, "KT. GIAM DOC"), (365, 310, "Nguyen Van A")
    ),
    "plain": lambda: foreign((60, 700, "Noi dung van ban")),
}


def issued(pdf: bytes, agency: str, *, pictures: tuple[bool, bool], seal_first: bool = False) -> bytes:
    """The paper with both signatures as the house makes them; `pictures`: of the signature, of the seal."""
    image = signature_picture(hand()).png if pictures[0] else None
    drawn = seal_picture(seal()).png if pictures[1] else None
    pki = demo_pki()
    signer = SignatureWish(
        SignaturePlan("signer-1", Role.SIGNER, AT),
        partial(signer_stamp, image, name=NAME, agency=agency, at=AT, beside_seal=not all(pictures)),
    )
    sealing = SignatureWish(
        SignaturePlan("seal-1", Role.SEAL, AT),
        partial(seal_stamp, drawn, agency=agency, at=AT),
        SEAL_SIZE if drawn else SEAL_TEXT_SIZE,
    )
    order = [(signer, pki.officer(NAME, SHORT)), (sealing, pki.agency(SHORT))]
    first, second = reversed(order) if seal_first else order
    reserve = (second[0].on(pdf, empty=True),)
    signed = sign_pdf(pdf, first[0].on(pdf), first[1].signing_key(), stamper=None, reserve=reserve)
    return sign_pdf(signed, second[0].on(signed), second[1].signing_key(), stamper=None)


@pytest.mark.parametrize("seal_first", [False, True])
@pytest.mark.parametrize("agency", [SHORT, LONG])
@pytest.mark.parametrize("paper", list(PAPERS))
def test_both_texts_are_readable(paper: str, agency: str, seal_first: bool) -> None:
    pdf = issued(PAPERS[paper](), agency, pictures=(False, False), seal_first=seal_first)
    assert overlapping(pdf) == []
    said = read(pdf)
    assert said.count("Thời gian ký:") == said.count("2026-02-05T16:30:05+07:00") == 2


@pytest.mark.parametrize("pictures", [(True, False), (False, True)])
@pytest.mark.parametrize("paper", list(PAPERS))
def test_text_keeps_off_the_one_picture(paper: str, pictures: tuple[bool, bool]) -> None:
    pdf = PAPERS[paper]()
    assert overlapping(issued(pdf, LONG, pictures=pictures)) == []
    signer, sealed = place_of(pdf, Role.SIGNER).box, place_of(pdf, Role.SEAL, size=SEAL_TEXT_SIZE).box
    assert sealed[2] == pytest.approx(signer[0] + (signer[2] - signer[0]) * SEALED_SHARE, abs=0.1)
    assert sealed[1] >= signer[1] - 0.1
    assert sealed[3] <= signer[3] + 0.1


@pytest.mark.parametrize("image", [True, False])
def test_the_third_that_the_seal_covers_stays_free(image: bool) -> None:
    stamp = signer_stamp(
        signature_picture(hand()).png if image else None, name=NAME, agency=LONG, at=AT, beside_seal=True
    )
    ink = pypdfium2.PdfDocument(stamp)[0].render(scale=2, fill_color=(0, 0, 0, 0)).to_pil().getchannel("A")
    drawn = ink.getbbox()
    assert drawn is not None
    assert drawn[0] >= 2 * SIGNER_SIZE[0] * SEALED_SHARE - 1


def test_a_digitised_paper_keeps_its_words_readable() -> None:
    pdf = foreign((300, 815, "Mau so 01 ban hanh kem theo"), (60, 780, "UY BAN NHAN DAN"))
    wish = SignatureWish(
        SignaturePlan("digitiser-1", Role.DIGITISER, AT), partial(digitiser_stamp, name=NAME, agency=LONG, at=AT)
    )
    key = demo_pki().officer(NAME, SHORT).signing_key()
    signed = sign_pdf(pdf, wish.on(pdf), key, stamper=None)
    assert overlapping(signed) == []
    assert f"Số hóa bởi: {NAME}" in read(signed)
