"""Kết quả thành văn bản: the PDF of a result from its draft, to be read, and then to be signed.

Three ways: the procedure's own paper filled in with the dossier (and with what the specialist changed in its words);
the text that the specialist wrote, laid out by Nghị định 30/2020/NĐ-CP; the PDF they attached, as it is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Attachment, Dossier, DraftResult
from motcua.dossiers.papers.compose import of_agency, tracking_url
from motcua.dossiers.papers.templates_of import filled_result, result_paper, result_text
from motcua.dossiers.papers.words import place_and_date
from motcua.dossiers.rules.likeness import Piece, differing_lines
from motcua.dossiers.rules.symbols import signing_words, symbol_for
from motcua.files.documents.setting import written_day
from motcua.files.papers import Sheet
from motcua.files.queries import KeptPaper, kept_paper
from motcua.files.terms import BLANK_DATE, BLANK_DAY, BLANK_NUMBER, BLANK_SIGNER, BLANK_TITLE, MediaType
from motcua.forms.papers.printing import DRAFT, Head
from motcua.forms.rules.plain import day_text
from motcua.forms.terms import PaperTemplate
from motcua.kernel.errors import Problem, RuleBroken

Kind = Literal["template", "typed", "attached"]
_TEMPLATE = "dossiers/papers/templates/result.typ"
_LETTER = "Văn bản trả lời không giải quyết"
_ARTICLE = re.compile(r"^(Điều \d+\.|\d+\.|[a-zđ]\))\s+(.*)$")
_LONGEST_CENTRED = 70


@dataclass(frozen=True, slots=True)
class Signing:
    """What makes a draft the paper that is signed: number ("" while none was given), symbol, day, who signs and how.

    `blank`: number, day and signer are rooms that are filled in when it is issued; the paper is initialled before.
    """

    signer_name: str
    signer_title: str
    day: date
    number: str = ""
    symbol: str = ""
    is_draft: bool = True
    blank: bool = False


def blank_signing(symbol: str, at: datetime) -> Signing:
    """Return what a paper shows of its signing that is initialled first: rooms for what is not known yet."""
    return Signing(BLANK_SIGNER, BLANK_TITLE, at.astimezone(VIET_NAM).date(), BLANK_NUMBER, symbol, False, True)  # noqa: FBT003


def blanks_filled(signing: Signing, *, agency: str) -> dict[str, str]:
    """Return what is written into the rooms of such a paper, by what they are named."""
    return {
        "blank_number": signing.number,
        "blank_day": written_day(signing.day),
        "blank_date": day_text(signing.day),
        "blank_title": "\n".join(signing_words(signing.signer_title, agency=agency)).upper(),
        "blank_signer": signing.signer_name,
    }


def kind_of(draft: DraftResult, dossier: Dossier) -> Kind:
    """Return how the paper is made; raises RuleBroken when it cannot be made at all."""
    if draft.template and result_paper(dossier, draft.template) is not None:
        return "template"
    if draft.text:
        return "typed"
    attachment = draft.attachment
    if attachment is None or attachment.blob.media_type != MediaType.PDF:
        message = "Dự thảo là tệp không phải PDF nên không ký số được: hãy trả lại để đính kèm bản PDF, hoặc ký giấy."
        raise RuleBroken(Problem("draft_not_pdf", message))
    return "attached"


def compose_result(dossier: Dossier, draft: DraftResult, signing: Signing, *, at: datetime) -> bytes:
    """Return the PDF of the result. The same draft, signing and day give the same bytes.

    An attached PDF is returned byte for byte: number and day are then not on it. Raises RuleBroken for a draft that is
    a file of another kind.
    """
    return result_sheet(dossier, draft, signing, at=at).made()


def result_sheet(dossier: Dossier, draft: DraftResult, signing: Signing, *, at: datetime) -> Sheet | KeptPaper:
    """Return what the PDF of the result is made of, wherever: `made` needs no database. Raises as `compose_result`."""
    match kind_of(draft, dossier):
        case "attached":
            return _attached(draft)
        case "template":
            return _from_template(dossier, draft, signing, at=at)
        case _:
            return _typed(dossier, draft, signing)


def result_symbol(dossier: Dossier, draft: DraftResult, *, last: str = "") -> str:
    """Return the symbol of the result: the paper's own, `last` (given to this procedure before), or by its name.

    A paper that says its number in its own words (giấy khai sinh) has none: it is numbered in the procedure's book.
    """
    paper = result_paper(dossier, draft.template) if draft.template else None
    if paper is not None:
        return paper.symbol
    agency = unit_by_id(dossier.agency_id)
    if draft.is_negative:
        return symbol_for(_LETTER, agency.name, is_letter=True)
    return last or symbol_for(result_name(dossier, draft), agency.name)


def result_name(dossier: Dossier, draft: DraftResult) -> str:
    """Return what the paper is called."""
    if draft.is_negative:
        return _LETTER
    paper = result_paper(dossier, draft.template) if draft.template else None
    results = dossier.definition.results
    return paper.name if paper else results[0].name if results else dossier.definition.name


def changes_of(
    dossier: Dossier, draft: DraftResult, signing: Signing, *, at: datetime
) -> tuple[tuple[Piece, ...], ...]:
    """Return how the draft's words differ from the procedure's paper, line by line; () for none."""
    paper = result_paper(dossier, draft.template) if draft.template else None
    if paper is None or not draft.text:
        return ()
    return differing_lines(template_text(dossier, paper, signing, at=at), draft.text)


def template_text(dossier: Dossier, paper: PaperTemplate, signing: Signing, *, at: datetime) -> str:
    """Return the words of the procedure's paper for the dossier as it is now, its number and day left blank.

    They are given when it is signed, so that the specialist's text and this one compare.
    """
    return result_text(dossier, paper, at=at, result=_facts(signing, blank=True))


def words_of_template(dossier: Dossier, paper: PaperTemplate, *, at: datetime) -> str:
    """Return the words of a result paper before anybody is to sign it: the specialist's first text."""
    return template_text(dossier, paper, Signing("", "", at.astimezone(VIET_NAM).date()), at=at)


