"""A paper that is initialled first: number, day and signer come with the leader's signature, nothing else may."""

from collections.abc import Mapping
from dataclasses import replace

import pypdfium2
import pytest

from motcua.files.papers import render
from motcua.files.rules.pdfa import flaws_of, revisions_of
from motcua.files.terms import BLANK_DATE, BLANK_DAY, BLANK_NUMBER, BLANK_SIGNER, BLANK_TITLE
from motcua.forms.papers.printing import paper_pdf
from motcua.forms.tests.samples import TYPED, WHOLE, answers
from motcua.kernel.errors import Invalid
from motcua.signing.appearance.blanks import filled_rooms, rooms_of
from motcua.signing.appearance.places import blanks_of
from motcua.signing.pades import sign_pdf
from motcua.signing.pades.base import open_base
from motcua.signing.pades.writing import Increment, text, without
from motcua.trust.terms import PaperVerdict, Role
from motcua.trust.verifying.engine import verify_pdf
from tests.papers.shipped import _COMMON, _HEAD, _OWN_PAPER, _RESULT
from tests.papers.signing import AGENCY, AT, NAME, plan_for
from tests.pki import demo_pki

WORDS: Mapping[str, str] = {
    "blank_number": "05",
    "blank_day": "ngày 05 tháng 02 năm 2026",
    "blank_date": "05/02/2026",
    "blank_title": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
    "blank_signer": "Nguyễn Hoàng Phương Uyên",
}
INITIALS = (Role.INITIAL_CONTENT, Role.INITIAL_FORM)


def typed() -> bytes:
    """A result that the specialist wrote."""
    rooms = {
        "number": f"{BLANK_NUMBER}/QĐ-UBND",
        "place_and_date": f"Ba Đình, {BLANK_DAY}",
        "signing_lines": [BLANK_TITLE],
        "signer_name": BLANK_SIGNER,
        "initialled": True,
    }
    return render("dossiers/papers/templates/result.typ", {**_COMMON, **_RESULT, **rooms})


def by_template() -> bytes:
    """A paper of a procedure that says its number and day in its own words."""
    blocks = [
        *_OWN_PAPER.model_dump()["blocks"][:-1],
        {"kind": "text", "text": f"Số: {BLANK_NUMBER}. Ngày đăng ký: {BLANK_DATE}, tại Ủy ban nhân dân."},
        {"kind": "signatures", "text": f"Người lập | Đỗ Ngữ\n{BLANK_TITLE} | {BLANK_SIGNER}"},
    ]
    paper = _OWN_PAPER.model_validate({**_OWN_PAPER.model_dump(), "blocks": blocks})
    head = replace(_HEAD, number=f"{BLANK_NUMBER}/GXN-UBND", signer=BLANK_SIGNER, day=BLANK_DAY, initialled=True)
    return paper_pdf(paper, WHOLE, answers(WHOLE, TYPED).values, {}, head=head)


PAPERS = [pytest.param(typed, id="typed"), pytest.param(by_template, id="template")]


def initialled(paper: bytes) -> bytes:
    """The paper with initials on content and form; the fields of all later signatures are there."""
    plans = [plan_for(paper, role) for role in (*INITIALS, Role.SIGNER, Role.SEAL)]
    who, pki = demo_pki().officer(NAME, AGENCY), demo_pki()
    first = replace(plans[0], blanks=rooms_of(paper))
    pdf = sign_pdf(paper, first, who.signing_key(), stamper=pki.stamper(at=AT), reserve=plans[1:])
    return sign_pdf(pdf, plans[1], who.signing_key(), stamper=pki.stamper(at=AT))


def issued(paper: bytes, words: Mapping[str, str] = WORDS) -> bytes:
    """The paper signed by the leader, who fills the rooms in, and sealed."""
    pki, pdf = demo_pki(), initialled(paper)
    leader = replace(plan_for(pdf, Role.SIGNER), blanks=filled_rooms(pdf, words))
    pdf = sign_pdf(pdf, leader, pki.officer(NAME, AGENCY).signing_key(), stamper=pki.stamper(at=AT))
    return sign_pdf(pdf, plan_for(pdf, Role.SEAL), pki.agency(AGENCY).signing_key(), stamper=pki.stamper(at=AT))


