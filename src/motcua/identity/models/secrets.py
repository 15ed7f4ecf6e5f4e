"""Secrets given out: kept only as SHA-256 hashes, shown once."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from motcua.identity.terms import LinkPurpose


class ApiToken(models.Model):
    """A key for programs that act for an account. A revoked one has `revoked_at`."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class OneTimeLink(models.Model):
    """A link an administrator made so that a person can set a password, once, before it expires."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="one_time_links")
    purpose = models.CharField(max_length=10, choices=LinkPurpose)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_open_link", fields=["account"], condition=models.Q(used_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} → {self.account_id}"
