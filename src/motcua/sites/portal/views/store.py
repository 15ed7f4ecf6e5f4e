"""Kho giấy tờ: the papers a verified citizen holds, for whom they are open, who looked."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.agencies.queries import units_on
from motcua.agencies.terms import UnitKind
from motcua.files.web.download import content_disposition, download_response
from motcua.identity.models import Account
from motcua.identity.requests import actor_in
from motcua.kernel.errors import Invalid, NotFound, Problem
from motcua.results.access import acting_for, is_verified, own_paper, papers_of, papers_of_organisation, represents
from motcua.results.actions.consent import end_consent, make_code
from motcua.results.actions.look import look_for_organisation
from motcua.results.actions.represent import end_representation
from motcua.results.actions.share import end_share, look_at_share, share_paper
from motcua.results.models import PaperFile, Share, StoredPaper
from motcua.results.papers import slip_pdf
from motcua.results.queries.consents import Agreed, consents_of
from motcua.results.queries.papers import versions_of
from motcua.results.queries.shares import looks_at, secret_of, shares_of, shown_by
from motcua.results.terms import ShareField, Standing
from motcua.signing.web.download import wants_issued
from motcua.sites.kit.drawings import qr
from motcua.sites.kit.forms import add_problems
from motcua.sites.kit.thread import Paper, kind_of
from motcua.sites.kit.verdict import face_of_paper
from motcua.sites.kit.words import size_text
from motcua.sites.portal.citizen import account_in, citizen_in
from motcua.sites.portal.forms.sharing import ShareForm

SHOWN = 50
_AGENCIES = (UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.COMMUNE)


@dataclass(frozen=True, slots=True)
class Row:
    """One paper of the list, how it stands today, and whether another version took its place."""

    paper: StoredPaper
    standing: Standing


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One share with its link while it is open."""

    share: Share
    is_open: bool
    url: str
    fields: str


@never_cache
@require_GET
def store(request: HttpRequest) -> HttpResponse:
    """`GET /kho-giay-to/`: the papers I hold, newest first; who looked; a code to read out at the counter.

    `?to-chuc=<mã số thuế>`: those of an organisation for which I act; whoever else acts for it sees that I looked.
    """
    actor, today = citizen_in(request), timezone.localdate()
    if not is_verified(account_in(request)):
        return render(request, "portal/store_closed.html", {"provider": settings.ENV.oidc_name, "opens": _opens()})
    acts_for, chosen = represents(actor.account_id, today), request.GET.get("to-chuc", "")
    papers = list(papers_of_organisation(actor, chosen, today) if chosen else papers_of(actor))
    context = {
        "rows": [Row(one, one.standing(today)) for one in papers if not one.is_superseded],
        "looks": looks_at(papers)[:SHOWN],
        "names": {str(one.pk): one.name for one in papers},
        "acts_for": acts_for,
        "chosen": next((one for one in acts_for if one.tax_code == chosen), None),
        "others": acting_for(chosen, today) if chosen else [],
        "consents": _consents(account_in(request), chosen),
    }
    return render(request, "portal/store.html", context)


