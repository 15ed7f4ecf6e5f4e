"""What can be done to an officer's account and posts; each page one act."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.agencies.access import require_admin
from motcua.agencies.models import Post
from motcua.agencies.models.span import holds_on
from motcua.agencies.queries import unit as unit_by_id
from motcua.identity.access import require_admin_of
from motcua.identity.actions import (
    assign_post,
    change_account,
    create_account,
    deactivate,
    end_post,
    make_link,
    move_officer,
    reactivate,
    reset_password,
    revoke,
)
from motcua.identity.models import Account, ApiToken, Posting
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, Problem
from motcua.sites.backoffice.forms.people import (
    AssignForm,
    DetailsForm,
    EndForm,
    OfficerForm,
    SuccessorForm,
    TransferForm,
)
from motcua.sites.backoffice.queries import heirs, open_work
from motcua.sites.backoffice.reach import officer, officers_of, own_units
from motcua.sites.backoffice.views.imports import SHOWN_ALREADY, activation_url
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Act, Done, Frame, form_page, show_form, try_act
from motcua.sites.office.forms import OfficeForm, ReasonForm, bound_to, day_label, whole
from motcua.sites.office.shell import office_page

_methods = require_http_methods(["GET", "HEAD", "POST"])


def person_url(account: Account) -> str:
    """Return the page of an officer."""
    return reverse("backoffice:person", args=[account.username])


def _back(account: Account | None = None) -> list[Link]:
    found = [Link("Cán bộ", reverse("backoffice:people"))]
    return [*found, Link(account.full_name, person_url(account))] if account else found


def post_choices(actor: Actor) -> list[tuple[int, str]]:
    """Return the posts of the units the actor administers, with how many people hold each (two queries)."""
    today = timezone.localdate()
    units = {one.id: one.name for one in own_units(actor, today)}
    posts = Post.objects.filter(holds_on(today), unit_id__in=units).values_list("id", "title", "unit_id")
    order = {unit_id: number for number, unit_id in enumerate(units)}
    rows = sorted(posts, key=lambda row: (order[row[2]], row[1]))
    return [(pk, f"{units[unit_id]} – {title}") for pk, title, unit_id in rows]


@_methods
def create(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/can-bo/moi/`: an account, its first post, its activation link shown once."""
    actor, today = actor_in(request), timezone.localdate()
    form = OfficerForm(post_choices(actor), initial={"on": day_label(today)}, **bound_to(request))
    made: list[tuple[Account, str]] = []

    def act() -> Done:
        said, now = form.cleaned_data, timezone.now()
        account = create_account(actor=actor, at=now, **form.facts)
        if post_id := whole(said["post"]):
            assign_post(actor=actor, account_id=account.pk, post_id=post_id, on=said["on"] or today, at=now)
        made.append(
            (account, make_link(actor=actor, account_id=account.pk, at=now) if _may_link(actor, account) else "")
        )
        return Done("", person_url(account))

    frame = Frame("Thêm cán bộ", "Lập tài khoản", _back())
    return _with_link(request, form, act, frame, made, "Đã lập tài khoản")


def _may_link(actor: Actor, account: Account) -> bool:
    return officers_of(actor).filter(pk=account.pk).exists()


def _with_link(
    request: HttpRequest, form: OfficeForm, act: Act, frame: Frame, made: list[tuple[Account, str]], title: str
) -> HttpResponse:
    """Do the act; show the link it made in the answer itself: it is kept nowhere."""
    status = 200
    if request.method == "POST":
        answer, status = try_act(request, form, act)
        if answer is not None and made:
            account, secret = made[0]
            context = {
                "title": title,
                "links": [(account, activation_url(secret))],
                "then": person_url(account),
                "crumbs": _back(account),
            }
            return office_page(request, "backoffice/links.html", context)
        if answer is not None:
            messages.warning(request, SHOWN_ALREADY)
            return answer
    return show_form(request, form, frame, status=status)


