"""One dossier replayed; first the overseer says what for."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers.queries.journal import chain_problems
from motcua.dossiers.rules.masking import mask_name
from motcua.identity.requests import actor_in, demand_fresh
from motcua.journal.queries import entries_about
from motcua.sites.audit.actions.read_dossier import read_dossier
from motcua.sites.audit.replay import Moment, moments_of
from motcua.sites.audit.scope import overseen_dossier
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, show_form, try_act
from motcua.sites.office.forms import OfficeForm, bound_to
from motcua.sites.office.purpose import give_purpose, purpose_given
from motcua.sites.office.shell import office_page


class PurposeForm(OfficeForm):
    """What the overseer looks for."""

    purpose = forms.CharField(
        label="Mục đích xem",
        help_text="Ví dụ: trả lời phản ánh số 12/PA; kiểm tra theo kế hoạch quý I.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Hãy ghi mục đích xem hồ sơ, ví dụ: trả lời phản ánh số 12/PA."},
    )
    places: ClassVar[dict[str, str]] = {}


@require_http_methods(["GET", "HEAD", "POST"])
def open_dossier(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST /giam-sat/ho-so/<code>/mo/`: the purpose, written into the journal; then the dossier."""
    actor, now = actor_in(request), timezone.now()
    dossier = overseen_dossier(actor, code)
    demand_fresh(request)
    form = PurposeForm(**bound_to(request))
    replay_url = reverse("audit:replay", args=[dossier.code])

    def act() -> Done:
        read_dossier(actor=actor, dossier_id=dossier.pk, purpose=form.cleaned_data["purpose"], at=now)
        return Done("", replay_url)

    status = 200
    if request.method == "POST":
        answer, status = try_act(request, form, act)
        if answer is not None:
            give_purpose(request, dossier.code, form.cleaned_data["purpose"], now)
            return answer
    owner = mask_name(dossier.owner.name)
    lead = f"{dossier.procedure.name}. Chủ hồ sơ: {owner}. Việc xem được ghi vào nhật ký của hồ sơ."
    frame = Frame(f"Xem hồ sơ {dossier.code}", "Mở hồ sơ", [Link("Nhật ký", reverse("audit:journal"))], lead)
    return show_form(request, form, frame, status=status)


@require_safe
def replay(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /giam-sat/ho-so/<code>/?buoc=`: the dossier as it stood after each act."""
    actor, now = actor_in(request), timezone.now()
    dossier = overseen_dossier(actor, code)
    if not purpose_given(request, dossier.code, now):
        return HttpResponseRedirect(reverse("audit:open", args=[dossier.code]))
    moments = moments_of(dossier, list(entries_about(dossier)))
    chosen = _chosen(request.GET.get("buoc", ""), moments)
    context: dict[str, Any] = {
        "dossier": dossier,
        "moments": moments,
        "moment": chosen,
        "face": chosen.clock() if chosen else None,
        "previous_url": f"?buoc={chosen.number - 1}" if chosen and chosen.number > 1 else "",
        "next_url": f"?buoc={chosen.number + 1}" if chosen and chosen.number < len(moments) else "",
        "problems": chain_problems(dossier),
        "backdated": sum(one.is_backdated for one in moments),
        "crumbs": [Link("Nhật ký", reverse("audit:journal"))],
    }
    return office_page(request, "audit/replay.html", context)


def _chosen(asked: str, moments: list[Moment]) -> Moment | None:
    """Return the act asked for, else the last one that was no mere reading."""
    if asked.isdecimal() and 1 <= int(asked[:6]) <= len(moments):
        return moments[int(asked[:6]) - 1]
    acts = [one for one in moments if not one.is_reading]
    return acts[-1] if acts else None
