"""Whose password is asked for, and who stays signed in."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from motcua.identity.access import may_sign_in
from motcua.identity.models import Account
from motcua.kernel.rows import Rows


class HouseBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Django's way of signing in, closed to locked accounts and, outside a demo, to demo accounts."""

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session, while it may stay signed in."""
        account = _BY_ID.first(pk=user_id)
        return account if self.user_can_authenticate(account) else None

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        """Whether the account may sign in and stay signed in."""
        return isinstance(user, Account) and may_sign_in(user)


_BY_ID = Rows(lambda pk: Account.objects.filter(pk=pk), pk=int)