@_methods
def link(request: HttpRequest, username: str) -> HttpResponse:
    """`GET, POST …/lien-ket/`: a one-time link, to activate the account or to set another password."""
    actor, account = actor_in(request), officer(actor_in(request), username)
    require_admin_of(actor, account, on=timezone.localdate())
    form, made = OfficeForm(**bound_to(request)), []
    first = not account.has_usable_password()
    make: Callable[..., str] = make_link if first else reset_password

    def act() -> Done:
        made.append((account, make(actor=actor, account_id=account.pk, at=timezone.now())))
        return Done("", person_url(account))

    title = "Liên kết kích hoạt" if first else "Liên kết đặt lại mật khẩu"
    life = "7 ngày" if first else "24 giờ"
    lead = f"Liên kết dùng một lần, trong {life}, chỉ hiện một lần trên trang sau. Liên kết tạo trước đó hết hiệu lực."
    frame = Frame(f"{title}: {account.full_name}", "Tạo liên kết", _back(account), lead)
    return _with_link(request, form, act, frame, made, title)


@_methods
def details(request: HttpRequest, username: str) -> HttpResponse:
    """`GET, POST …/sua/`: name, numbers, contacts."""
    actor, account = actor_in(request), officer(actor_in(request), username)
    require_admin_of(actor, account, on=timezone.localdate())
    initial = {name: getattr(account, name) for name in ("full_name", "personal_id", "born", "phone", "email")}
    form = DetailsForm(initial=initial, **bound_to(request))

    def act() -> Done:
        change_account(actor=actor, account_id=account.pk, at=timezone.now(), **form.changes(account))
        return Done("Đã sửa thông tin.", person_url(account))

    return form_page(request, form, act, Frame(f"Sửa thông tin: {account.full_name}", "Lưu", _back(account)))


@_methods
def assign(request: HttpRequest, username: str) -> HttpResponse:
    """`GET, POST …/bo-tri/`: the officer takes up another post."""
    actor, account = actor_in(request), officer(actor_in(request), username)
    form = AssignForm(post_choices(actor), initial={"on": day_label(timezone.localdate())}, **bound_to(request))

    def act() -> Done:
        post_id, on = whole(form.cleaned_data["post"]) or 0, form.cleaned_data["on"]
        assign_post(actor=actor, account_id=account.pk, post_id=post_id, on=on, at=timezone.now())
        return Done("Đã bố trí vị trí việc làm.", person_url(account))

    return form_page(request, form, act, Frame(f"Bố trí: {account.full_name}", "Bố trí", _back(account)))


def _posting(actor: Actor, posting_id: int) -> Posting:
    found = Posting.objects.select_related("post", "account").filter(pk=posting_id).first()
    if found is None:
        raise NotFound(Problem("posting_unknown", "Không tìm thấy việc giữ vị trí này."))
    require_admin(actor, unit_by_id(found.post.unit_id).path)
    return found


def _work_lead(account: Account, unit_ids: set[int] | None = None) -> str:
    """Say how many open dossiers are handed over."""
    work = [one for one in open_work(account.pk, at=timezone.now()) if unit_ids is None or one.unit_id in unit_ids]
    if not work:
        return f"{account.full_name} không giữ hồ sơ nào đang giải quyết ở đây."
    told = "; ".join(f"{one.unit_name}: {one.open} hồ sơ, {one.late} quá hạn" for one in work)
    return f"{account.full_name} đang giữ {sum(one.open for one in work)} hồ sơ ({told}). Hồ sơ được bàn giao ngay."


