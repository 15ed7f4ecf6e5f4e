"""Handing in, page by page, without a script: every page is saved before it is judged."""

from collections.abc import Mapping, Sequence

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.dossiers.actions.compose import add_draft_file, discard_draft, remove_draft_file, save_draft, start_draft
from motcua.dossiers.actions.submit_draft import submit_draft
from motcua.dossiers.papers.compose import fees_text, term_text
from motcua.dossiers.queries.drafts import counter_code, draft_file, drafts_of
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.terms import Channel, Source
from motcua.files.queries import limits
from motcua.files.web.download import download_response, wants_web_copy
from motcua.files.web.uploads import problems_of_upload
from motcua.forms.rules.wording import Part
from motcua.journal.idempotency import Reply, fingerprint_of, once
from motcua.kernel.errors import MotCuaError, NotFound, Problem
from motcua.procedures.queries import current_version, offerings_of
from motcua.procedures.rules.selection import term_for
from motcua.sites.kit.thread import Paper, kind_of
from motcua.sites.kit.uploads import incoming
from motcua.sites.kit.words import size_text
from motcua.sites.portal.applying import (
    PAGES,
    PAPERS,
    PARTIES,
    PROXY_KEY,
    RESULT,
    REVIEW,
    STORE,
    Applying,
    next_page,
)
from motcua.sites.portal.citizen import citizen_in
from motcua.sites.portal.declaring import FORM
from motcua.sites.portal.forms.applying import ReviewForm
from motcua.sites.portal.reusing import offers_of, take, use
from motcua.sites.portal.summary import Line, summary_of
from motcua.sites.portal.views.procedures import is_online
from motcua.sites.portal.wizard import applying_of, common_of, form_url, page_url, saved, to_page

_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "go", "key"})


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """`/thu-tuc/<code>/nop/`: what comes, and the button that opens (or finds again) the draft."""
    actor, at = citizen_in(request), timezone.now()
    version = current_version(code, at)
    definition, offerings = version.content, offerings_of(version.procedure_id, at)
    if not is_online(definition, offerings):
        raise NotFound(Problem("not_online", "Thủ tục này chưa nhận hồ sơ trực tuyến."))
    if request.method == "POST":
        draft = start_draft(actor=actor, procedure_id=version.procedure_id, at=at)
        began = applying_of(request, code, draft.pk)
        return to_page(began, began.first_undone() or REVIEW)
    found = drafts_of(actor).filter(procedure_id=version.procedure_id).first()
    names = [name for page, name in PAGES.items() if page != REVIEW and (page != FORM or definition.form)]
    context = {"definition": definition, "draft": found, "pages": names}
    return render(request, "portal/apply/start.html", context)


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, code: str, draft_id: int, page: str) -> HttpResponse:
    """`/thu-tuc/<code>/nop/<draft>/<page>/`: one page of questions."""
    if page not in PAGES or page in {FORM, PAPERS, REVIEW}:
        raise NotFound(Problem("no_page", "Không có trang này."))
    applying = applying_of(request, code, draft_id)
    if undone := applying.first_undone(before=page):
        return to_page(applying, undone)
    shown: Sequence[forms.Form] = applying.forms_of(page)
    if request.method == "POST":
        typed = {name: str(value) for name, value in request.POST.items() if name not in _NOT_TYPED}
        save_draft(actor=citizen_in(request), draft_id=draft_id, page=page, values=_cut(typed), at=applying.at)
        if request.POST.get("go") == "later":
            return saved(request)
        shown = applying.forms_of(page, request.POST)
        if all([form.is_valid() for form in shown]):  # a list: every form gets its errors
            return to_page(applying, next_page(applying, page))
    context = {**common_of(applying, page), "forms": shown, "parts": _parts(applying, page, shown)}
    return render(request, "portal/apply/page.html", context, status=_status(shown))


