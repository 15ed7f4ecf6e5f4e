"""Dossiers that still follow an older version of their procedure: how many, what differs, move them."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.dossiers.actions.rebase_many import MOST_AT_ONCE, Rebased, newest_version, rebase_many
from motcua.dossiers.queries.behind import counts_behind
from motcua.identity.requests import actor_in
from motcua.kernel.errors import RuleBroken
from motcua.packages.rules.diff import difference
from motcua.procedures.access import require_catalogue
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import definition_of
from motcua.sites.backoffice.views.procedures import known_procedure
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import ReasonForm, bound_to

_TOLD = 5


@require_http_methods(["GET", "HEAD", "POST"])
def rebase(request: HttpRequest, code: str) -> HttpResponse:
    """`GET, POST /quan-tri/thu-tuc/<code>/chuyen-phien-ban/`: move the open dossiers to the version that holds."""
    actor, at = actor_in(request), timezone.now()
    require_catalogue(actor)
    procedure = known_procedure(code)
    version = _newest(code, at)
    here = reverse("backoffice:procedure_rebase", args=[code])
    after = request.GET.get("sau", "")
    form = ReasonForm(**bound_to(request))

    def act() -> Done:
        last = int(after) if after.isdecimal() else 0
        found = rebase_many(actor=actor, code=code, reason=form.cleaned_data["reason"], at=at, after=last)
        rest = len(found) == MOST_AT_ONCE
        return Done(_said(found), f"{here}?sau={found[-1].dossier_id}" if rest else here)

    counts = counts_behind(version) if version else []
    more = {"version": version, "counts": counts, "differences": _differences(version, [one for one, _ in counts])}
    frame = Frame(
        f"Chuyển hồ sơ sang phiên bản {version.number if version else 'mới'}: {procedure.name}",
        "Chuyển các hồ sơ sang phiên bản mới",
        [
            Link("Thủ tục", reverse("backoffice:procedures")),
            Link(code, reverse("backoffice:procedure", args=[code])),
        ],
        "Ngày hẹn trả, khoản đã thu và câu trả lời đã có được giữ nguyên. Hồ sơ cần chọn bước thì ở lại, "
        "lãnh đạo đơn vị thụ lý chuyển từng hồ sơ.",
        template="backoffice/rebase.html",
        more=more,
    )
    return form_page(request, form, act, frame)


def _newest(code: str, at: datetime) -> ProcedureVersion | None:
    """The version that dossiers would be moved to; None while there is only one."""
    try:
        return newest_version(code, at)
    except RuleBroken:
        return None


def _said(found: Sequence[Rebased]) -> str:
    stayed = [one for one in found if one.problems]
    text = f"Đã chuyển {len(found) - len(stayed)} hồ sơ."
    if stayed:
        told = "; ".join(f"{one.code}: {one.problems[0].message}" for one in stayed[:_TOLD])
        text += f" {len(stayed)} hồ sơ ở lại phiên bản cũ. {told}"
    return text


def _differences(version: ProcedureVersion | None, numbers: Sequence[int]) -> list[tuple[str, str]]:
    """Everything in which the newest of the versions that dossiers still follow differs from this one."""
    if version is None or not numbers:
        return []
    old = ProcedureVersion.objects.get(procedure_id=version.procedure_id, number=numbers[0])
    return [(one.part, one.text) for one in difference(definition_of(old.pk), definition_of(version.pk))]
