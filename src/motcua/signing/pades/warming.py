"""Imported by the clean process that others are forked from: what they all need is loaded there, once, and shared.

Nothing here may start a thread or open a connection: a fork would not have the one and share the other.
"""

import contextlib

import django
from django.core.exceptions import ImproperlyConfigured

with contextlib.suppress(ImproperlyConfigured):  # without settings (a benchmark, a tool) the engine needs no models
    django.setup()

from motcua.files import papers
from motcua.signing.appearance import places, stamps
from motcua.signing.pades import pool
from motcua.signing.providers import pkcs12
from motcua.trust.providers import tsa

__all__ = ["papers", "pkcs12", "places", "pool", "stamps", "tsa"]
