"""Requests to certificate authorities: open, look, print the letter, answer, cancel."""

from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.files.web.download import content_disposition
from motcua.identity.requests import actor_in
from motcua.kernel.errors import NotFound, Problem
from motcua.sites.backoffice.forms.certificates import (
    AnswerForm,
    CertificateForm,
    NewRequestForm,
    RequestForm,
    RevocationForm,
)
from motcua.sites.backoffice.reach import own_units
from motcua.sites.backoffice.views.certificates.register import back, holder_of
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import ReasonForm, bound_to, content_of
from motcua.sites.office.shell import office_page
from motcua.trust.access import certificate_for, request_for, requests_visible_to
from motcua.trust.actions.carry_request import answer_in_words, answer_with_certificate
from motcua.trust.actions.open_request import cancel_request, request_about, request_issue
from motcua.trust.papers import request_letter
from motcua.trust.providers.ca import authorities
from motcua.trust.terms import KeyPlace, RequestKind

_methods = require_http_methods(["GET", "HEAD", "POST"])
_KINDS = {"gia-han": RequestKind.RENEW, "thu-hoi": RequestKind.REVOKE}
_SHOWN = 200


def _choices() -> list[tuple[str, str]]:
    return [(name, one.label) for name, one in authorities().items()]


def _way(request_id: int | None = None) -> list[Link]:
    way = [*back(), Link("Đề nghị", reverse("backoffice:certificate_requests"))]
    if request_id is not None:
        way.append(Link(f"Đề nghị số {request_id}", reverse("backoffice:certificate_request", args=[request_id])))
    return way


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/chung-thu/de-nghi/`: what waits first, then the newest."""
    found = requests_visible_to(actor_in(request))
    context = {
        "waiting": found.filter(settled_at__isnull=True).order_by("asked_at")[:_SHOWN],
        "settled": found.filter(settled_at__isnull=False).order_by("-settled_at")[:_SHOWN],
    }
    return office_page(request, "backoffice/certificate_requests.html", context)


@require_safe
def one(request: HttpRequest, request_id: int) -> HttpResponse:
    """`GET /quan-tri/chung-thu/de-nghi/<id>/`: how far it has come, and what can be done."""
    row = request_for(actor_in(request), request_id)
    labels = dict(_choices())
    context = {"row": row, "through": labels.get(row.authority, row.authority), "by_letter": row.authority == "letter"}
    return office_page(request, "backoffice/certificate_request.html", context)


@_methods
def new(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/chung-thu/de-nghi/moi/`: ask for a first certificate."""
    actor = actor_in(request)
    form = NewRequestForm(own_units(actor, timezone.localdate()), _choices(), **bound_to(request))

    def act() -> Done:
        said, now = form.cleaned_data, timezone.now()
        holder = holder_of(actor, said["holder"], said["agency"], now)
        row = request_issue(actor=actor, at=now, holder=holder, authority=said["authority"], reason=said["reason"])
        return Done("Đã lập đề nghị.", reverse("backoffice:certificate_request", args=[row.pk]))

    return form_page(request, form, act, Frame("Đề nghị cấp chứng thư số", "Lập đề nghị", _way()))


@_methods
def about(request: HttpRequest, certificate_id: int, slug: str) -> HttpResponse:
    """`GET, POST /quan-tri/chung-thu/<id>/<gia-han|thu-hoi>/`: ask to renew or to revoke."""
    actor = actor_in(request)
    row, kind = certificate_for(actor, certificate_id), _KINDS.get(slug)
    if kind is None:
        raise NotFound(Problem("no_page", "Không có trang này."))
    revokes = kind is RequestKind.REVOKE
    form = (RevocationForm if revokes else RequestForm)(_choices(), **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        made = request_about(
            actor=actor,
            at=timezone.now(),
            kind=kind,
            certificate_id=row.pk,
            authority=said["authority"],
            reason=said["reason"],
            revocation_code=said.get("revocation_code", ""),
        )
        return Done("Đã lập đề nghị.", reverse("backoffice:certificate_request", args=[made.pk]))

    way = [*back(), Link(row.name, reverse("backoffice:certificate", args=[row.pk]))]
    lead = "Sau khi thu hồi không ký được nữa; chữ ký trước đó vẫn có giá trị." if revokes else ""
    return form_page(request, form, act, Frame(f"{kind.label} chứng thư", "Lập đề nghị", way, lead, danger=revokes))


@require_safe
def letter(request: HttpRequest, request_id: int) -> HttpResponse:
    """`GET /quan-tri/chung-thu/de-nghi/<id>/cong-van.pdf`: the letter to print, sign and send."""
    row = request_for(actor_in(request), request_id)
    response = HttpResponse(request_letter(row, at=timezone.now()), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition(f"Đề nghị số {row.pk}.pdf", inline=True)
    response["Cache-Control"] = "private, no-store"
    return response


@_methods
def take(request: HttpRequest, request_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/chung-thu/de-nghi/<id>/chung-thu/`: the certificate that came back."""
    actor = actor_in(request)
    row = request_for(actor, request_id)
    form = CertificateForm(initial={"key_place": KeyPlace.AGENT.value}, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        made = answer_with_certificate(
            actor=actor,
            at=timezone.now(),
            request_id=row.pk,
            content=content_of(said["file"]),
            pin=said["pin"],
            key_place=KeyPlace(said["key_place"]),
            key_where=said["key_where"],
            reason=said["reason"],
        )
        return Done("Đã ghi chứng thư vào sổ.", reverse("backoffice:certificate", args=[made.pk]))

    return form_page(request, form, act, Frame("Chứng thư được cấp", "Ghi vào sổ", _way(row.pk)))


@_methods
def answer(request: HttpRequest, request_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/chung-thu/de-nghi/<id>/tra-loi/`: what the authority answered in words."""
    actor = actor_in(request)
    row = request_for(actor, request_id)
    form = AnswerForm(revokes=row.kind == RequestKind.REVOKE, **bound_to(request))

    def act() -> Done:
        said, done = form.cleaned_data, form.cleaned_data["came"] == "done"
        day = said.get("revoked_on")
        moment = timezone.make_aware(datetime.combine(day, time.min)) if day and done else None
        words = said["words"]
        answer_in_words(actor=actor, at=timezone.now(), request_id=row.pk, done=done, words=words, revoked_at=moment)
        return Done("Đã ghi trả lời.", reverse("backoffice:certificate_request", args=[row.pk]))

    return form_page(request, form, act, Frame("Ghi trả lời của nơi cấp", "Ghi lại", _way(row.pk)))


@_methods
def cancel(request: HttpRequest, request_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/chung-thu/de-nghi/<id>/huy/`: nobody waits for an answer any more."""
    actor = actor_in(request)
    row = request_for(actor, request_id)
    form = ReasonForm(**bound_to(request))

    def act() -> Done:
        cancel_request(actor=actor, at=timezone.now(), request_id=row.pk, reason=form.cleaned_data["reason"])
        return Done("Đã hủy đề nghị.", reverse("backoffice:certificate_requests"))

    return form_page(request, form, act, Frame("Hủy đề nghị", "Hủy đề nghị", _way(row.pk), danger=True))
