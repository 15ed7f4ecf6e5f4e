"""Trying the process with many invented dossiers: queues, lateness, load at each step."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from motcua.deadlines.queries import calendar_of
from motcua.identity.requests import actor_in
from motcua.kernel.errors import Invalid
from motcua.processes.rules.simulation import Practice, Simulation, simulate
from motcua.processes.rules.walk import by_key
from motcua.processes.terms import TermSpec
from motcua.sites.office.forms import bound_to
from motcua.sites.studio.drafts import Work, work_on
from motcua.sites.studio.forms.simulating import SimulateForm
from motcua.sites.studio.shell import part_url, studio_page


@require_http_methods(["GET", "HEAD", "POST"])
def simulation(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST …/mo-phong/`: nothing is written; the same numbers give the same report."""
    work = work_on(actor_in(request), code)
    form = SimulateForm(work.definition.steps, **bound_to(request))
    context: dict[str, object] = {"form": form, "title": "Mô phỏng quy trình", "here": part_url(code, "quy-trinh")}
    status = 200
    if request.method == "POST":
        found = _run(work, form)
        status = 422 if found is None else 200
        if found is not None:
            steps = by_key(work.definition.steps)
            context["found"] = found
            context["never"] = [steps[key].name for key in found.never_visited if key in steps]
    return studio_page(request, "studio/simulation.html", work, context, status=status)


def _run(work: Work, form: SimulateForm) -> Simulation | None:
    """Run it; None when what was typed is wrong."""
    if not form.is_valid():
        return None
    said = form.cleaned_data
    try:
        return simulate(
            work.definition.steps,
            dossiers=said["dossiers"],
            calendar=calendar_of(),
            staff=form.staff,
            term=_term(work),
            practice=Practice(per_day=said["per_day"]),
        )
    except Invalid as refusal:
        form.take(refusal.problems)
        return None


def _term(work: Work) -> TermSpec | None:
    """The term that was promised: of the first case, in person or any way."""
    for case in work.definition.cases:
        return case.terms.get("in_person") or case.terms.get("any") or next(iter(case.terms.values()), None)
    return None
