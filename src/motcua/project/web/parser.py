"""Reading what programs send: UTF-8 JSON without traps, or a refusal in words."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from motcua.kernel.errors import Invalid, Problem

_DEEPEST = 20
#: No valid text in any encoding we take: the shapes refuse it as such, each in its own field.
_NO_TEXT = b"\xff"


class CarefulParser(Parser):
    """Parses bodies and query strings; what PostgreSQL cannot hold (NUL, half surrogates) becomes "no text"."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body as plain values; raises Invalid for what is not JSON."""
        return _plain(_parsed(request.body), depth=0)

    def parse_querydict(
        self, data: "MultiValueDict[str, Any]", list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Return the values of a query string, a form or its files."""
        found = super().parse_querydict(data, list_fields, request)
        return {key: _plain(value, depth=0) for key, value in found.items()}


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        message = f"Nội dung gửi lên không phải UTF-8 (byte thứ {error.start + 1})."
        raise Invalid(Problem("not_utf8", message)) from error
    except json.JSONDecodeError as error:
        message = f"Nội dung gửi lên không phải JSON đúng (dòng {error.lineno}, cột {error.colno})."
        raise Invalid(Problem("json_invalid", message)) from error
    except RecursionError as error:
        raise Invalid(_too_deep()) from error
    except ValueError as error:  # a number of thousands of digits
        raise Invalid(Problem("json_invalid", "Nội dung gửi lên có số quá lớn.")) from error


def _no_number(name: str) -> NoReturn:
    raise Invalid(Problem("json_invalid", f"JSON không có số «{name}»."))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Invalid(Problem("json_name_twice", f"Trường «{twice[:100]}» có hai lần trong cùng một đối tượng.", twice))
    return found


def _plain(value: Any, *, depth: int) -> Any:
    if depth > _DEEPEST:
        raise Invalid(_too_deep())
    if isinstance(value, str):
        return value if _is_text(value) else _NO_TEXT
    if isinstance(value, list):
        return [_plain(one, depth=depth + 1) for one in value]
    if isinstance(value, dict):
        return {_plain(key, depth=depth): _plain(one, depth=depth + 1) for key, one in value.items()}
    return value


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in value


def _too_deep() -> Problem:
    return Problem("json_too_deep", f"JSON lồng nhau quá sâu; tối đa {_DEEPEST} cấp.")
