"""Every paper that ships is archival and accessible, before it is signed and after every signature on it."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from motcua.files.papers import FONTS_DIR
from motcua.files.rules.glyphs import REPLACEMENT
from motcua.files.rules.pdfa import flaws_of, revisions_of
from motcua.trust.terms import Role
from tests.papers.shipped import PAPERS, PARTS, Setting
from tests.papers.signing import ORDER, signed

PACKAGE = FONTS_DIR.parent.parent
SETTINGS = [
    pytest.param(setting, id=f"{template}-{number}")
    for template, settings in PAPERS.items()
    for number, setting in enumerate(settings)
]


def words_of(pdf: bytes) -> str:
    """Return the text of all pages."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_every_template_is_examined() -> None:
    """A new template needs a sample in `tests/papers/shipped.py`, or is named there as a part of others."""
    templates = {str(path.relative_to(PACKAGE)) for path in Path(PACKAGE).rglob("*.typ")}
    assert {one for one in templates if not one.startswith(PARTS)} == set(PAPERS)
    assert all(any(one.startswith(part) for one in templates) for part in PARTS)


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_shipped_paper_conforms_before_and_after_signing(setting: Setting) -> None:
    paper = setting()
    assert flaws_of(paper) == []
    assert REPLACEMENT not in words_of(paper)
    after = signed(paper)
    revisions = list(revisions_of(after))
    assert len(revisions) == 1 + len(ORDER)
    assert after.startswith(paper)
    for revision in revisions:
        assert flaws_of(revision) == []
    with pikepdf.open(io.BytesIO(after)) as opened:
        names = [str(one.T) for one in opened.Root.AcroForm.Fields]
    assert sorted(names) == sorted(role.value for role in ORDER)


def test_a_copy_with_the_agencys_text_conforms() -> None:
    after = signed(PAPERS["dossiers/papers/templates/result.typ"][0](), (Role.ATTACHMENT_SEAL,))
    assert [flaw for revision in revisions_of(after) for flaw in flaws_of(revision)] == []
