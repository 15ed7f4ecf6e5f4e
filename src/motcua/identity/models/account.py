"""Who can sign in."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from motcua.identity.terms import AccountKind


class AccountManager(BaseUserManager["Account"]):
    """Looks accounts up by username, whatever the case of its letters."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account with this username; raises Account.DoesNotExist."""
        return self.get(username=(username or "").lower())


class Account(AbstractBaseUser):
    """A citizen (or somebody acting for an organisation) or an officer.

    An officer who also applies for something as a citizen has two accounts: `personal_id` is unique within a
    kind. `identity_level` is what the national identity provider said ("" = not verified by it).
    """

    username = models.CharField(max_length=150, unique=True)
    full_name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=300, blank=True, editable=False)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    personal_id = models.CharField(max_length=12, blank=True)
    born = models.DateField(null=True, blank=True)
    tax_code = models.CharField(max_length=14, blank=True)
    organisation_name = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, choices=AccountKind, default=AccountKind.CITIZEN)
    identity_level = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="account_username_lower", condition=Q(username=Lower("username"))),
            models.UniqueConstraint(
                name="account_personal_id_once", fields=["kind", "personal_id"], condition=~Q(personal_id="")
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="account_sort_name", fields=["kind", "sort_name"]),
            models.Index(name="account_phone", fields=["phone"], condition=~Q(phone="")),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """The person's name as written on papers."""
        return self.full_name

    @property
    def is_officer(self) -> bool:
        """Whether the account belongs to an officer."""
        return self.kind == AccountKind.OFFICER
