"""Papers as they will be printed, filled with what was tried or with dots."""

from collections.abc import Mapping
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.files.web.download import content_disposition
from motcua.forms.papers.printing import Head, declaration_pdf, paper_pdf
from motcua.forms.rules.paper import PaperLine, paper_lines
from motcua.forms.terms import Form, PaperTemplate
from motcua.identity.requests import actor_in
from motcua.kernel.errors import NotFound, Problem
from motcua.sites.studio.drafts import Work, work_on
from motcua.sites.studio.trial import answers_of, trial_in


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition(name, inline=True)
    response["Cache-Control"] = "private, no-store"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def head_of() -> Head:
    """Return what stands around a preview: an invented agency, and the words that it is worth nothing."""
    return Head(issued_at=timezone.now(), agency_name="CƠ QUAN GIẢI QUYẾT", place="Địa danh", preview=True)


def known_of(request: HttpRequest, work: Work) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """Return the values and facts a preview is filled with: those of the trial in this session, else none."""
    trial = trial_in(request, work.procedure.code)
    facts: dict[str, object] = {"today": timezone.localdate(), "copies": Decimal(1), "pages": Decimal(1)}
    if trial is None:
        return {}, {**facts, "procedure": work.definition.code, "procedure_name": work.definition.name}
    answers = answers_of(work.definition, trial)
    return (answers.values if answers else {}), {**facts, **trial.facts(work.definition)}


def form_of(work: Work) -> Form:
    """Return the form of the procedure, an empty one where it has none."""
    return work.definition.form or Form(title=work.definition.name)


def lines_of(request: HttpRequest, work: Work, paper: PaperTemplate) -> tuple[PaperLine, ...]:
    """Return the pieces of the paper for the preview on the page."""
    values, facts = known_of(request, work)
    return paper_lines(paper, form_of(work), values, facts)


@require_safe
def preview(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """`GET …/van-ban/<key>.pdf`: a paper as it will be printed; `to-khai` is the printed form."""
    work = work_on(actor_in(request), code)
    values, facts = known_of(request, work)
    if key == "to-khai":
        return _pdf(declaration_pdf(form_of(work), values, head=head_of()), f"{code} to-khai.pdf")
    paper = next((one for one in work.definition.papers if one.key == key), None)
    if paper is None:
        raise NotFound(Problem("no_paper", "Bản thảo không có văn bản này."))
    return _pdf(paper_pdf(paper, form_of(work), values, facts, head=head_of()), f"{code} {key}.pdf")
