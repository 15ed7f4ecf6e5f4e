"""A client that has just signed in, without the pages of signing in."""

import time

from django.test import Client

from motcua.identity.models import Account


def sign_in_as(account: Account, client: Client | None = None) -> Client:
    """Return a client signed in with the account by its password a moment ago."""
    client = client or Client()
    client.force_login(account, backend="motcua.identity.backends.HouseBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client
