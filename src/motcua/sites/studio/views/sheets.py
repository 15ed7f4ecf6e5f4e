"""The catalogue to Excel and back: every row told what became of it, no procedure half-changed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.rules.sheets import Row, read_table
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import MotCuaError, NotFound
from motcua.procedures.access import require_catalogue
from motcua.procedures.models import Procedure
from motcua.procedures.queries import readiness_rows
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import SEE_OTHER, Done, Frame, show_form, try_act
from motcua.sites.office.forms import OfficeForm, bound_to, content_of, excel_field
from motcua.sites.office.sheets import excel_response, table_of
from motcua.sites.office.shell import office_page
from motcua.sites.studio.drafts import save, work_on
from motcua.sites.studio.sheets import COLUMNS, HEADERS, Edits, edited, edits_in, rows_of
from motcua.sites.studio.views.home import FILTERS


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/xuong/danh-sach.xlsx?q=&loc=&linh-vuc=`: the list as it is filtered, a row a case."""
    require_catalogue(actor_in(request))
    asked = request.GET
    wanted = FILTERS.get(asked.get("loc", ""), FILTERS[""])[0]
    found = readiness_rows(text=asked.get("q", "")[:200], wanted=wanted, domain=asked.get("linh-vuc", ""))
    content = table_of("Danh mục thủ tục", HEADERS, rows_of(found, _numbers()))
    return excel_response(content, "Danh mục thủ tục.xlsx")


def _numbers() -> dict[str, int]:
    """The number of the version published last, by code; 0 where none was."""
    last = Max("versions__number", filter=Q(versions__published_at__isnull=False))
    return {code: number or 0 for code, number in Procedure.objects.annotate(n=last).values_list("code", "n")}


class SheetForm(OfficeForm):
    """The edited table."""

    file = excel_field("Bảng đã sửa")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["file"].help_text = "Tệp Excel tải từ danh sách này. Thủ tục có dòng sai thì giữ nguyên cả thủ tục."


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one row."""

    number: int
    code: str
    result: str
    reasons: Sequence[str] = ()


_WORDS = {"changed": "đã sửa vào bản thảo", "unchanged": "giữ nguyên", "refused": "không nhận"}


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/xuong/nhap-excel/`: edited terms, fees, days of review become drafts."""
    actor = actor_in(request)
    require_catalogue(actor)
    form = SheetForm(**bound_to(request))
    outcomes: list[RowOutcome] = []
    back = [Link("Xưởng thủ tục", reverse("studio:home"))]

    def act() -> Done:
        rows = read_table(content_of(form.cleaned_data["file"]), COLUMNS)
        outcomes.extend(take_rows(actor, rows, timezone.now()))
        count = Counter(one.result for one in outcomes)
        return Done(f"Đã sửa {count['changed']} dòng vào bản thảo.", reverse("studio:home"))

    status = 200
    if request.method == "POST":
        answer, status = try_act(request, form, act)
        if answer is not None and answer.status_code == SEE_OTHER and outcomes:
            return _told(request, outcomes, back)
        if answer is not None:
            return answer
    lead = "Sửa thời hạn, phí, ngày rà soát trong bảng tải về rồi gửi lại. Mỗi thủ tục có thay đổi thành một bản thảo."
    return show_form(request, form, Frame("Nhập bảng Excel", "Nhập", back, lead), status=status)


def _told(request: HttpRequest, outcomes: Sequence[RowOutcome], back: Sequence[Link]) -> HttpResponse:
    count = Counter(one.result for one in outcomes)
    context = {
        "outcomes": [(one, _WORDS[one.result]) for one in outcomes if one.result != "unchanged"],
        "count": count,
        "crumbs": back,
    }
    return office_page(request, "studio/sheet_result.html", context)


def take_rows(actor: Actor, rows: Iterable[Row], at: datetime) -> list[RowOutcome]:
    """Take the rows in, one procedure at a time, all its rows or none; every row gets its outcome, in order."""
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        by_code.setdefault(row["code"], []).append(row)
    found = [outcome for code, mine in by_code.items() for outcome in _take(actor, code, mine, at)]
    return sorted(found, key=lambda one: one.number)


def _take(actor: Actor, code: str, rows: Sequence[Row], at: datetime) -> list[RowOutcome]:
    numbers = _numbers_of(code)
    faults: dict[int, list[str]] = {}
    edits: dict[int, Edits] = {}
    try:
        work = work_on(actor, code)
    except NotFound:
        return [RowOutcome(row.number, code, "refused", ["Không có thủ tục mang mã này."]) for row in rows]
    base = work.published.content if work.published else work.definition
    for row in rows:
        if row["number"] != str(numbers):
            faults[row.number] = ["Thủ tục đã có phiên bản khác từ khi tải bảng; hãy tải lại."]
            continue
        try:
            edits[row.number] = edits_in(row, base)
        except MotCuaError as refusal:
            faults[row.number] = [problem.message for problem in refusal.problems]
    if not faults:
        faults = _write(actor, work.procedure.code, edits, at)
    return [_outcome(row, edits, faults) for row in rows]


def _numbers_of(code: str) -> int:
    last = Max("versions__number", filter=Q(versions__published_at__isnull=False))
    return Procedure.objects.filter(code=code).aggregate(n=last)["n"] or 0


def _outcome(row: Row, edits: dict[int, Edits], faults: dict[int, list[str]]) -> RowOutcome:
    if row.number in faults:
        return RowOutcome(row.number, row["code"], "refused", faults[row.number])
    nothing = edits[row.number].is_nothing
    if faults and not nothing:
        return RowOutcome(row.number, row["code"], "refused", ["Một dòng khác của thủ tục này còn sai."])
    return RowOutcome(row.number, row["code"], "unchanged" if nothing else "changed")


def _write(actor: Actor, code: str, edits: dict[int, Edits], at: datetime) -> dict[int, list[str]]:
    """Write the draft of one procedure; return why not, by the number of every row that changes something."""
    wanted = {number: one for number, one in edits.items() if not one.is_nothing}
    if not wanted:
        return {}
    try:
        with transaction.atomic():
            work = work_on(actor, code)
            made = work.definition
            for one in wanted.values():
                made = edited(made, one)
            save(actor, made, revision=work.revision, at=at)
    except MotCuaError as refusal:
        reasons = [problem.message for problem in refusal.problems]
        return dict.fromkeys(wanted, reasons)
    return {}
