"""Who is reminded when before a due moment: rules kept as data."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.models.span import holds_on
from motcua.dossiers.actions.set_reminder_rule import end_reminder_rule, set_reminder_rule
from motcua.dossiers.models import ReminderRule
from motcua.dossiers.terms import ReminderAbout, ReminderTo
from motcua.identity.requests import actor_in
from motcua.kernel.errors import NotFound, Problem
from motcua.sites.backoffice.forms.reminders import EndReminderForm, ReminderRuleForm
from motcua.sites.backoffice.reach import administers_all, own_units
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import bound_to, whole
from motcua.sites.office.shell import office_page

_methods = require_http_methods(["GET", "HEAD", "POST"])


def _back() -> list[Link]:
    return [Link("Mốc nhắc hạn", reverse("backoffice:reminders"))]


@require_safe
def reminders(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/nhac-han/`: the rules that hold today, by what they are about and who comes first."""
    rules = ReminderRule.objects.filter(holds_on(timezone.localdate())).select_related("unit")
    context = {
        "rules": rules.order_by("about", "-hours_before", "id"),
        "everywhere": administers_all(actor_in(request)),
    }
    return office_page(request, "backoffice/reminders.html", context)


@_methods
def declare(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/nhac-han/dat/`: a rule from today on."""
    actor = actor_in(request)
    units = own_units(actor, timezone.localdate())
    form = ReminderRuleForm(units, everywhere=administers_all(actor), **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        set_reminder_rule(
            actor=actor,
            at=timezone.now(),
            about=ReminderAbout(said["about"]),
            to=ReminderTo(said["to"]),
            hours_before=said["hours_before"],
            unit_id=whole(said["unit"]),
            reason=said["reason"],
        )
        return Done("Đã đặt mốc nhắc.", reverse("backoffice:reminders"))

    lead = "Mỗi mốc nhắc một lần cho mỗi hạn của hồ sơ; hạn đổi thì nhắc lại. Hồ sơ đang tạm dừng không bị nhắc."
    return form_page(request, form, act, Frame("Đặt mốc nhắc hạn", "Đặt", _back(), lead))


@_methods
def end(request: HttpRequest, rule_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/nhac-han/<id>/bo/`: nobody is reminded by the rule any more."""
    actor = actor_in(request)
    rule = ReminderRule.objects.filter(pk=rule_id).select_related("unit").first()
    if rule is None:
        raise NotFound(Problem("no_rule", "Không tìm thấy mốc nhắc này."))
    form = EndReminderForm(**bound_to(request))

    def act() -> Done:
        end_reminder_rule(actor=actor, at=timezone.now(), rule_id=rule_id, reason=form.cleaned_data["reason"])
        return Done("Đã bỏ mốc nhắc.", reverse("backoffice:reminders"))

    where = rule.unit.name if rule.unit else "mọi cơ quan"
    lead = f"{rule.get_about_display()}, {rule.get_to_display().lower()}, {rule.when}, {where}."
    return form_page(request, form, act, Frame("Bỏ mốc nhắc hạn", "Bỏ", _back(), lead, danger=True))