def judged(pdf: bytes) -> PaperVerdict:
    pki = demo_pki()
    return verify_pdf(pdf, trust=pki.trust_store(), at=AT, online=pki.fetcher(at=AT))


def inked(pdf: bytes) -> list[bool]:
    """Whether anything is drawn in each room of the paper, in the middle of which words stand."""
    document, found = pypdfium2.PdfDocument(pdf), list[bool]()
    document.init_forms()
    for _, _, place in blanks_of(pdf):
        page = document[place.page]
        picture = page.render(scale=2).to_pil().convert("L")
        left, bottom, right, top = (2 * edge for edge in place.box)
        found.append(
            picture.crop((left, picture.height - top + 2, right, picture.height - bottom - 2)).getextrema()[0] < 99
        )
    document.close()
    return found


@pytest.mark.parametrize("setting", PAPERS)
def test_every_revision_of_an_initialled_paper_conforms(setting) -> None:  # type: ignore[no-untyped-def]
    after = issued(setting())
    revisions = list(revisions_of(after))
    assert len(revisions) == 5
    for revision in revisions:
        assert flaws_of(revision) == []


@pytest.mark.parametrize("setting", PAPERS)
def test_initials_hold_through_number_day_and_signature(setting) -> None:  # type: ignore[no-untyped-def]
    verdict = judged(issued(setting()))
    assert verdict.valid, verdict
    assert [one.role for one in verdict.signatures] == [*INITIALS, Role.SIGNER, Role.SEAL]
    filled = [change for change in verdict.signatures[0].changed_after if change.code == "issue_filled"]
    assert len(filled) >= 4
    assert all(one.allowed for one in filled)
    assert not [one for one in verdict.signatures[2].changed_after if one.code == "issue_filled"]


@pytest.mark.parametrize("setting", PAPERS)
def test_what_is_written_into_the_rooms_shows(setting) -> None:  # type: ignore[no-untyped-def]
    paper = setting()
    assert inked(initialled(paper)) == [False] * len(rooms_of(paper))
    assert inked(issued(paper)) == [True] * len(rooms_of(paper))


def _appended(pdf: bytes, value: str) -> bytes:
    """The file with the room of the number written in (again), nothing signed."""
    change = Increment(open_base(pdf))
    (room,) = (one for one in change.base.root.AcroForm.Fields if str(one.T) == "issue-number-1")
    number, generation = room.objgen
    change.put(number, b"<< %s /V %s >>" % (without(room, "/V"), text(value)), generation)
    return change.written()[0]


def test_a_room_filled_in_without_a_signature_is_a_changed_paper() -> None:
    verdict = judged(_appended(initialled(typed()), "99"))
    assert not verdict.valid
    assert "form_value_changed" in {one.code for one in verdict.signatures[0].changed_after}


def test_a_room_is_filled_in_once() -> None:
    verdict = judged(_appended(issued(typed()), "99"))
    assert not verdict.valid
    assert {one.code for one in verdict.signatures[2].changed_after if not one.allowed} == {"form_value_changed"}
    pdf = issued(typed())
    again = replace(plan_for(pdf, Role.SIGNER), name="signer-2", blanks=filled_rooms(pdf, WORDS))
    key = demo_pki().officer(NAME, AGENCY).signing_key()
    with pytest.raises(Invalid):
        sign_pdf(pdf, again, key, stamper=None)


def test_signs_that_somebody_types_keep_no_room() -> None:
    """What stands for a room in a template is no room when it comes with the data."""
    pdf = render("dossiers/papers/templates/result.typ", {**_COMMON, **_RESULT, "signer_name": "\u2400\ue101"})
    assert rooms_of(pdf) != ()
    assert [one.name for one in rooms_of(pdf)] == ["issue-number-1"]
    assert (
        rooms_of(render("dossiers/papers/templates/result.typ", {**_COMMON, **_RESULT, "signer_name": "\u2400"})) == ()
    )
