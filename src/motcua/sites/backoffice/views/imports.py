"""Units and people from Excel: a template to fill in, every row's problem at once, all rows or none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.actions import import_units
from motcua.agencies.actions.import_units import UNIT_COLUMNS
from motcua.agencies.rules.sheets import Column
from motcua.agencies.terms import Right, UnitKind
from motcua.identity.actions import import_people
from motcua.identity.actions.import_people import PEOPLE_COLUMNS, PEOPLE_SHEET, UNITS_SHEET, Imported
from motcua.identity.requests import actor_in
from motcua.kernel.errors import Problem
from motcua.sites.backoffice.forms.units import ImportForm
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import SEE_OTHER, Done, Frame, show_form, try_act
from motcua.sites.office.forms import bound_to, content_of, day_label
from motcua.sites.office.sheets import Guide, excel_response, template_of
from motcua.sites.office.shell import office_page

NOTHING: Final[Mapping[str, object]] = {}
SHOWN_ALREADY: Final = (
    "Việc này đã làm ở lần gửi trước; liên kết chỉ hiện một lần. Hãy tạo liên kết mới nếu chưa kịp chép."
)

UNIT_GUIDES: Final = {
    "name": Guide("Tên đầy đủ như trên con dấu hoặc quyết định thành lập."),
    "kind": Guide("Chọn trong danh sách.", [kind.label for kind in UnitKind if kind != UnitKind.DISTRICT]),
    "parent": Guide("Tên, mã định danh hoặc mã đơn vị của đơn vị cấp trên, kể cả đơn vị ở dòng phía trên trong tệp."),
    "slug": Guide("Mã trong hệ thống, chữ thường không dấu, ví dụ phuong-hong-gai; bỏ trống thì tự đặt."),
    "short_name": Guide("Tên gọi ngắn, ví dụ: phường Hồng Gai."),
    "agency_code": Guide("Bắt buộc với cơ quan có con dấu. Ví dụ H49.61, hoặc lối cũ 000.00.61.H49."),
    "provisional": Guide("Có: mã do đơn vị tạm đặt, chờ mã chính thức.", ["Có", "Không"]),
    "territory": Guide("Mã số đơn vị hành chính: tỉnh 2 chữ số; xã, phường, đặc khu 5 chữ số."),
    "address": Guide("Địa chỉ trụ sở."),
    "phone": Guide("Số điện thoại để người dân gọi."),
    "email": Guide("Địa chỉ thư của đơn vị."),
    "is_desk": Guide("Có: đơn vị là Bộ phận Một cửa.", ["Có", "Không"]),
    "valid_from": Guide("Ngày bắt đầu hoạt động, ví dụ 01/07/2025; bỏ trống thì lấy ngày chọn khi nhập."),
}
PEOPLE_GUIDES: Final = {
    "full_name": Guide("Họ, đệm và tên đầy đủ, có dấu."),
    "username": Guide("Chữ không dấu viết liền, ví dụ hoatt.honggai; một người nhiều vị trí thì ghi lại ở nhiều dòng."),
    "unit": Guide("Tên, mã định danh hoặc mã của đơn vị nơi làm việc."),
    "title": Guide("Ví dụ: Chuyên viên, Trưởng phòng, Văn thư."),
    "rights": Guide(
        "Một hoặc nhiều quyền, cách nhau bằng dấu chấm phẩy.", [right.label for right in Right], several=True
    ),
    "personal_id": Guide("12 chữ số."),
    "born": Guide("Ví dụ 02/09/1990."),
    "phone": Guide("10 chữ số."),
    "email": Guide("Thư công vụ."),
}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in one cell of a table: `number` as Excel shows it, "" for the whole file."""

    number: str
    column: str
    message: str


class TableForm(ImportForm):
    """Keeps the problems of rows apart: there may be hundreds."""

    columns: Sequence[Column] = ()
    row_problems: Sequence[RowProblem] = ()

    def take(self, problems: Iterable[Problem]) -> None:
        """Put problems of rows into a table, all others on the form."""
        problems = list(problems)
        rows = [one for one in problems if one.field.startswith("row.")]
        super().take([one for one in problems if not one.field.startswith("row.")])
        headers = {column.key: column.header for column in self.columns}
        self.row_problems = [_row_problem(one, headers) for one in rows]
        if rows:
            self.add_error("file", f"Tệp có {len(rows)} chỗ cần sửa; chưa dòng nào được ghi. Hãy sửa rồi chọn lại tệp.")