@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, code: str, draft_id: int) -> HttpResponse:
    """`…/giay-to/`: upload, look at and remove the files of each paper."""
    applying = applying_of(request, code, draft_id)
    if undone := applying.first_undone(before=PAPERS):
        return to_page(applying, undone)
    problems: list[Problem] = []
    if request.method == "POST":
        problems = _take_files(request, applying)
        applying = applying_of(request, code, draft_id)
        go = request.POST.get("go", "")
        if go == "later" and not problems:
            return saved(request)
        if go == "next":
            problems += _lacking(applying)
            if not problems:
                return to_page(applying, RESULT)
        elif not problems:
            return to_page(applying, PAPERS)
    context = {
        **common_of(applying, PAPERS),
        "rows": _paper_rows(applying, problems),
        "to_show": [one.component for one in applying.needed if one.component.present_only],
        "problems": problems,
        "largest": size_text(limits().size),
    }
    return render(request, "portal/apply/papers.html", context, status=422 if problems else 200)


@require_GET
def paper_file(request: HttpRequest, code: str, draft_id: int, file_id: int) -> FileResponse:  # noqa: ARG001 (in the URL)
    """`…/giay-to/<file>/`: look at an uploaded file."""
    file = draft_file(citizen_in(request), draft_id, file_id)
    return download_response(file.blob, file.name, inline=True, small=wants_web_copy(request))


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, code: str, draft_id: int) -> HttpResponse:
    """`…/xem-lai/`: everything once more, then hand in (once, however often the button is pressed)."""
    if request.method == "POST" and "key" in request.POST:
        return _hand_in(request, code, draft_id)
    applying = applying_of(request, code, draft_id)
    if undone := applying.first_undone():
        return to_page(applying, undone)
    form = ReviewForm(initial={"key": applying.draft.submission_key}, label_suffix="")
    return _review_page(request, applying, form)


@require_POST
def discard(request: HttpRequest, code: str, draft_id: int) -> HttpResponse:  # noqa: ARG001 (in the URL)
    """`…/xoa/`: throw the draft away."""
    discard_draft(actor=citizen_in(request), draft_id=draft_id)
    messages.success(request, "Đã xóa hồ sơ đang soạn.")
    return redirect("portal:dossiers")


def _hand_in(request: HttpRequest, code: str, draft_id: int) -> HttpResponse:
    actor, at = citizen_in(request), timezone.now()
    form = ReviewForm(request.POST, label_suffix="")

    def act() -> Reply:
        applying = applying_of(request, code, draft_id)
        application = applying.application(confirmed_duplicate=form.cleaned_data["confirmed_duplicate"])
        taken = applying.taken
        dossier = submit_draft(actor=actor, draft_id=draft_id, application=application, at=at)
        use(actor, taken, dossier, at=at)
        return Reply(status=302, location=reverse("portal:submitted", args=[dossier.code]))

    if not form.is_valid():
        return _review_page(request, applying_of(request, code, draft_id), form)
    scope = f"portal:submit:{actor.account_id}"
    try:
        reply = once(scope=scope, key=form.cleaned_data["key"], fingerprint=fingerprint_of(str(draft_id)), act=act)
    except NotFound:
        raise
    except MotCuaError as refusal:
        for problem in refusal.problems:
            name = problem.field if problem.field in form.fields else None
            form.add_error(name, problem.message)
        return _review_page(request, applying_of(request, code, draft_id), form)
    return HttpResponseRedirect(reply.location)


def _review_page(request: HttpRequest, applying: Applying, form: ReviewForm) -> HttpResponse:
    asks_again = "confirmed_duplicate" in form.errors
    definition = applying.definition
    case_key = applying.place[1] if applying.place else ""
    context = {
        **common_of(applying, REVIEW),
        "form": form,
        "asks_again": asks_again or "confirmed_duplicate" in request.POST,
        "lines": [_with_url(line, applying) for line in summary_of(applying)],
        "form_parts": _form_parts(applying),
        "counter_code": counter_code(applying.draft),
        "term": term_text(term_for(definition, case_key, Channel.ONLINE)) if case_key else "",
        "fees": fees_text(definition, case_key, Channel.ONLINE) if case_key else "",
    }
    return render(request, "portal/apply/review.html", context, status=422 if form.errors else 200)


