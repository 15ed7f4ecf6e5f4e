"""Running the tests that travel with a procedure."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.deadlines.queries import calendar_of
from motcua.forms.queries import places
from motcua.identity.requests import actor_in
from motcua.packages.rules.testing import run_tests
from motcua.sites.studio.drafts import work_on
from motcua.sites.studio.shell import part_url, place_url, studio_page


@require_safe
def run(request: HttpRequest, code: str) -> HttpResponse:
    """`GET …/chay-thu/`: every test with what came out otherwise than expected."""
    work = work_on(actor_in(request), code)
    outcomes = run_tests(work.definition, calendar=calendar_of(), places=places())
    shown = [(one, place_url(code, f"bai-thu/{number}")) for number, one in enumerate(outcomes)]
    context = {
        "outcomes": shown,
        "failed": sum(1 for one in outcomes if not one.passed),
        "title": "Chạy bài thử",
        "here": part_url(code, "bai-thu"),
    }
    return studio_page(request, "studio/tests.html", work, context)
