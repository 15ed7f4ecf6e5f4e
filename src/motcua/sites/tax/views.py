"""The tax office: sheets that wait, answers, payments made elsewhere, money from the post."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers.rules.application import FileRef
from motcua.files.actions.store import store_upload
from motcua.files.web.download import content_disposition
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotPermitted, Problem
from motcua.land.access import get_sheet, tax_units_of
from motcua.land.actions.answer_sheet import answer_sheet, return_sheet
from motcua.land.actions.pay_tax import Voucher, note_payment
from motcua.land.papers import transfer_sheet_pdf
from motcua.land.queries import notice_for, sheet_words, sheets_closed, sheets_waiting
from motcua.land.terms import SheetState
from motcua.postal.actions.money import may_receive, receive_money
from motcua.postal.papers import money_list_pdf
from motcua.postal.queries import money_list as money_list_of
from motcua.postal.queries import money_lists
from motcua.postal.terms import Purpose
from motcua.sites.kit.thread import Link
from motcua.sites.kit.words import money_text
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import bound_to
from motcua.sites.office.shell import office_page
from motcua.sites.tax.forms import AnswerForm, PaidForm, ReceiveForm, ReturnForm

_MOST = 60


def tax_officer(request: HttpRequest) -> Actor:
    """Return who acts, an officer of a tax office; raises NotPermitted."""
    actor = actor_in(request)
    if not tax_units_of(actor):
        raise NotPermitted(Problem("no_tax_office", "Trang này dành cho công chức cơ quan thuế."))
    return actor


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`GET /thue/`: sheets that wait, oldest first; those answered, newest first."""
    actor = tax_officer(request)
    return office_page(request, "tax/home.html", {"waiting": sheets_waiting(actor), "closed": sheets_closed(actor)})


@require_safe
def sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """`GET /thue/phieu/<id>/`: everything the sheet says, its notices, what was paid."""
    found = get_sheet(tax_officer(request), sheet_id)
    context = {
        "sheet": found,
        "words": sheet_words(found),
        "is_waiting": found.state == SheetState.WAITING,
        "notices": found.notices.prefetch_related("payments").order_by("pk"),
    }
    return office_page(request, "tax/sheet.html", context)