def _with_url(line: Line, applying: Applying) -> dict[str, object]:
    return {"name": line.name, "values": line.values, "url": page_url(applying, line.page)}


def _form_parts(applying: Applying) -> list[tuple[tuple[Part], str]]:
    """The e-form page by page in words, each with where it is changed."""
    parts = applying.declaring.in_words() if applying.declaring else ()
    return [((part,), form_url(applying, part.key)) for part in parts]


def _take_files(request: HttpRequest, applying: Applying) -> list[Problem]:
    actor, draft_id = citizen_in(request), applying.draft.pk
    if removed := request.POST.get("remove", ""):
        remove_draft_file(actor=actor, draft_id=draft_id, file_id=int(removed) if removed.isdecimal() else 0)
        return []
    if chosen := request.POST.get("take", ""):
        return take(actor, applying, chosen)
    problems = problems_of_upload(request)
    for key in _upload_keys(applying):
        for name, get in incoming(actor, request, _input_name(key), applying.at):
            try:
                kept = get()
                ref = FileRef(kept.sha256, kept.name)
                add_draft_file(actor=actor, draft_id=draft_id, component_key=key, ref=ref, at=applying.at)
            except MotCuaError as refusal:
                problems += [Problem(one.code, f"{name}{one.message}", key) for one in refusal.problems]
    return problems


def _upload_keys(applying: Applying) -> list[str]:
    keys = [one.component.key for one in applying.to_upload]
    return [*keys, PROXY_KEY] if applying.source == Source.PROXY else keys


def _lacking(applying: Applying) -> list[Problem]:
    return [
        Problem("missing_component", f"Hãy tải lên {one.component.name}.", one.component.key)
        for one in applying.missing
    ]


def _paper_rows(applying: Applying, problems: Sequence[Problem]) -> list[dict[str, object]]:
    """One row a paper: its name, what is asked, the files there are, the errors, the name of its input."""
    offers = offers_of(applying)
    rows: list[dict[str, object]] = [
        {
            "name": one.component.name,
            "required": one.required,
            "offers": offers.get(one.component.key, []),
            "note": " ".join(filter(None, [one.component.note, one.component.form])),
            **_row_of(applying, one.component.key, problems),
        }
        for one in applying.to_upload
    ]
    if applying.source == Source.PROXY:
        note = "Văn bản của chủ hồ sơ cho phép bạn nộp thay."
        row = _row_of(applying, PROXY_KEY, problems)
        rows.append({"name": "Văn bản ủy quyền", "required": False, "note": note, **row})
    return rows


def _row_of(applying: Applying, key: str, problems: Sequence[Problem]) -> dict[str, object]:
    code, draft = applying.definition.code, applying.draft
    files = [
        {
            "id": file.pk,
            "from_store": f"{key}|{file.blob_id}" in applying.typed(STORE),
            "paper": Paper(
                file.name,
                reverse("portal:apply_file", args=[code, draft.pk, file.pk]),
                kind_of(file.blob.media_type),
                size_text(file.blob.size),
            ),
        }
        for file in applying.files_for(key)
    ]
    return {"files": files, "input": _input_name(key), "errors": [one.message for one in problems if one.field == key]}


def _input_name(key: str) -> str:
    return f"tep-{key.removeprefix('@')}"


def _parts(applying: Applying, page: str, shown: Sequence[forms.Form]) -> list[tuple[str, forms.Form]]:
    """The forms of a page, each with its heading ("" when the page has only one)."""
    if page != PARTIES or len(shown) == 1:
        return [("", form) for form in shown]
    owner = "Tổ chức đứng tên hồ sơ" if applying.source == Source.REPRESENTATIVE else "Chủ hồ sơ"
    return list(zip([owner, "Người nộp là bạn"], shown, strict=True))


def _cut(typed: Mapping[str, str]) -> dict[str, str]:
    return {name[:100]: str(value) for name, value in list(typed.items())[:60]}


def _status(shown: Sequence[forms.Form]) -> int:
    return 422 if any(form.is_bound and form.errors for form in shown) else 200
