"""A small browser without scripts: opens the page of an act, keeps its hidden fields, presses its button."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


def hidden_fields(page: HttpResponse) -> dict[str, str]:
    """Return the hidden inputs of a page's forms but the CSRF token."""
    found = dict(_HIDDEN.findall(page.content.decode()))
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def open_act(client: Client, code: str, slug: str) -> dict[str, str]:
    """Open the page of an act and return its hidden fields."""
    page = client.get(f"/mot-cua/ho-so/{code}/{slug}/")
    assert page.status_code == 200, (slug, page.status_code)
    return hidden_fields(page)


def press(client: Client, code: str, slug: str, **typed: Any) -> HttpResponse:
    """Open the page of an act, type, press the button; return the answer to the POST."""
    return client.post(f"/mot-cua/ho-so/{code}/{slug}/", open_act(client, code, slug) | typed)


def text_of(page: HttpResponse) -> str:
    """Return the page as text."""
    return page.content.decode()