@require_safe
def sheet_pdf(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """`GET /thue/phieu/<id>.pdf`: the sheet as paper; also for the land office that sent it."""
    found = get_sheet(actor_in(request), sheet_id)
    return _pdf(transfer_sheet_pdf(found), f"phieu-chuyen-{found.year}-{found.number}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """`GET` and `POST /thue/phieu/<id>/tra-loi/`: one notice or several, or why nothing is due."""
    actor, at = tax_officer(request), timezone.now()
    found = get_sheet(actor, sheet_id)
    form = AnswerForm(**bound_to(request))

    def perform() -> Done:
        rows = form.filled_rows()
        notices = [form.facts(row) for row in rows]
        for place, row in enumerate(rows):
            upload = form.cleaned_data[f"{row}.file"]
            if upload:
                kept = store_upload(actor, upload, name=upload.name, at=at)
                notices[place] = replace(notices[place], file=FileRef(kept.sha256, kept.name))
        answer_sheet(actor=actor, sheet_id=found.pk, notices=notices, note=form.cleaned_data["note"], at=at)
        return Done(f"Đã trả lời phiếu chuyển {found.code}.", reverse("tax:sheet", args=[found.pk]))

    frame = Frame(
        title=f"Trả lời phiếu chuyển {found.code}",
        button="Ra thông báo",
        back=[Link("Phiếu chuyển", reverse("tax:sheet", args=[found.pk]))],
        lead=(
            f"{found.dossier.owner.name}, hồ sơ {found.dossier.code}. Từ lúc này đến khi người dân nộp đủ, "
            "thời hạn giải quyết hồ sơ tạm dừng."
        ),
        template="tax/answer.html",
    )
    return form_page(request, form, perform, frame)


@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """`GET` and `POST /thue/phieu/<id>/tra-lai/`: the sheet lacks something."""
    actor, at = tax_officer(request), timezone.now()
    found = get_sheet(actor, sheet_id)
    form = ReturnForm(**bound_to(request))

    def perform() -> Done:
        return_sheet(actor=actor, sheet_id=found.pk, reason=form.cleaned_data["reason"], at=at)
        return Done(f"Đã trả lại phiếu chuyển {found.code}.", reverse("tax:home"))

    frame = Frame(
        title=f"Trả lại phiếu chuyển {found.code}",
        button="Trả lại",
        back=[Link("Phiếu chuyển", reverse("tax:sheet", args=[found.pk]))],
        lead="Nêu rõ thông tin còn thiếu hoặc sai để nơi chuyển lập lại một lần là đủ.",
        danger=True,
    )
    return form_page(request, form, perform, frame)


@require_http_methods(["GET", "HEAD", "POST"])
def paid(request: HttpRequest, notice_id: int) -> HttpResponse:
    """`GET` and `POST /thue/thong-bao/<id>/da-nop/`: paid at a bank, the treasury or the portal."""
    actor, at = tax_officer(request), timezone.now()
    notice = notice_for(actor, notice_id)
    form = PaidForm(**bound_to(request))

    def perform() -> Done:
        said = form.cleaned_data
        voucher = Voucher(said["number"], said["on"])
        note_payment(actor=actor, notice_id=notice.pk, amount=said["amount"], voucher=voucher, at=at)
        return Done("Đã ghi nhận nộp tiền.", reverse("tax:sheet", args=[notice.sheet_id]))

    frame = Frame(
        title=f"Ghi nhận đã nộp: thông báo {notice.number}",
        button="Ghi nhận",
        back=[Link("Phiếu chuyển", reverse("tax:sheet", args=[notice.sheet_id]))],
        lead=f"{notice.item_name}: phải nộp {money_text(notice.amount)}, còn {money_text(notice.owed)}.",
    )
    return form_page(request, form, perform, frame)


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """`GET /thue/tien/`: what post offices hand on to this tax office."""
    lists = money_lists(tax_officer(request))[:_MOST]
    return office_page(request, "tax/money.html", {"lists": lists})


@require_http_methods(["GET", "HEAD", "POST"])
def money_list(request: HttpRequest, handover_id: int) -> HttpResponse:
    """`GET` and `POST /thue/tien/<id>/`: count again and confirm, the second confirmation."""
    actor, at = tax_officer(request), timezone.now()
    found = money_list_of(actor, handover_id)
    form = ReceiveForm(**bound_to(request))
    url = reverse("tax:money_list", args=[found.pk])

    def perform() -> Done:
        said = form.cleaned_data
        receive_money(actor=actor, handover_id=found.pk, received=said["counted"], reason=said["reason"], at=at)
        return Done(f"Đã xác nhận nhận tiền theo bảng kê {found.code}.", url)

    more = {
        "list": found,
        "purpose": Purpose(found.purpose).label,
        "receipts": found.receipts.select_related("dossier").order_by("number"),
        "may_receive": found.received_at is None and may_receive(actor, found),
    }
    frame = Frame(
        title=f"Bảng kê nộp tiền {found.code}",
        button="Xác nhận đã nhận tiền",
        back=[Link("Tiền bưu điện nộp", reverse("tax:money"))],
        template="tax/money_list.html",
        more=more,
    )
    return form_page(request, form, perform, frame)


@require_safe
def money_pdf(request: HttpRequest, handover_id: int) -> HttpResponse:
    """`GET /thue/tien/<id>.pdf`: the list to sign."""
    found = money_list_of(tax_officer(request), handover_id)
    return _pdf(money_list_pdf(found), f"bang-ke-nop-tien-{found.year}-{found.number}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition(name, inline=True)
    response["Cache-Control"] = "private, no-store"
    return response
