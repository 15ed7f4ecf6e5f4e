"""Which waiting stops the clock: the rules kept as data, with their legal basis."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers.actions.set_suspension_rule import end_suspension_rule, set_suspension_rule
from motcua.dossiers.models import SuspensionRule
from motcua.dossiers.queries.pausing import rules_on
from motcua.dossiers.terms import SuspensionKind
from motcua.identity.requests import actor_in
from motcua.kernel.errors import NotFound, Problem
from motcua.sites.backoffice.forms.pauses import EndPauseRuleForm, PauseRuleForm
from motcua.sites.backoffice.reach import administers_all
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import bound_to, day_label, whole
from motcua.sites.office.shell import office_page

_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def pauses(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/tam-dung/`: the rules that hold today, and those of other days."""
    today = timezone.localdate()
    held = list(rules_on(today).select_related("procedure"))
    order = list(SuspensionKind.values)
    held.sort(key=lambda rule: (order.index(rule.kind), rule.procedure_id is not None))
    others = SuspensionRule.objects.exclude(pk__in=[rule.pk for rule in held]).select_related("procedure")
    context = {
        "rules": held,
        "others": others.order_by("-valid_from", "kind")[:50],
        "unverified": sum(not rule.is_verified for rule in held),
        "everywhere": administers_all(actor_in(request)),
    }
    return office_page(request, "backoffice/pauses.html", context)


@_methods
def declare(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/tam-dung/dat/`: a rule from a day on."""
    actor = actor_in(request)
    form = PauseRuleForm(initial={"valid_from": day_label(timezone.localdate())}, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        rule = set_suspension_rule(
            actor=actor,
            at=timezone.now(),
            kind=SuspensionKind(said["kind"]),
            procedure_id=whole(said["procedure"]),
            stops_clock=said["stops_clock"] == "yes",
            most_days=said["most_days"],
            basis=said["basis"],
            is_verified=said["is_verified"],
            valid_from=said["valid_from"],
            reason=said["reason"],
        )
        return Done(f"Đã đặt quy định: {rule.get_kind_display().lower()}.", reverse("backoffice:pauses"))

    lead = "Quy định cùng loại đang áp dụng kết thúc vào ngày này. Hồ sơ đang tạm dừng không bị ảnh hưởng."
    back = [Link("Quy định tạm dừng", reverse("backoffice:pauses"))]
    return form_page(request, form, act, Frame("Đặt quy định tạm dừng", "Đặt", back, lead))


@_methods
def end(request: HttpRequest, rule_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/tam-dung/<id>/ket-thuc/`: the rule holds no more from a day on."""
    actor = actor_in(request)
    rule = SuspensionRule.objects.filter(pk=rule_id).select_related("procedure").first()
    if rule is None:
        raise NotFound(Problem("no_rule", "Không tìm thấy quy định này."))
    form = EndPauseRuleForm(initial={"on": day_label(timezone.localdate())}, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        end_suspension_rule(actor=actor, at=timezone.now(), rule_id=rule_id, on=said["on"], reason=said["reason"])
        return Done(f"Quy định hết áp dụng từ {said['on']:%d/%m/%Y}.", reverse("backoffice:pauses"))

    what = f"{rule.get_kind_display()}, {rule.procedure.name if rule.procedure else 'mọi thủ tục'}."
    lead = f"{what} Từ ngày đó không còn tạm dừng được theo quy định này."
    back = [Link("Quy định tạm dừng", reverse("backoffice:pauses"))]
    return form_page(request, form, act, Frame("Kết thúc quy định tạm dừng", "Kết thúc", back, lead, danger=True))