def _consents(account: Account, tax_code: str) -> list[Agreed]:
    personal_id, tax_codes = ("", [tax_code]) if tax_code else (account.personal_id, [])
    return consents_of(personal_id, tax_codes, at=timezone.now(), most=SHOWN // 5)


def _opens() -> bool:
    return bool(settings.ENV.oidc_issuer)


@never_cache
@require_POST
def consent_code(request: HttpRequest) -> HttpResponse:
    """`POST /kho-giay-to/ma-dong-y/`: six digits to read out, shown once."""
    digits = make_code(actor=citizen_in(request), at=timezone.now())
    return render(request, "portal/store_code.html", {"digits": f"{digits[:3]} {digits[3:]}"})


@never_cache
@require_GET
def paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """`GET /kho-giay-to/<id>/`: one paper, its QR code, versions, shares, who looked."""
    actor, at = citizen_in(request), timezone.now()
    found = own_paper(actor, paper_id)
    look_for_organisation(actor=actor, paper=found, at=at, what="Mở giấy tờ của tổ chức")
    versions, issued = versions_of(found), getattr(found, "issued", None)
    file = found.latest_file
    context: dict[str, object] = {
        "paper": found,
        "face": face_of_paper(found, today=timezone.localdate(at)),
        "standing": found.standing(timezone.localdate(at)),
        "issued": issued,
        "qr": qr(issued.qr_text) if issued else "",
        "sheets": [_sheet(found, file)] if file else [],
        "has_proofs": file is not None and file != found.issued_file,
        "versions": [Row(one, one.standing(timezone.localdate(at))) for one in versions] if len(versions) > 1 else [],
        "shares": [_share_row(one, at) for one in shares_of(found)],
        "looks": looks_at([found])[:SHOWN],
    }
    return render(request, "portal/store_paper.html", context)


def _sheet(found: StoredPaper, file: PaperFile) -> Paper:
    url = reverse("portal:store_file", args=[found.pk])
    return Paper(file.name, url, kind_of(file.blob.media_type), size_text(file.blob.size))


def _share_row(share: Share, at: datetime) -> ShareRow:
    is_open = share.is_open(at)
    shown = ", ".join(ShareField(one).label.lower() for one in share.fields) or "tên viết tắt"
    return ShareRow(share, is_open, share_url(share) if is_open else "", shown)


def share_url(share: Share) -> str:
    """Return the link of a share as it is given away."""
    return f"{settings.BASE_URL}{reverse('portal:share_look', args=[share.pk, secret_of(share)])}"


@require_GET
def file(request: HttpRequest, paper_id: int) -> FileResponse:
    """`GET /kho-giay-to/<id>/tep/`: the file of a paper of mine with its proofs; `?ban=goc` as it was issued."""
    actor = citizen_in(request)
    found = own_paper(actor, paper_id)
    look_for_organisation(actor=actor, paper=found, at=timezone.now(), what="Tải giấy tờ của tổ chức")
    return _download(found, as_issued=wants_issued(request))


def _download(found: StoredPaper, *, as_issued: bool = False) -> FileResponse:
    newest = found.issued_file if as_issued else found.latest_file
    if newest is None:
        raise NotFound(Problem("no_file", "Giấy tờ này chưa có tệp điện tử."))
    return download_response(newest.blob, newest.name, inline=True)


@never_cache
@require_GET
def slip(request: HttpRequest, paper_id: int) -> HttpResponse:
    """`GET /kho-giay-to/<id>/phieu-xac-thuc.pdf`: the slip with the QR code, to print or to send along."""
    found = own_paper(citizen_in(request), paper_id)
    if not hasattr(found, "issued"):
        raise NotFound(Problem("no_slip", "Chỉ kết quả đã vào sổ mới có phiếu xác thực."))
    name = content_disposition(f"Phiếu xác thực {found.issued.code}.pdf", inline=True)
    return HttpResponse(slip_pdf(found), content_type="application/pdf", headers={"Content-Disposition": name})


@never_cache
@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, paper_id: int) -> HttpResponse:
    """`/kho-giay-to/<id>/chia-se/`: open a paper for somebody, a purpose and a time."""
    actor, at = citizen_in(request), timezone.now()
    found = own_paper(actor, paper_id)
    form = ShareForm(_agencies(), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            share_paper(actor=actor, paper_id=paper_id, wish=form.wish(at), at=at)
        except Invalid as refusal:
            add_problems(form, refusal.problems)
        else:
            messages.success(request, "Đã chia sẻ. Hãy gửi đường dẫn ở dưới cho người nhận.")
            return HttpResponseRedirect(f"{reverse('portal:store_paper', args=[paper_id])}#chia-se")
    status = 422 if form.errors else 200
    return render(request, "portal/store_share.html", {"paper": found, "form": form}, status=status)


def _agencies() -> list[tuple[str, str]]:
    found = [one for one in units_on(timezone.localdate()) if one.kind in _AGENCIES]
    return [(str(one.id), one.name) for one in sorted(found, key=lambda one: (one.path, one.name))]


@require_POST
def end(request: HttpRequest, share_id: int) -> HttpResponse:
    """`POST /kho-giay-to/chia-se/<id>/dung/`: end a share at once."""
    ended = end_share(actor=citizen_in(request), share_id=share_id, at=timezone.now())
    messages.success(request, "Đã dừng chia sẻ. Đường dẫn đó không mở được nữa.")
    return HttpResponseRedirect(f"{reverse('portal:store_paper', args=[ended.paper_id])}#chia-se")


@require_POST
def end_agreed(request: HttpRequest, consent_id: int) -> HttpResponse:
    """`POST /kho-giay-to/dong-y/<id>/rut/`: say no more; nothing is taken by that consent from now on."""
    end_consent(actor=citizen_in(request), consent_id=consent_id, at=timezone.now())
    messages.success(request, "Đã rút sự đồng ý. Từ bây giờ không ai lấy giấy tờ của bạn theo lần đồng ý đó.")
    return HttpResponseRedirect(reverse("portal:store"))


@require_POST
def end_acting(request: HttpRequest, representation_id: int) -> HttpResponse:
    """`POST /kho-giay-to/dai-dien/<id>/thoi/`: act no more for an organisation, or end what its leader lent."""
    ended = end_representation(actor=citizen_in(request), representation_id=representation_id, at=timezone.now())
    messages.success(request, f"Đã chấm dứt đại diện cho {ended.organisation_name}. Kho của tổ chức không còn mở được.")
    return HttpResponseRedirect(reverse("portal:store"))


@never_cache
@require_GET
def look(request: HttpRequest, share_id: int, secret: str) -> HttpResponse:
    """`GET /chia-se/<id>/<secret>/`: what a holder lets me see; the holder is told that I looked."""
    at = timezone.now()
    found = look_at_share(actor=actor_in(request), share_id=share_id, secret=secret, at=at)
    context = {
        "share": found,
        "shown": shown_by(found, at=at),
        "face": face_of_paper(found.paper, today=timezone.localdate(at), dated=found.shows(ShareField.DATES)),
        "secret": secret,
    }
    response = render(request, "portal/share_look.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_GET
def look_file(request: HttpRequest, share_id: int, secret: str) -> FileResponse:
    """`GET /chia-se/<id>/<secret>/tep/`: the file, where the holder opened it."""
    found = look_at_share(actor=actor_in(request), share_id=share_id, secret=secret, at=timezone.now())
    if not found.shows(ShareField.FILE):
        raise NotFound(Problem("not_shared", "Người giữ giấy tờ không chia sẻ tệp."))
    return _download(found.paper)
