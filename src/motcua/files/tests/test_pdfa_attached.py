"""The rules about data attached to a paper, each held against a file that breaks it."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Name

from motcua.files.papers import PaperError, render
from motcua.files.tests.test_pdfa import AT, Change, changed, claim, codes, entry, paper


def _attachment(**entries: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        spec = pdf.Root.AF[0]
        for key, value in entries.items():
            if value is None:
                del spec[f"/{key}"]
            else:
                spec[f"/{key}"] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _attachment(AFRelationship=None),
        _attachment(AFRelationship=Name.Odd),
        _attachment(UF=None),
        entry("/AF", None),
        claim(b"<pdfaid:part>3", b"<pdfaid:part>2"),
    ],
)
def test_each_rule_of_attachments(change: Change) -> None:
    assert codes(changed(change, paper())) == {"attachment"}


def test_what_is_attached_must_come_along() -> None:
    data = {"issued_at": AT.isoformat(), "code": "H1", "procedure": "", "owner": "", "due": "", "shelf": ""}
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
    with pytest.raises(PaperError, match="brings no files"):
        render("dossiers/papers/templates/label.typ", data | {"qr_svg": drawing}, attach={"a.json": b"{}"})
    with pytest.raises(UnicodeDecodeError):
        render("dossiers/papers/templates/label.typ", data | {"qr_svg": drawing}, attach={"a.json": b"\xff"})
