"""Sổ chứng thực: look, search, print, close, correct; bản sao điện tử: scan, compare, certify, seal."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.certification.access import get_book, may_lead, visible_books
from motcua.certification.actions.electronic import Compared, certify_copy, compare_copy, seal_copy
from motcua.certification.actions.enter import Line, enter_certification
from motcua.certification.actions.keep_book import close_book, correct_entry, reopen_book
from motcua.certification.models import CertificationBook, CertifiedCopy
from motcua.certification.papers.book import print_book, write_book
from motcua.certification.queries import lines_of, shown
from motcua.certification.rules.fees import CopyRow, copy_rates, fee_of
from motcua.certification.terms import CODE, BookKind, Corrected
from motcua.dossiers.access import acts_open_to, get_visible_by_code
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.files.web.download import content_disposition
from motcua.identity.requests import demand_fresh
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, MotCuaError, NotFound, Problem
from motcua.scanning.access import get_stack
from motcua.scanning.actions.arrange import read_anew
from motcua.scanning.actions.binding import pens_of
from motcua.scanning.actions.let_go import drop_stack
from motcua.scanning.actions.open_stack import open_stack
from motcua.scanning.queries import laid_out, stacks_of
from motcua.scanning.terms import Purpose, StackState
from motcua.signing.queries.keys import agency_keys
from motcua.signing.terms import KeyChoice, KeyKind
from motcua.sites.desk.forms.books import CompareForm, CorrectionForm, EntryForm, PenForm
from motcua.sites.desk.forms.scanning import FILES, StackForm
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.kit.uploads import incoming
from motcua.sites.office.acting import Done, try_act
from motcua.sites.office.forms import OfficeForm, ReasonForm, bound_to
from motcua.sites.office.purpose import purpose_needed
from motcua.sites.office.sheets import excel_response

#: The page of a book shows no more lines than this; print and table hold all.
SHOWN = 200


@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/chung-thuc/so/`: the books of the agencies I work in."""
    found = visible_books(actor_of(request)).select_related("agency").order_by("-year", "agency_id", "kind")
    return desk_page(request, "desk/books.html", {"books": found[:SHOWN]})


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, book_id: int) -> HttpResponse:
    """`GET, POST /mot-cua/chung-thuc/so/<id>/`: lines, search; the leader closes it (`go=close`) or opens it again."""
    actor, at = actor_of(request), timezone.now()
    found = get_book(actor, book_id)
    form: OfficeForm = ReasonForm(**bound_to(request)) if found.closed_at else OfficeForm(**bound_to(request))
    status = 200
    if request.method == "POST":
        answer, status = try_act(request, form, lambda: _turned(actor, found, form, at))
        if answer is not None:
            return answer
    search = request.GET.get("tim", "").strip()[:100]
    lines = lines_of(found, search=search)
    context = {
        "book": found,
        "lines": list(shown(lines[:SHOWN])),
        "more": max(0, lines.count() - SHOWN),
        "search": search,
        "form": form,
        "leads": may_lead(actor, found, at),
    }
    return desk_page(request, "desk/book.html", context, status=status)


def _turned(actor: Actor, found: CertificationBook, form: OfficeForm, at: datetime) -> Done:
    if found.closed_at is None:
        closed = close_book(actor=actor, book_id=found.pk, at=at)
        return Done(f"Đã khóa sổ {closed.title} với {closed.closing_count} việc.", _book_url(found))
    reopen_book(actor=actor, book_id=found.pk, reason=form.cleaned_data["reason"], at=at)
    return Done(f"Đã mở lại sổ {found.title}.", _book_url(found))