def _row_problem(problem: Problem, headers: dict[str, str]) -> RowProblem:
    _, number, *rest = problem.field.split(".")
    _, _, message = problem.message.partition(": ")
    return RowProblem(number, headers.get(rest[0] if rest else "", ""), message)


@require_safe
def units_template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """`GET /quan-tri/don-vi/mau.xlsx`: the empty table of units."""
    return excel_response(template_of(UNIT_COLUMNS, UNIT_GUIDES, sheet=UNITS_SHEET), "Mẫu nhập đơn vị.xlsx")


@require_safe
def people_template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """`GET /quan-tri/can-bo/mau.xlsx`: the empty table of people."""
    return excel_response(template_of(PEOPLE_COLUMNS, PEOPLE_GUIDES, sheet=PEOPLE_SHEET), "Mẫu nhập cán bộ.xlsx")


Take = Callable[[bytes, date, datetime], Done]


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table: its words, its columns, where its template is."""

    title: str
    columns: Sequence[Column]
    template_url: str
    back: Sequence[Link]
    lead: str


def table_page(request: HttpRequest, table: Table, take: Take, more: Mapping[str, object]) -> HttpResponse:
    """Answer the page of a table to take in."""
    form = TableForm(initial={"on": day_label(timezone.localdate())}, **bound_to(request))
    form.columns = table.columns
    status = 200
    if request.method == "POST":

        def act() -> Done:
            return take(content_of(form.cleaned_data["file"]), form.cleaned_data["on"], timezone.now())

        answer, status = try_act(request, form, act)
        if answer is not None:
            return answer
    shown = {"template_url": table.template_url, "columns": table.columns, **more}
    frame = Frame(table.title, "Nhập", table.back, table.lead, template="backoffice/import.html", more=shown)
    return show_form(request, form, frame, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def units_import(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/don-vi/nhap/`: units from Excel."""
    return take_units(request, reverse("backoffice:units"), [Link("Đơn vị", reverse("backoffice:units"))])


def take_units(
    request: HttpRequest, then: str, back: Sequence[Link], more: Mapping[str, object] = NOTHING
) -> HttpResponse:
    """Answer the page that takes units in from Excel, then go on to `then`."""

    def take(content: bytes, on: date, at: datetime) -> Done:
        made = import_units(actor=actor_in(request), content=content, on=on, at=at)
        return Done(f"Đã nhập {len(made)} đơn vị.", then)

    lead = "Mỗi dòng một đơn vị; đơn vị cấp trên đứng trước đơn vị trực thuộc."
    table = Table("Nhập đơn vị từ Excel", UNIT_COLUMNS, reverse("backoffice:units_template"), back, lead)
    return table_page(request, table, take, more)


@require_http_methods(["GET", "HEAD", "POST"])
def people_import(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/can-bo/nhap/`: people from Excel, then their activation links, shown this once."""
    return take_people(request, reverse("backoffice:people"), [Link("Cán bộ", reverse("backoffice:people"))])


def take_people(
    request: HttpRequest, then: str, back: Sequence[Link], more: Mapping[str, object] = NOTHING
) -> HttpResponse:
    """Answer the page that takes people in from Excel; the links are shown in the answer and kept nowhere."""
    made: list[Imported] = []

    def take(content: bytes, on: date, at: datetime) -> Done:
        made.extend(import_people(actor=actor_in(request), content=content, on=on, at=at))
        return Done("", then)

    lead = "Mỗi dòng một vị trí của một người. Người mới nhận liên kết kích hoạt dùng một lần để tự đặt mật khẩu."
    table = Table("Nhập cán bộ từ Excel", PEOPLE_COLUMNS, reverse("backoffice:people_template"), back, lead)
    answer = table_page(request, table, take, more)
    if answer.status_code != SEE_OTHER:
        return answer
    if not made:
        messages.warning(request, SHOWN_ALREADY)
        return answer
    context = {
        "title": f"Đã nhập {len(made)} người",
        "links": [(one.account, activation_url(one.secret)) for one in made if one.secret],
        "known": [one.account for one in made if not one.secret],
        "then": then,
        "crumbs": back,
        **more,
    }
    return office_page(request, "backoffice/links.html", context)


def activation_url(secret: str) -> str:
    """Return the whole address of a one-time link."""
    return f"{settings.BASE_URL}{reverse('account_activate', args=[secret])}"
