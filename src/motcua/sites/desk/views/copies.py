"""Certified copies that wait, with one gesture: electronic ones signed and sealed, paper ones compared and stamped."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.certification.actions.sign_copies import sign_copies
from motcua.certification.actions.work_papers import work_papers
from motcua.certification.queries import waiting_copies, waiting_papers
from motcua.dossiers.actions.sign_results import keys_of
from motcua.dossiers.terms import Act
from motcua.identity.requests import demand_fresh
from motcua.kernel.errors import MotCuaError
from motcua.signing.queries.batches import unfinished
from motcua.sites.desk.forms.copies import CopiesForm, PapersForm
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.office.acting import Done, try_act
from motcua.sites.office.forms import bound_to
from motcua.trust.terms import Role

_ACTS = {Role.CERTIFIER: Act.APPROVE, Role.SEAL: Act.SEAL}
_WORDS = {
    Role.CERTIFIER: ("Ký chứng thực bản sao điện tử", "Ký chứng thực", "desk:copies_certify"),
    Role.SEAL: ("Đóng dấu bản sao điện tử", "Đóng dấu", "desk:copies_seal"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def copies(request: HttpRequest, role: Role) -> HttpResponse:
    """`GET /mot-cua/chung-thuc/ky/`, `…/dong-dau/`: copies that wait for me; `POST`: the gesture."""
    actor, at = actor_of(request), timezone.now()
    waiting, keys = waiting_copies(actor, _ACTS[role], at=at), keys_of(actor, role, at)
    form, status = CopiesForm(waiting, keys, data=request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        chosen = next((one for one in keys if one.ref == form.cleaned_data["key_ref"]), None)
        if chosen is not None and not chosen.needs_pin:
            demand_fresh(request)  # a PIN is a proof of its own; without one the person confirms who they are
        try:
            batch = sign_copies(actor=actor, role=role, items=form.chosen(), pressed=form.pressed(), at=at)
        except MotCuaError as refusal:
            form.take(refusal.problems)
            status = refusal.status
        else:
            return HttpResponseRedirect(reverse("desk:signing_batch", args=[batch.pk]))
    title, button, here = _WORDS[role]
    context = {
        "form": form,
        "title": title,
        "button": button,
        "here": reverse(here),
        "cut_off": unfinished(actor, [role]),
    }
    return desk_page(request, "desk/copies.html", context, status=status)


_PILES = (
    (Act.APPRAISE, "Chờ đối chiếu", "Đã đối chiếu, trình ký"),
    (Act.APPROVE, "Chờ ký tay", "Đã ký"),
    (Act.SEAL, "Chờ đóng dấu", "Đã đóng dấu"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/chung-thuc/giay/`: paper copies that wait for me; `POST`: compare, sign, seal."""
    actor, at = actor_of(request), timezone.now()
    form, status = PapersForm(**bound_to(request)), 200

    def act() -> Done:
        said = form.cleaned_data["act"]
        worked = work_papers(actor=actor, act=Act(said), items=form.chosen(), at=at)
        for code, why in worked.refused:
            messages.warning(request, f"{code}: {why}")
        button = next(button for one, _, button in _PILES if one == said)
        return Done(f"{button}: {worked.done} hồ sơ." if worked.done else "", reverse("desk:copies_paper"))

    if request.method == "POST":
        answer, status = try_act(request, form, act)
        if answer is not None:
            return answer
    piles = [
        {"act": one, "title": title, "button": button, "papers": found}
        for one, title, button in _PILES
        if (found := waiting_papers(actor, one, at=at))
    ]
    return desk_page(request, "desk/copies_paper.html", {"form": form, "piles": piles}, status=status)
