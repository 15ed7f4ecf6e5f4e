"""From what a file or a form holds to a `Definition`, or to every reason why not."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from motcua.kernel.errors import Invalid, Problem
from motcua.procedures.rules.chains import CHAINS, steps_of
from motcua.procedures.terms import Definition

_MESSAGES = {
    "missing": "Thiếu mục này.",
    "extra_forbidden": "Mục này không có trong cấu trúc thủ tục.",
    "string_pattern_mismatch": "Viết chưa đúng khuôn dạng.",
    "string_too_short": "Không được để trống.",
    "string_too_long": "Dài quá mức cho phép.",
    "literal_error": "Giá trị không nằm trong danh mục cho phép.",
    "enum": "Giá trị không nằm trong danh mục cho phép.",
    "int_parsing": "Phải là số nguyên.",
    "int_type": "Phải là số nguyên.",
    "bool_parsing": "Chỉ nhận đúng hoặc sai.",
    "string_type": "Phải là chữ.",
}
_ANY_MESSAGE = "Giá trị không hợp lệ."


def definition_from(raw: Mapping[str, Any]) -> Definition:
    """Return the definition in `raw` (plain values, as in the YAML files), a `chain` replaced by its steps.

    Raises Invalid with one Problem a mistake; `field` is the path to it, "cases.0.terms.any.unit".
    """
    expanded = with_steps(raw)
    try:
        return Definition.model_validate(expanded)
    except ValidationError as error:
        raise Invalid(_problems(error.errors(include_url=False, include_context=False))) from error


def with_steps(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with a `chain` replaced by its steps; raises Invalid, `field` "chain"."""
    rest = {key: value for key, value in raw.items() if key != "chain"}
    chain = raw.get("chain")
    if chain is None:
        return rest
    if str(chain) not in CHAINS:
        raise Invalid(Problem("unknown_chain", f"Không có chuỗi bước tên “{chain}”.", "chain"))
    if raw.get("steps"):
        raise Invalid(Problem("chain_and_steps", "Chỉ ghi một trong hai: chuỗi bước có sẵn hoặc từng bước.", "chain"))
    return {**rest, "steps": steps_of(str(chain), _first_term(raw))}


def _first_term(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The term a chain is cut to: the first case's, in person, or whatever it has."""
    try:
        terms = raw["cases"][0]["terms"]
        term = terms.get("in_person") or terms.get("any") or next(iter(terms.values()))
        return {"amount": int(term.get("amount", 0)), "unit": str(term["unit"])}
    except (KeyError, IndexError, TypeError, AttributeError, ValueError, StopIteration) as error:
        message = "Chuỗi bước có sẵn cần thời hạn của trường hợp đầu tiên."
        raise Invalid(Problem("chain_without_term", message, "chain")) from error


def _problems(errors: Iterable[ErrorDetails]) -> list[Problem]:
    return [
        Problem(error["type"], _MESSAGES.get(error["type"], _ANY_MESSAGE), ".".join(str(part) for part in error["loc"]))
        for error in errors
    ]
