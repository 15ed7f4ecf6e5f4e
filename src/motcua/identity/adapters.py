"""Where django-allauth's stock flows meet the house: they ask these adapters, which call actions."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right, UnitKind
from motcua.identity.access import may_sign_in
from motcua.identity.actions import change_password, note_sign_in, sign_up, vouched_account
from motcua.identity.actions.note_factor import note_factor
from motcua.identity.models import Account
from motcua.identity.queries import actor_of
from motcua.identity.rules.accounts import password_problems, tidy_username
from motcua.identity.rules.claims import read_claims
from motcua.identity.terms import Actor

_MESSAGES = {
    "account_inactive": "Tài khoản đang bị khóa.",
    "enter_current_password": "Mật khẩu hiện tại chưa đúng. Hãy nhập lại.",
    "incorrect_password": "Mật khẩu chưa đúng. Hãy nhập lại.",
    "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy nhập lại.",
    "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy nhập lại.",
    "invalid_password_reset": "Liên kết đặt lại mật khẩu không đúng, đã dùng hoặc đã hết hạn.",
    "too_many_login_attempts": "Đã nhập sai nhiều lần nên tài khoản tạm khóa. Hãy chờ 5 phút rồi thử lại.",
    "unknown_email": "Không có tài khoản nào dùng địa chỉ thư này.",
    "username_taken": "Số điện thoại hoặc thư điện tử này đã có tài khoản. Hãy đăng nhập hoặc lấy lại mật khẩu.",
    "username_blacklisted": "Không dùng được tên đăng nhập này.",
    "rate_limited": "Bạn gửi quá nhiều lần. Hãy chờ vài phút rồi thử lại.",
}

_OFFICERS_DOORS = ((Right.ADMIN, "/quan-tri/"), (Right.OVERSEE, "/giam-sat/"))
_OTHER_RIGHTS = frozenset({Right.ADMIN, Right.OVERSEE, Right.POST_OFFICE})


def home_of(actor: Actor) -> str:
    """The address where the actor's work begins."""
    if not actor.postings:
        return "/ho-so/" if actor.kind == "citizen" else reverse("account_home")
    working = [post for post in actor.postings if post.rights - _OTHER_RIGHTS]
    if working:
        taxing = all(unit_by_id(post.unit_id).kind == UnitKind.TAX for post in working)
        return "/thue/" if taxing else "/mot-cua/"
    return next((door for right, door in _OFFICERS_DOORS if actor.has(right)), "/buu-chinh/")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Password sign-in and sign-up."""

    error_messages = DefaultAccountAdapter.error_messages | _MESSAGES

    def clean_username(self, username: str, shallow: bool = False) -> str:  # noqa: FBT001, FBT002 (allauth's signature)
        """A username as it is stored; the form checks what it may be."""
        return str(super().clean_username(tidy_username(username), shallow=shallow))

    def clean_password(self, password: str, user: Account | None = None) -> str:
        """The password unchanged; raises ValidationError with every problem."""
        known = [word for word in (user.username, user.phone, user.personal_id) if word] if user else []
        if problems := password_problems(password, known=known):
            raise ValidationError([ValidationError(problem.message, code=problem.code) for problem in problems])
        return password

    def save_user(self, request: HttpRequest, user: Account, form: Any, commit: bool = True) -> Account:  # noqa: ARG002, FBT001, FBT002
        """A citizen signs up; officers' accounts are only made by administrators."""
        said = form.cleaned_data
        return sign_up(
            username=said["username"],
            full_name=said["full_name"],
            personal_id=said["personal_id"],
            password=said["password1"],
            agreed=said["agreed"],
            at=timezone.now(),
        )

    def set_password(self, user: Account, password: str) -> None:
        """Change the password of a person who has just proved who they are."""
        changed = change_password(account_id=user.pk, password=password, at=timezone.now())
        user.password, user.must_change_password = changed.password, changed.must_change_password

    def pre_login(self, request: HttpRequest, user: Account, **facts: Any) -> HttpResponse | None:
        """Nobody comes in with a locked account or, outside a demo, with a demo account."""
        if not may_sign_in(user):
            clear_login(request)
            stopped: HttpResponse = self.respond_user_inactive(request, user)
            return stopped
        response: HttpResponse | None = super().pre_login(request, user, **facts)
        return response

    def post_login(self, request: HttpRequest, user: Account, **facts: Any) -> HttpResponse:
        """Note the sign-in, then go on."""
        methods = request.session.get("account_authentication_methods") or [{}]
        way = str(methods[-1].get("method", "password"))
        note_sign_in(account_id=user.pk, way=way, ip=self.get_client_ip(request), at=timezone.now())
        response: HttpResponse = super().post_login(request, user, **facts)
        return response

    def send_notification_mail(
        self, template_prefix: str, user: Account, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """A change of the second factor becomes a line of the journal and an event; the rest allauth mails."""
        if template_prefix.startswith("mfa/"):
            note_factor(account_id=user.pk, change=template_prefix.rpartition("/")[2], at=timezone.now())
        else:
            super().send_notification_mail(template_prefix, user, context, email)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the person's own work, or first to a new password."""
        user = request.user
        if not isinstance(user, Account) or user.must_change_password:
            return reverse("account_change_password")
        return home_of(actor_of(user, timezone.localdate()))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Where signing in leads."""
        return self.get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 (allauth's signature)
        """Back to the account."""
        return reverse("account_home")


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in through the national identity provider."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find, link or make the account of the person the provider vouches for.

        Raises Invalid when the claims are not enough, Conflict when the number belongs to another account.
        """
        if request.user.is_authenticated and request.user != sociallogin.user:
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_logout")))
        data = sociallogin.account.extra_data
        said = {**(data.get("id_token") or {}), **(data.get("userinfo") or {})}
        known = sociallogin.user.pk if sociallogin.is_existing else None
        with transaction.atomic():
            account = vouched_account(claims=read_claims(said), at=timezone.now(), account_id=known)
            sociallogin.email_addresses = []
            if known is None:
                sociallogin.account.extra_data = {}
                sociallogin.connect(request, account)
        sociallogin.user = account

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 (allauth's signature)
        """Never by a form: `pre_social_login` has made the account."""
        return False
