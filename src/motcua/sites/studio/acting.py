"""A press on a form about a draft: done once, or shown again upon the revision that is there now."""

from django.http import HttpRequest, HttpResponse

from motcua.sites.office.acting import Act, try_act
from motcua.sites.studio.drafts import Work
from motcua.sites.studio.forms.base import SeenForm


def pressed(request: HttpRequest, form: SeenForm, act: Act, work: Work) -> tuple[HttpResponse | None, int]:
    """Return the way on after the act; None and the status of the page when it is only shown, or was refused."""
    if request.method != "POST":
        return None, 200
    answer, status = try_act(request, form, act)
    if answer is None:
        form.show_again(work.revision)
    return answer, status
