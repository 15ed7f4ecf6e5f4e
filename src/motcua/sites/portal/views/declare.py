"""The e-form on the way of handing in: one idea a page, saved before it is judged, printed when wanted."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from motcua.dossiers.access import get_visible_by_code
from motcua.dossiers.actions.compose import add_draft_file, save_form_page
from motcua.dossiers.papers.declaration import declaration_of, declaration_of_draft
from motcua.dossiers.rules.application import FileRef
from motcua.files.web.download import content_disposition
from motcua.files.web.uploads import problems_of_upload
from motcua.forms.terms import FormPage
from motcua.forms.web.screens import Turn
from motcua.kernel.errors import MotCuaError, NotFound, Problem
from motcua.sites.kit.uploads import incoming
from motcua.sites.portal.applying import PAPERS, Applying
from motcua.sites.portal.citizen import citizen_in
from motcua.sites.portal.declaring import FORM, Declaring, after, previous
from motcua.sites.portal.wizard import applying_of, common_of, form_url, page_url, saved, to_page


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, code: str, draft_id: int, page: str) -> HttpResponse:
    """`/thu-tuc/<code>/nop/<draft>/to-khai/<page>/`: one page of the e-form."""
    applying = applying_of(request, code, draft_id)
    declaring = demand_form(applying)
    if undone := applying.first_undone(before=FORM):
        return to_page(applying, undone)
    found = next((one for one in declaring.pages if one.key == page), None)
    if found is None:
        return to_page(applying, FORM)
    if request.method == "POST":
        return _posted(request, applying, declaring, found)
    if undone := declaring.undone(before=page):
        return HttpResponseRedirect(form_url(applying, undone))
    return _page(request, applying, declaring, found)


def demand_form(applying: Applying) -> Declaring:
    """Return the e-form of the draft; raises NotFound when its procedure has none."""
    if applying.declaring is None or not applying.declaring.pages:
        raise NotFound(Problem("no_form", "Thủ tục này không có tờ khai điện tử."))
    return applying.declaring


def _posted(request: HttpRequest, applying: Applying, declaring: Declaring, found: FormPage) -> HttpResponse:
    """Save what came, then judge it: on to the next page, or this one again."""
    turn = declaring.take(found.key, request.POST)
    actor, draft_id = citizen_in(request), applying.draft.pk
    save_form_page(
        actor=actor,
        draft_id=draft_id,
        page=found.key,
        typed=turn.typed,
        marks=declaring.marks_after(turn),
        at=applying.at,
    )
    problems = _take_files(request, applying, declaring, found)
    if request.POST.get("go") == "later" and not problems:
        return saved(request)
    if not turn.stay and not problems:
        key = after(declaring, turn.answers, found.key)
        return HttpResponseRedirect(form_url(applying, key) if key else page_url(applying, PAPERS))
    again = applying_of(request, applying.definition.code, draft_id)
    told = [*turn.problems, *problems]
    shown = Turn(turn.typed, turn.answers, stay=True, problems=tuple(told), focus=turn.focus)
    return _page(request, again, demand_form(again), found, shown)


def _take_files(request: HttpRequest, applying: Applying, declaring: Declaring, found: FormPage) -> list[Problem]:
    """Keep the files that came with the page, each with the paper its question belongs to."""
    fields = declaring.file_fields(found)
    problems = problems_of_upload(request) if fields else []
    for field in fields:
        for name, get in incoming(citizen_in(request), request, field.key, applying.at):
            try:
                kept = get()
                ref = FileRef(kept.sha256, kept.name)
                add_draft_file(
                    actor=citizen_in(request),
                    draft_id=applying.draft.pk,
                    component_key=field.component,
                    ref=ref,
                    at=applying.at,
                )
            except MotCuaError as refusal:
                problems += [Problem(one.code, f"{name}{one.message}", field.key) for one in refusal.problems]
    return problems


def _page(
    request: HttpRequest, applying: Applying, declaring: Declaring, found: FormPage, turn: Turn | None = None
) -> HttpResponse:
    keys = [one.key for one in declaring.pages]
    before = previous(declaring, found.key)
    context = {
        **common_of(applying, FORM),
        "screen": declaring.screen(found.key, turn),
        "page": found,
        "page_number": keys.index(found.key) + 1 if found.key in keys else 1,
        "page_count": len(keys),
        "notes": declaring.notes(found) if turn is None else [],
    }
    if before:
        context["back_url"] = form_url(applying, before)
    else:
        context["back_url"] = page_url(applying, _parties(applying))
    wrong = turn is not None and bool(turn.problems)
    return render(request, "portal/apply/declare.html", context, status=422 if wrong else 200)


def _parties(applying: Applying) -> str:
    names = list(applying.pages)
    return names[names.index(FORM) - 1]


@require_GET
def draft_pdf(request: HttpRequest, code: str, draft_id: int) -> HttpResponse:
    """`…/to-khai.pdf`: the declaration as it stands, to read or to sign before handing in."""
    applying = applying_of(request, code, draft_id)
    declaring = demand_form(applying)
    pdf = declaration_of_draft(
        applying.definition, declaring.answers.values, at=applying.at, signer=applying.account.full_name
    )
    return pdf_answer(pdf, f"to-khai-{code}.pdf")


@require_GET
def dossier_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """`/ho-so/<code>/to-khai.pdf`: the declaration of a dossier that was handed in."""
    dossier = get_visible_by_code(citizen_in(request), code)
    return pdf_answer(declaration_of(dossier), f"{dossier.code}-to-khai.pdf")


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """Return a PDF to read in the browser."""
    headers = {"Content-Disposition": content_disposition(name, inline=True), "Cache-Control": "private, no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