@_methods
def end(request: HttpRequest, posting_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/giu-vi-tri/<id>/thoi/`: the officer leaves a post and hands over its open work."""
    actor, today = actor_in(request), timezone.localdate()
    posting = _posting(actor, posting_id)
    account, unit = posting.account, unit_by_id(posting.post.unit_id)
    able = heirs({unit.id}, besides=account.pk, on=today)
    form = EndForm(able, initial={"on": day_label(today)}, **bound_to(request))

    def act() -> Done:
        on, successor = form.cleaned_data["on"], form.successor_id
        why = form.cleaned_data["reason"]
        end_post(actor=actor, posting_id=posting_id, successor_id=successor, on=on, reason=why, at=timezone.now())
        return Done(f"{account.full_name} thôi giữ vị trí «{posting.post.title}».", person_url(account))

    title = f"Thôi giữ vị trí: {posting.post.title}, {unit.name}"
    frame = Frame(title, "Thôi giữ vị trí", _back(account), _work_lead(account, {unit.id}), danger=True)
    return form_page(request, form, act, frame)


@_methods
def transfer(request: HttpRequest, posting_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/giu-vi-tri/<id>/dieu-dong/`: from one post to another, the open work handed over."""
    actor, today = actor_in(request), timezone.localdate()
    posting = _posting(actor, posting_id)
    account, unit = posting.account, unit_by_id(posting.post.unit_id)
    posts = [one for one in post_choices(actor) if one[0] != posting.post_id]
    able = heirs({unit.id}, besides=account.pk, on=today)
    form = TransferForm(able, posts, initial={"on": day_label(today)}, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        move_officer(
            actor=actor,
            posting_id=posting_id,
            to_post_id=whole(said["to_post"]) or 0,
            successor_id=form.successor_id,
            on=said["on"],
            reason=said["reason"],
            at=timezone.now(),
        )
        return Done(f"Đã điều động {account.full_name}.", person_url(account))

    lead = f"Từ: {posting.post.title}, {unit.name}. {_work_lead(account, {unit.id})}"
    return form_page(request, form, act, Frame(f"Điều động: {account.full_name}", "Điều động", _back(account), lead))


@_methods
def lock(request: HttpRequest, username: str) -> HttpResponse:
    """`GET, POST …/khoa/`: the officer can no longer sign in; posts end, open work is handed over."""
    actor, today = actor_in(request), timezone.localdate()
    account = officer(actor, username)
    require_admin_of(actor, account, on=today)
    units = set(Posting.objects.filter(holds_on(today), account=account).values_list("post__unit_id", flat=True))
    form = SuccessorForm(heirs(units, besides=account.pk, on=today), **bound_to(request))

    def act() -> Done:
        why, successor = form.cleaned_data["reason"], form.successor_id
        deactivate(actor=actor, account_id=account.pk, successor_id=successor, reason=why, at=timezone.now())
        return Done(f"Đã khóa tài khoản của {account.full_name}.", person_url(account))

    lead = f"{_work_lead(account)} Các vị trí đang giữ, khóa truy cập và liên kết kết thúc hôm nay."
    warning = (
        "Người này giữ vị trí ở nhiều đơn vị. Muốn giao mỗi nơi cho một người, hãy cho thôi giữ từng vị trí trước."
        if len(units) > 1
        else ""
    )
    frame = Frame(f"Khóa tài khoản: {account.full_name}", "Khóa tài khoản", _back(account), lead, warning, danger=True)
    return form_page(request, form, act, frame)


@_methods
def unlock(request: HttpRequest, username: str) -> HttpResponse:
    """`GET, POST …/mo-lai/`: the officer may sign in again; posts are given anew."""
    actor, account = actor_in(request), officer(actor_in(request), username)
    require_admin_of(actor, account, on=timezone.localdate())
    form = ReasonForm(**bound_to(request))

    def act() -> Done:
        reactivate(actor=actor, account_id=account.pk, reason=form.cleaned_data["reason"], at=timezone.now())
        return Done(f"Đã mở lại tài khoản của {account.full_name}.", person_url(account))

    lead = "Mật khẩu cũ dùng lại được. Vị trí việc làm phải bố trí lại."
    return form_page(
        request, form, act, Frame(f"Mở lại: {account.full_name}", "Mở lại tài khoản", _back(account), lead)
    )


@_methods
def token_end(request: HttpRequest, token_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/khoa-truy-cap/<id>/thu-hoi/`: a key stops working at once."""
    actor = actor_in(request)
    token = ApiToken.objects.select_related("account").filter(pk=token_id).first()
    if token is None:
        raise NotFound(Problem("token_unknown", "Không tìm thấy khóa truy cập này."))
    require_admin_of(actor, token.account, on=timezone.localdate())
    form = ReasonForm(**bound_to(request))

    def act() -> Done:
        revoke(actor=actor, token_id=token_id, reason=form.cleaned_data["reason"], at=timezone.now())
        return Done(f"Đã thu hồi khóa «{token.name}».", person_url(token.account))

    lead = "Phần mềm đang dùng khóa này bị từ chối ngay."
    frame = Frame(f"Thu hồi khóa: {token.name}", "Thu hồi", _back(token.account), lead, danger=True)
    return form_page(request, form, act, frame)
