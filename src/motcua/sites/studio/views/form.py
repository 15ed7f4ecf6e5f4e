"""The head of an e-form."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.identity.requests import actor_in
from motcua.sites.office.acting import Done
from motcua.sites.office.forms import bound_to
from motcua.sites.studio.acting import pressed
from motcua.sites.studio.drafts import save, work_on
from motcua.sites.studio.forms.questions import HeadForm, with_head
from motcua.sites.studio.shell import part_url, studio_page


@require_http_methods(["GET", "HEAD", "POST"])
def head(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST …/bieu-mau/ten/`: title, number and basis of the e-form."""
    actor = actor_in(request)
    work = work_on(actor, code)
    old = work.definition.form
    known = old.model_dump(exclude={"pages", "checks"}) if old else {}
    form = HeadForm(work.definition.components, initial={**known, "revision": work.revision}, **bound_to(request))

    def act() -> Done:
        made = with_head(work.definition, form.build(old))
        save(actor, made, revision=form.cleaned_data["revision"] or 0, at=timezone.now())
        return Done("Đã lưu.", part_url(code, "bieu-mau"))

    answer, status = pressed(request, form, act, work)
    if answer is not None:
        return answer
    context = {
        "form": form,
        "title": "Tên biểu mẫu",
        "back_url": part_url(code, "bieu-mau"),
        "here": part_url(code, "bieu-mau"),
    }
    return studio_page(request, "studio/simple.html", work, context, status=status)
