"""Đăng ký kinh doanh: what the register of businesses says of a tax code, behind a port.

No register is connected by default: then no first value comes from it and nothing on the page speaks of it. A
demonstration reads the small table beside this file.
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Protocol

from django.conf import settings

from motcua.kernel.checks import tidy_number

_TABLE = "demo_businesses.csv"


class BusinessRegister(Protocol):
    """A register of businesses."""

    def find(self, tax_code: str) -> Mapping[str, str] | None:
        """Return name, tax_code, representative, address, phone, business_line of a business; None when unknown."""
        ...


class DemoRegister:
    """A few made-up businesses for demonstrations."""

    def find(self, tax_code: str) -> Mapping[str, str] | None:
        return _demo_table().get(tidy_number(tax_code))


@cache
def _demo_table() -> Mapping[str, Mapping[str, str]]:
    text = files(__package__).joinpath(_TABLE).read_text("utf-8")
    return {row["tax_code"]: row for row in csv.DictReader(text.splitlines())}


def business_register() -> BusinessRegister | None:
    """Return the register that is connected, None when none is."""
    return DemoRegister() if settings.DEMO else None