def _facts(signing: Signing, *, blank: bool = False) -> Mapping[str, object]:
    undated = blank or signing.is_draft
    return {
        "number": "" if blank else signing.number,
        "symbol": signing.symbol,
        "issued_on": None if undated else BLANK_DATE if signing.blank else signing.day,
        "signer_name": signing.signer_name,
        "signer_title": signing.signer_title,
    }


def _from_template(dossier: Dossier, draft: DraftResult, signing: Signing, *, at: datetime) -> Sheet:
    paper = result_paper(dossier, draft.template)
    if paper is None:
        raise AssertionError("kind_of said template")
    agency = of_agency(dossier)
    lines = " / ".join(_signing_lines(signing, agency["agency_name"]))
    head = Head(
        agency_name=agency["agency_name"],
        parent_name=agency["parent_name"],
        place=agency["place"],
        issued_at=_noon(signing.day),
        number=f"{signing.number}/{paper.symbol}" if signing.number and paper.symbol else "",
        code=dossier.code,
        url=tracking_url(dossier),
        signer=signing.signer_name,
        draft=signing.is_draft,
        undated=signing.is_draft,
        day=BLANK_DAY if signing.blank else "",
        initialled=signing.blank,
    )
    facts = {**_facts(signing), "signer_title": lines}
    text = _dated(dossier, paper, draft.text, signing, at=at) if draft.text else ""
    return filled_result(dossier, paper, at=at, result=facts, head=head, text=text)


def _dated(dossier: Dossier, paper: PaperTemplate, text: str, signing: Signing, *, at: datetime) -> str:
    """The specialist's words with number and day where the paper's own words have them."""
    blank = template_text(dossier, paper, signing, at=at).splitlines()
    told = result_text(dossier, paper, at=at, result=_facts(signing)).splitlines()
    now = dict(zip(blank, told, strict=False)) if len(blank) == len(told) else {}
    return "\n".join(now.get(" ".join(line.split()), line) for line in text.splitlines())


def _typed(dossier: Dossier, draft: DraftResult, signing: Signing) -> Sheet:
    agency, name = of_agency(dossier), result_name(dossier, draft)
    number = signing.number or "……"
    title = f"{name}: {dossier.definition.name}" if not draft.is_negative else f"Trả lời: {dossier.definition.name}"
    return Sheet(
        _TEMPLATE,
        {
            "title": title,
            "trace": " – ".join(filter(None, [name, dossier.code])),
            "issued_at": _noon(signing.day).isoformat(),
            **agency,
            "place_and_date": _place_and_date(agency["place"], signing),
            "number": f"{number}/{signing.symbol}" if signing.symbol else number,
            "about_letter": f"V/v trả lời hồ sơ {dossier.code}" if draft.is_negative else "",
            "heading": "" if draft.is_negative else name,
            "about": "" if draft.is_negative else f"Về việc {_lowered(dossier.definition.name)}",
            "addressee": dossier.owner.name if draft.is_negative else "",
            "preview": DRAFT if signing.is_draft else "",
            "lines": list(_paragraphs(draft.text)),
            "recipients": ["Như trên;" if draft.is_negative else f"{dossier.owner.name};", f"Lưu: VT, {dossier.code}."],
            "signing_lines": _signing_lines(signing, agency["agency_name"]),
            "initialled": signing.blank,
            "signer_name": signing.signer_name,
        },
        {"tracking_qr_svg": tracking_url(dossier)},
    )


def _paragraphs(text: str) -> Iterator[dict[str, str]]:
    for line in filter(None, (one.strip() for one in text.splitlines())):
        article = _ARTICLE.match(line)
        if line.isupper() and len(line) <= _LONGEST_CENTRED:
            yield {"kind": "centred", "text": line}
        elif line.startswith(("Căn cứ ", "Theo đề nghị ", "Xét đề nghị ")):
            yield {"kind": "ground", "text": line}
        elif article and article[1].startswith("Điều"):
            yield {"kind": "article", "head": article[1], "text": article[2]}
        else:
            yield {"kind": "text", "text": line}


def _attached(draft: DraftResult) -> KeptPaper:
    attachment: Attachment | None = draft.attachment
    if attachment is None:
        raise AssertionError("kind_of said attached")
    return kept_paper(attachment.blob_id)


def _signing_lines(signing: Signing, agency: str) -> list[str]:
    return [signing.signer_title] if signing.blank else list(signing_words(signing.signer_title, agency=agency))


def _place_and_date(place: str, signing: Signing) -> str:
    if signing.blank:
        return f"{place}, {BLANK_DAY}"
    if signing.is_draft:
        return f"{place}, ngày …… tháng …… năm ……"
    return place_and_date(place, _noon(signing.day))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), VIET_NAM)


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
