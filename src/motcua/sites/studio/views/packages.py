"""A procedure as one file: out to take away, in to begin or to go on from."""

from collections.abc import Iterable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.files.web.download import content_disposition
from motcua.identity.requests import actor_in
from motcua.kernel.errors import Problem, RuleBroken
from motcua.packages.rules.files import definition_from_files, files_of
from motcua.packages.rules.zips import files_in_zip, zip_of
from motcua.procedures.access import require_catalogue
from motcua.procedures.queries import draft_of
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import OfficeForm, SmallFileField, bound_to, content_of
from motcua.sites.studio.drafts import save, work_on


class PackageForm(OfficeForm):
    """A package to take in."""

    file = SmallFileField(
        label="Gói thủ tục (.zip)",
        help_text="Gói tải từ xưởng thủ tục này hoặc của tỉnh khác, tối đa 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        error_messages={"required": "Hãy chọn tệp.", "empty": "Tệp này không có nội dung."},
    )

    def take(self, problems: Iterable[Problem]) -> None:
        """Tell each fault with its file and line."""
        super().take(Problem(one.code, f"{_where(one.field)}{one.message}", "file", one.basis) for one in problems)


def _where(field: str) -> str:
    """ "form.yaml:12" → "form.yaml, dòng 12: "."""
    name, mark, line = field.partition(":")
    if not name.endswith((".yaml", ".txt", ".md")):
        return ""
    return f"{name}, dòng {line}: " if mark else f"{name}: "


@require_safe
def download(request: HttpRequest, code: str) -> HttpResponse:
    """`GET …/<code>.zip`: the draft, or what was published last, as a package."""
    work = work_on(actor_in(request), code)
    response = HttpResponse(zip_of(files_of(work.definition)), content_type="application/zip")
    response["Content-Disposition"] = content_disposition(f"{code}.zip", inline=False)
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/xuong/goi/`: a package becomes a draft; every fault is told by file and line."""
    actor = actor_in(request)
    require_catalogue(actor)
    form = PackageForm(**bound_to(request))

    def act() -> Done:
        definition = definition_from_files(files_in_zip(content_of(form.cleaned_data["file"])))
        found = draft_of(definition.code)
        if found is not None and found.definition != definition.as_json():
            message = "Thủ tục này đang có bản thảo; hãy công bố hoặc bỏ bản thảo ấy trước khi nhận gói."
            raise RuleBroken(Problem("other_draft", message, "file"))
        if found is None:
            save(actor, definition, revision=0, at=timezone.now())
        return Done("Đã nhận gói thành bản thảo.", reverse("studio:draft", args=[definition.code]))

    lead = "Gói trở thành bản thảo để xem, thử rồi mới xin công bố. Gói sai chỗ nào được báo theo tệp và dòng."
    back = [Link("Xưởng thủ tục", reverse("studio:home"))]
    return form_page(request, form, act, Frame("Nhận gói thủ tục", "Nhận gói", back, lead))
