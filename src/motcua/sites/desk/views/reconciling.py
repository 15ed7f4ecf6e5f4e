"""Sao kê và đối soát: bank lines to their dossiers, every difference of a day, the account of a unit."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.queries import UnitInfo
from motcua.files.web.uploads import problems_of_upload
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, MotCuaError, NotFound, Problem
from motcua.payments.actions.collecting import Account, set_collecting
from motcua.payments.actions.receipts import open_series
from motcua.payments.actions.statements import book_line, ignore_line, import_statement, read_statement
from motcua.payments.models import BankLine, Bill
from motcua.payments.providers.sheets import rows_of
from motcua.payments.queries.daily import differences_on
from motcua.payments.queries.day_book import book_of, figures_of
from motcua.payments.queries.lists import (
    bill_by_code,
    bills_by_id,
    collecting_of,
    day_check_of,
    lines_of,
    open_series_of,
    statement_of,
    statements_of,
)
from motcua.payments.queries.standing import standings_of
from motcua.payments.terms import FeeKind
from motcua.sites.desk.day_workbook import day_workbook
from motcua.sites.desk.forms.till import AccountForm, ColumnsForm, ResolveForm, SeriesForm, StatementForm
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.desk.views.money import units_of
from motcua.sites.office.sheets import excel_response

_SHOWN_LINES, _SHOWN_FILES, _SHOWN_ROWS = 200, 20, 12


@require_http_methods(["GET", "HEAD", "POST"])
def statements(request: HttpRequest) -> HttpResponse:
    """`/mot-cua/quay-thu/sao-ke/`: lines that wait for a clerk, then what was booked; POST reads a file."""
    actor, at = actor_of(request), timezone.now()
    if request.method == "POST" and (problems := problems_of_upload(request)):
        raise Invalid(problems)
    units = units_of(actor)
    form = StatementForm(units, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, unit_id = form.cleaned_data["file"], form.cleaned_data["unit"]
        try:
            rows = rows_of(file.read(), file.name)
            read = read_statement(actor=actor, unit_id=unit_id, name=file.name, rows=rows, at=at)
        except MotCuaError as refusal:
            form.take(refusal.problems)
        else:
            return HttpResponseRedirect(reverse("desk:statement", args=[read.pk]))
    return _statements_page(request, form, refused=bool(form.errors))


def _statements_page(
    request: HttpRequest, form: StatementForm, *, refused: bool, line: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of statements; `line`: what was typed for one line, and why it was refused."""
    ids = [one.id for one in units_of(actor_of(request))]
    waiting = lines_of(ids, waiting=True, limit=_SHOWN_LINES)
    context = {
        "form": form,
        "waiting": _with_bills(waiting),
        "line_refused": line,
        "done": lines_of(ids, waiting=False, limit=_SHOWN_LINES),
        "files": statements_of(ids, limit=_SHOWN_FILES),
    }
    return desk_page(request, "desk/statements.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, statement_id: int) -> HttpResponse:
    """`/mot-cua/quay-thu/sao-ke/<id>/`: the first rows and the guessed columns; POST takes the file in."""
    actor, at = actor_of(request), timezone.now()
    found = statement_of([one.id for one in units_of(actor)], statement_id)
    form = ColumnsForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        header = form.cleaned_data["header"] - 1
        try:
            done = import_statement(
                actor=actor, statement_id=statement_id, header=header, columns=form.columns(), at=at
            )
        except MotCuaError as refusal:
            form.take(refusal.problems)
        else:
            messages.success(request, _imported_words(done.lines.count(), done.repeated, len(done.bad_rows)))
            return HttpResponseRedirect(reverse("desk:statement", args=[statement_id]))
    rows = [(place, row) for place, row in enumerate(found.rows, start=1)]
    lines = list(found.lines.order_by("row"))
    context = {
        "statement": found,
        "form": form,
        "rows": rows[:_SHOWN_ROWS],
        "lines": lines,
        "waiting": sum(one.is_waiting for one in lines),
    }
    return desk_page(request, "desk/statement.html", context, status=422 if form.errors else 200)


def _imported_words(lines: int, repeated: int, bad: int) -> str:
    return f"Đã nhập {lines} dòng mới; {repeated} dòng trùng, không ghi lại; {bad} dòng không đọc được."


@require_POST
def resolve(request: HttpRequest, line_id: int) -> HttpResponse:
    """`POST /mot-cua/quay-thu/sao-ke/dong/<id>/`: book the line to a dossier, or say that it is none's.

    What was typed for a line that is refused stays where it was typed.
    """
    actor, at = actor_of(request), timezone.now()
    form = ResolveForm(request.POST)
    form.full_clean()
    code, note = form.cleaned_data.get("code", ""), form.cleaned_data.get("note", "")
    try:
        if "ignore" in request.POST:
            ignore_line(actor=actor, line_id=line_id, note=note, at=at)
            messages.success(request, "Đã ghi: dòng này không phải tiền hồ sơ.")
        else:
            bill = _bill(actor, code)
            book_line(actor=actor, line_id=line_id, bill_id=bill.pk, note=note, at=at)
            messages.success(request, f"Đã ghi nhận cho hồ sơ {bill.subject_code}.")
    except MotCuaError as refusal:
        line = {"id": line_id, "code": code, "note": note, "problems": refusal.problems}
        return _statements_page(request, StatementForm(units_of(actor)), refused=True, line=line)
    return HttpResponseRedirect(reverse("desk:statements"))


def _bill(actor: Actor, code: str) -> Bill:
    found = bill_by_code([one.id for one in units_of(actor)], code)
    if found is None:
        raise NotFound(Problem("no_bill", f"Không có khoản phải nộp của hồ sơ «{code}»."))
    return found


def _with_bills(lines: Sequence[BankLine]) -> list[tuple[BankLine, list[tuple[Bill, int]]]]:
    """Each line with the bills that may be meant and what they owe."""
    bills = bills_by_id([one for line in lines for one in line.candidates])
    standings = standings_of(list(bills.values()))
    return [(line, [(bills[one], standings[one].owed) for one in line.candidates if one in bills]) for line in lines]


@require_safe
def daily(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/quay-thu/doi-soat/?ngay=&don-vi=`: what came that day and everything that does not agree."""
    actor, at = actor_of(request), timezone.now()
    units = units_of(actor)
    chosen, day = _chosen(request, units), _day(request)
    found, rows = differences_on(chosen.id, day, at=at), book_of(chosen.id, day)
    check = day_check_of(chosen.id, day)
    asked = [one for one in check.differences if one["place"] == "Nền tảng"] if check else []
    context = {
        "units": units,
        "unit": chosen,
        "day": day,
        "figures": figures_of(rows),
        "rows": rows,
        "differences": found,
        "check": check,
        "asked": asked,
    }
    return desk_page(request, "desk/daily.html", context)


@require_safe
def daily_excel(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/quay-thu/doi-soat.xlsx`: the same as a workbook."""
    chosen, day = _chosen(request, units_of(actor_of(request))), _day(request)
    found, rows = differences_on(chosen.id, day, at=timezone.now()), book_of(chosen.id, day)
    content = day_workbook(chosen.name, day, figures_of(rows), found, rows)
    return excel_response(content, f"doi-soat-{day:%Y-%m-%d}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """`/mot-cua/quay-thu/tai-khoan/`: account, tax code and receipt series of my unit; leaders change them."""
    actor, at = actor_of(request), timezone.now()
    chosen = _chosen(request, units_of(actor))
    found = collecting_of(chosen.id)
    which = request.POST.get("which", "")
    initial = {name: getattr(found, name) for name in Account.__dataclass_fields__} if found else {}
    form = AccountForm(request.POST if which == "account" else None, initial=initial, label_suffix="")
    series = SeriesForm(request.POST if which == "series" else None, label_suffix="")
    wanted: Any = {"account": form, "series": series}.get(which)
    if wanted is not None and wanted.is_valid():
        said = {name: value for name, value in wanted.cleaned_data.items() if name != "key"}
        try:
            if which == "account":
                set_collecting(actor=actor, unit_id=chosen.id, account=Account(**said), at=at)
            else:
                open_series(actor=actor, unit_id=chosen.id, at=at, **{**said, "kind": FeeKind(said["kind"])})
        except MotCuaError as refusal:
            wanted.take(refusal.problems)
        else:
            messages.success(request, "Đã lưu.")
            return HttpResponseRedirect(reverse("desk:money_account"))
    context = {"unit": chosen, "form": form, "series_form": series, "series": open_series_of(chosen.id)}
    return desk_page(request, "desk/account.html", context, status=422 if wanted is not None else 200)


def _chosen(request: HttpRequest, units: Sequence[UnitInfo]) -> UnitInfo:
    if not units:
        raise NotFound(Problem("no_unit", "Bạn không phụ trách thu của đơn vị nào."))
    asked = request.GET.get("don-vi", "")
    return next((one for one in units if str(one.id) == asked), units[0])


def _day(request: HttpRequest) -> date:
    try:
        asked = parse_date(request.GET.get("ngay", ""))
    except ValueError:
        asked = None
    return asked or timezone.localdate()