@require_safe
def book_file(request: HttpRequest, book_id: int, kind: str) -> HttpResponse:
    """`GET /mot-cua/chung-thuc/so/<id>.pdf`, `.xlsx`: the whole book in the prescribed columns."""
    found = get_book(actor_of(request), book_id)
    name = f"So-chung-thuc-{found.title.replace('/', '-').replace(',', '')}.{kind}"
    lines = shown(lines_of(found))
    if kind == "xlsx":
        return excel_response(write_book(found, lines), name)
    response = HttpResponse(print_book(found, lines, at=timezone.now()), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition(name, inline=True)
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, book_id: int, entry_id: int) -> HttpResponse:
    """`GET, POST /mot-cua/chung-thuc/so/<id>/dong/<entry>/`: correct a line by a row that adds."""
    actor, at = actor_of(request), timezone.now()
    found = get_book(actor, book_id)
    line = next(iter(shown(lines_of(found).filter(pk=entry_id))), None)
    if line is None:
        raise NotFound(Problem("no_entry", "Không tìm thấy dòng này trong sổ chứng thực."))
    form, status = CorrectionForm(**bound_to(request)), 200

    def act() -> Done:
        said = form.cleaned_data
        column, value = Corrected(said["field"]), said["value"]
        correct_entry(actor=actor, entry_id=entry_id, field=column, value=value, reason=said["reason"], at=at)
        return Done(f"Đã đính chính số {line.number}.", _book_url(found))

    if request.method == "POST":
        answer, status = try_act(request, form, act)
        if answer is not None:
            return answer
    context = {"book": found, "line": line, "form": form, "leads": may_lead(actor, found, at)}
    return desk_page(request, "desk/book_correction.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST /mot-cua/chung-thuc/ghi-so/<code>/`: enter a certified signature or contract for a dossier."""
    actor, at = actor_of(request), timezone.now()
    found = get_visible_by_code(actor, code)
    if way := purpose_needed(request, found, at):
        return way
    form, status = EntryForm(**bound_to(request)), 200

    def act() -> Done:
        said = {name: value for name, value in form.cleaned_data.items() if name not in {"key", "kind"}}
        kind = BookKind(form.cleaned_data["kind"])
        made = enter_certification(actor=actor, dossier_id=found.pk, kind=kind, line=Line(**said), at=at)
        return Done(f"Đã ghi sổ, số chứng thực {made.number}.", _book_url(made.book))

    if request.method == "POST":
        answer, status = try_act(request, form, act)
        if answer is not None:
            return answer
    return desk_page(request, "desk/book_entry.html", {"dossier": found, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST /mot-cua/chung-thuc/dien-tu/<code>/`: what is next for the electronic copy of a dossier.

    Scan (whoever compares), certify (the certifier with their key), seal (the clerk with the agency's key).
    """
    actor, at = actor_of(request), timezone.now()
    found = get_visible_by_code(actor, code)
    if way := purpose_needed(request, found, at):
        return way
    if found.procedure.code != CODE:
        raise NotFound(Problem("not_a_copy", "Hồ sơ này không phải chứng thực bản sao từ bản chính."))
    step = _step(actor, found, at)
    form, status = _copy_form(request, actor, found, step, at), 200
    if request.method == "POST" and form is not None:
        if step != "scan":
            demand_fresh(request)
        answer, status = try_act(request, form, lambda: _copy_act(request, actor, found, form, at))
        if answer is not None:
            return answer
    made = CertifiedCopy.objects.filter(dossier=found).select_related("entry__book").first()
    context = {"dossier": found, "copy": made, "step": step, "form": form, "stacks": stacks_of(found)}
    return desk_page(request, "desk/certified_copy.html", context, status=status)


def _step(actor: Actor, found: Dossier, at: datetime) -> str:
    acts = acts_open_to(actor, found, at)
    has_copy = CertifiedCopy.objects.filter(dossier=found).exists()
    if Act.APPROVE in acts and has_copy:
        return "certify"
    if Act.SEAL in acts and has_copy:
        return "seal"
    return "scan" if Act.APPRAISE in acts else ""


def _copy_form(request: HttpRequest, actor: Actor, found: Dossier, step: str, at: datetime) -> OfficeForm | None:
    if step == "scan":
        return StackForm(found, **bound_to(request))
    if not step:
        return None
    keys = pens_of(actor, at) if step == "certify" else _seals(found, at)
    return PenForm(keys, **bound_to(request)) if keys else None


def _seals(found: Dossier, at: datetime) -> list[KeyChoice]:
    return [one for one in agency_keys(found.agency_id, at) if one.kind is not KeyKind.AGENT]


def _copy_act(request: HttpRequest, actor: Actor, found: Dossier, form: OfficeForm, at: datetime) -> Done:
    here = reverse("desk:certified_copy", args=[found.code])
    if isinstance(form, StackForm):
        return _bring_original(request, actor, found, form, at)
    if not isinstance(form, PenForm):
        raise Invalid(Problem("no_form", "Không có việc nào chờ ở bản sao này."))
    if _step(actor, found, at) == "certify":
        made = certify_copy(actor=actor, dossier_id=found.pk, pen=form.pen(), at=at)
        return Done(f"Đã ký chứng thực, số {made.entry.number}.", here)
    made = seal_copy(actor=actor, dossier_id=found.pk, pen=form.pen(), at=at)
    return Done(f"Đã đóng dấu bản sao điện tử số {made.entry.number}.", here)


def _bring_original(request: HttpRequest, actor: Actor, found: Dossier, form: StackForm, at: datetime) -> Done:
    files, problems = [], list[Problem]()
    for name, get in incoming(actor, request, FILES, at):
        try:
            files.append(get())
        except MotCuaError as refusal:
            problems += [Problem(one.code, f"{name}{one.message}", FILES) for one in refusal.problems]
    if problems:
        raise Invalid(problems)
    first = found.components.order_by("position").first()
    key = form.cleaned_data["component_key"] or (first.key if first else "")
    purpose = Purpose.CERTIFY
    stack = open_stack(actor=actor, dossier_id=found.pk, files=files, at=at, component_key=key, purpose=purpose)
    return Done("", reverse("desk:certify_scan", args=[stack.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, stack_id: int) -> HttpResponse:
    """`GET, POST /mot-cua/chung-thuc/doi-chieu/<stack>/`: every page beside the list of what must hold."""
    actor, at = actor_of(request), timezone.now()
    stack = get_stack(actor, stack_id)
    here = reverse("desk:certified_copy", args=[stack.dossier.code])
    if way := purpose_needed(request, stack.dossier, at):
        return way
    if stack.purpose != Purpose.CERTIFY or not stack.is_open:
        raise NotFound(Problem("no_stack", "Không tìm thấy bản quét chờ đối chiếu này."))
    if request.method == "POST" and (pressed := request.POST.get("go", "")) in {"drop", "read"}:
        again = drop_stack if pressed == "drop" else read_anew
        again(actor=actor, stack_id=stack.pk, at=at)
        return HttpResponseRedirect(here)
    if stack.state != StackState.READY:
        return desk_page(request, "desk/scan_reading.html", {"stack": stack, "dossier": stack.dossier})
    laid = laid_out(stack, with_values=False)
    pages = sum(len(one.pages) for one in laid.papers)
    known = {"revision": stack.revision, "fee": fee_of(CopyRow("", max(pages, 1), 1), copy_rates())}
    form, status = CompareForm(initial=known, **bound_to(request)), 200

    def act() -> Done:
        said = form.cleaned_data
        facts = Compared(said["revision"], said["paper_name"], said["checks"], said["fee"])
        made = compare_copy(actor=actor, stack_id=stack.pk, compared=facts, at=at)
        return Done(f"Đã đối chiếu, vào sổ số {made.entry.number}, trình ký chứng thực.", here)

    if request.method == "POST":
        answer, status = try_act(request, form, act)
        if answer is not None:
            return answer
    context = {"stack": stack, "dossier": stack.dossier, "form": form, "laid": laid, "papers": laid.papers}
    return desk_page(request, "desk/certify_compare.html", context, status=status)


def _book_url(found: CertificationBook) -> str:
    return reverse("desk:book", args=[found.pk])
