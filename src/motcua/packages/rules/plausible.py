"""What can hardly be meant: terms of years, fees of odd amounts, terms longer than the law allows."""

from collections.abc import Iterator
from typing import Final

from motcua.kernel.errors import Problem
from motcua.procedures.terms import Case, Definition, Fee, TermChannel
from motcua.processes.rules.lengths import hours_of
from motcua.processes.terms import TermSpec

#: Working hours of two years; no term of the national catalogue is longer.
_LONGEST_HOURS: Final = 8 * 250 * 2
_LARGEST_FEE: Final = 500_000_000
#: Amounts are whole multiples of this; the smallest note is two hundred đồng.
_ODD: Final = 100


def implausible(definition: Definition) -> Iterator[Problem]:
    """Yield terms and fees that should be looked at again."""
    for case in definition.cases:
        for channel, term in case.terms.items():
            yield from _term(case, channel, term)
        for number, fee in enumerate(case.fees):
            yield from _fee(fee, f"cases.{case.key}.fees.{number}.amount")


def _term(case: Case, channel: TermChannel, term: TermSpec) -> Iterator[Problem]:
    place = f"cases.{case.key}.terms.{channel}"
    if hours_of(term) > _LONGEST_HOURS:
        yield Problem("term_implausible", f"Thời hạn của trường hợp “{case.name}” dài hơn hai năm.", place)
    law = case.law_terms.get(channel) or case.law_terms.get("any")
    if law is not None and hours_of(term) > hours_of(law):
        message = f"Thời hạn của trường hợp “{case.name}” dài hơn thời hạn luật cho phép."
        yield Problem("term_beyond_law", message, place)


def _fee(fee: Fee, place: str) -> Iterator[Problem]:
    if fee.amount > _LARGEST_FEE or fee.amount % _ODD:
        amount = f"{fee.amount:,}".replace(",", ".")
        yield Problem("fee_implausible", f"Mức thu “{fee.name}” là {amount} đồng; hãy kiểm tra lại.", place)
