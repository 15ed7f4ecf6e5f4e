"""Văn bản của thủ tục: results, letters and records that a procedure drafts, filled in for one dossier."""

from collections.abc import Collection, Mapping
from datetime import datetime, time
from typing import NamedTuple

from django.db.models import Sum

from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier, FormAnswers, Move, Party, Result
from motcua.dossiers.papers.compose import of_agency, tracking_url
from motcua.dossiers.rules.answering import form_facts
from motcua.dossiers.terms import PartyKind
from motcua.files.papers import Sheet
from motcua.forms.papers.printing import Head, paper_pdf, paper_sheet
from motcua.forms.rules.answers import from_json
from motcua.forms.rules.paper import paper_lines
from motcua.forms.rules.paper_text import text_of_paper
from motcua.forms.rules.plan import plan_of
from motcua.forms.rules.questions import expression_of
from motcua.forms.terms import Form, PaperTemplate
from motcua.kernel.errors import NotFound, Problem
from motcua.packages.rules.paper_words import NO_FORM


class _Content(NamedTuple):
    """What the papers of a dossier are filled in with."""

    form: Form
    values: Mapping[str, object]
    facts: Mapping[str, object]


def papers_open(dossier: Dossier, *, at: datetime, reached: Collection[str] | None = None) -> tuple[PaperTemplate, ...]:
    """Return the papers to print for the dossier now: their step was reached, their condition holds.

    A result paper is none once the answer is a refusal. `reached`: keys of the steps the dossier came to, looked up
    when not at hand. No query for a procedure without such papers; else the answers and two more at most.
    """
    own = [one for one in dossier.definition.papers if one.kind != "declaration" and one.blocks]
    own = [one for one in own if not (one.kind == "result" and dossier.is_negative)]
    if reached is None and any(one.step for one in own):
        reached = set(Move.objects.filter(dossier_id=dossier.pk).values_list("to_step", flat=True))
    steps = {"", dossier.step_key, *(reached or ())}
    own = [one for one in own if one.step in steps]
    if not any(one.when for one in own):
        return tuple(own)
    content = _content(dossier, at)
    return tuple(one for one in own if _holds(one, content))


def paper_of(dossier: Dossier, key: str, *, at: datetime) -> bytes:
    """Return a paper of the dossier as PDF, marked as a draft until the result is decided; raises NotFound.

    The day stays blank until the result is numbered. The same dossier gives the same bytes all day.
    """
    paper = next((one for one in papers_open(dossier, at=at) if one.key == key), None)
    if paper is None:
        raise NotFound(Problem("no_paper", "Hồ sơ không có văn bản này."))
    return paper_pdf(paper, *_content(dossier, at), head=_head(dossier, paper))


def result_paper(dossier: Dossier, key: str) -> PaperTemplate | None:
    """Return the paper of kind result that a draft follows, None when the procedure has none of that key."""
    papers = dossier.definition.papers
    return next((one for one in papers if one.key == key and one.kind == "result" and one.blocks), None)


def filled_result(
    dossier: Dossier, paper: PaperTemplate, *, at: datetime, result: Mapping[str, object], head: Head, text: str = ""
) -> Sheet:
    """Return a result paper, to be set, with these facts of the result, and `text` in place of its own words."""
    return paper_sheet(paper, *_content(dossier, at, result), head=head, text=text)


def result_text(dossier: Dossier, paper: PaperTemplate, *, at: datetime, result: Mapping[str, object]) -> str:
    """Return the words of a result paper for this dossier, a line each piece."""
    return text_of_paper(paper_lines(paper, *_content(dossier, at, result)))


def _holds(paper: PaperTemplate, content: _Content) -> bool:
    when = expression_of(paper.when)
    questions = dict.fromkeys(plan_of(content.form).questions)
    return when is None or when.holds({**content.facts, **questions, **content.values})


def _content(dossier: Dossier, at: datetime, result: Mapping[str, object] | None = None) -> _Content:
    form = dossier.definition.form
    answers: FormAnswers | None = getattr(dossier, "answers", None) if form else None
    values = from_json(form, answers.values) if form and answers else {}
    said = _result_facts(_result_of(dossier)) if result is None else result
    return _Content(form or NO_FORM, values, _facts(dossier, at, said))


def _facts(dossier: Dossier, at: datetime, result: Mapping[str, object]) -> dict[str, object]:
    """Everything that papers may read besides the answers (`packages.rules.paper_facts.PAPER_FACTS`)."""
    case = dossier.definition.case(dossier.case_key)
    is_person = dossier.owner.kind == PartyKind.PERSON
    return {
        **form_facts(
            case=dossier.case_key,
            channel=dossier.channel,
            procedure=dossier.definition.code,
            applicant="citizen" if is_person else "organisation",
            copies=dossier.set_count,
            pages=_pages(dossier),
        ),
        "today": at.astimezone(VIET_NAM).date(),
        "code": dossier.code,
        "procedure_name": dossier.definition.name,
        "case_name": case.name if case else "",
        "agency": unit_by_id(dossier.agency_id).name,
        "received_at": dossier.received_at and dossier.received_at.astimezone(VIET_NAM).date(),
        "due_at": dossier.due_at and dossier.due_at.astimezone(VIET_NAM).date(),
        "owner": _person(dossier.owner),
        "submitter": _person(dossier.submitter),
        "result": result,
    }


def _pages(dossier: Dossier) -> int:
    """The pages of all papers; without a query where the components were read already (lists of many dossiers)."""
    if "components" in getattr(dossier, "_prefetched_objects_cache", {}):
        return sum(one.pages or 0 for one in dossier.components.all())
    return dossier.components.aggregate(total=Sum("pages"))["total"] or 0


def _person(party: Party) -> dict[str, object]:
    return {"name": party.name, "personal_id": party.personal_id, "address": party.address}


def _result_facts(result: Result | None) -> dict[str, object]:
    if result is None:
        return {}
    return {
        "number": result.number,
        "symbol": result.symbol,
        "issued_on": result.issued_on,
        "signer_name": result.signer_name,
        "signer_title": result.signer_title,
    }


def _result_of(dossier: Dossier) -> Result | None:
    return getattr(dossier, "result", None) if dossier.finished_at else None


def _head(dossier: Dossier, paper: PaperTemplate) -> Head:
    """The head of a paper of the agency; the number of the result is that of the result paper alone."""
    result = _result_of(dossier)
    issued_on = result.issued_on if result else None
    numbered = result is not None and paper.kind == "result" and bool(result.number and paper.symbol)
    agency = of_agency(dossier)
    return Head(
        agency_name=agency["agency_name"],
        parent_name=agency["parent_name"],
        place=agency["place"],
        issued_at=datetime.combine(issued_on, time(), VIET_NAM) if issued_on else dossier.last_act_at,
        number=str(result) if numbered else "",
        code=dossier.code,
        url=tracking_url(dossier),
        draft=result is None,
        undated=issued_on is None,
    )
