"""What the views of the hand-in pages share: the draft behind an address, the way between its pages."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from motcua.dossiers.queries.drafts import draft_of
from motcua.kernel.errors import NotFound, Problem
from motcua.procedures.queries import current_version, offerings_of
from motcua.sites.portal.applying import PAPERS, REVIEW, Applying, previous_page
from motcua.sites.portal.citizen import account_in, citizen_in
from motcua.sites.portal.declaring import FORM


def applying_of(request: HttpRequest, code: str, draft_id: int) -> Applying:
    """Return the citizen's draft with everything its pages need; raises NotFound."""
    actor, at = citizen_in(request), timezone.now()
    draft = draft_of(actor, draft_id)
    if draft.procedure.code != code:
        raise NotFound(Problem("no_draft", "Không tìm thấy hồ sơ đang soạn này."))
    definition = current_version(code, at).content
    return Applying(draft, definition, offerings_of(draft.procedure_id, at), account_in(request), at)


def common_of(applying: Applying, page: str) -> dict[str, object]:
    """Return what every page shows: the row of steps, the way back."""
    before, pages = previous_page(applying, page), applying.pages
    return {
        "definition": applying.definition,
        "draft": applying.draft,
        "steps": list(pages.values()),
        "number": list(pages).index(page) + 1,
        "step_name": pages[page],
        "back_url": page_url(applying, before, last=True) if before else _start_url(applying),
    }


def page_url(applying: Applying, page: str, *, last: bool = False) -> str:
    """Return the address of a page; of the e-form, its first page that is not done, with `last` its last."""
    names = {PAPERS: "portal:apply_papers", REVIEW: "portal:apply_review"}
    code, draft = applying.definition.code, applying.draft
    if page == FORM and applying.declaring is not None:
        keys = [one.key for one in applying.declaring.pages]
        undone = applying.declaring.undone()
        return form_url(applying, undone or (keys[-1] if last else keys[0]))
    if page in names:
        return reverse(names[page], args=[code, draft.pk])
    return reverse("portal:apply_page", args=[code, draft.pk, page])


def form_url(applying: Applying, page: str) -> str:
    """Return the address of a page of the e-form."""
    return reverse("portal:apply_form", args=[applying.definition.code, applying.draft.pk, page])


def _start_url(applying: Applying) -> str:
    return reverse("portal:apply", args=[applying.definition.code])


def to_page(applying: Applying, page: str) -> HttpResponseRedirect:
    """Send on to a page."""
    return HttpResponseRedirect(page_url(applying, page))


def saved(request: HttpRequest) -> HttpResponse:
    """Say that everything is kept, and go to the list of drafts."""
    messages.success(request, "Đã lưu. Bạn có thể quay lại làm tiếp bất cứ lúc nào.")
    return redirect("portal:dossiers")
