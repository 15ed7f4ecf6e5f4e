"""What a test's dossier costs and how long it may take, counted as the desk counts."""

from typing import Final

from motcua.procedures.rules.selection import case_of, fees_for, term_for
from motcua.procedures.terms import Definition, Fee, PackageTest
from motcua.processes.terms import TermSpec

#: A fee per page counts every page of every copy; per anything else, the copies.
_PER_PAGE: Final = ("trang", "tờ")


def fees_together(definition: Definition, case: str, test: PackageTest) -> int:
    """Return the đồng that the fees of the case come to; raises Invalid for an unknown case."""
    return sum(fee.amount * _quantity(fee, test) for fee in fees_for(definition, case, test.channel))


def _quantity(fee: Fee, test: PackageTest) -> int:
    if not fee.per:
        return 1
    return test.pages * test.copies if fee.per.lower() in _PER_PAGE else test.copies


def term_of_set(definition: Definition, case: str, test: PackageTest) -> TermSpec:
    """Return the term, longer where there is a lot to do; raises Invalid where there is none.

    As the desk does: the extra is added to a term of its own unit, and takes the place of another.
    """
    term, rule = term_for(definition, case, test.channel), case_of(definition, case).large_set
    if rule is None or (test.pages * test.copies < rule.from_pages and test.copies < rule.from_copies):
        return term
    before = term.amount if term.unit == rule.extra.unit else 0
    return TermSpec(amount=rule.extra.amount + before, unit=rule.extra.unit)
